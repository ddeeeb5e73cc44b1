"""Measured: the map has the window, all is within reach, a page has a name."""

import re
from urllib.parse import urljoin

import pytest
from driving import (
    EVERYTHING,
    MAP,
    act_and_wait,
    open_drawer,
    painted,
    selected_on_map,
    take_focus,
    view,
    words,
)
from playwright.sync_api import Page, expect

from layers.edition.opening import opening

FUPING = "130624"
MOST_STOPS = 20
PAGES = ["", "county", "compare", "statistics", "targets", "own", "print", "about"]


@pytest.fixture
def open_map(app, watched_page):
    def opened(query: str = "", **how) -> Page:
        page = watched_page(f"{app}/{query}", **{"width": 1366, "height": 768, **how})
        painted(page)
        # With a county in the card its legend is not seen.
        page.wait_for_selector(
            ".atlas-card-part .atlas-legend-toggle", state="attached"
        )
        return page

    return opened


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)], ids=str)
def test_the_map_has_more_than_half_of_the_window(open_map, size, language):
    page = open_map(width=size[0], height=size[1], locale=language)
    frame = page.locator(MAP).bounding_box()
    card = page.locator(".st-key-atlas_card").bounding_box()

    assert frame["y"] + frame["height"] <= size[1]
    whole, window = frame["width"] * frame["height"], size[0] * size[1]
    assert whole >= 0.7 * window
    # Also without what the card covers.
    assert whole - card["width"] * card["height"] >= 0.55 * window
    for part in (".atlas-sentence", ".atlas-tabs", ".st-key-atlas_card"):
        expect(page.locator(part)).to_be_in_viewport(ratio=0.99)
    # The province is seen whole, beside the card.
    for path in page.locator("path.atlas-province").all():
        own = path.bounding_box()
        assert own["x"] + own["width"] <= card["x"] + 1
        assert own["y"] >= frame["y"]
        assert own["y"] + own["height"] <= frame["y"] + frame["height"]


def test_a_bare_address_opens_with_the_main_programmes(open_map, package, counties):
    page = open_map()
    main = opening(package)

    assert selected_on_map(page) == set(main.apply(counties))
    expect(words(page)).to_have_count(len(main.any_of))
    assert "?" not in page.url
    act_and_wait(page, page.locator(".atlas-everything").click)
    assert len(selected_on_map(page)) == len(counties)
    page.wait_for_url("**see=programmes**")
    act_and_wait(page, page.go_back)
    assert selected_on_map(page) == set(main.apply(counties))
    act_and_wait(page, page.go_forward)
    assert len(selected_on_map(page)) == len(counties)
    act_and_wait(page, page.locator(".atlas-opening").click)
    assert selected_on_map(page) == set(main.apply(counties))


@pytest.mark.parametrize(
    ("accepted", "query", "code"),
    [
        ("en-US", "", "en"),
        ("zh-TW", "", "zh-Hans"),
        ("de-DE", "", "zh-Hans"),
        ("en-US", "?lang=zh", "zh-Hans"),
        ("zh-CN", "?all=deep_poverty&lang=en", "en"),
    ],
)
def test_the_page_speaks_the_language_of_address_or_browser(
    open_map, accepted, query, code
):
    page = open_map(query, locale=accepted)

    expect(page.locator("html")).to_have_attribute("lang", code)


def test_each_page_has_a_title_a_heading_and_a_landmark_of_its_own(open_map):
    page = open_map(EVERYTHING)
    titles = []
    for path in PAGES[1:]:
        page.locator(f"a.atlas-page[href$='/{path}']").click()
        page.wait_for_url(f"**/{path}**")
        expect(page.locator("a.atlas-page[aria-current]")).to_have_attribute(
            "href", re.compile(f"/{path}$")
        )
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_role("main")).to_have_count(1)
        titles.append(page.title())
    assert all(title.endswith("· 冀图") for title in titles)
    assert len(set(titles)) == len(titles)

    # Nor is a page that is being opened called by anything else for a moment.
    page.add_init_script(
        "window.atlasTitles = new Set();"
        "new MutationObserver(() => window.atlasTitles.add(document.title))"
        ".observe(document, {childList: true, subtree: true, characterData: true})"
    )
    page.goto(urljoin(page.url, f"/{EVERYTHING}"))
    painted(page)
    assert {*page.evaluate("[...window.atlasTitles]")} - {""} == {page.title()}


def test_the_first_filter_is_few_stops_away_and_nearer_past_the_bar(open_map):
    page = open_map()
    first = page.locator(".atlas-word-open").first
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if first.evaluate("node => node === document.activeElement"):
            break
    else:
        pytest.fail(f"more than {MOST_STOPS} stops")

    take_focus(page.locator(".atlas-skip").nth(1))
    page.keyboard.press("Enter")
    expect(first).to_be_focused()
    take_focus(page.locator(".atlas-skip").nth(3))
    page.keyboard.press("Enter")
    expect(page.locator(".atlas-table-box")).to_be_focused()


def test_the_sentence_is_worked_by_arrows_and_enter_and_says_what_changed(open_map):
    page = open_map("?all=deep_poverty&lang=zh")
    word = page.locator("[data-word='all_of:deep_poverty']")
    take_focus(word)
    page.keyboard.press("ArrowDown")
    chooser = page.get_by_role("dialog")
    expect(chooser).to_be_visible()
    expect(page.locator("[data-value='deep_poverty']")).to_be_focused()
    page.keyboard.press("ArrowDown")
    taken = page.evaluate("document.activeElement.dataset.value")
    act_and_wait(page, lambda: page.keyboard.press("Enter"))
    expect(page.locator(f"[data-word='all_of:{taken}']")).to_have_count(1)
    expect(page.locator(f"[data-value='{taken}']")).to_be_focused()
    said = page.locator(".atlas-said")
    expect(said).to_contain_text(str(len(selected_on_map(page))))

    page.keyboard.press("Escape")
    expect(chooser).to_be_hidden()
    expect(word).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    act_and_wait(page, lambda: page.keyboard.press("Delete"))
    expect(words(page)).to_have_count(1)


def test_the_list_offers_each_programme_once_with_counts_and_what_it_is(
    open_map, package
):
    page = open_map(EVERYTHING)
    page.locator(".atlas-add").click()
    ids = page.eval_on_selector_all(
        ".atlas-take", "all => all.map(row => row.dataset.value)"
    )

    assert sorted(ids) == sorted(package.programmes)
    offered = page.locator(".atlas-others .atlas-link").all_inner_texts()
    for twice in ("对口帮扶城市", "集中连片与特殊类型地区"):
        assert twice not in offered
    for programme in list(package.programmes.values())[:3]:
        row = page.locator(
            ".atlas-option", has=page.locator(f"[data-value='{programme.id}']")
        )
        expect(row).to_contain_text(programme.name_zh)
        expect(row.locator(".atlas-named")).to_contain_text(str(programme.named_count))
        row.locator(".atlas-about").click()
        expect(row.locator(".atlas-definition")).to_have_text(programme.definition_zh)


def test_how_programmes_are_combined_is_changed_in_place(open_map, package):
    page = open_map("?all=deep_poverty,paired_with_beijing&lang=zh")
    both = package.members("deep_poverty") & package.members("paired_with_beijing")
    assert selected_on_map(page) == both
    page.locator("[data-word='all_of:']").click()
    any_of = page.locator(".atlas-mode.atlas-any_of")
    either = package.members("deep_poverty") | package.members("paired_with_beijing")
    expect(any_of).to_contain_text(f"{len(either)}个县")
    act_and_wait(page, any_of.click)

    assert selected_on_map(page) == either


def test_a_range_of_numbers_is_typed(open_map, counties):
    page = open_map(EVERYTHING)
    page.locator(".atlas-add").click()
    page.locator(".atlas-others select").select_option("population_2020")
    page.locator(".atlas-range input").first.fill("500000")
    act_and_wait(page, lambda: page.keyboard.press("Enter"))

    many = counties.index[(counties["population_2020"] >= 500000).fillna(False)]
    assert selected_on_map(page) == set(many)


def test_the_wheel_scrolls_and_zooms_with_control_only(open_map):
    page = open_map()
    frame, before = page.locator(MAP).bounding_box(), view(page)
    page.mouse.move(frame["x"] + 300, frame["y"] + 300)
    page.mouse.wheel(0, -300)
    expect(page.locator(".atlas-gesture-hint")).to_be_visible()
    page.wait_for_timeout(400)
    assert view(page) == before

    page.keyboard.down("Control")
    for _ in range(60):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(20)
    page.keyboard.up("Control")
    page.wait_for_timeout(600)
    assert float(view(page).split("/")[0]) >= float(before.split("/")[0]) - 3
    # However far one drags, the province stays in sight.
    for _ in range(4):
        page.mouse.move(100 + frame["x"], 200 + frame["y"])
        page.mouse.down()
        page.mouse.move(800 + frame["x"], 550 + frame["y"], steps=4)
        page.mouse.up()
        page.wait_for_timeout(500)
    drawn = page.locator("path.atlas-province").first.bounding_box()
    assert drawn["x"] < frame["x"] + frame["width"]
    assert drawn["y"] < frame["y"] + frame["height"]


def test_selected_counties_are_named_before_prefectures(open_map):
    page = open_map()
    shown = page.eval_on_selector_all(
        ".atlas-label:not(.atlas-label-prefecture)",
        "all => all.filter(l => l.style.display !== 'none').map(l => l.textContent)",
    )

    assert {"张北", "赤城", "平山", "青龙", "阜平"} <= set(shown)
    assert len(shown) >= 25


def test_a_county_chosen_by_the_table_comes_into_view(open_map):
    page = open_map("?all=deep_poverty#9.5/41.9/117.5")
    open_drawer(page, "table")
    row = page.locator(f".atlas-table tr[data-adcode='{FUPING}'] button")
    act_and_wait(page, row.click)
    open_drawer(page, "table")

    frame = page.locator(MAP).bounding_box()
    page.wait_for_function(
        """([county, frame]) => {
          const { left, right, top, bottom } =
            document.querySelector(county).getBoundingClientRect();
          return left >= frame.x && right <= frame.x + frame.width
            && top >= frame.y && bottom <= frame.y + frame.height;
        }""",
        arg=[f"path[data-adcode='{FUPING}']", frame],
    )


def test_the_card_says_yes_not_said_and_no_and_why(open_map, package):
    page = open_map(f"?all=deep_poverty&county={FUPING}")
    side = page.locator(".atlas-side")
    found = [package.standing(p, FUPING) for p in package.programmes]
    for standing in ("yes", "not_said", "no"):
        run = side.locator(f".atlas-run-{standing} strong")
        expect(run).to_contain_text(str(found.count(standing)))
    why = side.locator(".atlas-run-not_said details")
    why.locator("summary").click()
    expect(why.locator("li")).to_have_count(found.count("not_said"))

    side.locator(".atlas-go").click()
    page.wait_for_url("**/county?**")
    expect(page.get_by_role("heading", level=1)).to_have_text("阜平县")


def test_the_page_can_be_used_at_four_times_its_size(open_map):
    page = open_map(width=342, height=384)
    wide = page.evaluate("document.querySelector('.stMain').scrollWidth")

    assert wide <= 342
    page.locator(".atlas-bar-menu").click()
    expect(page.locator("a.atlas-page").last).to_be_attached()
    page.keyboard.press("Escape")
    page.locator(".atlas-add").click()
    expect(page.locator(".atlas-take").first).to_be_visible()


def test_paper_keeps_what_a_press_would_open(app, watched_page):
    """A target without those it is for, or a table without its counts, misleads.

    The plan’s 42.1 per cent of forest are of the poor counties, not of the province.
    """
    page = watched_page(f"{app}/targets?lang=zh&find=森林覆盖率")
    forest = page.locator(".atlas-evidence", has_text="42.1%").first
    whose = forest.locator("button", has_text="贫困县（地图：62个县（市、区））")
    expect(whose).to_be_visible()
    page.emulate_media(media="print")
    expect(whose).to_be_visible()

    page.emulate_media(media="screen")
    page.goto(f"{app}/statistics?lang=en&section=prefectures&of=province")
    poor = page.locator(".atlas-scroll tr", has_text="Poor").first
    count = poor.locator("button", has_text=re.compile("^62$"))
    expect(count).to_be_visible()
    page.emulate_media(media="print")
    expect(count).to_be_visible()

"""The map page in a window 360 px wide, also with a name that is much too long."""

import shutil

import pytest
from driving import (
    MAP,
    ROOT,
    act_and_wait,
    open_drawer,
    painted,
    running_app,
    selected_on_map,
    take,
)
from playwright.sync_api import Page, expect
from test_accessibility import go_to
from test_hostile_names import rename_in_boundaries, rename_in_tables

WIDTH, HEIGHT = 360, 740
FUPING = "130624"
LONG = "张" + "很长很长的名字" * 8 + "自治县"
PAGES = {
    "map": "/?see=programmes",
    "profile": f"/?county={FUPING}&all=deep_poverty",
    "english": "/?lang=en&all=deep_poverty,poor_county&none=paired_with_beijing",
    "exit": "/?see=exit",
    "places": "/?see=places&lang=en",
    "targets": "targets",
    "own": "own",
    "about": "about",
    "county": "county",
    "one": f"county?county={FUPING}",
}


@pytest.fixture
def open_phone(app, watched_page):
    def opened(path: str, address: str = app) -> Page:
        on_the_map = path.startswith("/?")
        name, _, query = path.partition("?")
        page = watched_page(
            address + (path if on_the_map else f"/?{query}"),
            width=WIDTH,
            height=HEIGHT,
            has_touch=True,
        )
        painted(page)
        if on_the_map:
            page.wait_for_selector(".atlas-tab", state="attached")
        else:
            go_to(page, name)
        page.locator(".stMain .atlas-panel").first.wait_for()
        return page

    return opened


@pytest.fixture(scope="module")
def long_name_app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("long") / "data"
    shutil.copytree(ROOT / "data", folder)
    names = {FUPING: LONG}
    rename_in_tables(folder / "attributes", names)
    rename_in_boundaries(folder / "boundaries", names)
    log = tmp_path_factory.mktemp("long_app") / "server.log"
    with running_app(log, data=folder) as address:
        yield address


TOO_WIDE = """() => {
  const hidden = node => {
    for (let at = node.parentElement; at; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== 'visible') return true;
    }
    return false;
  };
  return [...document.querySelectorAll('.stMain *')].filter(node => {
    const { right, width, height } = node.getBoundingClientRect();
    const here = !node.closest('.folium-map, .atlas-table-box, .atlas-scroll');
    return here && width && height && right > innerWidth + 1 && !hidden(node);
  }).map(node => `${node.tagName}.${node.className}`);
}"""


def nothing_is_wider_than_the_window(page: Page) -> None:
    wide = page.evaluate(
        """() => ['html', 'body', '.stApp', '.stMain'].map(name =>
             document.querySelector(name)).concat([document.scrollingElement])
           .map(node => node.scrollWidth)"""
    )
    assert max(wide) <= WIDTH, wide
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_is_wider_than_the_window(open_phone, path):
    nothing_is_wider_than_the_window(open_phone(path))


def test_no_choice_is_cut_off_at_the_side(app, watched_page):
    page = watched_page(f"{app}/statistics?lang=en", width=WIDTH, height=HEIGHT)
    page.locator(".stMain .stButtonGroup button").first.wait_for()
    page.locator(".stMain .atlas-panel").first.wait_for()
    buttons = page.locator(".stMain .stButtonGroup button").evaluate_all(
        "all => all.map(it => [it.innerText, it.getBoundingClientRect().right,"
        " it.scrollWidth - it.clientWidth])"
    )

    assert len(buttons) > 6
    assert [one for one in buttons if one[1] > WIDTH or one[2] > 1] == []


def test_sentence_map_and_the_handle_of_the_card_are_in_the_first_screen(open_phone):
    page = open_phone("/?")
    bounds = page.locator(MAP).bounding_box()
    card = page.locator(".st-key-atlas_card").bounding_box()

    expect(page.locator(".atlas-sentence")).to_be_in_viewport(ratio=1)
    expect(page.locator(".atlas-handle")).to_be_in_viewport(ratio=1)
    expect(page.locator(".atlas-tab").first).to_be_in_viewport(ratio=1)
    assert bounds["x"] == 0 and bounds["width"] == WIDTH
    assert bounds["y"] + bounds["height"] <= HEIGHT
    assert card["y"] - bounds["y"] >= 0.5 * HEIGHT
    # The whole province is in it, above the card.
    for path in page.locator("path.atlas-province").all():
        own = path.bounding_box()
        assert own["x"] >= 0 and own["x"] + own["width"] <= WIDTH
        assert own["y"] >= bounds["y"] and own["y"] + own["height"] <= card["y"] + 1


def test_the_card_is_drawn_up_in_steps_and_put_down_again(open_phone):
    page = open_phone("/?")
    card, handle = page.locator(".st-key-atlas_card"), page.locator(".atlas-handle")
    heights = [card.bounding_box()["height"]]
    for _ in range(3):
        handle.tap()
        heights.append(card.bounding_box()["height"])

    low, half, full, again = heights
    assert low < half < full and again == low
    handle.tap()
    expect(page.locator(".atlas-legend-toggle").first).to_be_in_viewport()


def test_no_tool_lies_over_a_county(open_phone):
    page = open_phone(PAGES["map"])
    page.locator(MAP).scroll_into_view_if_needed()

    covered = page.evaluate(
        """() => [...document.querySelectorAll(".leaflet-control-zoom a, .atlas-tool")]
          .flatMap(tool => {
            const { left, right, top, bottom } = tool.getBoundingClientRect();
            return [left + 1, right - 1].flatMap(x => [top + 1, bottom - 1].flatMap(y =>
              document.elementsFromPoint(x, y).filter(it => it.matches(".atlas-county"))
                .map(county => county.dataset.adcode)));
          })"""
    )

    assert page.locator(".atlas-tool").count() == 9
    assert covered == []


def test_the_tools_do_not_lie_over_each_other(open_phone):
    page = open_phone("/?see=exit")
    boxes = [
        page.locator(name).first.bounding_box()
        for name in (
            ".leaflet-control-zoom",
            ".atlas-tools",
            ".atlas-north",
            ".st-key-atlas_card",
            ".leaflet-control-scale",
        )
    ]
    for i, one in enumerate(boxes):
        for other in boxes[:i]:
            apart = (
                one["x"] + one["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= one["x"] + 1
                or one["y"] + one["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= one["y"] + 1
            )
            assert apart, (one, other)


def test_a_word_of_the_sentence_opens_its_choices(open_phone):
    page = open_phone("/?see=programmes")
    page.locator(".atlas-add").tap()
    expect(take(page, "deep_poverty")).to_be_in_viewport()
    act_and_wait(page, take(page, "deep_poverty").tap)
    nothing_is_wider_than_the_window(page)
    page.locator(".atlas-chooser-close").tap()

    assert len(selected_on_map(page)) == 10
    expect(page.locator(".atlas-chooser")).to_be_hidden()
    expect(page.locator(".atlas-sentence")).to_contain_text("10个")


def test_a_touched_county_comes_into_sight_with_what_is_said_of_it(open_phone):
    page = open_phone("/?all=deep_poverty")
    county = page.locator(f"path[data-adcode='{FUPING}']")
    act_and_wait(page, county.tap)

    title = page.locator(".atlas-side h2")
    expect(title).to_have_text("阜平县")
    expect(title).to_be_in_viewport(ratio=1)
    card = page.locator(".st-key-atlas_card")
    page.wait_for_function(
        """([county, card]) => {
          const [own, over] = [county, card].map(
            name => document.querySelector(name).getBoundingClientRect());
          return own.bottom <= over.top + 1 && own.top >= 0;
        }""",
        arg=[f"path[data-adcode='{FUPING}']", ".st-key-atlas_card"],
    )
    assert card.bounding_box()["height"] >= 0.3 * HEIGHT
    nothing_is_wider_than_the_window(page)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_very_long_name_does_not_break_the_layout(
    open_phone, long_name_app, language
):
    assert len(LONG) == 60
    query = f"/?county={FUPING}&in={FUPING}&lang={language}"
    page = open_phone(query, long_name_app)
    expect(page.locator(".atlas-side h2")).to_contain_text(LONG)
    nothing_is_wider_than_the_window(page)

    frame = page.locator(MAP).bounding_box()
    page.locator(f"path[data-adcode='{FUPING}']").hover()
    tooltip = page.locator(".leaflet-tooltip")
    expect(tooltip).to_contain_text(LONG)
    said = tooltip.bounding_box()
    assert said["width"] <= frame["width"]
    open_drawer(page, "table")
    expect(page.locator(".atlas-table").get_by_text(LONG).first).to_be_attached()

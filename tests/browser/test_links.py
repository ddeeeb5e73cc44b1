"""The address is the view: links, back and forward, position of the map."""

import pytest
from driving import (
    EVERYTHING,
    MAP,
    THEME,
    act_and_wait,
    choose,
    painted,
    see,
    selected_on_map,
)
from playwright.sync_api import expect

from layers.select.selection import Selection


@pytest.fixture
def page(app, watched_page):
    page = watched_page(f"{app}/{EVERYTHING}")
    painted(page)
    return page


def test_back_and_forward_lead_through_the_selections(page):
    choose(page, "poor_county", "all_of")
    choose(page, "deep_poverty", "all_of")
    assert len(selected_on_map(page)) == 10

    act_and_wait(page, page.go_back)
    assert len(selected_on_map(page)) == 62
    act_and_wait(page, page.go_back)
    assert len(selected_on_map(page)) == 167
    act_and_wait(page, page.go_forward)
    assert len(selected_on_map(page)) == 62


def test_another_page_and_back_keeps_the_selection_and_the_position(page):
    choose(page, "deep_poverty", "all_of")
    home = page.locator(MAP).get_attribute("data-view")
    page.locator(".leaflet-control-zoom-in").click()
    expect(page.locator(MAP)).not_to_have_attribute("data-view", home)
    view = page.locator(MAP).get_attribute("data-view")
    page.wait_for_function("view => location.hash === `#${view}`", arg=view)

    page.get_by_role("link", name="规划目标").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("规划目标")
    expect(page.locator(".atlas-panel:has-text('T001')").first).to_be_visible()
    page.get_by_role("link", name="地图").click()
    painted(page)

    expect(page.locator(".atlas-sentence")).to_contain_text("10个")
    assert page.locator(MAP).get_attribute("data-view") == view


def test_a_copied_link_opens_the_same_view_elsewhere(page, watched_page):
    choose(page, "poor_county", "any_of")
    see(page, "exit_approved_year")
    act_and_wait(page, page.locator("path[data-adcode='130722']").click)
    act_and_wait(page, page.get_by_text("English", exact=True).click)
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_function(
        "() => location.hash.length > 1 && location.search.includes('lang')"
    )
    page.wait_for_timeout(600)  # the position is written anew after Streamlit's address

    other = watched_page(page.url)
    painted(other)

    assert selected_on_map(other) == selected_on_map(page)
    expect(other.locator(THEME)).to_have_value("exit_approved_year")
    expect(other.locator(".atlas-side h2")).to_contain_text("Zhangbei")
    ours, theirs = (
        p.locator(MAP).get_attribute("data-view").split("/") for p in (page, other)
    )
    assert [float(a) for a in theirs] == pytest.approx(
        [float(a) for a in ours], abs=0.01
    )


def test_a_linked_position_stays_while_the_page_is_laid_out(app, watched_page):
    position = "7.5/39.3105/118.5981"
    page = watched_page(f"{app}/?any=poor_county&county=130722#{position}")
    painted(page)

    # A style sheet, a notice or a card that comes late leaves the map less room.
    page.evaluate(
        """() => new Promise(done => {
          document.querySelector(".st-key-atlas_stage").style.paddingRight = "128px";
          requestAnimationFrame(() => setTimeout(done, 100));
        })"""
    )

    assert page.locator(MAP).get_attribute("data-view") == position
    assert page.url.endswith(f"#{position}")


def test_the_year_of_the_slider_is_in_the_link(app, watched_page, counties):
    page = watched_page(f"{app}/?see=exit_approved_year")
    painted(page)
    page.locator(".atlas-years input").fill("2018")
    # The map was not moved: the link fits any window.
    page.wait_for_function("() => location.hash === '#~until=2018'")

    other = watched_page(page.url)
    painted(other)

    expect(other.locator(".atlas-years output")).to_have_text("≤ 2018")
    later = counties.index[(counties["exit_approved_year"] > 2018).fillna(False)]
    drawn = other.eval_on_selector_all(
        "path.atlas-county",
        "all => all.filter(p => p.style.fill === 'var(--atlas-later)')"
        ".map(p => p.dataset.adcode)",
    )
    assert set(drawn) == set(later) != set()
    # Another theme has no years: the address says none.
    see(other, "category")
    other.wait_for_function("() => !location.hash")


def test_a_year_that_the_theme_does_not_have_is_the_nearest(app, watched_page):
    page = watched_page(f"{app}/?see=exit_approved_year#7/39/116/1900")
    painted(page)

    years = page.locator(".atlas-years input")
    expect(page.locator(".atlas-years output")).to_have_text(
        f"≤ {years.get_attribute('min')}"
    )


@pytest.mark.parametrize(
    "junk",
    [
        "all=" + "x" * 5000,
        "in=１３０７９９",
        "see=%3Cscript%3E",
        "all=deep_poverty%27%3B%20DROP%20TABLE&county=%F0%9F%98%80",
    ],
)
def test_no_address_breaks_the_page(app, watched_page, junk):
    page = watched_page(f"{app}/?{junk}")
    painted(page)

    expect(page.locator(".atlas-notice").first).to_be_visible()


def test_a_county_has_an_address_of_its_own(app, browser):
    context = browser.new_context(
        viewport={"width": 1440, "height": 1000}, locale="zh-CN"
    )
    page = context.new_page()
    page.goto(f"{app}/county?county=130709")
    try:
        for text in ("崇礼区", "崇礼县（130733）", "奥运低碳专区", "项目相近的县"):
            expect(page.get_by_text(text).first).to_be_visible()
        expect(page.locator("path.atlas-locator-county")).to_have_count(1)
    finally:
        context.close()


def test_a_search_opens_the_county_under_its_former_name(page):
    page.locator(".atlas-search [role=combobox]").fill("崇礼县")
    expect(page.locator(".atlas-search [role=option]").first).to_contain_text("崇礼区")
    act_and_wait(page, lambda: page.keyboard.press("Enter"))

    expect(page.locator(".atlas-side h2")).to_have_text("崇礼区")


def test_a_selection_of_named_counties_survives_its_link(app, watched_page):
    selection = Selection(counties=("130722", "130723"))
    page = watched_page(f"{app}/?{selection.to_query()}")
    painted(page)

    assert selected_on_map(page) == {"130722", "130723"}


def test_what_is_chosen_on_a_page_is_in_its_address_and_comes_back(app, watched_page):
    page = watched_page(f"{app}/compare?compared=蔚县,130733&lang=en")
    heads = page.locator(".st-key-compare_result thead th")
    expect(heads).to_have_count(3)
    assert [text.split()[0] for text in heads.all_inner_texts()[1:]] == [
        "Yuxian",
        "Chongli",
    ]
    page.wait_for_url("**/compare?*130726*130709*")

    page.goto(f"{app}/statistics?section=matrix&of=province&lang=en")
    expect(page.get_by_role("radio", name="Pairs of programmes")).to_be_checked()
    page.get_by_text("Coverage of a programme").click()
    page.wait_for_url("**/statistics?*section=coverage*")
    expect(page.locator(".st-key-statistics_coverage h3")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("radio", name="Pairs of programmes")).to_be_checked()
    expect(page.locator(".st-key-statistics_matrix h3")).to_be_visible()

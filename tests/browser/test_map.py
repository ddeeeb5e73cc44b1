"""A planner's way through the map page, clicked in Chromium."""

import itertools
import json
import subprocess

import pytest
from driving import (
    EVERYTHING,
    MAP,
    act_and_wait,
    choose,
    open_drawer,
    painted,
    rows_of_table,
    running_app,
    selected_on_map,
    take_focus,
)
from playwright.sync_api import expect

from layers.select.selection import Selection

DEEP = Selection(all_of=("deep_poverty",))
BEIJING_DEEP = Selection(all_of=("deep_poverty", "paired_with_beijing"))
NOTHING = Selection(all_of=("deep_poverty", "paired_with_tianjin", "pumped_storage"))


@pytest.fixture
def page(app, watched_page):
    page = watched_page(f"{app}/{EVERYTHING}")
    painted(page)
    return page


def test_all_counties_their_neighbours_and_the_credit_are_drawn(page):
    expect(page.locator("path.atlas-county")).to_have_count(167)
    expect(page.locator("path.atlas-neighbour")).to_have_count(2)
    expect(page.locator(".atlas-label-prefecture")).to_have_count(13)
    expect(page.locator("path.atlas-prefecture").first).to_be_attached()
    expect(page.locator("path.atlas-province").first).to_be_attached()
    expect(page.locator(".leaflet-control-attribution")).to_contain_text(
        "GS(2024)0650号"
    )


def test_prefecture_lines_lie_above_county_lines(page):
    drawn = page.eval_on_selector_all(
        ".leaflet-atlas-counties-pane path:not(.atlas-probe)",
        "all => all.map(path => path.classList[0])",
    )
    kinds = [kind for kind, _ in itertools.groupby(drawn)]

    assert kinds == [
        "atlas-neighbour",
        "atlas-county",
        "atlas-prefecture",
        "atlas-province",
    ]


@pytest.mark.parametrize("selection", [DEEP, BEIJING_DEEP], ids=["deep", "beijing"])
def test_a_link_shows_exactly_its_counties_on_map_and_in_table(
    app, watched_page, counties, selection
):
    page = watched_page(f"{app}/?{selection.to_query()}")
    painted(page)
    chosen = list(selection.apply(counties))

    assert selected_on_map(page) == set(chosen)
    open_drawer(page, "table")
    page.wait_for_function(
        "n => document.querySelectorAll('.atlas-table tbody tr').length === n",
        arg=len(chosen),
    )
    assert sorted(rows_of_table(page)) == chosen
    expect(page.locator(".atlas-sentence")).to_contain_text(f"{len(chosen)}个")


def test_filters_combine_and_say_themselves(page, counties):
    choose(page, "deep_poverty", "all_of")
    choose(page, "paired_with_beijing", "none_of")
    selection = Selection(all_of=("deep_poverty",), none_of=("paired_with_beijing",))

    assert selected_on_map(page) == set(selection.apply(counties))
    sentence = page.get_by_role("heading", level=1)
    expect(sentence).to_contain_text("属于深度贫困")
    expect(sentence).to_contain_text("不属于北京帮扶")


def test_a_filter_neither_mounts_the_map_again_nor_moves_it(page):
    page.evaluate("() => { document.querySelector('.folium-map').mark = 'kept'; }")
    page.locator(".leaflet-control-zoom-in").click()
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(400)  # Leaflet's zoom animation has no event to wait for
    before = page.locator(MAP).get_attribute("data-view")

    choose(page, "poor_county", "any_of")

    assert page.evaluate("() => document.querySelector('.folium-map').mark") == "kept"
    assert page.locator(MAP).get_attribute("data-view") == before


def test_geometry_travels_once(app, watched_page):
    page = watched_page("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{app}/{EVERYTHING}")
    painted(page)
    choose(page, "poor_county", "any_of")
    choose(page, "deep_poverty", "all_of")

    assert sum("/boundaries/" in url for url in asked) == 1


def test_the_legend_names_colour_count_and_completeness(page):
    choose(page, "relocation", "any_of")
    legend = page.locator(".atlas-legend")

    expect(legend).to_contain_text("易地扶贫搬迁")
    expect(legend.locator(".atlas-legend-count").first).to_have_text("10")
    expect(legend).to_contain_text("写明38个，列明10个")


def test_hover_shows_the_name_and_a_click_the_evidence(page):
    path = page.locator("path[data-adcode='130722']")
    path.hover()
    expect(page.locator(".leaflet-tooltip")).to_contain_text("张北县")

    act_and_wait(page, path.click)
    side = page.locator(".atlas-side")
    for text in (
        "张北县",
        "130722",
        "张家口市",
        "深度贫困",
        "北京市",
        "2020",
    ):
        expect(side).to_contain_text(text)
    side.locator("summary", has_text="逐项依据").first.click()
    side.locator("summary", has_text="十（一）").first.click()
    source = side.locator("details[open] details[open] li").first
    expect(source).to_be_visible()
    expect(source).to_contain_text("脱贫攻坚规划")
    assert page.locator("path.atlas-focus").count() == 1


def test_the_same_county_opens_again_after_it_was_closed(page):
    path = page.locator("path[data-adcode='130709']")
    act_and_wait(page, path.click)
    expect(page.locator(".atlas-side h2")).to_have_text("崇礼区")
    expect(page.locator(".atlas-side")).to_contain_text("崇礼县")
    act_and_wait(page, page.locator(".atlas-side button", has_text="返回图例").click)
    expect(page.locator(".atlas-side h2")).to_have_count(0)

    act_and_wait(page, path.click)

    expect(page.locator(".atlas-side h2")).to_have_text("崇礼区")


def test_a_name_in_the_table_opens_the_county_on_the_map(page):
    choose(page, "deep_poverty", "all_of")
    open_drawer(page, "table")
    act_and_wait(page, page.locator(".atlas-table").get_by_text("阜平县").click)

    expect(page.locator(".atlas-side h2")).to_have_text("阜平县")
    expect(page.locator(".atlas-focus-row")).to_contain_text("阜平县")


def test_the_table_sorts_by_its_headings(page):
    choose(page, "deep_poverty", "all_of")
    open_drawer(page, "table")
    page.locator(".atlas-table thead button", has_text="面积").click()
    areas = [
        float(text.replace(",", ""))
        for text in page.locator(".atlas-table td.atlas-number").all_inner_texts()
        if "." in text
    ]

    assert len(areas) >= 8 and areas == sorted(areas)


def test_an_empty_selection_says_so_keeps_the_map_and_widens(app, watched_page):
    page = watched_page(f"{app}/?{NOTHING.to_query()}")
    painted(page)

    expect(page.locator(".atlas-notice")).to_contain_text("没有符合条件的县")
    expect(page.locator("path.atlas-county")).to_have_count(167)
    assert selected_on_map(page) == set()

    act_and_wait(page, page.locator(".atlas-notice button", has_text="抽水蓄能").click)
    assert len(selected_on_map(page)) == 2


def test_the_download_is_the_selection_and_gdal_reads_it(
    app, watched_page, counties, tmp_path
):
    page = watched_page(f"{app}/?{BEIJING_DEEP.to_query()}")
    painted(page)
    open_drawer(page, "export")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载", exact=True).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    chosen = list(BEIJING_DEEP.apply(counties))

    content = json.loads(file.read_text(encoding="utf-8"))
    assert [feature["id"] for feature in content["features"]] == chosen
    answer = subprocess.run(
        ["ogrinfo", "-so", "-al", str(file)], capture_output=True, text=True, check=True
    )
    assert f"Feature Count: {len(chosen)}" in answer.stdout


def test_english_is_one_click_away_and_stays_in_the_link(page):
    act_and_wait(page, page.get_by_text("English", exact=True).click)

    expect(page.locator(".atlas-sentence")).to_contain_text("All 167 counties")
    expect(page.locator(".atlas-legend")).to_contain_text("Selected counties")
    page.wait_for_url("**lang=en**")


def test_a_damaged_link_opens_as_far_as_it_can_and_says_what_it_left_out(
    app, watched_page
):
    page = watched_page(f"{app}/?all=deep_poverty,no_such&colour=<b>red</b>&county=1")
    painted(page)

    assert len(selected_on_map(page)) == 10
    notice = page.locator(".atlas-notice")
    for text in ("no_such", "colour", "county"):
        expect(notice).to_contain_text(text)


def test_counties_can_be_reached_and_opened_without_a_mouse(page):
    in_tab_order = page.locator("path.atlas-county[tabindex='0']")
    first = in_tab_order.get_attribute("data-adcode")
    take_focus(in_tab_order)
    page.keyboard.press("ArrowUp")
    focused = page.evaluate("() => document.activeElement.dataset.adcode")
    assert focused and focused != first

    act_and_wait(page, lambda: page.keyboard.press("Enter"))

    expect(page.locator(".atlas-side h2")).to_be_visible()


def test_the_page_works_under_a_path_of_its_own(browser, watched_page, tmp_path):
    with running_app(tmp_path / "server.log", base="gis") as address:
        page = watched_page(address)
        painted(page)

        expect(page.locator("path.atlas-county")).to_have_count(167)
        page.close()  # before its server goes

"""The one-file map from disk: search, click, legend, hostile names, print; framed."""

import re
import shutil
import subprocess

import pytest
from driving import open_drawer, painted, take_focus
from playwright.sync_api import Page, expect
from test_hostile_names import HOSTILE, hostile_data  # noqa: F401 - a fixture

from layers.facts.county_table import county_table
from layers.facts.package import load
from layers.select.selection import Selection
from layers.webmap.one_file import one_file_map
from layers.webmap.second_map import SecondMap

DEEP = Selection(all_of=("deep_poverty",))
POOR = Selection(all_of=("poor_county",))


@pytest.fixture
def opened(package, counties, watched_page, tmp_path):
    """Opens a selection's file; it fails if the file asks for anything but itself."""
    asked = []

    def open_file(
        selection=DEEP, width=1280, facts=package, table=counties, **how
    ) -> Page:
        file = tmp_path / "图 map.html"
        file.write_bytes(one_file_map(facts, table, selection, **how))
        page = watched_page("about:blank", width=width, offline=True)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        page.wait_for_selector("[data-ready]", state="attached")
        page.wait_for_selector(".folium-map[data-painted]", state="attached")
        assert asked.pop(0) == file.as_uri()
        return page

    yield open_file
    assert asked == []


def panel(page: Page):
    return page.locator("#one-file-panel")


def found(page: Page, text: str) -> None:
    page.get_by_role("combobox").fill(text)
    page.get_by_role("combobox").press("Enter")


def test_all_counties_are_drawn_and_the_selected_ones_coloured(opened):
    page = opened()

    assert page.locator("path.atlas-county").count() == 167
    assert page.locator("path.atlas-selected").count() == 10
    expect(page.get_by_role("heading", level=1)).to_contain_text("深度贫困")


def test_search_opens_a_county_by_its_former_name(opened):
    page = opened()
    found(page, "崇礼县")

    expect(panel(page).locator("h2")).to_have_text("崇礼区")
    expect(panel(page).locator("h2")).to_be_focused()
    expect(panel(page)).to_contain_text("崇礼县（130733）")
    expect(panel(page)).to_contain_text("九（一）；专栏14；来源写明 [S00]")
    expect(page.locator("path.atlas-focus")).to_have_count(1)


def test_search_marks_the_counties_of_all_else(opened):
    page = opened()
    found(page, "张家口")

    expect(page.locator("path.atlas-mark")).to_have_count(16)
    expect(panel(page)).to_contain_text("16")


def test_a_click_and_enter_open_a_county_and_close_again(opened):
    page = opened(language="en")
    path = page.locator("path[data-adcode='130723']")
    path.hover()
    expect(page.locator(".leaflet-tooltip strong")).to_have_text(
        "Kangbao County 康保县"
    )
    path.click()
    expect(panel(page).locator("h2")).to_have_text("Kangbao County 康保县")
    link = panel(page).locator("a").first
    assert re.match("https?://", link.get_attribute("href"))
    assert link.get_attribute("rel") == "noopener noreferrer"

    page.get_by_role("button", name="Close").click()
    expect(panel(page).locator("h2")).to_have_count(0)
    first = page.locator("path.atlas-county[tabindex='0']")
    take_focus(first)
    first.press("Enter")
    expect(panel(page).locator("h2")).to_be_focused()
    page.get_by_role("button", name="Close").press("Enter")
    expect(first).to_be_focused()


def test_the_legend_switches_a_programme_off(opened):
    page = opened()
    line = page.locator(".atlas-legend-toggle").first
    expect(line).to_contain_text("深度贫困")
    county = page.locator("path[data-adcode='130723']")
    before = county.evaluate("path => path.style.fill")
    line.click()

    assert county.evaluate("path => path.style.fill") != before


def test_a_box_round_counties_marks_them(opened):
    page = opened()
    page.locator(".atlas-tool").nth(3).click()
    area = page.locator(".folium-map").bounding_box()
    page.mouse.move(area["x"] + 80, area["y"] + 40)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] - 40, area["y"] + 300, steps=5)
    page.mouse.up()

    assert page.locator("path.atlas-mark").count() > 5


@pytest.mark.parametrize("appearance", ["light", "dark", "contrast"])
def test_a_phone_has_map_and_panel_one_below_the_other(opened, appearance):
    page = opened(width=390, appearance=appearance)
    found(page, "崇礼县")
    expect(panel(page).locator("h2")).to_be_in_viewport()
    above, below = page.locator(".folium-map").bounding_box(), panel(page)

    assert above["width"] == 390
    assert below.bounding_box()["y"] >= above["y"] + above["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_hostile_names_are_text(hostile_data, opened, monkeypatch):  # noqa: F811
    folder, names, mark = hostile_data
    facts = load(folder / "attributes")
    page = opened(
        Selection(counties=tuple(HOSTILE)),
        facts=facts,
        table=county_table(facts, "overview"),
    )
    for code, name in names.items():
        path = page.locator(f"path[data-adcode='{code}']")
        path.hover()
        expect(page.locator(".leaflet-tooltip strong")).to_have_text(name)
        path.click()
        expect(panel(page).locator("h2")).to_have_text(name)
        found(page, code)
        expect(page.get_by_role("combobox")).to_have_value(name)
        page.locator(".atlas-tool").first.click()  # the whole province again

    assert "taken" not in page.title().replace(HOSTILE["130722"], "").replace(
        HOSTILE["130725"], ""
    )
    assert page.locator("img").count() == 0
    # Two of data, the scripts', Folium's: none came in with a name.
    assert page.evaluate("document.scripts.length") == 4
    assert not mark.exists()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("with_panel", [False, True])
def test_on_paper_the_whole_province_is_within_the_map(opened, width, with_panel):
    page = opened(Selection(), width=width)
    if with_panel:
        found(page, "崇礼县")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    frame = page.locator(".folium-map").bounding_box()
    lines = [p.bounding_box() for p in page.locator("path.atlas-province").all()]

    assert frame["width"] == pytest.approx(703, abs=2)
    for side, size in (("x", "width"), ("y", "height")):
        assert min(line[side] for line in lines) >= frame[side]
        ends = [line[side] + line[size] for line in lines]
        assert max(ends) <= frame[side] + frame[size]
    tall = max(ends) - min(line["y"] for line in lines)
    assert tall > 0.8 * frame["height"]

    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator("main #one-file-panel").count() == 1
    assert page.locator(".folium-map").bounding_box()["width"] != frame["width"]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
@pytest.mark.parametrize(
    ("how", "sentence", "date"),
    [
        ({}, "深度贫困", "名单和数值的最近日期"),
        (
            {"language": "en", "appearance": "dark"},
            "deep-poverty",
            "Newest list or value",
        ),
    ],
    ids=["zh", "en"],
)
def test_a_print_has_legend_credit_selection_and_date(
    opened, tmp_path, how, sentence, date
):
    page = opened(**how)
    view = page.locator(".folium-map").get_attribute("data-view")
    file = tmp_path / "print.pdf"
    page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    first = ["-f", "1", "-l", "1"]
    text = subprocess.run(
        ["pdftotext", "-layout", *first, file, "-"], capture_output=True, check=True
    ).stdout.decode()
    about = subprocess.run(
        ["pdfinfo", file], capture_output=True, check=True
    ).stdout.decode()

    assert "(A4)" in about
    assert text.count("GS(2024)0650") >= 2  # on the map, and among the notes
    assert sentence in text
    assert re.search(rf"{date}\s+20\d\d-\d\d-\d\d", text)
    assert ("图例" if not how else "Legend") in text
    assert "Print" not in text
    # The screen is as it was.
    assert page.locator(".folium-map").get_attribute("data-view") == view
    assert page.locator(".folium-map").get_attribute("style") is not None
    appearance = page.locator(".folium-map").get_attribute("data-appearance")
    assert appearance == how.get("appearance", "light")


def test_the_code_for_a_web_page_shows_the_map_there(app, watched_page):
    may = ["clipboard-read", "clipboard-write"]
    page = watched_page(f"{app}/?all=deep_poverty&see=category", permissions=may)
    painted(page)
    open_drawer(page, "export")
    code = page.get_by_role("button", name="复制嵌入代码")
    expect(code).to_be_hidden()
    page.locator(".atlas-export select").first.select_option("html")
    code.click()
    expect(page.locator(".atlas-result[data-how]")).to_contain_text("ATLAS_EMBED")
    html = page.evaluate("navigator.clipboard.readText()")
    assert 'title="' in html and "深度贫困" in html

    # A web page of the same house, which may show it without any setting.
    page.route(
        f"{app}/portal",
        lambda route: route.fulfill(content_type="text/html", body=f"<body>{html}"),
    )
    page.goto(f"{app}/portal")
    framed = page.frame_locator("iframe")
    expect(framed.locator("path.atlas-selected")).to_have_count(10)
    expect(framed.locator(".leaflet-control-attribution")).to_contain_text("GS(2024)")


SECOND = ".atlas-second > .leaflet-container"


def test_two_maps_stand_in_one_file_with_all_that_is_said_of_both(opened):
    second = SecondMap(selection=DEEP, theme="exit_assessed_year", until=2018, line=40)
    page = opened(POOR, second=second)
    expect(page.locator(".atlas-two-count")).to_have_text(
        ["仅此图52个，两图都有10个", "仅此图0个，两图都有10个"]
    )
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("左图.*贫困县.*右图.*深度贫困")
    )
    expect(page.locator(".atlas-two-way")).to_have_text(
        ["政策项目", "退出年度 · ≤ 2018"]
    )
    legends = page.locator("#one-file-legends .atlas-legend")
    expect(legends).to_have_count(2)
    expect(legends.nth(1)).to_contain_text("2018年之后")
    slider = page.get_by_role("slider", name="两图分界线")
    expect(slider).to_have_attribute("aria-valuenow", "40")
    slider.press("PageUp")
    expect(slider).to_have_attribute("aria-valuenow", "50")
    expect(page.locator(f"{SECOND} path.atlas-selected")).to_have_count(10)

    # A county that is pressed on the second is shown on both.
    page.locator(".atlas-two-button[data-act=side]").click()
    page.locator(f"{SECOND} path[data-adcode='130722']").click()
    expect(panel(page).locator("h2")).to_have_text("张北县")
    expect(page.locator("path.atlas-focus")).to_have_count(2)
    expect(legends.first).to_be_hidden()
    page.locator(".atlas-two-button[data-act=swap]").click()
    expect(page.locator(".atlas-two-way").first).to_have_text("退出年度 · ≤ 2018")
    expect(page.locator(f"{SECOND} path.atlas-selected")).to_have_count(62)
    # No way out of two maps: the file has nothing else to show.
    expect(page.locator(".atlas-two-button[data-act=alone]")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280])
def test_two_maps_go_to_paper_side_by_side_and_back(opened, width, tmp_path):
    second = SecondMap(selection=DEEP, theme="programmes")
    page = opened(POOR, width=width, second=second, language="en")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-appearance", "dark")
    expect(page.locator(SECOND)).to_have_attribute("data-appearance", "dark")
    view = page.locator(".folium-map").get_attribute("data-view")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    frame = page.locator(".folium-map")
    expect(frame).to_have_attribute("data-split", "side")
    expect(page.locator(SECOND)).to_have_attribute("data-appearance", "light")
    box = frame.bounding_box()
    middle = box["x"] + box["width"] / 2
    ends = """where => [...document.querySelectorAll(where)]
      .map(path => path.getBoundingClientRect())
      .reduce(([a, b], { left, right }) => (
        [Math.min(a, left), Math.max(b, right)]), [1e6, 0])
    """
    land, second_land = (
        page.evaluate(ends, f"{where} path.atlas-province")
        for where in (".folium-map > .leaflet-map-pane", SECOND)
    )
    assert box["x"] <= land[0] < land[1] <= middle
    assert middle <= second_land[0] < second_land[1] <= box["x"] + box["width"]
    for sentence in page.locator(".atlas-two-sentence").all():
        expect(sentence).to_be_visible()

    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(frame).to_have_attribute("data-split", "swipe")
    expect(frame).to_have_attribute("data-appearance", "dark")
    assert frame.get_attribute("data-view") == view

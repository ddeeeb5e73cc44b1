"""The tools of the map: home, graticule, box, lasso, marks, detail."""

import re
import xml.etree.ElementTree as ET
from urllib.parse import parse_qs, urlparse

import pytest
from driving import (
    MAP,
    act_and_wait,
    county_points,
    open_drawer,
    painted,
    rows_of_table,
    see,
    selected_on_map,
    take_focus,
    view,
)
from instrument import (
    act_and_move,
    drag,
    in_link,
    tool,
    zoom,
    zoom_in_to,
)
from PIL import Image
from playwright.sync_api import Page, expect
from shapely import Polygon, box

from geo.crs import enclosed_km2, path_km
from layers.select.selection import Selection
from tests import real

DEEP = Selection(all_of=("deep_poverty",))

FEW = Selection(prefectures=("130800",))

ZHANGBEI, FUPING, GUAN = "130722", "130624", "131022"


FULL_FROM_ZOOM = 9
THEMES = real.themes_to_try()

STRIPS = [0.36, 0.37, 0.38, 0.39, 0.4, 0.41, 0.42, 0.43]  # shares of the map's height


VERTICES = """name => {
  const found = new Set();
  for (const path of document.querySelectorAll(name)) {
    const [x, y, w, h] = path.ownerSVGElement.getAttribute('viewBox').split(' ')
      .map(Number);
    const points = path.getAttribute('d').matchAll(/([-\\d.]+)[ ,]([-\\d.]+)/g);
    for (const [, px, py] of points) {
      // Where Leaflet clips at the edge there are points that are no vertices.
      const inside = px > x + 4 && px < x + w - 4 && py > y + 4 && py < y + h - 4;
      if (inside) found.add(`${px},${py}`);
    }
  }
  return [...found];
}"""


def test_a_picture_is_what_is_seen(open_map, tmp_path):
    page = open_map(
        "any=poor_county&see=exit_assessed_year&lang=en#8.5/40.6/115.8/2017~115.2,40.9,Hi"
    )
    page.locator(".atlas-tool[aria-label='Picture of this map']").click()
    for suffix in ("svg", "png"):
        with page.expect_download() as saved:
            page.locator(f".atlas-picture [data-suffix={suffix}]").click()
        saved.value.save_as(tmp_path / f"picture.{suffix}")
    expect(page.locator(".atlas-picture [role=status]")).to_contain_text("Downloaded")

    texts = ET.parse(tmp_path / "picture.svg").iter("{http://www.w3.org/2000/svg}text")
    said = {"".join(text.itertext()).strip() for text in texts}
    assert {"Chicheng", "Hi", "after 2017"} <= said
    assert "Daming" not in said  # beyond what is seen
    with Image.open(tmp_path / "picture.png") as picture:
        assert picture.width > 2000

    page.keyboard.press("Escape")
    expect(page.locator(".atlas-picture")).to_be_hidden()


def test_zoom_to_the_selection_and_back_to_the_province(open_map):
    page = open_map(FEW.to_query())
    home = view(page)
    act_and_move(page, tool(page, "selection").click)
    frame = page.locator(MAP).bounding_box()
    for path in page.locator("path.atlas-selected").all():
        bounds = path.bounding_box()
        assert frame["x"] <= bounds["x"]
        assert bounds["x"] + bounds["width"] <= frame["x"] + frame["width"]
        assert frame["y"] <= bounds["y"]
        assert bounds["y"] + bounds["height"] <= frame["y"] + frame["height"]
    assert zoom(page) > float(home.split("/")[0])

    act_and_move(page, tool(page, "home").click)
    # But for a pixel or two, where what lies over the map has changed its height.
    there, here = (map(float, v.split("/")) for v in (view(page), home))
    assert [*there] == pytest.approx([*here], abs=0.02)


def test_the_graticule_comes_and_goes(open_map):
    page = open_map()
    lines = page.locator("path.atlas-graticule")
    expect(lines).to_have_count(0)

    tool(page, "graticule").click()
    expect(lines).to_have_count(24)
    expect(tool(page, "graticule")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".atlas-degree", has_text="115°E")).to_be_visible()

    tool(page, "graticule").click()
    expect(lines).to_have_count(0)
    expect(tool(page, "graticule")).to_have_attribute("aria-pressed", "false")


def test_the_position_under_the_pointer_is_said(open_map):
    page = open_map()
    frame = page.locator(MAP).bounding_box()
    _, lat, lon = view(page).split("/")
    page.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    said = page.locator(".atlas-position")
    expect(said).to_have_text(re.compile(r"^\d\d\.\d{3}°N 1\d\d\.\d{3}°E$"))
    north, east = re.findall(r"[\d.]+(?=°)", said.inner_text())

    assert abs(float(north) - float(lat)) < 0.02
    assert abs(float(east) - float(lon)) < 0.02


def test_a_box_drawn_on_the_map_is_a_selection(open_map, records):
    page = open_map()
    before = view(page)
    frame = page.locator(MAP).bounding_box()
    points = county_points(page, records)
    x, y, width, height = (frame[key] for key in ("x", "y", "width", "height"))
    boxes = [box(x + 70, y + 110, x + 0.5 * width, y + s * height) for s in STRIPS]
    # One to whose line no county is so near that a pixel decides.
    drawn = max(
        boxes, key=lambda b: min(b.exterior.distance(p) for p in points.values())
    )
    wanted = {c for c, p in points.items() if drawn.contains(p)}
    assert len(wanted) > 5

    tool(page, "box").click()
    expect(tool(page, "box")).to_have_attribute("aria-pressed", "true")
    west, north, east, south = drawn.bounds
    act_and_wait(page, lambda: drag(page, [(west, north), (east, south)]))

    assert selected_on_map(page) == wanted == in_link(page)
    assert view(page) == before
    expect(tool(page, "box")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".atlas-sentence")).to_contain_text(f"{len(wanted)}个")


def test_a_line_drawn_round_counties_is_a_selection(open_map, records):
    page = open_map()
    frame = page.locator(MAP).bounding_box()
    points = county_points(page, records)
    x, y, width, height = (frame[key] for key in ("x", "y", "width", "height"))
    ring = [
        (x + width * 0.15, y + height * 0.55),
        (x + width * 0.5, y + height * 0.55),
        (x + width * 0.3, y + height * 0.95),
        (x + width * 0.15, y + height * 0.55),
    ]
    shape = Polygon(ring)
    near = shape.boundary.buffer(4)
    sure = {c for c, p in points.items() if shape.contains(p) and not near.contains(p)}
    outside = {c for c, p in points.items() if not shape.buffer(4).contains(p)}
    assert len(sure) > 5

    tool(page, "lasso").click()
    act_and_wait(page, lambda: drag(page, ring))

    assert sure <= selected_on_map(page) == in_link(page)
    assert not selected_on_map(page) & outside


def test_escape_and_a_second_press_put_box_and_lasso_away(open_map):
    page = open_map()
    tool(page, "box").click()
    tool(page, "box").click()
    expect(tool(page, "box")).to_have_attribute("aria-pressed", "false")
    tool(page, "lasso").click()
    page.keyboard.press("Escape")
    expect(tool(page, "lasso")).to_have_attribute("aria-pressed", "false")
    before = view(page)
    frame = page.locator(MAP).bounding_box()
    start = (frame["x"] + 300, frame["y"] + 300)
    drag(page, [start, (start[0] + 80, start[1] + 40)])
    page.wait_for_function(
        "before => document.querySelector('.folium-map').dataset.view !== before",
        arg=before,
    )


def test_marks_on_the_map_and_in_the_table_are_one_and_become_the_selection(open_map):
    page = open_map(DEEP.to_query(), height=1200)
    open_drawer(page, "table")
    page.wait_for_function(
        "() => document.querySelectorAll('.atlas-table tbody tr').length === 10"
    )
    marks = page.locator("path.atlas-mark")
    page.locator(f"path[data-adcode='{ZHANGBEI}']").click(modifiers=["Control"])
    expect(marks).to_have_count(1)
    check = page.locator(f".atlas-table tr[data-adcode='{ZHANGBEI}'] input")
    expect(check).to_be_checked()
    expect(page.locator(".atlas-side h2")).to_have_count(0)

    page.locator(f".atlas-table tr[data-adcode='{FUPING}'] input").click()
    expect(marks).to_have_count(2)
    expect(page.locator(".atlas-marks")).to_contain_text("2")

    act_and_wait(page, page.locator(".atlas-marks button").first.click)
    assert selected_on_map(page) == {ZHANGBEI, FUPING} == in_link(page)
    expect(marks).to_have_count(0)
    page.wait_for_function(
        "() => document.querySelectorAll('.atlas-table tbody tr').length === 2"
    )
    assert sorted(rows_of_table(page)) == sorted([ZHANGBEI, FUPING])


def vertices(page: Page, kind: str) -> set[str]:
    return set(page.evaluate(VERTICES, f"path.atlas-{kind}"))


def test_the_full_detail_comes_close_up_without_a_seam_and_goes_again(open_map):
    page = open_map()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    assert not vertices(page, "prefecture") - vertices(page, "county")

    zoom_in_to(page, FULL_FROM_ZOOM)
    page.wait_for_function(
        "() => document.querySelector('.folium-map').dataset.detail === 'full'"
    )
    counties, prefectures = vertices(page, "county"), vertices(page, "prefecture")
    assert len(prefectures) > 50
    assert not prefectures - counties
    assert sum(url.endswith("/full.json") for url in asked) == 1
    full = len(counties)

    see(page, THEMES[3])
    expect(page.locator(MAP)).to_have_attribute("data-detail", "full")

    act_and_move(page, page.locator(".leaflet-control-zoom-out").click)
    expect(page.locator(MAP)).to_have_attribute("data-detail", "overview")
    assert len(vertices(page, "county")) < full
    assert not vertices(page, "prefecture") - vertices(page, "county")


def test_a_distance_and_an_area_are_measured_on_the_ellipsoid(open_map, records):
    page = open_map("see=programmes")
    at = county_points(page, records)
    corners = ["130709", "130802", "130632"]
    page.get_by_role("button", name="量测距离或面积").click()
    expect(page.locator(".atlas-measured")).to_be_visible()

    for adcode in corners:
        page.mouse.click(at[adcode].x, at[adcode].y)

    points = [tuple(records[adcode]["point"]) for adcode in corners]
    said = page.locator(".atlas-measured [role=status]")
    expect(said).to_contain_text("围成面积")
    length, area = (
        float(number.replace(",", ""))
        for number in re.findall(r"[\d,.]+", said.inner_text())
    )
    # A press meets a point to a pixel, which is about two kilometres here.
    assert length == pytest.approx(path_km(points), abs=6)
    assert area == pytest.approx(enclosed_km2(points), rel=0.03)
    # No county has opened, and none is marked.
    assert "county=" not in page.url

    page.keyboard.press("Backspace")
    expect(said).not_to_contain_text("围成面积")
    page.keyboard.press("Enter")  # the middle of the map
    expect(said).to_contain_text("围成面积")
    page.keyboard.press("Escape")
    expect(page.locator(".atlas-measured")).to_be_hidden()
    expect(page.locator("path.atlas-measure")).to_have_count(0)


def test_a_note_travels_in_the_address_on_sheets_and_in_the_one_file_map(
    open_map, records
):
    page = open_map("all=deep_poverty")
    at = county_points(page, records)
    tool = page.get_by_role("button", name="在地图上加注记")
    text = "走访：3个村 <b>x</b> ~ 5%"

    tool.click()
    expect(page.locator(".atlas-noting")).to_be_visible()
    page.mouse.click(at["130632"].x, at["130632"].y)
    page.get_by_label("注记，最多60个字符").fill(text)
    page.keyboard.press("Enter")

    note = page.locator(".atlas-note-text")
    expect(note).to_have_text(text)
    # No county has opened, and a run of the page leaves the note in the address.
    assert "county=" not in page.url
    see(page, THEMES[3])
    expect(page).to_have_url(re.compile(r"see=.*#.*~115\.\d+,38\.\d+,"))
    page.reload()
    painted(page)
    expect(note).to_have_text(text)

    open_drawer(page, "print")
    with page.expect_request(re.compile(r"/layers/.*\.pdf")) as asked:
        page.locator(".atlas-download").first.click()
    query = parse_qs(urlparse(asked.value.url).query)
    lon, lat, told = query["note"][0].split(",", 2)
    point = records["130632"]["point"]
    assert (float(lon), float(lat)) == pytest.approx(point, abs=0.05)
    assert told == text

    # By keyboard: in the middle of the map; then both are taken away.
    take_focus(tool)
    page.keyboard.press("Enter")
    expect(page.locator(".atlas-noting")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("second")
    page.keyboard.press("Enter")
    expect(note).to_have_count(2)
    for left in (1, 0):
        page.locator(".atlas-note-sign").first.click()
        page.get_by_role("button", name="删除").click()
        expect(note).to_have_count(left)
    assert "~" not in page.url

"""The map as an instrument: each theme, its tools, what they leave alone."""

import re

import pytest
from driving import (
    LOOK,
    MAP,
    THEME,
    act_and_wait,
    county_points,
    open_drawer,
    painted,
    rows_of_table,
    see,
    selected_on_map,
    view,
)
from playwright.sync_api import Page, expect
from shapely import Point, Polygon, box

from layers.select.selection import Selection, members
from layers.themes.relations import pair_lines, place_points
from layers.themes.themes import USUAL, style_theme
from tests import real

DEEP = Selection(all_of=("deep_poverty",))
FEW = Selection(prefectures=("130800",))
ZHANGBEI, FUPING, GUAN = "130722", "130624", "131022"
MUTED = "var(--atlas-muted)"
LATER = "var(--atlas-later)"
FULL_FROM_ZOOM = 9
STRIPS = [0.36, 0.37, 0.38, 0.39, 0.4, 0.41, 0.42, 0.43]  # shares of the map's height
THEMES = real.themes_to_try()
OTHER_THEMES = [theme for theme in THEMES if theme != USUAL]


@pytest.fixture
def open_map(app, watched_page):
    def opened(query: str = "see=programmes", **size) -> Page:
        page = watched_page(f"{app}/?{query}", **size)
        painted(page)
        return page

    return opened


def press_theme(page: Page, theme: str) -> None:
    see(page, theme)


def fills(page: Page) -> dict[str, str]:
    """Fill of every county; a pattern by the picture that it is, not by its name."""
    return dict(
        page.eval_on_selector_all(
            "path.atlas-county",
            """all => all.map(path => {
              const fill = path.style.fill;
              const id = /#([\\w-]+)/.exec(fill.startsWith('url') ? fill : '');
              const look = id ? document.getElementById(id[1]).innerHTML : fill;
              return [path.dataset.adcode, look];
            })""",
        )
    )


def filled(page: Page, colour: str) -> set[str]:
    return {adcode for adcode, fill in fills(page).items() if fill == colour}


def zoom(page: Page) -> float:
    return float(view(page).split("/")[0])


def act_and_move(page: Page, act) -> None:
    """Do something that moves the map, and wait until it has moved."""
    before = view(page)
    act()
    page.wait_for_function(
        "before => document.querySelector('.folium-map').dataset.view !== before",
        arg=before,
    )


def zoom_in_to(page: Page, level: float) -> None:
    while zoom(page) < level:
        act_and_move(page, page.locator(".leaflet-control-zoom-in").click)


def tool(page: Page, name: str):
    names = ["home", "selection", "graticule", "box", "lasso"]
    return page.locator(".atlas-tool").nth(names.index(name))


def shown_labels(page: Page, selector: str) -> list[dict]:
    return page.eval_on_selector_all(
        selector,
        """all => all.filter(l => l.style.display !== 'none').map(l => {
          const { left, right, top, bottom } = l.getBoundingClientRect();
          return { text: l.textContent, left, right, top, bottom };
        })""",
    )


def overlapping(labels: list[dict]) -> list[tuple[str, str]]:
    shapes = [
        (
            label["text"],
            box(label["left"], label["top"], label["right"], label["bottom"]),
        )
        for label in labels
    ]
    return [
        (text, other)
        for i, (text, shape) in enumerate(shapes)
        for other, other_shape in shapes[:i]
        if shape.intersection(other_shape).area > 1
    ]


def in_link(page: Page) -> set[str]:
    page.wait_for_url(re.compile(r"[?&]in="))
    return set(
        re.search(r"[?&]in=([^&#]*)", page.url)[1].replace("%2C", ",").split(",")
    )


def drag(page: Page, points: list[tuple[float, float]]) -> None:
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("by", ["link", "button"])
@pytest.mark.parametrize("theme", OTHER_THEMES)
def test_each_theme_is_drawn_by_link_and_by_button(
    open_map, package, counties, theme, by
):
    if by == "link":
        page = open_map(f"see={theme}")
    else:
        page = open_map()
        press_theme(page, theme)
        page.wait_for_url(f"**see={theme}**")
    style = style_theme(package, counties, Selection(), theme)

    expect(page.locator(MAP)).to_have_attribute("data-theme", theme)
    expect(page.locator(THEME)).to_have_value(theme)
    assert selected_on_map(page) == set(style.counties)
    drawn = fills(page)
    of_class = {(style.counties[code], drawn[code]) for code in style.counties}
    assert len(of_class) == len(style.classes) == len({look for _, look in of_class})
    expect(page.locator(".atlas-legend-toggle")).to_have_count(len(style.legend))
    for line, entry in zip(
        page.locator(".atlas-legend-toggle").all(), style.legend, strict=True
    ):
        expect(line).to_contain_text(entry.name)
        expect(line).to_contain_text(str(entry.selected))


def test_an_unknown_theme_in_a_link_is_named_and_the_first_is_shown(open_map):
    page = open_map("see=heat")

    expect(page.locator(".atlas-notice")).to_contain_text("heat")
    expect(page.locator(MAP)).to_have_attribute("data-theme", "programmes")


def test_a_line_of_the_legend_hides_and_shows_its_counties(open_map, counties):
    page = open_map("see=category")
    before = fills(page)
    first = page.locator(".atlas-legend-toggle").first
    own = set(counties.index[counties["category"] == "national_key"])

    first.click()
    expect(first).to_have_attribute("aria-pressed", "false")
    assert filled(page, MUTED) == own
    assert selected_on_map(page) == set(counties.index)

    first.click()
    expect(first).to_have_attribute("aria-pressed", "true")
    assert fills(page) == before


def test_a_hidden_programme_leaves_the_stripes_of_the_others(open_map, counties):
    page = open_map("any=poor_county,deep_poverty")
    before = fills(page)
    page.locator(".atlas-legend-toggle").nth(1).click()
    after = fills(page)

    poor, deep = members(counties, ["poor_county", "deep_poverty"]).T
    assert (poor & deep).any() and (poor & ~deep).any()
    for code in counties.index[poor & deep]:
        assert after[code] != before[code] and after[code] != MUTED
    for code in counties.index[poor & ~deep]:
        assert after[code] == before[code]


def test_the_slider_of_years_shows_the_exits_up_to_each(open_map, counties):
    page = open_map("see=exit")
    years = counties["exit_approved_year"]
    slider = page.locator(".atlas-years input")
    output = page.locator(".atlas-years output")
    assert filled(page, LATER) == set()

    for year in (2018, 2017, 2019, 2020):
        slider.fill(str(year))
        expect(output).to_have_text(f"≤ {year}")
        assert filled(page, LATER) == set(counties.index[(years > year).fillna(False)])


def test_the_slider_of_years_keeps_the_focus_and_follows_the_arrow_keys(open_map):
    page = open_map("see=exit")
    page.locator(".atlas-years input").focus()
    for year in (2019, 2018, 2017):
        page.keyboard.press("ArrowLeft")
        expect(page.locator(".atlas-years output")).to_have_text(f"≤ {year}")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".atlas-years output")).to_have_text("≤ 2018")


def test_the_slider_of_years_can_be_dragged(open_map):
    page = open_map("see=exit")
    bounds = page.locator(".atlas-years input").bounding_box()
    y = bounds["y"] + bounds["height"] / 2
    right = bounds["x"] + bounds["width"] - 4
    drag(page, [(right, y), (right - bounds["width"] / 2, y), (bounds["x"] + 3, y)])

    expect(page.locator(".atlas-years output")).to_have_text("≤ 2017")


def test_play_goes_through_the_rounds_and_stops_at_the_last(open_map, counties):
    page = open_map("see=exit")
    years = counties["exit_approved_year"]
    output = page.locator(".atlas-years output")
    play = page.locator(".atlas-play")

    play.focus()
    page.keyboard.press("Enter")
    for year in (2017, 2018, 2019, 2020):
        expect(output).to_have_text(f"≤ {year}")
        assert filled(page, LATER) == set(counties.index[(years > year).fillna(False)])
    expect(play).to_have_text("▶")
    expect(play).to_be_focused()
    press_theme(page, "category")
    assert filled(page, LATER) == set()


def test_pairings_are_lines_that_say_who_and_light_up(open_map, package, counties):
    page = open_map("see=partner")
    lines = pair_lines(package, "partner", counties.index)
    drawn = page.locator(".leaflet-atlas-relations-pane path.atlas-pair")
    expect(drawn).to_have_count(len(lines))
    expect(page.locator("path.atlas-pair-district").first).to_be_attached()
    for level in ("district", "city"):
        wanted = sum(line[2] == level for line in lines)
        pane = page.locator(f".leaflet-atlas-relations-pane path.atlas-pair-{level}")
        expect(pane).to_have_count(wanted)
    assert page.locator("marker#atlas-arrow").count() == 1

    x, y = drawn.first.evaluate(
        """path => { const p = path.getPointAtLength(path.getTotalLength() * 0.6);
           const at = new DOMPoint(p.x, p.y).matrixTransform(path.getScreenCTM());
           return [at.x, at.y]; }"""
    )
    page.mouse.move(x, y)
    expect(page.locator(".leaflet-tooltip")).to_contain_text("→")
    expect(page.locator("path.atlas-pair-strong")).not_to_have_count(0)

    code = lines[0][1]
    page.locator(f"path[data-adcode='{code}']").dispatch_event("mouseover")
    own = sum(line[1] == code for line in lines)
    expect(page.locator("path.atlas-pair-strong")).to_have_count(own)


def test_pairings_of_a_selection_are_its_own_only(open_map, package, counties):
    page = open_map(f"see=partner&{FEW.to_query()}")
    own = pair_lines(package, "partner", FEW.apply(counties))

    expect(page.locator(".leaflet-atlas-relations-pane path.atlas-pair")).to_have_count(
        len(own)
    )
    press_theme(page, "programmes")
    expect(page.locator(".leaflet-atlas-relations-pane path.atlas-pair")).to_have_count(
        0
    )


def test_places_are_symbols_that_say_their_name(open_map, package):
    page = open_map("see=places")
    places = place_points(package)
    symbols = page.locator(".atlas-place")
    expect(symbols).to_have_count(len(places))
    kinds = {place["symbol"] for place in places}
    expect(page.locator(".atlas-legend-key svg[viewBox]")).to_have_count(len(kinds))

    at = next(i for i, place in enumerate(places) if "point" in place)
    bounds = symbols.nth(at).bounding_box()
    page.mouse.move(
        bounds["x"] + bounds["width"] / 2, bounds["y"] + bounds["height"] / 2
    )
    expect(page.locator(".leaflet-tooltip")).to_contain_text(places[at]["name_zh"])
    press_theme(page, "programmes")
    expect(symbols).to_have_count(0)


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=str)
def test_a_long_legend_scrolls_in_its_card_and_leaves_the_map_free(open_map, size):
    every = ",".join(real.package().programmes)
    page = open_map(f"any={every}&lang=en", width=size[0], height=size[1])
    card = page.locator(".st-key-atlas_card")
    expect(page.locator(".atlas-legend-toggle")).not_to_have_count(0)
    shown, frame = card.bounding_box(), page.locator(MAP).bounding_box()

    assert card.evaluate("box => box.scrollHeight") > shown["height"]
    covered = shown["width"] * shown["height"]
    assert covered <= 0.3 * frame["width"] * frame["height"]


@pytest.mark.parametrize("query", ["see=area", "any=relocation,poor_county"])
def test_the_legend_says_no_texture_twice(open_map, query):
    page = open_map(query)
    lines = page.locator(".atlas-legend-toggle")
    keys = page.locator(".atlas-legend-key")

    expect(lines.filter(has_text=re.compile("按规则推导|仅有报道"))).not_to_have_count(
        0
    )
    expect(keys).to_have_count(1)
    expect(keys).to_have_text("同属其中几项")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1440, 1100])
def test_labels_of_prefectures_do_not_overlap(open_map, language, width):
    page = open_map(f"see=programmes&lang={language}", width=width)
    labels = shown_labels(page, ".atlas-label-prefecture")

    assert len(labels) >= 11
    assert overlapping(labels) == []


def test_no_label_hides_behind_the_symbol_of_a_place(open_map):
    page = open_map("see=places")
    labels = shown_labels(page, ".atlas-label-prefecture")
    symbols = page.eval_on_selector_all(
        ".atlas-place",
        """all => all.map(it => {
          const { left, top, right, bottom } = it.getBoundingClientRect();
          return [left, top, right, bottom];
        })""",
    )

    assert len(labels) == 13 and len(symbols) > 20
    for label in labels:
        x = (label["left"] + label["right"]) / 2
        y = (label["top"] + label["bottom"]) / 2
        assert not any(box(*symbol).covers(Point(x, y)) for symbol in symbols), label


def test_labels_of_counties_come_with_the_zoom_and_never_overlap(open_map):
    page = open_map()
    county = ".atlas-label:not(.atlas-label-prefecture)"
    before = len(shown_labels(page, county))
    zoom_in_to(page, 8.5)
    after = shown_labels(page, ".atlas-label")

    assert len(after) - 13 > before + 40
    assert overlapping(after) == []


def test_a_small_selection_has_its_names_at_once(open_map, counties):
    page = open_map(DEEP.to_query())
    county = ".atlas-label:not(.atlas-label-prefecture)"
    names = {label["text"] for label in shown_labels(page, county)}

    assert {"张北", "康保", "丰宁", "围场", "阜平"} <= names
    assert len(names) <= len(DEEP.apply(counties))


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


def test_high_contrast_is_a_switch_and_a_link(open_map):
    page = open_map()
    before = view(page)
    act_and_wait(page, lambda: page.locator(LOOK).select_option("contrast"))
    expect(page.locator(MAP)).to_have_attribute("data-appearance", "contrast")
    page.wait_for_url("**theme=contrast**")
    assert view(page) == before
    colours = page.locator(MAP).evaluate(
        "map => ['--atlas-land', '--atlas-line', '--atlas-text']"
        ".map(name => getComputedStyle(map).getPropertyValue(name).trim())"
    )
    assert colours == ["#fff", "#000", "#000"]

    again = open_map("theme=contrast")
    expect(again.locator(MAP)).to_have_attribute("data-appearance", "contrast")


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


def test_the_view_is_kept_through_every_theme_and_a_profile(open_map):
    page = open_map()
    zoom_in_to(page, 7.5)
    before = view(page)
    for theme in [*OTHER_THEMES, "programmes"]:
        press_theme(page, theme)
        assert view(page) == before, theme
    act_and_wait(page, page.locator(f"path[data-adcode='{GUAN}']").click)
    expect(page.locator(".atlas-side h2")).to_have_text("固安县")
    assert view(page) == before
    expect(page.locator("path.atlas-focus")).to_have_count(1)

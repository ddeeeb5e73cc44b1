"""The canvas shows what the SVG over it says: the same colours in the same places."""

import pytest
from driving import (
    EVERYTHING,
    LOOK,
    MAP,
    act_and_wait,
    choose,
    county_points,
    painted,
    view,
)
from playwright.sync_api import Page, expect

from layers.select.selection import Selection

POOR = Selection(all_of=("poor_county",))
WEICHANG = "130828"
PAINTED = """points => {
  const canvas = document.querySelector(".leaflet-atlas-painting-pane canvas");
  const frame = canvas.getBoundingClientRect();
  const density = canvas.width / frame.width;
  const context = canvas.getContext("2d");
  return points.map(([x, y]) => {
    const at = [(x - frame.left) * density, (y - frame.top) * density];
    return [...context.getImageData(...at.map(Math.floor), 1, 1).data].join(" ");
  });
}"""
SAID = """() => Object.fromEntries(
  [...document.querySelectorAll("path.atlas-county")].map(path => {
    const probe = document.createElement("i");
    probe.style.color = path.style.fill;
    document.querySelector(".folium-map").append(probe);
    const [r, g, b] = getComputedStyle(probe).color.match(/\\d+/g);
    probe.remove();
    return [path.dataset.adcode, [r, g, b, 255].join(" ")];
  }))"""


def in_sight(page: Page, records) -> dict[str, list[float]]:
    """Middles of the counties that are whole enough to be looked at."""
    frame = page.locator(MAP).bounding_box()
    a_degree = 256 * 2 ** float(view(page).split("/")[0]) / 360
    return {
        code: [point.x, point.y]
        for code, point in county_points(page, records).items()
        if records[code]["radius"] * a_degree > 3
        and frame["x"] < point.x < frame["x"] + frame["width"]
        and frame["y"] < point.y < frame["y"] + frame["height"]
    }


def compare(page: Page, records, least: int) -> None:
    points = in_sight(page, records)
    shown = dict(zip(points, page.evaluate(PAINTED, [*points.values()]), strict=True))
    said = page.evaluate(SAID)

    assert len(points) >= least
    assert shown == {code: said[code] for code in points}


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("", {}),
        ("", {"color_scheme": "dark"}),
        ("&theme=contrast", {}),
        ("&see=exit", {}),
        ("", {"device_scale_factor": 2}),
    ],
    ids=["light", "dark", "contrast", "exit", "dense"],
)
def test_each_county_has_its_colour(app, watched_page, records, query, how):
    page = watched_page(f"{app}/?{POOR.to_query()}{query}", **how)
    painted(page)
    if query.endswith("exit"):  # years that are not known are hatched
        records = {c: r for c, r in records.items() if r.get("exit_approved_year")}

    compare(page, records, least=30 if query.endswith("exit") else 150)


def test_the_canvas_follows_filter_zoom_and_drag(app, watched_page, records):
    page = watched_page(f"{app}/{EVERYTHING}")
    painted(page)
    choose(page, "poor_county", "all_of")
    compare(page, records, least=150)

    for _ in range(2):
        before = view(page)
        page.locator(".leaflet-control-zoom-in").click()
        expect(page.locator(MAP)).not_to_have_attribute("data-view", before)
    compare(page, records, least=40)

    frame = page.locator(MAP).bounding_box()
    before = view(page)
    page.mouse.move(frame["x"] + 300, frame["y"] + 300)
    page.mouse.down()
    page.mouse.move(frame["x"] + 200, frame["y"] + 450, steps=5)
    page.wait_for_timeout(200)  # held still, or the map glides on
    page.mouse.up()
    expect(page.locator(MAP)).not_to_have_attribute("data-view", before)
    compare(page, records, least=40)


def test_the_canvas_follows_the_switch_of_the_theme(app, watched_page, records):
    page = watched_page(f"{app}/{EVERYTHING}")
    painted(page)

    act_and_wait(page, lambda: page.locator(LOOK).select_option("contrast"))

    expect(page.locator(MAP)).to_have_attribute("data-appearance", "contrast")
    compare(page, records, least=150)


def test_programmes_that_meet_are_striped_in_their_colours(
    app, watched_page, package, records
):
    both = ("poor_county", "paired_with_tianjin")
    page = watched_page(f"{app}/?{Selection(any_of=both).to_query()}")
    painted(page)
    middle = county_points(page, records)[WEICHANG]
    around = [[middle.x + x, middle.y + y] for x in range(-9, 9) for y in range(-9, 9)]

    seen = set(page.evaluate(PAINTED, around))

    for programme in both:
        colour = package.programmes[programme].colour.lstrip("#")
        parts = [str(int(colour[at : at + 2], 16)) for at in (0, 2, 4)]
        assert " ".join([*parts, "255"]) in seen


def test_paper_shows_the_lines_themselves(app, watched_page):
    page = watched_page(f"{app}/?{POOR.to_query()}")
    painted(page)
    look = """() => {
      const path = document.querySelector("path.atlas-selected");
      const canvas = document.querySelector(".leaflet-atlas-painting-pane canvas");
      const { fill, stroke } = getComputedStyle(path);
      const { display } = getComputedStyle(canvas);
      return [fill !== "none", stroke !== "none", display !== "none"];
    }"""

    assert page.evaluate(look) == [False, False, True]
    page.emulate_media(media="print")
    assert page.evaluate(look) == [True, True, False]

"""Scale bar, north arrow and graticule measure right and stay out of each other's way.

What is drawn is taken down by a page that draws nothing.
"""

import itertools
import math
import re
from dataclasses import replace

import pytest
import shapely

from geo.boundaries import Boundaries
from geo.crs import distance_km
from geo.folders import boundaries_folder
from layers.sheet import furniture, map_panel
from layers.sheet.box import Box
from layers.sheet.font import MM_PER_POINT, face
from layers.sheet.page import INK, PAPER
from layers.sheet.projection import MapFrame

DRAWN = Boundaries(boundaries_folder())
SHEETS = {
    # box of the map on A4, on A3 and on half of a page
    "A4": (Box(left=10, bottom=60, width=140, height=177), 1),
    "A3": (Box(left=14, bottom=85, width=198, height=250), 1.414),
    "small": (Box(left=7, bottom=42, width=99, height=125), 0.707),
}
PLACES = {"province": (), "county": ("130709",)}


class Notes:
    """Takes down what a page is asked to draw."""

    def __init__(self):
        self.face = face()
        self.texts, self.boxes, self.polygons, self.lines = [], [], [], []

    def text(self, x, y, text, size, *, align="left", **_):
        wide = self.face.width(text, size)
        left = x - {"left": 0, "center": wide / 2, "right": wide}[align]
        tall = 0.75 * size * MM_PER_POINT
        box = Box(left=left, bottom=y, width=wide, height=tall)
        self.texts.append((text, x, box))

    def rectangle(self, box, *, fill="none", **_):
        self.boxes.append((fill, box))

    def shapes(self, geometries, *, fill="none", **_):
        self.polygons += [(fill, shape) for shape in geometries]

    def strokes(self, geometries, *_, **__):
        self.lines += geometries


@pytest.fixture(params=[(s, p) for s in SHEETS for p in PLACES], ids="-".join)
def sheet(request):
    """A map's frame and its scale of type."""
    paper, place = request.param
    box, scale = SHEETS[paper]
    extent = map_panel.extent(DRAWN, PLACES[place])
    return MapFrame.around(box, extent, 4 * scale), scale


def within(inner: Box, outer: Box) -> bool:
    return outer.polygon().buffer(1e-6).covers(inner.polygon())


def apart(one: Box, other: Box) -> bool:
    return not one.polygon().intersects(other.polygon())


def test_the_bar_is_as_long_as_it_says(sheet):
    frame, scale = sheet
    notes = Notes()
    furniture.draw_scale_bar(notes, frame, "en", scale)
    (_, panel), *parts = notes.boxes
    lengths = [box.width for _, box in parts]
    said = {text: x for text, x, _ in notes.texts}
    km, length = furniture.bar(frame, scale)

    assert [fill for fill, _ in parts] == [INK, PAPER, INK, PAPER]
    assert lengths == pytest.approx([length / 4] * 4)
    for (_, one), (_, following) in itertools.pairwise(parts):
        assert following.left == pytest.approx(one.right)
    left, right = parts[0][1].left, parts[-1][1].right
    y = parts[0][1].bottom
    measured = distance_km(*frame.position(left, y), *frame.position(right, y))
    assert measured == pytest.approx(km, rel=0.02)
    # The projection bends; to the ratio that stands below, the bar is exact.
    assert length * frame.denominator == pytest.approx(km * 1_000_000, rel=1e-9)
    # The figures stand at the places that they name.
    assert said["0"] == pytest.approx(left)
    assert said[f"{km / 2:g}"] == pytest.approx((left + right) / 2)
    assert said[f"{km:g}"] == pytest.approx(right)
    ratio = next(text for text in said if "1:" in text)
    assert "".join(filter(str.isdigit, ratio.partition(":")[2])) == str(
        frame.denominator
    )
    for box in (*(b for _, b in parts), *(b for _, _, b in notes.texts)):
        assert within(box, panel)
    boxes = [b for _, _, b in notes.texts]
    for i, box in enumerate(boxes):
        assert all(apart(box, other) for other in boxes[i + 1 :])
        assert all(apart(box, part) for _, part in parts)


def test_the_bar_is_in_the_readers_language(sheet):
    frame, scale = sheet
    notes = Notes()
    furniture.draw_scale_bar(notes, frame, "zh", scale)
    texts = [text for text, _, _ in notes.texts]

    assert "千米" in texts or "公里" in texts
    assert any(text.startswith("比例尺") for text in texts)


def test_the_bar_uses_the_room_that_it_has(sheet):
    frame, scale = sheet
    _, length = furniture.bar(frame, scale)

    # The next longer round length is two and a half times as long at most.
    assert length <= min(42 * scale, frame.box.width / 2)
    assert length * 2.5 > min(42 * scale, frame.box.width / 2 - 12 * scale)


def test_the_arrow_points_to_the_pole(sheet):
    frame, scale = sheet
    notes = Notes()
    furniture.draw_north_arrow(notes, frame, "en", scale)
    (_, panel), (dark, light) = notes.boxes[0], notes.polygons
    both = shapely.union_all([dark[1], light[1]])
    points = shapely.get_coordinates(both)
    head = max(points, key=lambda p: p[1])
    foot = (panel.left + panel.width / 2, panel.bottom + 0.6 * scale)
    middle = panel.bottom + panel.height / 2
    feet = [min(points, key=lambda p: p[0]), max(points, key=lambda p: p[0])]
    # It is turned about the place between its feet.
    for one, other, between in zip(*feet, foot, strict=True):
        assert (one + other) / 2 == pytest.approx(between, abs=1e-6)
    leans = math.degrees(math.atan2(head[0] - foot[0], head[1] - foot[1]))
    ((letter, _, box),) = notes.texts

    assert leans == pytest.approx(frame.north(foot[0], middle), abs=0.1)
    assert (dark[0], light[0]) == (INK, PAPER)
    assert dark[1].area == pytest.approx(light[1].area)
    assert dark[1].length == pytest.approx(light[1].length)
    assert dark[1].intersection(light[1]).area == pytest.approx(0, abs=1e-9)
    assert dark[1].centroid.x < light[1].centroid.x
    assert letter == "N"
    assert box.bottom > head[1]
    beyond = math.degrees(
        math.atan2(box.left + box.width / 2 - foot[0], box.bottom - foot[1])
    )
    assert beyond == pytest.approx(leans, abs=0.1)
    for left, bottom, right, top in (both.bounds,):
        drawn = Box(left=left, bottom=bottom, width=right - left, height=top - bottom)
        assert within(drawn, panel)
    assert within(box, panel)


def test_bar_and_arrow_stand_inside_the_frame_and_clear_of_the_degrees(sheet):
    frame, scale = sheet
    notes = Notes()
    furniture.draw_graticule(notes, frame, scale)
    bar, arrow = (
        furniture.scale_panel(frame, scale),
        furniture.arrow_panel(frame, scale),
    )

    assert within(bar, frame.box)
    assert within(arrow, frame.box)
    assert apart(bar, arrow)
    assert bar.right > frame.box.left + frame.box.width / 2 > arrow.right
    assert bar.top < frame.box.bottom + frame.box.height / 2 < arrow.bottom
    for _, _, degrees in notes.texts:
        assert apart(degrees, bar)
        assert apart(degrees, arrow)


def test_degrees_stand_at_the_ends_of_their_lines_inside_the_frame(sheet):
    frame, scale = sheet
    notes = Notes()
    furniture.draw_graticule(notes, frame, scale)
    box = frame.box

    assert len(notes.lines) >= 4
    assert len(notes.texts) >= 4
    for text, _, own in notes.texts:
        assert within(own, box)
        middle = (own.left + own.width / 2, own.bottom + own.height / 2)
        lon, lat = frame.position(*middle)
        degrees, minutes = re.fullmatch(r"(\d+)°(?:(\d+)′)?[EN]", text).groups("0")
        told = int(degrees) + int(minutes) / 60
        metres = 1000 * distance_km(
            lon, lat, *((told, lat) if text[-1] == "E" else (lon, told))
        )
        # Half of the text beside the line, or less.
        assert metres * frame.mm_per_metre <= 2.5 * scale
        edges = {
            "E": (own.bottom - box.bottom, box.top - own.top),
            "N": (own.left - box.left, box.right - own.right),
        }[text[-1]]
        assert min(edges) <= 1.5 * scale
    # Meridians are named below and above, parallels left and right.
    names = [text for text, _, _ in notes.texts]
    assert {names.count(name) for name in names} <= {1, 2}
    assert 2 in {names.count(name) for name in names if name[-1] == "E"}
    assert 2 in {names.count(name) for name in names if name[-1] == "N"}


def test_no_name_may_stand_on_bar_arrow_or_degrees(sheet):
    frame, scale = sheet
    notes = Notes()
    furniture.draw_graticule(notes, frame, scale)
    kept_free = furniture.reserve(frame, scale)
    together = shapely.union_all([box.polygon() for box in kept_free])

    assert furniture.scale_panel(frame, scale) in kept_free
    assert furniture.arrow_panel(frame, scale) in kept_free
    for box in kept_free:
        assert within(box, frame.box)
    for _, _, degrees in notes.texts:
        assert together.buffer(1e-6).covers(degrees.polygon())
    # Names keep most of the map.
    assert together.area < 0.3 * frame.box.polygon().area


@pytest.mark.parametrize("across", range(6))
@pytest.mark.parametrize("up", range(6))
def test_degrees_keep_out_of_corners_and_of_each_other(sheet, across, up):
    frame, scale = sheet
    step = frame.box.width / 6 / frame.mm_per_metre
    x, y = frame.centre
    moved = replace(frame, centre=(x + across * step, y + up * step))
    notes = Notes()
    furniture.draw_graticule(notes, moved, scale)
    boxes = [box for _, _, box in notes.texts]

    for i, box in enumerate(boxes):
        assert within(box, frame.box)
        assert all(apart(box, other) for other in boxes[i + 1 :])


def test_a_bar_on_a_narrow_map_leaves_half_of_it():
    narrow = Box(left=10, bottom=60, width=60, height=177)
    frame = MapFrame.around(narrow, map_panel.extent(DRAWN, ()), 4)
    _, length = furniture.bar(frame, 1)

    assert length <= narrow.width / 2 - 12
    assert within(furniture.scale_panel(frame, 1), narrow)
    assert furniture.scale_panel(frame, 1).left >= narrow.left + narrow.width / 3


@pytest.mark.parametrize("scale", [0.5, 1.414, 2])
def test_furniture_grows_with_the_paper(scale):
    def on(times: float) -> tuple[MapFrame, float]:
        box = Box(left=0, bottom=0, width=140 * times, height=177 * times)
        centre = MapFrame.around(box, map_panel.extent(DRAWN, ()), 4).centre
        return MapFrame(
            box=box, centre=centre, denominator=round(4_000_000 / times)
        ), times

    def sizes(frame: MapFrame, times: float) -> list[float]:
        panels = (
            furniture.arrow_panel(frame, times),
            *furniture.reserve(frame, times)[1:],
        )
        return [s for b in panels for s in (b.left, b.bottom, b.width, b.height)]

    grown = [size * scale for size in sizes(*on(1))]
    assert sizes(*on(scale)) == pytest.approx(grown)

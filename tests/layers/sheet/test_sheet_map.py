"""The map of a sheet measures right, its textures are exact, its names have room."""

import itertools

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.boundaries import Boundaries
from geo.crs import WGS84, distance_km
from geo.folders import boundaries_folder
from layers.sheet import furniture, map_names, map_panel
from layers.sheet.box import Box
from layers.sheet.font import face
from layers.sheet.labels import Placement, Wish
from layers.sheet.map_content import MapContent
from layers.sheet.projection import (
    MapFrame,
    bar_length_km,
    graticule,
    ground,
    to_ground,
)
from layers.sheet.texture import pieces

DRAWN = Boundaries(boundaries_folder())

BOX = Box(left=10, bottom=60, width=140, height=177)


def frame_of(*adcodes: str) -> MapFrame:
    return MapFrame.around(BOX, map_panel.extent(DRAWN, adcodes), 4)


FRAMES = {"province": frame_of(), "county": frame_of("130709")}
each_frame = pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)


@each_frame
@pytest.mark.parametrize(("across", "up"), [(0.1, 0.1), (0.1, 0.9), (0.9, 0.5)])
def test_the_scale_bar_is_right_within_two_percent(frame, across, up):
    km, length = furniture.bar(frame, 1)
    x, y = BOX.left + across * (BOX.width - length), BOX.bottom + up * BOX.height

    measured = distance_km(*frame.position(x, y), *frame.position(x + length, y))

    assert measured == pytest.approx(km, rel=0.02)


@each_frame
def test_the_ratio_is_that_of_paper_to_ground(frame):
    x, y = frame.point(115.5, 39)
    to_the_east = frame.position(x + 10, y)

    metres = 1000 * distance_km(115.5, 39, *to_the_east)

    assert metres / 0.010 == pytest.approx(frame.denominator, rel=0.005)


@pytest.mark.parametrize(
    "denominator", [250_000, 999_999, 1_300_000, 4_400_000, 9_000_000]
)
def test_a_bar_has_a_round_length_that_fits(denominator):
    km = bar_length_km(denominator, 42)

    assert km * 1e6 / denominator <= 42
    assert str(km).rstrip("0") in {"1", "2", "4", "5"}


@each_frame
def test_areas_on_paper_are_to_scale(frame):
    counties = ground(DRAWN, "county")
    paper = shapely.area(frame.place(counties.to_numpy()))
    metres = counties.to_crs(WGS84).to_crs("EPSG:6933").area

    assert paper * (frame.denominator / 1000) ** 2 == pytest.approx(metres, rel=0.005)


@each_frame
def test_positions_come_back(frame):
    assert frame.position(*frame.point(116.1, 39.4)) == pytest.approx((116.1, 39.4))


@each_frame
def test_north_points_to_the_pole(frame):
    x, y = frame.point(114, 41)
    turn = np.radians(frame.north(x, y))

    lon, lat = frame.position(x + 5 * np.sin(turn), y + 5 * np.cos(turn))

    assert lon == pytest.approx(114, abs=0.002)
    assert lat > 41


@each_frame
def test_graticule_lines_lie_where_their_labels_say(frame):
    lines = graticule(frame)

    assert 3 <= sum(line.meridian for line in lines) <= 9
    assert 3 <= sum(not line.meridian for line in lines) <= 9
    for line in lines:
        degrees, rest = line.label[:-1].split("°")
        value = int(degrees) + int(rest.rstrip("′") or 0) / 60
        assert line.label[-1] == ("E" if line.meridian else "N")
        for x, y in line.ends:
            assert frame.position(x, y)[0 if line.meridian else 1] == pytest.approx(
                value, abs=0.003
            )


def test_a_region_is_shown_larger_and_the_province_whole():
    assert frame_of("130709").denominator < frame_of().denominator / 2
    assert map_panel.extent(
        DRAWN, [*ground(DRAWN, "county").index]
    ) == map_panel.extent(DRAWN, [])


def test_what_lies_outside_the_frame_is_not_drawn():
    assert "130423" not in FRAMES["county"].visible(ground(DRAWN, "county"))
    assert len(FRAMES["province"].visible(ground(DRAWN, "county"))) == 167


SQUARE = shapely.box(3, 4, 33, 27)


def areas(cut: list) -> dict[str, float]:
    """What of the square shows each colour, when the pieces lie upon each other."""
    seen: dict[str, float] = {}
    above = shapely.Polygon()
    for colour, piece in reversed(cut):
        seen[colour] = seen.get(colour, 0) + piece.difference(above).area
        above = above.union(piece)
    return seen


@pytest.mark.parametrize("number", [1, 2, 3, 7])
def test_stripes_share_the_county_evenly(number):
    fills = [(f"#{i}{i}{i}", "solid") for i in range(number)]

    shown = areas(pieces(SQUARE, fills))

    assert sum(shown.values()) == pytest.approx(SQUARE.area)
    assert len(shown) == number
    assert min(shown.values()) > 0.6 * SQUARE.area / number


@pytest.mark.parametrize(
    ("texture", "coloured"),
    [
        ("solid", 1),
        ("hatch", 0.44),
        ("dots", 0.24),
        ("lines", 0.85),
        ("bars", 0.85),
        ("grid", 0.77),
        ("spots", 0.89),
    ],
)
def test_textures_have_as_much_colour_as_on_the_screen(texture, coloured):
    shown = areas(pieces(SQUARE, [("#123456", texture)]))

    assert shown["#123456"] / SQUARE.area == pytest.approx(coloured, abs=0.04)
    assert set(shown) <= {"#123456", "#ffffff"}


@pytest.mark.parametrize(
    "texture", ["solid", "hatch", "dots", "lines", "grid", "spots"]
)
def test_no_piece_leaves_its_county(texture):
    county = ground(DRAWN, "county")["130709"]
    county = FRAMES["province"].place(county)

    for _, piece in pieces(county, [("#111", "solid"), ("#222", texture)]):
        assert piece.difference(county.buffer(1e-6)).area == pytest.approx(0, abs=1e-9)


def test_stripes_run_on_from_county_to_county():
    fills = [("#111", "solid"), ("#222", "solid")]
    left, right = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)

    parts = [dict(pieces(half, fills))["#222"] for half in (left, right)]
    whole = dict(pieces(shapely.box(0, 0, 20, 10), fills))["#222"]

    assert parts[0].union(parts[1]).symmetric_difference(whole).area < 1e-6


def names_on(package, adcodes, language, frame):
    divisions = package.divisions
    content = MapContent(
        looks={},
        names={
            a: (divisions[a].name if language == "zh" else divisions[a].name_en,)
            for a in adcodes
        },
        whole=frame is FRAMES["province"],
    )
    taken = furniture.reserve(frame, 1)
    return map_names.place(face(), frame, content, package, language, taken, 1), taken


@each_frame
@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_lie_inside_their_county_and_never_overlap(package, frame, language):
    adcodes = [*ground(DRAWN, "county").index]
    placed, taken = names_on(package, adcodes, language, frame)
    counties = frame.visible(ground(DRAWN, "county"))

    for adcode, label in placed["county"].items():
        # Polygons are simplified by a tenth of a millimetre for the search.
        county = counties[adcode].buffer(0.15)
        if label.leader is None:
            assert county.contains(label.box.polygon())
        else:  # beside it, with a line that begins in it
            assert county.contains(shapely.Point(label.leader[0]))
            assert label.box.polygon().distance(shapely.Point(label.leader[1])) < 2
    boxes = [label.box.polygon() for kind in placed.values() for label in kind.values()]
    for one, other in itertools.combinations([*boxes], 2):
        assert one.intersection(other).area < 1e-9
    for box, reserved in itertools.product(boxes, taken):
        assert box.intersection(reserved.polygon()).area < 1e-9


def test_all_prefectures_and_most_counties_are_named_on_a4(package):
    placed, _ = names_on(
        package, [*ground(DRAWN, "county").index], "zh", FRAMES["province"]
    )

    assert len(placed["prefecture"]) == 11
    assert len(placed["municipality"]) == 2
    assert len(placed["county"]) > 100


def test_a_name_shrinks_then_gives_way_to_a_shorter_one_then_is_left_out():
    def put(width: float):
        polygon = shapely.box(50, 100, 50 + width, 104)
        wish = Wish(
            key="a", polygon=polygon, texts=("满族自治县", "满族", "1"), sizes=(7, 5)
        )
        return Placement(face(), BOX).place([wish]).get("a")

    assert (put(20).text, put(20).size) == ("满族自治县", 7)
    assert (put(10.5).text, put(10.5).size) == ("满族自治县", 5)
    assert put(7).text == "满族"
    assert put(2.4).text == "1"
    assert put(0.5) is None


def test_ground_is_in_metres_of_the_equal_area_projection():
    x, y = to_ground(116.5, 39.5)

    assert (x, y) == pytest.approx((0, 0), abs=1)
    assert isinstance(ground(DRAWN, "county"), gpd.GeoSeries)

"""Shapes are given to areas: each to one, each part to the area that it lies in."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from geo.boundaries import Boundaries
from geo.crs import EQUAL_AREA, WGS84
from geo.displacement import displacement, same, searched
from geo.folders import boundaries_folder
from geo.locating import covering, made_valid, measure, nearest, parts
from geo.web_map_shifts import bd09, gcj02

GRID = np.array([shapely.box(x, y, x + 1, y + 1) for x in range(3) for y in range(3)])
TO_DEGREES = Transformer.from_crs(EQUAL_AREA, WGS84, always_xy=True)

halves = st.integers(-1, 7).map(lambda n: n / 2)


@pytest.fixture(scope="module")
def counties():
    return Boundaries(boundaries_folder()).load("county").geometry.to_crs(EQUAL_AREA)


@given(st.lists(st.tuples(halves, halves), min_size=1, max_size=20))
def test_a_point_on_a_border_is_given_to_the_first_of_those_that_share_it(positions):
    found = covering(shapely.points(positions), GRID)

    for point, where in zip(shapely.points(positions), found, strict=True):
        sharing = [i for i, area in enumerate(GRID) if area.intersects(point)]
        assert where == (sharing[0] if sharing else -1)


def test_points_are_located_as_a_spatial_join_locates_them(counties):
    rng = np.random.default_rng(7)
    west, south, east, north = counties.total_bounds
    points = gpd.GeoDataFrame(
        geometry=gpd.points_from_xy(
            rng.uniform(west, east, 2000), rng.uniform(south, north, 2000)
        ),
        crs=counties.crs,
    )
    joined = points.sjoin(counties.rename("geometry").to_frame(), how="left")

    found = covering(points.geometry.to_numpy(), counties.to_numpy())

    adcodes = [counties.index[at] if at >= 0 else None for at in found]
    assert adcodes == [
        a if isinstance(a, str) else None for a in joined[counties.index.name]
    ]
    assert 0 < sum(a is None for a in adcodes) < 2000


@given(st.lists(st.tuples(halves, halves, halves, halves), min_size=1, max_size=8))
def test_parts_of_a_shape_add_up_to_what_of_it_lies_in_any_area(boxes):
    shapes = np.array([shapely.box(*box) for box in boxes], dtype=object)
    shapes[shapely.area(shapes) == 0] = None
    which, where, pieces = parts(shapes, GRID)

    assert shapely.is_valid(pieces).all()
    for at, shape in enumerate(shapes):
        own = measure(pieces[which == at]).sum()
        expected = (
            0 if shape is None else shape.intersection(shapely.box(0, 0, 3, 3)).area
        )
        assert own * 1e6 == pytest.approx(expected)
    for at, piece in zip(where, pieces, strict=True):
        assert piece.within(GRID[at].buffer(1e-9))


def test_a_polygon_that_only_touches_an_area_has_no_part_in_it():
    which, where, _ = parts(np.array([shapely.box(0, 0, 1, 1)]), GRID)

    assert list(zip(which, where, strict=True)) == [(0, 0)]


def test_the_length_of_a_line_is_parted_where_it_crosses():
    line = np.array([shapely.LineString([(0.25, 0.5), (1.5, 0.5)])])
    _, where, pieces = parts(line, GRID)

    assert dict(zip(where, measure(pieces) * 1e3, strict=True)) == {
        0: pytest.approx(0.75),
        3: pytest.approx(0.5),
    }


def test_the_nearest_area_and_how_far_it_is():
    where, far = nearest(shapely.points([(5.0, 0.5), (0.5, 0.5)]), GRID)

    assert where.tolist() == [6, 0]
    assert far.tolist() == [2.0, 0.0]


def test_a_shape_that_crosses_itself_is_mended_and_one_without_area_is_gone():
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    flat = shapely.Polygon([(0, 0), (1, 1), (2, 2)])
    shapes, mended = made_valid(np.array([bow, flat, GRID[0], None], dtype=object))

    assert mended.tolist() == [True, True, False, False]
    assert shapes[0].area == pytest.approx(0.5)
    assert shapes[1] is None
    assert shapes[2] == GRID[0]


# --- Shifts --------------------------------------------------------------------------


def test_the_shift_of_web_maps_is_the_published_one():
    # The example of coordtransform (MIT), which everybody copies.
    assert gcj02(116.404, 39.915) == pytest.approx(
        (116.41024449916938, 39.91640428150164), abs=1e-9
    )
    # What prcoords and gcoord make of it once more.
    assert bd09(116.404, 39.915) == pytest.approx((116.41662724, 39.92269955), abs=1e-7)


def moved(shapes, shift):
    return shapely.transform(shapes, lambda xy: np.array([shift(*at) for at in xy]))


@pytest.mark.parametrize(
    ("name", "shift", "metres"),
    [("GCJ-02", gcj02, (500, 620)), ("BD-09", bd09, (1000, 1600))],
)
def test_counties_of_a_web_map_are_recognised(counties, name, shift, metres):
    degrees = counties.to_crs(WGS84).to_numpy()
    theirs = gpd.GeoSeries(moved(degrees, shift), crs=WGS84).to_crs(EQUAL_AREA)

    found = displacement(theirs.to_numpy(), counties.to_numpy(), TO_DEGREES)

    assert metres[0] < found.metres < metres[1]
    assert found.like == name
    assert not found.is_small


@given(st.floats(-900, 900), st.floats(-900, 900))
def test_a_shift_is_measured_with_metres_and_direction(east, north):
    ours = shapely.transform(GRID, lambda xy: xy * 20_000)
    theirs = shapely.transform(ours, lambda xy: xy + np.array([east, north]))
    found = displacement(theirs, ours, TO_DEGREES)

    assert found.metres == pytest.approx(np.hypot(east, north), abs=0.01)
    if found.metres > 1:
        angle = np.radians(found.bearing)
        assert found.metres * np.sin(angle) == pytest.approx(east, abs=0.1)
        assert found.metres * np.cos(angle) == pytest.approx(north, abs=0.1)


def test_some_counties_that_were_changed_do_not_move_the_measure(counties):
    theirs = counties.to_numpy().copy()
    theirs[:30] = shapely.transform(theirs[:30], lambda xy: xy + 3000)

    found = displacement(theirs, counties.to_numpy(), TO_DEGREES)

    assert found.metres == pytest.approx(0, abs=0.01)


def test_areas_are_matched_by_overlap_also_when_they_are_shifted(counties):
    ours = counties.to_numpy()
    theirs = shapely.transform(ours[::-1], lambda xy: xy + np.array([530, 90]))

    found = same(theirs, ours, parts(theirs, ours))

    right = found == np.arange(len(ours))[::-1]
    assert right.mean() > 0.95
    assert set(found[~right]) <= {-1}  # small ones are left out, none is confused


@given(st.floats(-15_000, 15_000), st.floats(-12_000, 12_000))
@settings(max_examples=12, deadline=None)
def test_small_counties_are_found_kilometres_beside_ours(counties, east, north):
    ours = counties.to_numpy()
    small = np.argsort(shapely.area(ours))[:40]
    theirs = shapely.transform(ours[small], lambda xy: xy + np.array([east, north]))

    found = searched(theirs, ours)

    known = found != -1
    assert known.sum() >= 30
    assert (found[known] == small[known]).all()
    told = displacement(theirs[known], ours[found[known]], TO_DEGREES)
    assert told.metres == pytest.approx(np.hypot(east, north), abs=0.1)


def test_what_are_no_counties_are_not_taken_for_some(counties):
    squares = shapely.transform(GRID, lambda xy: xy * 31_000 + (200_000, 4_000_000))
    ours = counties.to_numpy()

    assert (searched(squares, ours) == -1).all()
    # Two may be alike by chance.
    assert (searched(ours[:2], ours) == -1).all()
    assert (searched(ours[:0], ours) == -1).all()

"""Areas, distances and points are true on the ground, whatever the CRS."""

from math import radians, sin

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from pyproj import Proj, Transformer

from geo import boundaries, crs
from geo.boundaries import Boundaries
from geo.folders import boundaries_folder

DRAWN = Boundaries(boundaries_folder())


def squares(*corners: tuple[float, float], epsg: str | None = crs.WGS84):
    """One-degree squares, indexed by letters."""
    shapes = [shapely.box(x, y, x + 1, y + 1) for x, y in corners]
    return gpd.GeoSeries(shapes, list("abcdef"[: len(shapes)]), crs=epsg)


@pytest.fixture(params=boundaries.DETAILS)
def counties(request) -> gpd.GeoSeries:
    return DRAWN.load("county", request.param).geometry


def test_geodesic_areas_agree_with_the_equal_area_projection(counties):
    projected = counties.to_crs(crs.EQUAL_AREA).area / 1e6

    difference = (projected / crs.area_km2(counties) - 1).abs()

    assert difference.max() < 0.001


def test_the_equal_area_projection_keeps_areas_and_nearly_lengths_in_hebei():
    projection = Proj(crs.EQUAL_AREA)

    for latitude in range(36, 44):
        factors = projection.get_factors(116.5, latitude)
        assert factors.areal_scale == pytest.approx(1, abs=1e-9)
        assert factors.meridional_scale == pytest.approx(1, abs=0.001)


def test_areas_keep_the_index_and_are_in_square_kilometres():
    areas = crs.area_km2(squares((116, 39), (113, 36)))

    # On the sphere of equal surface (6,371.007 km) a band of one degree has
    # R^2 * dlon * (sin lat2 - sin lat1); the ellipsoid differs by 0.1 % here.
    sphere = [
        6371.007**2 * radians(1) * (sin(radians(lat + 1)) - sin(radians(lat)))
        for lat in (39, 36)
    ]
    expected = pd.Series(sphere, list("ab"), name="area_km2")
    pd.testing.assert_series_equal(areas, expected, rtol=0.002)


@pytest.mark.parametrize("shell_turns_right", [True, False])
@pytest.mark.parametrize("hole_turns_right", [True, False])
def test_a_hole_is_never_counted_as_land(shell_turns_right, hole_turns_right):
    shell = shapely.box(116, 39, 117, 40, ccw=not shell_turns_right)
    hole = shapely.box(116.4, 39.4, 116.6, 39.6, ccw=not hole_turns_right)
    holed = gpd.GeoSeries(
        [shapely.Polygon(shell.exterior.coords, [hole.exterior.coords])],
        crs=crs.WGS84,
    )
    apart = crs.area_km2(gpd.GeoSeries([shell, hole], crs=crs.WGS84))

    area = crs.area_km2(holed)

    assert area[0] == pytest.approx(apart[0] - apart[1])


def test_areas_do_not_depend_on_the_crs_they_come_in():
    degrees = squares((116, 39), (113, 36))

    for other in (crs.CGCS2000, crs.EQUAL_AREA, "EPSG:3857"):
        pd.testing.assert_series_equal(
            crs.area_km2(degrees.to_crs(other)), crs.area_km2(degrees), rtol=1e-6
        )


def test_missing_geometries_have_no_area_and_empty_ones_have_zero():
    shapes = gpd.GeoSeries([None, shapely.Polygon()], ["a", "b"], crs=crs.WGS84)

    areas = crs.area_km2(shapes)

    expected = pd.Series([float("nan"), 0.0], ["a", "b"], name="area_km2")
    pd.testing.assert_series_equal(areas, expected)


def test_points_and_lines_have_no_area():
    shapes = gpd.GeoSeries([shapely.Point(116, 39)], crs=crs.WGS84)

    with pytest.raises(ValueError, match=r"only polygons have an area.*Point"):
        crs.area_km2(shapes)


@pytest.mark.parametrize("measure", [crs.area_km2, crs.representative_points])
def test_coordinates_of_unknown_meaning_are_refused(measure):
    with pytest.raises(ValueError, match=r"no CRS.*set_crs"):
        measure(squares((116, 39), epsg=None))


def test_every_county_contains_its_representative_point(counties):
    points = crs.representative_points(counties)

    assert points.crs == crs.WGS84
    assert points.index.equals(counties.index)
    assert counties.contains(points).all()


def test_centroids_would_not_do_for_every_county():
    counties = DRAWN.load("county").geometry
    centroids = counties.to_crs(crs.EQUAL_AREA).centroid.to_crs(crs.WGS84)

    outside = counties.index[~counties.contains(centroids)]

    assert list(outside) == ["130202", "130921", "131003"]


def test_representative_points_are_in_degrees_whatever_crs_comes_in():
    degrees = squares((116, 39))

    points = crs.representative_points(degrees.to_crs(crs.EQUAL_AREA))

    assert points.crs == crs.WGS84
    assert degrees.contains(points).all()


def test_distances_agree_with_the_projection_over_short_ways():
    forward = Transformer.from_crs(crs.WGS84, crs.EQUAL_AREA, always_xy=True)
    (x1, x2), (y1, y2) = forward.transform([115.0, 115.1], [38.0, 38.1])
    projected = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 / 1000

    distance = crs.distance_km(115.0, 38.0, 115.1, 38.1)

    assert distance == pytest.approx(projected, rel=0.001)


def test_a_minute_of_latitude_is_a_nautical_mile():
    assert crs.distance_km(115, 39, 115, 39 + 1 / 60) == pytest.approx(1.852, 0.002)


def test_distance_is_symmetric_and_zero_to_itself():
    there, back = (
        crs.distance_km(114.5, 38.0, 116.4, 39.9),
        crs.distance_km(116.4, 39.9, 114.5, 38.0),
    )

    assert there == pytest.approx(back)
    assert crs.distance_km(114.5, 38.0, 114.5, 38.0) == 0


@pytest.mark.parametrize(
    ("position", "which"),
    [
        pytest.param((38.0, 114.5, 116.4, 39.9), "first", id="swapped"),
        pytest.param((114.5, 38.0, 39.9, 116.4), "second", id="second swapped"),
        pytest.param((float("nan"), 38.0, 116.4, 39.9), "first", id="not a number"),
        pytest.param((114.5, 38.0, float("inf"), 39.9), "second", id="infinite"),
    ],
)
def test_positions_that_are_none_are_refused(position, which):
    with pytest.raises(ValueError, match=f"the {which} position is not"):
        crs.distance_km(*position)

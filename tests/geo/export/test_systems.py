"""Files are in the coordinate system asked for, or the format says why not."""

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

from geo import export
from geo.boundaries import Boundaries
from geo.export import systems
from geo.export.faults import CrsRefusedError
from geo.folders import boundaries_folder

DRAWN = Boundaries(boundaries_folder())


@pytest.mark.parametrize("meridian", range(75, 136, 3))
def test_zones_are_those_of_the_epsg_register(meridian):
    code = systems.zone(meridian + 1.4)

    assert code == systems.zone(meridian - 1.4)
    expected = f"CGCS2000 / 3-degree Gauss-Kruger CM {meridian}E"
    assert pyproj.CRS(code).name == expected


def test_the_zone_is_that_of_the_middle_of_the_table():
    counties = DRAWN.load("county", "overview")

    found = {
        code: systems.fitting(counties.loc[[code]], "gauss-kruger").to_epsg()
        for code in ("130108", "130722", "130203", "130304")
    }
    assert found == {"130108": 4547, "130722": 4547, "130203": 4548, "130304": 4549}
    assert systems.fitting(counties, "gauss-kruger").to_epsg() == 4548


def test_a_place_outside_of_china_has_no_zone():
    table = gpd.GeoDataFrame(geometry=[shapely.box(0, 50, 1, 51)], crs="EPSG:4326")

    with pytest.raises(CrsRefusedError, match=r"do not reach to longitude 0\.5"):
        systems.fitting(table, "gauss-kruger")


def test_areas_are_true_in_the_equal_area_system():
    counties = DRAWN.load("county", "full")

    there = counties.to_crs(systems.fitting(counties, "albers"))
    geodesic = counties.to_crs("EPSG:4490").geometry
    ellipsoid = pyproj.Geod(ellps="GRS80")
    true = [
        ellipsoid.geometry_area_perimeter(s)[0]
        for s in shapely.orient_polygons(geodesic.to_numpy())
    ]
    assert np.allclose(there.area, true, rtol=1e-4)
    assert there.crs.name == "Albers equal-area conic of Hebei, WGS 84"


@pytest.mark.parametrize("form", ["geojson", "topojson", "kml", "kmz"])
def test_a_format_that_forbids_a_system_refuses_it(form):
    with pytest.raises(CrsRefusedError, match=r"always in .* WGS 84") as caught:
        export.format_of(form).system("EPSG:4490")

    assert "EPSG:4490" in caught.value.say("zh")


@pytest.mark.parametrize("form", export.FORMATS)
def test_an_unknown_system_is_refused_with_those_that_exist(form):
    with pytest.raises(CrsRefusedError, match=r"“EPSG:4214”.*choose EPSG:4326, "):
        export.format_of(form).system("EPSG:4214")


def test_a_table_has_no_coordinate_system():
    with pytest.raises(CrsRefusedError, match="holds no coordinates"):
        export.format_of("csv").system("albers")

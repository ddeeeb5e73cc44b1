"""TopoJSON moves nothing and writes every shared line once."""

import json

import geopandas as gpd
import pyogrio
import pytest
import shapely

from geo import boundaries
from geo.boundaries import Boundaries
from geo.folders import boundaries_folder

DRAWN = Boundaries(boundaries_folder())


@pytest.mark.parametrize("detail", boundaries.DETAILS)
def test_topojson_moves_nothing_and_stays_a_coverage(saved, detail):
    counties = DRAWN.load("county", detail)

    there = pyogrio.read_dataframe(saved("topojson", table=counties))

    assert [*there["adcode"]] == [*counties.index]
    assert shapely.coverage_is_valid(there.geometry.to_numpy())
    moved = shapely.hausdorff_distance(there.geometry.values, counties.geometry.values)
    assert moved.max() < 1e-9
    before = shapely.get_num_coordinates(counties.geometry.to_numpy())
    assert [*shapely.get_num_coordinates(there.geometry.to_numpy())] == [*before]


def test_shapes_come_before_what_only_we_read(written):
    topology = json.loads(written("topojson", table=DRAWN.load("county", "overview")))

    # mapshaper 0.7 reads a file as it comes, and finds nothing the other way round.
    assert [*topology][-2:] == ["arcs", "metadata"]


def test_topojson_writes_shared_lines_once(written):
    counties = DRAWN.load("county", "full")

    topology = json.loads(written("topojson", table=counties))

    positions = sum(map(len, topology["arcs"]))
    assert positions < 0.65 * shapely.count_coordinates(counties.geometry.to_numpy())
    assert all(type(v) is int for arc in topology["arcs"] for p in arc for v in p)
    assert len(written("topojson", table=counties)) < 0.5 * len(
        written("geojson", table=counties)
    )


def test_topojson_of_nothing_is_valid_and_empty(saved, places):
    file = saved("topojson", table=places(n=[1, 2]).iloc[:0])

    topology = json.loads(file.read_bytes())
    assert topology["objects"]["places"]["geometries"] == topology["arcs"] == []
    assert "transform" not in topology
    assert len(pyogrio.read_dataframe(file)) == 0


def test_topojson_keeps_a_place_without_geometry(places, written):
    table = places(n=[1, 2])
    table.loc["a", "geometry"] = None

    (first, second) = json.loads(written("topojson", table=table))["objects"]["places"][
        "geometries"
    ]
    assert first["type"] is None
    assert (first["id"], second["id"]) == ("a", "b")


@pytest.mark.parametrize("form", ["topojson", "kml"])
def test_points_are_refused_where_polygons_are_meant(form, written):
    table = gpd.GeoDataFrame(geometry=[shapely.Point(114, 38)], crs="EPSG:4326")

    with pytest.raises(ValueError, match="for polygons here, not Point"):
        written(form, table=table)

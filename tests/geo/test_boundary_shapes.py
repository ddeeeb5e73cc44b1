"""The committed boundaries: valid, without gap or overlap, plain GeoJSON."""

import json
import subprocess

import pytest
import shapely

from geo import crs
from tests.geo.drawn import COUNTS, DRAWN, each_detail, each_file


def rings(level: str, detail: str) -> list[tuple[str, list[list[list[float]]]]]:
    """The rings of each polygon as the file has them, by adcode."""
    features = json.loads(DRAWN.path(level, detail).read_text("utf-8"))["features"]
    found = []
    for feature in features:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        found += [(feature["properties"]["adcode"], polygon) for polygon in polygons]
    return found


@each_file
def test_every_geometry_is_a_valid_polygon(level, detail):
    shapes = DRAWN.load(level, detail).geometry

    assert set(shapes.geom_type) <= {"Polygon", "MultiPolygon"}
    assert shapes.is_valid.all()
    assert not shapes.is_empty.any()


@each_detail
def test_counties_and_neighbours_fit_together_without_gap_or_overlap(detail):
    counties = DRAWN.load("county", detail).geometry.to_numpy()
    neighbours = DRAWN.load("neighbour", detail).geometry.to_numpy()

    assert shapely.coverage_is_valid(counties)
    assert shapely.coverage_is_valid([*counties, *neighbours])


@each_detail
def test_hebei_and_the_municipalities_close_to_one_land_without_holes(detail):
    outlines = [
        *DRAWN.load("province", detail).geometry,
        *DRAWN.load("municipality", detail).geometry,
    ]

    assert shapely.coverage_is_valid(outlines)
    land = shapely.get_parts(shapely.coverage_union_all(outlines))
    assert len(land) == 3  # two islands in the Bohai Sea
    assert shapely.get_num_interior_rings(land).sum() == 0


@each_detail
@pytest.mark.parametrize(
    ("level", "parts", "column"),
    [
        ("prefecture", "county", "prefecture_adcode"),
        ("province", "prefecture", None),
        ("municipality", "neighbour", "province_adcode"),
    ],
)
def test_a_higher_level_is_the_union_of_the_lower_one(level, parts, column, detail):
    wholes = DRAWN.load(level, detail).geometry
    pieces = DRAWN.load(parts, detail)
    keys = pieces[column] if column else ["130000"] * len(pieces)

    for adcode, group in pieces.geometry.groupby(keys):
        difference = shapely.symmetric_difference(group.union_all(), wholes[adcode])
        assert difference.area < 1e-12, adcode
        vertices = set(map(tuple, shapely.get_coordinates(wholes[adcode])))
        assert vertices <= set(map(tuple, shapely.get_coordinates(group.array)))


@each_detail
def test_the_province_has_its_188_000_square_kilometres(detail):
    province = crs.area_km2(DRAWN.load("province", detail).geometry)
    counties = crs.area_km2(DRAWN.load("county", detail).geometry)

    assert province["130000"] == pytest.approx(188_000, rel=0.01)
    assert counties.sum() == pytest.approx(province["130000"], rel=1e-9)


@each_file
def test_rings_follow_the_right_hand_rule(level, detail):
    for adcode, polygon in rings(level, detail):
        turns = [shapely.LinearRing(ring).is_ccw for ring in polygon]
        assert turns == [True] + [False] * (len(polygon) - 1), adcode


@each_file
def test_no_ring_has_collapsed(level, detail):
    for adcode, polygon in rings(level, detail):
        for ring in polygon:
            assert ring[0] == ring[-1]
            assert len({tuple(vertex) for vertex in ring}) == len(ring) - 1 >= 3, adcode


@each_file
def test_coordinates_have_no_more_decimals_than_promised(level, detail):
    text = DRAWN.path(level, detail).read_text("utf-8")
    written: list[str] = []

    json.loads(text, parse_float=lambda number: written.append(number) or 0.0)

    allowed = {"full": 6, "overview": 4}[detail]
    assert len(written) > 100
    assert max(len(number.partition(".")[2]) for number in written) == allowed


@each_file
def test_files_are_plain_geojson_with_a_feature_a_line(level, detail):
    content = DRAWN.path(level, detail).read_bytes()

    document = json.loads(content)

    assert document.keys() == {"type", "features"}  # RFC 7946 has no crs member
    assert document["type"] == "FeatureCollection"
    assert b"\r" not in content
    assert content.count(b"\n") == COUNTS[level] + 2
    assert "市".encode() in content or level == "province"


@each_file
def test_gdal_reads_each_file_as_wgs_84(level, detail):
    file = DRAWN.path(level, detail)

    summary = subprocess.run(
        ["/usr/bin/ogrinfo", "-ro", "-so", "-al", file],
        capture_output=True,
        text=True,
        check=True,
    )

    assert summary.stderr == ""
    assert f"Feature Count: {COUNTS[level]}\n" in summary.stdout
    assert 'GEOGCRS["WGS 84"' in summary.stdout
    assert "adcode: String" in summary.stdout


@each_file
def test_both_details_show_the_same_divisions(level, detail):
    table = DRAWN.load(level, detail).drop(columns="geometry")

    assert table.equals(DRAWN.load(level, "full").drop(columns="geometry"))


def test_the_overview_is_for_the_screen_and_full_is_as_published():
    def vertices(detail: str) -> int:
        shapes = DRAWN.load("county", detail).geometry
        return int(shapely.get_num_coordinates(shapes).sum())

    assert vertices("full") == 17_552
    assert 5_000 <= vertices("overview") <= 6_000


def test_the_overview_keeps_the_area_of_counties():
    full = crs.area_km2(DRAWN.load("county", "full").geometry)
    overview = crs.area_km2(DRAWN.load("county", "overview").geometry)

    change = (overview / full - 1).abs()

    assert change.median() < 0.01
    assert change.quantile(0.95) < 0.035
    # Only districts of cities and mines, and the small county 柏乡县, exceed 5 %.
    assert change.max() < 0.09
    assert full[change > 0.05].max() < 300

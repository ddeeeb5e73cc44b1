"""Shapes of a layer come out of the reader exact, bounded, and in a named system."""

import io
import json
import zipfile

import fiona
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.own.child.faults import NotReadError
from layers.own.child.wkb import Writer
from layers.own.limits import Limits
from layers.own.reading import Upload, read
from layers.own.refusals import RefusedError

SMALL = Limits(rows=20, columns=10, seconds=20)
SQUARE = [[114.0, 38.0], [115.0, 38.0], [115.0, 39.0], [114.0, 39.0], [114.0, 38.0]]
HOLE = [[114.2, 38.2], [114.2, 38.4], [114.4, 38.4], [114.2, 38.2]]


def geojson(*shapes: object, **members: object) -> Upload:
    features = [
        {"type": "Feature", "properties": {"n": i}, "geometry": shape}
        for i, shape in enumerate(shapes)
    ]
    document = {"type": "FeatureCollection", "features": features, **members}
    return read(json.dumps(document).encode(), "own.geojson", SMALL)


numbers = st.floats(allow_nan=False, allow_infinity=False)
positions = st.tuples(numbers, numbers)
lines = st.lists(positions, min_size=2, max_size=6)
rings = st.lists(positions, min_size=3, max_size=6).map(lambda r: [*r, r[0]])
polygons = st.lists(rings, min_size=1, max_size=3)
simple = st.one_of(
    st.builds(dict, type=st.just("Point"), coordinates=positions),
    st.builds(dict, type=st.just("LineString"), coordinates=lines),
    st.builds(dict, type=st.just("Polygon"), coordinates=polygons),
    st.builds(dict, type=st.just("MultiPoint"), coordinates=lines),
    st.builds(
        dict, type=st.just("MultiLineString"), coordinates=st.lists(lines, min_size=1)
    ),
    st.builds(
        dict,
        type=st.just("MultiPolygon"),
        coordinates=st.lists(polygons, min_size=1, max_size=2),
    ),
)
several = st.builds(
    dict,
    type=st.just("GeometryCollection"),
    geometries=st.lists(simple, min_size=1, max_size=3),
)


@given(st.one_of(simple, several))
def test_what_is_written_is_what_geos_makes_of_the_same_geojson(shape):
    written = Writer(1000).write(shape)

    assert shapely.from_wkb(written).equals_exact(
        shapely.from_geojson(json.dumps(shape)), 0
    )


@pytest.mark.parametrize(
    "shape",
    [
        {"type": "Point", "coordinates": [114.0]},
        {"type": "Point", "coordinates": ["114", "38"]},
        {"type": "Point", "coordinates": [True, False]},
        {"type": "Point", "coordinates": [float("nan"), 38.0]},
        {"type": "LineString", "coordinates": [[114.0, 38.0]]},
        {"type": "Polygon", "coordinates": [SQUARE[:2]]},
        {"type": "Polygon", "coordinates": SQUARE},
        {"type": "Circle", "coordinates": [114.0, 38.0]},
        {"coordinates": [114.0, 38.0]},
        [114.0, 38.0],
        "POINT (114 38)",
    ],
)
def test_what_is_no_shape_is_told_from_no_shape_at_all(shape):
    assert Writer(1000).write(shape) == b""
    assert Writer(1000).write(None) is None
    assert Writer(1000).write({"type": "Polygon", "coordinates": []}) is None


def test_collections_are_not_nested_without_end():
    shape = {"type": "Point", "coordinates": [114.0, 38.0]}
    for _ in range(50):
        shape = {"type": "GeometryCollection", "geometries": [shape]}

    assert Writer(1000).write(shape) == b""


def test_vertices_are_counted_over_all_shapes():
    writer = Writer(9)
    writer.write({"type": "Polygon", "coordinates": [SQUARE]})

    with pytest.raises(NotReadError, match="vertices"):
        writer.write({"type": "Polygon", "coordinates": [SQUARE]})


def test_a_layer_of_too_many_vertices_is_refused_with_the_limit():
    line = {"type": "LineString", "coordinates": [[114.0, 38.0]] * 12}
    document = {"type": "Feature", "properties": {}, "geometry": line}
    limits = Limits(vertices=10)

    with pytest.raises(RefusedError) as caught:
        read(json.dumps(document).encode(), "own.geojson", limits)

    assert caught.value.kind == "too_large"
    for language in ("zh", "en"):
        assert "10" in caught.value.say(language)
        assert "ATLAS_OWN_VERTICES" in caught.value.say(language)


def test_shapes_stand_beside_their_rows():
    upload = geojson(
        {"type": "Polygon", "coordinates": [SQUARE, HOLE]},
        None,
        {"type": "Point", "coordinates": ["?", 38.0]},
        {"type": "Point", "coordinates": [114.5, 38.5, 72.0]},  # with a height
    )

    (sheet,) = upload.sheets
    first, second, third, fourth = sheet.shapes
    assert len(sheet.rows) == 1 + len(sheet.shapes)
    assert shapely.from_wkb(first).equals(shapely.Polygon(SQUARE, [HOLE]))
    assert (second, third) == (None, b"")
    assert shapely.from_wkb(fourth) == shapely.Point(114.5, 38.5)


def test_a_ring_that_is_left_open_is_closed_and_said():
    upload = geojson({"type": "Polygon", "coordinates": [SQUARE[:-1]]})

    assert shapely.from_wkb(upload.sheets[0].shapes[0]).equals(shapely.Polygon(SQUARE))
    assert upload.notes == [{"code": "unclosed"}]


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG::4490", "EPSG:4490"),
        ("urn:ogc:def:crs:EPSG:9.8:4547", "EPSG:4547"),
        ("EPSG:4548", "EPSG:4548"),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", None),
        ("GCJ-02", None),
        ("EPSG:4326 +nadgrids=/etc/passwd", None),
    ],
)
def test_the_old_crs_member_is_a_code_of_the_register_or_unknown(name, crs):
    upload = geojson(None, crs={"type": "name", "properties": {"name": name}})

    assert upload.sheets[0].crs == crs
    assert [note["code"] for note in upload.notes] == ([] if crs else ["crs_unknown"])


def test_a_geojson_without_a_crs_member_is_in_wgs84():
    assert geojson(None).sheets[0].crs == "EPSG:4326"


def test_a_kml_is_in_wgs84():
    place = (
        "<Placemark><Point><coordinates>114.5,38.5,0</coordinates></Point></Placemark>"
    )
    kml = f'<?xml version="1.0"?><kml><Document>{place}</Document></kml>'

    (sheet,) = read(kml.encode(), "own.kml", SMALL).sheets

    assert sheet.crs == "EPSG:4326"
    assert shapely.from_wkb(sheet.shapes) == [shapely.Point(114.5, 38.5)]


@pytest.mark.parametrize("crs", ["EPSG:4547", None])
def test_a_shapefile_says_its_system_only_by_its_prj(tmp_path, crs):
    schema = {"geometry": "Point", "properties": {"n": "int"}}
    path = tmp_path / "own.shp"
    shape = {"type": "Point", "coordinates": (450000.0, 4_200_000.0)}
    with fiona.open(path, "w", "ESRI Shapefile", schema, crs="EPSG:4547") as layer:
        layer.write({"type": "Feature", "geometry": shape, "properties": {"n": 1}})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part in tmp_path.iterdir():
            if crs or part.suffix != ".prj":
                archive.write(part, part.name)

    (sheet,) = read(target.getvalue(), "own.zip", SMALL).sheets

    assert sheet.crs == crs
    assert shapely.from_wkb(sheet.shapes) == [shapely.Point(450000, 4_200_000)]


def test_each_layer_of_a_geopackage_has_its_own_shapes_and_system(tmp_path):
    path = tmp_path / "own.gpkg"
    schema = {"geometry": "Point", "properties": {"n": "int"}}
    for name, crs, at in (
        ("one", "EPSG:4326", (114.5, 38.5)),
        ("two", "EPSG:4547", (450000.0, 4_200_000.0)),
    ):
        with fiona.open(path, "w", "GPKG", schema, crs=crs, layer=name) as layer:
            shape = {"type": "Point", "coordinates": at}
            layer.write({"type": "Feature", "geometry": shape, "properties": {"n": 1}})

    one, two = read(path.read_bytes(), "own.gpkg", SMALL).sheets

    assert (one.crs, two.crs) == ("EPSG:4326", "EPSG:4547")
    assert shapely.from_wkb(two.shapes) == [shapely.Point(450000, 4_200_000)]

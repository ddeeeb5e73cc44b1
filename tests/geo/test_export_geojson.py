"""GeoJSON files are what RFC 7946 asks for, by the word of tools not written here."""

import json
from datetime import date
from decimal import Decimal

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geojson_pydantic import Feature, FeatureCollection, MultiPolygon, Polygon

from geo import export
from geo.boundaries import Boundaries
from geo.export import geojson
from geo.folders import boundaries_folder

DRAWN = Boundaries(boundaries_folder())

Collection = FeatureCollection[Feature[Polygon | MultiPolygon, dict]]

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }} {% 5 {#12",
    "\"quoted\" 'and' \\escaped\\ </script>",
    "two\nlines\r\nand\ttabs",
    "line\u2028and paragraph\u2029separators",
    "🏔️ emoji, 㐀 and 𠀀",
    "",
]


def places(**columns: object) -> gpd.GeoDataFrame:
    """Two places: one turning right, one in two parts with a hole."""
    hole = shapely.box(115.4, 38.4, 115.6, 38.6).exterior
    holed = shapely.Polygon(shapely.box(115, 38, 116, 39).exterior, [hole])
    return gpd.GeoDataFrame(
        columns,
        index=pd.Index(["a", "b"], name="code"),
        geometry=[
            shapely.box(114, 38, 115, 39, ccw=False),
            shapely.MultiPolygon([holed, shapely.box(117, 38, 118, 39, ccw=False)]),
        ],
        crs="EPSG:4326",
    )


def one(shape: shapely.Geometry | None, crs: str | None = "EPSG:4326"):
    return gpd.GeoDataFrame(geometry=[shape], crs=crs)


def read(table: gpd.GeoDataFrame, metadata: dict | None = None) -> dict:
    return json.loads(export.write(table, "geojson", metadata or {}))


def shapes_of(collection: dict) -> list[shapely.Geometry]:
    return [
        shapely.from_geojson(json.dumps(feature["geometry"]))
        for feature in collection["features"]
    ]


def polygons_of(collection: dict) -> np.ndarray:
    return shapely.get_parts(shapes_of(collection))


@pytest.fixture(scope="module")
def counties() -> gpd.GeoDataFrame:
    return DRAWN.load("county", "full")


@pytest.fixture(scope="module")
def written(counties) -> bytes:
    return export.write(counties, "geojson", {"title": "counties"})


@pytest.mark.parametrize("name", export.FORMATS)
def test_every_format_is_described_and_writes_an_empty_and_a_full_table(name):
    form = export.format_of(name)

    assert form.id == name
    assert form.suffix.startswith(".")
    assert "/" in form.media_type
    for table in (places(), places().iloc[:0]):
        assert isinstance(export.write(table, name, {"title": "t"}), bytes)


def test_an_unknown_format_is_refused_with_those_that_exist():
    with pytest.raises(ValueError, match=r"no format 'dwg'.*choose one of geojson"):
        export.write(places(), "dwg", {})


def test_all_counties_satisfy_the_models_of_geojson_pydantic(written):
    collection = Collection.model_validate_json(written)

    assert len(collection.features) == 167


def test_the_file_is_utf_8_without_mark_and_has_one_feature_a_line(written, counties):
    first, *features, last = written.decode().rstrip("\n").split("\n")

    assert first.startswith('{"type":"FeatureCollection"')
    assert last == "]}"
    assert [json.loads(line.rstrip(","))["id"] for line in features] == [
        *counties.index
    ]
    assert "石家庄市" in features[0]


def test_the_members_of_a_collection_stand_in_order_and_none_is_a_crs():
    collection = read(places(), {"title": {"zh": "县", "en": "counties"}})

    assert list(collection) == ["type", "metadata", "bbox", "features"]
    assert list(collection["features"][0]) == ["type", "id", "properties", "geometry"]
    assert collection["metadata"] == {"title": {"zh": "县", "en": "counties"}}


def test_rings_follow_the_right_hand_rule(written):
    collections = [read(places()), json.loads(written)]

    polygons = np.concatenate([polygons_of(each) for each in collections])
    holes = [ring for polygon in polygons for ring in polygon.interiors]
    assert len(holes) > 1
    assert shapely.is_ccw(shapely.get_exterior_ring(polygons)).all()
    assert not shapely.is_ccw(holes).any()


def test_shapes_are_valid_and_those_of_the_table(written, counties):
    shapes = shapes_of(json.loads(written))

    assert shapely.is_valid(shapes).all()
    assert shapely.equals(shapes, counties.geometry.to_numpy()).all()


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4547", "EPSG:3857"])
def test_another_crs_is_brought_to_wgs_84_and_stays_a_coverage(counties, crs):
    shapes = shapes_of(read(counties.to_crs(crs)))

    there = shapely.get_coordinates(shapely.normalize(shapes))
    here = shapely.get_coordinates(shapely.normalize(counties.geometry.to_numpy()))
    assert np.abs(there - here).max() < 2e-6
    assert shapely.coverage_is_valid(shapes)
    assert shapely.is_valid(shapes).all()


@pytest.mark.parametrize("shift", [0, 1 / 3], ids=["as published", "shifted"])
def test_coordinates_have_at_most_six_decimals(counties, shift):
    table = counties.set_geometry(counties.translate(shift, shift))

    content = export.write(table, "geojson", {})

    decimals: list[int] = []

    def note(text: str) -> float:
        decimals.append(-int(Decimal(text).as_tuple().exponent))
        return float(text)

    json.loads(content, parse_float=note)
    assert len(decimals) > 2 * 17_000
    assert max(decimals) == geojson.DECIMALS == 6


def test_a_shape_that_rounding_would_spoil_is_mended():
    # Rounded, the notch touches the opposite side.
    notched = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0.5, 4e-7), (0, 1)])
    assert notched.is_valid

    (shape,) = shapes_of(read(one(notched)))

    assert shape.is_valid
    assert shape.area == pytest.approx(notched.area, abs=1e-6)


def test_zero_is_written_without_a_sign():
    content = export.write(one(shapely.Point(-1e-9, 5)), "geojson", {})

    assert b"[0.0,5.0]" in content


def test_bbox_is_what_the_features_span():
    collection = read(places())

    assert collection["bbox"] == [114, 38, 118, 39]
    assert collection["bbox"] == [*shapely.total_bounds(shapes_of(collection))]


def test_an_empty_table_gives_a_valid_empty_collection_without_bbox():
    content = export.write(places(n=[1, 2]).iloc[:0], "geojson", {"count": 0})

    assert json.loads(content) == {
        "type": "FeatureCollection",
        "metadata": {"count": 0},
        "features": [],
    }
    assert Collection.model_validate_json(content).features == []


@pytest.mark.parametrize("shape", [None, shapely.Polygon()], ids=["missing", "empty"])
def test_a_missing_or_empty_geometry_is_null(shape):
    collection = read(one(shape))

    assert collection["features"][0]["geometry"] is None
    assert "bbox" not in collection


def test_heights_are_left_out():
    collection = read(one(shapely.Point(114, 38, 500)))

    assert collection["features"][0]["geometry"]["coordinates"] == [114, 38]


def test_values_keep_their_kind_and_what_json_cannot_say_is_null():
    table = places(
        text=pd.array(["县", None], dtype="str"),
        flag=[True, False],
        whole=pd.array([2020, None], dtype="Int64"),
        real=[1.5, float("nan")],
        endless=[float("inf"), float("-inf")],
        small=np.array([1, 2], dtype="int8"),
        day=[pd.Timestamp(2020, 2, 29), pd.NaT],
        nested=[{"n": [np.float64("nan"), np.int64(3), np.True_]}, (date(2020, 1, 2),)],
    )

    rows = [feature["properties"] for feature in read(table)["features"]]

    assert rows == [
        {
            "code": "a",
            "text": "县",
            "flag": True,
            "whole": 2020,
            "real": 1.5,
            "endless": None,
            "small": 1,
            "day": "2020-02-29T00:00:00",
            "nested": {"n": [None, 3, True]},
        },
        {
            "code": "b",
            "text": None,
            "flag": False,
            "whole": None,
            "real": None,
            "endless": None,
            "small": 2,
            "day": None,
            "nested": ["2020-01-02"],
        },
    ]
    assert rows[0]["flag"] is True
    assert type(rows[0]["whole"]) is int


@pytest.mark.parametrize("number", [2**53 + 1, 2**64, -(10**30)])
def test_a_whole_number_of_any_length_keeps_its_last_digit(number):
    content = export.write(places(count=[[number], []]), "geojson", {"n": number})

    collection = json.loads(content)
    assert collection["features"][0]["properties"]["count"] == [number]
    assert collection["metadata"] == {"n": number}


def test_metadata_that_is_not_finite_is_null():
    content = export.write(places(), "geojson", {"share": float("nan")})

    assert json.loads(content)["metadata"] == {"share": None}
    assert b"NaN" not in content


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_survives_as_text(text):
    content = export.write(places(note=[text, [text]]), "geojson", {text: text})

    collection = json.loads(content)
    first, second = (feature["properties"] for feature in collection["features"])
    assert first["note"] == text
    assert second["note"] == [text]
    assert collection["metadata"] == {text: text}
    assert content.count(b"\n") == 4


def test_a_column_name_is_text_too():
    table = places(**{HOSTILE[0]: [1, 2]})

    assert read(table)["features"][0]["properties"] == {"code": "a", HOSTILE[0]: 1}


def test_the_same_table_gives_the_same_bytes_and_stays_as_it_was(counties, written):
    before = counties.copy()

    again = export.write(counties, "geojson", {"title": "counties"})

    assert again == written
    pd.testing.assert_frame_equal(counties, before)


def test_a_value_without_counterpart_is_refused_with_its_column():
    with pytest.raises(TypeError, match=r"column 'odd' cannot be .*: set has no"):
        export.write(places(odd=[{1}, {2}]), "geojson", {})


def test_a_column_named_like_the_index_is_refused():
    with pytest.raises(ValueError, match="code"):
        export.write(places(code=["x", "y"]), "geojson", {})


def test_a_table_without_crs_is_refused():
    with pytest.raises(ValueError, match=r"no CRS.*set_crs"):
        export.write(one(shapely.Point(114, 38), crs=None), "geojson", {})


@pytest.mark.parametrize(
    "position", [(38.0, 114.0), (500.0, 38.0), (4e5, 4.2e6)], ids=str
)
def test_positions_that_are_not_on_earth_are_refused(position):
    with pytest.raises(ValueError, match=r"1 position\(s\) are not longitude"):
        export.write(one(shapely.Point(position)), "geojson", {})


def test_a_position_that_is_not_a_number_is_refused():
    shape = shapely.LineString([(114, 38), (float("inf"), 38)])

    with pytest.raises(ValueError, match="the first is inf, 38"):
        export.write(one(shape), "geojson", {})

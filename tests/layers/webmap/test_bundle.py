"""What the page fetches once is complete, plain JSON, and small."""

import gzip
import json
import math
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.boundaries import Boundaries
from geo.folders import boundaries_folder
from geo.language import LANGUAGES
from layers.facts.county_table import county_table
from layers.webmap.bundle import border_lines, geometry_bundle, label_circles
from layers.webmap.joining import Modules
from layers.webmap.map_texts import TEXTS, map_texts
from layers.webmap.script_files import MAP, asset, sources

DRAWN = Boundaries(boundaries_folder())

DEGREE = 2 * math.pi * 6378137 / 360
MOST_BYTES = 70 * 1024
GRID = 24
"""A coarse search: so many points across a county's box, in each direction."""


@pytest.fixture(scope="module", params=["overview", "full"])
def detailed(request, package):
    """Detail, counties, bundle."""
    table = county_table(package, request.param)
    return request.param, table, geometry_bundle(package, table, request.param)


@pytest.fixture(scope="module")
def bundle(package, counties):
    return geometry_bundle(package, counties, "overview")


def in_mercator(series: gpd.GeoSeries) -> gpd.GeoSeries:
    return series.to_crs(3857)


def test_label_circles_lie_inside_their_county(detailed):
    _, table, bundle = detailed
    shapes = in_mercator(table.geometry)
    points = gpd.GeoSeries(
        [shapely.Point(bundle["counties"][a]["point"]) for a in table.index], crs=4326
    ).to_crs(3857)

    for adcode, shape, point in zip(table.index, shapes, points, strict=True):
        radius = bundle["counties"][adcode]["radius"] * DEGREE
        assert table.geometry[adcode].contains(
            shapely.Point(bundle["counties"][adcode]["point"])
        )
        assert radius > 0
        # The point is rounded by 0.0005° each way, which is 90 m here.
        assert shape.boundary.distance(point) >= radius - 100, adcode


def test_no_circle_of_a_coarse_search_is_larger(counties, bundle):
    shapes = in_mercator(counties.geometry)
    for adcode, shape in zip(counties.index, shapes, strict=True):
        parts = getattr(shape, "geoms", [shape])
        largest = max(parts, key=lambda part: part.area)
        west, south, east, north = largest.bounds
        xs, ys = np.meshgrid(
            np.linspace(west, east, GRID), np.linspace(south, north, GRID)
        )
        grid = shapely.points(xs.ravel(), ys.ravel())
        inside = grid[shapely.contains(largest, grid)]
        best = shapely.distance(largest.boundary, inside).max()

        assert bundle["counties"][adcode]["radius"] * DEGREE >= best - 210, adcode


def test_the_circle_of_a_known_shape_is_found():
    # An L whose lower left square has the room; the middle of its box is outside.
    shape = shapely.Polygon(
        [
            (0, 0),
            (40_000, 0),
            (40_000, 5_000),
            (12_000, 12_000),
            (5_000, 40_000),
            (0, 40_000),
        ]
    )
    island = shapely.box(100_000, 0, 101_000, 1_000)
    series = gpd.GeoSeries([shapely.MultiPolygon([shape, island])], crs=3857)
    [(point, radius)] = label_circles(series.to_crs(4326))
    centre = gpd.GeoSeries([shapely.Point(point)], crs=4326).to_crs(3857)[0]

    assert shape.contains(centre)
    assert abs(centre.x - centre.y) < 500  # the shape is symmetrical
    assert radius * DEGREE == pytest.approx(shape.boundary.distance(centre), abs=250)


def test_the_bundle_is_plain_json_without_nan(detailed):
    _, _, bundle = detailed
    raw = json.dumps(bundle, allow_nan=False, ensure_ascii=False)

    assert json.loads(raw) == bundle


def test_the_overview_is_small_on_the_wire(bundle):
    raw = json.dumps(bundle, ensure_ascii=False, separators=(",", ":"))
    packed = gzip.compress(raw.encode(), compresslevel=9, mtime=0)

    assert len(packed) <= MOST_BYTES


def test_every_county_has_shape_record_and_label(detailed):
    _, table, bundle = detailed
    ids = [feature["id"] for feature in bundle["county"]["features"]]

    assert ids == list(table.index) == list(bundle["counties"])
    for adcode, record in bundle["counties"].items():
        row = table.loc[adcode]
        assert record["name"] == row["name"] and record["short"]
        assert record["name_en"] and record["prefecture_en"]
        assert record["programmes"] == [
            column
            for column in table.columns
            if table[column].dtype == "boolean" and row[column] is not pd.NA
            if row[column]
        ]
    years = [record.get("exit_approved_year") for record in bundle["counties"].values()]
    assert (
        sum(year is None for year in years) == table["exit_approved_year"].isna().sum()
    )
    assert all(year is None or type(year) is int for year in years)


def test_what_is_only_reported_of_a_county_is_told_apart(package, bundle):
    for programme in package.programmes:
        of_it = {
            adcode
            for adcode, record in bundle["counties"].items()
            if programme in record.get("reported", ())
        }
        assert of_it == package.reported(programme)


def test_what_nobody_knows_of_a_county_is_no_empty_cell(package, counties, bundle):
    """Of a poor county without a year of exit, not of one that never was poor."""
    year = "exit_assessed_year"
    blank = {a for a, record in bundle["counties"].items() if year not in record}
    unsaid = {a for a in blank if year in bundle["counties"][a].get("unsaid", ())}
    assert unsaid == blank & package.members("poor_county") and len(unsaid) == 16
    assert len(blank - unsaid) == 105


def test_shapes_are_those_of_the_detail_rounded_a_little(detailed):
    detail, table, bundle = detailed
    decimals = {"overview": 4, "full": 6}[detail]
    for feature in bundle["county"]["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        original = table.geometry[feature["id"]]
        assert shapely.get_num_coordinates(shape) == shapely.get_num_coordinates(
            original
        )
        moved = np.abs(
            shapely.get_coordinates(shape) - shapely.get_coordinates(original)
        ).max()
        assert moved <= 0.5 * 10**-decimals + 1e-9


def test_lines_of_all_levels_come_from_one_detail(detailed):
    """Else there is a seam: each point of another level's line is one of a county's."""
    _, _, bundle = detailed
    points = {
        level: {
            tuple(point)
            for feature in bundle[level]["features"]
            for point in shapely.get_coordinates(
                shapely.geometry.shape(feature["geometry"])
            )
        }
        for level in ("county", "prefecture", "province")
    }
    assert points["prefecture"] <= points["county"]
    assert points["province"] <= points["county"]


@pytest.mark.parametrize("detail", ["overview", "full"])
def test_borders_come_in_short_pieces_each_stretch_once(detail):
    prefectures = DRAWN.load("prefecture", detail).geometry
    province = DRAWN.load("province", detail).geometry

    around = border_lines(province)
    between = border_lines(prefectures, without=province)

    assert shapely.get_num_coordinates(around.geometry).max() <= 24
    outline = shapely.union_all(around.geometry.to_numpy())
    assert outline.equals(province.iloc[0].boundary)
    # Each prefecture's outline is whole again, and nothing was drawn twice.
    all_lines = shapely.union_all([*around.geometry, *between.geometry])
    for prefecture in prefectures:
        assert all_lines.covers(prefecture.boundary)
    lengths = {
        name: shapely.length(shapely.boundary(areas.to_numpy())).sum()
        for name, areas in {"province": province, "prefectures": prefectures}.items()
    }
    own = shapely.length(between.geometry.to_numpy()).sum()
    assert own == pytest.approx((lengths["prefectures"] - lengths["province"]) / 2)
    assert own + lengths["province"] == pytest.approx(all_lines.length)


def test_labels_are_prefectures_and_both_municipalities(detailed):
    _, _, bundle = detailed
    names = [label["name"] for label in bundle["labels"]]

    assert len(names) == len(set(names)) == 13
    assert {"北京", "天津", "石家庄", "张家口"} <= set(names)
    for label in bundle["labels"]:
        assert label["name_en"] and 113 < label["lon"] < 120 and 36 < label["lat"] < 43


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_complete_in_both_languages(bundle, language):
    texts = bundle["texts"][language]

    assert set(texts) == {*TEXTS, "credit"}
    assert all(text.strip() for text in texts.values())
    assert "GS(2024)0650" in texts["credit"]


def test_no_text_is_the_same_in_both_languages():
    texts = map_texts(DRAWN)

    for key in TEXTS:
        assert texts["zh"][key] != texts["en"][key], key
        assert any("\u4e00" <= letter <= "\u9fff" for letter in texts["zh"][key]), key
        assert texts["en"][key].translate({ord(c): "" for c in "–²…"}).isascii(), key


def test_every_text_that_a_script_asks_for_exists():
    code = "".join(asset(name).decode() for name in Modules(sources()).needed(MAP))
    asked = set(re.findall(r"\btexts\.(\w+)", code))
    asked |= {f"tool_{name}" for name in re.findall(r'this\.button\("(\w+)"', code)}

    assert asked <= {*TEXTS, "credit"}

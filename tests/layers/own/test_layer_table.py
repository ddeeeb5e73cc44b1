"""A layer of one's own is taken away: its columns, its counties, whose it is."""

import datetime
import json
import sqlite3

import geopandas as gpd
import pyogrio
import pytest
import shapely

from geo.export.document import OtherLayer
from layers import sheet
from layers.files.export import export
from layers.own.layer import layer_of, layout_of
from layers.own.layer_table import as_geojson, layer_table, told_of
from layers.own.overlay import overlay
from layers.own.placing import counties_of, place
from layers.own.reading import read
from layers.select.selection import Selection
from layers.sheet.own_layer import read_layer

BROUGHT = datetime.date(2026, 11, 28)

SCHOOLS = (
    "学校,fid,经度,纬度,学生数\n"
    "甲,a,114.54,38.05,100\n乙,,114.541,38.051,—\n丙,c,120.9,40,1.2万\n"
)


@pytest.fixture(scope="module")
def placed(places, package):
    def of(content, name="学校.csv", crs=None):
        upload = read(content, name)
        layer = layer_of(upload, layout_of(upload, places))
        return place(layer, counties_of(package.boundaries, places.divisions), crs)

    return of


def test_rows_keep_their_columns_and_get_their_county(placed):
    table = layer_table(placed(SCHOOLS.encode()), "zh")

    assert [*table.index] == [2, 3, 4]
    assert [*table["学生数"].fillna(-1)] == [100, -1, 12000]
    # A name that formats give themselves is another one.
    assert [*table["fid_2"].fillna("-")] == ["a", "-", "c"]
    assert [*table["county_adcode"].fillna("")] == ["130102", "130102", ""]
    assert [*table["county"].fillna("")] == ["长安区", "长安区", ""]
    assert table.crs.to_epsg() == 4326
    assert table.geometry.iloc[0].coords[0] == (114.54, 38.05)


def test_shapes_in_metres_come_back_to_their_degrees(placed):
    made = gpd.GeoSeries([shapely.Point(114.54, 38.05)], crs=4326).to_crs(4547)
    x, y = made.iloc[0].coords[0]
    table = layer_table(placed(f"点,x,y\n甲,{x},{y}\n".encode(), crs="EPSG:4547"), "en")

    assert table.geometry.iloc[0].distance(shapely.Point(114.54, 38.05)) < 1e-8
    assert [*table["county_adcode"]] == ["130102"]


def test_a_geojson_of_its_own_says_file_day_system_and_whose_it_is(placed):
    told = json.loads(as_geojson(placed(SCHOOLS.encode()), "en", BROUGHT))

    about = told["metadata"]
    assert (about["file"], about["brought_on"]) == ("学校.csv", "2026-11-28")
    assert (about["rows"], about["located"]) == (3, 2)
    assert "own data of the user, not of the plan" in about["said"]["en"]
    assert [one["id"] for one in told["features"]] == [2, 3, 4]
    assert told["features"][1]["properties"]["学生数"] is None


def test_a_geopackage_holds_it_as_a_layer_of_its_own(placed, package, tmp_path):
    layer = placed(SCHOOLS.encode())
    other = OtherLayer(
        name="own_layer",
        title="学校.csv",
        description=told_of(layer, BROUGHT)["said"]["zh"],
        table=layer_table(layer, "zh"),
    )
    made = export(
        package,
        sheet_counties(package),
        Selection(counties=("130102",)),
        format="gpkg",
        layers=(other,),
    )
    file = tmp_path / "a.gpkg"
    file.write_bytes(made.content)

    back = pyogrio.read_dataframe(file, layer="own_layer")
    assert [*back["学校"]] == ["甲", "乙", "丙"]
    assert [*back["row"]] == [2, 3, 4]
    assert pyogrio.read_info(file, layer="own_layer")["geometry_type"] == "Point"


def test_it_is_in_the_system_of_the_file_which_says_so(placed, package, tmp_path):
    layer = placed(SCHOOLS.encode())
    made = export(
        package,
        sheet_counties(package),
        Selection(counties=("130102",)),
        format="gpkg",
        crs="4547",
        layers=(
            OtherLayer(
                name="own_layer",
                title="学校.csv",
                description="自有数据",
                table=layer_table(layer, "zh"),
            ),
        ),
    )
    file = tmp_path / "a.gpkg"
    file.write_bytes(made.content)

    back = gpd.read_file(file, layer="own_layer")
    counties = gpd.read_file(file, layer="hebei_selection")
    assert back.crs.to_epsg() == counties.crs.to_epsg() == 4547
    assert counties.geometry.iloc[0].contains(back.geometry.iloc[0])
    with sqlite3.connect(file) as database:
        ask = "SELECT description FROM gpkg_contents WHERE table_name = 'own_layer'"
        (told,) = database.execute(ask).fetchone()
        records = database.execute("SELECT metadata FROM gpkg_metadata").fetchall()
    assert "自有数据；坐标系为EPSG:4547" in told
    assert any('"other_layers"' in text and "EPSG:4547" in text for (text,) in records)


def sheet_counties(package):
    from layers.facts.county_table import county_table

    return county_table(package, "overview")


def test_a_sheet_draws_it_and_says_whose_it_is(placed, package):
    text = overlay(placed(SCHOOLS.encode()), "en", BROUGHT)
    what = package, sheet_counties(package), Selection()
    about = {"format": "svg", "language": "en", "text_as_text": True}

    drawn = sheet.draw(*what, own_layer=text, **about).decode()
    without = sheet.draw(*what, **about).decode()

    colour = "#e6007e"
    # Two points lie on the map, the third beyond it; one more is the legend's.
    assert drawn.count(f"fill: {colour}") - without.count(f"fill: {colour}") == 3
    assert "brought on 2026-11-28" in drawn
    assert "own data of the user, not of the plan" in drawn
    assert "own data of the user" not in without


def test_nothing_drawn_is_no_layer():
    assert read_layer("") is None

"""A GeoPackage is sound, says what it is, and brings its style for QGIS."""

import json
import sqlite3

import pandas as pd
import pyogrio
from lxml import etree


def test_a_geopackage_is_sound(saved):
    file = saved("gpkg", companions={"other": pd.DataFrame({"a": ["县", None]})})

    with sqlite3.connect(file) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not database.execute("PRAGMA foreign_key_check").fetchall()
        assert database.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        kinds = dict(
            database.execute("SELECT table_name, data_type FROM gpkg_contents")
        )
    assert kinds.pop("places") == "features"
    assert set(kinds) == {"other", "dictionary", "about", "layer_styles"}
    assert set(kinds.values()) == {"attributes"}
    assert pyogrio.read_dataframe(file, layer="other")["a"].fillna("").to_list() == [
        "县",
        "",
    ]


def test_the_header_does_not_count_how_often_the_file_was_changed(saved):
    few = saved("gpkg").read_bytes()
    many = saved(
        "gpkg", companions={name: pd.DataFrame({"a": [1]}) for name in "xyz"}
    ).read_bytes()

    # File change counter and version-valid-for, of https://sqlite.org/fileformat.html
    assert few[24:28] == many[24:28]
    assert few[92:96] == many[92:96]


def test_a_geopackage_says_what_it_is(saved):
    file = saved("gpkg", metadata={"title": {"zh": "地方"}})

    info = pyogrio.read_info(file, layer="places")
    assert json.loads(info["layer_metadata"]["metadata"]) == {"title": {"zh": "地方"}}
    assert info["layer_metadata"]["IDENTIFIER"] == "地方"


def test_the_style_has_a_rule_for_each_combination_and_each_place_one(
    saved, four, themes
):
    file = saved("gpkg", table=four, themes=themes)

    with sqlite3.connect(file) as database:
        ((layer, column, qml, default),) = database.execute(
            "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault"
            " FROM layer_styles"
        )
        (there,) = database.execute(
            "SELECT table_name, column_name FROM gpkg_geometry_columns"
        )
        assert (layer, column) == there
        assert default == 1
        style = etree.fromstring(qml.encode())
        rules = style.findall("renderer-v2/rules/rule")
        found = {
            rule.get("label"): database.execute(
                f"SELECT code FROM places WHERE {rule.get('filter')}"
            ).fetchall()
            for rule in rules
        }
    assert found == {
        "甲 <1> + 乙": [("a",)],
        "甲 <1>": [("b",)],
        "乙": [("c",)],
        "地方": [("d",)],
    }
    symbols = {s.get("name"): s for s in style.findall("renderer-v2/symbols/symbol")}
    assert {rule.get("symbol") for rule in rules} == set(symbols)
    colours = [
        [o.get("value") for o in symbols[rule.get("symbol")].iter("Option")]
        for rule in rules
    ]
    assert "213,94,0,255" in colours[0]
    assert "86,180,233,255" in colours[0]
    assert "b_diagonal" in colours[2]


def test_a_style_without_themes_is_one_symbol_in_the_plain_colour(saved):
    file = saved("gpkg", plain_colour="#010203")

    with sqlite3.connect(file) as database:
        ((qml,),) = database.execute("SELECT styleQML FROM layer_styles")
    (rule,) = etree.fromstring(qml.encode()).findall("renderer-v2/rules/rule")
    assert rule.get("filter") is None
    assert '"1,2,3,255"' in qml

"""What is not known of a place is drawn neither as in a theme nor as outside."""

import sqlite3
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from geo.export.combinations import combinations
from geo.export.document import Document, Theme
from geo.export.qgis_style import qgis_style

NOT_SAID = "selected; no source says whether they are in these"
THEMES = (
    Theme(column="first", name="one", colour="#D55E00"),
    Theme(column="second", name="two", colour="#56B4E9"),
)
FLAGS = st.sampled_from([True, False, None])


def document(rows: list[tuple[bool | None, bool | None]]) -> Document:
    columns = dict(zip(("first", "second"), zip(*rows, strict=True), strict=True))
    table = gpd.GeoDataFrame(
        {name: pd.array(values, dtype="boolean") for name, values in columns.items()},
        index=pd.Index([str(i) for i in range(len(rows))], name="code"),
        geometry=[shapely.box(i, 0, i + 1, 1) for i in range(len(rows))],
        crs="EPSG:4326",
    )
    return Document(
        name="places",
        title="others",
        table=table,
        metadata={},
        themes=THEMES,
        language="en",
        not_said_colour="#0A0B0C",
    )


def expected(row: tuple[bool | None, bool | None]) -> str:
    names = [t.name for t, flag in zip(THEMES, row, strict=True) if flag]
    return " + ".join(names) or (NOT_SAID if None in row else "others")


@given(st.lists(st.tuples(FLAGS, FLAGS), min_size=1, max_size=9))
def test_each_place_is_in_the_one_combination_that_is_known_of_it(rows):
    found = combinations(document(rows))

    assert sum(own.rows.astype(int) for own in found).tolist() == [1] * len(rows)
    for own in found:
        for position in own.rows.nonzero()[0]:
            assert own.name == expected(rows[position])
            assert own.not_said == (own.name == NOT_SAID)


@given(st.lists(st.tuples(FLAGS, FLAGS), min_size=1, max_size=9))
def test_each_place_satisfies_one_rule_of_the_style_and_the_right_one(rows):
    style = etree.fromstring(qgis_style(document(rows)).encode())
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE places (first, second, position)")
    database.executemany(
        "INSERT INTO places VALUES (?, ?, ?)",
        [(*row, position) for position, row in enumerate(rows)],
    )

    found = [
        (position, rule.get("label"))
        for rule in style.findall("renderer-v2/rules/rule")
        for (position,) in database.execute(
            f"SELECT position FROM places WHERE {rule.get('filter')}"
        )
    ]
    database.close()
    assert sorted(found) == [(i, expected(row)) for i, row in enumerate(rows)]


def test_what_is_not_said_is_hatched_in_its_own_colour():
    style = etree.fromstring(qgis_style(document([(None, False)])).encode())

    (symbol,) = style.findall("renderer-v2/symbols/symbol")
    values = [option.get("value") for option in symbol.iter("Option")]
    assert "10,11,12,255" in values
    assert "b_diagonal" in values


def test_kml_has_a_folder_for_what_is_not_said(written):
    rows = document([(True, None), (None, False), (False, False)])

    root = ET.fromstring(
        written("kml", table=rows.table, themes=THEMES, language="en", title="others")
    )
    kml = "{http://www.opengis.net/kml/2.2}"
    folders = {
        folder.findtext(f"{kml}name"): [
            {d.get("name"): d.findtext(f"{kml}value") for d in place.iter(f"{kml}Data")}
            for place in folder.iter(f"{kml}Placemark")
        ]
        for folder in root.iter(f"{kml}Folder")
    }
    assert folders == {
        "one": [{"code": "0", "first": "1"}],
        NOT_SAID: [{"code": "1", "second": "0"}],
        "others": [{"code": "2", "first": "0", "second": "0"}],
    }


def test_a_missing_bool_in_a_shapefile_is_blank(saved, places):
    table = places(flag=pd.array([True, None], dtype="boolean"))

    there = pyogrio.read_dataframe(saved("shapefile", table=table))
    assert there["flag"][0] == 1
    assert pd.isna(there["flag"][1])

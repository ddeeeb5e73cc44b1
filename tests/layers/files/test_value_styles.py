"""The style in a file shows the values that the map shows, class by class."""

import sqlite3

import pytest
from lxml import etree

from layers.facts.county_table import county_table
from layers.facts.package import load
from layers.files.export import export
from layers.select.selection import Selection
from layers.themes.themes import style_theme

PACKAGE = load()
COUNTIES = county_table(PACKAGE, "overview")
NUMBER = next(
    v.id
    for v in PACKAGE.variables.values()
    if v.kind == "number" and v.measure == "rate"
)
CATEGORY = next(v.id for v in PACKAGE.variables.values() if v.kind == "category")
DATE = next(v.id for v in PACKAGE.variables.values() if v.kind == "date")
THEMES = [NUMBER, f"{NUMBER}:natural.4", CATEGORY, DATE]


def written(tmp_path, theme: str):
    """The layer of a GeoPackage, its QML and its SLD."""
    made = export(PACKAGE, COUNTIES, Selection(), format="gpkg", theme=theme)
    file = tmp_path / "t.gpkg"
    file.write_bytes(made.content)
    database = sqlite3.connect(file)
    (qml, sld), *_ = database.execute("SELECT styleQML, styleSLD FROM layer_styles")
    return database, etree.fromstring(qml.encode()), etree.fromstring(sld.encode())


@pytest.mark.parametrize("theme", THEMES)
def test_each_county_is_in_the_rule_of_its_class_on_the_map(tmp_path, theme):
    database, qml, _ = written(tmp_path, theme)
    style = style_theme(PACKAGE, COUNTIES, Selection(), theme, "zh")

    found = {
        rule.get("label"): database.execute(
            f"SELECT count(*) FROM hebei_counties WHERE {rule.get('filter')}"
        ).fetchone()[0]
        for rule in qml.iter("rule")
    }

    assert found == {entry.name: entry.selected for entry in style.legend}
    assert sum(found.values()) == len(COUNTIES)


@pytest.mark.parametrize("theme", THEMES)
def test_rules_have_the_colours_of_the_legend(tmp_path, theme):
    _, qml, sld = written(tmp_path, theme)
    legend = style_theme(PACKAGE, COUNTIES, Selection(), theme, "zh").legend

    grounds = [
        symbol.find("layer/Option/Option[@name='color']").get("value")
        for symbol in qml.find("renderer-v2/symbols")
    ]
    ns = {"s": "http://www.opengis.net/sld"}
    fills = sld.xpath(
        "//s:Rule/s:PolygonSymbolizer[1]/s:Fill/s:CssParameter[1]", namespaces=ns
    )

    rgb = [tuple(bytes.fromhex(entry.colour[1:])) for entry in legend]
    assert [tuple(map(int, g.split(",")[:3])) for g in grounds] == rgb
    assert [fill.text for fill in fills] == [entry.colour for entry in legend]


def test_limits_of_the_sld_are_those_of_the_classes(tmp_path):
    _, _, sld = written(tmp_path, NUMBER)
    ns = {"o": "http://www.opengis.net/ogc"}
    limits = [
        tuple(
            float(limit)
            for limit in between.xpath(".//o:Literal/text()", namespaces=ns)
        )
        for between in sld.iter("{http://www.opengis.net/ogc}PropertyIsBetween")
    ]

    values = COUNTIES[NUMBER].dropna()
    assert limits[0][0] == values.min() and limits[-1][1] == values.max()
    assert sum(values.between(*pair).sum() for pair in limits) == len(values)
    missing = [*sld.iter("{http://www.opengis.net/ogc}PropertyIsNull")]
    assert missing


def test_a_map_of_programmes_keeps_their_style(tmp_path):
    _, qml, _ = written(tmp_path, "programmes")

    assert "IS NULL" not in etree.tostring(qml, encoding="unicode")

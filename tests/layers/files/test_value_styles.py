"""The style in a file shows the values that the map shows, class by class."""

import json
import sqlite3
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from geo.export.qgis_circles import DIAMETER_MM
from layers.facts.county_table import county_table
from layers.facts.package import load
from layers.files.export import export
from layers.select.selection import Selection
from layers.themes.circles import circles
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


COUNT = next(
    v.id
    for v in PACKAGE.variables.values()
    if v.kind == "number" and v.measure == "count"
)

IN_QGIS = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import *
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(sys.argv[1] + "|layername=hebei_counties", "counties", "ogr")
renderer, context = layer.renderer().clone(), QgsRenderContext()
context.expressionContext().appendScopes(
    QgsExpressionContextUtils.globalProjectLayerScopes(layer))
renderer.startRender(context, layer.fields())
sizes = {}
for feature in layer.getFeatures():
    context.expressionContext().setFeature(feature)
    for symbol in renderer.originalSymbolsForFeature(feature, context):
        for ground in symbol.symbolLayers():
            if ground.layerType() == "CentroidFill":
                marker = ground.subSymbol().symbolLayer(0)
                size = marker.dataDefinedProperties().property(
                    QgsSymbolLayer.PropertySize)
                found = size.valueAsDouble(context.expressionContext(), -1)
                sizes[feature["adcode"]] = found[0]
renderer.stopRender(context)
legend = [item.label() for item in renderer.legendSymbolItems()]
print("SAID" + json.dumps([sizes, legend]))
sys.stdout.flush()
os._exit(0)
"""


def test_a_count_is_shown_as_circles_above_one_ground(tmp_path):
    database, qml, sld = written(tmp_path, COUNT)
    style = style_theme(PACKAGE, COUNTIES, Selection(), COUNT, "zh")
    rules = {rule.get("label"): rule.get("filter") for rule in qml.iter("rule")}

    # Each county is in the rule of one ground; circles of the key are in none.
    found = {
        label: database.execute(
            f"SELECT count(*) FROM hebei_counties WHERE {condition}"
        ).fetchone()[0]
        for label, condition in rules.items()
    }
    key = [text for _, text in circles_of(COUNT)["keys"]]
    assert found == {
        **{entry.name: entry.selected for entry in style.legend},
        **dict.fromkeys(key, 0),
    }
    assert list(rules)[-len(key) :] == key
    # The largest first, all of them above all grounds.
    order = qml.find("renderer-v2/orderby/orderByClause")
    assert (order.text, order.get("asc")) == (f'"{COUNT}"', "0")
    passes = {layer.get("class"): layer.get("pass") for layer in qml.iter("layer")}
    assert passes["CentroidFill"] > passes["SimpleFill"]
    ns = {"s": "http://www.opengis.net/sld", "o": "http://www.opengis.net/ogc"}
    (size,) = sld.xpath("//s:FeatureTypeStyle[2]//s:Size/o:Mul", namespaces=ns)
    assert size.xpath("string(.//o:PropertyName)", namespaces=ns) == COUNT


def circles_of(variable: str) -> dict:
    return circles(PACKAGE, PACKAGE.variables[variable], COUNTIES, "zh")


def test_twice_the_number_is_twice_the_ink_in_the_key_too(tmp_path):
    _, qml, _ = written(tmp_path, COUNT)
    told = circles_of(COUNT)

    for value, _ in told["keys"]:
        path = f"renderer-v2/symbols/symbol[@name='circle {float(value)!r}']"
        size = qml.find(path).find(".//Option[@name='size']").get("value")
        assert float(size) == pytest.approx(
            DIAMETER_MM * (value / told["most"]) ** 0.5, abs=0.01
        )


@pytest.mark.skipif(
    not Path("/usr/lib/python3/dist-packages/qgis").exists(), reason="needs QGIS"
)
def test_qgis_draws_each_number_as_large_as_it_is(tmp_path):
    written(tmp_path, COUNT)[0].close()
    done = subprocess.run(
        ["/usr/bin/python3", "-c", IN_QGIS, str(tmp_path / "t.gpkg")],
        capture_output=True,
        check=True,
        text=True,
    )
    sizes, legend = json.loads(done.stdout.split("SAID")[1])

    known = COUNTIES[COUNT].dropna()
    most = known.max()
    assert sizes.keys() == {*known.index}
    for adcode, value in known.items():
        assert sizes[adcode] == pytest.approx(DIAMETER_MM * (value / most) ** 0.5)
    assert [text for _, text in circles_of(COUNT)["keys"]] == legend[-3:]

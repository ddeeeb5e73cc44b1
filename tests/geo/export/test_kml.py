"""KML satisfies its schema, and nothing in it becomes markup."""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import fastkml
import pytest
import shapely
from lxml import etree

from geo.export.document import Note

KML = "{http://www.opengis.net/kml/2.2}"
SCHEMA = Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"


def kml_values(content: bytes, name: str) -> list[str]:
    root = ET.fromstring(content)
    return [
        data.findtext(f"{KML}value")
        for place in root.iter(f"{KML}Placemark")
        for data in place.iter(f"{KML}Data")
        if data.get("name") == name
    ]


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


@pytest.mark.parametrize("case", ["plain", "themes", "empty", "hostile"])
def test_kml_satisfies_the_schema_of_the_ogc(
    schema, written, places, four, themes, case
):
    parts = {
        "plain": {},
        "themes": {"table": four, "themes": themes},
        "empty": {"table": places().iloc[:0]},
        "hostile": {"table": places(note=["<b>", "\x0b\x00"]), "notes": ()},
    }[case]

    schema.assertValid(etree.fromstring(written("kml", **parts)))


def test_kml_has_each_place_once_in_the_folder_of_its_themes(four, themes, written):
    root = ET.fromstring(written("kml", table=four, themes=themes))

    folders = {
        folder.findtext(f"{KML}name"): [
            (place.findtext(f"{KML}name"), place.findtext(f"{KML}styleUrl"))
            for place in folder.iter(f"{KML}Placemark")
        ]
        for folder in root.iter(f"{KML}Folder")
    }
    assert folders == {
        "甲 <1> + 乙": [("a", "#style0")],
        "甲 <1>": [("b", "#style1")],
        "乙": [("c", "#style2")],
        "地方": [("d", "#style3")],
    }
    colours = {
        style.get("id"): style.findtext(f"{KML}PolyStyle/{KML}color")
        for style in root.iter(f"{KML}Style")
    }
    assert colours["style0"] == colours["style1"] == "b3005ed5"
    assert colours["style2"] == "66e9b456"


def test_text_in_kml_is_text_for_programs_and_in_balloons(hostile, places, written):
    content = written(
        "kml",
        table=places(note=[hostile, hostile]),
        name_column="note",
        notes=(Note(key="k", label="<i>", text=hostile),),
    )

    root = ET.fromstring(content)
    assert kml_values(content, "note") == [hostile, hostile]
    names = [p.findtext(f"{KML}name") for p in root.iter(f"{KML}Placemark")]
    assert names == [hostile, hostile]
    for description in root.iter(f"{KML}description"):
        # What a balloon would make of it has no elements but ours.
        tags = {e.tag for e in etree.HTML(f"<p>{description.text}</p>").iter()}
        assert tags <= {"html", "body", "p", "b", "br"}


def test_characters_that_xml_cannot_hold_are_replaced(places, written):
    content = written("kml", table=places(note=["a\x00b\x0b", "\ufffe"]))

    assert kml_values(content, "note") == ["a\ufffdb\ufffd", "\ufffd"]


def test_kmz_is_the_kml_zipped(written):
    with zipfile.ZipFile(io.BytesIO(written("kmz"))) as archive:
        assert archive.namelist() == ["doc.kml"]
        assert archive.read("doc.kml") == written("kml")


def test_fastkml_reads_the_shapes(places, written):
    read = fastkml.KML.parse(io.BytesIO(written("kml")))

    (folder,) = read.features[0].features
    shapes = [shapely.from_wkt(str(p.geometry)) for p in folder.features]
    assert shapely.equals(shapes, places().geometry.values).all()

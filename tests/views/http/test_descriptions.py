"""What describes the layers to catalogues, readers of CSV and GIS."""

import json
import re
from xml.etree import ElementTree as ET

import pytest

from geo.export import FORMATS
from layers.facts.columns import ALL_COUNTIES
from views.http import descriptions

GMD = {
    "gmd": "http://www.isotc211.org/2005/gmd",
    "gco": "http://www.isotc211.org/2005/gco",
}
SLD = {"sld": "http://www.opengis.net/sld", "ogc": "http://www.opengis.net/ogc"}


def test_the_catalogue_for_portals_names_every_layer_and_file(client, edition):
    answer = client.get("/layers/catalog.jsonld")

    assert answer.headers["content-type"] == "application/ld+json"
    sets = answer.json()["dcat:dataset"]
    layers = [ALL_COUNTIES, *edition.package.programmes]
    assert [one["dct:identifier"] for one in sets] == layers
    for one in sets:
        files = [d["dcat:downloadURL"]["@id"] for d in one["dcat:distribution"][:-1]]
        assert len(files) == len(FORMATS)
        assert "GS(2024)0650" in json.dumps(one["dct:rights"])
    for address in files:
        assert client.head(address).status_code == 200
    service = answer.json()["dcat:service"]["dcat:endpointDescription"]["@id"]
    assert client.get(service).status_code == 200


def test_the_page_holds_the_same_for_search_engines(client, edition):
    page = client.get("/layers?f=html").text

    (text,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page, re.S
    )
    told = json.loads(text)
    assert told["@type"] == "DataCatalog"
    assert len(told["dataset"]) == 1 + len(edition.package.programmes)
    for one in told["dataset"]:
        assert one["license"]
        south, west, north, east = map(
            float, one["spatialCoverage"]["geo"]["box"].split()
        )
        assert 36 < south < north < 43
        assert 113 < west < east < 120
    for one in told["dataset"][::6]:
        assert client.get(one["url"]).status_code == 200


def test_what_stands_in_a_page_cannot_end_its_script(edition, spoiled, monkeypatch):
    told = {"name": "</script><script>alert(1)</script><!--"}
    monkeypatch.setattr(descriptions, "schema_org", lambda *_: told)

    text = descriptions.in_page(edition, "http://x/layers")
    assert text.count("<") == 2
    assert json.loads(text[text.index("{") : text.rindex("}") + 1]) == told


def test_a_csv_is_described_column_by_column(client):
    told = client.get("/layers/deep_poverty.csv-metadata.json").json()
    heading = (
        client.get(f"/layers/{told['url']}").text.lstrip("\ufeff").split("\r\n")[0]
    )

    columns = told["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == heading.split(",")
    types = {column["name"]: column["datatype"] for column in columns}
    assert types["adcode"] == "string"
    assert types["deep_poverty"] == "boolean"
    assert types["area_km2"] == "number"


def test_the_record_of_iso_19139_has_what_a_catalogue_asks_for(client):
    answer = client.get("/layers/deep_poverty.iso.xml")

    root = ET.fromstring(answer.content)
    text = "gco:CharacterString"
    data = root.find("gmd:identificationInfo/gmd:MD_DataIdentification", GMD)
    title = data.findtext(f"gmd:citation/gmd:CI_Citation/gmd:title/{text}", None, GMD)
    assert title == "深度贫困县"
    assert "GS(2024)0650" in data.findtext(f"gmd:credit/{text}", "", GMD)
    words = data.findall(f".//gmd:keyword/{text}", GMD)
    assert {"河北省", "深度贫困县"} <= {word.text for word in words}
    box = data.find(".//gmd:EX_GeographicBoundingBox", GMD)
    west, east, south, north = (float(part[0].text) for part in box)
    assert 113 < west < east < 120
    assert 36 < south < north < 43
    assert root.find("gmd:dateStamp/gco:Date", GMD).text


@pytest.mark.parametrize(
    ("query", "rules"), [("", 1), ("?any=deep_poverty,contiguous_heilonggang", 2)]
)
def test_the_style_for_geoserver_has_the_rules_of_that_for_qgis(client, query, rules):
    qml = ET.fromstring(client.get(f"/layers/counties.qml{query}").content)
    root = ET.fromstring(client.get(f"/layers/counties.sld{query}").content)

    found = root.findall(".//sld:Rule", SLD)
    listed = qml.findall("renderer-v2/rules/rule")
    assert [rule.findtext("sld:Title", None, SLD) for rule in found] == [
        rule.get("label") for rule in listed
    ]
    assert len(found) >= rules
    assert all(rule.find(".//sld:PolygonSymbolizer", SLD) is not None for rule in found)


def test_nothing_selected_is_nothing_to_describe(client):
    answer = client.get("/layers/deep_poverty.iso.xml?prefecture=130100")

    assert answer.status_code == 400
    assert answer.json()["faults"][0]["message"]["zh"]

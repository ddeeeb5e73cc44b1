"""The abstract tests of OGC API - Features, Part 1 (OGC 17-069r4, annex A).

``docs/ogc-api.md`` has all of them, each with the test of ours that asks the same.
"""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest
from fastapi.openapi.models import OpenAPI
from geojson_pydantic import Feature, FeatureCollection

from views.http.layer_page import FORMS

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "ogc-api.md"
ITEMS = "/ogc/collections/{}/items"

CONFORMANCE = {
    "core": "http root-op root-success api-definition-op api-definition-success"
    " conformance-op conformance-success fc-md-op fc-md-success fc-md-links fc-md-items"
    " fc-md-items-links fc-md-extent sfc-md-op sfc-md-success fc-op fc-response"
    " fc-links fc-timeStamp fc-numberMatched fc-numberReturned fc-bbox-definition"
    " fc-bbox-response fc-limit-definition fc-limit-response fc-time-definition"
    " fc-time-response query-param-invalid query-param-unknown f-op f-success f-links"
    " crs84",
    "geojson": "definition content",
    "html": "definition content",
    "oas30": "completeness exceptions-codes oas-definition-1 oas-definition-2 oas-impl"
    " security",
}
"""Abstract tests by class, without those of GML, which is not offered."""

LINK = {
    "type": "object",
    "required": ["href", "rel", "type"],  # the schema wants no type, /req/*-links do
    "properties": {
        name: {"type": "string"} for name in ("href", "rel", "type", "title")
    },
}
LINKS = {"type": "array", "minItems": 1, "items": LINK}
NUMBERS = {
    "type": "array",
    "items": {"type": "number"},
    "oneOf": [{"minItems": n, "maxItems": n} for n in (4, 6)],
}
COLLECTION = {
    "type": "object",
    "required": ["id", "links"],
    "properties": {
        **{name: {"type": "string"} for name in ("id", "title", "description")},
        "links": LINKS,
        "itemType": {"const": "feature"},
        "crs": {"type": "array", "items": {"type": "string"}},
        "extent": {
            "type": "object",
            "properties": {
                "spatial": {
                    "type": "object",
                    "properties": {
                        "bbox": {"type": "array", "minItems": 1, "items": NUMBERS}
                    },
                }
            },
        },
    },
}
COUNT = {"type": "integer", "minimum": 0}
SCHEMAS = {
    "landing": {
        "type": "object",
        "required": ["links"],
        "properties": {"title": {"type": "string"}, "links": LINKS},
    },
    "conformance": {
        "type": "object",
        "required": ["conformsTo"],
        "properties": {"conformsTo": {"type": "array", "items": {"type": "string"}}},
    },
    "collections": {
        "type": "object",
        "required": ["links", "collections"],
        "properties": {
            "links": LINKS,
            "collections": {"type": "array", "items": COLLECTION},
        },
    },
    "collection": COLLECTION,
    "features": {
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "links": LINKS,
            "numberMatched": COUNT,
            "numberReturned": COUNT,
        },
    },
    "feature": {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {"type": {"const": "Feature"}, "links": LINKS},
    },
}
"""Those of the standard (``openapi/schemas`` of Part 1), where they ask something."""


def every_answer(layer="deep_poverty", county="130722"):
    """Addresses of every operation of Core, by the schema of what they answer."""
    return {
        "landing": "/ogc",
        "conformance": "/ogc/conformance",
        "collections": "/ogc/collections",
        "collection": f"/ogc/collections/{layer}",
        "features": ITEMS.format(layer),
        "feature": f"{ITEMS.format(layer)}/{county}",
    }


def asked(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[:300]
    return answer.json()


def links(body, relation):
    return [link for link in body["links"] if link["rel"] == relation]


@pytest.mark.parametrize(("kind", "address"), every_answer().items())
def test_every_answer_is_what_its_schema_says(client, kind, address):
    jsonschema.validate(asked(client, address), SCHEMAS[kind])


def test_the_landing_page_leads_to_everything(client):
    for address in ("/ogc", "/ogc/"):
        landing = asked(client, address)
        for relation in ("service-desc", "service-doc", "conformance", "data"):
            found = [one for one in links(landing, relation) if "{" not in one["href"]]
            assert found, relation
            for link in found:
                there = client.get(link["href"])
                assert there.status_code == 200
                told = link["type"].partition(";")[0]
                assert there.headers["content-type"].startswith(told)


def test_every_collection_says_of_itself_what_the_list_says(client):
    for listed in asked(client, "/ogc/collections")["collections"]:
        own = asked(client, f"/ogc/collections/{listed['id']}")

        for name in ("id", "title", "description", "extent", "itemType"):
            assert own.get(name) == listed.get(name)
        assert [link for link in listed["links"] if link not in own["links"]] == []


def test_every_collection_links_to_its_items_in_every_form(client):
    for listed in asked(client, "/ogc/collections")["collections"]:
        found = links(listed, "items")

        assert len(found) == len(FORMS)
        for link in found:
            answer = client.get(link["href"])
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith(link["type"])
        crs = listed["crs"]
        assert crs[0] == "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def test_features_of_every_collection_are_geojson(client):
    for listed in asked(client, "/ogc/collections")["collections"]:
        items = ITEMS.format(listed["id"])
        answer = asked(client, f"{items}?limit=1000")

        FeatureCollection.model_validate(answer)
        assert answer["numberReturned"] == len(answer["features"])
        assert answer["numberMatched"] == len(answer["features"])
        assert "timeStamp" not in answer
        few = asked(client, f"{items}?limit=3")
        assert few["numberMatched"] == answer["numberMatched"]
        assert few["numberReturned"] == len(few["features"]) <= 3


def test_every_feature_is_answered_by_its_id_and_says_where_it_belongs(client):
    items = ITEMS.format("deep_poverty")
    for listed in asked(client, f"{items}?limit=1000")["features"]:
        one = asked(client, f"{items}/{listed['id']}")

        Feature.model_validate(one)
        assert one["id"] == listed["id"]
        assert one["geometry"] == listed["geometry"]
        (home,) = links(one, "collection")
        assert asked(client, home["href"])["id"] == "deep_poverty"


def parameter(client, name):
    api = asked(client, "/ogc/api")
    return api["components"]["parameters"][name]


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("bbox", NUMBERS),
        ("datetime", {"type": "string"}),
        ("limit", {"type": "integer"}),
    ],
)
def test_parameters_are_defined_as_the_standard_does(client, name, schema):
    told = parameter(client, name)

    assert {
        key: told[key] for key in ("name", "in", "required", "style", "explode")
    } == {
        "name": name,
        "in": "query",
        "required": False,
        "style": "form",
        "explode": False,
    }
    # Bounds and a default may be added to a limit.
    free = {"minimum", "maximum", "default"} if name == "limit" else set()
    assert {k: v for k, v in told["schema"].items() if k not in free} == schema


def test_a_limit_over_the_most_is_the_most(client):
    items = ITEMS.format("counties")
    most = parameter(client, "limit")["schema"]["maximum"]

    for limit in (1, 5, most, most + 1):
        features = asked(client, f"{items}?limit={limit}")["features"]
        assert len(features) == min(limit, 167)


@pytest.mark.parametrize(
    "period",
    [
        "2018-02-12T23:20:50Z",
        "2018-02-12T00:00:00Z/2018-03-18T12:31:12Z",
        "2018-02-12T00:00:00Z/..",
        "2018-02-12T00:00:00Z/",
        "../2018-03-18T12:31:12Z",
        "/2018-03-18T12:31:12Z",
    ],
)
def test_counties_bear_no_date_and_are_in_every_period(client, period):
    query = {"datetime": period, "limit": 100}
    items = ITEMS.format("poor_county")
    whole = client.get(items, params=query).json()
    box = client.get(items, params={**query, "bbox": "114,40,115,42"}).json()

    assert whole["numberMatched"] == 62
    alone = asked(client, f"{items}?bbox=114,40,115,42&limit=100")
    assert box["features"] == alone["features"]
    assert 0 < len(box["features"]) < 62


@pytest.mark.parametrize(("kind", "address"), every_answer().items())
def test_every_operation_answers_in_the_form_asked_for(client, kind, address):
    of_features = kind in {"feature", "features"}
    data = "application/geo+json" if of_features else "application/json"
    for wanted, told in (
        ("application/geo+json", data),
        ("application/json", data),
        ("text/html", "text/html; charset=utf-8"),
    ):
        answer = client.get(address, headers={"Accept": wanted})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == told


class Balanced(HTMLParser):
    """Reads a page and says which elements do not close in order."""

    VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})

    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.seen = [], [], set()
        self.declared = ""

    def handle_decl(self, decl):
        self.declared = decl

    def handle_starttag(self, tag, _):
        self.seen.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.mark.parametrize(("kind", "address"), every_answer().items())
def test_a_page_is_html5_and_says_what_the_data_say(client, kind, address):
    data = asked(client, address)
    text = client.get(f"{address}?f=html").text
    page = Balanced()
    page.feed(text)

    assert page.declared.lower() == "doctype html"
    assert page.wrong == page.open == []
    assert {"html", "head", "title", "body"} <= page.seen
    for part in data.get("collections", data.get("features", [data])):
        name = part.get("title") or part.get("id") or part["conformsTo"][0]
        assert name in text


def test_the_definition_is_valid_and_says_every_status_there_is(client):
    api = asked(client, "/ogc/api")
    OpenAPI.model_validate(api)

    items = f"{ITEMS.format('poor_county')}?limit=1"
    tag = client.get(items).headers["etag"]
    seen = {
        client.get(items).status_code,
        client.get(items, headers={"Range": "bytes=0-9"}).status_code,
        client.get(items, headers={"Range": "bytes=99999999-"}).status_code,
        client.get(items, headers={"If-None-Match": tag}).status_code,
        client.get(f"{items}&colour=red").status_code,
        client.get(f"{items}&{'x' * 20000}").status_code,
        client.get(f"{ITEMS.format('poor_county')}/999999").status_code,
    }
    assert seen == {200, 206, 304, 400, 404, 414, 416}
    for path, operations in api["paths"].items():
        told = operations["get"]["responses"]
        assert {str(status) for status in seen} == {*told}, path
        assert "security" not in operations["get"]


def test_every_path_of_the_definition_answers(client):
    for path, operations in asked(client, "/ogc/api")["paths"].items():
        (content,) = operations["get"]["responses"]["200"]["content"].keys() - {
            "text/html"
        }
        answer = client.get("/ogc" + path.replace("{itemId}", first(client, path)))
        assert answer.status_code == 200
        assert answer.headers["content-type"] == content


def first(client, path):
    if "{itemId}" not in path:
        return ""
    listed = asked(client, f"/ogc{path.removesuffix('/{itemId}')}?limit=1")
    return listed["features"][0]["id"]


def rows():
    """Abstract test, and our tests, by the rows of the page."""
    return re.findall(r"^\| `(/conf/\S+)` \| (.*?) \|", PAGE.read_text("utf-8"), re.M)


def test_the_page_has_every_abstract_test_once():
    told = [name for name, _ in rows()]
    assert sorted(told) == sorted(
        f"/conf/{group}/{name}"
        for group, names in CONFORMANCE.items()
        for name in names.split()
    )


def test_every_test_that_the_page_names_exists():
    for name, tests in rows():
        named = re.findall(r"`(test_\w+)\.(test_\w+)`", tests)
        assert named, name
        for module, test in named:
            text = (Path(__file__).parent / f"{module}.py").read_text("utf-8")
            defined = [
                part.name
                for part in ast.parse(text).body
                if isinstance(part, ast.FunctionDef)
            ]
            assert test in defined, (name, module, test)

"""OGC API – Features: its collections, features, links and pages."""

import json
import re
import threading
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.export import FORMATS
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.facts.columns import ALL_COUNTIES
from layers.facts.package import load
from layers.select.selection import members
from views.http.ogc import api as ogc
from views.http.ogc.description import PARAMETERS
from views.http.routes import routes

ROOT = Path(__file__).parents[3]
ITEMS = "/ogc/collections/poor_county/items"

STANDARD = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"

OUTSIDE = re.compile(
    r"""(?:src|href|action|data)\s*=\s*["']?(?:https?:)?//(?!testserver\b)""", re.I
)
"""What would make a browser ask another host, or lead there."""

PAGES = (
    "/ogc",
    "/ogc/conformance",
    "/ogc/collections",
    "/ogc/collections/deep_poverty",
    "/ogc/collections/deep_poverty/queryables",
    "/ogc/collections/deep_poverty/items",
    "/ogc/collections/deep_poverty/items/130722",
    "/ogc/api.html",
)


def ids(answer):
    assert answer.status_code == 200, answer.text[:300]
    return [feature["id"] for feature in answer.json()["features"]]


def links(body, relation):
    return [link["href"] for link in body["links"] if link["rel"] == relation]


def every_link(body):
    """Links of an answer and of its parts, wherever they stand."""
    found = []
    json.loads(
        json.dumps(body),
        object_hook=lambda part: found.append(part) if "href" in part else part,
    )
    return found


def is_terms(link):
    return link["rel"] == "license"


def test_every_programme_and_all_counties_are_collections(client, edition):
    answer = client.get("/ogc/collections").json()

    assert [one["id"] for one in answer["collections"]] == [
        ALL_COUNTIES,
        *edition.package.programmes,
    ]
    for one in answer["collections"]:
        assert one["title"] == client.get(links(one, "collection")[0]).json()["title"]
        assert client.head(links(one, "items")[0]).status_code == 200
        assert {
            link["type"] for link in one["links"] if link["rel"] == "enclosure"
        } == {form.media_type for form in FORMATS.values()}


def test_a_collection_has_the_members_of_its_programme_within_its_extent(
    client, edition
):
    counties = edition.counties("full")
    for programme in edition.package.programmes:
        address = f"/ogc/collections/{programme}"
        answer = client.get(f"{address}/items?limit=1000")

        assert ids(answer) == [*counties.index[members(counties, [programme])[:, 0]]]
        assert answer.json()["numberMatched"] == counties[programme].sum()
        bbox = client.get(address).json()["extent"]["spatial"]["bbox"][0]
        bounds = counties[members(counties, [programme])[:, 0]].total_bounds
        assert bbox == pytest.approx(bounds, abs=1e-6)


def test_features_say_what_the_file_of_the_layer_says(client):
    file = client.get("/layers/deep_poverty.geojson").json()["features"]
    served = client.get("/ogc/collections/deep_poverty/items").json()["features"]

    for there, here in zip(file, served, strict=True):
        told = json.loads(here["properties"].pop("evidence"))
        assert told == there["properties"].pop("evidence")
        assert here["properties"] == there["properties"]
        assert here["geometry"]["type"] == "MultiPolygon"
        assert shapely.equals(shape(here["geometry"]), shape(there["geometry"]))


def test_a_feature_is_answered_by_its_adcode(client):
    answer = client.get("/ogc/collections/deep_poverty/items/130722").json()

    assert answer["properties"]["name"] == "张北县"
    assert client.get(links(answer, "self")[0]).json() == answer


def test_pages_follow_one_another_and_hold_each_county_once(client):
    found, address = [], f"{ITEMS}?limit=25"
    sizes = []
    while address:
        answer = client.get(address)
        found += ids(answer)
        sizes.append(answer.json()["numberReturned"])
        address = next(iter(links(answer.json(), "next")), None)

    assert sizes == [25, 25, 12]
    assert len(set(found)) == len(found) == 62
    assert links(client.get(f"{ITEMS}?limit=25&offset=50").json(), "prev")


def test_conformance_is_to_what_is_served(client):
    answer = client.get("/ogc/conformance").json()["conformsTo"]

    assert {f"{STANDARD}/{name}" for name in ("core", "geojson", "html", "oas30")} <= {
        *answer
    }
    assert not [name for name in answer if "tiles" in name]


def test_what_it_says_of_its_parameters_is_true(client):
    landing = client.get("/ogc").json()
    answer = client.get(links(landing, "service-desc")[0])
    document = answer.json()

    assert answer.headers["content-type"].startswith(
        "application/vnd.oai.openapi+json;version=3.0"
    )
    assert document["openapi"].startswith("3.0")
    assert document["servers"] == [{"url": "/ogc"}]
    known = document["components"]["parameters"]
    assert known["limit"]["schema"]["maximum"] == ogc.LIMIT_MOST
    own = client.get("/ogc/collections/poor_county/queryables").json()["properties"]
    told = document["paths"]["/collections/poor_county/items"]["get"]["parameters"]
    names = {parameter["$ref"].rsplit("/", 1)[1] for parameter in told}
    assert names == {*PARAMETERS["/collections/{collectionId}/items"], *own}


def test_links_follow_host_and_path():
    with TestClient(
        Starlette(routes=routes("/gis/hebei")), base_url="https://maps.example:8443"
    ) as client:
        for path in ("", "/collections", "/collections/poor_county/items"):
            body = client.get(f"/gis/hebei/ogc{path}").json()
            every = [link["href"] for link in every_link(body) if not is_terms(link)]

            assert every
            for address in every:
                assert address.startswith("https://maps.example:8443/gis/hebei/")
        collection = client.get("/gis/hebei/ogc/collections/poor_county").json()
        for file in links(collection, "enclosure"):
            assert client.head(file).status_code == 200


@pytest.mark.parametrize("address", PAGES[:1] + PAGES[2:4] + PAGES[5:7])
def test_an_answer_links_to_itself_in_every_form(client, address):
    answers = {form: client.get(f"{address}?f={form}") for form in ("json", "html")}
    listed = answers["json"].json()["links"]

    (self,) = (link for link in listed if link["rel"] == "self")
    assert self["type"] == answers["json"].headers["content-type"]
    assert client.get(self["href"]).content == answers["json"].content
    (other,) = (link for link in listed if link["rel"] == "alternate")
    assert other["type"] == "text/html"
    page = client.get(other["href"])
    assert page.headers["content-type"].startswith("text/html")
    assert "GS(2024)0650" in page.text


@pytest.mark.parametrize("address", [*PAGES[2:4], *PAGES[5:7]])
def test_data_bear_the_credit_and_links_to_the_terms(client, address):
    body = client.get(address).json()

    assert [link["href"] for link in body["links"] if is_terms(link)] == [
        licence["path"]
        for folder in ("boundaries", "attributes")
        for licence in json.loads(
            (ROOT / "data" / folder / "datapackage.json").read_text("utf-8")
        )["licenses"]
        if "path" in licence
    ]
    for part in body.get("collections", [body]):
        assert "GS(2024)0650" in part["attribution"]


@pytest.mark.parametrize("address", PAGES)
def test_an_answer_has_a_tag_and_is_not_sent_twice(client, address):
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["cache-control"] == "no-cache"
    assert again.status_code == 304


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_no_other_host_and_run_no_script(client, address):
    answer = client.get(address, headers={"Accept": "text/html,*/*;q=0.8"})

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not OUTSIDE.search(answer.text)
    assert "<script" not in answer.text.lower()
    assert "<img" not in answer.text.lower()


def test_a_browser_of_another_host_may_read(client):
    origin = {"Origin": "https://elsewhere.example"}
    asked = {**origin, "Access-Control-Request-Method": "GET"}

    assert client.options(ITEMS, headers=asked).status_code == 204
    answer = client.get(ITEMS, headers=origin)
    assert answer.headers["access-control-allow-origin"] == "*"


def test_another_edition_of_the_tables_is_served_at_once(client, spoiled, monkeypatch):
    before = client.get(f"{ITEMS}/130722")
    copy = spoiled()
    copy.change_text("variables.csv", lambda text: text.replace("贫困县", "脱贫县"))
    monkeypatch.setattr(SERVED, "_edition", Edition(load(copy.directory)))

    title = client.get("/ogc/collections/poor_county").json()["title"]
    assert title.startswith("脱贫县")
    assert client.get(f"{ITEMS}/130722").status_code == before.status_code == 200


def test_many_clients_at_once_get_the_same(client):
    answers = []

    def ask():
        answers.append(client.get(f"{ITEMS}?limit=100").content)

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 20
    assert len(set(answers)) == 1


def test_relations_are_those_of_the_standards(client):
    queryables = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
    first = client.get("/ogc").json()["links"]
    whole = [link["href"] for link in first if link["rel"] == "data"]

    assert whole == ["http://testserver/ogc/collections"]
    assert {link["rel"] for link in first if link.get("templated")} == {
        *("collection", "items", "item"),
        queryables,
    }
    own = client.get("/ogc/collections/poor_county").json()["links"]
    address = next(link["href"] for link in own if link["rel"] == queryables)
    assert client.get(address).status_code == 200

"""The catalogue of layers as a page and as JSON, and who may keep an answer."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.export import FORMATS
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.facts.columns import ALL_COUNTIES
from layers.facts.package import load
from views.http import layer_page
from views.http.routes import routes

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


class Addresses(HTMLParser):
    """Collects what a page links to and what it would load."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.links = set(), []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if ("type", "application/ld+json") not in attributes:  # data, no script
            self.tags.add(tag)
        self.links += [value for name, value in attributes if name == "href"]


def test_a_browser_gets_a_page_of_all_layers_in_both_languages(client):
    answer = client.get("/layers", headers=BROWSER)

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for programme in SERVED.edition().package.programmes.values():
        assert programme.name_zh in answer.text
        assert programme.name_en.replace("'", "&#x27;") in answer.text
    assert 'lang="zh-CN"' in answer.text
    assert 'lang="en"' in answer.text
    assert '<td class="number">62</td>' in answer.text
    assert SERVED.edition().package.boundaries.metadata().credit_zh in answer.text


def test_every_link_of_the_page_leads_to_an_answer(client):
    addresses = Addresses(client.get("/layers?f=html").text).links

    layers = [ALL_COUNTIES, *SERVED.edition().package.programmes]
    for layer in layers:
        assert f"/ogc/collections/{layer}" in addresses
        for form in FORMATS.values():
            assert f"/layers/{layer}{form.suffix}" in addresses
        for suffix in ("pdf", "png", "svg", "html"):
            assert f"/layers/{layer}.{suffix}" in addresses
    for address in {a for a in addresses if "/layers/" not in a} | {
        f"/layers/deep_poverty{form.suffix}" for form in FORMATS.values()
    }:
        assert client.get(address).status_code == 200, address


def test_the_page_loads_nothing(client):
    answer = client.get("/layers?f=html")
    found = Addresses(answer.text)

    assert not found.tags & {"script", "img", "link", "iframe", "object", "form"}
    assert all(
        address.startswith(("/", "http://testserver/")) for address in found.links
    )
    assert "http://testserver/ogc" in found.links
    assert "url(" not in answer.text
    assert "@import" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", "application/json"),
        ("", "application/json"),
        ("application/json", "application/json"),
        ("application/json, text/html", "application/json"),
        ("application/json;q=0.5, text/html", "text/html"),
        ("text/html;q=0", "application/json"),
        ("text/html;q=x", "application/json"),
        (BROWSER["Accept"], "text/html"),
    ],
)
def test_the_form_is_what_the_client_likes_best(client, accept, form):
    answer = client.get("/layers", headers={"Accept": accept})

    assert answer.headers["content-type"].split(";")[0] == form
    assert "Accept," in answer.headers["vary"]


def test_a_form_asked_for_by_address_goes_first(client):
    assert client.get("/layers?f=json", headers=BROWSER).json()["layers"]
    assert client.get("/layers?f=html").text.startswith("<!DOCTYPE html>")
    refused = client.get("/layers?f=yaml")
    assert refused.status_code == 400
    assert refused.json()["faults"][0]["allowed"] == ["html", "json"]


@given(name=st.text(), note=st.text(min_size=1))
@example(name="<script>", note='"><b>')
def test_texts_of_the_tables_are_never_markup(name, note):
    def page(name, note):
        layer = {
            "id": "x",
            "name": {"zh": name, "en": "in English"},
            "note": {"zh": note, "en": "in English"},
            "count": 1,
            "files": {form.id: f"/layers/x{form.suffix}" for form in FORMATS.values()},
            "maps": {"pdf": "/layers/x.pdf"},
            "collection": "javascript:alert(1)",
        }
        variable = {
            "id": "y",
            "label": "number",
            "name": {"zh": name, "en": "in English"},
            "definition": {"zh": note, "en": "in English"},
            "unit": {"zh": name, "en": "in English"},
            "known": 1,
        }
        listed = {"layers": [layer], "variables": [variable]}
        about = {"plain": "/plain", "credit": {"zh": note, "en": "in English"}}
        return layer_page.layer_page(listed, "/layers", "/ogc", **about).decode()

    # As many tags, whatever the texts are.
    assert page(name, note).count("<") == page("a", "b").count("<")
    assert 'href="javascript' not in page(name, note)


def test_a_prefix_stands_in_every_link():
    with TestClient(Starlette(routes=routes("/gis"))) as client:
        found = Addresses(client.get("/gis/layers?f=html").text)
        listed = client.get("/gis/layers").json()["layers"]

    assert found.links
    assert all(
        address.removeprefix("http://testserver").startswith("/gis/")
        for address in found.links
    )
    assert all(layer["collection"].startswith("/gis/ogc/") for layer in listed)


@pytest.mark.parametrize("address", ["/layers", "/layers/deep_poverty.csv"])
def test_no_answer_bears_a_date_that_could_be_older_than_its_content(client, address):
    answer = client.get(address)

    assert "last-modified" not in answer.headers
    assert answer.headers["etag"]


@pytest.mark.parametrize(
    "headers",
    [
        {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
        {"If-Modified-Since": "Thu, 99 Jan 99999 00:00:00 GMT"},
        # A date says nothing of a content: the clock of a file may go backwards.
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT", "If-None-Match": '"x"'},
    ],
)
def test_an_answer_is_sent_to_who_has_another(client, headers):
    assert client.get("/layers/deep_poverty.csv", headers=headers).status_code == 200


def test_a_tag_of_another_edition_is_answered_anew(client, spoiled, monkeypatch):
    before = client.get("/layers").headers["etag"]
    copy = spoiled()
    copy.change_text("variables.csv", lambda text: text.replace("贫困县", "脱贫县"))
    monkeypatch.setattr(SERVED, "_edition", Edition(load(copy.directory)))

    answer = client.get("/layers", headers={"If-None-Match": before})
    assert answer.status_code == 200
    assert answer.headers["etag"] != before
    assert "脱贫县" in answer.text


@pytest.mark.parametrize("address", ["/layers", "/layers/poor_county.geojson"])
def test_a_page_of_another_host_may_ask(client, address):
    answer = client.options(
        address,
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "GET",
        },
    )

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "GET" in answer.headers["access-control-allow-methods"]
    assert client.post(address).status_code == 405

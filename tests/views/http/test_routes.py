"""Layers, geometry and assets by address: the service beside the pages."""

import gzip
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.export import FORMATS
from layers.edition import assets
from layers.facts.columns import ALL_COUNTIES
from layers.files.export import export
from layers.select.choices import Choices
from layers.select.selection import Selection, members
from tests import real
from tests.pictures import text_of
from views.http.routes import routes

CHOICES = Choices.of(real.package())


def test_every_programme_answers_its_members(client, edition):
    counties = edition.counties("full")
    for programme in edition.package.programmes:
        answer = client.get(f"/layers/{programme}.geojson")

        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/geo+json"
        ids = [feature["id"] for feature in answer.json()["features"]]
        assert ids == list(counties.index[members(counties, [programme])[:, 0]])


def test_the_catalogue_lists_every_layer_with_an_address_that_answers(client, edition):
    layers = client.get("/layers").json()["layers"]

    assert [layer["id"] for layer in layers] == [
        ALL_COUNTIES,
        *edition.package.programmes,
    ]
    for layer in layers:
        assert client.head(layer["files"]["geojson"]).status_code == 200


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS.keys())
def test_every_format_has_its_address_and_media_type(client, form):
    answer = client.get(f"/layers/deep_poverty{form.suffix}")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == form.media_type
    assert form.suffix in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("suffix", "head"),
    [("pdf", b"%PDF"), ("png", b"\x89PNG"), ("svg", b"<?xml"), ("html", b"<!DOCTYPE")],
)
def test_a_layer_comes_as_a_sheet_and_as_one_file_too(client, suffix, head):
    answer = client.get(f"/layers/deep_poverty.{suffix}?see=partner&lang=en")

    assert answer.status_code == 200
    assert answer.content.startswith(head)
    assert suffix in answer.headers["content-type"]


def test_an_unknown_paper_or_way_is_400(client):
    for query in ("paper=A0", "orientation=round", "see=blind"):
        assert client.get(f"/layers/deep_poverty.pdf?{query}").status_code == 400


def test_an_unknown_format_is_404_and_says_which_exist(client):
    answer = client.get("/layers/deep_poverty.dwg")

    assert answer.status_code == 404
    assert "geojson" in answer.json()["formats"]


def test_a_coordinate_system_that_a_format_forbids_is_400_and_says_why(client):
    answer = client.get("/layers/deep_poverty.geojson?crs=EPSG:3857")

    assert answer.status_code == 400
    assert "EPSG:4326" in answer.json()["faults"][0]["message"]["en"]


def test_an_empty_selection_is_no_shapefile_but_a_message(client):
    answer = client.get("/layers/deep_poverty.shp.zip?prefecture=130100")

    assert answer.status_code == 400
    assert answer.json()["faults"][0]["message"]["zh"]


def test_the_query_string_is_a_selection(client, edition):
    selection = Selection(any_of=("poor_county",), prefectures=("130700",))
    answer = client.get(f"/layers/deep_poverty.geojson?{selection.to_query()}")

    expected = export(
        edition.package,
        edition.counties("full"),
        selection,
        programme="deep_poverty",
        address="http://testserver",
    )
    assert answer.content == expected.content
    assert answer.json()["metadata"]["count"] == 5


@pytest.mark.parametrize(
    ("prefix", "configured", "start"),
    [
        ("", "", "http://testserver/"),
        ("/gis", "", "http://testserver/gis/"),
        ("/gis", "https://atlas.example/map", "https://atlas.example/map/"),
    ],
)
def test_a_file_has_a_link_that_leads_to_its_selection(
    monkeypatch, prefix, configured, start
):
    monkeypatch.setenv("ATLAS_ADDRESS", configured)
    with TestClient(Starlette(routes=routes(prefix))) as client:
        answer = client.get(f"{prefix}/layers/deep_poverty.geojson?partner=110000")

    link = answer.json()["metadata"]["link"]
    assert link == f"{start}?all=deep_poverty&partner=110000"


def test_the_link_of_a_sheet_keeps_the_way_of_seeing(client):
    answer = client.get("/layers/deep_poverty.pdf?see=exit")

    text = text_of(answer.content)
    assert "http://testserver/?all=deep_poverty&see=exit" in text.replace("\n", "")


def test_an_empty_selection_is_a_valid_empty_collection(client):
    answer = client.get("/layers/deep_poverty.geojson?prefecture=130100")

    assert answer.status_code == 200
    assert answer.json()["features"] == []


def test_an_unknown_layer_is_404_and_says_which_exist(client, edition):
    answer = client.get("/layers/no_such.geojson")

    assert answer.status_code == 404
    assert answer.json()["layers"] == [ALL_COUNTIES, *edition.package.programmes]
    assert set(answer.json()["message"]) == {"zh", "en"}


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("colour=red", "colour", "prefecture"),
        ("all=no_such", "all", "deep_poverty"),
        ("prefecture=999999", "prefecture", "130100"),
        ("area=poor_county", "area", "contiguous_heilonggang"),
        ("detail=tiny", "detail", "overview"),
        ("lang=fr", "lang", "en"),
        ("all=deep_poverty,%3Cb%3E", "all", "deep_poverty"),
    ],
)
def test_an_unknown_parameter_or_value_is_400_and_says_what_exists(
    client, query, parameter, allowed
):
    answer = client.get(f"/layers/poor_county.geojson?{query}")

    assert answer.status_code == 400
    fault = answer.json()["faults"][0]
    assert fault["parameter"] == parameter
    known = client.get(answer.json()["catalogue"]).json()["parameters"]
    assert allowed in known.get(parameter, known)
    assert fault["allowed"] == [*known.get(parameter, known)][: len(fault["allowed"])]


@given(
    name=st.sampled_from([*CHOICES.parameters.values(), "x"]),
    value=st.text(max_size=40),
)
def test_no_address_makes_the_server_stumble(client, name, value):
    answer = client.get(f"/layers/poor_county.geojson?{name}={quote(value)}")

    assert answer.status_code in {200, 400}
    assert answer.json()


def test_the_same_answer_is_not_sent_twice(client):
    first = client.get("/layers/deep_poverty.geojson")
    again = client.get(
        "/layers/deep_poverty.geojson",
        headers={"If-None-Match": first.headers["etag"]},
    )

    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize("written", ["*", "W/{}", '"other", {}', '"a,b",W/{}'])
def test_who_has_the_answer_gets_304_however_the_tag_is_written(client, written):
    address = "/layers/deep_poverty.csv"
    tag = client.get(address).headers["etag"]
    for method in ("GET", "HEAD"):
        again = client.request(
            method, address, headers={"If-None-Match": written.format(tag)}
        )
        assert again.status_code == 304
        assert again.headers["etag"] == tag


@pytest.mark.parametrize("written", ["{}", "x{}", '"x{}"', "", '"*"'])
def test_a_tag_that_only_looks_like_the_answers_is_another(client, written):
    address = "/layers/deep_poverty.csv"
    tag = client.get(address).headers["etag"].strip('"')

    answer = client.get(address, headers={"If-None-Match": written.format(tag)})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("accepts", "packed"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br, gzip;q=0.8", True),
        ("*", True),
        ("gzip;q=1, identity;q=0", True),
        ("", False),
        ("identity", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("identity, gzip;q=0.5", False),
        ("notgzip", False),
    ],
)
def test_an_answer_is_packed_as_the_client_weighs_it(client, accepts, packed):
    answer = client.get(
        "/layers/deep_poverty.geojson", headers={"Accept-Encoding": accepts}
    )

    assert answer.headers.get("content-encoding") == ("gzip" if packed else None)
    assert answer.json()["type"] == "FeatureCollection"
    assert answer.headers["etag"].endswith('-gz"') == packed


@pytest.mark.parametrize(
    "address", ["/layers", "/layers/deep_poverty.csv", "/ogc/collections"]
)
def test_a_method_that_is_not_there_is_405_and_says_which_are(client, address):
    answer = client.post(address)

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


TWICE = "prefecture=130700&prefecture=130800"


def test_a_list_given_twice_counts_twice(client):
    twice = client.get(f"/layers/counties.geojson?{TWICE}&detail=overview").json()
    once = client.get(
        "/layers/counties.geojson?prefecture=130700,130800&detail=overview"
    ).json()

    assert len(twice["features"]) == 27
    assert twice == once


def test_a_list_given_twice_counts_twice_on_the_map_page(client, edition):
    digest = assets.bundle(edition).digest
    state = client.get(f"/assets/{digest}/state.json?{TWICE}&lang=en").json()

    assert state["head"]["selected"] == 27
    assert state["query"] == "prefecture=130700%2C130800"


def test_a_list_given_twice_counts_twice_on_a_sheet(client):
    answer = client.get(f"/layers/counties.pdf?{TWICE}&lang=en")

    text = text_of(answer.content)
    assert "Zhangjiakou, Chengde" in text.replace("\n", " ")


@pytest.mark.parametrize(
    ("suffix", "query"),
    [
        ("geojson", "lang=zh&lang=en"),
        ("geojson", "detail=full&detail=overview"),
        ("gpkg", "crs=EPSG:4326&crs=EPSG:4490"),
        ("pdf", "see=exit&see=partner"),
        ("pdf", "paper=A4&paper=A3"),
        ("pdf", "orientation=portrait&orientation=landscape"),
        ("html", "lang=zh&lang=en"),
    ],
)
def test_one_of_two_different_values_is_not_chosen_silently(client, suffix, query):
    answer = client.get(f"/layers/deep_poverty.{suffix}?{query}")

    assert answer.status_code == 400
    (fault,) = answer.json()["faults"]
    name = query.partition("=")[0]
    assert fault["parameter"] == name
    assert "more than once" in fault["message"]["en"]
    assert all(value in fault["message"]["zh"] for value in fault["value"].split(" ≠ "))


@pytest.mark.parametrize(
    "query",
    ["lang=zh&lang=en", "see=exit&see=area", "press=clear&press=all_of:deep_poverty"],
)
def test_nor_on_the_map_page(client, edition, query):
    digest = assets.bundle(edition).digest
    answer = client.get(f"/assets/{digest}/state.json?{query}")

    assert answer.status_code == 400
    (fault,) = answer.json()["faults"]
    assert fault["parameter"] == query.partition("=")[0]


def test_nor_for_the_list_of_layers(client):
    assert client.get("/layers?f=json&f=html").status_code == 400
    assert client.get("/layers?f=json&f=json").status_code == 200


def test_the_same_value_twice_is_that_value(client):
    answer = client.get("/layers/deep_poverty.geojson?detail=overview&detail=overview")

    assert answer.json()["metadata"]["boundary_detail"] == "overview"


def test_answers_are_compressed_for_who_asks(client):
    plain = client.get("/layers/poor_county.geojson", headers={"Accept-Encoding": ""})
    with client.stream("GET", "/layers/poor_county.geojson") as answer:
        packed = b"".join(answer.iter_raw())

    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 2


def test_geometry_is_light_on_the_wire_and_cached_for_ever(client, edition):
    address = assets.bundle_address(edition, "overview")
    with client.stream("GET", address) as answer:
        packed = b"".join(answer.iter_raw())

    assert "immutable" in answer.headers["cache-control"]
    assert len(packed) <= 70 * 1024
    content = json.loads(gzip.decompress(packed))
    assert len(content["county"]["features"]) == len(content["counties"]) == 167


@pytest.mark.parametrize(
    "name",
    ["page/map-page.js", "page/map-page.js.map", "catalogue.json", "page/styles.css"],
)
def test_assets_have_their_media_type_and_another_edition_is_404(client, edition, name):
    files = assets.bundle(edition)
    answer = client.get(files.address(name))

    assert answer.status_code == 200
    assert answer.content == files.files[name]
    assert answer.headers["content-type"].split(";")[0] in {
        "text/javascript",
        "application/json",
        "text/css",
    }
    assert client.get(f"/assets/0123456789abcdef/{name}").status_code == 404
    assert client.get(files.address("../routes.py")).status_code == 404

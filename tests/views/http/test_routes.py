"""Layers, geometry and assets by address: the service beside the pages."""

import gzip
import io
import json
import subprocess
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.export import FORMATS
from layers.edition import assets
from layers.facts.checks import ALL_COUNTIES
from layers.files.export import export
from layers.select.selection import PARAMETERS, Selection
from views.frame import chrome
from views.http.routes import routes


def test_every_programme_answers_its_members(client, atlas):
    counties = atlas.counties("full")
    for programme in atlas.package.programmes:
        answer = client.get(f"/layers/{programme}.geojson")

        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/geo+json"
        ids = [feature["id"] for feature in answer.json()["features"]]
        assert ids == list(counties.index[counties[programme]])


def test_the_catalogue_lists_every_layer_with_an_address_that_answers(client, atlas):
    layers = client.get("/layers").json()["layers"]

    assert [layer["id"] for layer in layers] == [
        ALL_COUNTIES,
        *atlas.package.programmes,
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


def test_the_query_string_is_a_selection(client, atlas):
    selection = Selection(any_of=("poor_county",), prefectures=("130700",))
    answer = client.get(f"/layers/deep_poverty.geojson?{selection.to_query()}")

    expected = export(
        atlas.package,
        atlas.counties("full"),
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
    monkeypatch.setattr(chrome, "ADDRESS", configured)
    with TestClient(Starlette(routes=routes(prefix))) as client:
        answer = client.get(f"{prefix}/layers/deep_poverty.geojson?partner=110000")

    link = answer.json()["metadata"]["link"]
    assert link == f"{start}?all=deep_poverty&partner=110000"


def test_the_link_of_a_sheet_keeps_the_way_of_seeing(client):
    answer = client.get("/layers/deep_poverty.pdf?see=exit")

    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "http://testserver/?all=deep_poverty&see=exit" in text.replace("\n", "")


def test_an_empty_selection_is_a_valid_empty_collection(client):
    answer = client.get("/layers/deep_poverty.geojson?prefecture=130100")

    assert answer.status_code == 200
    assert answer.json()["features"] == []


def test_an_unknown_layer_is_404_and_says_which_exist(client, atlas):
    answer = client.get("/layers/no_such.geojson")

    assert answer.status_code == 404
    assert answer.json()["layers"] == [ALL_COUNTIES, *atlas.package.programmes]
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
    assert allowed in fault["allowed"]


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from([*PARAMETERS.values(), "x"]),
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


def test_answers_are_compressed_for_who_asks(client):
    plain = client.get("/layers/poor_county.geojson", headers={"Accept-Encoding": ""})
    with client.stream("GET", "/layers/poor_county.geojson") as answer:
        packed = b"".join(answer.iter_raw())

    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 2


def test_geometry_is_light_on_the_wire_and_cached_for_ever(client, atlas):
    address = assets.bundle_address(atlas, "overview")
    with client.stream("GET", address) as answer:
        packed = b"".join(answer.iter_raw())

    assert "immutable" in answer.headers["cache-control"]
    assert len(packed) <= 70 * 1024
    content = json.loads(gzip.decompress(packed))
    assert len(content["county"]["features"]) == len(content["counties"]) == 167


@pytest.mark.parametrize("name", ["page/map-view.js", "catalogue.json", "leaflet.css"])
def test_assets_have_their_media_type_and_another_edition_is_404(client, atlas, name):
    files = assets.bundle(atlas)
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


def test_gdal_reads_a_layer_by_its_address(tmp_path):
    from driving import running_app

    with running_app(tmp_path / "server.log") as address:
        url = f"{address}/layers/deep_poverty.geojson?prefecture=130700"
        answer = subprocess.run(
            ["ogrinfo", "-so", "-al", url], capture_output=True, text=True, check=True
        )

    assert "Feature Count: 5" in answer.stdout
    assert "WGS 84" in answer.stdout

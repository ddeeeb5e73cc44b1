"""Headers, hosts, origins and proxies, as an office sets them."""

import json
from functools import partial

import pytest
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from layers import settings
from layers.webmap.basemaps import base_maps
from views.http.door import Door
from views.http.front import failed, front
from views.http.origins import host_name, origin_host
from views.http.routes import routes


@pytest.fixture
def office(monkeypatch):
    """Makes a client of the service under settings."""

    def with_settings(prefix="", more=(), base_url="http://testserver", **values):
        for name, value in values.items():
            monkeypatch.setenv(f"ATLAS_{name.upper()}", value)
        app = Starlette(
            routes=[*routes(prefix), *more],
            middleware=front(prefix),
            exception_handlers={Exception: failed},
        )
        return TestClient(app, base_url=base_url, raise_server_exceptions=False)

    return with_settings


ADDRESSES = {
    "/layers": 200,
    "/layers?f=html": 200,
    "/layers/deep_poverty.csv": 200,
    "/layers/no_such.csv": 404,
    "/layers/counties.csv?in=1": 400,
    "/layers/counties.csv?in=%ff": 400,
    "/ogc": 200,
    "/ogc/collections?f=html": 200,
    "/ogc/collections/no_such": 404,
    "/ogc/collections/counties/items?limit=0": 400,
    "/assets/0/no.js": 404,
    "/boundaries/0/full.json": 404,
    "/nowhere": 404,
    "/_stcore/metrics": 404,
    "/_stcore/agent/mcp": 404,
}


@pytest.mark.parametrize(("address", "status"), ADDRESSES.items())
def test_every_answer_bears_the_headers(office, address, status):
    answer = office().get(address)

    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors" in policy
    assert "http:" not in policy and "https:" not in policy and "*" not in policy
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("wish", "coding"),
    [
        ("gzip", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0, identity", None),
        ("gzip;q=0.4, identity;q=0.5", None),
        ("br, gzip;q=0.5", "gzip"),
    ],
)
def test_who_takes_no_gzip_gets_none_whatever_packs_behind(office, wish, coding):
    # Streamlit's own packs behind the door, too.
    words = GZipMiddleware(
        PlainTextResponse("word " * 1000, headers={"Vary": "Accept-Encoding"})
    )
    client = office(more=[Mount("/words", words)])

    answer = client.get("/words", headers={"Accept-Encoding": wish})

    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["vary"] == "Accept-Encoding"


def test_an_answer_that_fails_bears_them_too_and_tells_nothing(office):
    def stumble(_):
        raise RuntimeError("secret of the house")

    answer = office(more=[Route("/stumble", stumble)]).get("/stumble")

    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert {*answer.json()["message"]} == {"zh", "en"}
    assert "frame-ancestors" in answer.headers["content-security-policy"]


def test_a_file_that_is_opened_here_is_no_page_of_ours(office):
    policy = office().get("/layers/counties.html").headers["content-security-policy"]

    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy


def test_who_may_embed_the_atlas_is_set(office):
    client = office(embed="https://portal.example")
    answer = client.get("/nowhere")

    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'self' https://portal.example" in policy
    assert "x-frame-options" not in answer.headers


def test_images_may_come_from_the_base_map_that_is_set(office):
    client = office(tiles="https://{s}.tiles.example/{z}/{x}/{y}.png")
    policy = client.get("/nowhere").headers["content-security-policy"]

    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert "https://a.tiles.example" in rules["img-src"]
    assert not any(
        "example" in text for name, text in rules.items() if name != "img-src"
    )


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("maps.example", 200),
        ("MAPS.example:8443", 200),
        ("a.gov.example", 200),
        ("evil.example", 400),
        ("maps.example.evil", 400),
        ("gov.example", 400),
        ("maps.example@evil", 400),
        ("", 400),
    ],
)
def test_only_hosts_that_are_named_are_answered(office, host, status):
    client = office(hosts="maps.example,*.gov.example")
    answer = client.get("/layers/deep_poverty.geojson", headers={"Host": host})

    assert answer.status_code == status
    if status == 400:
        assert {*answer.json()["message"]} == {"zh", "en"}
        assert "evil" not in answer.text


def test_the_own_address_is_written_everywhere(office):
    own = "https://maps.example/gis"
    client = office(address=own, base_url="http://127.0.0.1:8600")

    layers = client.get("/layers?f=html").text
    assert f"{own}/ogc" in layers
    landing = client.get("/ogc").json()
    collections = client.get("/ogc/collections").json()
    items = client.get("/ogc/collections/counties/items?limit=2").json()
    file = client.get("/layers/deep_poverty.geojson").json()
    links = [
        link["href"]
        for part in (landing, collections, items, *collections["collections"])
        for link in part["links"]
        if link["rel"] != "license"
    ]
    assert len(links) > 50
    assert {link.startswith((f"{own}/ogc", f"{own}/layers/")) for link in links} == {
        True
    }
    assert file["metadata"]["link"].startswith(f"{own}/?")
    assert "127.0.0.1" not in layers + json.dumps([landing, collections, items, file])
    moved = client.get("/layers/", follow_redirects=False)
    assert moved.headers["location"] == f"{own}/layers"


def test_the_own_address_is_written_where_the_application_has_a_path_too(office):
    own = "https://maps.example/gis"
    client = office(prefix="/gis", address=own)

    links = [link["href"] for link in client.get("/gis/ogc").json()["links"]]
    assert all(link.startswith(f"{own}/ogc") for link in links)
    moved = client.get("/gis/layers/", follow_redirects=False)
    assert moved.headers["location"] == f"{own}/layers"


@pytest.mark.parametrize(
    ("client_ip", "scheme"),
    [("10.0.0.7", "https"), ("::ffff:10.0.0.7", "https"), ("10.0.0.8", "http")],
)
def test_a_proxy_is_believed_if_it_is_named(client_ip, scheme):
    told = {}

    async def tell(scope, receive, send):
        told.update(scheme=scope["scheme"], client=scope["client"][0])
        await PlainTextResponse("")(scope, receive, send)

    known = settings.read({"ATLAS_PROXIES": "10.0.0.7"})
    client = TestClient(Door(tell, known), client=(client_ip, 1))
    client.get(
        "/",
        headers={
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "6.6.6.6, 192.0.2.1, 10.0.0.7",
        },
    )

    assert told["scheme"] == scheme
    assert told["client"] == ("192.0.2.1" if scheme == "https" else client_ip)


async def _accept(websocket):
    await websocket.accept()
    await websocket.send_text(websocket.headers.get("origin", ""))
    await websocket.close()


@pytest.mark.parametrize(
    ("origin", "known"),
    [
        (None, True),
        ("http://testserver", True),
        ("https://maps.example", True),
        ("https://evil.example", False),
        ("null", False),
        ("http://[::1", False),
        ("http://testserver:port", False),
        ("http://testserver@evil.example", False),
        ("http://testserver/x", False),
        ("http://é", False),
        ("", False),
        ("\x01", False),
    ],
)
def test_a_websocket_is_opened_for_pages_of_ours_only(office, origin, known):
    more = [WebSocketRoute("/stream", _accept)]
    client = office(more=more, address="https://maps.example/gis")
    headers = {} if origin is None else {"Origin": origin.encode("utf-8")}
    connect = partial(
        client.websocket_connect, "ws://testserver/stream", headers=headers
    )

    if known:
        with connect() as stream:
            # Streamlit asks the internet about any other.
            assert stream.receive_text() in {"", "http://testserver"}
    else:
        with pytest.raises(WebSocketDisconnect), connect():
            pass


def test_no_base_map_has_no_host():
    assert base_maps({}) == []


@pytest.mark.parametrize("text", ["a..b", "localhost", "10.0.0.1:8501", "[::1]:80"])
def test_a_host_is_read(text):
    assert host_name(text)


@pytest.mark.parametrize("text", ["a/b", "a b", "<b>", "a:x", "a,b", "é", "[::1", ""])
def test_what_is_no_host_is_none(text):
    assert host_name(text) is None
    assert origin_host(f"http://{text}") is None

"""Streamlit's files as they are sent: packed, kept, without what is not shown."""

import gzip

import brotli
import pytest
from fontTools.ttLib import TTFont
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from views.http.prepare import FOLDER, prepare
from views.http.static import Static

FONT = next(FOLDER.glob("static/media/MaterialSymbols-Rounded*.woff2"))
SCRIPT = b"let a = 1;\n" * 500


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    folder, prepared = (tmp_path_factory.mktemp(name) for name in ("from", "to"))
    (folder / "static" / "js").mkdir(parents=True)
    (folder / "static" / "media").mkdir()
    (folder / "static" / "js" / "a.0.js").write_bytes(SCRIPT + b'":material/close"')
    (folder / "static" / "media" / FONT.name).write_bytes(FONT.read_bytes())
    written = [*prepare(folder, prepared)]
    assert len(written) == 2
    return folder, prepared


@pytest.fixture(params=["prepared", "not prepared"])
def client(request, folders, tmp_path):
    folder, prepared = folders
    there = prepared if request.param == "prepared" else tmp_path
    app = Starlette(
        routes=[Route("/gis/other", lambda _: PlainTextResponse("other"))],
        middleware=[Middleware(Static, prefix="/gis", folder=folder, prepared=there)],
    )
    return TestClient(app)


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0", None), ("", None)],
)
def test_a_script_is_sent_as_the_browser_takes_it(client, accepts, coding):
    headers = {"Accept-Encoding": accepts}
    with client.stream("GET", "/gis/static/js/a.0.js", headers=headers) as answer:
        raw = b"".join(answer.iter_raw())
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]

    assert answer.headers.get("content-encoding") == coding
    assert unpack(raw).startswith(SCRIPT)
    assert len(raw) < (200 if coding else 10_000)
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["vary"] == "Accept-Encoding"
    again = client.get(
        "/gis/static/js/a.0.js",
        headers=headers | {"If-None-Match": answer.headers["etag"]},
    )
    assert again.status_code == 304


def test_other_addresses_are_handed_on(client):
    assert client.get("/gis/other").text == "other"
    for path in (
        "/gis/static/js/none.js",
        "/gis/static/../index.html",
        "/static/js/a.0.js",
    ):
        assert client.get(path).status_code == 404


def test_the_icons_that_are_shown_stay_in_the_font(folders, tmp_path):
    _, prepared = folders
    font = TTFont(prepared / "static" / "media" / FONT.name)
    named = {
        name
        for lookup in font["GSUB"].table.LookupList.Lookup
        for part in lookup.SubTable
        for each in getattr(part, "ExtSubTable", part).ligatures.values()
        for name in [ligature.LigGlyph for ligature in each]
    }

    assert len(named) >= 1
    assert len(font.getGlyphOrder()) < 200
    size = (prepared / "static" / "media" / FONT.name).stat().st_size
    assert size < FONT.stat().st_size / 10

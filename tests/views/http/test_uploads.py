"""Files that sessions have uploaded are bounded, each and all together."""

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import config
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from layers.own.limits import MEGABYTE
from layers.settings import Settings
from views.http.uploads import Uploads, permit


@pytest.fixture
def kept():
    return MemoryUploadedFileManager("/upload")


@pytest.fixture
def client(kept):
    async def take(request: Request) -> Response:
        about = request.path_params
        content = await request.body()
        record = UploadedFileRec(about["file"], "x", "text/csv", content)
        kept.add_file(about["session"], record)
        return Response(status_code=204)

    path = "/_stcore/upload_file/{session}/{file}"
    limits = Middleware(
        Uploads, session_mb=4, all_mb=6, stored=lambda: kept.file_storage
    )
    return TestClient(
        Starlette(routes=[Route(path, take, methods=["PUT"])], middleware=[limits])
    )


def put(client, session, file, megabytes):
    path = f"/_stcore/upload_file/{session}/{file}"
    return client.put(path, content=b"x" * int(megabytes * MEGABYTE))


def test_a_session_may_have_so_much_and_no_more(client, kept):
    # 20 files of 19 MB, one after the other, were all taken.
    answers = [put(client, "a", str(n), 1) for n in range(6)]

    assert [answer.status_code for answer in answers] == [204] * 4 + [413] * 2
    assert {*answers[-1].json()["message"]} == {"zh", "en"}
    kept.remove_session_files("a")
    assert put(client, "a", "again", 4).status_code == 204


def test_all_sessions_together_too(client):
    assert put(client, "a", "1", 4).status_code == 204
    assert put(client, "b", "1", 3).status_code == 413
    assert put(client, "b", "1", 2).status_code == 204
    assert put(client, "c", "1", 0.1).status_code == 413


def test_a_file_of_unknown_length_is_not_taken(client):
    answer = client.put("/_stcore/upload_file/a/1", content=iter([b"x"]))

    assert answer.status_code == 411


def test_streamlit_takes_what_a_session_may_have():
    # Its own limit was 20 MB: a register of 50 MB, which the page offers to take, was
    # refused without a word of why.
    before = config.get_option("server.maxUploadSize")
    try:
        permit(Settings().upload_mb)
        taken = config.get_option("server.maxUploadSize")
    finally:
        permit(before)

    assert taken == Settings().upload_mb
    assert taken >= Settings().aggregate_file_mb


def test_what_starts_the_atlas_and_the_proxy_let_such_a_file_through():
    root = Path(__file__).parents[3]
    start = (root / "streamlit_app.py").read_text("utf-8")
    proxy = (root / "deploy" / "nginx.conf").read_text("utf-8")

    assert "uploads.permit(" in start
    most = re.search(r"client_max_body_size (\d+)m;", proxy)
    assert most is not None
    assert int(most[1]) > Settings().upload_mb

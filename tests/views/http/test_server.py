"""The application as it runs, over sockets: what only the whole server shows."""

import asyncio
import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import websockets

ROOT = Path(__file__).parents[3]
START_SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The running server, asked without a client that mends what it is told."""

    def __init__(self, port: int, outside: Path) -> None:
        self.port, self.outside = port, outside

    def get(self, path: str, **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers=names)
            answer = connection.getresponse()
            answer.body = answer.read()
            return answer
        finally:
            connection.close()

    def send(self, content: bytes) -> str:
        """Send what may be no request; return the head of the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as to:
            to.sendall(content)
            head = b""
            while b"\r\n\r\n" not in head and (piece := to.recv(4096)):
                head += piece
            return head.partition(b"\r\n\r\n")[0].decode()

    def knock(self, origin: str | None) -> int:
        """Open a WebSocket as of a page of an origin; return the status."""

        async def knocked() -> int:
            address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
            headers = [] if origin is None else [("Origin", origin)]
            connect = websockets.connect(
                address, additional_headers=headers, subprotocols=["streamlit"]
            )
            try:
                async with connect:
                    return 101
            except websockets.InvalidStatus as refused:
                return refused.response.status_code

        return asyncio.run(knocked())


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    port, outside, log = free_port(), folder / "outside", folder / "log"
    command = [sys.executable, str(Path(__file__).with_name("watched.py"))]
    command += [str(outside), "--server.port", str(port)]
    environment = os.environ | {
        "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
        "PYTHONPATH": str(ROOT),
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    server = Server(port, outside)
    try:
        until = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(OSError):
                server.get("/_stcore/health")
                break
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.5)
        yield server
    finally:
        process.terminate()
        process.wait(30)


PATHS = {
    "/": 200,
    "/_stcore/health": 200,
    "/_stcore/host-config": 200,
    "/county": 200,
    "/county/_stcore/health": 404,
    "/static/no-such.js": 404,
    "/wfs": 404,
    "/robots.txt": 200,
    "/sitemap.xml": 200,
    "/layers/no_such.csv": 404,
    "/ogc/collections/no_such": 404,
    "/layers/%ff.csv": 400,
    "//evil.example": 400,
    "/_stcore/metrics": 404,
    "/_stcore/agent/mcp": 404,
    "/_stcore/agent/openapi.json": 404,
}


@pytest.mark.parametrize(("path", "status"), PATHS.items())
def test_every_answer_of_the_server_bears_the_headers(server, path, status):
    answer = server.get(path)

    assert answer.status == status
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert "frame-ancestors 'self'" in answer.getheader("Content-Security-Policy")
    assert answer.getheader("Referrer-Policy") == "same-origin"


_HELLO = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
SENT = {
    **{
        path: (f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", status)
        for path, status in PATHS.items()
    },
    "a host of others": ("GET / HTTP/1.1\r\n\r\n", 400),
    "no request": ("no request\r\n\r\n", 400),
    "a socket": (_HELLO.replace("{origin}", "http://127.0.0.1:{port}"), 101),
    "a foreign socket": (_HELLO.replace("{origin}", "https://evil.example"), 403),
}


@pytest.mark.parametrize(("sent", "status"), SENT.values(), ids=[*SENT])
def test_no_answer_names_the_server_or_its_version(server, sent, status):
    head = server.send(sent.replace("{port}", str(server.port)).encode())

    assert head.startswith(f"HTTP/1.1 {status}")
    names = [line.partition(":")[0].lower() for line in head.split("\r\n")[1:]]
    assert not {"server", "x-powered-by", "via"} & {*names}
    assert not any(name in head.lower() for name in ("uvicorn", "streamlit/", "python"))


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://203.0.113.5",
        "null",
        "http://[::1",
        "http://a b",
        "http://x:99999",
        "http://x:port",
    ],
)
def test_a_foreign_page_is_refused_and_nobody_is_asked_about_it(server, origin):
    assert server.knock(origin) == 403
    # It asked an outside host for its own address when a foreign page knocked.
    assert not server.outside.exists()


def test_a_page_of_the_server_is_let_in(server):
    assert server.knock(None) == 101
    assert server.knock(f"http://127.0.0.1:{server.port}") == 101
    assert not server.outside.exists()


def test_a_look_outside_would_be_noticed(tmp_path):
    script = Path(__file__).with_name("watched.py").read_text("utf-8")
    code = script.partition("if __name__")[0] + (
        "sys.addaudithook(partial(watch, Path(sys.argv[1])))\n"
        "import socket\n"
        "try: socket.getaddrinfo('outside.invalid', 80)\n"
        "except OSError: pass\n"
        "socket.getaddrinfo('localhost', 80)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "log")], check=True)

    assert (tmp_path / "log").read_text() == "socket.getaddrinfo outside.invalid\n"


def asked_raw(server, *pieces: bytes) -> tuple[int, bytes]:
    """Send bytes as they are; return the status and the body."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
        for piece in pieces:
            line.sendall(piece)
        answer = http.client.HTTPResponse(line)
        answer.begin()
        return answer.status, answer.read()


@pytest.mark.parametrize("path", ["layers/counties.csv?in=蔚县", "plain/county/蔚县"])
def test_letters_that_are_not_encoded_are_read_as_utf_8(server, path):
    end = b" HTTP/1.1\r\nHost: localhost\r\n\r\n"

    status, body = asked_raw(server, f"GET /{path}".encode() + end)

    assert status == 200
    assert "130726" in body.decode()


def test_letters_of_another_encoding_are_told_to_be_encoded(server):
    path = "GET /layers/counties.csv?in=蔚县".encode("gbk")

    status, body = asked_raw(server, path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")

    assert status == 400
    told = json.loads(body)["message"]
    assert "百分号编码" in told["zh"]
    assert "percent-encoded" in told["en"]


def test_only_the_first_line_of_a_request_is_mended(server):
    body = "GET /蔚 HTTP/1.1\r\n".encode()
    head = b"POST /layers HTTP/1.1\r\nHost: localhost\r\n"
    head += b"Content-Length: %d\r\n\r\n" % len(body)

    assert asked_raw(server, head, body)[0] == 405


def test_what_is_no_request_is_refused_as_before(server):
    assert asked_raw(server, "蔚县 HTTP/1.1\r\n\r\n".encode())[0] == 400

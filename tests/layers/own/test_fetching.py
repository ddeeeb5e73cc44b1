"""A table by its address: from hosts that were named, and by no trick from another."""

import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from layers.own.fetching import fetch
from layers.own.limits import Limits
from layers.own.refusals import RefusedError

TABLE = "县,收入\n张北县,5000\n".encode()
LIMITS = Limits(seconds=2, file_mb=1)


class Host(BaseHTTPRequestHandler):
    """A host of the intranet with files, good and bad."""

    def do_GET(self) -> None:
        if self.path == "/%E6%94%B6.csv?a=1":
            self.answer(200, TABLE)
        elif self.path == "/away":
            self.answer(302, b"", Location="http://other.example/x.csv")
        elif self.path == "/large":
            self.answer(200, b"x" * (1 << 20) + b"y")
        elif self.path == "/short":
            self.answer(200, b"x", length=9)
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"x")
                time.sleep(0.2)
        else:
            self.answer(404, b"no")

    def answer(self, status, content, length=None, **headers) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length or len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_) -> None:
        pass


@pytest.fixture(scope="module")
def host():
    server = HTTPServer(("127.0.0.1", 0), Host)
    server.handle_error = lambda *_: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()


def refused(address: str, *hosts: str) -> str:
    with pytest.raises(RefusedError) as caught:
        fetch(address, hosts, LIMITS)
    assert caught.value.say("zh") and caught.value.say("en")
    return caught.value.reason


def test_a_file_of_a_host_that_was_named_is_fetched(host):
    found = fetch(f"http://{host}/收.csv?a=1", [host], LIMITS)

    assert (found.content, found.name) == (TABLE, "收.csv")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/away", "fetch_redirect"),
        ("/large", "file"),
        ("/short", "fetch_unreachable"),
        ("/slow", "fetch_time"),
        ("/none", "fetch_status"),
    ],
)
def test_what_does_not_come_as_a_file_is_refused(host, path, reason):
    begun = time.monotonic()

    assert refused(f"http://{host}{path}", host) == reason
    assert time.monotonic() - begun < LIMITS.seconds + 1


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://{host}/x", "fetch_host"),
        ("http://gis.example@{host}/x", "fetch_address"),
        ("http://gis.example:80@{host}/x", "fetch_address"),
        ("http://gis.example\\@{host}/x", "fetch_address"),
        ("http://gis.example:81/x", "fetch_host"),
        ("http://gis.example.evil.example/x", "fetch_host"),
        ("http://2130706433/x", "fetch_host"),
        ("http://[::1]/x", "fetch_host"),
        ("http://gis.example/x\r\nHost: other", "fetch_address"),
        ("http://gis.example:99999/x", "fetch_address"),
        ("ftp://gis.example/x", "fetch_address"),
        ("file:///etc/passwd", "fetch_address"),
        ("gis.example/x.csv", "fetch_address"),
        ("", "fetch_address"),
    ],
)
def test_another_host_is_not_reached_by_any_spelling(host, address, reason):
    assert refused(address.format(host=host), "gis.example") == reason


def test_a_name_that_leads_to_this_machine_is_not_followed(host):
    port = host.rpartition(":")[2]

    assert refused(f"http://localhost:{port}/x", f"localhost:{port}") == "fetch_place"


def test_without_hosts_nothing_is_fetched(host):
    assert refused(f"http://{host}/x") == "fetch_host"

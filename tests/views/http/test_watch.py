"""Health, metrics and log: what is told of requests, and what never is."""

import json
import logging
import urllib.request

import pytest

from layers import settings
from layers.edition.served import SERVED
from views.http import watch
from views.http.health import State


def test_health_and_readiness(client, edition, monkeypatch):
    assert client.get("/health").json()["status"] == "ok"
    ready = client.get("/ready")
    assert (ready.status_code, ready.json()["edition"]) == (200, edition.digest)

    monkeypatch.setattr(State, "stops", True)
    assert client.get("/ready").status_code == 503
    assert client.get("/health").status_code == 200


def test_tables_with_faults_are_said_and_the_old_edition_is_ready(client, monkeypatch):
    monkeypatch.setattr(SERVED, "problems", ("one", "two"))
    answer = client.get("/ready")

    assert (answer.status_code, answer.json()["faults"]) == (200, 2)


def test_probes_are_answered_whatever_host_they_ask(client):
    assert client.get("/health", headers={"Host": "10.0.0.3:8501"}).status_code == 200


def test_a_line_of_the_log_says_nothing_of_who_asked_for_what(client, caplog):
    logging.getLogger("atlas.requests").setLevel(logging.INFO)
    with caplog.at_level(logging.INFO, "atlas.requests"):
        client.get(
            "/layers/deep_poverty.csv?in=130722",
            headers={"X-Forwarded-For": "192.0.2.9", "User-Agent": "secret-agent"},
        )
    (record,) = caplog.records
    line = watch.JsonLines().format(record)
    told = json.loads(line)

    assert told["part"] == "layers"
    assert (told["method"], told["status"]) == ("GET", 200)
    assert told["bytes"] > 100
    for secret in ("130722", "192.0.2.9", "testclient", "secret-agent", "deep_poverty"):
        assert secret not in line


def test_metrics_are_on_a_port_of_their_own_and_bounded(client, monkeypatch):
    for path in ("/layers", "/nowhere", "/other/place", "/ready"):
        client.get(path)
    client.request("BREW", "/layers")
    server = watch.metrics(settings.Settings(metrics_port=0))
    assert server is None

    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = watch.metrics(settings.Settings(metrics_port=port))
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            text = answer.read().decode()
        with pytest.raises(OSError):
            watch.metrics(settings.Settings(metrics_port=port))
    finally:
        server.shutdown()
        server.server_close()
    assert 'part="layers"' in text and 'part="page"' in text
    assert 'method="other"' in text
    assert "nowhere" not in text and "BREW" not in text
    assert "atlas_edition_faults 0.0" in text

"""While maps are drawn, or none can be, everything else is answered."""

import asyncio
import threading

import pytest

from layers.edition import assets
from layers.lanes.lane import Lane
from layers.lanes.process import ProcessEndedError
from layers.lanes.protocol import Message
from views.http import lanes, made


class Blocked:
    """A worker that does nothing until it is ended."""

    def __init__(self):
        self.begun, self.ended = threading.Semaphore(0), threading.Event()

    def start(self):
        pass

    def ask(self, message, seconds):  # noqa: ARG002
        self.begun.release()
        self.ended.wait()
        raise ProcessEndedError("ended")

    def kill(self):
        self.ended.set()

    close = kill


@pytest.fixture
def blocked(monkeypatch, edition):
    worker = Blocked()
    lane = Lane([worker], places=2, seconds=600)
    monkeypatch.setattr(lanes.LANES, "_lanes", {"drawing": lane})
    made._FILES.clear()
    for paper in ("A4", "A3"):
        lane.join(paper, Message({"n": paper}))
    worker.begun.acquire()
    lane.join("last", Message({"n": "last"}))
    yield lane, worker
    lane.close()


def test_a_lane_that_is_full_is_in_nobodys_way(client, edition, blocked):
    digest = assets.bundle(edition).digest
    refused = [
        client.get(f"/layers/counties.pdf?in={a}")
        for a in edition.counties().index[:50]
    ]

    assert {answer.status_code for answer in refused} == {503}
    assert int(refused[0].headers["retry-after"]) >= 1
    assert refused[0].json()["waiting"] == 2
    assert (
        client.get(f"/assets/{digest}/state.json?all=deep_poverty").status_code == 200
    )
    assert client.get("/layers/deep_poverty.geojson").status_code == 200
    assert client.get("/ogc/collections/counties/items?limit=1").status_code == 200


def test_who_has_gone_is_drawn_nothing(edition):
    worker = Blocked()
    lane = Lane([worker], places=2, seconds=600)

    class Gone:
        async def receive(self):
            await asyncio.to_thread(worker.begun.acquire)
            return {"type": "http.disconnect"}

    job = lane.join(1, Message())
    with pytest.raises(lanes.ClientGoneError):
        asyncio.run(lanes.waited(Gone(), job))
    assert worker.ended.wait(60)
    assert lane.running == lane.waiting == 0
    lane.close()


@pytest.mark.parametrize(
    ("fault", "status"),
    [(TimeoutError(), 503), (ProcessEndedError(), 500), (lanes.NotMadeError(), 500)],
)
def test_what_cannot_be_made_is_said_in_both_languages(
    client, monkeypatch, fault, status
):
    class Failing(Blocked):
        def ask(self, message, seconds):  # noqa: ARG002
            raise fault

    lane = Lane([Failing()], places=2, seconds=600)
    monkeypatch.setattr(lanes.LANES, "_lanes", {"drawing": lane})
    made._FILES.clear()
    answer = client.get("/layers/deep_poverty.png")

    assert answer.status_code == status
    assert {*answer.json()["message"]} == {"zh", "en"}
    lane.close()

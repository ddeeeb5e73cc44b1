"""A lane is bounded; who leaves it ends the work; nothing depends on a clock."""

import threading

import pytest

from layers.lanes.lane import Lane, LaneFullError
from layers.lanes.process import ProcessEndedError
from layers.lanes.protocol import Message


class Held:
    """A worker that does its works when it is let."""

    def __init__(self):
        self.go, self.begun = threading.Semaphore(0), threading.Semaphore(0)
        self.done, self.killed, self.closed = [], 0, False

    def start(self):
        pass

    def ask(self, message, seconds):  # noqa: ARG002
        self.begun.release()
        self.go.acquire()
        if self.killed:
            self.killed -= 1
            raise ProcessEndedError("ended")
        self.done.append(message.head["n"])
        return Message({"n": message.head["n"]})

    def kill(self):
        self.killed += 1
        self.go.release()

    def close(self):
        self.closed = True
        self.go.release()


@pytest.fixture
def lane():
    worker = Held()
    lane = Lane([worker], places=3, seconds=60)
    yield lane, worker
    lane.close()


def ask(lane, n):
    return lane.join(n, Message({"n": n}))


def test_works_are_done_in_their_order_and_know_their_place(lane):
    lane, worker = lane
    first = ask(lane, 1)
    worker.begun.acquire()
    others = [ask(lane, n) for n in (2, 3, 4)]

    assert [job.place for job in (first, *others)] == [0, 1, 2, 3]
    for _ in range(4):
        worker.go.release()
    assert [j.future.result(60).head["n"] for j in (first, *others)] == [1, 2, 3, 4]


def test_beyond_the_places_there_is_none(lane):
    lane, worker = lane
    ask(lane, 0)
    worker.begun.acquire()
    for n in (1, 2, 3):
        ask(lane, n)

    with pytest.raises(LaneFullError) as caught:
        ask(lane, 4)
    assert caught.value.waiting == 3
    assert caught.value.retry_after >= 1
    assert lane.refused == 1
    # Whoever wants what is waited for already takes no place.
    assert ask(lane, 3).place == 3


def test_who_leaves_the_queue_makes_room_and_nothing_is_done_for_them(lane):
    lane, worker = lane
    first = ask(lane, 0)
    worker.begun.acquire()
    jobs = [ask(lane, n) for n in (1, 2, 3)]
    jobs[0].leave()

    assert jobs[1].place == 1
    last = ask(lane, 4)
    for _ in range(4):
        worker.go.release()
    assert last.future.result(60)
    assert worker.done == [0, 2, 3, 4]
    assert first.future.done()
    assert not worker.killed


def test_a_work_is_ended_when_nobody_waits_for_it(lane):
    lane, worker = lane
    first, same = ask(lane, 1), ask(lane, 1)
    assert first is same
    worker.begun.acquire()

    first.leave()
    assert not worker.killed
    same.leave()
    with pytest.raises(ProcessEndedError):
        first.future.result(60)
    # The next is done as if nothing had been.
    following = ask(lane, 2)
    worker.go.release()
    assert following.future.result(60).head == {"n": 2}
    assert lane.ended == 1


def test_who_leaves_after_the_end_ends_nothing(lane):
    lane, worker = lane
    job = ask(lane, 1)
    worker.go.release()
    job.future.result(60)
    job.leave()

    assert worker.killed == 0
    assert (lane.waiting, lane.running, lane.ended) == (0, 0, 0)


def test_a_lane_that_is_closed_takes_nothing_and_leaves_nobody_waiting():
    worker = Held()
    lane = Lane([worker], places=3, seconds=60)
    ask(lane, 1)
    worker.begun.acquire()
    waiting = ask(lane, 2)
    lane.close()

    assert waiting.future.cancelled()
    assert worker.closed
    with pytest.raises(LaneFullError):
        ask(lane, 3)

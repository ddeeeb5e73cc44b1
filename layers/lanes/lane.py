"""A lane: a bounded queue before a few processes; who leaves it costs nothing more."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import suppress
from typing import Final, Protocol

from layers.lanes.process import ProcessEndedError
from layers.lanes.protocol import Message

_USUAL_SECONDS: Final = 3.0
"""What a work is taken to last before the first is done."""


class Worker(Protocol):
    """What does the works of a lane, one at a time."""

    def start(self) -> None:
        """Load what the first work would wait for."""

    def ask(self, message: Message, seconds: float) -> Message:
        """Do one work."""

    def kill(self) -> None:
        """End the work that is done."""

    def close(self) -> None:
        """End for good."""


class LaneFullError(RuntimeError):
    """All places are taken.

    Attributes
    ----------
    waiting : int
        Works before the next one.
    retry_after : int
        Seconds after which a place will probably be free.
    """

    def __init__(self, waiting: int, retry_after: int) -> None:
        self.waiting, self.retry_after = waiting, retry_after
        super().__init__(f"{waiting} works wait already")


class Job:
    """A work in a lane; several may wait for the same."""

    def __init__(self, lane: Lane, key: Hashable, message: Message) -> None:
        self.lane, self.key, self.message = lane, key, message
        self.future: Future[Message] = Future()
        self.waiters = 0
        self.worker: Worker | None = None

    @property
    def place(self) -> int:
        """Works before this one; 0 while it is done."""
        return self.lane.place(self)

    def leave(self) -> None:
        """Wait no longer; a work for which nobody waits is ended."""
        self.lane.leave(self)


class Lane:
    """A bounded queue before processes that are kept warm.

    Parameters
    ----------
    workers : sequence of Worker
        Each does one work at a time.
    places : int
        Works that may wait.
    seconds : float
        What one work may take.

    Notes
    -----
    Each worker has a thread that waits for it; threads of the server's own pool, which
    answer everything else, never wait in a lane.
    """

    def __init__(self, workers: list[Worker], places: int, seconds: float) -> None:
        self._workers, self._places, self._seconds = workers, places, seconds
        self._waiting: deque[Job] = deque()
        self._jobs: dict[Hashable, Job] = {}
        self._change = threading.Condition()
        self._usual = _USUAL_SECONDS
        self._started = self._closed = False
        self.done = self.refused = self.ended = 0

    def join(self, key: Hashable, message: Message) -> Job:
        """Take a place, or wait with whoever waits for the same.

        Raises
        ------
        LaneFullError
            If there is none.
        """
        with self._change:
            if self._closed:
                raise LaneFullError(0, 5)
            job = self._jobs.get(key)
            if job is None:
                if len(self._waiting) >= self._places:
                    self.refused += 1
                    raise LaneFullError(len(self._waiting), self._wait())
                job = Job(self, key, message)
                self._jobs[key] = job
                self._waiting.append(job)
            job.waiters += 1
            self._start()
            self._change.notify()
            return job

    def warm(self) -> None:
        """Start the processes before the first work comes."""
        with self._change:
            self._start()

    def leave(self, job: Job) -> None:
        """Wait no longer for a job."""
        with self._change:
            job.waiters -= 1
            if job.waiters > 0 or job.future.done():
                return
            self.ended += 1
            self._jobs.pop(job.key, None)
            if job in self._waiting:
                self._waiting.remove(job)
                job.future.cancel()
            elif job.worker:
                job.worker.kill()

    def place(self, job: Job) -> int:
        """Return how many works stand before a job."""
        with self._change:
            return self._waiting.index(job) + 1 if job in self._waiting else 0

    @property
    def waiting(self) -> int:
        """Works that wait."""
        return len(self._waiting)

    @property
    def running(self) -> int:
        """Works that are done now."""
        return len(self._jobs) - len(self._waiting)

    def close(self) -> None:
        """End all works, and the processes."""
        with self._change:
            self._closed = True
            left = [*self._waiting]
            self._waiting.clear()
            self._change.notify_all()
        for job in left:
            job.future.cancel()
        for worker in self._workers:
            worker.close()

    def _start(self) -> None:
        if not self._started:
            self._started = True
            for worker in self._workers:
                run: Callable[[Worker], None] = self._run
                threading.Thread(
                    target=run, args=(worker,), name="lane", daemon=True
                ).start()

    def _run(self, worker: Worker) -> None:
        # A failure is said to whoever asks first.
        with suppress(ProcessEndedError, TimeoutError, OSError):
            worker.start()
        while (job := self._next(worker)) is not None:
            begun = time.monotonic()
            try:
                answer = worker.ask(job.message, self._seconds)
            except BaseException as error:
                self._finish(job)
                job.future.set_exception(error)
            else:
                self._usual += (time.monotonic() - begun - self._usual) / 8
                self._finish(job)
                job.future.set_result(answer)

    def _next(self, worker: Worker) -> Job | None:
        with self._change:
            while not self._waiting:
                if self._closed:
                    return None
                self._change.wait()
            job = self._waiting.popleft()
            job.worker = worker
            job.future.set_running_or_notify_cancel()
            return job

    def _finish(self, job: Job) -> None:
        with self._change:
            self.done += 1
            job.worker = None  # whoever leaves now ends nothing
            if self._jobs.get(job.key) is job:
                del self._jobs[job.key]

    def _wait(self) -> int:
        per_worker = len(self._waiting) / max(len(self._workers), 1)
        return max(1, round(self._usual * (per_worker + 1)))

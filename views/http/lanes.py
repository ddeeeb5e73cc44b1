"""The lanes of the server, and how a request waits in one."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Hashable
from contextlib import suppress
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from geo.export.faults import ExportError
from geo.kept import packed
from geo.language import N_
from layers import settings
from layers.edition.edition import Edition
from layers.files.export import Export
from layers.lanes.handover import Handover
from layers.lanes.lane import Job, Lane, LaneFullError, Worker
from layers.lanes.process import ProcessEndedError, WorkerProcess
from layers.lanes.protocol import Message
from layers.select.selection import Selection
from views.http.answers import refuse

_LOG: Final = logging.getLogger(__name__)


class ClientGoneError(RuntimeError):
    """Whoever asked waits no longer."""


class NotMadeError(RuntimeError):
    """A work failed; why is in the log."""


class Lanes:
    """The lanes of a process, made when they are first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lanes: dict[str, Lane] = {}
        self._handover: Handover | None = None

    def lane(self, work: str) -> Lane:
        """Return the lane of a work; a book of minutes is in no sheet's way."""
        own = settings.current()
        name, seconds, workers = (
            ("books", own.book_seconds, 1)
            if work == "book"
            else ("drawing", own.lane_seconds, own.lane_workers)
        )
        with self._lock:
            if name not in self._lanes:
                processes: list[Worker] = [
                    WorkerProcess("drawing", own.lane_memory_mb) for _ in range(workers)
                ]
                self._lanes[name] = Lane(processes, own.lane_places, seconds)
            return self._lanes[name]

    @property
    def every(self) -> dict[str, Lane]:
        """The lanes that there are, by name."""
        return dict(self._lanes)

    def draw(
        self,
        work: str,
        edition: Edition,
        selection: Selection,
        *,
        kept: bool = True,
        **about: Any,
    ) -> Job:
        """Take a place for a work on an edition.

        Parameters
        ----------
        work : str
            A key of the works of :mod:`layers.lanes.work`.
        edition : Edition
            The edition.
        selection : Selection
            Which counties.
        kept : bool
            Whether others will ask for the edition, too, so that its process keeps it.
            What is a session's own goes with the work and is written nowhere.
        about : object
            Plain data that the work is asked with.

        Raises
        ------
        layers.lanes.lane.LaneFullError
            If there is no place.
        """
        query = selection.to_query()
        digest = edition.digest if kept else edition.package.digest
        key: Hashable = (work, digest, query, *sorted(about.items(), key=str))
        head: dict[str, Any] = {"work": work, "query": query, "about": about}
        if not kept:
            return self.lane(work).join(key, Message(head, packed(edition.package)))
        with self._lock:
            self._handover = self._handover or Handover()
        head["edition"] = str(self._handover.file(edition))
        return self.lane(work).join(key, Message(head))

    def close(self) -> None:
        """End what is done, and the processes."""
        with self._lock:
            lanes, self._lanes = self._lanes, {}
            handover, self._handover = self._handover, None
        for lane in lanes.values():
            lane.close()
        if handover:
            handover.close()


LANES: Final = Lanes()


def export_of(answer: Message) -> Export:
    """Return the file that a work has answered with.

    Raises
    ------
    geo.export.faults.ExportError
        If it refuses, with the reason.
    NotMadeError
        If it failed.
    """
    head = answer.head
    if "refused" in head:
        values = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in head["values"].items()
        }
        raise ExportError(head["refused"], **values)
    if "failed" in head:
        _LOG.error("a work failed: %s", head["failed"])
        raise NotMadeError(head["failed"])
    return Export(
        content=answer.content,
        media_type=head["media_type"],
        file_name=head["file_name"],
    )


async def waited(request: Request, job: Job) -> Export:
    """Wait for a work as long as whoever asked does.

    Raises
    ------
    ClientGoneError
        If nobody is there any more; the work is ended, unless others wait for it.
    TimeoutError
        If it takes too long.
    layers.lanes.process.ProcessEndedError
        If its process came to an end.
    """
    made = asyncio.ensure_future(asyncio.wrap_future(job.future))
    gone = asyncio.ensure_future(_gone(request))
    try:
        both: set[asyncio.Future[Any]] = {made, gone}
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if not made.done():
            raise ClientGoneError
        return export_of(made.result())
    finally:
        job.leave()
        for task in (made, gone):
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def unavailable(fault: Exception) -> Response:
    """Answer that a file is not made now: the lane is full, or it took too long."""
    if isinstance(fault, LaneFullError):
        message = N_(
            "{n} {n:map is|maps are} waiting to be drawn: ask again in {seconds} s."
        )
        values = {"n": fault.waiting, "seconds": fault.retry_after}
        answer = refuse(503, message, [], values, waiting=fault.waiting)
        answer.headers["Retry-After"] = str(fault.retry_after)
        return answer
    if isinstance(fault, TimeoutError):
        message = N_("This file takes longer to make than is allowed: ask for less.")
        return refuse(503, message, [])
    if isinstance(fault, ClientGoneError):
        return Response(status_code=499)
    assert isinstance(fault, (NotMadeError, ProcessEndedError))
    return refuse(500, N_("This file could not be made; why is in the log."), [])


FAULTS: Final = (
    LaneFullError,
    TimeoutError,
    ClientGoneError,
    NotMadeError,
    ProcessEndedError,
)
"""What :func:`unavailable` answers."""

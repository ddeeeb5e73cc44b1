"""Ask a process with limits to add an upload up: it tells how far it is, may be ended.

Nothing here imports an engine: that is for the process, which ends with its answer.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from geo.boundaries import Boundaries
from geo.kept import packed
from geo.language import N_
from layers.aggregate.faults import AggregateError, EngineError
from layers.own.limits import MEGABYTE, ONE_THREAD, Limits
from layers.own.places import Places

_log = logging.getLogger(__name__)

_ROOT: Final = Path(__file__).parents[2]
_MODULE: Final = "layers.aggregate.child"
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Tables at one time, of all sessions together: each may take its whole memory."""

_LONGEST_LINE: Final = 16 * MEGABYTE
_SYSTEM_MB: Final = 3072
"""Address space beside that of DuckDB and of the table: libraries, stacks, heaps of
threads, of which most is never touched."""

_TIMES_OF_FILE: Final = 12
"""A packed table may become so many times as long."""

_KEPT: Final = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "LD_LIBRARY_PATH", "TEMP", "TMP")

_TOO_LARGE: Final = N_(
    "The table is larger than {limit} MB. Take out columns that are not needed, add it "
    "up on the command line (atlas aggregate), or ask whoever runs the atlas to raise "
    "the limit ATLAS_AGGREGATE_FILE_MB."
)
_TOO_SLOW: Final = N_(
    "Adding the table up took longer than {limit} seconds. Take out columns that are "
    "not needed, or ask whoever runs the atlas to raise the limit "
    "ATLAS_AGGREGATE_SECONDS."
)
_TOO_MUCH: Final = N_(
    "Adding the table up takes more memory than there is for it. Take out columns that "
    "are not needed, or ask whoever runs the atlas to raise the limit "
    "ATLAS_AGGREGATE_MEMORY_MB."
)
_BROKE_OFF: Final = N_(
    "The process that added the table up broke off; the atlas is unharmed. Save the "
    "table anew as CSV UTF-8, and try again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What adding one upload up may take; see the settings of these names.

    Attributes
    ----------
    file_mb, seconds, memory_mb, threads : int
        Of the file, by the clock, of DuckDB.
    """

    file_mb: int
    seconds: int
    memory_mb: int
    threads: int

    def refuse(self, content: bytes) -> None:
        """Refuse a file that is too large.

        Parameters
        ----------
        content : bytes
            The file.

        Raises
        ------
        AggregateError
            If it is.
        """
        if len(content) > self.file_mb * MEGABYTE:
            raise AggregateError(_TOO_LARGE, limit=self.file_mb)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of an upload.

    Attributes
    ----------
    measures : tuple of str
        As :func:`layers.aggregate.measure_texts.read_measures` reads them.
    roles : mapping of str to str
        Columns by role: code, name, prefecture, lon, lat.
    persons : str
        Column of persons; "" if a row is one.
    least : int
        Persons of a figure that is not withheld.
    """

    measures: tuple[str, ...]
    roles: Mapping[str, str]
    persons: str = ""
    least: int = 3

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "measures": list(self.measures),
            "roles": dict(self.roles),
            "persons": self.persons,
            "least": self.least,
        }


@dataclass(eq=False)
class Work:
    """An upload that is being looked at or added up.

    Parameters
    ----------
    content : bytes
        CSV or Parquet.
    name : str
        What it is called.
    places : layers.own.places.Places
        Names and codes of the edition.
    boundaries : geo.boundaries.Boundaries
        Its boundaries.
    bounds : Bounds
        What it may take.
    wanted : Wanted, optional
        What is asked; without it only its columns are looked at.

    Attributes
    ----------
    stage : str
        ``waiting``, ``reading``, ``counties`` or ``figures``.
    share : float
        Of the stage, as far as it is known.
    answer : dict or None
        What the process answered.
    error : AggregateError or None
        Why there is no answer.
    """

    content: bytes = field(repr=False)
    name: str
    places: Places = field(repr=False)
    boundaries: Boundaries = field(repr=False)
    bounds: Bounds
    wanted: Wanted | None = None
    stage: str = "waiting"
    share: float = 0.0
    answer: dict[str, Any] | None = None
    error: AggregateError | None = None

    def __post_init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._cancelled, self._late = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> Work:
        """Begin; the answer comes by and by."""
        self._thread.start()
        return self

    @property
    def is_done(self) -> bool:
        """Whether there is an answer, an error, or it was ended."""
        return self.is_cancelled or not self._thread.is_alive()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody ended it."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """End it, process and all."""
        self._cancelled.set()
        with self._lock:
            if self._process is not None:
                self._process.kill()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it is done.

        Parameters
        ----------
        seconds : float, optional
            No longer than so.
        """
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            while not _AT_ONCE.acquire(timeout=0.2):
                if self.is_cancelled:
                    return
            try:
                self._ask()
            finally:
                _AT_ONCE.release()
        except AggregateError as error:
            self.error = error
        except Exception:  # in a thread nobody else would hear of it
            _log.exception("a table was not added up")
            self.error = EngineError(_BROKE_OFF)
        finally:
            self.content = b""

    def _ask(self) -> None:
        self.bounds.refuse(self.content)
        known = self.places
        places = packed((known.divisions, known.zones, known.other_codes))
        asked = self._question(len(places))
        environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
        environment |= {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        environment |= {"PYTHONUTF8": "1", **ONE_THREAD}
        with tempfile.TemporaryDirectory() as empty:
            with self._lock:
                if self.is_cancelled:
                    return
                self._process = process = subprocess.Popen(  # noqa: S603 - a module of ours
                    [sys.executable, "-m", _MODULE],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    cwd=empty,  # a relative name leads nowhere
                    env=environment,
                )
            clock = threading.Timer(self.bounds.seconds, self._end)
            clock.daemon = True
            clock.start()
            try:
                self._talk(process, json.dumps(asked).encode(), places)
            finally:
                clock.cancel()
                process.kill()
                code = process.wait()
        self._conclude(code)

    def _question(self, places: int) -> dict[str, Any]:
        bounds = self.bounds
        table = len(self.content) // MEGABYTE * _TIMES_OF_FILE
        limits = Limits(
            memory_mb=_SYSTEM_MB + bounds.memory_mb + table,
            seconds=bounds.seconds * (bounds.threads + 1),
        )
        asked: dict[str, Any] = {
            "name": self.name,
            "places": places,
            "boundaries": str(self.boundaries.directory),
            "memory_mb": bounds.memory_mb,
            "threads": bounds.threads,
            "limits": limits.to_dict(),
        }
        if self.wanted is not None:
            asked["question"] = self.wanted.to_dict()
        return asked

    def _end(self) -> None:
        self._late.set()
        if self._process is not None:
            self._process.kill()

    def _talk(
        self, process: subprocess.Popen[bytes], asked: bytes, places: bytes
    ) -> None:
        assert process.stdin is not None and process.stdout is not None
        self.stage = "reading"
        # It may have ended already; how, its exit code says.
        with contextlib.suppress(OSError), process.stdin as stream:
            for piece in (asked + b"\n", places, self.content):
                stream.write(piece)
        with process.stdout as stream:
            while line := stream.readline(_LONGEST_LINE):
                self._hear(line)

    def _hear(self, line: bytes) -> None:
        try:
            said = json.loads(line)
        except ValueError:
            return  # a line that was broken off: the exit code says how
        if "stage" in said:
            self.stage, self.share = str(said["stage"]), float(said["share"])
        elif "answer" in said:
            self.answer = said["answer"]
        elif "memory" in said:
            self.error = EngineError(_TOO_MUCH)
        elif "refused" in said:
            values = {
                key: tuple(value) if isinstance(value, list) else value
                for key, value in said["values"].items()
            }
            self.error = AggregateError(said["refused"], **values)

    def _conclude(self, code: int) -> None:
        """Say what the end of the process means, unless it has answered."""
        if self.answer is not None or self.error is not None or self.is_cancelled:
            return
        if self._late.is_set():
            raise EngineError(_TOO_SLOW, limit=self.bounds.seconds)
        # Libraries abort, or end as a fault of memory, where they get none.
        raise EngineError(_TOO_MUCH if code < 0 else _BROKE_OFF)

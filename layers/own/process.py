"""A process with limits, which is asked one thing and answers with JSON.

What may go wrong in a parser or in geometry of others goes wrong there: memory, time, a
crash. Here the answer is plain data of bounded size, or a refusal with its reason.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from layers.own.limits import MEGABYTE, ONE_THREAD, Limits
from layers.own.refusals import KINDS, RefusedError

_ROOT: Final = Path(__file__).parents[2]
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Readers at one time, of all sessions together: each may take its whole memory."""

_KEPT: Final = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "LD_LIBRARY_PATH", "TEMP", "TMP")
QUIET: Final = {
    # Should a driver try to reach an address all the same, it finds nobody.
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "OGR_SQLITE_LOAD_EXTENSIONS": "",
    **ONE_THREAD,
    "RUST_BACKTRACE": "0",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}
"""Environment of a process that reads what others wrote."""

_SPARE_SECONDS: Final = 300.0
"""As long waits a process for a question; it holds 30 MB."""

_PATIENCE: Final = 3
"""So many times as long as of the processor may it take by the clock: that others work
on the machine is no fault of the file."""


class _Started:
    """A process in an empty folder, which waits for its line."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.folder = tempfile.TemporaryDirectory()
        inherited = {key: os.environ[key] for key in _KEPT if key in os.environ}
        self.process = subprocess.Popen(  # noqa: S603 - `module` is one of ours
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self.folder.name,  # a relative name leads nowhere
            env={**inherited, **QUIET, "PYTHONPATH": str(_ROOT)},
        )

    def end(self) -> None:
        """End it unasked."""
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        self.process.wait()
        self.folder.cleanup()


class _Spare:
    """One process that was started beforehand, for whoever asks first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: _Started | None = None
        self._until = 0.0

    def prepare(self, module: str) -> None:
        with self._lock:
            self._until = time.monotonic() + _SPARE_SECONDS
            if self._waiting and self._waiting.process.poll() is not None:
                self._waiting.end()
                self._waiting = None
            if self._waiting is None:
                self._waiting = _Started(module)
                self._look(self._waiting)

    def taken(self, module: str) -> _Started | None:
        with self._lock:
            waiting = self._waiting
            if waiting is None or waiting.module != module:
                return None
            self._waiting = None
        if waiting.process.poll() is None:
            return waiting
        waiting.end()
        return None

    def _look(self, waiting: _Started) -> None:
        """End it when nobody has wanted one for long."""

        def look() -> None:
            with self._lock:
                if self._waiting is not waiting:
                    return
                if time.monotonic() < self._until:
                    self._look(waiting)
                    return
                self._waiting = None
            waiting.end()

        clock = threading.Timer(_SPARE_SECONDS, look)
        clock.daemon = True
        clock.start()


_SPARE: Final = _Spare()


def prepare(module: str) -> None:
    """Start a process that waits to be asked, unless one waits.

    It has loaded what it needs when the question comes: a tenth of a second less for
    whoever asks. There is one, and it ends when nobody has prepared one for minutes.

    Parameters
    ----------
    module : str
        As for :func:`ask`.
    """
    _SPARE.prepare(module)


def ask(
    module: str, about: Mapping[str, Any], content: bytes, limits: Limits
) -> dict[str, Any]:
    """Start a process, give it what it is asked, and wait no longer than allowed.

    Parameters
    ----------
    module : str
        What it runs: it reads a line of JSON and the content, and answers with JSON.
    about : mapping
        Plain data for the line; the limits are added.
    content : bytes
        What comes behind the line.
    limits : Limits
        What it may take.

    Returns
    -------
    dict
        The answer.

    Raises
    ------
    RefusedError
        If it answers with a refusal, or breaks off.
    """
    with _AT_ONCE:
        answer = _asked(module, about, content, limits)
    if answer.get("refused") in KINDS:
        raise RefusedError(answer["refused"], answer["reason"], answer["details"])
    return answer


def _asked(
    module: str, about: Mapping[str, Any], content: bytes, limits: Limits
) -> dict[str, Any]:
    asked = json.dumps({**about, "limits": limits.to_dict()}).encode()
    most = limits.answer_mb * MEGABYTE
    started = _SPARE.taken(module) or _Started(module)
    process = started.process
    with started.folder:
        late = threading.Event()
        clock = threading.Timer(_PATIENCE * limits.seconds, _stop, (process, late))
        clock.daemon = True
        clock.start()
        assert process.stdin is not None and process.stdout is not None
        # It may have ended already; how, its exit code says.
        with contextlib.suppress(OSError), process.stdin as stream:
            stream.write(asked + b"\n")
            stream.write(content)
        with process.stdout as stream:
            answered = stream.read(most + 1)
        if len(answered) > most:
            process.kill()
        code = process.wait()
        clock.cancel()
    _raise_for(code, limits, late=late.is_set(), long=len(answered) > most)
    try:
        answer = json.loads(answered)
        if not isinstance(answer, dict):
            raise ValueError("no object")
    except ValueError as error:
        raise RefusedError("damaged", "crashed") from error
    return answer


def _raise_for(code: int, limits: Limits, *, late: bool, long: bool) -> None:
    """Raise what the end of the reader means, unless it is good."""
    if late or code == -getattr(signal, "SIGXCPU", 0):
        raise RefusedError("too_large", "time", {"limit": limits.seconds})
    if long:
        raise RefusedError("too_large", "answer", {"limit": limits.answer_mb})
    if code == -signal.SIGABRT:
        # calamine and GDAL abort when they get no memory.
        raise RefusedError("too_large", "memory", {"limit": limits.memory_mb})
    if code == -getattr(signal, "SIGKILL", 0):
        # Nobody here sent it: the processor's time is over, or the system's memory.
        raise RefusedError("too_large", "time", {"limit": limits.seconds})
    if code:
        raise RefusedError("damaged", "crashed")


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()

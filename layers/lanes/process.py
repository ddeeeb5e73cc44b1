"""One process of a lane, as the server sees it: started, asked, ended."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from layers.lanes.protocol import Message, receive, send
from layers.own.limits import MEGABYTE

START_SECONDS: Final = 120
MOST_BYTES: Final = 512 * MEGABYTE

_ROOT: Final = Path(__file__).parents[2]
COMMAND: Final = (sys.executable, "-m", "layers.lanes.worker")


class ProcessEndedError(RuntimeError):
    """The process ended before it answered: it was ended, or it crashed."""


class WorkerProcess:
    """A process that is started when it is first asked, and anew after it has ended.

    Parameters
    ----------
    load : str
        What it loads beforehand.
    memory_mb : int
        Limit of its address space.
    command : sequence of str
        How it is started.
    """

    def __init__(
        self, load: str, memory_mb: int, command: Sequence[str] = COMMAND
    ) -> None:
        self._first = Message({"load": load, "memory_mb": memory_mb})
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._ended = self._dying = False

    def start(self) -> None:
        """Start it, unless it runs, and wait until it has loaded.

        Raises
        ------
        ProcessEndedError
            If it ends instead.
        """
        with self._lock:
            if self._ended:
                raise ProcessEndedError("the lane is closed")
            if self._process and self._dying:
                self._process.wait()
            self._dying = False
            if self._process and self._process.poll() is None:
                return
            self._process = subprocess.Popen(  # noqa: S603 - our own
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=_ROOT,
            )
        self._exchange(self._first, START_SECONDS)

    def ask(self, message: Message, seconds: float) -> Message:
        """Let it do one work.

        Raises
        ------
        TimeoutError
            If it takes longer; the process is ended.
        ProcessEndedError
            If it ends before it has answered.
        """
        self.start()
        return self._exchange(message, seconds)

    def kill(self) -> None:
        """End what it does; the next who asks starts it anew."""
        process = self._process
        if process:
            self._dying = True
            with contextlib.suppress(OSError):
                process.kill()

    def close(self) -> None:
        """End it for good."""
        with self._lock:
            self._ended = True
        self.kill()
        if self._process:
            self._process.wait()

    def _exchange(self, message: Message, seconds: float) -> Message:
        process = self._process
        assert process and process.stdin and process.stdout
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(seconds, stop)
        clock.daemon = True
        clock.start()
        cause: Exception | None = None
        answer: Message | None = None
        try:
            send(process.stdin, message)  # type: ignore[arg-type]
            answer = receive(process.stdout, MOST_BYTES)  # type: ignore[arg-type]
        except (OSError, EOFError, ValueError) as error:
            self.kill()
            cause = error
        finally:
            clock.cancel()
        if answer is None:
            code = process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    stream.close()
            if late.is_set():
                raise TimeoutError(seconds)
            raise ProcessEndedError(f"exit code {code}") from cause
        return answer

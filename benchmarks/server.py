"""A Streamlit application in a process of its own, for as long as it is measured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

ROOT: Final = Path(__file__).parents[1]
START_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 0.1
SECONDS: Final = 60.0
"""Longest wait for an answer; with it a request that hangs ends as an error."""

STOP_SECONDS: Final = 10.0


class ServerDiedError(RuntimeError):
    """A server ended, or did not answer in time; the message holds its log."""


@contextmanager
def running(script: str) -> Iterator[str]:
    """Run an application on a free port until the block is left.

    Parameters
    ----------
    script : str
        Path of the application below the project's folder.

    Yields
    ------
    str
        Its address, once it answers.

    Raises
    ------
    ServerDiedError
        If it ends or does not answer in time.
    """
    port = _free_port()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", script),
                f"--server.port={port}",
                "--server.address=127.0.0.1",
                "--server.headless=true",
                # A file saved while we measure must not cause a rerun.
                "--server.fileWatcherType=none",
                "--browser.gatherUsageStats=false",
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(process, address, script, log)
            yield address
        except Exception as error:
            # What the visitor missed is explained by the log, if the server is gone.
            if process.poll() is None or isinstance(error, ServerDiedError):
                raise
            raise _died(script, process, log) from error
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(
    process: subprocess.Popen[bytes], address: str, script: str, log: IO[bytes]
) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):  # noqa: S310 (our own http address)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(LOOK_SECONDS)  # between two looks, not instead of one
    raise _died(script, process, log)


def _died(
    script: str, process: subprocess.Popen[bytes], log: IO[bytes]
) -> ServerDiedError:
    log.seek(0)
    text = log.read().decode("utf-8", "replace")
    return ServerDiedError(
        f"{script} does not answer (exit code {process.poll()}); its log:\n{text}"
    )


def fetch(url: str) -> bytes:
    """Return what is at an address; an error of the server raises."""
    with urllib.request.urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 (our own http address)
        content: bytes = answer.read()
    return content


def timed(action: Callable[[], object]) -> float:
    """Return the milliseconds that something takes."""
    begun = time.perf_counter()
    action()
    return since(begun)


def since(begun: float) -> float:
    """Return the milliseconds since a reading of ``time.perf_counter``."""
    return (time.perf_counter() - begun) * 1000

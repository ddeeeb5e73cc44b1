"""Commands that start the page, and prepare what it sends."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from geo import folders
from geo.language import LANGUAGES, N_, speaker

ROOT: Final = Path(__file__).parents[2]
"""Where ``streamlit_app.py`` lies: the checkout, or the package that is installed."""


def serve(
    port: int, address: str | None = None, prefix: str = "", workers: int = 1
) -> int:
    """Start the page and wait until it is stopped.

    Parameters
    ----------
    port : int
        Port on which it answers.
    address : str, optional
        Address of this machine on which it answers; all of them if there is none.
    prefix : str
        Path below which it runs, with or without slashes.
    workers : int
        Processes that answer, behind the one address.

    Returns
    -------
    int
        Exit code of the server. Where the system can, this process becomes the server
        and nothing is returned, so that a signal reaches it.
    """
    speaker("zh")  # what is missing is said here, where a message can be read
    if workers > 1:
        crowd = ["--workers", str(workers), "--port", str(port), "--prefix", prefix]
        crowd += ["--address", address] if address else []
        return _become(["views.http.crowd", *crowd])
    try:
        _take(port, address)
    except OSError as fault:
        say_taken(port, fault)
        return 1
    arguments = ["--server.port", str(port), "--server.fileWatcherType", "none"]
    if address:
        arguments += ["--server.address", address]
    if prefix:
        arguments += ["--server.baseUrlPath", prefix.strip("/")]
    return _become(["streamlit", "run", "streamlit_app.py", *arguments])


def say_taken(port: int, fault: OSError) -> None:
    """Say in both languages why a port cannot be listened on.

    Parameters
    ----------
    port : int
        The port.
    fault : OSError
        What the system says.
    """
    message = N_("Port {port} cannot be used: {reason}")
    if fault.errno == errno.EADDRINUSE:
        message = N_("Port {port} is taken: {reason}")
    for language in LANGUAGES:
        said = speaker(language)(message, port=port, reason=fault.strerror)
        print(said, file=sys.stderr)


def _take(port: int, address: str | None) -> None:
    """Listen for a moment, as the server will; it says so in English only."""
    kind = socket.AF_INET6 if address and ":" in address else socket.AF_INET
    with socket.socket(kind) as probe:
        if os.name == "posix":  # else two servers may have one port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((address or "", port))


def prepare() -> int:
    """Pack Streamlit's scripts into the environment; return the exit code."""
    return _become(["views.http.prepare"])


def _become(module: Sequence[str]) -> int:
    """Run a module of the environment in the atlas's folder."""
    if own := os.environ.get(folders.VARIABLE):
        # It was typed in another folder than the one where the server runs.
        os.environ[folders.VARIABLE] = str(Path(own).absolute())
    command = [sys.executable, "-m", *module]
    if os.name == "posix":
        sys.stdout.flush()
        sys.stderr.flush()
        os.chdir(ROOT)
        os.execv(sys.executable, command)  # noqa: S606 - our own
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603 - our own
    except KeyboardInterrupt:
        return 0

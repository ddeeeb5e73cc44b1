"""Several processes behind one address: ``python -m views.http.crowd``.

A session of Streamlit lives in the process where it began, so a browser has to stay
with one. It is told which by a cookie with the number of the process; a client that
keeps no cookies, by a hash of its address and name. The processes listen on this
machine's own address only; one that ends is started anew.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final

import aiohttp
from aiohttp import web

from layers import settings
from layers.cli.serving import say_taken
from views.http import parent
from views.http.front_server import LONGEST_LINE, front, let_in, without_banner
from views.http.hand_on import Desk

_LOG: Final = logging.getLogger("atlas.crowd")

START_SECONDS: Final = 180
STOP_SECONDS: Final = 150
"""How long a process may take to answer what is being drawn."""

_LOOK_SECONDS: Final = 0.3
_PAUSE_SECONDS: Final = 2.0
OWN: Final = "127.0.0.1"


class StartError(RuntimeError):
    """A process ended before it had answered: the tables or a setting are faulty."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(f"exit code {code}")


class Worker:
    """A process of the crowd, started anew when it ends.

    Parameters
    ----------
    number : int
        Its place in the crowd, from 0.
    prefix : str
        Path under which it runs, with a slash before it, or empty.
    arguments : sequence of str
        For Streamlit, besides address and port.
    """

    def __init__(self, number: int, prefix: str, arguments: Sequence[str]) -> None:
        self.number, self.port = number, 0
        self.is_ready = False
        self._prefix, self._arguments = prefix, arguments
        self._process: asyncio.subprocess.Process | None = None
        self._stops = False

    async def start(self) -> None:
        """Start the process, and wait until it answers.

        Raises
        ------
        StartError
            If it ends instead, or does not answer in time.
        """
        self.port = _free_port()
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
        command += ["--server.address", OWN, "--server.port", str(self.port)]
        self._process = await asyncio.create_subprocess_exec(
            *command,
            *self._arguments,
            env=environment(self.number, os.environ),
            stdin=asyncio.subprocess.PIPE,  # closes when this process ends
        )
        address = f"http://{OWN}:{self.port}{self._prefix}/health"
        loop = asyncio.get_running_loop()
        until = loop.time() + START_SECONDS
        async with aiohttp.ClientSession() as session:
            while loop.time() < until and self._process.returncode is None:
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with session.get(address) as answer:
                        if answer.status == 200:
                            self.is_ready = True
                            return
                await asyncio.sleep(_LOOK_SECONDS)
        code = self._process.returncode
        await self.stop()
        raise StartError(1 if code is None else code)

    async def keep(self) -> None:
        """Start it anew whenever it ends, until it is stopped."""
        while not self._stops:
            assert self._process
            code = await self._process.wait()
            self.is_ready = False
            if self._stops:
                return
            _LOG.error("process %d ended with code %d", self.number, code)
            while not self._stops:
                await asyncio.sleep(_PAUSE_SECONDS)
                try:
                    await self.start()
                    break
                except StartError as fault:
                    self._stops = False
                    _LOG.error("process %d does not start: %s", self.number, fault)

    async def stop(self) -> None:
        """Tell it to stop, and wait until it has answered what it was asked."""
        self._stops = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def environment(number: int, inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process of the crowd.

    It believes what this process says of the client, and has a port of its own for its
    metrics: that of the settings and those after it.

    Examples
    --------
    >>> own = environment(1, {"ATLAS_METRICS_PORT": "9100"})
    >>> own["ATLAS_METRICS_PORT"], own["ATLAS_PROXIES"]
    ('9101', '127.0.0.1')
    """
    known = settings.read(inherited)
    own = {**inherited, "ATLAS_PROXIES": ",".join((*known.proxies, OWN))}
    own[parent.VARIABLE] = "0"  # its standard input
    if known.metrics_port:
        own["ATLAS_METRICS_PORT"] = str(known.metrics_port + number)
    return own


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((OWN, 0))
        return int(probe.getsockname()[1])


async def serve(
    count: int, address: str | None, port: int, prefix: str, arguments: Sequence[str]
) -> int:
    """Run a crowd until it is told to stop; return the exit code.

    Parameters
    ----------
    count : int
        Processes.
    address : str or None
        Where it listens; None for every address of this machine.
    port : int
        On which port.
    prefix : str
        Path under which it runs, with a slash before it, or empty.
    arguments : sequence of str
        For Streamlit, besides address and port.
    """
    told = asyncio.Event()
    with suppress(NotImplementedError):  # Windows: Ctrl+C ends it
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, told.set)
    workers = [Worker(number, prefix, arguments) for number in range(count)]
    desk = Desk(workers, settings.current().proxies, prefix)
    runner = web.AppRunner(
        front(desk),
        handler_cancellation=True,  # who leaves ends the work
        access_log=None,
        shutdown_timeout=1.0,
        max_line_size=LONGEST_LINE,
    )
    let_in()
    await runner.setup()
    without_banner(runner)
    site = web.TCPSite(runner, address, port)
    keepers: list[asyncio.Task[None]] = []
    try:
        await site.start()
        starting = asyncio.gather(*(worker.start() for worker in workers))
        stopping = asyncio.ensure_future(told.wait())
        both: set[asyncio.Future[object]] = {starting, stopping}  # type: ignore[arg-type]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            keepers = [asyncio.ensure_future(worker.keep()) for worker in workers]
            print(f"http://{address or 'localhost'}:{port}{prefix}", flush=True)
        await stopping
    except OSError as fault:
        say_taken(port, fault)
        return 1
    except StartError as fault:
        return fault.code
    finally:
        await site.stop()
        await asyncio.gather(*(worker.stop() for worker in workers))
        for keeper in keepers:
            keeper.cancel()
        await runner.cleanup()
        await desk.close()
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Read what ``atlas serve --workers`` hands on, and serve."""
    parser = argparse.ArgumentParser(prog="python -m views.http.crowd")
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--address")
    parser.add_argument("--prefix", default="")
    options = parser.parse_args(arguments)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        settings.read()
    except settings.SettingsError as fault:
        print(fault.say("zh"), fault, sep="\n", file=sys.stderr)
        return 1
    base = options.prefix.strip("/")
    quiet = ["--server.fileWatcherType", "none", "--logger.hideWelcomeMessage", "true"]
    quiet += ["--server.baseUrlPath", base] if base else []
    prefix = f"/{base}" if base else ""
    try:
        return asyncio.run(
            serve(options.workers, options.address, options.port, prefix, quiet)
        )
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    raise SystemExit(main())

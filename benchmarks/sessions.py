"""Many readers at once, each asking for another selection every few seconds.

Run as ``python -m benchmarks.sessions``. Each reader is a session of Streamlit over a
WebSocket of its own, with the cookie that its page was answered with; what is timed is
a rerun, from the message that asks for it to the one that says it is done. One process
and several are measured in turn, so that both have the same share of what else the
machine does.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import quantiles
from typing import Final

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.server import ROOT, SECONDS, START_SECONDS, since
from geo.language import LANGUAGES
from layers.facts.package import load

PORT: Final = 8640
EVERY: Final = 5.0
"""Seconds from one question of a reader to the next."""


@contextmanager
def served(workers: int, port: int) -> Iterator[tuple[str, int]]:
    """Serve with so many processes until the block is left; give address and pid."""
    command = [sys.executable, "-m", "layers", "serve", "--workers", str(workers)]
    command += ["--port", str(port), "--address", "127.0.0.1"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    address = f"127.0.0.1:{port}"
    until = time.monotonic() + START_SECONDS * (1 + workers)
    try:
        while True:
            try:
                urllib.request.urlopen(f"http://{address}/health", timeout=10).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("the atlas does not answer") from None
                time.sleep(0.5)
        # All of its processes, not the first alone.
        time.sleep(2.0 * workers)
        yield address, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(SECONDS)


def questions() -> list[str]:
    """Return addresses of the map page, each of another selection."""
    package = load()
    prefectures = package.divisions.of_level("prefecture")
    return [
        f"all={programme}&prefecture={prefecture}&lang={language}"
        for programme in package.programmes
        for prefecture in prefectures
        for language in LANGUAGES
    ]


async def reader(
    address: str, asked: Sequence[str], seconds: float, wait: float, times: list[float]
) -> None:
    """Be one reader for some seconds; append the milliseconds of each rerun.

    Raises
    ------
    TimeoutError
        If a rerun takes longer than :data:`benchmarks.server.SECONDS`.
    """
    await asyncio.sleep(wait)
    cookie = await asyncio.to_thread(visit, address)
    url = f"ws://{address}/_stcore/stream"
    headers = {"Cookie": cookie, "Origin": f"http://{address}"}
    async with websockets.connect(
        url,
        additional_headers=headers,
        subprotocols=[websockets.Subprotocol("streamlit")],
        max_size=None,
        open_timeout=SECONDS,
    ) as socket:
        await rerun(socket, asked[0])  # the first draws the whole page
        until = time.monotonic() + seconds
        number = 1
        while time.monotonic() < until:
            begun = time.perf_counter()
            await rerun(socket, asked[number % len(asked)])
            times.append(since(begun))
            number += 1
            await asyncio.sleep(max(0.0, EVERY - since(begun) / 1000))


async def rerun(socket: websockets.ClientConnection, query: str) -> None:
    """Ask for a selection, and wait until the script is done."""
    asked = BackMsg()
    asked.rerun_script.query_string = query
    await socket.send(asked.SerializeToString())
    async with asyncio.timeout(SECONDS):
        while True:
            told = ForwardMsg()
            told.ParseFromString(bytes(await socket.recv(decode=False)))
            if told.WhichOneof("type") == "script_finished":
                return


def visit(address: str) -> str:
    """Open the page; return the cookies that come with it."""
    asked = urllib.request.Request(
        f"http://{address}/", headers={"Sec-Fetch-Mode": "navigate"}
    )
    with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310 (our own http address)
        cookies = answer.headers.get_all("Set-Cookie") or []
    return "; ".join(cookie.partition(";")[0] for cookie in cookies)


async def crowd(address: str, count: int, seconds: float) -> list[float]:
    """Return the milliseconds of all reruns of so many readers."""
    asked, times = questions(), list[float]()
    chance = random.Random(count)  # noqa: S311 - the same crowd each time
    async with asyncio.TaskGroup() as readers:
        for _ in range(count):
            own = chance.sample(asked, k=min(50, len(asked)))
            wait = chance.uniform(0, EVERY * max(1.0, count / 25))
            readers.create_task(reader(address, own, seconds, wait, times))
    return times


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; a reader who gets no answer ends it as an error."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.sessions", description=__doc__
    )
    parser.add_argument("--sessions", type=int, nargs="+", default=[30, 100])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--port", type=int, default=PORT)
    options = parser.parse_args(arguments)
    print("| readers | processes | reruns | p50, ms | p95, ms | load |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in options.sessions:
        for workers in options.workers:
            with served(workers, options.port) as (address, _):
                times = asyncio.run(crowd(address, count, options.seconds))
            cuts = quantiles(times, n=20)
            print(
                f"| {count} | {workers} | {len(times)} | {cuts[9]:,.0f} | "
                f"{cuts[18]:,.0f} | {os.getloadavg()[0]:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()

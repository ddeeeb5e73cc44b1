"""What a first visit moves: bytes by file, and requests, until the map is live.

Run as ``python -m benchmarks.first_visit``; beside the application stand the naive one
and the floor, a Streamlit page with nothing on it. Bytes are those of the network, as
the browser counts them, heads and all. The goals are judged; it never fails for a slow
machine, because no time is taken.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

from benchmarks.server import running

CHROMIUM: Final = "/usr/bin/chromium-headless-shell"
MOST_BYTES: Final = 1_100_000
MOST_ABOVE_FLOOR: Final = 10
"""Requests."""

QUIET_MS: Final = 4_000
"""Without a request for so long, a page has all that it wants."""

APPLICATIONS: Final = {
    "atlas": "streamlit_app.py",
    "naive": "benchmarks/naive_app.py",
    "floor": "benchmarks/floor_app.py",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit moved: bytes by address, and those of the WebSocket."""

    files: dict[str, int]
    frames: int

    @property
    def total(self) -> int:
        """Bytes in all."""
        return sum(self.files.values()) + self.frames


def visit(browser: Browser, address: str) -> Visit:
    """Visit an address as nobody has before, until nothing more is asked for.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        The browser.
    address : str
        What to visit.
    """
    context = browser.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    addresses: dict[str, str] = {}
    files: dict[str, int] = {}
    frames = 0

    def answered(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["response"]["url"]

    def finished(event: dict[str, Any]) -> None:
        key = event["requestId"]
        files[f"{key} {addresses.get(key, '?')}"] = int(event["encodedDataLength"])

    def framed(event: dict[str, Any]) -> None:
        nonlocal frames
        frames += len(event["response"]["payloadData"]) * 3 // 4  # Base64

    network.on("Network.responseReceived", answered)
    network.on("Network.loadingFinished", finished)
    network.on("Network.webSocketFrameReceived", framed)
    page.goto(address)
    seen = -1
    while seen < len(files):
        seen = len(files)
        page.wait_for_timeout(QUIET_MS)
    context.close()
    return Visit(files, frames)


def met(found: int, most: int) -> str:
    """Say whether a goal is met.

    Parameters
    ----------
    found, most : int
        What there is, and what there may be.
    """
    return "met" if found <= most else "missed"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Open the browser that is there, until the block is left."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
        try:
            yield browser
        finally:
            browser.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print.

    Parameters
    ----------
    arguments : sequence of str, optional
        By default those of the process.

    Returns
    -------
    int
        0; a goal that is missed is said.
    """
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", choices=[*APPLICATIONS], nargs="*")
    parser.add_argument("--files", type=int, default=12, help="so many of the largest")
    options = parser.parse_args(arguments)
    requests: dict[str, int] = {}
    with chromium() as browser:
        for name in options.only or APPLICATIONS:
            with running(APPLICATIONS[name]) as address:
                found = visit(browser, address)
            requests[name] = len(found.files)
            print(f"{name}: {found.total:,} bytes, {requests[name]} requests")
            largest = sorted(found.files.items(), key=lambda item: -item[1])
            for file, size in largest[: options.files]:
                print(f"  {size:>9,}  {file.partition(' ')[2][-70:]}")
            if name == "atlas":
                print(f"  goal of {MOST_BYTES:,} bytes: {met(found.total, MOST_BYTES)}")
    if {"atlas", "floor"} <= {*requests}:
        above = requests["atlas"] - requests["floor"]
        verdict = met(above, MOST_ABOVE_FLOOR)
        print(
            f"{above} requests above the floor, goal of {MOST_ABOVE_FLOOR}: {verdict}"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Days of use in minutes: whether what the server holds stays flat.

Run as ``python -m benchmarks.soak``. Sessions come, ask one thing after another without
a pause and go; between them files, layers, states and sheets are fetched that nobody
asked for before. Every half minute the memory of all processes, the open files and
threads of the first are written down. A planner presses perhaps once a minute: the
presses of all sessions, by that measure, are the hours that are simulated.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final

import websockets

from benchmarks.server import SECONDS
from benchmarks.sessions import PORT, questions, rerun, served, visit

EVERY: Final = 30.0
"""Seconds from one look at the memory to the next."""

_AT_ONCE: Final = 4
_PRESSES: Final = 8
"""Of a session, before it goes."""

_FILES: Final = (
    "/layers/counties.{form}?{query}",
    "/layers/counties.pdf?{query}",
    "/ogc/collections/counties/items?limit=20&f=json&{query}",
)
_FORMS: Final = ("geojson", "csv", "xlsx", "kml", "gpkg", "svg", "topojson")
_SHEETS: Final = 12
"""Of so many fetches one is a sheet: it takes as long as twenty others."""


def family(pid: int) -> list[int]:
    """Return a process and all that it started, as ``/proc`` has them."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, rest = status.read_text("ascii", "replace").rpartition(")")
        except OSError:
            continue
        parents.setdefault(int(rest.split()[1]), []).append(int(status.parent.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def memory_mb(pids: Sequence[int]) -> float:
    """Return the megabytes that processes hold, shared pages shared out among them."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


async def session(address: str, asked: Sequence[str]) -> int:
    """Be a reader who presses several times and goes; give how often."""
    cookie = await asyncio.to_thread(visit, address)
    async with websockets.connect(
        f"ws://{address}/_stcore/stream",
        additional_headers={"Cookie": cookie, "Origin": f"http://{address}"},
        subprotocols=[websockets.Subprotocol("streamlit")],
        max_size=None,
        open_timeout=SECONDS,
    ) as socket:
        for query in asked:
            await rerun(socket, query)
    return len(asked)


def fetch(address: str, path: str) -> int:
    """Fetch a file; the status, an error's too."""
    try:
        with urllib.request.urlopen(f"http://{address}{path}", timeout=SECONDS) as told:
            told.read()
            return int(told.status)
    except urllib.error.HTTPError as error:
        return error.code


async def soak(address: str, pid: int, seconds: float) -> list[tuple[float, ...]]:
    """Use the server for some seconds; give what was seen, a row each half minute."""
    chance = random.Random(1)  # noqa: S311 - the same use each time
    asked, rows = questions(), list[tuple[float, ...]]()
    presses, fetched, errors = 0, 0, 0
    begun = looked = time.monotonic()
    while time.monotonic() - begun < seconds:
        runs = [
            session(address, chance.sample(asked, _PRESSES)) for _ in range(_AT_ONCE)
        ]
        presses += sum(await asyncio.gather(*runs))
        for _ in range(_AT_ONCE):
            is_sheet = chance.randrange(_SHEETS) == 0
            path = _FILES[1] if is_sheet else chance.choice((_FILES[0], _FILES[2]))
            path = path.format(form=chance.choice(_FORMS), query=chance.choice(asked))
            status = await asyncio.to_thread(fetch, address, path)
            fetched, errors = fetched + 1, errors + (status >= 500)
        if time.monotonic() - looked > EVERY:
            looked = time.monotonic()
            held = family(pid)
            open_files = len([*Path(f"/proc/{pid}/fd").iterdir()])
            threads = len([*Path(f"/proc/{pid}/task").iterdir()])
            row = (looked - begun, presses, fetched, errors)
            rows.append((*row, memory_mb(held), open_files, threads))
            print("| " + " | ".join(f"{n:,.0f}" for n in rows[-1]) + " |", flush=True)
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Use a server hard, and print what it held over time."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.soak", description=__doc__
    )
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--port", type=int, default=PORT)
    options = parser.parse_args(arguments)
    print("| s | presses | files | errors | memory, MB | open files | threads |")
    print("| ---: " * 7 + "|")
    with served(1, options.port) as (address, pid):
        rows = asyncio.run(soak(address, pid, options.seconds))
    third = max(1, len(rows) // 3)
    first, last = rows[third : 2 * third] or rows, rows[-third:]
    ratio = median(row[4] for row in last) / median(row[4] for row in first)
    hours = rows[-1][1] / 60
    print(
        f"\nHours of one planner who presses each minute: {hours:,.0f}; memory of the "
        f"last third against the second: {ratio:.2f}"
    )


if __name__ == "__main__":
    main()

"""How long one waits for a map sheet: the first of a server, later ones, a command.

Run as ``python -m benchmarks.sheet``. Each sheet shows a selection that was not drawn
before. The table judges goals, but never fails for a slow machine; an answer that is no
sheet does.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.server import ROOT, fetch, running, timed
from benchmarks.service import PREFECTURES, setting

GOAL: Final = 3000.0
"""Milliseconds of a sheet."""

POOR: Final = "/layers/poor_county"

HEADS: Final = {"pdf": b"%PDF", "png": b"\x89PNG", "svg": b"<?xml"}
"""With what a file of each kind begins."""

FIRST: Final = "the first sheet of a server, PDF, 62 counties"
LATER: Final = "a later sheet, {kind}, 62 counties"
NARROWED: Final = "a later sheet, {kind}, one prefecture"
COMMAND: Final = "`python -m layers sheet`, PDF, 62 counties, with its start"


def measure(repeats: int) -> dict[str, list[float]]:
    """Measure everything, a server for each repetition.

    Returns
    -------
    dict of str to list of float
        Milliseconds by what was waited for.

    Raises
    ------
    RuntimeError
        If an answer is no sheet.
    """
    times: dict[str, list[float]] = defaultdict(list)
    for number in range(repeats):
        with running("streamlit_app.py") as address:
            # Another way of seeing each time: the same sheet would come from a cache.
            times[FIRST].append(_sheet(f"{address}{POOR}.pdf?see=exit"))
            for kind in HEADS:
                whole = f"{address}{POOR}.{kind}?see=category"
                times[LATER.format(kind=kind.upper())].append(_sheet(whole))
                narrowed = f"{whole}&prefecture={PREFECTURES[number % 6]}"
                times[NARROWED.format(kind=kind.upper())].append(_sheet(narrowed))
        times[COMMAND].append(timed(_command))
    return times


def table(times: dict[str, list[float]]) -> Iterator[str]:
    """Write medians and slowest, against the goal, as a Markdown table."""
    yield f"| ms | median | slowest | all under {GOAL:,.0f} |"
    yield "| --- | ---: | ---: | --- |"
    for name, values in times.items():
        verdict = "yes" if max(values) < GOAL else "**no**"
        yield f"| {name} | {median(values):,.0f} | {max(values):,.0f} | {verdict} |"


def _sheet(url: str) -> float:
    answers: list[bytes] = []
    taken = timed(lambda: answers.append(fetch(url)))
    kind = url.partition("?")[0].rpartition(".")[2]
    if not answers[0].startswith(HEADS[kind]):
        raise RuntimeError(f"{url} did not answer with a sheet")
    return taken


def _command() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sheet.pdf"
        command = ("-m", "layers", "sheet", "--all", "poor_county", "-o", str(file))
        subprocess.run((sys.executable, *command), cwd=ROOT, check=True)
        if not file.read_bytes().startswith(HEADS["pdf"]):
            raise RuntimeError("the command did not write a sheet")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.sheet", description=__doc__
    )
    parser.add_argument(
        "--repeats", type=int, default=3, help="servers started in turn (default: 3)"
    )
    times = measure(max(1, parser.parse_args(arguments).repeats))

    print(setting(), end="\n\n")
    print("\n".join(table(times)))


if __name__ == "__main__":
    main()

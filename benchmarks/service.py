"""What the layers by address bear: a crowd at once, a second time, and a large file.

Run as ``python -m benchmarks.service``. The application runs as it is, on a free port
of this machine; the table shows medians and ratios. It judges goals, but never fails
for a slow machine; an answer that is not 200, or not the same as the others, does.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from statistics import median
from threading import Barrier
from typing import Final

from benchmarks.server import SECONDS, fetch, running, since, timed
from geo.export import geojson
from layers.facts import package as packages
from layers.facts.county_table import county_table
from layers.files.features import EVIDENCE, feature_table
from layers.select.selection import Selection

LAYER: Final = "/layers/poor_county.geojson"

AT_ONCE: Final = 100

CACHED_FASTER: Final = 10.0

PREFECTURES: Final = ("130100", "130400", "130500", "130600", "130700", "130800")
"""Each narrows the layer to an answer that was not made before."""

AGAIN: Final = 5
"""How often each answer is asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Times in milliseconds.

    Attributes
    ----------
    first, cached : list of float
        Of one request alone, that for an answer never made before and that for the
        same again.
    crowd : list of float
        Of `AT_ONCE` requests begun together, each until its last byte.
    crowd_whole : list of float
        From the beginning of all to the end of the last.
    ours, theirs : list of float
        Of all counties in full detail as GeoJSON, by our writer and by
        ``GeoDataFrame.to_file``.
    """

    first: list[float]
    cached: list[float]
    crowd: list[float]
    crowd_whole: list[float]
    ours: list[float]
    theirs: list[float]


def measure(repeats: int) -> Measured:
    """Measure everything, a server for each repetition.

    Parameters
    ----------
    repeats : int
        How often.
    """
    first: list[float] = []
    cached: list[float] = []
    crowd: list[float] = []
    whole: list[float] = []
    for _ in range(repeats):
        with running("streamlit_app.py") as address:
            # Libraries and tables are loaded by then; the answers are not made.
            fetch(f"{address}/layers/deep_poverty.geojson")
            for query in ("", *(f"?prefecture={code}" for code in PREFECTURES)):
                ask = partial(fetch, address + LAYER + query)
                first.append(timed(ask))
                cached += [timed(ask) for _ in range(AGAIN)]
            times, total = _rush(address + LAYER)
            crowd += times
            whole.append(total)
    ours, theirs = _written(repeats)
    return Measured(
        first=first,
        cached=cached,
        crowd=crowd,
        crowd_whole=whole,
        ours=ours,
        theirs=theirs,
    )


def table(measured: Measured) -> Iterator[str]:
    """Write medians, ratios and goals as a Markdown table."""
    first, cached = median(measured.first), median(measured.cached)
    ours, theirs = median(measured.ours), median(measured.theirs)
    yield "| median, ms | base | ours | ratio | goal | reached |"
    yield "| --- | ---: | ---: | ---: | --- | --- |"
    yield _row(
        "an answer again, against the first time",
        (first, cached, first / cached),
        f"≥ {CACHED_FASTER:g} × faster",
        first >= CACHED_FASTER * cached,
    )
    yield _row(
        "all counties to GeoJSON, against `GeoDataFrame.to_file`",
        (theirs, ours, ours / theirs),
        "≤ 1 × its time",
        ours <= theirs,
    )
    yield _row(
        f"{AT_ONCE} requests at once, against as many cached ones in turn",
        (
            cached * AT_ONCE,
            median(measured.crowd_whole),
            median(measured.crowd_whole) / (cached * AT_ONCE),
        ),
        "no error",
        # An error would have ended the run.
        True,
    )


def setting() -> str:
    """Say when and on what was measured."""
    names = ("streamlit", "starlette", "uvicorn", "geopandas", "pyogrio")
    return ", ".join(
        [
            f"{datetime.now(UTC):%Y-%m-%d}",
            f"{cpu_count()} cores",
            f"Python {platform.python_version()}",
            *(f"{name} {version(name)}" for name in names),
        ]
    )


def _row(
    name: str, values: tuple[float, float, float], goal: str, reached: bool
) -> str:
    base, ours, ratio = values
    verdict = "yes" if reached else "**no**"
    return f"| {name} | {base:,.1f} | {ours:,.1f} | {ratio:.2f} | {goal} | {verdict} |"


def _rush(url: str) -> tuple[list[float], float]:
    """Ask by many threads at once; each begins when all stand ready."""
    ready = Barrier(AT_ONCE)

    def ask(_: int) -> tuple[float, bytes]:
        ready.wait(SECONDS)
        begun = time.perf_counter()
        content = fetch(url)
        return since(begun), content

    begun = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = [*threads.map(ask, range(AT_ONCE), timeout=SECONDS)]
    total = since(begun)
    if len({content for _, content in answers}) != 1:
        raise RuntimeError("the same address was answered in different ways")
    return [taken for taken, _ in answers], total


def _written(repeats: int) -> tuple[list[float], list[float]]:
    package = packages.load()
    features = feature_table(package, county_table(package, "full"), Selection())
    # GDAL cannot write lists of mappings: it is spared the evidence, ours is not.
    plain = features.drop(columns=EVIDENCE)
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)

        def write_ours() -> None:
            (path / "ours.geojson").write_bytes(geojson.write(features, {}))

        def write_theirs() -> None:
            plain.to_file(path / "theirs.geojson", driver="GeoJSON")

        write_ours()
        write_theirs()
        # In turn, so that both have the same share of what else the machine does.
        for _ in range(max(5, repeats)):
            ours.append(timed(write_ours))
            theirs.append(timed(write_theirs))
    return ours, theirs


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.service", description=__doc__
    )
    parser.add_argument(
        "--repeats", type=int, default=3, help="servers started in turn (default: 3)"
    )
    measured = measure(max(1, parser.parse_args(arguments).repeats))

    print(setting(), end="\n\n")
    for line in table(measured):
        print(line)
    slowest = max(measured.crowd)
    print(
        f"\n{len(measured.crowd)} requests in crowds of {AT_ONCE}, all answered alike; "
        f"the median one after {median(measured.crowd):,.0f} ms, the slowest after "
        f"{slowest:,.0f} ms."
    )


if __name__ == "__main__":
    main()

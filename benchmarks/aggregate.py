"""What ten million rows cost: keys first and then joined, beside joined the plain way.

Run as ``python -m benchmarks.aggregate``. Each way runs in a process of its own, so
that its processor time and its greatest memory are its own; both read the same Parquet
and must give the same counts. The table judges the goals, and never fails for a slow
machine.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from geo.boundaries import Boundaries
from geo.folders import boundaries_folder
from layers.own.register import places_in

ROWS: Final = 10_000_000
MEASURES: Final = ("mean:income,sum:persons", "count")
GOALS: Final = {"CPU, s": 5.0, "memory, MB": 600.0}

_GROUP: Final = 500_000


def make(file: Path, rows: int) -> None:
    """Write a register of persons: a village's code, an income, persons.

    Parameters
    ----------
    file : pathlib.Path
        Where to.
    rows : int
        How many.
    """
    chance = np.random.default_rng(12)
    villages = np.array(
        [
            f"{county}{100 + n // 9:03d}{200 + n % 9:03d}"
            for county in places_in().counties
            for n in range(44)
        ]
    )
    schema = pa.schema(
        [("village", pa.string()), ("income", pa.float64()), ("persons", pa.int64())]
    )
    with pq.ParquetWriter(file, schema) as writer:
        for start in range(0, rows, _GROUP):
            n = min(_GROUP, rows - start)
            columns = [
                pa.array(villages[chance.integers(0, len(villages), n)], pa.string()),
                pa.array(np.round(chance.gamma(2, 6000, n), 2)),
                pa.array(chance.integers(1, 8, n)),
            ]
            writer.write_table(pa.table(columns, schema=schema))


def ours(file: Path) -> dict[str, int]:
    """Add up as the command does."""
    from layers.aggregate.question import Question
    from layers.aggregate.run import aggregate

    question = Question(where=str(file), measures=MEASURES, roles={"code": "village"})
    answer = aggregate(question, places_in(), Boundaries(boundaries_folder()))
    return {str(k): int(v) for k, v in answer.table["count"].items()}


def naive(file: Path) -> dict[str, int]:
    """Join every row as it is to the counties, and make its code plain on the way."""
    import ibis

    connection = ibis.duckdb.connect(threads=2)
    table = connection.read_parquet(str(file))
    counties = ibis.memtable(pa.table({"adcode": pa.array(places_in().counties)}))
    plain = table.village.cast("string").re_replace(r"[^0-9]", "")
    code = plain.re_extract(r"^([0-9]{6})([0-9]{3}|[0-9]{6})?$", 1)
    joined = table.mutate(adcode=code).join(counties, "adcode")
    found = joined.group_by("adcode").aggregate(
        count=joined.count(), mean=joined.income.mean(), persons=joined.persons.sum()
    )
    return {row["adcode"]: row["count"] for row in found.to_pyarrow().to_pylist()}


def measured(way: str, file: Path) -> dict[str, Any]:
    """Run one way in a process of its own.

    Parameters
    ----------
    way : {"ours", "naive"}
        Which.
    file : pathlib.Path
        The register.

    Returns
    -------
    dict
        ``start``: CPU seconds to import what both need, ``cpu``: of the whole process,
        ``wall``, ``memory`` in MB, ``counts``.
    """
    began = time.perf_counter()
    line = [sys.executable, "-m", "benchmarks.aggregate", "--way", way, str(file)]
    done = subprocess.run(line, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return {**told, "wall": time.perf_counter() - began}


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def run_way(way: str, file: Path) -> None:
    """Print what one way cost, as JSON: called in a process of its own."""
    start = _spent()
    counts = {"ours": ours, "naive": naive}[way](file)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {"start": start, "cpu": _spent(), "memory": memory, "counts": counts}
        )
    )


def main() -> None:
    """Measure both ways, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--way", choices=["ours", "naive"])
    parser.add_argument("file", nargs="?", type=Path)
    asked = parser.parse_args()
    if asked.way:
        run_way(asked.way, asked.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.parquet"
        make(file, asked.rows)
        size = file.stat().st_size / 1e6
        found = {way: measured(way, file) for way in ("naive", "ours")}
    naive_counts, our_counts = (found[way].pop("counts") for way in ("naive", "ours"))
    assert naive_counts == our_counts, "the two ways disagree"
    print(
        f"{asked.rows:,} rows, {size:.0f} MB of Parquet, {cpu_count()} cores,"
        f" Python {platform.python_version()}, ibis {version('ibis-framework')},"
        f" DuckDB {version('duckdb')}\n"
    )
    print("| | naive | ours | ours / naive | goal | reached |")
    print("| --- | ---: | ---: | ---: | --- | --- |")
    rows = {
        "CPU, s": "cpu",
        "of it start, s": "start",
        "wall, s": "wall",
        "memory, MB": "memory",
    }
    for label, key in rows.items():
        a, b = found["naive"][key], found["ours"][key]
        goal = GOALS.get(label)
        judged = f"≤ {goal:g} | {'yes' if b <= goal else 'no'}" if goal else "|"
        print(f"| {label} | {a:.1f} | {b:.1f} | {b / a:.2f} | {judged} |")


if __name__ == "__main__":
    main()

"""The process that adds an upload up: limits first, then the table, then its end.

Started as ``python -m layers.aggregate.child`` by :mod:`layers.aggregate.asking`. It
writes no file; lines of JSON go out: how far it is, and at last the answer.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Final

import pandas as pd

from geo.boundaries import Boundaries
from geo.language import LANGUAGES
from layers.aggregate.faults import AggregateError
from layers.aggregate.memory import opened_in_memory
from layers.aggregate.question import Answer, Question
from layers.aggregate.report import report
from layers.aggregate.roles import Roles, roles_of
from layers.aggregate.run import add_up, told
from layers.aggregate.sources import Source
from layers.own.cells import text_of
from layers.own.child.confinement import confine
from layers.own.limits import Limits
from layers.own.places import Places

_SAMPLED: Final = 1_000
_MOST_VALUES: Final = 24
"""Different texts of a column of which a share may be asked."""

_LONGEST: Final = 60
_STEP: Final = 0.02

Tell = Callable[[str, float], None]


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Answer with the county table of what comes in, or with why there is none."""
    asked = json.loads(source.readline())
    confine(Limits(**asked["limits"]))

    def write(line: Any) -> None:
        text = json.dumps(line, ensure_ascii=False, allow_nan=False)
        target.write(text.encode("utf-8", "replace") + b"\n")
        target.flush()

    last = [-1.0]

    def tell(stage: str, share: float) -> None:
        if share == 0 or share - last[0] >= _STEP:
            last[0] = share
            write({"stage": stage, "share": round(share, 3)})

    divisions, zones, codes = pickle.loads(  # noqa: S301 - written by our own parent
        source.read(asked["places"])
    )
    places = Places(divisions=divisions, zones=zones, other_codes=codes)
    try:
        write({"answer": _answer(asked, source.read(), places, tell)})
    except AggregateError as error:
        write({"refused": error.message, "values": error.values})
    except MemoryError:
        write({"memory": True})


def _answer(
    asked: dict[str, Any], content: bytes, places: Places, tell: Tell
) -> dict[str, Any]:
    limits = {"memory_mb": asked["memory_mb"], "threads": asked["threads"]}
    tell("reading", 0)
    with opened_in_memory(
        content, asked["name"], **limits, tell=lambda share: tell("reading", share)
    ) as source:
        if "question" not in asked:
            with told(source, asked["memory_mb"]):
                return _seen(source, places)
        question = Question(
            where="",
            measures=tuple(asked["question"]["measures"]),
            roles=asked["question"]["roles"],
            persons=asked["question"]["persons"],
            least=asked["question"]["least"],
            **limits,
        )
        boundaries = Boundaries(Path(asked["boundaries"]))
        found = add_up(
            source, question, places, boundaries, lambda stage: tell(stage, 0)
        )
        return _told(found)


def _seen(source: Source, places: Places) -> dict[str, Any]:
    """Return what the columns of a table are, to be looked at and corrected."""
    table = source.table
    sample = table.limit(_SAMPLED).to_pyarrow().to_pylist()
    try:
        roles = roles_of(table, {}, places)
    except AggregateError:
        roles = Roles()  # whoever has brought it says them
    columns = []
    for name in table.columns:
        texts = [text_of(row[name]) if _is_plain(row[name]) else "" for row in sample]
        filled = [text[:_LONGEST] for text in texts if text]
        values = list(dict.fromkeys(filled))
        numbers = pd.to_numeric(pd.Series(filled, dtype="object"), errors="coerce")
        columns.append(
            {
                "name": name,
                "sample": values[:3],
                "values": values if len(values) <= _MOST_VALUES else [],
                "is_number": bool(filled) and bool(numbers.notna().mean() > 0.5),
            }
        )
    return {
        "rows": int(table.count().execute()),
        "columns": columns,
        "roles": roles.keys,
    }


def _is_plain(cell: Any) -> bool:
    return isinstance(cell, str | int | float | bool)


def _told(found: Answer) -> dict[str, Any]:
    """Return the county table and its account as plain data."""
    counties = found.table.drop(columns=["level", "withheld"])
    figures = {
        name: {
            adcode: value
            for adcode, value in zip(counties.index, column.to_list(), strict=True)
            if not pd.isna(value)
        }
        for name, column in counties.items()
    }
    account = found.account
    return {
        "figures": figures,
        "measures": [{**asdict(m), "name": m.name} for m in found.measures],
        "withheld": sorted(found.withheld),
        "reports": {language: report(found, language) for language in LANGUAGES},
        "lines": {
            language: [account.say(language), *account.lines(language)]
            for language in LANGUAGES
        },
    }


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)

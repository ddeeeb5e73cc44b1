"""Checks of dates: what completes another cannot lie before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from geo.language import N_
from geo.problems import Problem
from layers.facts.rows import records
from layers.facts.variables import Variable


def dates_follow(
    frames: Mapping[str, pd.DataFrame], variables: Mapping[str, Variable]
) -> Iterator[Problem]:
    """Yield dates that lie before the date that they complete."""
    table = frames["dates"]
    unit = ["published_adcode", "published_name", "unit"]
    found = {
        (row["variable"], *(row[column] for column in unit)): row
        for row in records(table)
    }
    for line, row in zip(table.index, records(table), strict=True):
        variable = variables.get(row["variable"])
        if variable is None or not variable.after:
            continue
        first = found.get((variable.after, *(row[column] for column in unit)))
        earliest = first["earliest"] if first else ""
        # A year or a month is before a day only if its own digits are.
        if row["latest"] < earliest[: len(row["latest"])]:
            yield Problem(
                table="dates.csv",
                row=int(line),
                column="latest",
                value=row["latest"],
                rule=N_("{variable} cannot be before {first}: {date}."),
                remedy=N_("Correct one of the two dates."),
                details={
                    "variable": variable.id,
                    "first": variable.after,
                    "date": earliest,
                },
            )

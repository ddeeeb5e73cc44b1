"""Checks of numbers: series, zones, and totals that their parts come to.

Each function yields the problems of one rule; :mod:`layers.facts.package` runs them
all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isclose

import pandas as pd

from geo.divisions import Divisions
from geo.language import N_
from geo.problems import Problem
from layers.facts.rows import records
from layers.facts.variables import Variable, in_series

Frames = Mapping[str, pd.DataFrame]


def series_are_of_one_measure(
    frames: Frames, variables: Mapping[str, Variable]
) -> Iterator[Problem]:
    """Yield variables of a series that cannot be set beside the others of it."""
    table = frames["variables"]
    lines = dict(zip(table["id"], table.index, strict=True))
    series = in_series(v for v in variables.values() if v.series)
    for own in series.values():
        seen: dict[str, Variable] = {}
        for variable in own:
            first = own[0]
            same = (first.kind, first.unit, first.measure, first.aggregate)
            rule = ""
            if (
                variable.kind,
                variable.unit,
                variable.measure,
                variable.aggregate,
            ) != same:
                rule = N_("it is not measured as {other} of the same series.")
            elif not variable.since or variable.since in seen:
                rule = N_("{other} of the same series is of the same time.")
            if rule:
                other = seen.get(variable.since, first)
                yield Problem(
                    table="variables.csv",
                    row=int(lines[variable.id]),
                    column="series",
                    value=variable.series,
                    rule=rule,
                    remedy=N_(
                        "Give both the same unit, measure and aggregate and each its "
                        "own period, or empty the cell."
                    ),
                    details={"other": other.id},
                )
            seen[variable.since] = variable


def zones_are_listed(frames: Frames) -> Iterator[Problem]:
    """Yield numbers of zones whose code and name zones.csv does not have."""
    zones = frames["zones"]
    known = set(zip(zones["code"], zones["name"], strict=True))
    table = frames["numbers"]
    own = table[table["level"] == "zone"]
    for line, code, name in zip(
        own.index, own["published_adcode"], own["published_name"], strict=True
    ):
        if (code, name) not in known:
            yield Problem(
                table="numbers.csv",
                row=int(line),
                column="published_name",
                value=f"{code} {name}",
                rule=N_("zones.csv has no zone of this code and name."),
                remedy=N_("Correct the row, or add the zone to zones.csv."),
            )


def totals_agree(
    frames: Frames, variables: Mapping[str, Variable], divisions: Divisions
) -> Iterator[Problem]:
    """Yield totals that are not what counties and zones come to.

    Only of numbers that may be summed. A total may be more than its parts only where
    the variable does not claim to be complete.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        Tables of text cells by name, the index being the line of the file.
    variables : mapping of str to Variable
        The registry, by id.
    divisions : Divisions
        Codes and names with their crosswalk.
    """
    sums = {v.id for v in variables.values() if v.aggregate == "sum"}
    table = frames["numbers"]
    table = table[table["variable"].isin(sums)]
    within = _prefectures(frames, divisions)
    table = table.assign(
        number=pd.to_numeric(table["value"]),
        above=[
            within.get(code, "") if level in {"county", "zone"} else code
            for code, level in zip(
                table["published_adcode"], table["level"], strict=True
            )
        ],
    )
    parts = table[table["level"].isin(("county", "zone"))]
    by_prefecture = parts.groupby(["variable", "above"])["number"].sum().to_dict()
    in_all = parts.groupby("variable")["number"].sum().to_dict()
    totals = table[table["level"].isin(("prefecture", "province"))]
    for line, row in zip(totals.index, records(totals), strict=True):
        identifier, total = row["variable"], float(row["number"])
        found = float(
            in_all.get(identifier, 0)
            if row["level"] == "province"
            else by_prefecture.get((identifier, row["above"]), 0)
        )
        is_less = total < found and not isclose(total, found)
        is_other = variables[identifier].is_whole and not isclose(total, found)
        if is_less or is_other:
            yield Problem(
                table="numbers.csv",
                row=int(line),
                column="value",
                value=row["value"],
                rule=N_("counties and zones of {variable} come to {found} here."),
                remedy=N_(
                    "Correct the total or its parts; mark the variable “incomplete” "
                    "if parts are missing."
                ),
                details={"variable": identifier, "found": f"{found:.10g}"},
            )


def _prefectures(frames: Frames, divisions: Divisions) -> dict[str, str]:
    """Return the prefecture of each zone and of each unit of the day, by its code."""
    found = {
        row["code"]: row["prefecture_adcode"]
        for row in records(frames["zones"])
        if row["code"]
    }
    counties = divisions.of_level("county")
    for change in divisions.changes:
        if change.adcode in counties:
            found[change.former_adcode] = counties[change.adcode].parent
    return found | {code: county.parent for code, county in counties.items()}

"""Checks of the registry of variables against their values.

Each function yields the problems of one rule; :mod:`layers.facts.package` runs them
all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from geo.divisions import Divisions, UnknownDivisionError
from geo.language import N_
from geo.problems import Problem
from layers.facts.columns import label_column, reserved_words
from layers.facts.published import adcode_of, adcodes_of
from layers.facts.rows import records
from layers.facts.variables import VALUE_TABLES, Variable

Frames = Mapping[str, pd.DataFrame]

_REGISTRY: Final = "variables.csv"

_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "membership": ("colour",),
    "category": ("ordered",),
    "number": ("unit", "measure", "aggregate"),
    "date": (),
    "relation": (),
}
"""Columns of the registry that each kind must fill in."""

_OF_ONE_KIND: Final[Mapping[str, str]] = {
    "colour": "membership",
    "relation": "membership",
    "partner_adcode": "membership",
    "ordered": "category",
    "told_zh": "date",
    "told_en": "date",
    "after": "date",
    "unit": "number",
    "measure": "number",
    "aggregate": "number",
    "denominator": "number",
    "series": "number",
    "sample": "number",
}
"""Columns of the registry that mean something for one kind only."""

_REFERS_TO: Final[Mapping[str, str]] = {
    "among": "membership",
    "relation": "relation",
    "denominator": "number",
    "after": "date",
}
"""Columns of the registry that name another variable, and of which kind it must be."""


def ids_are_free(frames: Frames) -> Iterator[Problem]:
    """Yield ids that have another meaning: for a service, or for another variable."""
    taken: dict[str, str] = dict.fromkeys(reserved_words(), "")
    groups = frames["groups"]
    for line, name, offered in zip(
        groups.index, groups["id"], groups["filter"], strict=True
    ):
        if offered == "yes":
            yield from _claim("groups.csv", line, "id", [name], taken)
    table = frames["variables"]
    for line, row in zip(table.index, records(table), strict=True):
        columns = [row["id"]]
        if row["kind"] == "relation":
            columns = [f"{row['id']}_adcode", row["id"], f"{row['id']}_en"]
        elif row["kind"] == "category":
            columns = [row["id"], label_column(row["id"])]
        yield from _claim(_REGISTRY, line, "id", columns, taken)
    for line, names in table["former_ids"].items():
        former = [name for name in names.split(";") if name]
        yield from _claim(_REGISTRY, line, "former_ids", former, taken)


def kinds_are_whole(
    frames: Frames, variables: Mapping[str, Variable]
) -> Iterator[Problem]:
    """Yield variables that lack what their kind needs, or have what is another's."""
    table = frames["variables"]
    for line, row in zip(table.index, records(table), strict=True):
        kind = row["kind"]
        for column in _NEEDED[kind]:
            if not row[column]:
                yield _registry_problem(
                    line, column, "", N_("a variable of this kind needs it."), kind
                )
        for column, owner in _OF_ONE_KIND.items():
            if row[column] and kind != owner:
                yield _registry_problem(
                    line,
                    column,
                    row[column],
                    N_("a variable of this kind has no such thing."),
                    kind,
                )
        for column, wanted in _REFERS_TO.items():
            other = variables.get(row[column])
            if other is not None and other.kind != wanted:
                yield _registry_problem(
                    line,
                    column,
                    row[column],
                    N_("this variable is not of the kind that belongs here."),
                    wanted,
                )
        if bool(row["relation"]) != bool(row["partner_adcode"]):
            yield _registry_problem(
                line,
                "partner_adcode",
                row["partner_adcode"],
                N_("a relation and its partner stand together, or both are empty."),
                kind,
            )
        if row["aggregate"] == "mean" and not row["denominator"]:
            yield _registry_problem(
                line,
                "denominator",
                "",
                N_("a mean is weighted by a denominator."),
                kind,
            )
        followed = variables.get(row["after"])
        if followed is not None and followed.after:
            yield _registry_problem(
                line,
                "after",
                row["after"],
                N_("that date follows another itself: name the first of them."),
                kind,
            )
        if kind == "category" and not variables[row["id"]].classes:
            yield _registry_problem(
                line, "id", row["id"], N_("classes.csv has no class of it."), kind
            )


def values_fit_their_variable(
    frames: Frames, variables: Mapping[str, Variable]
) -> Iterator[Problem]:
    """Yield values in the table of another kind, or of a class that does not exist."""
    for kind, name in VALUE_TABLES.items():
        table = frames[name]
        for line, row in zip(table.index, records(table), strict=True):
            variable = variables.get(row["variable"])
            if variable is None:
                continue
            if variable.kind != kind:
                yield Problem(
                    table=f"{name}.csv",
                    row=int(line),
                    column="variable",
                    value=variable.id,
                    rule=N_("the variable is of another kind: {kind}."),
                    remedy=N_("Move the row to {other}, or correct the variable."),
                    details={
                        "kind": variable.kind,
                        "other": f"{VALUE_TABLES[variable.kind]}.csv",
                    },
                )
            known = {known.value for known in variable.classes}
            if kind == "category" and row["value"] not in known:
                yield Problem(
                    table=f"{name}.csv",
                    row=int(line),
                    column="value",
                    value=row["value"],
                    rule=N_("classes.csv has no such class of {variable}."),
                    remedy=N_("Use one of: {allowed}."),
                    details={
                        "variable": variable.id,
                        "allowed": sorted(known),
                    },
                )
            if kind == "date" and row["earliest"] > row["latest"]:
                yield Problem(
                    table=f"{name}.csv",
                    row=int(line),
                    column="earliest",
                    value=row["earliest"],
                    rule=N_("the earliest date is after the latest."),
                    remedy=N_("Correct one of the two dates."),
                )


def named_once(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield counties that a variable names twice, under an old and a new name.

    Numbers of several units are no repetition where those were merged into one.
    """
    merged = {
        (c.former_adcode, c.former_name)
        for c in divisions.changes
        if c.kind == "merged"
    }
    for name in VALUE_TABLES.values():
        table = frames[name]
        seen: dict[tuple[str, ...], int] = {}
        for line, row in zip(table.index, records(table), strict=True):
            if row.get("unit") == "part_of_county":
                continue
            try:
                adcode = divisions.current(
                    row["published_adcode"], row["published_name"]
                )
            except UnknownDivisionError:
                continue
            key: tuple[str, ...] = (
                row["variable"],
                adcode,
                row.get("partner_adcode", ""),
            )
            unit = (row["published_adcode"], row["published_name"])
            if name == VALUE_TABLES["number"] and unit in merged:
                key = (*key, *unit)
            first = seen.setdefault(key, int(line))
            if first != int(line):
                yield Problem(
                    table=f"{name}.csv",
                    row=int(line),
                    column="published_adcode",
                    value=f"{row['published_adcode']} {row['published_name']}",
                    rule=N_("the variable already names this county in line {first}."),
                    remedy=N_("Keep one of the two rows."),
                    details={"first": first},
                )


def values_apply(
    frames: Frames, variables: Mapping[str, Variable], divisions: Divisions
) -> Iterator[Problem]:
    """Yield values of counties to which the variable does not apply.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        Tables of text cells by name, the index being the line of the file.
    variables : mapping of str to Variable
        The registry, by id.
    divisions : Divisions
        Codes and names with their crosswalk.
    """
    members = frames["memberships"]
    for variable in variables.values():
        if not variable.among:
            continue
        inside = adcodes_of(members[members["variable"] == variable.among], divisions)
        name = VALUE_TABLES[variable.kind]
        own = frames[name]
        own = own[own["variable"] == variable.id]
        for line, row in zip(own.index, records(own), strict=True):
            code, county = row["published_adcode"], row["published_name"]
            part = row.get("unit") == "part_of_county"
            if not part and adcode_of(code, county, divisions) not in inside:
                yield Problem(
                    table=f"{name}.csv",
                    row=int(line),
                    column="published_adcode",
                    value=f"{code} {county}",
                    rule=N_("{variable} applies to members of {among} only."),
                    remedy=N_("Add the county to memberships.csv, or remove the row."),
                    details={"variable": variable.id, "among": variable.among},
                )


def _claim(
    table: str, line: object, column: str, names: list[str], taken: dict[str, str]
) -> Iterator[Problem]:
    for name in names:
        if name in taken:
            yield Problem(
                table=table,
                row=int(str(line)),
                column=column,
                value=names[0] if column == "id" else name,
                rule=N_("this identifier is reserved: “{name}” has another meaning.")
                if not taken[name]
                else N_("this identifier is taken by {owner}."),
                remedy=N_("Choose another identifier."),
                details={"name": name, "owner": taken[name]},
            )
        taken[name] = f"{table}: {names[0]}"


def _registry_problem(
    line: object, column: str, value: str, rule: str, kind: str
) -> Problem:
    return Problem(
        table=_REGISTRY,
        row=int(str(line)),
        column=column,
        value=value or None,
        rule=rule,
        remedy=N_("Correct the cell or the kind ({kind})."),
        details={"kind": kind},
    )

"""Checks of codes and names across tables: what a schema of one table cannot say.

Each function yields the problems of one rule; :mod:`layers.facts.package` runs
them all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.divisions import Divisions, UnknownDivisionError
from geo.language import N_
from geo.problems import Problem
from layers.facts.rows import records

_PARENT_COLUMNS: Final = {"county": "prefecture_adcode", "district": "province_adcode"}
"""Columns of the boundaries that name the division above."""

_NOT_OF_LEVEL: Final = {
    "county": N_("this is not a county."),
    "prefecture": N_("this is not a prefecture."),
    "province": N_("this is not a province."),
}

Frames = Mapping[str, pd.DataFrame]


def divisions_match_boundaries(
    frames: Frames, boundaries: Mapping[str, gpd.GeoDataFrame]
) -> Iterator[Problem]:
    """Yield divisions whose code, name or parent differs from the boundaries'."""
    table = frames["divisions"]
    for level, drawn in boundaries.items():
        listed = table[table["level"] == level]
        for line, adcode, name in zip(
            listed.index, listed["adcode"], listed["name"], strict=True
        ):
            if adcode not in drawn.index:
                yield _division_problem(
                    line, "adcode", adcode, N_("no boundary has this code.")
                )
            elif drawn.at[adcode, "name"] != name:
                yield _division_problem(
                    line,
                    "name",
                    name,
                    N_("the boundary has another name."),
                )
        column = _PARENT_COLUMNS.get(level)
        parents = {} if column is None else drawn[column].to_dict()
        for line, adcode, parent in zip(
            listed.index, listed["adcode"], listed["parent_adcode"], strict=True
        ):
            # A prefecture is in the province of its first two digits (GB/T 2260).
            above = f"{adcode[:2]}0000" if level == "prefecture" else ""
            if parent != parents.get(adcode, above):
                yield _division_problem(
                    line,
                    "parent_adcode",
                    parent,
                    N_("the boundary lies in another division."),
                )
        for adcode in drawn.index.difference(pd.Index(listed["adcode"])):
            yield _division_problem(
                None, "adcode", adcode, N_("the boundary is not listed.")
            )


def crosswalk_leads_to_divisions(
    frames: Frames, divisions: Divisions
) -> Iterator[Problem]:
    """Yield changes that lead to a name which the division of that code lacks."""
    table = frames["crosswalk"]
    for line, adcode, name in zip(
        table.index, table["adcode"], table["name"], strict=True
    ):
        if adcode in divisions and divisions[adcode].name != name:
            yield Problem(
                table="crosswalk.csv",
                row=int(line),
                column="name",
                value=name,
                rule=N_("{adcode} is {name} in divisions.csv."),
                remedy=N_("Correct the code or the name."),
                details={"adcode": adcode, "name": divisions[adcode].name},
            )


def published_names_resolve(
    frames: Frames,
    divisions: Divisions,
    *,
    tables: Mapping[str, str],
    may_be_split: Collection[str] = (),
) -> Iterator[Problem]:
    """Yield rows whose published code and name lead to no county of today.

    A row with a ``scope`` or ``level`` must lead to a division of that level instead.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        The tables.
    divisions : geo.divisions.Divisions
        Divisions with their crosswalk.
    tables : mapping of str to str
        Tables to look at, each with the condition under which its rows name a
        division of their own, as a pandas query; ``""`` for all rows.
    may_be_split : collection of str
        Tables that may name divisions which were split since.
    """
    for table, condition in tables.items():
        frame = frames[table]
        rows = frame.query(condition) if condition else frame
        sound: set[tuple[str, str, str]] = set()
        for line, row in zip(rows.index, records(rows), strict=True):
            adcode, name = row["published_adcode"], row["published_name"]
            level = row.get("scope") or row.get("level") or "county"
            if (adcode, name, level) in sound:
                continue
            if table in may_be_split and len(divisions.followers(adcode, name)) > 1:
                continue
            try:
                today = divisions.current(adcode, name)
                if today in divisions and divisions[today].level == level:
                    sound.add((adcode, name, level))
                # Where the crosswalk leads astray, the reference check says so.
                if today in divisions and divisions[today].level != level:
                    yield Problem(
                        table=f"{table}.csv",
                        row=int(line),
                        column="published_adcode",
                        value=f"{adcode} {name}",
                        rule=_NOT_OF_LEVEL[level],
                        remedy=N_("Correct the code or the name."),
                    )
            except UnknownDivisionError as error:
                known = tuple(error.known) or "–"
                wrong_name = bool(error.known) and adcode not in error.known
                yield Problem(
                    table=f"{table}.csv",
                    row=int(line),
                    column="published_adcode" if wrong_name else "published_name",
                    value=f"{adcode} {name}",
                    rule=N_("no division has, or had, this code and name."),
                    remedy=N_(
                        "Codes that bear or bore the name: {known}. Correct the row, "
                        "or add the change to crosswalk.csv."
                    ),
                    details={"known": known},
                )


def partners_named(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield relations whose partner's code and name do not belong together."""
    relations = frames["relations"]
    for line, adcode, name in zip(
        relations.index,
        relations["partner_adcode"],
        relations["partner_name"],
        strict=True,
    ):
        if adcode in divisions and divisions[adcode].name != name:
            yield Problem(
                table="relations.csv",
                row=int(line),
                column="partner_name",
                value=name,
                rule=N_("{adcode} is {name} in divisions.csv."),
                remedy=N_("Correct the code or the name."),
                details={"adcode": adcode, "name": divisions[adcode].name},
            )


def parts_lie_in_counties(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield dates of a part of a county whose code is no county's."""
    dates = frames["dates"]
    parts = dates[dates["unit"] == "part_of_county"]
    for line, adcode in parts["published_adcode"].items():
        if adcode not in divisions.of_level("county"):
            yield Problem(
                table="dates.csv",
                row=int(str(line)),
                column="published_adcode",
                value=adcode,
                rule=N_("this is not a county."),
                remedy=N_("Correct the code or the name."),
            )


def zones_are_no_counties(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield zones with a name that a county has or had: its rows would be lost."""
    table = frames["zones"]
    for line, row in zip(table.index, records(table), strict=True):
        names = [row["name"], *filter(None, row["also"].split(";"))]
        for name in names:
            if row["kind"] == "named" and divisions.bearing(name):
                yield Problem(
                    table="zones.csv",
                    row=int(line),
                    column="name" if name == row["name"] else "also",
                    value=name,
                    rule=N_("a zone is no county, of today or of the past."),
                    remedy=N_("Correct the code or the name."),
                )


def _division_problem(
    line: object | None, column: str, value: str, rule: str
) -> Problem:
    return Problem(
        table="divisions.csv",
        row=None if line is None else int(str(line)),
        column=column,
        value=value,
        rule=rule,
        remedy=N_("Correct divisions.csv; run “make data” if the boundaries changed."),
    )

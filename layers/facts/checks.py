"""Checks across tables: what a schema of one table cannot say.

Each function yields the problems of one rule; :mod:`layers.facts.package` runs
them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.divisions import HEBEI, Divisions, UnknownDivisionError
from geo.language import N_
from geo.problems import Problem
from layers.facts.catalogue import Programme
from layers.facts.columns import RESERVED

ALL_COUNTIES: Final = "counties"
"""Name of the layer of all counties in an address; so no programme may have it."""

_PARENT_COLUMNS: Final = {"county": "prefecture_adcode", "district": "province_adcode"}
"""Columns of the boundaries that name the division above."""

_NOT_OF_LEVEL: Final = {
    "county": N_("this is not a county."),
    "prefecture": N_("this is not a prefecture."),
    "province": N_("this is not a province."),
}

Frames = Mapping[str, pd.DataFrame]


def programme_ids(frames: Frames) -> Iterator[Problem]:
    """Yield programmes whose id has another meaning."""
    for line, value in frames["programmes"]["id"].items():
        if value in RESERVED | {ALL_COUNTIES}:
            yield Problem(
                table="programmes.csv",
                row=int(str(line)),
                column="id",
                value=value,
                rule=N_("this identifier is reserved by the application."),
                remedy=N_("Choose another identifier."),
            )


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
            if parent != parents.get(adcode, HEBEI if level == "prefecture" else ""):
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
    frames: Frames, divisions: Divisions, *, tables: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield rows whose published code and name lead to no county of today.

    A row with a ``scope`` must lead to a division of that level instead.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        The tables.
    divisions : geo.divisions.Divisions
        Divisions with their crosswalk.
    tables : mapping of str to str
        Tables to look at, each with the condition under which its rows name a
        division of their own, as a pandas query; ``""`` for all rows.
    """
    for table, condition in tables.items():
        frame = frames[table]
        rows = frame.query(condition) if condition else frame
        for line, row in zip(rows.index, rows.to_dict("records"), strict=True):
            adcode, name = row["published_adcode"], row["published_name"]
            level = row.get("scope", "county")
            try:
                today = divisions.current(adcode, name)
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
                known = ", ".join(error.known) or "–"
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


def named_once(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield counties that a programme names twice, under an old and a new name."""
    table = frames["memberships"]
    seen: dict[tuple[str, str], int] = {}
    for line, row in zip(table.index, table.to_dict("records"), strict=True):
        try:
            adcode = divisions.current(row["published_adcode"], row["published_name"])
        except UnknownDivisionError:
            continue
        first = seen.setdefault((row["programme"], adcode), int(line))
        if first != int(line):
            yield Problem(
                table="memberships.csv",
                row=int(line),
                column="published_adcode",
                value=f"{row['published_adcode']} {row['published_name']}",
                rule=N_("the programme already names this county in line {first}."),
                remedy=N_("Keep one of the two rows."),
                details={"first": first},
            )


def counts_agree(
    frames: Frames, programmes: Mapping[str, Programme]
) -> Iterator[Problem]:
    """Yield programmes whose rows, named count and stated count do not agree.

    The number of rows must be the number of counties that the source names; where
    the source counts more, the programme must be marked as incomplete.
    """
    rows = frames["memberships"]["programme"].value_counts()
    lines = dict(
        zip(frames["programmes"]["id"], frames["programmes"].index, strict=True)
    )
    for programme in programmes.values():
        found = int(rows.get(programme.id, 0))
        stated, named = programme.stated_count, programme.named_count
        if found != named:
            yield Problem(
                table="programmes.csv",
                row=int(lines[programme.id]),
                column="named_count",
                value=str(named),
                rule=N_("memberships.csv has {found} rows of {programme}."),
                remedy=N_(
                    "Add the missing rows there or remove the surplus ones; change "
                    "the count only if the source’s list was miscounted."
                ),
                details={"found": found, "programme": programme.id},
            )
        fitting = "complete" if stated == named else "incomplete"
        if stated is not None and programme.completeness != fitting:
            yield Problem(
                table="programmes.csv",
                row=int(lines[programme.id]),
                column="completeness",
                value=programme.completeness,
                rule=N_("the source counts {stated} and names {named}."),
                remedy=N_(
                    "Mark the programme “incomplete” if the source names fewer than "
                    "it counts, “complete” if it names all."
                ),
                details={"stated": stated, "named": named},
            )


def kinds_are_whole(
    frames: Frames, programmes: Mapping[str, Programme]
) -> Iterator[Problem]:
    """Yield programmes and members that lack what their kind needs.

    A pairing has a partner and nothing else has; where some members of a programme
    have a category, all have.
    """
    table = frames["programmes"]
    for line, kind, partner in zip(
        table.index, table["kind"], table["partner_adcode"], strict=True
    ):
        if (kind == "pairing") != bool(partner):
            yield Problem(
                table="programmes.csv",
                row=int(line),
                column="partner_adcode",
                value=partner,
                rule=N_("a pairing has a partner city, and nothing else has."),
                remedy=N_("Correct the kind of the programme or its partner."),
            )
    members = frames["memberships"]
    for programme in programmes:
        own = members[members["programme"] == programme]
        if not (own["category"] != "").any():
            continue
        for line in own.index[own["category"] == ""]:
            yield Problem(
                table="memberships.csv",
                row=int(line),
                column="category",
                value="",
                rule=N_("other members of the programme have a category."),
                remedy=N_("Fill it in for all members, or for none."),
            )


def pairings_agree(
    frames: Frames, programmes: Mapping[str, Programme]
) -> Iterator[Problem]:
    """Yield members of a pairing programme without their row in the pairs."""
    pairs, members = frames["pairs"], frames["memberships"]
    cities = pairs[pairs["level"] == "city"]
    for programme in programmes.values():
        if programme.kind != "pairing":
            continue
        with_city = cities[cities["partner_adcode"] == programme.partner_adcode]
        own = members[members["programme"] == programme.id]
        for line, adcode in own["published_adcode"].items():
            if adcode not in set(with_city["published_adcode"]):
                yield _pairing_problem("memberships.csv", line, adcode, "pairs.csv")
        for line, adcode in with_city["published_adcode"].items():
            if adcode not in set(own["published_adcode"]):
                yield _pairing_problem("pairs.csv", line, adcode, "memberships.csv")


def partners_named(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield pairs whose partner's code and name do not belong together."""
    pairs = frames["pairs"]
    for line, adcode, name in zip(
        pairs.index, pairs["partner_adcode"], pairs["partner_name"], strict=True
    ):
        if adcode in divisions and divisions[adcode].name != name:
            yield Problem(
                table="pairs.csv",
                row=int(line),
                column="partner_name",
                value=name,
                rule=N_("{adcode} is {name} in divisions.csv."),
                remedy=N_("Correct the code or the name."),
                details={"adcode": adcode, "name": divisions[adcode].name},
            )


def parts_lie_in_counties(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield exits of a part of a county whose code is no county's."""
    exits = frames["exits"]
    parts = exits[exits["unit"] == "part_of_county"]
    for line, adcode in parts["published_adcode"].items():
        if adcode not in divisions.of_level("county"):
            yield Problem(
                table="exits.csv",
                row=int(str(line)),
                column="published_adcode",
                value=adcode,
                rule=N_("this is not a county."),
                remedy=N_("Correct the code or the name."),
            )


def zones_are_no_counties(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield zones with a name that a county has or had: its rows would be lost."""
    table = frames["zones"]
    for line, row in zip(table.index, table.to_dict("records"), strict=True):
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


def statistical_codes_named(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield codes of statistics whose county has another name."""
    table = frames["statistical_codes"]
    for line, row in zip(table.index, table.to_dict("records"), strict=True):
        adcode, name = row["adcode"], row["name"]
        if adcode in divisions and divisions[adcode].name != name:
            yield Problem(
                table="statistical_codes.csv",
                row=int(line),
                column="name",
                value=name,
                rule=N_("{adcode} is {name} in divisions.csv."),
                remedy=N_("Correct the code or the name."),
                details={"adcode": adcode, "name": divisions[adcode].name},
            )


def _pairing_problem(table: str, line: object, adcode: str, other: str) -> Problem:
    return Problem(
        table=table,
        row=int(str(line)),
        column="published_adcode",
        value=adcode,
        rule=N_("{other} has no such pairing."),
        remedy=N_("Add the row to {other}, or remove this one."),
        details={"other": other},
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

"""Checks of what counties have beside code and name: ground, rule, other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from geo.divisions import Divisions
from geo.language import N_
from geo.problems import Problem

Frames = Mapping[str, pd.DataFrame]

_OF_COUNTIES: Final = ("administrations", "aliases")


def rows_are_of_counties(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield administrations and other names of what is no county."""
    counties = divisions.of_level("county")
    for name in _OF_COUNTIES:
        for line, adcode in frames[name]["adcode"].items():
            if adcode not in counties:
                yield _problem(
                    name, line, "adcode", adcode, N_("this is not a county.")
                )


def codes_of_bodies_agree(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield codes of bodies that are taken, rest on nothing, or differ among rows."""
    table = frames["administrations"]
    known = {a.alias for a in divisions.aliases}
    known |= {c.former_adcode for c in divisions.changes}
    said: dict[str, tuple[str, ...]] = {}
    owner: dict[str, str] = {}
    columns = ("code", "code_source", "code_section", "code_confidence")
    for line, row in table.iterrows():
        cells = tuple(str(row[column]) for column in columns)
        code, body = cells[0], str(row["id"])
        rule = ""
        if any(cells) and not all(cells):
            rule = N_(
                "a code stands with its source, section and confidence, or all four "
                "are empty."
            )
        elif said.setdefault(body, cells) != cells:
            rule = N_("another county of the same body has another code or evidence.")
        elif code and (code in divisions or code in known):
            rule = N_("a county or region has, or had, this code itself.")
        elif code and owner.setdefault(code, body) != body:
            rule = N_("another body has this code.")
        if rule:
            yield _problem("administrations", line, "code", code, rule)


def ground_is_of_counties(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield territory that a division gave or received which never was one."""
    known = {(d.adcode, d.name) for d in divisions.of_level("county").values()}
    known |= {(c.former_adcode, c.former_name) for c in divisions.changes}
    table = frames["territory_changes"]
    for side in ("from", "to"):
        codes, names = table[f"{side}_adcode"], table[f"{side}_name"]
        for line, adcode, name in zip(table.index, codes, names, strict=True):
            if (adcode, name) not in known:
                yield _problem(
                    "territory_changes",
                    line,
                    f"{side}_name",
                    f"{adcode} {name}",
                    N_("no division has, or had, this code and name."),
                )
    spans = table["not_before"], table["approved"]
    for line, first, last in zip(table.index, *spans, strict=True):
        if first and first >= last:
            yield _problem(
                "territory_changes",
                line,
                "not_before",
                first,
                N_("the span of a change ends before it begins."),
                N_("Correct one of the dates, or leave the first empty."),
            )


def other_names_are_free(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield other codes and names that are, or were, a county's own."""
    own = {text for d in divisions.of_level("county").values() for text in _texts(d)}
    own |= {c.former_adcode for c in divisions.changes}
    own |= {c.former_name for c in divisions.changes}
    for line, alias in frames["aliases"]["alias"].items():
        if alias in own:
            yield _problem(
                "aliases",
                line,
                "alias",
                alias,
                N_("a county has, or had, this code or name itself."),
            )


def _texts(division: object) -> Iterator[str]:
    for field in ("adcode", "name", "name_en"):
        yield str(getattr(division, field))


def _problem(
    table: str,
    line: object,
    column: str,
    value: str,
    rule: str,
    remedy: str = N_("Correct the code or the name."),
) -> Problem:
    return Problem(
        table=f"{table}.csv",
        row=int(str(line)),
        column=column,
        value=value,
        rule=rule,
        remedy=remedy,
    )

"""Checks of counts: what a source counts, what it names, and the rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

import pandas as pd

from geo.divisions import Divisions
from geo.language import N_
from geo.problems import Problem
from layers.facts.variables import VALUE_TABLES, Variable

Frames = Mapping[str, pd.DataFrame]

_REGISTRY: Final = "variables.csv"


def counts_agree(
    frames: Frames, variables: Mapping[str, Variable]
) -> Iterator[Problem]:
    """Yield variables whose rows, named count and stated count do not agree.

    The counties with rows must be as many as the source names; where the source counts
    more, the variable must be marked as incomplete.
    """
    table = frames["variables"]
    lines = dict(zip(table["id"], table.index, strict=True))
    counted = {name: _counties(frames[name]) for name in VALUE_TABLES.values()}
    for variable in variables.values():
        name = VALUE_TABLES[variable.kind]
        found = counted[name].get(variable.id, 0)
        stated, named = variable.stated_count, variable.named_count
        if found != named:
            yield Problem(
                table=_REGISTRY,
                row=int(lines[variable.id]),
                column="named_count",
                value=str(named),
                rule=N_("{table} has {found} counties of {variable}."),
                remedy=N_(
                    "Add the missing rows there or remove the surplus ones; change "
                    "the count only if the source’s list was miscounted."
                ),
                details={
                    "found": found,
                    "variable": variable.id,
                    "table": f"{name}.csv",
                },
            )
        fitting = "complete" if stated == named else "incomplete"
        if stated is not None and variable.completeness != fitting:
            yield Problem(
                table=_REGISTRY,
                row=int(lines[variable.id]),
                column="completeness",
                value=variable.completeness,
                rule=N_("the source counts {stated} and names {named}."),
                remedy=N_(
                    "Mark the variable “incomplete” if the source names fewer than "
                    "it counts, “complete” if it names all."
                ),
                details={"stated": stated, "named": named},
            )
        if stated is not None and named > stated:
            yield Problem(
                table=_REGISTRY,
                row=int(lines[variable.id]),
                column="stated_count",
                value=str(stated),
                rule=N_("the source would count fewer than the {named} it names."),
                remedy=N_("Correct the count, or remove what is not in the list."),
                details={"named": named},
            )
        if (stated is None) != (not variable.stated_in):
            yield Problem(
                table=_REGISTRY,
                row=int(lines[variable.id]),
                column="stated_in",
                value=variable.stated_in or None,
                rule=N_(
                    "a stated count and the section that states it stand together."
                ),
                remedy=N_(
                    "Name the section in which the source counts; if it counts "
                    "nowhere, leave both cells empty: a sum of ours is no stated count."
                ),
            )


def lists_keep_within(
    frames: Frames, variables: Mapping[str, Variable], divisions: Divisions
) -> Iterator[Problem]:
    """Yield lists that are confined to prefectures and do not keep to them.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        The tables of the package.
    variables : mapping of str to Variable
        The registry, by id.
    divisions : geo.divisions.Divisions
        Of their day and of today.
    """
    table = frames["variables"]
    lines = dict(zip(table["id"], table.index, strict=True))
    named = frames["memberships"]
    for variable in variables.values():
        codes = variable.confined_to
        if not codes:
            continue
        own = named[named["variable"] == variable.id]
        published = zip(own["published_adcode"], own["published_name"], strict=True)
        found = (divisions.followers(*known) for known in published)
        parents = {divisions[a].parent for a in chain.from_iterable(found)}
        for wrong, rule in (
            (
                sorted({*codes} - {*divisions.of_level("prefecture")}),
                N_("a list is confined to prefectures, and this is none."),
            ),
            (
                sorted(parents - {*codes}),
                N_("the list names counties of a prefecture beyond these."),
            ),
            (
                [variable.completeness] if variable.is_whole else [],
                N_("a complete list need not be confined: it names all."),
            ),
        ):
            if wrong:
                yield Problem(
                    table=_REGISTRY,
                    row=int(lines[variable.id]),
                    column="confined_to",
                    value=";".join(wrong),
                    rule=rule,
                    remedy=N_(
                        "Name the prefectures, by adcode, beyond which the source of "
                        "an incomplete list means nobody, or leave the cell empty."
                    ),
                )


def _counties(table: pd.DataFrame) -> dict[str, int]:
    """Count the counties of each variable: not parts, zones, totals, unlisted ones."""
    counts = {"unit": "county", "listed": "yes", "level": "county"}
    for column, counted in counts.items():
        if column in table.columns:
            table = table[table[column] == counted]
    named = table[["variable", "published_adcode"]].drop_duplicates()
    return {str(v): int(n) for v, n in named["variable"].value_counts().items()}

"""Checks of targets as readers meet them: order, figures, outcomes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

import pandas as pd

from geo.language import N_
from geo.problems import Problem
from layers.facts.rows import records
from layers.facts.sections import place_in_order

Frames = Mapping[str, pd.DataFrame]

_HEADLINE: Final = "表1"
"""In the section of an indicator of the plan's first table, which comes first."""

_MYRIAD: Final = re.compile(r"(\d+(?:\.\d+)?)(亿|万)")
_POWERS: Final = {"万": 10**4, "亿": 10**8}
_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")

_NOTED: Final = ("targets", "places", "evidence", "crosswalk")
"""Tables whose notes are in both languages."""


def targets_in_order(frames: Frames) -> Iterator[Problem]:
    """Yield targets whose section comes before that of the target above.

    They are listed under the plan's headings; a row out of order repeats one.
    """
    table = frames["targets"]
    last, above = (0, 0), ""
    for line, section in table["section"].items():
        if _HEADLINE in section:
            continue
        place = place_in_order(section)
        if place is None or place < last:
            yield _problem(
                "targets",
                line,
                "section",
                section,
                N_("the target above is of section {above}."),
                N_("Put the row where its section stands in the plan."),
                above=above,
            )
            continue
        last, above = place, section


def years_have_meaning(frames: Frames) -> Iterator[Problem]:
    """Yield targets with a year of which nobody says what it means, or the reverse."""
    table = frames["targets"]
    for line, year, deadline in zip(
        table.index, table["year"], table["deadline"], strict=True
    ):
        if bool(year) != bool(deadline):
            yield _problem(
                "targets",
                line,
                "deadline",
                deadline,
                N_("a target with a year has a deadline, and no other has."),
                N_("Say “by” or “before”, or leave both empty."),
            )


def notes_agree_in_figures(frames: Frames) -> Iterator[Problem]:
    """Yield English notes that keep a figure of the Chinese in ten thousands.

    English does not count in 万 and 亿: a reader would look in vain for “42” beside
    420,000.
    """
    for name in _NOTED:
        table = frames[name]
        for line, zh, en in zip(
            table.index, table["note_zh"], table["note_en"], strict=True
        ):
            said = {Decimal(n.replace(",", "")) for n in _NUMBER.findall(en)}
            for number, power in _MYRIAD.findall(zh):
                meant = Decimal(number) * _POWERS[power]
                if meant not in said:
                    yield _problem(
                        name,
                        line,
                        "note_en",
                        en,
                        N_("the Chinese note has {figure}, the English one has not."),
                        N_("Write the figure out, e.g. 420,000."),
                        figure=f"{number}{power} = {meant.normalize():,f}",
                    )


def outcomes_can_be_held_against(frames: Frames) -> Iterator[Problem]:
    """Yield targets that name a date to be held against where that says nothing."""
    kinds = dict(
        zip(frames["variables"]["id"], frames["variables"]["kind"], strict=True)
    )
    listed = dict(zip(frames["scopes"]["id"], frames["scopes"]["listed"], strict=True))
    table = frames["targets"]
    for line, row in zip(table.index, records(table), strict=True):
        if not row["outcome"]:
            continue
        dates = all(kinds.get(v, "date") == "date" for v in row["outcome"].split(";"))
        first = row["scope"].split(";")[0]
        if not (row["year"] and dates and listed.get(first, "complete") == "complete"):
            yield _problem(
                "targets",
                line,
                "outcome",
                row["outcome"],
                N_("there is nothing to hold against it."),
                N_(
                    "Name dates only, give the target a year, and let its first scope "
                    "be one whose counties are all listed; or leave the cell empty."
                ),
            )


def _problem(
    table: str,
    line: object,
    column: str,
    value: str,
    rule: str,
    remedy: str,
    **details: str,
) -> Problem:
    return Problem(
        table=f"{table}.csv",
        row=int(str(line)),
        column=column,
        value=value,
        rule=rule,
        remedy=remedy,
        details=details,
    )

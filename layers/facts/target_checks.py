"""Checks of targets and scopes as readers meet them: order, figures, who is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final
from urllib.parse import parse_qsl

import pandas as pd

from geo.language import N_
from geo.problems import Problem
from layers.facts.sections import place_in_order

Frames = Mapping[str, pd.DataFrame]

_HEADLINE: Final = "表1"
"""In the section of an indicator of the plan's first table, which comes first."""

_MYRIAD: Final = re.compile(r"(\d+(?:\.\d+)?)(亿|万)")
_POWERS: Final = {"万": 10**4, "亿": 10**8}
_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")

_NOTED: Final = ("targets", "places", "evidence", "crosswalk")
"""Tables whose notes are in both languages."""

_OF_DIVISIONS: Final = ("prefecture", "in")
"""Parameters of the rule of a scope that take adcodes."""


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


def scopes_hold_somebody(frames: Frames) -> Iterator[Problem]:
    """Yield scopes that name nobody without saying so, or somebody though they deny."""
    table = frames["scopes"]
    for line, row in zip(table.index, table.to_dict("records"), strict=True):
        says = bool(row["programme"] or row["adcodes"] or row["rule"])
        if says != (row["listed"] != "none"):
            yield _problem(
                "scopes",
                line,
                "listed",
                row["listed"],
                N_("“none” is for scopes without programme, adcodes and rule alone."),
                N_("Name the counties, by a rule if need be, or say “none”."),
            )
        if row["rule"] and (row["programme"] or row["adcodes"]):
            yield _problem(
                "scopes",
                line,
                "rule",
                row["rule"],
                N_("programme or adcodes say already which counties these are."),
                N_("Keep the one or the other."),
            )
        yield from _rule_means_something(frames, line, row["rule"])


def _rule_means_something(frames: Frames, line: object, rule: str) -> Iterator[Problem]:
    allowed = _rule_values(frames)
    for query in rule.split("|") if rule else ():
        pairs = parse_qsl(query)
        if not pairs:
            pairs = [(query, "")]
        for name, values in pairs:
            known = allowed.get(name, set())
            for value in values.split(","):
                if value not in known:
                    yield _problem(
                        "scopes",
                        line,
                        "rule",
                        rule,
                        N_("“{parameter}={wrong}” selects nothing."),
                        N_("Correct the rule; there are: {names}."),
                        parameter=name,
                        wrong=value,
                        names=", ".join(allowed),
                    )


def _rule_values(frames: Frames) -> dict[str, set[str]]:
    """Return the values that each parameter of a rule may take.

    Those of a selection: programmes, adcodes, the groups that are filters, and the
    variables whose values are classes or partners.
    """
    variables, groups = frames["variables"], frames["groups"]
    programmes = variables[variables["kind"] == "membership"]
    adcodes = set(frames["divisions"]["adcode"])
    values = {name: set(programmes["id"]) for name in ("all", "any", "none")}
    values |= dict.fromkeys(_OF_DIVISIONS, adcodes)
    for group in groups.loc[groups["filter"] == "yes", "id"]:
        values[group] = set(programmes.loc[programmes["group"] == group, "id"])
    for table, column in (("categories", "value"), ("relations", "partner_adcode")):
        for variable, own in frames[table].groupby("variable")[column]:
            values[str(variable)] = set(own)
    return values


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

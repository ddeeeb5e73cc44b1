"""Checks of scopes: each holds somebody, or says that its counties are not listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

import pandas as pd

from geo.divisions import Divisions
from geo.language import N_
from geo.problems import Problem
from layers.facts.published import adcodes_of
from layers.facts.rows import records

Frames = Mapping[str, pd.DataFrame]

_PREFECTURE, _COUNTY = "prefecture", "in"
_OF_DIVISIONS: Final = (_PREFECTURE, _COUNTY)
"""Parameters of the rule of a scope that take adcodes."""

_ALL, _ANY, _NONE = "all", "any", "none"


def scopes_hold_somebody(frames: Frames, divisions: Divisions) -> Iterator[Problem]:
    """Yield scopes that name nobody without saying so, or somebody though they deny."""
    table = frames["scopes"]
    allowed = _rule_values(frames)
    for line, row in zip(table.index, records(table), strict=True):
        says = bool(row["programme"] or row["adcodes"] or row["rule"])
        if says != (row["listed"] != "none"):
            yield _problem(
                line,
                "listed",
                row["listed"],
                N_("“none” is for scopes without programme, adcodes and rule alone."),
                N_("Name the counties, by a rule if need be, or say “none”."),
            )
        if row["rule"] and (row["programme"] or row["adcodes"]):
            yield _problem(
                line,
                "rule",
                row["rule"],
                N_("programme or adcodes say already which counties these are."),
                N_("Keep the one or the other."),
            )
        wrong = [*_rule_means_something(allowed, line, row["rule"])]
        yield from wrong
        if says and not wrong and not _counties(frames, divisions, row):
            column = next(c for c in ("rule", "programme", "adcodes") if row[c])
            yield _problem(
                line,
                column,
                row[column],
                N_("no county is in this scope."),
                N_("Correct the rule or the codes, or say “none” in “listed”."),
            )


def _rule_means_something(
    allowed: Mapping[str, set[str]], line: object, rule: str
) -> Iterator[Problem]:
    for query in rule.split("|") if rule else ():
        pairs = parse_qsl(query)
        if not pairs:
            pairs = [(query, "")]
        for name, values in pairs:
            known = allowed.get(name, set())
            for value in values.split(","):
                if value not in known:
                    yield _problem(
                        line,
                        "rule",
                        rule,
                        N_("“{parameter}={wrong}” selects nothing."),
                        N_("Correct the rule; there are: {names}."),
                        parameter=name,
                        wrong=value,
                        names=tuple(allowed),
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


def _counties(
    frames: Frames, divisions: Divisions, scope: Mapping[Any, Any]
) -> set[str]:
    """Return the counties of a scope, read from the tables of values."""
    counties = divisions.of_level("county")
    if scope["rule"]:
        queries = scope["rule"].split("|")
        return set().union(*(_chosen(frames, divisions, q) for q in queries))
    if scope["programme"]:
        return _having(frames, divisions, _ANY, scope["programme"])
    codes = {code for code in scope["adcodes"].split(";") if code in divisions}
    within = {divisions.province.adcode} & codes
    return {
        code
        for code, county in counties.items()
        if within or {code, county.parent} & codes
    }


def _chosen(frames: Frames, divisions: Divisions, query: str) -> set[str]:
    found = set(divisions.of_level("county"))
    for name, values in parse_qsl(query):
        having = [_having(frames, divisions, name, v) for v in values.split(",")]
        if name == _ALL:
            found = found.intersection(*having)
        elif name == _NONE:
            found = found.difference(*having)
        else:
            found &= set().union(*having)
    return found


def _having(frames: Frames, divisions: Divisions, name: str, value: str) -> set[str]:
    if name == _COUNTY:
        return {value}
    if name == _PREFECTURE:
        counties = divisions.of_level("county").items()
        return {code for code, county in counties if county.parent == value}
    for table, column in (("categories", "value"), ("relations", "partner_adcode")):
        own = frames[table]
        if name not in set(own["variable"].tolist()):
            continue
        rows = own[(own["variable"] == name) & (own[column] == value)]
        if len(rows):
            return adcodes_of(rows, divisions)
    members = frames["memberships"]
    return adcodes_of(members[members["variable"] == value], divisions)


def _problem(
    line: object,
    column: str,
    value: str,
    rule: str,
    remedy: str,
    **details: str | tuple[str, ...],
) -> Problem:
    return Problem(
        table="scopes.csv",
        row=int(str(line)),
        column=column,
        value=value,
        rule=rule,
        remedy=remedy,
        details=details,
    )

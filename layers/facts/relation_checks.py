"""Checks of programmes that a relation says as well.

Each function yields the problems of one rule; :mod:`layers.facts.package` runs them
all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from geo.language import N_
from geo.problems import Problem
from layers.facts.variables import Variable

Frames = Mapping[str, pd.DataFrame]


def relations_agree(
    frames: Frames, variables: Mapping[str, Variable]
) -> Iterator[Problem]:
    """Yield members of a programme that its relation does not have, and the reverse."""
    relations, members = frames["relations"], frames["memberships"]
    for variable in variables.values():
        if not variable.relation:
            continue
        related = relations[
            (relations["variable"] == variable.relation)
            & (relations["partner_adcode"] == variable.partner_adcode)
            & (relations["listed"] == "yes")
        ]
        own = members[members["variable"] == variable.id]
        for line, adcode in own["published_adcode"].items():
            if adcode not in set(related["published_adcode"]):
                yield _relation_problem(
                    "memberships.csv", line, adcode, "relations.csv"
                )
        for line, adcode in related["published_adcode"].items():
            if adcode not in set(own["published_adcode"]):
                yield _relation_problem(
                    "relations.csv", line, adcode, "memberships.csv"
                )


def reports_agree(
    frames: Frames, variables: Mapping[str, Variable]
) -> Iterator[Problem]:
    """Yield reported relations of which the programme that means them does not know.

    Whoever is reported to be supported beyond the list is reported for the programme
    as well: else a page counts the one and calls the other a plain no.
    """
    relations, members = frames["relations"], frames["memberships"]
    divisions, evidence = frames["divisions"], frames["evidence"]
    parents = dict(zip(divisions["adcode"], divisions["parent_adcode"], strict=True))
    reports = evidence[
        (evidence["scope"] == "county") & (evidence["confidence"] != "stated")
    ]
    for variable in variables.values():
        if not variable.relation:
            continue
        known = {
            *members.loc[members["variable"] == variable.id, "published_adcode"],
            *reports.loc[reports["variable"] == variable.id, "published_adcode"],
        }
        reported = relations[
            (relations["variable"] == variable.relation) & (relations["listed"] == "no")
        ]
        for line, partner, adcode in zip(
            reported.index,
            reported["partner_adcode"],
            reported["published_adcode"],
            strict=True,
        ):
            of = {partner, parents.get(partner, "")}
            if variable.partner_adcode in of and adcode not in known:
                yield _relation_problem("relations.csv", line, adcode, "evidence.csv")


def _relation_problem(table: str, line: object, adcode: str, other: str) -> Problem:
    return Problem(
        table=table,
        row=int(str(line)),
        column="published_adcode",
        value=adcode,
        rule=N_("{other} has no such pairing."),
        remedy=N_("Add the row to {other}, or remove this one."),
        details={"other": other},
    )

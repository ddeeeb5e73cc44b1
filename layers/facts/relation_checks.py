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

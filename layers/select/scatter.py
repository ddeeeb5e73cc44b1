"""Two numbers of counties beside each other, parted by a programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from layers.facts.package import Package
from layers.facts.variables import Variable

Side = Literal["yes", "no", "not_said"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scatter:
    """Counties with two numbers, and those without.

    Attributes
    ----------
    points : pandas.DataFrame
        Index ``adcode``; columns ``first`` and ``second`` in the units of the
        variables, and ``side``: ``yes`` for members of the programme, ``no``, and
        ``not_said`` where its list is not whole and does not name a county.
    left_out : tuple of str
        Adcodes of the counties that lack one of the two, or both.
    """

    points: pd.DataFrame
    left_out: tuple[str, ...]

    def count(self, side: Side) -> int:
        """Return how many points are on a side."""
        return int((self.points["side"] == side).sum())


def scatter(
    package: Package,
    counties: pd.DataFrame,
    adcodes: Iterable[str],
    first: Variable,
    second: Variable,
    programme: Variable,
) -> Scatter:
    """Put two numbers of counties beside each other.

    Parameters
    ----------
    package : Package
        The facts.
    counties : pandas.DataFrame
        The county table.
    adcodes : iterable of str
        Which counties.
    first, second : Variable
        Numbers.
    programme : Variable
        That parts the counties.
    """
    own = counties.loc[[*adcodes]]
    table = pd.DataFrame(
        {
            "first": own[first.id].astype(float),
            "second": own[second.id].astype(float),
            "side": "no" if programme.is_whole else "not_said",
        },
        index=own.index,
    )
    inside = table.index.isin([*package.members(programme.id)])
    table.loc[inside, "side"] = "yes"
    has_both = table[["first", "second"]].notna().all(axis=1)
    return Scatter(
        points=table[has_both], left_out=tuple(map(str, table.index[~has_both]))
    )

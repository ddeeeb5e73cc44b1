"""Counties of a programme beside all others: what numbers say of both."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from layers.facts.changes import Change, changes, uncertain
from layers.facts.figures import Figure, put_together
from layers.facts.package import Package
from layers.facts.variables import Variable, in_series
from layers.select.summaries import Summary, summarise


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One series over some counties.

    Attributes
    ----------
    variables : tuple of Variable
        The times of the series, the latest first.
    summaries : tuple of Summary
        For each time over the counties that have a number then.
    change : Change or None
        From the earliest to the latest, over the counties of the same ground both
        times; None for a series of one time, or without such a county.
    compared : int
        The number of those counties.
    zones : tuple of Figure
        Zones counted apart at the later time only, that may have been parted from
        these counties: no source says whose ground they are. What they came to is
        missing from `change`, or is not; nobody knows.
    """

    variables: tuple[Variable, ...]
    summaries: tuple[Summary, ...]
    change: Change | None
    compared: int
    zones: tuple[Figure, ...] = ()


def contrast(
    package: Package, counties: pd.DataFrame, groups: Collection[Collection[str]]
) -> dict[str, tuple[Side, ...]]:
    """Sum up every series over several sets of counties.

    Parameters
    ----------
    package : Package
        The facts.
    counties : pandas.DataFrame
        The county table.
    groups : collection of collection of str
        Adcodes of each set.

    Returns
    -------
    dict of str to tuple of Side
        By id of the series, or of a variable of none, for each set.
    """
    numbers = [v for v in package.variables.values() if v.kind == "number"]
    return {
        series: tuple(_side(package, counties, own, adcodes) for adcodes in groups)
        for series, own in in_series(numbers).items()
    }


def _side(
    package: Package,
    counties: pd.DataFrame,
    variables: list[Variable],
    adcodes: Collection[str],
) -> Side:
    change, compared = None, 0
    zones: tuple[Figure, ...] = ()
    if len(variables) > 1:
        found = changes(package, variables[-1], variables[0])
        own = [adcode for adcode in adcodes if adcode in found]
        compared = len(own)
        prefectures = dict.fromkeys(package.divisions[a].parent for a in own)
        zones = tuple(
            zone
            for prefecture in prefectures
            for zone in uncertain(package, variables[-1], variables[0], prefecture)
        )
        # Both times the same counties: else it is the list that changed.
        both = [
            (
                _together(variable, counties, own),
                summarise(package, variable, counties, own).share,
            )
            for variable in (variables[-1], variables[0])
        ]
        (before, part_before), (after, part_after) = both
        if before is not None and after is not None:
            change = Change(
                before=before,
                after=after,
                part_before=part_before,
                part_after=part_after,
            )
    return Side(
        variables=tuple(variables),
        summaries=tuple(summarise(package, v, counties, adcodes) for v in variables),
        change=change,
        compared=compared,
        zones=zones,
    )


def _together(
    variable: Variable, counties: pd.DataFrame, adcodes: list[str]
) -> float | None:
    own = counties.loc[adcodes]
    weights: list[float | None] = [None] * len(own)
    if variable.denominator in own.columns:
        weights = [_float(cell) for cell in own[variable.denominator]]
    return put_together(variable, [_float(cell) for cell in own[variable.id]], weights)


def _float(cell: object) -> float | None:
    return None if pd.isna(cell) else float(cell)  # type: ignore[arg-type, call-overload]

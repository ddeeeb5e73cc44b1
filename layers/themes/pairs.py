"""Two numbers at once: three classes of each, nine colours.

Classes are terciles of all counties, so that a corner of the legend is a third of the
counties by both numbers wherever the two have nothing to do with each other.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from geo.language import N_, Speaker
from layers.facts.package import Package
from layers.facts.value_texts import number_text, range_text
from layers.facts.variables import Variable
from layers.select.breaks import classes_of, quantile_breaks
from layers.themes.classes import Bin, size_note
from layers.themes.palette import NOT_KNOWN, PAIRED

SIDE: Final = 3
"""Classes of each number."""


def pair_bins(
    package: Package,
    first: Variable,
    second: Variable,
    counties: pd.DataFrame,
    say: Speaker,
) -> list[Bin]:
    """Return the classes of counties by two numbers, those without one of them last.

    Parameters
    ----------
    package : Package
        The facts.
    first, second : Variable
        Numbers. Where one has fewer than three different values it has fewer classes.
    counties : pandas.DataFrame
        The county table: classes are the same whatever is selected.
    say : Speaker
        Of the language wanted.
    """
    bins = []
    rows = _classes(package, first, counties, say)
    columns = _classes(package, second, counties, say)
    for row, low, high, name in rows:
        for column, least, most, other in columns:
            bins.append(
                Bin(
                    name=say(
                        N_("{first}: {a}; {second}: {b}"),
                        first=first.short(say.language),
                        a=name,
                        second=second.short(say.language),
                        b=other,
                    ),
                    colour=PAIRED[row][column],
                    texture="solid",
                    holds=_within((first.id, low, high), (second.id, least, most)),
                    value=f"{row}{column}",
                )
            )

    def missing(table: pd.DataFrame) -> Any:
        return ~(_finite(table, first.id) & _finite(table, second.id))

    name = say(
        N_("no value of {first}, of {second} or of both"),
        first=first.short(say.language),
        second=second.short(say.language),
    )
    return [*bins, Bin(name=name, colour=NOT_KNOWN, texture="hatch", holds=missing)]


def axes(
    package: Package,
    variables: tuple[Variable, Variable],
    counties: pd.DataFrame,
    say: Speaker,
) -> list[dict[str, Any]]:
    """Describe the two sides of the legend of two numbers, plain enough for JSON.

    Parameters
    ----------
    package, counties, say
        As for :func:`pair_bins`.
    variables : (Variable, Variable)
        The numbers; the first goes up, the second to the right.

    Returns
    -------
    list of dict
        For each number ``name``, ``note`` and ``classes``: pairs of the place of a
        class on its side, 0 to 2, and its range in words.
    """
    return [
        {
            "name": variable.short(say.language),
            "note": size_note(variable, say),
            "classes": [
                (place, text)
                for place, _, _, text in _classes(package, variable, counties, say)
            ],
        }
        for variable in variables
    ]


def _classes(
    package: Package, variable: Variable, counties: pd.DataFrame, say: Speaker
) -> list[tuple[int, float, float, str]]:
    """List place, least and greatest value and words of each class of a number."""
    values = counties[variable.id].to_numpy(dtype=float, na_value=np.nan)
    found = classes_of(values, quantile_breaks(values, SIDE)) if len(values) else []
    # Two classes stand at the ends of a side, a single one in its middle.
    places = {1: (1,), 2: (0, 2)}.get(len(found), range(SIDE))
    return [
        (
            place,
            low,
            high,
            range_text(package, variable, (low, high), say.language)
            if low < high
            else number_text(package, variable, low, say.language),
        )
        for place, (low, high) in zip(places, found, strict=True)
    ]


def _finite(table: pd.DataFrame, column: str) -> Any:
    return np.isfinite(table[column].to_numpy(dtype=float, na_value=np.nan))


def _within(*limits: tuple[str, float, float]) -> Any:
    def holds(table: pd.DataFrame) -> Any:
        held = np.ones(len(table), dtype=bool)
        for column, low, high in limits:
            numbers = table[column].to_numpy(dtype=float, na_value=np.nan)
            held &= (numbers >= low) & (numbers <= high)
        return held

    return holds

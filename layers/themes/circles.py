"""Circles as large as a number: for what grows with the size of a county.

The area of a circle is proportional to its number, from nought, whatever is selected:
twice the number is twice the ink, not twice the radius.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.language import N_, Language, Speaker
from layers.facts.package import Package
from layers.facts.value_texts import number_text
from layers.facts.variables import Variable
from layers.themes.classes import OF_SIZE, Bin, without_value
from layers.themes.palette import BELOW_CIRCLES

_STEPS: Final = (1, 2, 5, 10)
_SHARES: Final = (1, 1 / 4, 1 / 20)
"""Of the largest number: the round ones below them have a circle in the legend."""


def sizes(package: Package, variable: str) -> Mapping[str, float]:
    """Return the numbers that circles show, by adcode.

    Parameters
    ----------
    package : Package
        The facts.
    variable : str
        Id of a number.

    Returns
    -------
    mapping of str to float
        Empty where circles would say something wrong, or nothing: of a rate, of
        numbers below nought, of noughts only.
    """
    known = package.variables[variable]
    if known.kind != "number" or known.measure not in OF_SIZE:
        return {}
    found = {
        adcode: float(values[0].value)
        for adcode, values in package.values_by_county(variable).items()
        if values
    }
    return found if have_sizes(known.measure, found.values()) else {}


def have_sizes(measure: str, numbers: Iterable[float]) -> bool:
    """Whether circles can show numbers: of what grows, and none below nought.

    Examples
    --------
    >>> [have_sizes("count", [0, 3]), have_sizes("count", [-1, 3])]
    [True, False]
    >>> have_sizes("rate", [3])
    False
    """
    found = [*numbers]
    return measure in OF_SIZE and bool(found) and min(found) >= 0 < max(found)


def share_of_radius(value: float, most: float) -> float:
    """Return the radius of a circle as a share of that of the largest number.

    Examples
    --------
    >>> share_of_radius(25, 100)
    0.5
    """
    return math.sqrt(value / most)


def round_values(most: float, *, whole: bool) -> tuple[float, ...]:
    """Return the numbers whose circles a legend shows, the largest first.

    Parameters
    ----------
    most : float
        The largest number on the map.
    whole : bool
        Whether numbers are whole: then there is no half of one.

    Examples
    --------
    >>> round_values(1_204_000, whole=True)
    (1000000, 200000, 50000)
    >>> round_values(3, whole=True)
    (2,)
    """
    found = dict.fromkeys(_round(most * share) for share in _SHARES)
    return tuple(value for value in found if not whole or value >= 1)


def _round(value: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that is not larger."""
    power = math.floor(math.log10(value))
    first = value / 10.0**power
    step = max((s for s in _STEPS if s <= first * (1 + 1e-12)), default=1)
    return step * 10**power if power >= 0 else float(f"{step}e{power}")


def circles(
    package: Package, variable: Variable, counties: pd.DataFrame, language: Language
) -> dict[str, Any]:
    """Describe the circles of a number, plain enough for JSON.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number of which there are :func:`sizes`.
    counties : pandas.DataFrame
        The county table.
    language : {"zh", "en"}
        Of the texts.

    Returns
    -------
    dict
        ``values`` in the order of the table, None where there is none; ``most``, the
        largest of them, whose circle is the largest; ``keys``, pairs of a round value
        and its text for the legend, the largest first; ``unit``.
    """
    column = counties[variable.id].to_numpy(dtype=float, na_value=np.nan)
    known = column[np.isfinite(column)]
    most = float(known.max())
    whole = bool((known == np.round(known)).all())
    unit = package.units.get(variable.unit)
    return {
        "values": [_plain(value) for value in column.tolist()],
        "most": _plain(most),
        "keys": [
            (value, number_text(package, variable, value, language))
            for value in round_values(most, whole=whole)
        ],
    } | ({"unit": unit.name(language)} if unit else {})


def circle_bins(
    package: Package, variable: Variable, counties: pd.DataFrame, say: Speaker
) -> list[Bin]:
    """Return the classes of counties below circles: with a number, and without.

    Parameters
    ----------
    package, variable, counties
        As for :func:`circles`.
    say : Speaker
        Of the language wanted.
    """
    numbers = counties[variable.id].to_numpy(dtype=float, na_value=np.nan)
    nought = int((numbers == 0).sum())
    note = ""
    if nought:
        text = N_("{n} {n:county|counties} with 0 {n:has|have} no circle")
        note = say(text, n=nought)

    def holds(table: pd.DataFrame) -> Any:
        return np.isfinite(table[variable.id].to_numpy(dtype=float, na_value=np.nan))

    known = Bin(
        name=say(N_("the area of a circle is proportional to its number")),
        colour=BELOW_CIRCLES,
        texture="solid",
        holds=holds,
        note=note,
    )
    missing = without_value(package, variable, counties, say)
    return [known, *(replace(own, note=say(N_("no circle"))) for own in missing)]


def _plain(value: float) -> float | int | None:
    if not np.isfinite(value):
        return None
    return int(value) if value == int(value) else round(value, 4)

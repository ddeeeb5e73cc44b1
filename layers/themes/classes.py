"""Classes of a variable by its kind: which counties, how they look, their names.

A category has its classes, a date years, a number class breaks, a relation partners;
counties without a value are a class of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.language import N_, Speaker
from layers.facts.columns import adcode_column
from layers.facts.county_table import PARTNER_SEPARATOR
from layers.facts.package import Package
from layers.facts.value_texts import class_text, number_text, range_text
from layers.facts.variables import Variable
from layers.select.breaks import classes_of
from layers.select.choices import BETWEEN
from layers.select.selection import members
from layers.themes.palette import (
    NONE,
    NOT_KNOWN,
    SEQUENTIAL,
    Texture,
    ordered_looks,
    steps,
    unordered_looks,
)
from layers.themes.relations import reported_only

OF_SIZE: Final = frozenset({"count", "amount"})
"""Measures that grow with the size of a county."""

_MOST_YEARS: Final = 10
"""More years than these are put together in spans."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One class of a variable: which counties, and how they look.

    Attributes
    ----------
    holds : callable
        From rows of the county table to an array of bool. A county that several bins
        hold is striped.
    limits : tuple of (float, float) or None
        Of numbers and years: least and greatest value, both in the class.
    among : tuple of (str, bool) or None
        Of counties without a value, where it matters: a programme, and whether they
        are in it.
    """

    name: str
    colour: str
    texture: Texture
    holds: Callable[[pd.DataFrame], Any]
    value: str | None = None
    note: str = ""
    limits: tuple[float, float] | None = None
    among: tuple[str, bool] | None = None


def bins_of(
    package: Package, variable: Variable, counties: pd.DataFrame, say: Speaker
) -> list[Bin]:
    """Return the classes of a variable in order, those without a value last.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        Of any kind but membership.
    counties : pandas.DataFrame
        The county table: classes are the same whatever is selected.
    say : Speaker
        Of the language wanted.
    """
    bins = _BINS[variable.kind](package, variable, counties, say)
    return [*bins, *without_value(package, variable, counties, say)]


def overlap_bins(counted: Sequence[str], say: Speaker) -> list[Bin]:
    """Return the classes of counties by how many of some programmes they are in."""
    edges = _edges(len(counted))
    bins = [_between_counts(counted, 0, 0, NONE, say(N_("named in none of them")))]
    for (low, high), colour in zip(edges, steps(max(len(edges), 1)), strict=False):
        name = say(N_("in {n}"), n=low)
        if low < high:
            name = say(N_("in {low} to {high}"), low=low, high=high)
        if low < high == len(counted):  # as many as there are: no county need be in all
            name = say(N_("in {n} or more"), n=low)
        bins.append(_between_counts(counted, low, high, colour, name))
    return bins


def _between_counts(
    counted: Sequence[str], low: int, high: int, colour: str, name: str
) -> Bin:
    def holds(table: pd.DataFrame) -> Any:
        sums = members(table, counted).sum(axis=1)
        return (sums >= low) & (sums <= high)

    return Bin(name=name, colour=colour, texture="solid", holds=holds)


def _edges(most: int) -> list[tuple[int, int]]:
    """Split 1 … most into at most five classes; small counts stay by themselves.

    Examples
    --------
    >>> _edges(3)
    [(1, 1), (2, 2), (3, 3)]
    >>> _edges(18)
    [(1, 1), (2, 2), (3, 3), (4, 5), (6, 18)]
    """
    if most <= len(SEQUENTIAL):
        return [(n, n) for n in range(1, most + 1)]
    return [(1, 1), (2, 2), (3, 3), (4, 5), (6, most)]


def _categories(
    package: Package,  # noqa: ARG001 - one shape for all kinds
    variable: Variable,
    counties: pd.DataFrame,  # noqa: ARG001
    say: Speaker,
) -> list[Bin]:
    looks = ordered_looks if variable.ordered else unordered_looks
    return [
        Bin(
            name=known.name(say.language),
            colour=known.colour or colour,
            texture="solid" if known.colour else texture,
            holds=_is(variable.id, known.value),
            value=known.value,
        )
        for known, (colour, texture) in zip(
            variable.classes, looks(len(variable.classes)), strict=True
        )
    ]


def _dates(
    package: Package,  # noqa: ARG001 - one shape for all kinds
    variable: Variable,
    counties: pd.DataFrame,
    say: Speaker,
) -> list[Bin]:
    years = sorted({int(year) for year in counties[variable.id].dropna()})
    if not years:
        return []
    spans = [(year, year) for year in years]
    if len(years) > _MOST_YEARS:
        width = -(-(years[-1] - years[0] + 1) // _MOST_YEARS)
        starts = range(years[0], years[-1] + 1, width)
        spans = [(start, min(start + width - 1, years[-1])) for start in starts]
    return [
        Bin(
            name=str(first)
            if first == last
            else say(N_("{low} to {high}"), low=first, high=last),
            colour=colour,
            texture=texture,
            holds=_is_between(variable.id, first, last),
            value=str(last),
            limits=(first, last),
        )
        for (first, last), (colour, texture) in zip(
            spans, ordered_looks(len(spans)), strict=True
        )
    ]


def _numbers(
    package: Package, variable: Variable, counties: pd.DataFrame, say: Speaker
) -> list[Bin]:
    values = counties[variable.id].to_numpy(dtype=float, na_value=np.nan)
    classes = classes_of(values, variable.breaks)
    note = size_note(variable, say)
    return [
        Bin(
            name=range_text(package, variable, (low, high), say.language)
            if low < high
            else number_text(package, variable, low, say.language),
            colour=colour,
            texture=texture,
            holds=_is_between(variable.id, low, high),
            value=f"{low:.10g}{BETWEEN}{high:.10g}",
            limits=(low, high),
            # Of the darkest class, where a reader would be misled.
            note=note if place == len(classes) else "",
        )
        for place, ((low, high), (colour, texture)) in enumerate(
            zip(classes, ordered_looks(max(len(classes), 1)), strict=False), start=1
        )
    ]


def size_note(variable: Variable, say: Speaker) -> str:
    """Warn of colours for what grows with the size of a county; empty of a rate."""
    if variable.measure not in OF_SIZE:
        return ""
    return say(N_("not a rate: a large county is dark because it is large"))


def _relations(
    package: Package, variable: Variable, counties: pd.DataFrame, say: Speaker
) -> list[Bin]:
    cells = counties[adcode_column(variable.id)]
    named = {code for cell in cells for code in cell.split(PARTNER_SEPARATOR) if code}
    known = {listed.value: listed for listed in variable.classes}
    ordered = sorted(
        named, key=lambda c: (known[c].order if c in known else len(known) + 1, c)
    )
    bins = []
    for code, (colour, texture) in zip(
        ordered, unordered_looks(len(ordered)), strict=True
    ):
        own = known[code].colour if code in known else ""

        def holds(table: pd.DataFrame, code: str = code) -> Any:
            column = table[adcode_column(variable.id)]
            return [code in cell.split(PARTNER_SEPARATOR) for cell in column]

        bins.append(
            Bin(
                name=class_text(package, variable, code, say.language),
                colour=own or colour,
                texture="solid" if own else texture,
                holds=holds,
                value=code,
            )
        )
    return [*bins, *_reported(package, variable, say)]


def _reported(package: Package, variable: Variable, say: Speaker) -> Iterator[Bin]:
    """Yield the classes of counties with a partner that is only reported."""
    reports = reported_only(package, variable.id)
    known = {listed.value: listed for listed in variable.classes}
    for code in sorted(frozenset().union(*reports.values())):
        own = [adcode for adcode, partners in reports.items() if code in partners]

        def holds(table: pd.DataFrame, own: Sequence[str] = own) -> Any:
            return table.index.isin(own)

        name = class_text(package, variable, code, say.language)
        yield Bin(
            name=say(N_("{programme}: reported only"), programme=name),
            colour=known[code].colour if code in known else NOT_KNOWN,
            texture="dots",
            holds=holds,
        )


def without_value(
    package: Package, variable: Variable, counties: pd.DataFrame, say: Speaker
) -> list[Bin]:
    """Return the classes of counties without a value: not known, or not applicable.

    Parameters
    ----------
    package, variable, counties, say
        As for :func:`bins_of`.
    """
    is_relation = variable.kind == "relation"
    column = adcode_column(variable.id) if is_relation else variable.id
    reports = [*reported_only(package, variable.id)] if is_relation else []

    def missing(table: pd.DataFrame) -> Any:
        cells = table[column]
        empty = cells.isna() | (cells.astype("object") == "")
        return np.asarray(empty & ~table.index.isin(reports), dtype=bool)

    if not variable.among:
        whole = variable.is_whole and variable.kind in {"category", "relation"}
        return [
            Bin(
                name=variable.missing(say.language),
                colour=NONE if whole else NOT_KNOWN,
                texture="solid" if whole else "hatch",
                holds=missing,
            )
        ]
    among = package.programmes[variable.among]

    def applies(table: pd.DataFrame) -> Any:
        return members(table, [among.id])[:, 0]

    bins = []
    everywhere = missing(counties) & applies(counties)
    if everywhere.any():
        bins.append(
            Bin(
                name=variable.missing(say.language),
                colour=NOT_KNOWN,
                texture="hatch",
                holds=lambda table: missing(table) & applies(table),
                among=(among.id, True),
            )
        )
    bins.append(
        Bin(
            name=say(N_("not among {name}"), name=among.within(say.language)),
            colour=NONE,
            texture="solid",
            holds=lambda table: missing(table) & ~applies(table),
            among=(among.id, False),
        )
    )
    return bins


def _is(column: str, value: str) -> Callable[[pd.DataFrame], Any]:
    return lambda table: table[column] == value


def _is_between(column: str, low: float, high: float) -> Callable[[pd.DataFrame], Any]:
    def holds(table: pd.DataFrame) -> Any:
        numbers = table[column].to_numpy(dtype=float, na_value=np.nan)
        return (numbers >= low) & (numbers <= high)

    return holds


_BINS: Final[Mapping[str, Callable[..., list[Bin]]]] = {
    "category": _categories,
    "date": _dates,
    "number": _numbers,
    "relation": _relations,
}

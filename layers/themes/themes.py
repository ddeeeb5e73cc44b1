"""Ways to see a selection: by programme, by overlap, by one attribute.

Every way gives the same :class:`layers.themes.style.MapStyle`, so that screen, sheet
and export draw it without knowing which way it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.select.selection import Selection
from layers.themes.palette import CATEGORICAL, NONE, NOT_KNOWN, Texture, steps
from layers.themes.style import LegendEntry, MapStyle, StyleClass, style_selection

Way = Literal["programmes", "overlap", "category", "exit", "area", "partner", "places"]

WAYS: Final[dict[Way, str]] = {
    "programmes": N_("Programmes"),
    "overlap": N_("How many programmes"),
    "category": N_("Kind of poor county"),
    "exit": N_("Year of exit"),
    "area": N_("Contiguous and special areas"),
    "partner": N_("Pairing"),
    "places": N_("Places of the plan"),
}
"""Ways to see, with their titles, in the order in which to offer them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One class of an attribute: which counties, and how they look."""

    name: str
    colour: str
    texture: Texture
    holds: Callable[[pd.DataFrame], pd.Series]


def style_way(
    package: Package,
    counties: pd.DataFrame,
    selection: Selection,
    way: Way = "programmes",
    language: Language = "zh",
) -> MapStyle:
    """Style a selection in one way of seeing.

    Parameters
    ----------
    package, counties, selection, language
        As for :func:`layers.themes.style.style_selection`.
    way : str
        A key of `WAYS`. ``partner`` and ``places`` draw lines and points too, see
        :mod:`layers.themes.relations`.

    Raises
    ------
    ValueError
        If there is no such way.
    """
    if way not in WAYS:
        raise ValueError(f"way is one of {', '.join(WAYS)}, not {way!r}")
    if way in {"area", "partner"}:
        kind = "area" if way == "area" else "pairing"
        shown = [p.id for p in package.programmes.values() if p.kind == kind]
        return style_selection(package, counties, selection, language, shown)
    if way == "overlap":
        return _binned(counties, selection, _overlap(package, selection, language))
    if way == "category":
        return _binned(counties, selection, _categories(package, language))
    if way == "exit":
        return _binned(counties, selection, _exits(counties, language))
    return style_selection(package, counties, selection, language)


def view_parameters(selection: Selection, way: Way) -> dict[str, str]:
    """Return the parameters of an address that shows a selection in one way of seeing.

    Examples
    --------
    >>> view_parameters(Selection(any_of=("deep_poverty",)), "exit")
    {'any': 'deep_poverty', 'see': 'exit'}
    """
    parameters = selection.to_parameters()
    if way != "programmes":  # the usual one is not said
        parameters["see"] = way
    return parameters


def overlap_programmes(package: Package, selection: Selection) -> list[str]:
    """Return the programmes whose overlap is counted: those asked for, or all."""
    asked = [p for p in package.programmes if p in selection.shown]
    return asked or list(package.programmes)


def _binned(
    counties: pd.DataFrame, selection: Selection, bins: Sequence[Bin]
) -> MapStyle:
    chosen = counties.loc[selection.apply(counties)]
    classes: dict[StyleClass, int] = {}
    drawn: dict[str, int] = {}
    legend = []
    for bin_ in bins:
        own = chosen.index[bin_.holds(chosen).to_numpy(dtype=bool)]
        legend.append(
            LegendEntry(
                programme=None,
                colour=bin_.colour,
                texture=bin_.texture,
                name=bin_.name,
                selected=len(own),
            )
        )
        look = StyleClass(fills=((bin_.colour, bin_.texture),))
        for adcode in own:
            drawn[adcode] = classes.setdefault(look, len(classes))
    in_order = {adcode: drawn[adcode] for adcode in chosen.index}
    return MapStyle(
        classes=tuple(classes), counties=in_order, hints={}, legend=tuple(legend)
    )


def _overlap(package: Package, selection: Selection, language: Language) -> list[Bin]:
    say = speaker(language)
    counted = overlap_programmes(package, selection)
    edges = _edges(len(counted))
    bins = [
        Bin(
            name=say(N_("in none of them")),
            colour=NONE,
            texture="solid",
            holds=lambda table: table[counted].sum(axis=1) == 0,
        )
    ]
    for (low, high), colour in zip(edges, steps(len(edges)), strict=True):
        name = (
            say(N_("in {n}"), n=low)
            if low == high
            else say(N_("in {low} to {high}"), low=low, high=high)
        )

        def holds(table: pd.DataFrame, low: int = low, high: int = high) -> pd.Series:
            return table[counted].sum(axis=1).between(low, high)

        bins.append(Bin(name=name, colour=colour, texture="solid", holds=holds))
    return bins


def _edges(most: int) -> list[tuple[int, int]]:
    """Split 1 … most into at most five classes; small counts stay by themselves.

    Examples
    --------
    >>> _edges(3)
    [(1, 1), (2, 2), (3, 3)]
    >>> _edges(18)
    [(1, 1), (2, 2), (3, 3), (4, 5), (6, 18)]
    """
    if most <= len(steps(5)):
        return [(n, n) for n in range(1, most + 1)]
    return [(1, 1), (2, 2), (3, 3), (4, 5), (6, most)]


def _categories(package: Package, language: Language) -> list[Bin]:
    say = speaker(language)
    labels = package.descriptions["memberships"].field("category").labels
    bins = []
    for (value, label), colour in zip(labels.items(), CATEGORICAL, strict=False):

        def holds(table: pd.DataFrame, value: str = value) -> pd.Series:
            return table["category"] == value

        bins.append(Bin(name=say(label), colour=colour, texture="solid", holds=holds))
    bins.append(
        Bin(
            name=say(N_("not a poor county")),
            colour=NONE,
            texture="solid",
            holds=lambda table: table["category"] == "",
        )
    )
    return bins


def _exits(counties: pd.DataFrame, language: Language) -> list[Bin]:
    say = speaker(language)
    years = sorted({int(year) for year in counties["exit_year"].dropna()})
    bins = []
    for year, colour in zip(years, steps(len(years)), strict=True):

        def holds(table: pd.DataFrame, year: int = year) -> pd.Series:
            return table["exit_year"].eq(year).fillna(False)

        bins.append(
            Bin(
                name=say(N_("exit approved in {year}"), year=year),
                colour=colour,
                texture="solid",
                holds=holds,
            )
        )
    bins.append(
        Bin(
            name=say(N_("poor county, year not known")),
            colour=NOT_KNOWN,
            texture="hatch",
            holds=lambda table: table["exit_year"].isna() & (table["category"] != ""),
        )
    )
    bins.append(
        Bin(
            name=say(N_("not a poor county")),
            colour=NONE,
            texture="solid",
            holds=lambda table: table["exit_year"].isna() & (table["category"] == ""),
        )
    )
    return bins

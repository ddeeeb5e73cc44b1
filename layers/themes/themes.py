"""Themes: ways to see a selection, one for each variable by its kind.

Memberships are textures, a category classes, a number class breaks, a date years, a
relation the colours of the partners. Every theme gives the same
:class:`layers.themes.style.MapStyle`, so that screen, sheet and export draw it without
knowing which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from geo.language import N_, Language, Speaker, speaker
from layers.facts.columns import THEMES, adcode_column
from layers.facts.county_table import PARTNER_SEPARATOR
from layers.facts.package import Package
from layers.facts.value_texts import class_text, number_text, range_text
from layers.facts.variables import Kind, Variable
from layers.select.breaks import classes_of
from layers.select.choices import BETWEEN
from layers.select.selection import Selection, members
from layers.themes.palette import (
    NONE,
    NOT_KNOWN,
    SEQUENTIAL,
    Texture,
    ordered_looks,
    steps,
    unordered_looks,
)
from layers.themes.style import LegendEntry, MapStyle, StyleClass, style_selection

PROGRAMMES, OVERLAP, PLACES = THEMES
USUAL: Final = PROGRAMMES
"""What an address that does not say is seen as."""

_MOST_YEARS: Final = 10
"""More years than these are put together in spans."""

_TITLES: Final = {
    PROGRAMMES: N_("Programmes"),
    OVERLAP: N_("How many programmes"),
    PLACES: N_("Places of the plan"),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """A way to see a selection.

    Attributes
    ----------
    id : str
        What ``see=`` says in an address: of a variable, a group, or of its own.
    kind : str
        Kind of its variable, ``"group"``, or the id itself.
    title_zh, title_en : str
        What a reader calls it.
    """

    id: str
    kind: Kind | Literal["group", "programmes", "overlap", "places"]
    title_zh: str
    title_en: str

    def title(self, language: Language) -> str:
        """Return the title in one language."""
        return speaker(language).pick(self.title_zh, self.title_en)

    @property
    def has_lines(self) -> bool:
        """Whether lines lead from the partners to the counties."""
        return self.kind == "relation"

    @property
    def has_slider(self) -> bool:
        """Whether its classes are years that can be stepped through."""
        return self.kind == "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One class of a variable: which counties, and how they look.

    Attributes
    ----------
    holds : callable
        From rows of the county table to an array of bool. A county that several bins
        hold is striped.
    """

    name: str
    colour: str
    texture: Texture
    holds: Callable[[pd.DataFrame], Any]
    value: str | None = None


def themes(package: Package) -> Mapping[str, Theme]:
    """Return the themes that a package offers, by id, in the order of offering."""
    own = [_own_theme(PROGRAMMES), _own_theme(OVERLAP)]
    own += [
        Theme(v.id, v.kind, v.name_zh, v.name_en)
        for v in package.variables.values()
        if not v.is_programme
    ]
    own += [
        Theme(group.id, "group", group.name_zh, group.name_en)
        for group in package.groups.values()
        if group.filter
    ]
    return {theme.id: theme for theme in [*own, _own_theme(PLACES)]}


def theme_id(package: Package, asked: str) -> str | None:
    """Return the id of today for what an address says; None if there is no such theme.

    Examples
    --------
    An address of an earlier edition may know a variable by a former id.
    """
    if asked in themes(package):
        return asked
    former = (v.id for v in package.variables.values() if asked in v.former_ids)
    return next(former, None)


def style_theme(
    package: Package,
    counties: pd.DataFrame,
    selection: Selection,
    theme: str = USUAL,
    language: Language = "zh",
) -> MapStyle:
    """Style a selection in one theme.

    Parameters
    ----------
    package, counties, selection, language
        As for :func:`layers.themes.style.style_selection`.
    theme : str
        A key of :func:`themes`. Relations and places draw lines and points too, see
        :mod:`layers.themes.relations`.

    Raises
    ------
    ValueError
        If there is no such theme.
    """
    known = themes(package)
    if theme not in known:
        raise ValueError(f"theme is one of {', '.join(known)}, not {theme!r}")
    kind = known[theme].kind
    if kind == "group":
        shown = [p.id for p in package.programmes.values() if p.group == theme]
        return style_selection(package, counties, selection, language, shown)
    if kind in {PROGRAMMES, PLACES}:
        return style_selection(package, counties, selection, language)
    say = speaker(language)
    if kind == OVERLAP:
        return _binned(counties, selection, _overlap(package, selection, say))
    variable = package.variables[theme]
    bins = [*_BINS[variable.kind](package, variable, counties, say)]
    bins += _without_value(package, variable, counties, say)
    return _binned(counties, selection, bins)


def view_parameters(selection: Selection, theme: str) -> dict[str, str]:
    """Return the parameters of an address that shows a selection in one theme.

    Examples
    --------
    >>> view_parameters(Selection(any_of=("deep_poverty",)), "overlap")
    {'any': 'deep_poverty', 'see': 'overlap'}
    """
    parameters = selection.to_parameters()
    if theme != USUAL:  # the usual one is not said
        parameters["see"] = theme
    return parameters


def overlap_programmes(package: Package, selection: Selection) -> list[str]:
    """Return the programmes whose overlap is counted: those asked for, or all."""
    return [*selection.shown(package)] or list(package.programmes)


def _own_theme(name: str) -> Theme:
    title = _TITLES[name]
    return Theme(name, name, speaker("zh")(title), title)  # type: ignore[arg-type]


def _binned(
    counties: pd.DataFrame, selection: Selection, bins: Sequence[Bin]
) -> MapStyle:
    chosen = counties.loc[selection.apply(counties)]
    held = [np.asarray(bin_.holds(chosen), dtype=bool) for bin_ in bins]
    classes: dict[StyleClass, int] = {}
    drawn: dict[str, int] = {}
    for place, adcode in enumerate(chosen.index):
        fills = tuple(
            (bin_.colour, bin_.texture)
            for bin_, own in zip(bins, held, strict=True)
            if own[place]
        )
        drawn[str(adcode)] = classes.setdefault(StyleClass(fills=fills), len(classes))
    legend = tuple(
        LegendEntry(
            programme=None,
            colour=bin_.colour,
            texture=bin_.texture,
            name=bin_.name,
            selected=int(own.sum()),
            value=bin_.value,
        )
        for bin_, own in zip(bins, held, strict=True)
    )
    return MapStyle(classes=tuple(classes), counties=drawn, hints={}, legend=legend)


def _overlap(package: Package, selection: Selection, say: Speaker) -> list[Bin]:
    counted = overlap_programmes(package, selection)
    edges = _edges(len(counted))
    bins = [_between_counts(counted, 0, 0, NONE, say(N_("in none of them")))]
    for (low, high), colour in zip(edges, steps(max(len(edges), 1)), strict=False):
        name = (
            say(N_("in {n}"), n=low)
            if low == high
            else say(N_("in {low} to {high}"), low=low, high=high)
        )
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
        )
        for (first, last), (colour, texture) in zip(
            spans, ordered_looks(len(spans)), strict=True
        )
    ]


def _numbers(
    package: Package, variable: Variable, counties: pd.DataFrame, say: Speaker
) -> list[Bin]:
    values = counties[variable.id].to_numpy(dtype=float, na_value=np.nan)
    classes = classes_of(values)
    return [
        Bin(
            name=range_text(package, variable, (low, high), say.language)
            if low < high
            else number_text(package, variable, low, say.language),
            colour=colour,
            texture=texture,
            holds=_is_between(variable.id, low, high),
            value=f"{low:.10g}{BETWEEN}{high:.10g}",
        )
        for (low, high), (colour, texture) in zip(
            classes, ordered_looks(max(len(classes), 1)), strict=False
        )
    ]


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
    return bins


def _without_value(
    package: Package, variable: Variable, counties: pd.DataFrame, say: Speaker
) -> list[Bin]:
    """Make the classes of counties without a value: not known, or not applicable."""
    column = adcode_column(variable.id) if variable.kind == "relation" else variable.id

    def missing(table: pd.DataFrame) -> Any:
        cells = table[column]
        return np.asarray(cells.isna() | (cells.astype("object") == ""), dtype=bool)

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
            )
        )
    bins.append(
        Bin(
            name=say(N_("not among {name}"), name=among.name(say.language)),
            colour=NONE,
            texture="solid",
            holds=lambda table: missing(table) & ~applies(table),
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

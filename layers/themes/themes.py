"""Themes: ways to see a selection, one for each variable by its kind.

Memberships are textures, a category classes, a number class breaks, a date years, a
relation the colours of the partners. Every theme gives the same
:class:`layers.themes.style.MapStyle`, so that screen, sheet and export draw it without
knowing which it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from geo.language import N_, Language, speaker
from layers.facts.columns import THEMES
from layers.facts.package import Package
from layers.facts.variables import Kind
from layers.select.selection import Selection
from layers.themes.classes import Bin, bins_of, overlap_bins
from layers.themes.style import LegendEntry, MapStyle, StyleClass, style_selection

PROGRAMMES, OVERLAP, PLACES = THEMES
USUAL: Final = PROGRAMMES
"""What an address that does not say is seen as."""

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
        bins = overlap_bins(overlap_programmes(package, selection), say)
    else:
        bins = bins_of(package, package.variables[theme], counties, say)
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
            note=bin_.note,
        )
        for bin_, own in zip(bins, held, strict=True)
    )
    return MapStyle(classes=tuple(classes), counties=drawn, hints={}, legend=legend)

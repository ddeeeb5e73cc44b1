"""Themes: ways to see a selection, one for each variable by its kind.

Memberships are textures, a category classes, a number class breaks, a date years, a
relation the colours of the partners. A number can be seen as circles too, and two at
once: :func:`theme_of` reads such ways. Every theme gives the same
:class:`layers.themes.style.MapStyle`, so that screen, sheet and export draw it without
knowing which it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import pandas as pd

from geo.kept import kept_with_owner
from geo.language import LANGUAGES, N_, Language, Speaker, speaker
from layers.facts.columns import THEMES
from layers.facts.package import Package
from layers.facts.variables import Kind
from layers.select.classing import USUAL_CLASSING, Classing, read_classing
from layers.select.selection import Selection
from layers.themes.circles import circle_bins, sizes
from layers.themes.classes import Bin, bins_of, overlap_bins
from layers.themes.pairs import pair_bins
from layers.themes.style import LegendEntry, MapStyle, StyleClass, style_selection

Way = Literal["classes", "circles", "pair"]

PROGRAMMES, OVERLAP, PLACES = THEMES
WAY: Final = "-"
"""Between the id of a number and how it is seen; no id has it."""

BESIDE: Final = "."
"""Between the ids of two numbers; no id has it."""

CLASSED: Final = ":"
"""Between what is seen of a number and how it is parted into classes; no id has it."""

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
    variables : tuple of str
        Ids of the variables that it shows: two where they are shown at once.
    way : {"classes", "circles", "pair"}
        Of numbers, how: by the colours of class breaks, by circles as large as the
        number, or by the colours of two numbers at once.
    classing : layers.select.classing.Classing
        Of the colours of class breaks, how the classes are made.
    """

    id: str
    kind: Kind | Literal["group", "programmes", "overlap", "places"]
    title_zh: str
    title_en: str
    variables: tuple[str, ...] = ()
    way: Way = "classes"
    classing: Classing = USUAL_CLASSING

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


@kept_with_owner
def themes(package: Package) -> Mapping[str, Theme]:
    """Return the themes that a package offers, by id, in the order of offering."""
    own = [_own_theme(PROGRAMMES), _own_theme(OVERLAP)]
    own += [
        Theme(v.id, v.kind, v.name_zh, v.name_en, (v.id,))
        for v in package.variables.values()
        if not v.is_programme
    ]
    own += [
        Theme(group.id, "group", group.name_zh, group.name_en)
        for group in package.groups.values()
        if group.filter
    ]
    return {theme.id: theme for theme in [*own, _own_theme(PLACES)]}


def theme_of(package: Package, asked: str) -> Theme | None:
    """Return the theme that an address asks for.

    Parameters
    ----------
    package : Package
        The facts.
    asked : str
        A key of :func:`themes`, or a former id. A count is seen as circles, unless
        ``-classes`` stands behind its id; an amount, of which nobody may have said
        that it adds up, only with ``-circles`` behind it. Two numbers with a dot
        between them are seen at once. Behind a colon stands how a number is parted
        into classes, as :func:`layers.select.classing.read_classing` reads it; what
        has classes is seen in colours.

    Returns
    -------
    Theme or None
        With the id of today in its usual form; None if there is no such theme.

    Examples
    --------
    With a count ``people`` and a rate ``share``: ``people`` and ``people-circles`` are
    circles, ``people-classes`` and ``share`` are class breaks, ``people.share`` both;
    ``share:natural.4`` and ``share:10,50`` are class breaks of another making.
    """
    asked, parted, behind = asked.partition(CLASSED)
    if parted:
        return _classed(package, asked, read_classing(behind))
    former = {f: v.id for v in package.variables.values() for f in v.former_ids}
    name, parted, behind = asked.partition(BESIDE)
    known = themes(package)
    if parted:
        pair = [known.get(former.get(one, one)) for one in (name, behind)]
        return _pair(*pair)
    name, parted, way = asked.partition(WAY)
    found = known.get(former.get(name, name))
    if found is None or found.kind != "number":
        return None if parted else found
    sized = bool(sizes(package, found.id))
    is_count = package.variables[found.id].measure == "count"
    usual: Way = "circles" if sized and is_count else "classes"
    ways: dict[str, Way] = {"": usual, "classes": "classes"}
    if sized:
        ways["circles"] = "circles"
    if way not in ways or (parted and not way):
        return None
    identifier = found.id if ways[way] == usual else f"{found.id}{WAY}{way}"
    return replace(found, id=identifier, way=ways[way])


def _classed(package: Package, asked: str, classing: Classing | None) -> Theme | None:
    """Return a number in classes of a certain making; None if it has no classes."""
    if classing is None:
        return None
    if WAY not in asked:  # what is seen as circles unless one asks for colours
        asked = f"{asked}{WAY}classes"
    found = theme_of(package, asked)
    if found is None or found.kind != "number" or found.way != "classes":
        return None
    identifier = f"{found.id}{CLASSED}{classing.text}".removesuffix(CLASSED)
    return replace(found, id=identifier, classing=classing)


def asked_for(package: Package, asked: Iterable[str]) -> tuple[str, ...]:
    """Return the themes on offer and those asked for, if there are such.

    Parameters
    ----------
    package : Package
        The facts.
    asked : iterable of str
        Ids of themes, as :func:`theme_id` writes them.
    """
    known = [one for one in asked if theme_of(package, one) is not None]
    return (*dict.fromkeys([*themes(package), *known]),)


def theme_id(package: Package, asked: str) -> str | None:
    """Return the id of today for what an address says; None if there is no such theme.

    Examples
    --------
    An address of an earlier edition may know a variable by a former id.
    """
    found = theme_of(package, asked)
    return found.id if found else None


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
        What :func:`theme_of` knows. Relations and places draw lines and points too, see
        :mod:`layers.themes.relations`; circles, see :mod:`layers.themes.circles`.

    Raises
    ------
    ValueError
        If there is no such theme.
    """
    seen = theme_of(package, theme)
    if seen is None:
        known = ", ".join(themes(package))
        raise ValueError(f"theme is one of {known}, not {theme!r}")
    kind = seen.kind
    if kind == "group":
        shown = [p.id for p in package.programmes.values() if p.group == theme]
        return style_selection(package, counties, selection, language, shown)
    if kind in {PROGRAMMES, PLACES}:
        return style_selection(package, counties, selection, language)
    say = speaker(language)
    variables = [package.variables[name] for name in seen.variables]
    if kind == OVERLAP:
        bins = overlap_bins(overlap_programmes(package, selection), say)
    elif seen.way == "circles":
        bins = circle_bins(package, variables[0], counties, say)
    elif seen.way == "pair":
        bins = pair_bins(package, variables[0], variables[1], counties, say)
    else:
        bins = theme_bins(package, seen, counties, say)
    return _binned(counties, selection, bins)


def theme_bins(
    package: Package, seen: Theme, counties: pd.DataFrame, say: Speaker
) -> list[Bin]:
    """Return the classes in which one variable is seen, those without a value last.

    Parameters
    ----------
    package : Package
        The facts.
    seen : Theme
        Of one variable, in colours.
    counties : pandas.DataFrame
        The county table: classes are the same whatever is selected.
    say : Speaker
        Of the language wanted.
    """
    variable = package.variables[seen.variables[0]]
    if seen.classing != USUAL_CLASSING:
        column = counties[variable.id].to_numpy(dtype=float, na_value=np.nan)
        variable = replace(variable, breaks=seen.classing.bounds(column))
    return bins_of(package, variable, counties, say)


def view_parameters(selection: Selection, theme: str) -> dict[str, str]:
    """Return the parameters of an address that shows a selection in one theme.

    Examples
    --------
    >>> view_parameters(Selection(any_of=("deep_poverty",)), "overlap")
    {'any': 'deep_poverty', 'see': 'overlap'}
    >>> view_parameters(Selection(), "share:10,50")
    {'see': 'share', 'breaks': '10,50'}
    """
    parameters = selection.to_parameters()
    if theme != USUAL:  # the usual one is not said
        parameters["see"], _, classing = theme.partition(CLASSED)
        found = read_classing(classing)
        parameters |= found.parameters() if found else {}
    return parameters


def overlap_programmes(package: Package, selection: Selection) -> list[str]:
    """Return the programmes whose overlap is counted: those asked for, or all."""
    return [*selection.shown(package)] or list(package.programmes)


def _pair(first: Theme | None, second: Theme | None) -> Theme | None:
    """Put two numbers together; None if they are none, or the same."""
    if first is None or second is None or first.id == second.id:
        return None
    if {first.kind, second.kind} != {"number"}:
        return None
    text = N_("{first} × {second}")
    zh, en = (
        speaker(language)(
            text, first=first.title(language), second=second.title(language)
        )
        for language in LANGUAGES
    )
    identifier = f"{first.id}{BESIDE}{second.id}"
    return Theme(identifier, "number", zh, en, (first.id, second.id), "pair")


def _own_theme(name: str) -> Theme:
    title = _TITLES[name]
    return Theme(name, name, speaker("zh")(title), title)  # type: ignore[arg-type]


def _binned(
    counties: pd.DataFrame, selection: Selection, bins: Sequence[Bin]
) -> MapStyle:
    chosen = selection.apply(counties)
    # Of the whole table: to take rows of all its columns takes longer than to look
    # through the few that classes ask.
    rows = counties.index.get_indexer(chosen)
    held = [np.asarray(bin_.holds(counties), dtype=bool)[rows] for bin_ in bins]
    classes: dict[StyleClass, int] = {}
    drawn: dict[str, int] = {}
    for place, adcode in enumerate(chosen):
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

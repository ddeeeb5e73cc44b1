"""What colour and texture a county has: one place for screen, print and export.

Colour is never the only sign: where programmes meet, the county is striped in their
colours; members that only follow from a rule are hatched; counties with outside
evidence only are dotted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from geo.language import N_, Language, speaker
from layers.catalogue import Programme
from layers.package import Package
from layers.selection import Selection

Texture = Literal["solid", "hatch", "dots"]

SELECTED_COLOUR: Final = "#6F94B8"
"""Fill of selected counties when the selection names no programme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleClass:
    """One look that counties can have: one colour, or several in stripes."""

    fills: tuple[tuple[str, Texture], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """One line of the legend.

    Attributes
    ----------
    selected : int
        Counties of the present selection with this sign.
    matched, listed : int or None
        Counties of the programme that reached the map, and those that its source
        names; None for a line that is no programme.
    """

    programme: str | None
    colour: str
    texture: Texture
    name: str
    selected: int
    matched: int | None = None
    listed: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStyle:
    """How the present selection is drawn.

    Attributes
    ----------
    classes : tuple of StyleClass
        The looks in use.
    counties : dict of str to int
        Index into `classes` by adcode, for the selected counties; the others are
        drawn as not selected.
    legend : tuple of LegendEntry
        In the order of the registry.
    """

    classes: tuple[StyleClass, ...]
    counties: dict[str, int]
    legend: tuple[LegendEntry, ...]


def style_selection(
    package: Package,
    counties: pd.DataFrame,
    selection: Selection,
    language: Language = "zh",
) -> MapStyle:
    """Give each selected county its look, and the legend that explains it.

    Parameters
    ----------
    package : layers.package.Package
        The facts.
    counties : pandas.DataFrame
        The county table.
    selection : Selection
        Its programmes and areas are those drawn; a selection without any is drawn
        in one neutral colour.
    language : {"zh", "en"}
        Language of the legend.
    """
    chosen = selection.apply(counties)
    shown = [package.programmes[p] for p in package.programmes if p in selection.shown]
    classes: dict[StyleClass, int] = {}
    drawn: dict[str, int] = {}
    belongs = counties.loc[chosen, [p.id for p in shown]]
    for adcode, row in zip(chosen, belongs.to_numpy(), strict=True):
        members = [p for p, inside in zip(shown, row, strict=True) if inside]
        look = _look(members)
        drawn[adcode] = classes.setdefault(look, len(classes))
    return MapStyle(
        classes=tuple(classes),
        counties=drawn,
        legend=_legend(shown, counties, chosen, language),
    )


def texture_of(programme: Programme) -> Texture:
    """Return the texture of a programme: solid if a source names its members."""
    return "hatch" if programme.basis == "derived" else "solid"


def _look(members: Sequence[Programme]) -> StyleClass:
    if not members:
        return StyleClass(fills=((SELECTED_COLOUR, "solid"),))
    return StyleClass(fills=tuple((p.colour, texture_of(p)) for p in members))


def _legend(
    shown: Sequence[Programme],
    counties: pd.DataFrame,
    chosen: pd.Index,
    language: Language,
) -> tuple[LegendEntry, ...]:
    say = speaker(language)
    if not shown:
        return (
            LegendEntry(
                programme=None,
                colour=SELECTED_COLOUR,
                texture="solid",
                name=say(N_("Selected counties")),
                selected=len(chosen),
            ),
        )
    return tuple(
        LegendEntry(
            programme=programme.id,
            colour=programme.colour,
            texture=texture_of(programme),
            name=programme.name(language),
            selected=int(counties.loc[chosen, programme.id].sum()),
            matched=int(counties[programme.id].sum()),
            listed=programme.named_count,
            note=completeness_note(programme, language),
        )
        for programme in shown
    )


def completeness_note(programme: Programme, language: Language) -> str:
    """Say how completely the members of a programme are known; empty if wholly."""
    say = speaker(language)
    if programme.basis == "derived":
        if programme.stated_count not in {None, programme.named_count}:
            return say(
                N_("derived by a rule; the source counts {stated}"),
                stated=programme.stated_count,
            )
        return say(N_("derived by a rule"))
    if programme.completeness == "incomplete":
        return say(
            N_("incomplete: {stated} counted, {named} named"),
            stated=programme.stated_count,
            named=programme.named_count,
        )
    if programme.completeness == "open":
        return say(N_("open-ended list: {named} named"), named=programme.named_count)
    return ""

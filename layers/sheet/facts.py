"""What a sheet is about, and how that is called on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import geopandas as gpd

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.select.selection import Selection
from layers.themes.themes import WAYS, Way

_MANY: Final = 3
"""More programmes than these are not named in a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a sheet is about.

    Attributes
    ----------
    title : str or None
        Instead of the one made of the selection.
    way : str
        Way of seeing, a key of :data:`layers.themes.themes.WAYS`.
    address : str or None
        Where an atlas runs that shows the same, for a link.
    """

    package: Package
    counties: gpd.GeoDataFrame
    selection: Selection
    language: Language
    way: Way = "programmes"
    title: str | None = None
    made_on: date | None = None
    address: str | None = None


def title_of(facts: Facts) -> str:
    """Return the title of a sheet: the programmes shown, or the whole province."""
    if facts.title:
        return facts.title
    say = speaker(facts.language)
    shown = [
        programme.name(facts.language)
        for programme in facts.package.programmes.values()
        if programme.id in facts.selection.shown
    ]
    if facts.way != "programmes":
        return say(N_("Hebei: {names}"), names=say(WAYS[facts.way]))
    if not shown:
        return say(N_("Counties of Hebei"))
    if len(shown) > _MANY:
        return say(N_("Hebei: {n} programmes"), n=len(shown))
    return say(N_("Hebei: {names}"), names=say.series(shown))


def subtitle_of(facts: Facts) -> str:
    """Return the selection in words, with the number of its counties."""
    say = speaker(facts.language)
    return say(
        N_("{selection} · {n} of {total} counties"),
        selection=facts.selection.say(facts.language, facts.package),
        n=len(facts.selection.apply(facts.counties)),
        total=len(facts.counties),
    )


def map_names(facts: Facts, adcode: str) -> tuple[str, ...]:
    """Return how a county may be called on the map, the best first."""
    divisions = facts.package.divisions
    division = divisions[adcode]
    if facts.language == "zh":
        counties = divisions.of_level("county").values()
        alone = [c.short_name for c in counties].count(division.short_name) == 1
        return (division.name, division.short_name) if alone else (division.name,)
    # On a map of counties the word County says nothing.
    name = division.name_en.removesuffix(" City").removesuffix(" District")
    short = name.removesuffix(" County")
    return (short.split(" ")[0] if short.endswith(" Autonomous") else short,)

"""What a sheet is about, and how that is called on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, cast

import geopandas as gpd

from geo.language import N_, Language, speaker
from layers.facts.inventory import cited_in
from layers.facts.package import Package
from layers.facts.rows import records
from layers.facts.territory import ground_notes
from layers.files.features import feature_table
from layers.files.metadata import metadata
from layers.select.selection import Selection
from layers.sheet.own_layer import OwnLayer
from layers.themes.open_lists import remarks
from layers.themes.themes import (
    OVERLAP,
    PLACES,
    PROGRAMMES,
    USUAL,
    Theme,
    overlap_programmes,
    theme_of,
)
from layers.webmap.map_notes import Note

_MANY: Final = 3
"""More programmes than these are not named in a title."""


@dataclass(frozen=True, kw_only=True, eq=False)  # without slots: what follows is kept
class Facts:
    """What a sheet is about.

    Attributes
    ----------
    title : str or None
        Instead of the one made of the selection.
    theme : str
        What :func:`layers.themes.themes.theme_of` knows.
    address : str or None
        Where an atlas runs that shows the same, for a link.
    notes : tuple of Note
        The reader's own texts at places.
    own : OwnLayer or None
        A layer of the reader's own, over the counties.
    """

    package: Package
    counties: gpd.GeoDataFrame
    selection: Selection
    language: Language
    theme: str = USUAL
    title: str | None = None
    made_on: date | None = None
    address: str | None = None
    notes: tuple[Note, ...] = ()
    own: OwnLayer | None = None

    @property
    def seen(self) -> Theme:
        """The theme itself."""
        # Whoever makes a sheet has asked whether there is such a theme.
        return cast(Theme, theme_of(self.package, self.theme))

    @cached_property
    def features(self) -> gpd.GeoDataFrame:
        """The counties of the selection, as a file would have them."""
        return feature_table(
            self.package, self.counties, self.selection, language=self.language
        )

    @cached_property
    def metadata(self) -> Mapping[str, Any]:
        """What a file of these counties would say of itself."""
        return metadata(
            self.package,
            self.features,
            self.selection,
            count_total=len(self.counties),
            address=self.address,
            theme=self.theme,
        )


def variables_shown(facts: Facts) -> tuple[str, ...]:
    """Return the ids of the variables that a sheet is about, as registered.

    Those that its selection asks for, and those that its theme draws.
    """
    package, selection, theme = facts.package, facts.selection, facts.seen
    asked = {*theme.variables, *dict(selection.where), *selection.shown(package)}
    asked.update(selection.none_of)
    if theme.kind == "group":
        asked.update(p.id for p in package.programmes.values() if p.group == theme.id)
    elif theme.kind == OVERLAP:
        asked.update(overlap_programmes(package, selection))
    return tuple(variable for variable in package.variables if variable in asked)


def sources_shown(facts: Facts) -> frozenset[str]:
    """Return the ids of the sources on which what a sheet shows rests."""
    package = facts.package
    chosen = {*map(str, facts.selection.apply(facts.counties))}
    used: set[str] = set()
    for identifier in variables_shown(facts):
        used.update(package.variables[identifier].source)
        for adcode, values in package.values_by_county(identifier).items():
            if adcode in chosen:
                used.update(source for value in values for source in value.source)
    used.update(
        source for cell in _reports(facts, chosen) for source in cell.split(";")
    )
    if facts.theme == PLACES:
        for row in records(package.tables["places"]):
            used.update(cited_in(package.descriptions["places"], row))
    return frozenset(used)


def _reports(facts: Facts, chosen: set[str]) -> Iterator[str]:
    """Yield the sources of the reports for which counties are drawn dotted."""
    package = facts.package
    shown = {p for p in variables_shown(facts) if p in package.programmes}
    evidence = package.tables["evidence"]
    for row in evidence[evidence["scope"] == "county"].to_dict("records"):
        programme = row["variable"]
        if programme in shown and row["confidence"] != "stated":
            code, name = row["published_adcode"], row["published_name"]
            adcode = package.divisions.current(code, name)
            # Whoever asks for the programme sees also those that it may have.
            asked = programme in facts.selection.shown(package)
            if adcode in package.reported(programme) and (asked or adcode in chosen):
                yield row["source"]


def definition_shown(facts: Facts) -> str:
    """Return what values that a sheet shows are, where that is not plain.

    Of a number what it is and leaves out; of a list that the legend does not say it
    of, that it is not complete; of what else is shown, which counties it means in
    another territory than theirs of today. What is read off paper has no page
    beside it that would say so.
    """
    package, say = facts.package, speaker(facts.language)
    chosen = map(str, facts.selection.apply(facts.counties))
    told = [
        *remarks(package, facts.selection, facts.theme, facts.language),
        *ground_notes(package, variables_shown(facts), chosen, say),
    ]
    end = say.pick("。", ".")
    return say.sentences(text if text.endswith(end) else text + end for text in told)


def title_of(facts: Facts) -> str:
    """Return the title of a sheet: the programmes shown, or the whole province."""
    if facts.title:
        return facts.title
    say = speaker(facts.language)
    shown = [
        facts.package.programmes[programme].name(facts.language)
        for programme in facts.selection.shown(facts.package)
    ]
    if facts.theme != PROGRAMMES:
        return say(N_("Hebei: {names}"), names=facts.seen.title(facts.language))
    if not shown:
        return say(N_("Counties of Hebei"))
    if len(shown) > _MANY:
        return say(N_("Hebei: {n} {n:programme|programmes}"), n=len(shown))
    return say(N_("Hebei: {names}"), names=say.series(shown))


def subtitle_of(facts: Facts) -> str:
    """Return the selection in words, with the number of its counties."""
    say = speaker(facts.language)
    return say(
        N_("{selection} · {n} of {total} counties"),
        selection=facts.selection.sentence(facts.language, facts.package),
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

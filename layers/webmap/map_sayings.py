"""What a map tells beside itself: of each county, of each source, of each hit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any, Final

import geopandas as gpd

from geo.language import N_, Language, Speaker
from layers.facts.package import Package
from layers.profile.blocks import Block, blocks
from layers.profile.county_profile import county_profile
from layers.profile.statements import Profile
from layers.select import search

TEXTS: Final = {
    "close": N_("Close"),
    "hint": N_("Click a county to read what is said of it."),
    "marked": N_("Counties marked: {n}"),
    "print": N_("Print"),
    "sources": N_("Sources"),
}
"""Texts of the page round a map, by key."""

Target = tuple[str | None, str]
"""A county, or none; adcodes of counties to be marked, one after another."""


class Profiles:
    """What the panel shows of each county; a block that several have stands once.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table.
    say : Speaker
        Of the language of the page.
    numbers : collection of str
        Ids of the numbers that are told besides.
    """

    def __init__(
        self,
        package: Package,
        counties: gpd.GeoDataFrame,
        say: Speaker,
        numbers: Collection[str],
    ):
        self._places: dict[Block, int] = {}
        rows = zip(counties.index, counties.to_dict("records"), strict=True)
        profiles = [
            county_profile(package, row, str(adcode), say.language, numbers)
            for adcode, row in rows
        ]
        self.counties = {
            profile.adcode: {
                "facts": _facts(profile),
                "blocks": [self._place(block) for block in blocks(profile, say)],
                "sources": profile.sources,
            }
            for profile in profiles
        }

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The blocks, in the order of their numbers; empty members left out."""
        return [_plain(block) for block in self._places]

    def _place(self, block: Block) -> int:
        return self._places.setdefault(block, len(self._places))


def told_of(
    package: Package,
    counties: gpd.GeoDataFrame,
    adcode: str,
    say: Speaker,
    numbers: Collection[str],
) -> dict[str, Any]:
    """Return what the panel shows of one county, with its sources.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table.
    adcode : str
        The county.
    say : Speaker
        Of the language of the page.
    numbers : collection of str
        Ids of the numbers that are told besides.
    """
    row = counties.loc[adcode].to_dict()
    profile = county_profile(package, row, adcode, say.language, numbers)
    known = source_lines(package, say.language)
    return {
        "facts": _facts(profile),
        "blocks": [_plain(block) for block in blocks(profile, say)],
        "sources": [[name, *known[name]] for name in profile.sources],
    }


def _facts(profile: Profile) -> list[tuple[str, str]]:
    return [(fact.term, fact.told) for fact in profile.facts]


def _plain(block: Block) -> dict[str, Any]:
    return {name: value for name, value in asdict(block).items() if value}


def source_lines(
    package: Package, language: Language
) -> dict[str, tuple[str, str, str | None]]:
    """Return title, publisher with date, and address of each source.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    language : {"zh", "en"}
        Of the page.
    """
    return {
        source.id: (
            source.title(language),
            " · ".join(source.published(language)),
            source.url or None,
        )
        for source in package.sources.values()
    }


def target_of(
    package: Package, counties: gpd.GeoDataFrame, kind: str, identifier: str
) -> Target | None:
    """Return where a hit of a search leads; None if it leads nowhere.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table.
    kind, identifier : str
        Of the hit.
    """
    target = search.target(package, kind, identifier)
    if target is None:
        return None
    chosen: Iterable[str] = ()
    if target.selection:
        chosen = target.selection.apply(counties)
    return target.county, "".join(chosen)


def targets(package: Package, counties: gpd.GeoDataFrame) -> dict[str, Target]:
    """Return where each hit of a search leads, by kind and id with a space between.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table.
    """
    return {
        f"{entry.kind} {entry.id}": found
        for entry in search.gazetteer(package).entries
        if (found := target_of(package, counties, entry.kind, entry.id)) is not None
    }

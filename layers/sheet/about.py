"""What a sheet or a picture says of itself, in its foot and to programs."""

from __future__ import annotations

from typing import Any

import geopandas as gpd

from geo.language import N_, speaker
from layers.files.export import feature_table
from layers.files.marker import marker
from layers.files.metadata import boundary_reference, metadata, reference
from layers.sheet import marginalia
from layers.sheet.facts import Facts, definition_shown, sources_shown
from layers.sheet.page import Page
from layers.sheet.told import Told


def told_of(facts: Facts, title: str) -> Told:
    """Return what a file of the selection says of itself to programs."""
    features, about = described(facts)
    mark = marker(about, features.index, facts.language)
    return Told.of(about, title, facts.language, mark, facts.made_on)


def described(facts: Facts) -> tuple[gpd.GeoDataFrame, dict[str, Any]]:
    """Return the counties of the selection, and their metadata."""
    features = feature_table(
        facts.package, facts.counties, facts.selection, language=facts.language
    )
    about = metadata(
        facts.package,
        features,
        facts.selection,
        count_total=len(facts.counties),
        address=facts.address,
        theme=facts.theme,
    )
    return features, about


def footer(
    facts: Facts, page: Page, width: float, scale: float
) -> list[marginalia.Paragraph]:
    """Set sources, credit, projection and terms of what is drawn.

    Parameters
    ----------
    facts : Facts
        What the sheet says.
    page : Page
        Whose font measures.
    width, scale
        As for :func:`layers.sheet.marginalia.footer`.
    """
    say = speaker(facts.language)
    _, about = described(facts)
    # What a file holds rests on more than a sheet has room for, or shows.
    shown = sources_shown(facts)
    sources = [s for s in facts.package.sources.values() if s.id in shown]
    about["sources"] = [*map(reference, sources), boundary_reference(facts.package)]
    projection = say(
        N_(
            "Albers equal-area projection, parallels 37° and 42° N, "
            "meridian 116.5° E, WGS 84"
        )
    )
    return marginalia.footer(
        page.face,
        about,
        definition_shown(facts),
        projection,
        facts.made_on,
        facts.language,
        width,
        scale,
    )

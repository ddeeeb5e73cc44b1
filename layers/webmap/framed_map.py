"""The map in a frame of a page: painted at once, the rest told when it is asked for.

It looks and acts as the map in a file of its own (:mod:`layers.webmap.one_file`), but
carries no profiles, no index and no notes: they are most of that file, and of the time
that it takes. Its script asks the page, the page asks :func:`answer`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import geopandas as gpd

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.files.document import notes as about_notes
from layers.files.features import feature_table
from layers.files.metadata import metadata
from layers.select import search
from layers.select.selection import Selection
from layers.themes.themes import theme_of
from layers.webmap.bundle import geometry_bundle
from layers.webmap.map_document import document
from layers.webmap.map_sayings import TEXTS, target_of, told_of
from layers.webmap.map_state import Appearance, map_state
from layers.webmap.script_files import FRAMED
from layers.webmap.search_texts import search_texts

_DETAIL: Final = "overview"

_UNANSWERED: Final = N_("There is no answer from the server now: try once more.")


def framed_map(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    *,
    theme: str,
    language: Language,
    appearance: Appearance,
    own_layer: str = "",
) -> str:
    """Write the page that stands in the frame.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table, in overview.
    selection : Selection
        Which counties.
    theme : str
        What :func:`layers.themes.themes.theme_of` knows.
    language : {"zh", "en"}
        Language of the page.
    appearance : {"light", "dark", "contrast"}
        Colours of the page.
    own_layer : str
        As for :func:`layers.webmap.one_file.one_file_map`.
    """
    state = map_state(
        package,
        counties,
        selection,
        theme=theme,
        language=language,
        appearance=appearance,
    )
    say = speaker(language)
    # Within its frame the page fetches nothing, so there is no base map either.
    bundle = geometry_bundle(package, counties, _DETAIL) | {"base_maps": []}
    page: dict[str, Any] = {
        "language": language,
        "texts": {key: say(text) for key, text in TEXTS.items()}
        | {"unanswered": say(_UNANSWERED)},
        "search_texts": search_texts(language),
        "map_notes": [],
        "own_layer": json.loads(own_layer) if own_layer else None,
    }
    carried = {"bundle": bundle, "state": state}
    return document(carried, page, state["summary"], FRAMED, "openFramed")


def answer(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    *,
    theme: str,
    language: Language,
    question: str,
) -> Any:
    """Answer what the script of the page asks.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table, in overview.
    selection : Selection
        Which counties the map shows.
    theme : str
        How they are seen.
    language : {"zh", "en"}
        Language of the page.
    question : str
        Comes from a browser: ``county`` with an adcode, ``target`` with kind and id of
        a hit, ``search`` or ``notes``.

    Returns
    -------
    object
        Plain JSON, the same as stands in a file; None to what is no question.
    """
    say = speaker(language)
    what, _, of = question.partition(" ")

    def county() -> Any:
        if of not in counties.index:
            return None
        seen = theme_of(package, theme)
        shown = {*(seen.variables if seen else ()), *dict(selection.where)}
        return told_of(package, counties, of, say, shown)

    def target() -> Any:
        kind, _, identifier = of.partition(" ")
        return target_of(package, counties, kind, identifier)

    def notes() -> Any:
        features = feature_table(
            package, counties, selection, detail=_DETAIL, language=language
        )
        about = metadata(
            package,
            features,
            selection,
            count_total=len(counties),
            detail=_DETAIL,
            theme=theme,
        )
        return [[note.label, note.text] for note in about_notes(about, language)]

    asked: dict[str, Callable[[], Any]] = {
        "county": county,
        "target": target,
        "search": lambda: search.index(package),
        "notes": notes,
    }
    return asked[what]() if what in asked else None

"""The map as one HTML file: opens from a stick, asks no network, prints on A4.

What :mod:`layers.webmap.folium_map` draws, with search, a profile a county and a print
style around it, see :mod:`layers.webmap.map_document`.
"""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import urlencode

import geopandas as gpd

from geo.language import Language, speaker
from layers.facts.package import Package
from layers.files.document import notes as about_notes
from layers.files.features import feature_table
from layers.files.marker import marker
from layers.files.metadata import metadata
from layers.select import search
from layers.select.selection import Selection
from layers.themes.themes import USUAL, view_parameters
from layers.webmap.bundle import geometry_bundle
from layers.webmap.map_document import document
from layers.webmap.map_notes import Note
from layers.webmap.map_pair import map_pair
from layers.webmap.map_sayings import TEXTS, Profiles, source_lines, targets
from layers.webmap.map_state import Appearance, map_state
from layers.webmap.script_files import ONE_FILE
from layers.webmap.search_texts import search_texts
from layers.webmap.second_map import SecondMap

MEDIA_TYPE: Final = "text/html; charset=utf-8"

_DETAIL: Final = "overview"


def one_file_map(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    *,
    theme: str = USUAL,
    language: Language = "zh",
    appearance: Appearance = "light",
    address: str | None = None,
    notes: tuple[Note, ...] = (),
    own_layer: str = "",
    until: int | None = None,
    second: SecondMap | None = None,
) -> bytes:
    """Write a map as one HTML file that needs nothing else.

    Parameters
    ----------
    package : layers.facts.package.Package
        The checked facts.
    counties : geopandas.GeoDataFrame
        The county table, of either detail; lines are drawn generalised.
    selection : Selection
        Which counties.
    theme : str
        What :func:`layers.themes.themes.theme_of` knows.
    language : {"zh", "en"}
        Language of the page.
    appearance : {"light", "dark", "contrast"}
        Colours of the page; a print is never dark.
    address : str, optional
        As for :func:`layers.files.export.export`.
    notes : tuple of Note
        The reader's own texts at places.
    own_layer : str
        A layer of the reader's own to be drawn over the counties, as
        :func:`layers.own.overlay.overlay` writes it.
    until : int, optional
        The last year that a theme of dates shows at first.
    second : SecondMap, optional
        A second map, seen together with the first.

    Returns
    -------
    bytes
        UTF-8, less than a megabyte for all counties.

    Raises
    ------
    layers.select.rejected.SelectionError
        If `selection` names something that does not exist.
    """
    features = feature_table(
        package, counties, selection, detail=_DETAIL, language=language
    )
    about = metadata(
        package,
        features,
        selection,
        count_total=len(counties),
        detail=_DETAIL,
        address=address,
        theme=theme,
    )
    outlines = package.boundaries.load("county", _DETAIL).geometry
    drawn = counties.set_geometry(outlines.loc[counties.index])
    state = map_state(
        package,
        drawn,
        selection,
        theme=theme,
        language=language,
        appearance=appearance,
    )
    # A base map would have to be fetched.
    bundle = geometry_bundle(package, drawn, _DETAIL) | {"base_maps": []}
    say = speaker(language)
    shown = {*state.get("variables", ()), *dict(selection.where)}
    title, told = state["summary"], list[list[str]]()
    carried: dict[str, Any] = {"bundle": bundle, "state": state}
    if until and state["kind"] == "date":
        carried["until"] = until
    if second:
        pair = map_pair(package, drawn, selection, state, second)
        title, carried["second"] = pair.title, pair.carried
        shown |= pair.variables
        told += map(list, pair.notes)
        if "link" in about:
            joined = "&" if "?" in about["link"] else "?"
            about["link"] += f"{joined}{second.query}"
    seen = urlencode(view_parameters(Selection(), theme))
    view = "&".join(filter(None, [seen, second.query if second else ""]))
    told += [[note.label, note.text] for note in about_notes(about, language)]
    profiles = Profiles(package, drawn, say, shown)
    page = {
        "language": language,
        "texts": {key: say(text) for key, text in TEXTS.items()},
        "search_texts": search_texts(language),
        "search": search.index(package),
        "targets": targets(package, drawn),
        "profiles": profiles.counties,
        "blocks": profiles.blocks,
        "sources": source_lines(package, language),
        "notes": told,
        "map_notes": [[note.lon, note.lat, note.text] for note in notes],
        "own_layer": json.loads(own_layer) if own_layer else None,
        "about": about,
        "file": marker(about | {"view": view}, features.index, language),
    }
    return document(carried, page, title, ONE_FILE, "openFile").encode()

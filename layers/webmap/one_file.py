"""The map as one HTML file: opens from a stick, asks no network, prints on A4.

What :mod:`layers.webmap.folium_map` draws, with search, a profile a county and a print
style around it. Data come as JSON that the page's script shows by ``textContent`` only.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict
from html import escape
from typing import Any, Final
from urllib.parse import urlencode

import geopandas as gpd

from geo.language import N_, Language, Speaker, speaker
from layers.facts.package import Package
from layers.files.document import notes as about_notes
from layers.files.features import feature_table
from layers.files.marker import marker
from layers.files.metadata import metadata
from layers.profile.blocks import Block, blocks
from layers.profile.county_profile import county_profile
from layers.select import search
from layers.select.selection import Selection
from layers.themes.themes import USUAL, view_parameters
from layers.webmap.bundle import geometry_bundle
from layers.webmap.folium_map import AtlasMap, embed
from layers.webmap.map_notes import Note
from layers.webmap.map_pair import map_pair
from layers.webmap.map_state import Appearance, map_state
from layers.webmap.script_files import ONE_FILE, STYLES, asset, inline
from layers.webmap.search_texts import search_texts
from layers.webmap.second_map import SecondMap

MEDIA_TYPE: Final = "text/html; charset=utf-8"

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
"""Even if the page were made to ask for something, the browser would not fetch it."""

_STYLES: Final = (*STYLES, "search/search.css", "one_file/one-file.css")

_DETAIL: Final = "overview"

_TEXTS: Final = {
    "close": N_("Close"),
    "hint": N_("Click a county to read what is said of it."),
    "marked": N_("Counties marked: {n}"),
    "print": N_("Print"),
    "sources": N_("Sources"),
}


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
    profiles = _Profiles(package, drawn, say, shown)
    page = {
        "language": language,
        "texts": {key: say(text) for key, text in _TEXTS.items()},
        "search_texts": search_texts(language),
        "search": search.index(package),
        "targets": _targets(package, drawn),
        "profiles": profiles.counties,
        "blocks": profiles.blocks,
        "sources": _sources(package, language),
        "notes": told,
        "map_notes": [[note.lon, note.lat, note.text] for note in notes],
        "own_layer": json.loads(own_layer) if own_layer else None,
        "about": about,
        "file": marker(about | {"view": view}, features.index, language),
    }
    return _document(carried, page, title)


def _document(carried: dict[str, Any], page: dict[str, Any], title: str) -> bytes:
    """Put the page together; only `title` is text that HTML parses, escaped."""
    fragment = AtlasMap().fragment()
    appearance = carried["state"]["appearance"]
    styles = "\n".join(asset(name).decode() for name in _STYLES)
    return (
        f'<!DOCTYPE html>\n<html lang="{page["language"]}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{styles}</style>\n</head>\n"
        f'<body class="one-file" data-appearance="{appearance}">\n'
        f'<header class="one-file-head"><h1>{escape(title)}</h1>'
        '<div id="one-file-search"></div></header>\n'
        f'<main class="one-file-main">{fragment.html}<div class="one-file-side">'
        '<section id="one-file-legends" hidden></section>'
        '<aside id="one-file-panel"></aside></div></main>\n'
        '<footer><dl id="one-file-notes"></dl></footer>\n'
        f'<script type="application/json" id="atlas-data">{embed(carried)}</script>\n'
        f'<script type="application/json" id="one-file-data">{embed(page)}</script>\n'
        f"<script>{inline(ONE_FILE)}</script>\n<script>{fragment.script}\n"
        f"AtlasMap.openFile({fragment.variable});</script>\n"
        "</body>\n</html>\n"
    ).encode()


class _Profiles:
    """What the panel shows of each county; a block that several have stands once."""

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
                "facts": [(fact.term, fact.told) for fact in profile.facts],
                "blocks": [self._place(block) for block in blocks(profile, say)],
                "sources": profile.sources,
            }
            for profile in profiles
        }

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """The blocks, in the order of their numbers; empty members left out."""
        return [
            {name: value for name, value in asdict(block).items() if value}
            for block in self._places
        ]

    def _place(self, block: Block) -> int:
        return self._places.setdefault(block, len(self._places))


def _sources(package: Package, language: Language) -> dict[str, list[str | None]]:
    """Return title, publisher with date, and address of each source."""
    return {
        source.id: [
            source.title(language),
            " · ".join(source.published(language)),
            source.url or None,
        ]
        for source in package.sources.values()
    }


def _targets(
    package: Package, counties: gpd.GeoDataFrame
) -> dict[str, tuple[str | None, str]]:
    """Return where each hit of a search leads: a county, or counties to be marked."""
    found = {}
    for entry in search.gazetteer(package).entries:
        target = search.target(package, entry.kind, entry.id)
        if target is None:
            continue
        chosen: Iterable[str] = ()
        if target.selection:
            chosen = target.selection.apply(counties)
        found[f"{entry.kind} {entry.id}"] = (target.county, "".join(chosen))
    return found

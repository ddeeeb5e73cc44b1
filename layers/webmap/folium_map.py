"""The Folium map: geometry once, styles as a small message.

Folium builds the map; what is on it comes as JSON that never passes through a
template. In the application the geometry is fetched from a cached address and a
filter sends a message of a few kilobytes; in a notebook or a saved file geometry and
message stand in the page as data.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, BinaryIO, cast

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from geo.language import Language
from layers.facts import package as packages
from layers.facts.county_table import county_table
from layers.facts.package import Package
from layers.select.selection import Selection
from layers.themes.themes import USUAL
from layers.webmap.bundle import geometry_bundle
from layers.webmap.map_state import Appearance, map_state
from layers.webmap.script_files import MAP, STYLES, asset, inline


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A rendered map for a page that already has Leaflet: markup and script.

    Attributes
    ----------
    html, script : str
        What Folium rendered, without head and assets.
    variable : str
        JavaScript name of the map in `script`.
    """

    html: str
    script: str
    variable: str


class CountyLayers(MacroElement):
    """Counties, lines and labels on a map; holds an address or nothing, never data.

    Parameters
    ----------
    url, full : str or None
        Where the page fetches the geometry, and the finer one for a close look; None
        if the page carries it.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            AtlasMap.attach({{ this._parent.get_name() }}, {{ this.options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, url: str | None, full: str | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "CountyLayers"
        self._id = "atlas"
        self.options = {"url": url, "full": full}


class AtlasMap(folium.Map):
    """A Folium map of the counties that asks nothing of the network.

    Parameters
    ----------
    bundle : dict or None
        Geometry and records as :func:`geometry_bundle` makes them, carried by the
        page; None if the page fetches them.
    state : dict or None
        The message of :func:`map_state` to show first.
    url, full : str or None
        Where the page fetches the bundle, and the one in full detail.

    Notes
    -----
    Branca compiles rendered text as a template again, so nothing that comes from data
    may be rendered: :meth:`document` puts the JSON in after Folium is done.
    """

    def __init__(
        self,
        *,
        bundle: dict[str, Any] | None = None,
        state: dict[str, Any] | None = None,
        url: str | None = None,
        full: str | None = None,
    ) -> None:
        super().__init__(
            location=(39.3, 116.7),
            zoom_start=7,
            tiles=None,
            min_zoom=5,
            max_zoom=13,
            zoom_snap=0.25,
            zoom_delta=0.5,
        )
        self._id = "atlas"
        # On the instance: the lists of the class belong to every Folium map.
        self.default_js, self.default_css = [], []
        self.bundle, self.state = bundle, state
        self.add_child(CountyLayers(url, full))

    def fragment(self) -> Fragment:
        """Render for a page that has Leaflet and the scripts of the map already."""
        root = cast(Figure, self.get_root())
        root.render()
        return Fragment(
            html=root.html.render(),
            script=root.script.render(),
            variable=self.get_name(),
        )

    def document(self) -> str:
        """Render one HTML page that needs nothing else: assets, geometry, state."""
        fragment = self.fragment()
        language = (self.state or {}).get("language", "zh")
        data = {"bundle": self.bundle, "state": self.state}
        styles = "\n".join(asset(name).decode() for name in STYLES)
        return (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n'
            '<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<style>{styles}\nhtml, body {{ margin: 0; height: 100%; }}\n"
            ".folium-map { width: 100%; height: 100%; }</style>\n</head>\n<body>\n"
            f"{fragment.html}\n"
            f'<script type="application/json" id="atlas-data">{embed(data)}</script>\n'
            f"<script>{inline(MAP)}</script>\n"
            f"<script>{fragment.script}</script>\n</body>\n</html>\n"
        )

    def save(
        self,
        outfile: str | bytes | Path | BinaryIO,
        close_file: bool = True,
        **_: Any,
    ) -> None:
        """Save the one-page document.

        Parameters
        ----------
        outfile : str, bytes, pathlib.Path or binary file
            Where to.
        close_file : bool
            Whether a file given open is closed afterwards, as in Folium.
        """
        content = self.document().encode()
        if isinstance(outfile, str | bytes | Path):
            Path(os.fsdecode(outfile)).write_bytes(content)
            return
        outfile.write(content)
        if close_file:
            outfile.close()

    def _repr_html_(self, **_: Any) -> str:
        return (
            '<iframe style="width:100%;height:600px;border:0" '
            f'srcdoc="{escape(self.document())}"></iframe>'
        )


def draw(
    selection: Selection | None = None,
    *,
    package: Package | None = None,
    detail: str = "overview",
    theme: str = USUAL,
    language: Language = "zh",
    appearance: Appearance = "light",
) -> AtlasMap:
    """Draw a selection, ready to show in a notebook or to save as one HTML file.

    Parameters
    ----------
    selection : Selection, optional
        Default: all counties.
    package : Package, optional
        Default: the package as committed.
    detail : {"overview", "full"}
        Detail of the geometry.
    theme : str
        What :func:`layers.themes.themes.theme_of` knows.
    language : {"zh", "en"}
        Language of names, legend and credit.
    appearance : {"light", "dark", "contrast"}
        Colours of the map around the programmes.

    Examples
    --------
    >>> draw(Selection(all_of=("deep_poverty",)), language="en").state["summary"][:26]
    'Map of Hebei. Counties of '
    """
    facts = package or packages.load()
    counties = county_table(facts, detail)
    chosen = selection or Selection()
    return AtlasMap(
        bundle=geometry_bundle(facts, counties, detail),
        state=map_state(
            facts,
            counties,
            chosen,
            theme=theme,
            language=language,
            appearance=appearance,
        ),
    )


def embed(data: object) -> str:
    """Return JSON that may stand inside a ``<script>`` element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return (
        text.replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )

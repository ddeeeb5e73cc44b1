"""The Folium map: geometry once, styles as a small message.

Folium builds the map; what is on it comes as JSON that never passes through a
template. In the application the geometry is fetched from a cached address and a
filter sends a message of a few kilobytes; in a notebook or a saved file geometry and
message stand in the page as data.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

import folium
import geopandas as gpd
import pandas as pd
from branca.element import Figure, MacroElement
from folium.template import Template

from geo import boundaries
from geo.crs import representative_points
from geo.language import N_, Language, speaker
from layers import package as packages
from layers.join import DETAIL_COLUMNS, county_table
from layers.package import Package
from layers.selection import Selection
from layers.style import MapStyle, style_selection

Theme = Literal["light", "dark"]

ASSETS: Final = Path(__file__).parent / "assets"
LEAFLET: Final = files("js_lib_leaflet") / "static" / "js_lib_leaflet"
SCRIPTS: Final = ("leaflet.js", "atlas-map.js")
STYLES: Final = ("leaflet.css", "atlas.css")

_DECIMALS: Final = {"overview": 4, "full": 6}


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
    url : str or None
        Where the page fetches the geometry; None if the page carries it.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            AtlasMap.attach({{ this._parent.get_name() }}, {{ this.options|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, url: str | None) -> None:
        super().__init__()
        self._name = "CountyLayers"
        self._id = "atlas"
        self.options = {"url": url}


class AtlasMap(folium.Map):
    """A Folium map of the counties that asks nothing of the network.

    Parameters
    ----------
    bundle : dict or None
        Geometry and records as :func:`geometry_bundle` makes them, carried by the
        page; None if the page fetches them.
    state : dict or None
        The message of :func:`map_state` to show first.
    url : str or None
        Where the page fetches the bundle.

    Notes
    -----
    Branca compiles rendered text as a template again, so nothing that comes from data
    may be rendered: :meth:`document` puts the JSON in after Folium is done.
    """

    default_js: Final = []
    default_css: Final = []

    def __init__(
        self,
        *,
        bundle: dict[str, Any] | None = None,
        state: dict[str, Any] | None = None,
        url: str | None = None,
    ) -> None:
        super().__init__(
            location=(39.3, 116.7),
            zoom_start=7,
            tiles=None,
            control_scale=True,
            min_zoom=5,
            max_zoom=13,
            zoom_snap=0.25,
            zoom_delta=0.5,
        )
        self._id = "atlas"
        self.bundle, self.state = bundle, state
        self.add_child(CountyLayers(url))

    def fragment(self) -> Fragment:
        """Render for a page that has Leaflet and ``atlas-map.js`` already."""
        root = self.get_root()
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
        scripts = "\n".join(
            f"<script>{asset(name).decode()}</script>" for name in SCRIPTS
        )
        return (
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n'
            '<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<style>{styles}\nhtml, body {{ margin: 0; height: 100%; }}\n"
            ".folium-map { width: 100%; height: 100%; }</style>\n</head>\n<body>\n"
            f"{fragment.html}\n"
            f'<script type="application/json" id="atlas-data">{embed(data)}</script>\n'
            f"{scripts}\n<script>{fragment.script}</script>\n</body>\n</html>\n"
        )

    def save(self, outfile: str | Path | BinaryIO, **_: Any) -> None:
        """Save the one-page document.

        Parameters
        ----------
        outfile : str, pathlib.Path or binary file
            Where to.
        """
        content = self.document().encode()
        if isinstance(outfile, str | Path):
            Path(outfile).write_bytes(content)
        else:
            outfile.write(content)

    def _repr_html_(self, **_: Any) -> str:
        from html import escape

        return (
            '<iframe style="width:100%;height:600px;border:0" '
            f'srcdoc="{escape(self.document())}"></iframe>'
        )

    def get_root(self) -> Figure:
        """Return the figure that the map renders into."""
        return super().get_root()


def draw(
    selection: Selection | None = None,
    *,
    package: Package | None = None,
    detail: str = "overview",
    language: Language = "zh",
    theme: Theme = "light",
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
    language : {"zh", "en"}
        Language of names, legend and credit.
    theme : {"light", "dark"}
        Colours of the map around the programmes.

    Examples
    --------
    >>> draw(Selection(all_of=("deep_poverty",))).state["selected"]
    10
    """
    facts = package or packages.load()
    counties = county_table(facts, detail)
    chosen = selection or Selection()
    return AtlasMap(
        bundle=geometry_bundle(facts, counties, detail),
        state=map_state(facts, counties, chosen, language=language, theme=theme),
    )


def geometry_bundle(
    package: Package, counties: gpd.GeoDataFrame, detail: str
) -> dict[str, Any]:
    """Collect what the page fetches once: geometry, records, label points.

    Parameters
    ----------
    package : Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table in `detail`.
    detail : {"overview", "full"}
        Detail of the lines.

    Returns
    -------
    dict
        ``county, prefecture, province, municipalities`` (GeoJSON, WGS 84),
        ``counties`` (records by adcode), ``labels`` of the prefectures. Plain JSON.
    """
    points = representative_points(counties.geometry)
    prefectures = boundaries.load("prefecture", detail)
    anchors = representative_points(prefectures.geometry)
    records = {}
    plain = counties.drop(columns="geometry")
    for (adcode, row), point in zip(plain.iterrows(), points, strict=True):
        record = {column: _json(row[column]) for column in DETAIL_COLUMNS}
        record["programmes"] = [p for p in package.programmes if row[p]]
        record["point"] = [round(point.x, 3), round(point.y, 3)]
        records[str(adcode)] = record
    return {
        "county": _features(counties, detail),
        "prefecture": _features(prefectures, detail),
        "province": _features(boundaries.load("province", detail), detail),
        "municipalities": _features(boundaries.load("municipality", detail), detail),
        "counties": records,
        "labels": [
            {
                "name": package.divisions[adcode].short_name,
                "name_en": package.divisions[adcode].name_en,
                "lon": round(point.x, 3),
                "lat": round(point.y, 3),
            }
            for adcode, point in [
                *zip(prefectures.index, anchors, strict=True),
                *_municipality_labels(detail),
            ]
        ],
    }


def map_state(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    *,
    language: Language = "zh",
    theme: Theme = "light",
    focus: str | None = None,
) -> dict[str, Any]:
    """Make the message that restyles the map: what a filter sends.

    Returns
    -------
    dict
        ``classes`` (looks), ``counties`` (for each look the adcodes, six characters
        each, one after another), ``legend``, texts, ``focus``, and ``version``, a
        hash by which a page can tell that it has painted this very message.
    """
    style = style_selection(package, counties, selection, language)
    state = {
        "language": language,
        "theme": theme,
        "classes": [[list(fill) for fill in look.fills] for look in style.classes],
        "counties": _codes_by_class(style),
        "legend": _legend_lines(style, language),
        "key": _legend_key(style, language),
        "texts": {"legend": speaker(language)(N_("Legend"))},
        "focus": focus,
        "selected": len(style.counties),
        "summary": _summary(package, counties, selection, style, language),
        "credit": credit(language),
    }
    text = json.dumps(state, sort_keys=True, ensure_ascii=False)
    state["version"] = hashlib.sha256(text.encode()).hexdigest()[:12]
    return state


def credit(language: Language) -> str:
    """Return the credit line that every map shows, with the approval number."""
    vintage = boundaries.metadata()
    return speaker(language).pick(vintage.credit_zh, vintage.credit_en)


def asset(name: str) -> bytes:
    """Return a script, style or image that the map needs, from its package."""
    own = ASSETS / name
    return own.read_bytes() if own.is_file() else (LEAFLET / name).read_bytes()


def embed(data: object) -> str:
    """Return JSON that may stand inside a ``<script>`` element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return (
        text.replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _features(table: gpd.GeoDataFrame, detail: str) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": adcode,
                "properties": {},
                "geometry": _rounded(geometry.__geo_interface__, _DECIMALS[detail]),
            }
            for adcode, geometry in zip(table.index, table.geometry, strict=True)
        ],
    }


def _rounded(geometry: dict[str, Any], decimals: int) -> dict[str, Any]:
    def each(item: Any) -> Any:
        if isinstance(item[0], float | int):
            return [round(value, decimals) for value in item]
        return [each(part) for part in item]

    return {"type": geometry["type"], "coordinates": each(geometry["coordinates"])}


def _municipality_labels(detail: str) -> list[tuple[str, Any]]:
    outlines = boundaries.load("municipality", detail)
    return list(
        zip(outlines.index, representative_points(outlines.geometry), strict=True)
    )


def _codes_by_class(style: MapStyle) -> list[str]:
    codes = [""] * len(style.classes)
    for adcode, look in style.counties.items():
        codes[look] += adcode
    return codes


def _legend_lines(style: MapStyle, language: Language) -> list[dict[str, Any]]:
    say = speaker(language)
    return [
        {
            "programme": entry.programme,
            "colour": entry.colour,
            "texture": entry.texture,
            "name": entry.name,
            "count": say(N_("{n} counties"), n=entry.selected)
            if entry.matched is None
            else say(
                N_("{n} shown · matched {matched} of {listed}"),
                n=entry.selected,
                matched=entry.matched,
                listed=entry.listed,
            ),
            "note": entry.note,
        }
        for entry in style.legend
    ]


def _legend_key(style: MapStyle, language: Language) -> list[list[Any]]:
    say = speaker(language)
    key: list[list[Any]] = []
    if any(len(look.fills) > 1 for look in style.classes):
        stripes = [["#777777", "solid"], ["#cccccc", "solid"]]
        key.append([stripes, say(N_("stripes: in several of these programmes"))])
    if any(texture == "hatch" for look in style.classes for _, texture in look.fills):
        key.append([[["#777777", "hatch"]], say(N_("hatched: derived by a rule"))])
    return key


def _summary(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    style: MapStyle,
    language: Language,
) -> str:
    return speaker(language)(
        N_("Map of Hebei. {sentence}: {n} of {total} counties."),
        sentence=selection.say(language, package),
        n=len(style.counties),
        total=len(counties),
    )


def _json(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value

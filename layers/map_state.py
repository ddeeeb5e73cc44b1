"""The message that restyles the map: what a filter sends, a few kilobytes of JSON."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

import geopandas as gpd

from geo import boundaries
from geo.language import N_, Language, speaker
from layers.package import Package
from layers.selection import Selection
from layers.style import MapStyle, style_selection

Theme = Literal["light", "dark"]


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
        each, one after another), ``hints`` (likewise, not selected), ``legend``,
        texts, ``focus``, and ``version``, a hash by which a page can tell that it has
        painted this very message.
    """
    style = style_selection(package, counties, selection, language)
    state = {
        "language": language,
        "theme": theme,
        "classes": [[list(fill) for fill in look.fills] for look in style.classes],
        "counties": _codes_by_class(style, style.counties),
        "hints": _codes_by_class(style, style.hints),
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


def _codes_by_class(style: MapStyle, counties: dict[str, int]) -> list[str]:
    codes = [""] * len(style.classes)
    for adcode, look in counties.items():
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
                N_("{n} shown · {matched}/{listed} matched"),
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
        key.append([stripes, say(N_("several of these programmes"))])
    if any(texture == "hatch" for look in style.classes for _, texture in look.fills):
        key.append([[["#777777", "hatch"]], say(N_("derived by a rule"))])
    if any(texture == "dots" for look in style.classes for _, texture in look.fills):
        key.append(
            [
                [["#777777", "dots"]],
                say(N_("reported elsewhere only")),
            ]
        )
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

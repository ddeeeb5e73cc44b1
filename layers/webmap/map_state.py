"""The message that restyles the map: what a filter sends, a few kilobytes of JSON."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from typing import Any, Literal, cast

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.language import N_, Language, Speaker, speaker
from layers.facts.package import Package
from layers.facts.territory import ground_notes
from layers.select.selection import Selection
from layers.themes.circles import circles, sizes
from layers.themes.class_limits import class_limits
from layers.themes.open_lists import classes_said, remarks
from layers.themes.pairs import axes
from layers.themes.relations import pair_lines
from layers.themes.style import LegendEntry, MapStyle
from layers.themes.themes import USUAL, WAY, Theme, style_theme, theme_id, theme_of

Appearance = Literal["light", "dark", "contrast"]


def map_state(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    *,
    theme: str = USUAL,
    language: Language = "zh",
    appearance: Appearance = "light",
    focus: str | None = None,
) -> dict[str, Any]:
    """Make the message that restyles the map: what a filter sends.

    Parameters
    ----------
    package : Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table.
    selection : Selection
        Which counties.
    theme : str
        How they are seen: what :func:`layers.themes.themes.theme_of` knows.
    language : {"zh", "en"}
        Language of the legend.
    appearance : {"light", "dark", "contrast"}
        Of the page, for the colours.
    focus : str, optional
        Adcode of the county whose profile is open.

    Returns
    -------
    dict
        ``legend`` (one entry a sign), ``classes`` (looks: places in the legend),
        ``counties`` (for each look its counties as bits in the order of the table, in
        base64), ``hints`` (likewise, not selected), ``shown`` (programmes asked
        for), ``theme`` with its ``kind``, of numbers ``variables``, the ``ways`` in
        which they can be seen, ``circles`` of :func:`layers.themes.circles.circles` or
        ``axes`` of :func:`layers.themes.pairs.axes` and the ``sizes`` of its classes,
        or ``limits`` of :func:`layers.themes.class_limits.class_limits`,
        ``lines`` of a relation, ``focus``, and ``version``, a hash by which a page can
        tell that it has painted this very message.
    """
    style = style_theme(package, counties, selection, theme, language)
    seen = cast(Theme, theme_of(package, theme))  # or there would be no style
    signs = {(e.colour, e.texture): i for i, e in enumerate(style.legend)}
    chosen, say = selection.apply(counties), speaker(language)
    state = {
        "language": language,
        "appearance": appearance,
        "theme": theme,
        "kind": seen.kind,
        **(
            _numbers(package, counties, seen, style, say)
            if seen.kind == "number"
            else {}
        ),
        "classes": [[signs[fill] for fill in look.fills] for look in style.classes],
        "counties": _bits_by_class(style, style.counties, counties.index),
        "hints": _bits_by_class(style, style.hints, counties.index),
        "shown": [*selection.shown(package)],
        "legend": _legend_lines(style, language),
        # How classes are made is said with their limits, which may be moved.
        "remarks": [
            text
            for text in (
                *remarks(package, selection, theme, language),
                *ground_notes(package, seen.variables, map(str, chosen), say),
            )
            if text not in {*classes_said(seen, say)}
        ],
        "lines": pair_lines(package, theme, chosen) if seen.has_lines else [],
        "focus": focus,
        "summary": _summary(package, counties, selection, style, language),
    }
    text = json.dumps(state, sort_keys=True, ensure_ascii=False)
    state["version"] = hashlib.sha256(text.encode()).hexdigest()[:12]
    return state


def _ways(package: Package, seen: Theme, say: Speaker) -> list[tuple[str, str]]:
    """List in which ways a number can be seen: theme and name."""
    if seen.way == "pair" or len(seen.variables) != 1:
        return []
    identifier = seen.variables[0]
    if not sizes(package, identifier):
        return []
    return [
        (theme_id(package, f"{identifier}{WAY}{way}") or "", say(name))
        for way, name in (("circles", N_("Circles")), ("classes", N_("Colours")))
    ]


def _numbers(
    package: Package,
    counties: gpd.GeoDataFrame,
    seen: Theme,
    style: MapStyle,
    say: Speaker,
) -> dict[str, Any]:
    """Describe what a number adds: its ways, circles, or the square of two."""
    shown = [package.variables[name] for name in seen.variables]
    told: dict[str, Any] = {
        "variables": [*seen.variables],
        "ways": _ways(package, seen, say),
    }
    if seen.way == "circles":
        told["circles"] = circles(package, shown[0], counties, say.language)
    if seen.way == "classes":
        what = package, shown[0], seen.classing, counties
        told["limits"] = class_limits(*what, say.language)
        told["limits"]["said"] = "".join(classes_said(seen, say))
    if seen.way == "pair":
        told["axes"] = axes(package, (shown[0], shown[1]), counties, say)
        told["sizes"] = [entry.selected for entry in style.legend]
    return told


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
    return [
        {
            "programme": entry.programme,
            "value": entry.value,
            "colour": entry.colour,
            "texture": entry.texture,
            "name": entry.name,
            "count": count_text(entry, language),
            "note": entry.note,
        }
        for entry in style.legend
    ]


def count_text(entry: LegendEntry, language: Language) -> str:
    """Say how many counties a line of the legend stands for, and of how many not."""
    say = speaker(language)
    if entry.matched is None:
        return say(N_("{n} {n:county|counties}"), n=entry.selected)
    # What follows from a rule has no list to be held against.
    shown = N_("{n} shown · {listed} named, {matched} identified")
    if entry.listed is None:
        shown = N_("{n} shown of {matched}")
    text = say(shown, n=entry.selected, matched=entry.matched, listed=entry.listed)
    if entry.not_said:
        text = say(N_("{text} · {n} not said"), text=text, n=entry.not_said)
    return text


def _summary(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    style: MapStyle,
    language: Language,
) -> str:
    return speaker(language)(
        N_("Map of Hebei. {sentence}: {n} of {total} counties."),
        sentence=selection.sentence(language, package),
        n=len(style.counties),
        total=len(counties),
    )

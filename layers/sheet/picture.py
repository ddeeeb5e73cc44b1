"""The map alone, as a reader sees it: title, map, legend, credit, on no paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from geo.language import N_, speaker
from layers.sheet import legend, map_panel, marginalia, relations
from layers.sheet.about import footer, told_of_map
from layers.sheet.box import Box
from layers.sheet.circles import radii
from layers.sheet.facts import Facts, map_names, subtitle_of, title_of
from layers.sheet.map_content import MapContent
from layers.sheet.notes import is_within
from layers.sheet.page import Page
from layers.sheet.projection import Bounds, MapFrame, ground, to_ground
from layers.sheet.texture import Fill
from layers.themes.style import MapStyle
from layers.themes.themes import style_theme
from layers.webmap.map_state import map_state
from layers.webmap.map_texts import TEXTS
from layers.webmap.map_window import Window

LATER: Final = "#efd9a0"
"""Of counties whose year is beyond the last one shown; as on the screen,
``layers/webmap/scripts/map/atlas.css``."""

_WIDTH: Final = 270
_MARGIN: Final = 7
_GAP: Final = 3.5
_LEGEND: Final = 60
_HEIGHTS: Final = (105, 205)
"""Millimetres that the map is high at least and at most: as the window is, else."""

_MOST_NAMED: Final = 80
"""Selected counties up to which those without room for their name have a line to it."""

_CLOSE: Final = 0.6
"""A window narrower than this part of the province names the counties around too."""


def laid_out(
    facts: Facts, window: Window | None, until: int | None
) -> tuple[Page, MapFrame]:
    """Lay out and draw a picture; to be called while :func:`drawing` is in force.

    Parameters
    ----------
    facts : Facts
        What it says.
    window : Window, optional
        What ground it shows; else what is selected, or the whole province.
    until : int, optional
        The last year shown of a theme of dates; without effect on others.

    Returns
    -------
    Page
        The picture, as large as it needs to be.
    MapFrame
        The map on it.
    """
    package, language = facts.package, facts.language
    chosen = [*facts.selection.apply(facts.counties)]
    bounds = (
        map_panel.extent(package.boundaries, chosen)
        if window is None
        else on_the_ground(window)
    )
    width = _WIDTH - 2 * _MARGIN
    across = width - _LEGEND - _GAP
    wanted = across * (bounds[3] - bounds[1]) / (bounds[2] - bounds[0])
    high = float(np.clip(wanted, *_HEIGHTS))
    measuring = Page(1, 1)
    head = marginalia.heading(
        measuring.face, title_of(facts), subtitle_of(facts), width, 1
    )
    foot = footer(facts, measuring, width, 1)
    above, below = (marginalia.height(part, 1) for part in (head, foot))
    height = 2 * _MARGIN + above + below + high + 2 * _GAP
    page = Page(_WIDTH, height)
    marginalia.draw(page, head, _MARGIN, height - _MARGIN, 1, titled=True)
    box = Box(left=_MARGIN, bottom=_MARGIN + below + _GAP, width=across, height=high)
    frame = MapFrame.around(box, bounds, 4 if window is None else 0)

    style = style_theme(package, facts.counties, facts.selection, facts.theme, language)
    later = _later(style, until) if facts.seen.kind == "date" and until else frozenset()
    state = _state(facts, later, until)
    content = _content(facts, style, chosen, frame, later)
    looks = content.looks
    circles = {
        a: r for a, r in radii(state, facts.counties.index).items() if a in looks
    }
    content = replace(content, circles=circles)
    map_told = told_of_map(facts, title_of(facts), frame)
    map_panel.draw(page, frame, content, package, language, told=map_told)
    _draw_legend(facts, page, frame, state, content)
    marginalia.draw(page, foot, _MARGIN, _MARGIN + below, 1)
    return page, frame


def on_the_ground(window: Window) -> Bounds:
    """Return the bounds of a window in metres, with its sides, which are bent there.

    Parameters
    ----------
    window : Window
        In degrees.
    """
    steps = np.linspace(0, 1, 9)
    lon = window.west + (window.east - window.west) * steps
    lat = window.south + (window.north - window.south) * steps
    x, y = to_ground(*(axis.ravel() for axis in np.meshgrid(lon, lat)))
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def _later(style: MapStyle, until: int) -> frozenset[str]:
    """Return the selected counties whose year is beyond the last one shown."""
    years = {(line.colour, line.texture): line.value for line in style.legend}
    found = set()
    for adcode, look in style.counties.items():
        value = years.get(style.classes[look].fills[0])
        if value and value.isdecimal() and int(value) > until:
            found.add(adcode)
    return frozenset(found)


def _content(
    facts: Facts,
    style: MapStyle,
    chosen: list[str],
    frame: MapFrame,
    later: frozenset[str],
) -> MapContent:
    boundaries = facts.package.boundaries
    counties, room = ground(boundaries, "county"), frame.box.polygon()
    here = {
        adcode
        for adcode, shape in frame.visible(counties).items()
        if room.contains(shape.representative_point())
    }
    seen = [adcode for adcode in chosen if adcode in here]
    whole = map_panel.extent(boundaries, [])
    close = frame.bounds[2] - frame.bounds[0] < _CLOSE * (whole[2] - whole[0])
    # So many names that their lines would be a thicket: those that have room.
    named = seen if len(seen) <= _MOST_NAMED else []
    around = [*here] if close or named != seen else []
    looks: dict[str, tuple[Fill, ...]] = {
        a: ((LATER, "solid"),) if a in later else style.classes[look].fills
        for a, look in style.counties.items()
    }
    return MapContent(
        looks=looks,
        hints={a: style.classes[look].fills for a, look in style.hints.items()},
        names={a: map_names(facts, a) for a in named},
        whole=not close,
        relations=relations.of_theme(facts.package, chosen, facts.seen),
        quiet={a: map_names(facts, a) for a in sorted({*around} - {*named})},
        notes=facts.notes,
        own=facts.own,
    )


def _draw_legend(
    facts: Facts,
    page: Page,
    frame: MapFrame,
    state: Mapping[str, Any],
    content: MapContent,
) -> None:
    lines = legend.entries(
        state,
        facts.seen,
        relations.symbols(frame, content.relations, 1),
        facts.language,
        whole=len(content.looks) == len(facts.counties),
        notes=[(n.text, is_within(frame, n, 1)) for n in facts.notes],
        own=facts.own,
    )
    boxes = [replace(frame.box, left=frame.box.right + _GAP, width=_LEGEND)]
    for shown in (lines, legend.condensed(lines)):
        arranged = legend.arrange(page.face, shown, boxes, 1)
        if arranged is not None:
            break
    else:
        arranged = legend.cut(page.face, shown, boxes, 1, facts.language)
    legend.draw_all(page, arranged)


def _state(facts: Facts, later: frozenset[str], until: int | None) -> dict[str, Any]:
    """Return the message that the legend is made of, up to a year."""
    state = map_state(
        facts.package,
        facts.counties,
        facts.selection,
        theme=facts.theme,
        language=facts.language,
    )
    if not later:
        return state
    say, name = speaker(facts.language), TEXTS["later"]
    kept = [
        line
        for line in state["legend"]
        if not (line["value"] and line["value"].isdecimal())
        or int(line["value"]) <= (until or 0)
    ]
    beyond = {
        "programme": None,
        "value": None,
        "colour": LATER,
        "texture": "solid",
        "name": say(name, year=until),
        "count": say(N_("{n} {n:county|counties}"), n=len(later)),
        "note": "",
    }
    # A date is one class of a county: no look has several signs.
    return {**state, "legend": [*kept, beyond], "classes": []}

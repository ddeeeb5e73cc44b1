"""Which room of a sheet its legend takes: its own, the inset's, or more columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any, Final

from layers.sheet import legend, relations
from layers.sheet.box import Box
from layers.sheet.facts import Facts
from layers.sheet.layout import Layout
from layers.sheet.legend import Legend
from layers.sheet.notes import is_within
from layers.sheet.page import Page
from layers.sheet.projection import MapFrame

_ROOMS: Final = ((False, 1), (True, 1), (False, 2), (True, 2), (True, 3), (True, 4))
"""Room that the legend may take, the least first: the inset's, and columns."""

_LEAST_TABLE: Final = 36
"""Width that the legend leaves to the table, millimetres on A4."""


def laid_out(
    facts: Facts,
    page: Page,
    plan: Layout,
    frame: MapFrame,
    state: Mapping[str, Any],
) -> tuple[Layout, Legend]:
    """Lay the legend out where it fits, and return what is left of the layout.

    Parameters
    ----------
    facts : Facts
        What the sheet shows.
    page : Page
        Its page, whose font measures; nothing is drawn.
    plan : Layout
        The rectangles.
    frame : MapFrame
        The map.
    state : mapping of str to Any
        As of :func:`layers.webmap.map_state.map_state`.

    Returns
    -------
    Layout, Legend
        Without the inset where the legend takes its room. A legend that has room
        nowhere says how many lines are left out.
    """
    chosen = facts.selection.apply(facts.counties)
    lines = legend.entries(
        state,
        facts.seen,
        relations.symbols(
            frame, relations.of_theme(facts.package, chosen, facts.seen), plan.scale
        ),
        facts.language,
        whole=len(chosen) == len(facts.counties),
        notes=[(n.text, is_within(frame, n, plan.scale)) for n in facts.notes],
        own=facts.own,
        scale=plan.scale,
    )
    rooms = _rooms(plan)
    for shown, boxes in product((lines, legend.condensed(lines)), rooms):
        arranged = legend.arrange(page.face, shown, boxes, plan.scale)
        if arranged is not None:
            break
    else:
        arranged = legend.cut(page.face, shown, boxes, plan.scale, facts.language)
    left = plan.table.left
    if plan.panel is None and len(boxes) > 1:
        left = boxes[-1].right + 4 * plan.scale
    rest = replace(plan.table, left=left, width=plan.table.right - left)
    if boxes[0].top > plan.legend.top or (plan.panel is not None and len(boxes) > 1):
        plan = replace(plan, inset=replace(plan.inset, height=0))
    return replace(plan, table=rest), arranged


def _rooms(plan: Layout) -> list[list[Box]]:
    """Return the columns that the legend may take, the least room first."""
    box, side = plan.legend, plan.table
    if plan.panel is not None:
        return [[box], [box, plan.panel]]
    gap = 4 * plan.scale
    fitting = (side.width - _LEAST_TABLE * plan.scale) // (box.width + gap)
    rooms = []
    for without_inset, columns in _ROOMS:
        top = plan.inset.top if without_inset else box.top
        boxes = [replace(box, height=top - box.bottom)]
        for column in range(columns - 1):
            left = side.left + column * (box.width + gap)
            boxes.append(replace(side, left=left, width=box.width))
        if columns <= 1 + fitting:
            rooms.append(boxes)
    return rooms

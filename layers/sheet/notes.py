"""The reader's notes on a sheet: numbers on the map, their texts in the legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import shapely

from layers.sheet.box import Box
from layers.sheet.font import MM_PER_POINT
from layers.sheet.page import PAPER, Page
from layers.sheet.projection import MapFrame, to_ground
from layers.webmap.map_notes import Note

COLOUR: Final = "#9c1f2e"
"""As on the screen, ``layers/webmap/scripts/map/atlas.css``."""

RADIUS: Final = 1.75
"""Millimetres of a number's disc; of the scale of A4."""

_CAPITAL: Final = 0.72
"""Height of a figure by the size of the letters."""


def position(frame: MapFrame, note: Note) -> tuple[float, float]:
    """Return where a note stands on the page, within the map or not.

    Parameters
    ----------
    frame : MapFrame
        Where the map stands, its extent and its scale.
    note : Note
        One of the reader's.

    Returns
    -------
    (float, float)
        Millimetres from the lower left corner of the page.
    """
    point = frame.place(shapely.Point(*to_ground(note.lon, note.lat)))
    return float(point.x), float(point.y)


def is_within(frame: MapFrame, note: Note, scale: float) -> bool:
    """Say whether the disc of a note lies on the map.

    Parameters
    ----------
    frame : MapFrame
        Where the map stands, its extent and its scale.
    note : Note
        One of the reader's.
    scale : float
        Of the disc; 1 on A4.
    """
    room = frame.box.inside(RADIUS * scale)
    x, y = position(frame, note)
    return room.left < x < room.right and room.bottom < y < room.top


def boxes(frame: MapFrame, notes: Sequence[Note], scale: float) -> list[Box]:
    """Return where notes stand, so that no name is written over them.

    Parameters
    ----------
    frame : MapFrame
        Where the map stands, its extent and its scale.
    notes : sequence of Note
        In the order of their numbers.
    scale : float
        Of text and lines; 1 on A4.
    """
    half = RADIUS * scale
    return [
        Box(left=x - half, bottom=y - half, width=2 * half, height=2 * half)
        for x, y in (position(frame, note) for note in notes)
    ]


def draw(page: Page, frame: MapFrame, notes: Sequence[Note], scale: float) -> None:
    """Draw the numbers of the notes that lie on the map.

    Parameters
    ----------
    page : Page
        The page to draw on; its lengths are millimetres.
    frame : MapFrame
        Where the map stands, its extent and its scale.
    notes : sequence of Note
        In the order of their numbers.
    scale : float
        Of text and lines; 1 on A4.
    """
    for number, note in enumerate(notes, start=1):
        if is_within(frame, note, scale):
            draw_number(page, *position(frame, note), str(number), RADIUS * scale)


def draw_number(page: Page, x: float, y: float, number: str, radius: float) -> None:
    """Draw a number on a disc.

    Parameters
    ----------
    page : Page
        Where to draw.
    x, y : float
        Middle, in millimetres.
    number : str
        One or two figures.
    radius : float
        Of the disc, in millimetres.
    """
    disc = shapely.Point(x, y).buffer(radius, quad_segs=10)
    page.shapes([disc], fill=COLOUR, stroke=PAPER, weight=0.6)
    size = 1.15 * radius / MM_PER_POINT
    middle = y - _CAPITAL * size * MM_PER_POINT / 2
    page.text(x, middle, number, size, colour=PAPER, align="center")

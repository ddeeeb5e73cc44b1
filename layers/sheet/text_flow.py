"""Text in columns: blocks that stay whole, in the largest size that holds them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.language import N_, Language, speaker
from layers.profile.blocks import Block
from layers.sheet.box import Box
from layers.sheet.font import LINE_SPACING, MM_PER_POINT, Face, plain
from layers.sheet.legend import swatch
from layers.sheet.page import FAINT, INK, Page

_SIZES: Final = (8, 7.6, 7.2, 6.8, 6.4, 6, 5.6, 5.2, 4.8, 4.4)
_NOTE: Final = 0.84
_HEADING: Final = 1.12
_GAP: Final = 0.35
"""Lines of space behind a block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Set:
    """A block broken into lines."""

    block: Block
    text: list[str]
    notes: list[str]
    height: float


def draw(
    page: Page,
    columns: Sequence[Box],
    blocks: Sequence[Block],
    language: Language,
    scale: float = 1,
) -> None:
    """Draw blocks down the columns, in order.

    What does not fit even in the smallest size is left out, and the text says so.

    Parameters
    ----------
    page : Page
        Where to draw.
    columns : sequence of Box
        Rooms to be filled one after another, in millimetres.
    blocks : sequence of Block
        What is to be said.
    language : {"zh", "en"}
        Language of the note that something is left out.
    scale : float
        By which the sizes are multiplied.
    """
    for points in _SIZES:
        size = points * scale
        laid = [_lay(page.face, block, columns[0].width, size) for block in blocks]
        places = _places(laid, columns)
        if len(places) == len(laid):
            break
    if len(places) < len(laid):
        left_out = len(laid) - len(places) + 1
        note = speaker(language)(N_("and {n} more lines"), n=left_out)
        laid[len(places) - 1] = _lay(
            page.face, Block(text=note), columns[0].width, size
        )
    for entry, (column, top) in zip(laid, places, strict=False):
        _draw(page, entry, columns[column], top, size)


def _lay(face: Face, block: Block, width: float, size: float) -> _Set:
    unit = size * MM_PER_POINT * LINE_SPACING
    if block.heading:
        lines = face.wrap(plain(block.text), size * _HEADING, width)
        height = (len(lines) * _HEADING + 1) * unit
        return _Set(block=block, text=lines, notes=[], height=height)
    room = width - _indent(size)
    if block.quiet:
        quiet = face.wrap(plain(block.text), size * _NOTE, room)
        height = (len(quiet) * _NOTE + _GAP) * unit
        return _Set(block=block, text=[], notes=quiet, height=height)
    text = face.wrap(plain(block.text), size, room)
    notes = [
        line
        for note in block.notes
        for line in face.wrap(plain(note), size * _NOTE, room)
    ]
    height = (len(text) + len(notes) * _NOTE + _GAP) * unit
    return _Set(block=block, text=text, notes=notes, height=height)


def _places(laid: Sequence[_Set], columns: Sequence[Box]) -> list[tuple[int, float]]:
    """Return column and upper edge of as many blocks as fit."""
    places: list[tuple[int, float]] = []
    column, top = 0, columns[0].top
    for i, entry in enumerate(laid):
        need = entry.height
        if entry.block.heading and i + 1 < len(laid):
            # A heading does not stand alone at the foot of a column.
            need += laid[i + 1].height
        if top - need < columns[column].bottom:
            column += 1
            if column == len(columns):
                return places
            top = columns[column].top
        places.append((column, top))
        top -= entry.height
    return places


def _draw(page: Page, entry: _Set, column: Box, top: float, size: float) -> None:
    unit = size * MM_PER_POINT * LINE_SPACING
    if entry.block.heading:
        top -= 0.45 * unit
        below = page.lines(column.left, top, entry.text, size * _HEADING, role="H2")
        page.line(
            [(column.left, below - 0.1 * unit), (column.right, below - 0.1 * unit)],
            FAINT,
            0.4,
        )
        return
    indent = _indent(size)
    if entry.block.fill is not None:
        box = Box(
            left=column.left,
            bottom=top - unit * 0.5 - size * MM_PER_POINT * 0.42,
            width=indent - 1.2,
            height=size * MM_PER_POINT * 0.84,
        )
        swatch(page, box, (entry.block.fill,), band=1)
    with page.tags.within("P"):
        top = page.lines(column.left + indent, top, entry.text, size, colour=INK)
        page.lines(column.left + indent, top, entry.notes, size * _NOTE, colour=FAINT)


def _indent(size: float) -> float:
    return size * 0.75

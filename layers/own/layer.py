"""A file as a layer: its rows with a shape each, in a system or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from geo.crs import WGS84
from layers.own import degrees
from layers.own.cells import text_of
from layers.own.guessing import build
from layers.own.header import cell_at
from layers.own.layout import Column, Layout
from layers.own.places import Places
from layers.own.reading import Upload
from layers.own.refusals import RefusedError

_LARGEST: Final = 360
"""Degrees; numbers of a table beyond it are metres."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Layer:
    """Rows of a file with their shapes.

    Attributes
    ----------
    upload : Upload
        The file.
    layout : Layout
        Which sheet, and what its columns are.
    rows : sequence of int
        Rows of the sheet, from 0.
    shapes : sequence of bytes or None
        Of each row: WKB in `crs`, None for none, no bytes for what cannot be read.
    crs : str or None
        As the file says it; None if it does not.
    assumed : bool
        Whether nothing says `crs` but that the numbers are called longitude and
        latitude.
    """

    upload: Upload
    layout: Layout
    rows: Sequence[int]
    shapes: Sequence[bytes | None] = field(repr=False)
    crs: str | None
    assumed: bool = False

    def number(self, at: int) -> int:
        """Return the number of a row as its planner sees it: of a feature from 1."""
        return self.rows[at] + (0 if self.upload.is_layer else 1)

    def text(self, at: int, column: Column) -> str:
        """Return what a row says in a column."""
        row = self.upload.sheets[self.layout.sheet].rows[self.rows[at]]
        return text_of(cell_at(row, column.index))


def layout_of(upload: Upload, places: Places) -> Layout:
    """Guess the layout of a file that is located by position alone.

    Parameters
    ----------
    upload : Upload
        The file.
    places : Places
        Names and codes.

    Raises
    ------
    RefusedError
        If nothing in it has a position.
    """
    for at, sheet in enumerate(upload.sheets):
        if any(sheet.shapes):
            return build(upload, places, at, (0,), 1)
    found = None if upload.is_layer else degrees.header(upload)
    if found is None:
        raise RefusedError("no_county_column", "no_shapes")
    sheet_at, row = found
    return build(upload, places, sheet_at, (row,), row + 1)


def layer_of(upload: Upload, layout: Layout) -> Layer | None:
    """Return a file as a layer; nothing if no row of the sheet has a position.

    Parameters
    ----------
    upload : Upload
        The file.
    layout : Layout
        Its sheet and columns, guessed or chosen by hand.
    """
    sheet = upload.sheets[layout.sheet]
    if any(shape is not None for shape in sheet.shapes):
        return Layer(
            upload=upload,
            layout=layout,
            rows=range(1, len(sheet.rows)),
            shapes=sheet.shapes,
            crs=sheet.crs,
        )
    pair = None if upload.is_layer else degrees.columns(layout)
    if pair is None:
        return None
    rows, shapes = degrees.points(sheet, layout, pair)
    if not any(shapes):
        return None
    in_degrees = _in_degrees(shapes)
    return Layer(
        upload=upload,
        layout=layout,
        rows=rows,
        shapes=shapes,
        crs=WGS84 if in_degrees else None,
        assumed=in_degrees,
    )


def _in_degrees(shapes: Sequence[bytes | None]) -> bool:
    known = [degrees.position(shape) for shape in shapes if shape]
    small = sum(max(map(abs, position)) <= _LARGEST for position in known)
    return small * 2 >= len(known)

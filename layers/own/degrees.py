"""Points of a table: which columns are longitude and latitude, and what cells say."""

from __future__ import annotations

import re
import struct
from typing import Final

from layers.own.cells import reduced, text_of
from layers.own.figures import read_figure
from layers.own.header import cell_at, is_blank
from layers.own.layout import Column, Layout, Role
from layers.own.reading import Cell, Sheet, Upload
from layers.own.words import LATITUDE, LONGITUDE, says

_HEADER_WITHIN: Final = 12
"""Rows of a sheet in which a header with both words is looked for."""

_PARTS: Final = re.compile(
    r"(?:[东北EN]经?纬?)?\s*(\d{1,3})\s*[°度]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′分])?"
    r"\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:[\"″秒]|''|′′))?\s*[EN东北]?",
    re.IGNORECASE,
)
_DEGREES: Final = re.compile(
    r"(?:[东北EN]经?纬?)?\s*(\d{1,3}(?:\.\d+)?)\s*[°度]?\s*[EN东北]?", re.IGNORECASE
)


def read_coordinate(cell: Cell) -> float | None:
    """Read a coordinate: a number, degrees with their sign, or degrees and minutes.

    Examples
    --------
    >>> [read_coordinate(text) for text in ("114.5", "114°30′", "东经114.5°")]
    [114.5, 114.5, 114.5]
    >>> [read_coordinate(cell) for cell in ("38°02′24″N", "不详", 4205873.5)]
    [38.04, None, 4205873.5]
    """
    if isinstance(cell, bool | list):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = reduced(text_of(cell))
    if found := _DEGREES.fullmatch(text):
        return float(found[1])
    if found := _PARTS.fullmatch(text):
        degrees, minutes, seconds = (float(part or 0) for part in found.groups())
        return degrees + minutes / 60 + seconds / 3600
    figure = read_figure(cell)
    return None if figure.number is None or figure.unit else float(figure.number)


def columns(layout: Layout) -> tuple[Column, Column] | None:
    """Return the columns of longitude and latitude; nothing unless both are there.

    A column that was given the role comes before one whose header only says so: of a
    latitude of 114 no role is guessed.

    Parameters
    ----------
    layout : Layout
        Of a table.
    """
    east = _column(layout, "longitude", LONGITUDE)
    north = _column(layout, "latitude", LATITUDE)
    return (east, north) if east is not None and north is not None else None


def _column(layout: Layout, role: Role, words: re.Pattern[str]) -> Column | None:
    found = layout.of_role(role)
    titled = [
        c
        for c in layout.columns
        if c.role in {"value", "text", "number"}
        and c.why != "by_hand"
        and says(words, c.name)
    ]
    return next(iter((*found, *titled)), None)


def header(upload: Upload) -> tuple[int, int] | None:
    """Find a row that says longitude and latitude; return sheet and row, from 0.

    Parameters
    ----------
    upload : Upload
        The file.
    """
    order = sorted(
        range(len(upload.sheets)), key=lambda at: not upload.sheets[at].visible
    )
    for at in order:
        for row, cells in enumerate(upload.sheets[at].rows[:_HEADER_WITHIN]):
            texts = [text_of(cell) for cell in cells]
            if all(
                any(text and says(words, text) for text in texts)
                for words in (LONGITUDE, LATITUDE)
            ):
                return at, row
    return None


def points(
    sheet: Sheet, layout: Layout, pair: tuple[Column, Column]
) -> tuple[tuple[int, ...], tuple[bytes | None, ...]]:
    """Return the rows of a table as points.

    Parameters
    ----------
    sheet : Sheet
        The table.
    layout : Layout
        Where it begins.
    pair : tuple of Column
        Columns of longitude and latitude.

    Returns
    -------
    rows : tuple of int
        Rows that hold anything, from 0 in the sheet.
    shapes : tuple of bytes or None
        Their points as WKB; None where a coordinate is missing, no bytes where it is
        there and cannot be read.
    """
    rows: list[int] = []
    shapes: list[bytes | None] = []
    for at in range(layout.first, len(sheet.rows)):
        if is_blank(sheet.rows[at]):
            continue
        cells = [cell_at(sheet.rows[at], column.index) for column in pair]
        numbers = [read_coordinate(cell) for cell in cells]
        rows.append(at)
        if None not in numbers:
            shapes.append(struct.pack("<BIdd", 1, 1, *numbers))
        else:
            missing = any(not text_of(cell) for cell in cells)
            shapes.append(None if missing else b"")
    return tuple(rows), tuple(shapes)


def position(point: bytes) -> tuple[float, float]:
    """Return the coordinates of a point of :func:`points`.

    Parameters
    ----------
    point : bytes
        WKB.
    """
    x, y = struct.unpack("<dd", point[5:])
    return x, y

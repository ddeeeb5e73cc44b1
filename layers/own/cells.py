"""Cells as people fill them: trimmed, full-width forms reduced, nothing more."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from layers.own.reading import Cell

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


def text_of(cell: Cell) -> str:
    """Return a cell as one line of text; a whole number without its decimal part."""
    if cell is None:
        return ""
    if isinstance(cell, list):
        return cell[1]
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    text = str(cell)
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def reduced(text: str) -> str:
    """Return a text with full-width forms as their plain ones, without outer space."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


def is_date(cell: Cell) -> bool:
    """Whether a workbook holds the cell as a date or time."""
    return isinstance(cell, list)


def has_odd_digits(text: str) -> bool:
    """Whether a text has digits that are marks, ① or ², which NFKC makes figures."""
    return not text.isascii() and any(
        unicodedata.category(sign) == "No" for sign in text
    )

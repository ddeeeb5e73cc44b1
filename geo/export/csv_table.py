"""CSV that spreadsheets open in Chinese and do not calculate."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

import pandas as pd

from geo.export.document import Document, as_text

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet takes for a formula, or strips and then does."""

ABOUT: Final = "about"
"""Column that says what the file is, in its first row."""


def write(document: Document) -> bytes:
    """Write a document as CSV, without its geometry.

    Parameters
    ----------
    document : Document
        The table.

    Returns
    -------
    bytes
        UTF-8 with byte order mark, by which Excel knows it; RFC 4180 otherwise.
        Nested values are JSON text, bools ``true`` and ``false``, missing values
        empty. What is said of the file as a whole stands once, as JSON in the last
        column of the first row: CSV has no other place for it that every reader
        passes over. What it says at length of its columns stands in
        :func:`geo.export.csvw.write`.
    """
    table = document.attributes()
    notes = {note.key: note.text for note in document.notes}
    about = as_text(notes) if notes else ""
    table[ABOUT] = [about, *[""] * (len(table) - 1)] if len(table) else []
    return encode(table)


def encode(table: pd.DataFrame) -> bytes:
    """Write any table of text, numbers and bools as CSV for spreadsheets."""
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    rows.writerow([safe(str(name)) for name in table.columns])
    columns = [[_cell(v) for v in table[name]] for name in table.columns]
    rows.writerows(zip(*columns, strict=True))
    return file.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """Mark text that a spreadsheet would calculate as text, as OWASP advises.

    Examples
    --------
    >>> safe("=1+1"), safe("县")
    ("'=1+1", '县')
    """
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return safe(value)
    if pd.isna(value):
        return ""
    if isinstance(value, bool) or pd.api.types.is_bool(value):
        return "true" if value else "false"
    return value

"""XLSX: a workbook whose first sheet is the table, and the others explain it."""

from __future__ import annotations

import datetime
import io
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from geo.export.document import Document
from geo.export.faults import ValueTooLongError

DATA: Final = "data"
DICTIONARY: Final = "dictionary"
ABOUT: Final = "selection"
LONGEST_TEXT: Final = 32_767
"""Characters of a cell. Excel calls a file with more damaged."""

_NARROWEST, _WIDEST = 6, 48


def write(document: Document) -> bytes:
    """Write a document as an Excel workbook, without its geometry.

    Parameters
    ----------
    document : Document
        The table.

    Returns
    -------
    bytes
        Sheets: ``data`` with the headings of the document's language, ``dictionary``
        with what each column means, the companions by their names, and ``selection``
        with what the file is. Text is text, whatever it looks like; codes are text;
        the first row stays in sight.

    Raises
    ------
    ValueTooLongError
        If a text is longer than a cell can hold.
    """
    table = document.attributes(nested=False)
    fields = document.described(table.columns)
    dictionary = document.dictionary(table.columns)
    dictionary.insert(0, "column", [xl_col_to_name(i) for i in range(len(dictionary))])
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": document.title[:255],
                "created": datetime.datetime.combine(
                    document.made_on, datetime.time(), datetime.UTC
                ),
            }
        )
        labels = [field.label(document.language) for field in fields]
        _sheet(book, DATA, labels, table)
        _sheet(book, DICTIONARY, [*dictionary.columns], dictionary)
        for name, companion in document.companions.items():
            _sheet(book, name, [*companion.columns], companion)
        about = document.about()
        _sheet(book, ABOUT, [*about.columns], about)
    return file.getvalue()


def _sheet(book: Any, name: str, headings: Sequence[str], table: pd.DataFrame) -> None:
    """Write one table under headings that stay in sight."""
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    other = book.add_format({"valign": "top"})
    for column, heading in enumerate(headings):
        _text(sheet, (0, column), heading, head)
        values = [_plain(value) for value in table.iloc[:, column]]
        kind = text if any(isinstance(value, str) for value in values) else other
        sheet.set_column(column, column, _width(heading, values), kind)
        for row, value in enumerate(values, start=1):
            if isinstance(value, str):
                _text(sheet, (row, column), value, text)
            elif value is not None:
                sheet.write(row, column, value, other)
    sheet.freeze_panes(1, 0)
    if len(table):
        sheet.autofilter(0, 0, len(table), max(len(headings) - 1, 0))


def _text(sheet: Any, cell: tuple[int, int], text: str, form: Any) -> None:
    """Write text as text; the library would leave out what is too long."""
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        row, column = cell
        raise ValueTooLongError.characters(
            "XLSX", xl_col_to_name(column), row + 1, LONGEST_TEXT
        )
    # Not ``write``, which calculates "=1+1" and makes links of addresses.
    sheet.write_string(*cell, text, form)


def _plain(value: Any) -> Any:
    """Return a value as Python has it, None where missing."""
    if value is None or isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _width(heading: str, values: Sequence[Any]) -> float:
    """Return a width that shows most values; Chinese is twice as wide."""
    widest = max((_columns(str(v)) for v in values if v is not None), default=0)
    return min(max(widest, _columns(heading) / 2, _NARROWEST), _WIDEST) + 2


def _columns(text: str) -> int:
    lines = text.splitlines() or [""]
    wide = "WF"
    return max(
        sum(2 if unicodedata.east_asian_width(c) in wide else 1 for c in line)
        for line in lines
    )

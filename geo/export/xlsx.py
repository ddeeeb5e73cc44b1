"""XLSX: a workbook whose first sheet is the table, and the others explain it."""

from __future__ import annotations

import datetime
import io
import math
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from geo.export.document import WKT, Document
from geo.export.faults import ValueTooLongError
from geo.export.xlsx_paper import set_up
from geo.language import N_, speaker

DATA: Final = "data"
DICTIONARY: Final = "dictionary"
ABOUT: Final = "selection"
LONGEST_TEXT: Final = 32_767
"""Characters of a cell. Excel calls a file with more damaged."""

SHEET_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    DATA: ("数据", DATA),
    DICTIONARY: ("字段说明", DICTIONARY),
    ABOUT: ("选择条件", ABOUT),
}
"""What the sheets of every workbook are called, in Chinese and in English. Not in the
catalogue of messages: a workbook is known by them when it comes home."""

_HEADINGS: Final = {
    "column": N_("Column"),
    "field": N_("Field"),
    "label_zh": N_("Heading (Chinese)"),
    "label_en": N_("Heading (English)"),
    "meaning_zh": N_("Meaning (Chinese)"),
    "meaning_en": N_("Meaning (English)"),
    "key": N_("Key"),
    "label": N_("Heading"),
    "text": N_("Content"),
}

_NARROWEST, _WIDEST = 5, 48
_HEAD_LINES: Final = 5
"""Lines that a heading may have over short values."""

_LINE_POINTS, _HIGHEST = 15.0, 405.0
"""Height of a line, and the greatest height of a row that Excel shows."""

_LONGEST_WORD: Final = 14
"""Characters of a heading's word that widen a column; longer ones are broken."""


def write(document: Document) -> bytes:
    """Write a document as an Excel workbook, without its geometry.

    Parameters
    ----------
    document : Document
        The table.

    Returns
    -------
    bytes
        Sheets: `DATA` with the headings of the document's language, `DICTIONARY`
        with what each column means, the companions, and `ABOUT` with what the file
        is; all named in the document's language. Printed, the headings stand on every
        page, on as few pages as can be read. Text is text, whatever it looks like;
        codes are text; the first row stays in sight.

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
        at = 0 if document.language == "zh" else 1
        own = {name: names[at] for name, names in SHEET_NAMES.items()}
        say = speaker(document.language)
        heads = {name: say(text) for name, text in _HEADINGS.items()}
        said = {note.key: note.text for note in document.notes}
        foot = tuple(filter(None, (document.title, said.get("credit"))))
        _sheet(book, own[DATA], labels, table, foot, fixed=2)
        for name, companion in {
            DICTIONARY: dictionary,
            **document.companions,
            ABOUT: document.about(),
        }.items():
            known = document.headings if name in document.companions else heads
            called = {**document.sheet_names, **own}.get(name, name)
            columns = [known.get(column, column) for column in companion.columns]
            _sheet(book, called, columns, companion, foot)
    return file.getvalue()


def _sheet(
    book: Any,
    name: str,
    headings: Sequence[str],
    table: pd.DataFrame,
    foot: Sequence[str],
    *,
    fixed: int = 0,
) -> None:
    """Write one table under headings that stay in sight, on screen and on paper.

    Parameters
    ----------
    book : xlsxwriter.Workbook
        Gets the sheet.
    name, headings, table
        What is on it.
    foot : sequence of str
        Lines at the foot of every page: what the file is, and who is to be named.
    fixed : int
        First columns that stay in sight as well.
    """
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    # On one line, or a boundary would make its row as high as the screen.
    long = book.add_format({"num_format": "@", "valign": "top"})
    other = book.add_format({"valign": "top"})
    widths: list[float] = []
    lines = [0] * (len(table) + 1)
    for column, heading in enumerate(headings):
        values = [_plain(value) for value in table.iloc[:, column]]
        is_text = any(isinstance(value, str) for value in values)
        printed = table.columns[column] != WKT
        kind = (text if printed else long) if is_text else other
        width = _width(heading, values)
        sheet.set_column(column, column, width, kind)
        _text(sheet, (0, column), heading, head)
        for row, value in enumerate(values, start=1):
            if isinstance(value, str):
                _text(sheet, (row, column), value, kind)
            elif value is not None:
                sheet.write(row, column, value, other)
            elif row == 1:
                # GDAL takes the first row for headings if the second is as long and
                # has something else than text: what is missing there is a cell, too.
                sheet.write_blank(row, column, None, kind)
        if printed:
            widths.append(width)
            heights = [_lines(value, width) for value in (heading, *values)]
            lines = [*map(max, lines, heights)]
    for row, count in enumerate(lines):
        # Said, as LibreOffice does not find out for itself and would cut the text.
        if count > 1:
            sheet.set_row(row, min(count * _LINE_POINTS, _HIGHEST))
    sheet.freeze_panes(1, fixed)
    if widths:
        set_up(sheet, widths, lines, fixed, (name, *foot))
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
    """Return a width that shows most values; Chinese is twice as wide.

    A heading is broken into lines over short values, but not within a word.
    """
    widest = max((_columns(str(v)) for v in values if v is not None), default=0)
    words = max((len(word) for word in heading.split() if word.isascii()), default=0)
    head = max(_columns(heading) / _HEAD_LINES, min(words, _LONGEST_WORD))
    return min(max(widest, head, _NARROWEST), _WIDEST) + 2


def _lines(value: Any, width: float) -> int:
    """Return how many lines a value has in a column of a width, about."""
    if not isinstance(value, str):
        return 1
    # Words leave some of a line empty.
    room = max(width - 1, 1)
    return sum(math.ceil(max(_columns(line), 1) / room) for line in value.split("\n"))


def _columns(text: str) -> int:
    lines = text.splitlines() or [""]
    wide = "WF"
    return max(
        sum(2 if unicodedata.east_asian_width(c) in wide else 1 for c in line)
        for line in lines
    )

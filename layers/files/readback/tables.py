"""CSV and XLSX, also as a spreadsheet has saved them again."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import json
import zipfile
from collections.abc import Iterable
from typing import Any, Final

from geo.export import csv_table, xlsx
from layers.files.readback.archives import opened
from layers.files.readback.faults import (
    MEGABYTE,
    MOST_COUNTIES,
    ForeignError,
    UnpackedTooLargeError,
    WithoutRowsError,
)
from layers.files.readback.findings import WANTED, Findings, checked_findings
from layers.files.readback.markup import parse

_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_FORMER: Final = "about_"
"""Began the names of a dozen columns in files of earlier editions; all said the same in
every row."""

_MOST_XLSX: Final = 8 * MEGABYTE
"""Unpacked; all counties take a third of one."""

_MOST_ELEMENTS: Final = 200_000
"""Of XML in a workbook; all counties have some 30,000. openpyxl makes an object or two
of each, which takes it ten microseconds and more."""

_MOST_COLUMNS: Final = 100


def read_csv(content: bytes) -> Findings:
    """Read a CSV, in the encodings and with the separators of spreadsheets."""
    text = _decoded(content)
    heading = text.partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    if heading.count(separator) > _MOST_COLUMNS:
        raise ForeignError("other columns")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    names = next(rows, [])
    about = {csv_table.ABOUT, f"{_FORMER}query"} & {*names}
    if len(names) > _MOST_COLUMNS or not about or "adcode" not in names:
        raise ForeignError("other columns")
    found = []
    for cells in itertools.islice(rows, MOST_COUNTIES + 1):
        if cells and len(cells) != len(names):
            raise ValueError("a row is cut off")
        found += [dict(zip(names, cells, strict=True))] if any(cells) else []
    if not found:
        raise WithoutRowsError
    # A program that took the codes for numbers gave them a fraction.
    adcodes = [row["adcode"].removesuffix(".0") for row in found]
    texts = _about(found) if csv_table.ABOUT in about else _former_about(found)
    return checked_findings("csv", texts, adcodes, texts.get("selection"))


def _about(rows: list[dict[str, str]]) -> dict[Any, Any]:
    """Read what a file says of itself in one cell, wherever sorting has put it."""
    cell = next((text for row in rows if (text := row[csv_table.ABOUT].strip())), "")
    said = json.loads(cell) if cell else {}
    if not isinstance(said, dict):
        raise ForeignError("another column of this name")
    return said


def _former_about(rows: list[dict[str, str]]) -> dict[Any, Any]:
    first, last = rows[0], rows[-1]
    for key in WANTED:
        whole, text = (row.get(f"{_FORMER}{key}", "") for row in (first, last))
        # The last cell of a row may be shorter and the row still have all its cells.
        if text != whole and whole.startswith(text):
            raise ValueError("the last row is cut off")
    return {key.removeprefix(_FORMER): text for key, text in first.items()}


def read_xlsx(content: bytes) -> Findings:
    """Read a workbook: the sheets ``selection``, ``dictionary`` and ``data``."""
    import openpyxl  # type: ignore[import-untyped]  # slow to load

    book = openpyxl.load_workbook(
        io.BytesIO(_plain(content)), read_only=True, data_only=True, keep_links=False
    )
    sheets = {
        role: next((name for name in names if name in book.sheetnames), None)
        for role, names in xlsx.SHEET_NAMES.items()
    }
    if None in sheets.values():
        raise ForeignError("other sheets")
    texts = {row[0]: row[2] for row in _cells(book[sheets[xlsx.ABOUT]]) if len(row) > 2}
    headings: set[Any] = {"adcode"}
    for row in _cells(book[sheets[xlsx.DICTIONARY]]):
        if len(row) > 3 and row[1] == "adcode":
            headings |= {row[2], row[3]}
    adcodes = [
        value
        for row in _rows(book[sheets[xlsx.DATA]])
        for name, value in row.items()
        if name in headings
    ]
    return checked_findings("xlsx", texts, adcodes, texts.get("selection"))


def _decoded(content: bytes) -> str:
    """Decode strictly; which encoding it is is never guessed from its letters."""
    if content.startswith(_UTF16):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # With the mark, or but for a letter cut off at the end, it is UTF-8.
        if content.startswith(codecs.BOM_UTF8) or error.end == len(content):
            raise
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError as error:
            raise ForeignError("no text") from error


def _plain(content: bytes) -> bytes:
    """Pack a workbook anew, from parts that are counted and without document types.

    openpyxl believes the sizes in an archive and expands entities.
    """
    made = io.BytesIO()
    numbers = itertools.count(1)

    def count(*_: Any) -> None:
        if next(numbers) > _MOST_ELEMENTS:
            raise UnpackedTooLargeError("too many elements")

    with opened(content, _MOST_XLSX) as archive, zipfile.ZipFile(made, "w") as plain:
        for name in dict.fromkeys(archive.names):
            if name.lower().endswith((".xml", ".rels")):
                part = archive.read(name)
                parse(part, count)
                plain.writestr(name, part)
    return made.getvalue()


def _cells(sheet: Any) -> list[tuple[Any, ...]]:
    """Return the rows, headings too; a cell far away is not looked for."""
    rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(
        max_row=MOST_COUNTIES + 2, max_col=_MOST_COLUMNS, values_only=True
    )
    full = [row for row in rows if any(value is not None for value in row)]
    if len(full) > MOST_COUNTIES + 1:
        raise UnpackedTooLargeError("too many rows")
    return full


def _rows(sheet: Any) -> list[dict[Any, Any]]:
    """Return the rows under the headings."""
    names, *others = _cells(sheet) or [()]
    return [dict(zip(names, row, strict=False)) for row in others]

"""CSV and XLSX, also as a spreadsheet has saved them again."""

from __future__ import annotations

import csv
import io
import itertools
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
_QUERY: Final = f"{csv_table.ABOUT}query"
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
    if len(names) > _MOST_COLUMNS or not {"adcode", _QUERY} <= set(names):
        raise ForeignError("other columns")
    found = []
    for cells in itertools.islice(rows, MOST_COUNTIES + 1):
        if cells and len(cells) != len(names):
            raise ValueError("a row is cut off")
        found += [dict(zip(names, cells, strict=True))] if any(cells) else []
    if not found:
        raise WithoutRowsError
    first, last = found[0], found[-1]
    for key in WANTED:
        whole, text = (row.get(f"{csv_table.ABOUT}{key}", "") for row in (first, last))
        # The last cell of a row may be shorter and the row still have all its cells.
        if text != whole and whole.startswith(text):
            raise ValueError("the last row is cut off")
    texts = {key.removeprefix(csv_table.ABOUT): text for key, text in first.items()}
    adcodes = [row["adcode"] for row in found]
    return checked_findings("csv", texts, adcodes, texts.get("selection"))


def read_xlsx(content: bytes) -> Findings:
    """Read a workbook: the sheets ``selection``, ``dictionary`` and ``data``."""
    import openpyxl  # type: ignore[import-untyped]  # slow to load

    book = openpyxl.load_workbook(
        io.BytesIO(_plain(content)), read_only=True, data_only=True, keep_links=False
    )
    if not {xlsx.DATA, xlsx.DICTIONARY, xlsx.ABOUT} <= set(book.sheetnames):
        raise ForeignError("other sheets")
    about = _rows(book[xlsx.ABOUT])
    texts = {row["key"]: row["text"] for row in about if {"key", "text"} <= row.keys()}
    headings: set[Any] = {"adcode"}
    for row in _rows(book[xlsx.DICTIONARY]):
        if row.get("field") == "adcode":
            headings |= {row.get("label_zh"), row.get("label_en")}
    adcodes = [
        value
        for row in _rows(book[xlsx.DATA])
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
    except UnicodeDecodeError:
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


def _rows(sheet: Any) -> list[dict[Any, Any]]:
    """Return the rows under the headings; a cell far away is not looked for."""
    rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(
        max_row=MOST_COUNTIES + 2, max_col=_MOST_COLUMNS, values_only=True
    )
    names, *others = [*rows] or [()]
    full = [row for row in others if any(value is not None for value in row)]
    if len(full) > MOST_COUNTIES:
        raise UnpackedTooLargeError("too many rows")
    return [dict(zip(names, row, strict=False)) for row in full]

"""What each row says: its code, name, prefecture, year; and whether it is a note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from layers.own.cells import text_of
from layers.own.codes import Code, read_code
from layers.own.figures import read_figure
from layers.own.guessing import read_year
from layers.own.header import cell_at, is_blank, numbers_columns
from layers.own.layout import Layout
from layers.own.places import Places
from layers.own.reading import Cell, Sheet, Upload
from layers.own.words import NOTE

_CODE_AND_NAME: Final = re.compile(
    r"(?P<before>\d{6}|\d{12})?[\s_—–-]*(?P<name>\D+?)[\s_—–(（-]*"
    r"(?(before)|(?P<after>\d{6}|\d{12}))[)）]?"
)
"""A code and a name in one cell: 130722 张北县, 张北县(130722)."""
_SENTENCE: Final = re.compile("[。；;！]|[:：].")
_LONG: Final = 13
_COUNTY_LIKE: Final = ("县", "区", "市", "旗", "county", "district", "city")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row below the header.

    Attributes
    ----------
    number : int
        The number that a spreadsheet shows beside it, from 1; of a layer the position
        of the feature.
    index : int
        In the sheet's rows, from 0.
    code : Code
        Of its code.
    code_text, name, prefecture : str
        As written; "" if there is none. A merged cell counts for all its rows.
    year : int or None
        In its column of years.
    kind : {"", "blank_row", "note_row"}
        What it is if it cannot be a place.
    """

    number: int
    index: int
    code: Code
    code_text: str
    name: str
    prefecture: str
    year: int | None
    kind: str = ""

    @property
    def says(self) -> tuple[str, str, str]:
        """What it says of its place: by this a decision is remembered."""
        return (self.code_text, self.name, self.prefecture)


def rows_of(upload: Upload, layout: Layout, places: Places) -> list[Row]:
    """Return the rows below the header, to the last that holds anything.

    Parameters
    ----------
    upload : Upload
        The file.
    layout : Layout
        How it is read.
    places : Places
        Names and codes of the edition.
    """
    sheet = upload.sheets[layout.sheet]
    last = len(sheet.rows)
    while last > layout.first and is_blank(sheet.rows[last - 1]):
        last -= 1
    return list(_rows(upload, sheet, layout, places, last))


def _rows(
    upload: Upload, sheet: Sheet, layout: Layout, places: Places, last: int
) -> Iterator[Row]:
    columns = {
        role: None if (column := layout.only(role)) is None else column.index
        for role in ("code", "name", "prefecture", "year")
    }
    spans = _spans(sheet, set(columns.values()) - {None})
    header = [[text_of(c) for c in sheet.rows[i]] for i in layout.header]
    final = _last_place(sheet, columns, places, layout.first, last)
    region = ""
    for index in range(layout.first, last):
        cells = sheet.rows[index]

        def own(role: str, index: int = index) -> Cell:
            column = columns[role]
            row = spans.get((index, column), index)
            return cell_at(sheet.rows[row], column)

        code, name = own("code"), text_of(own("name"))
        written = text_of(own("prefecture"))
        region = _filled_down(written, region, name, sheet, places)
        if columns["code"] is None and (both := _CODE_AND_NAME.fullmatch(name)):
            code, name = both["before"] or both["after"], both["name"]
        if read_code(code).form == "blank" and read_code(own("name")).form in _CODES:
            code, name = own("name"), ""  # names and codes in one column
        number = index if upload.is_layer else index + 1
        kind = "" if upload.is_layer and not is_blank(cells) else _kind(cells, header)
        said = read_code(code)
        if not kind and said.form in {"blank", "unreadable"} and not name:
            name = _label(cells, layout)
        if not kind and _is_note(cells, name, said, layout, places, index > final):
            kind = "note_row"
        yield Row(
            number=number,
            index=index,
            code=said,
            code_text=text_of(code),
            name=name,
            prefecture=region,
            year=read_year(own("year")) if columns["year"] is not None else None,
            kind=kind,
        )


_CODES: Final = frozenset({"code", "town"})
"""Forms of what stands in a column of names and is a code."""


def _filled_down(
    written: str, above: str, name: str, sheet: Sheet, places: Places
) -> str:
    """Return the prefecture of a row: its own, or that of the block it stands in.

    A prefecture written once for its block reaches down to the next that is written;
    not past a total, and not into a row that is itself a prefecture or beside them.
    """
    if written:
        return written
    if sheet.merged:
        return ""  # merged cells say themselves how far they reach
    kind = places.meaning(name).kind
    return "" if kind in {"total", "prefecture", "body", "blank"} else above


def _spans(sheet: Sheet, columns: set[int | None]) -> dict[tuple[int, int | None], int]:
    """Return for cells merged downwards the row in which they are written."""
    return {
        (row, column): top
        for top, left, bottom, right in sheet.merged
        for column in range(left, right + 1)
        if column in columns and left == column
        for row in range(top + 1, min(bottom, len(sheet.rows) - 1) + 1)
    }


def _kind(cells: Sequence[Cell], header: Sequence[Sequence[str]]) -> str:
    if is_blank(cells):
        return "blank_row"
    texts = [text_of(cell) for cell in cells]
    if any(any(line) and texts == line for line in header):
        return "note_row"  # the header again, at the head of a page
    return "note_row" if numbers_columns(cells) else ""


def _label(cells: Sequence[Cell], layout: Layout) -> str:
    """Return the first words of a row that has neither code nor name."""
    values = {column.index for column in layout.of_role("value")}
    for index, cell in enumerate(cells):
        words = isinstance(cell, str) and read_figure(cell).kind == "unreadable"
        if words and index not in values:
            return text_of(cell)
    return ""


def _is_note(
    cells: Sequence[Cell],
    name: str,
    code: Code,
    layout: Layout,
    places: Places,
    is_below: bool,
) -> bool:
    if code.form in {"code", "town"}:
        return False
    if NOTE.match(name) and places.meaning(name).kind == "unknown":
        return True
    figures = any(
        read_figure(cell_at(cells, column.index)).kind == "number"
        for column in layout.of_role("value")
    )
    if figures or places.meaning(name).kind not in {"unknown", "blank"}:
        return False
    if is_below and not name.lower().endswith(_COUNTY_LIKE):
        return True
    return not name or len(name) >= _LONG or bool(_SENTENCE.search(name))


def _last_place(
    sheet: Sheet,
    columns: dict[str, int | None],
    places: Places,
    first: int,
    last: int,
) -> int:
    for index in range(last - 1, first - 1, -1):
        row = sheet.rows[index]
        if read_code(cell_at(row, columns["code"])).form == "code":
            return index
        name = text_of(cell_at(row, columns["name"]))
        if places.meaning(name).kind not in {"unknown", "blank"}:
            return index
    return last

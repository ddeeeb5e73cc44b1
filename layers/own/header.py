"""Find where the header of a sheet stands, and put its lines together into names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from layers.own.cells import text_of
from layers.own.figures import read_figure
from layers.own.reading import Cell, Sheet
from layers.own.words import CODE, NAME, NOTE, UNIT_LINE, says

_MOST_LINES: Final = 5
_COUNTED: Final = re.compile(r"[甲乙丙丁戊]|[（(]?\d{1,2}[)）]?|[A-Z]|栏次|合计?栏")


@dataclass(frozen=True, slots=True)
class Keys:
    """Columns that say which county a row is, by index; None if there is none."""

    code: int | None
    name: int | None


def cell_at(row: Sequence[Cell], index: int | None) -> Cell:
    """Return a cell, nothing where the row is shorter."""
    return row[index] if index is not None and index < len(row) else None


def is_blank(row: Sequence[Cell]) -> bool:
    """Whether a row holds nothing."""
    return not any(text_of(cell) for cell in row)


def numbers_columns(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: 甲, 1, 2, 3."""
    texts = [text for text in map(text_of, row) if text]
    if len(texts) < 2 or not all(_COUNTED.fullmatch(text) for text in texts):
        return False
    counted = [int(n) for text in texts if (n := re.sub(r"\D", "", text))]
    return len(counted) > 1 and counted == list(range(counted[0], counted[-1] + 1))


def find(
    sheet: Sheet, keys: Keys, is_place: Sequence[bool]
) -> tuple[tuple[int, ...], int]:
    """Return the rows of the header, and the first row below it, from 0.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    keys : Keys
        Columns of code and name.
    is_place : sequence of bool
        For each row whether its code or name is that of a place.
    """
    rows = sheet.rows
    below = next((i for i, place in enumerate(is_place) if place), len(rows))
    while below and _holds_figures(rows[below - 1], keys):
        below -= 1  # a county whose name nobody knows
    above = [i for i in range(below) if not is_blank(rows[i])]
    wide = max((len(_filled(row)) for row in rows), default=0) > 1
    while above and numbers_columns(rows[above[-1]]):
        above.pop()
    named = [i for i in above if _names_keys(rows[i], keys)]
    # A title has such words as well: table 1, people by county.
    named = [i for i in named if len(_filled(rows[i])) > 1] or named
    if not named:
        lines = [i for i in above if not (wide and _is_title(rows[i]))]
        if not lines:
            return (), _after(above, rows)
        # The first of the fullest lines: rows of unknown places may follow it.
        full = max(len(_filled(rows[i])) for i in lines)
        start = end = next(i for i in lines if len(_filled(rows[i])) == full)
    else:
        start = end = named[0]
    while end + 1 < below and _continues(sheet, end + 1, keys):
        end += 1
    while start and start - 1 in above and _leads(rows[start - 1], rows[start], keys):
        start -= 1
    header = tuple(range(start, end + 1))[:_MOST_LINES]
    return header, header[-1] + 1


def names(sheet: Sheet, header: Sequence[int], width: int) -> list[str]:
    """Put the lines of a header together, one name for each column, all different.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    header : sequence of int
        Rows of the header, from 0; none if there is no header.
    width : int
        Number of columns.
    """
    lines = [_line(sheet, row, header, width) for row in header]
    found: list[str] = []
    for index in range(width):
        parts = dict.fromkeys(line[index] for line in lines if line[index])
        name = " ".join(parts) or letter(index)
        count = 2
        unique = name
        while unique in found:
            unique = f"{name} ({count})"
            count += 1
        found.append(unique)
    return found


def letter(index: int) -> str:
    """Return the letters by which a spreadsheet calls a column.

    Examples
    --------
    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _line(sheet: Sheet, row: int, header: Sequence[int], width: int) -> list[str]:
    """Return one line of a header, a cell that spans several columns in each."""
    texts = [text_of(cell_at(sheet.rows[row], index)) for index in range(width)]
    for top, left, bottom, right in sheet.merged:
        if top == row and bottom in header:
            for index in range(left, min(right + 1, width)):
                texts[index] = texts[left]
    if not sheet.merged and row != header[-1]:
        # No spans are known: a blank goes with its left, if there is a line below it.
        below = [text_of(cell_at(sheet.rows[row + 1], i)) for i in range(width)]
        for index in range(1, width):
            if not texts[index] and below[index] and below[index - 1]:
                texts[index] = texts[index - 1]
    return texts


def _filled(row: Sequence[Cell]) -> list[str]:
    return [text for text in map(text_of, row) if text]


def _is_title(row: Sequence[Cell]) -> bool:
    texts = _filled(row)
    if any(UNIT_LINE.match(text) or NOTE.match(text) for text in texts):
        return True
    return len(texts) == 1


def _names_keys(row: Sequence[Cell], keys: Keys) -> bool:
    """Whether a row says the words for a code or name over their columns."""
    if len(_filled(row)) == 1 and len(row) > 1 and UNIT_LINE.match(_filled(row)[0]):
        return False
    code = text_of(cell_at(row, keys.code))
    name = text_of(cell_at(row, keys.name))
    return bool((code and says(CODE, code)) or (name and says(NAME, name)))


def _holds_figures(row: Sequence[Cell], keys: Keys) -> bool:
    """Whether a row has figures beside its keys that are neither years nor counted."""
    if numbers_columns(row):
        return False
    for index, cell in enumerate(row):
        if index in {keys.code, keys.name}:
            continue
        figure = read_figure(cell)
        if figure.kind == "number" and not 1900 <= (figure.number or 0) <= 2100:
            return True
    return False


def _continues(sheet: Sheet, row: int, keys: Keys) -> bool:
    """Whether a row goes on with the header above it."""
    cells = sheet.rows[row]
    if is_blank(cells) or numbers_columns(cells) or _holds_figures(cells, keys):
        return False
    return not text_of(cell_at(cells, keys.name)) and not text_of(
        cell_at(cells, keys.code)
    )


def _leads(row: Sequence[Cell], below: Sequence[Cell], keys: Keys) -> bool:
    """Whether a row is an upper line of the header below it, and no title."""
    if _is_title(row) and not (
        len(_filled(row)) == 1 and not text_of(cell_at(row, 0)) and len(below) > 2
    ):
        return False
    if any(UNIT_LINE.match(text) for text in _filled(row)):
        return False
    key = keys.name if keys.name is not None else keys.code
    return not text_of(cell_at(row, key)) or text_of(cell_at(row, key)) == text_of(
        cell_at(below, key)
    )


def _after(above: Sequence[int], rows: Sequence[Sequence[Cell]]) -> int:
    """Return the first row of data where titles stand but no header."""
    first = above[-1] + 1 if above else 0
    while first < len(rows) and is_blank(rows[first]):
        first += 1
    return first if above else 0

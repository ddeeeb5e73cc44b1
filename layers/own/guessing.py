"""Guess how a table is built, by what its cells are more than by what its header says.

Every guess has its reason and can be changed; see :mod:`layers.own.layout`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from layers.own import header as heads
from layers.own.cells import is_date, reduced, text_of
from layers.own.codes import read_code
from layers.own.figures import read_figure
from layers.own.header import Keys, cell_at
from layers.own.layout import Column, Layout, Role
from layers.own.places import Places
from layers.own.reading import Cell, Sheet, Upload
from layers.own.refusals import RefusedError
from layers.own.words import (
    CODE,
    DATE,
    LATITUDE,
    LONGITUDE,
    NAME,
    OTHER_NUMBERS,
    PLACE_NAME,
    PREFECTURE,
    RUNNING,
    UNIT,
    YEAR,
    YEAR_IN_HEADER,
    says,
)

_LOOKED_AT: Final = 400
"""Cells of a column that a guess looks at."""

_LOOKED_AT_ALL: Final = 200_000
"""Cells of a sheet that are looked at where counties stand few among many rows."""

_DATE_LIKE: Final = re.compile(
    r"\d{4}[-/年]\d{1,2}([-/月](\d{1,2}日?)?)?([ T]\d.*)?|\d{4}\.\d{1,2}\.\d{1,2}"
    r"|\d{1,2}月\d{1,2}日"
)


def guess(upload: Upload, places: Places, sheet: int | None = None) -> Layout:
    """Guess the layout of a file.

    Parameters
    ----------
    upload : Upload
        The file, read.
    places : Places
        Names and codes.
    sheet : int, optional
        The sheet to read, from 0; by default the first visible one that holds
        counties, or else the first hidden one.

    Returns
    -------
    Layout
        With a reason for each column.

    Raises
    ------
    RefusedError
        If no column holds counties.
    """
    every = [*range(len(upload.sheets))] if sheet is None else [sheet]
    order = sorted(every, key=lambda i: not upload.sheets[i].visible)
    for most in (_LOOKED_AT, _LOOKED_AT_ALL):
        for index in order:
            keys = _keys(upload.sheets[index], places, most)
            if keys is not None:
                return _layout(upload, index, keys, places)
    raise _no_counties(upload)


def build(
    upload: Upload, places: Places, sheet: int, header: Sequence[int], first: int
) -> Layout:
    """Guess the columns of a sheet whose header was given by hand.

    Parameters
    ----------
    upload : Upload
        What was read.
    places : Places
        Counties by name and code.
    sheet : int
        Which sheet, from 0.
    header : sequence of int
        Rows of the header, from 0.
    first : int
        First row of values, from 0.
    """
    keys = _keys(upload.sheets[sheet], places) or Keys(None, None)
    return _with_columns(upload, sheet, tuple(header), first, keys, places)


def sampled(
    sheet: Sheet, index: int, first: int = 0, most: int = _LOOKED_AT
) -> list[Cell]:
    """Return cells of a column that hold something, spread over all of them.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    index : int
        Column, from 0.
    first : int, optional
        First row below the header, from 0.
    most : int, optional
        So many cells at most.
    """
    cells = [cell_at(row, index) for row in sheet.rows[first:]]
    filled = [cell for cell in cells if text_of(cell)]
    step = max(1, len(filled) // most)
    return filled[::step][: most + 1]


def _width(sheet: Sheet) -> int:
    return max((len(row) for row in sheet.rows), default=0)


def _keys(sheet: Sheet, places: Places, most: int = _LOOKED_AT) -> Keys | None:
    """Find the columns of code and name; nothing if neither is there."""
    width = _width(sheet)
    most = max(_LOOKED_AT, most // max(width, 1)) if most > _LOOKED_AT else most
    codes: list[tuple[int, bool, int]] = []
    titled: list[tuple[int, bool, int]] = []
    for index in range(width):
        cells = sampled(sheet, index, most=most)
        top = [text_of(cell_at(row, index)) for row in sheet.rows[:8]]
        n = sum(_is_county_code(cell, places) for cell in cells)
        any_level = sum(_is_code(cell) for cell in cells)
        says_code = any(text and says(CODE, text) for text in top)
        if n and (any_level * 2 >= len(cells) - 1 or says_code):
            codes.append((n, says_code, -index))
        n = sum(_is_county_name(cell, places) for cell in cells)
        says_name = any(text and says(NAME, text) for text in top)
        if n and (n > 2 or n * 5 >= len(cells) - 1 or says_name):
            titled.append((n, says_name, -index))
    code = -max(codes)[2] if codes else None
    titled = [entry for entry in titled if -entry[2] != code]
    name = -max(titled)[2] if titled else None
    if code is None and name is None:
        return None
    if name is None:
        name = _name_beside(sheet, code)
    return Keys(code, name)


def _name_beside(sheet: Sheet, code: int | None) -> int | None:
    """Return the column that calls itself a name though no name in it is known."""
    for index in range(_width(sheet)):
        top = [text_of(cell_at(row, index)) for row in sheet.rows[:8]]
        cells = sampled(sheet, index)
        words = sum(read_figure(cell).kind == "unreadable" for cell in cells)
        says_name = any(text and says(PLACE_NAME, text) for text in top)
        if index != code and says_name and words * 2 > len(cells):
            return index
    return None


def _is_county_code(cell: Cell, places: Places) -> bool:
    code = read_code(cell)
    digits = places.other_codes.get(code.digits, code.digits)
    known = digits in places.counties or digits in places.former_codes
    return code.form == "code" and known


def _is_code(cell: Cell) -> bool:
    code = read_code(cell)
    # Of whichever province and level: 130000, 110109, 999999.
    return code.form == "code" or (code.form == "town" and code.digits[:2] == "13")


def _is_county_name(cell: Cell, places: Places) -> bool:
    if not isinstance(cell, str):
        return False
    return places.meaning(text_of(cell)).kind == "county"


def _layout(upload: Upload, index: int, keys: Keys, places: Places) -> Layout:
    sheet = upload.sheets[index]
    if upload.is_layer:
        # The reader puts the names of the columns first.
        return _with_columns(upload, index, (0,), 1, keys, places)
    is_place = [_is_place(row, keys, places) for row in sheet.rows]
    header, first = heads.find(sheet, keys, is_place)
    return _with_columns(upload, index, header, first, keys, places)


def _is_place(row: Sequence[Cell], keys: Keys, places: Places) -> bool:
    code, name = cell_at(row, keys.code), text_of(cell_at(row, keys.name))
    if read_code(code).form == "code":
        return True
    if not name or says(NAME, name):
        return False
    return places.meaning(name).kind in {
        "county",
        "prefecture",
        "body",
        "total",
        "zone",
    }


def _with_columns(
    upload: Upload,
    index: int,
    header: tuple[int, ...],
    first: int,
    keys: Keys,
    places: Places,
) -> Layout:
    sheet = upload.sheets[index]
    width = _width(sheet)
    names = heads.names(sheet, header, width)
    columns: list[Column] = []
    for i, name in enumerate(names):
        cells = sampled(sheet, i, first)
        titled = bool(header) and name != heads.letter(i)
        column = _column(i, name if titled else "", cells, keys, places, sheet)
        columns.append(replace(column, name=name))
    return Layout(sheet=index, header=header, first=first, columns=_one_each(columns))


def _one_each(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Leave each single role to the first column that has it."""
    seen: set[str] = set()
    kept = []
    for column in columns:
        if column.role in {"prefecture", "year"}:
            if column.role in seen:
                column = replace(column, role="text", why="words")
            seen.add(column.role)
        kept.append(column)
    return tuple(kept)


def _column(
    index: int,
    title: str,
    cells: list[Cell],
    keys: Keys,
    places: Places,
    sheet: Sheet,
) -> Column:
    def made(role: Role, why: str, n: int = 0, **more: object) -> Column:
        about = {"index": index, "name": title, "total": len(cells), **more}
        return Column(role=role, why=why, n=n, **about)  # type: ignore[arg-type] # **about

    if index == keys.code:
        return made("code", "codes", sum(_is_code(c) for c in cells))
    if index == keys.name:
        n = sum(_is_county_name(c, places) for c in cells)
        return made("name", "names", n)
    if not cells:
        return made("empty", "nothing")
    regions = sum(isinstance(c, str) and bool(places.prefecture_of(c)) for c in cells)
    if regions and (regions * 2 >= len(cells) or says(PREFECTURE, title)):
        return made("prefecture", "prefectures", regions)
    if _are_years(cells, title, sheet, keys):
        return made("year", "years")
    if _are_dates(cells, title):
        return made("date", "dates")
    figures = [read_figure(cell) for cell in cells]
    n = sum(figure.kind == "number" for figure in figures)
    missing = sum(figure.kind == "missing" for figure in figures)
    if not n or (n + missing) * 2 < len(cells):
        return made("text", "words")
    if says(RUNNING, title) or (not title and _counts(cells, index, keys)):
        return made("running", "running")
    if says(OTHER_NUMBERS, title) or (not title and _are_codes(cells, places)):
        return made("number", "identifier")
    for role, words, most in (
        ("longitude", LONGITUDE, 180),
        ("latitude", LATITUDE, 90),
    ):
        if says(words, title) and all(abs(f.number or 0) <= most for f in figures):
            return made(role, "coordinates")  # type: ignore[arg-type] # of the two
    year = YEAR_IN_HEADER.search(reduced(title))
    return made(
        "value",
        "figures",
        n,
        unit=_unit(title, [figure.unit for figure in figures]),
        year=int(year[1]) if year else None,
    )


def _unit(title: str, units: Sequence[str]) -> str:
    if found := UNIT.search(title):
        return next(group for group in found.groups() if group).strip()
    given = {unit for unit in units if unit}
    return given.pop() if len(given) == 1 else ""


def read_year(cell: Cell) -> int | None:
    """Return the year that a cell names.

    Examples
    --------
    >>> read_year("2015年"), read_year(2016), read_year("130125")
    (2015, 2016, None)
    """
    text = reduced(text_of(cell)).removesuffix("度").removesuffix("年").strip()
    if is_date(cell):
        text = text[:4]
    if text.endswith(".0"):
        text = text[:-2]
    if len(text) != 4 or not (text.isascii() and text.isdigit()):
        return None
    return int(text) if 1900 <= int(text) <= 2100 else None


def _are_years(cells: list[Cell], title: str, sheet: Sheet, keys: Keys) -> bool:
    years = [read_year(cell) for cell in cells if not is_date(cell)]
    known = [year for year in years if year]
    if not known or len(known) * 10 < len(cells) * 9:
        return False
    if says(YEAR, title):
        return True
    if title and not any("年" in text_of(cell) for cell in cells):
        return False
    key = keys.code if keys.code is not None else keys.name
    own = [text_of(cell) for cell in sampled(sheet, key or 0)]
    return len(set(own)) < len(own)


def _are_dates(cells: list[Cell], title: str) -> bool:
    n = sum(
        is_date(cell) or bool(_DATE_LIKE.fullmatch(reduced(text_of(cell))))
        for cell in cells
    )
    if n * 2 >= len(cells):
        return True
    packed = all(re.fullmatch(r"(19|20)\d{6}", text_of(cell)) for cell in cells)
    return says(DATE, title) and packed


def _are_codes(cells: list[Cell], places: Places) -> bool:
    n = sum(_is_county_code(cell, places) for cell in cells)
    return n > 1 and n * 2 >= len(cells)


def _counts(cells: list[Cell], index: int, keys: Keys) -> bool:
    """Whether a column without a title, left of the keys, counts 1, 2, 3."""
    known = [i for i in (keys.code, keys.name) if i is not None]
    left = min(known, default=index + 1)  # of a table of points
    counted = [str(n) for n in range(1, len(cells) + 1)]
    return index < left and [text_of(cell) for cell in cells] == counted


def _no_counties(upload: Upload) -> RefusedError:
    """Say why no column holds counties, as far as it shows."""
    titles: list[str] = []
    for sheet in upload.sheets:
        for index in range(_width(sheet)):
            cells = sampled(sheet, index)
            towns = sum(
                read_code(c).form == "town" and read_code(c).digits[:2] == "13"
                for c in cells
            )
            if towns > 1 and towns * 2 >= len(cells):
                return RefusedError("no_county_column", "towns")
            titles += [text_of(cells[0])[:20]] if cells else []
    found = [
        any(says(words, title) for title in titles) for words in (LONGITUDE, LATITUDE)
    ]
    if all(found):
        return RefusedError("no_county_column", "points")
    shown = "、".join(titles[:12]) or "—"
    return RefusedError("no_county_column", "no_county_column", {"columns": shown})

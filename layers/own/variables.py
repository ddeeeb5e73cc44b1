"""Columns of a joined table as variables of the session, each value with its row.

The one place where own figures take the shape in which the atlas shows variables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from geo.names import normalise
from layers.own.cells import text_of
from layers.own.header import cell_at
from layers.own.joined import Detail, JoinedTable
from layers.own.layout import Column
from layers.own.words import YEAR_IN_HEADER

Kind = Literal["number", "category", "date"]

_KINDS: Mapping[str, Kind] = {"value": "number", "text": "category", "date": "date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnValue:
    """One value and where it stands.

    Attributes
    ----------
    value : int, float, str or None
        None if the cell holds a sign for no value, or what is no figure.
    written : str
        The cell as it is written.
    row : int
        Number of the row in the file.
    outcome : str
        How the row was joined; see :mod:`layers.own.outcomes`.
    """

    value: int | float | str | None
    written: str
    row: int
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnVariable:
    """One variable of the user's own.

    Attributes
    ----------
    id : str
        Unique in its file: ``own_2``, ``own_2_2015``, by column and year.
    name : str
        The header of its column.
    series : str
        What variables of several years have in common; "" if there is no year.
    year : int or None
        The year of its values.
    unit : str
        As the header or the cells say it.
    values : mapping of str to OwnValue
        By adcode, for the counties that a row was joined to; other counties are
        unknown, which is not zero.
    file, sheet : str
        Where it comes from; the sheet is "" where there are none.
    """

    id: str
    name: str
    kind: Kind
    series: str
    year: int | None
    unit: str
    values: Mapping[str, OwnValue]
    file: str
    sheet: str


def variables(table: JoinedTable) -> tuple[OwnVariable, ...]:
    """Turn the columns of a joined table into variables.

    Parameters
    ----------
    table : JoinedTable
        The table; only its joined rows give values.

    Returns
    -------
    tuple of OwnVariable
        In the order of the columns, those of figures, words and dates; with a column
        of years one for each year.
    """
    return tuple(_variables(table))


def _variables(table: JoinedTable) -> Iterator[OwnVariable]:
    joined = [detail for detail in table.details if detail.county]
    long = table.layout.only("year") is not None
    for column in table.layout.columns:
        if column.role not in _KINDS:
            continue
        for year in table.years if long else (column.year,):
            rows = [d for d in joined if not long or d.row.year == year]
            values = {d.county: _value(table, d, column) for d in rows}
            if any(value.written for value in values.values()):
                yield _variable(table, column, year, values, long=long)


def _variable(
    table: JoinedTable,
    column: Column,
    year: int | None,
    values: Mapping[str, OwnValue],
    *,
    long: bool,
) -> OwnVariable:
    common = column.name if long else YEAR_IN_HEADER.sub("", column.name).strip()
    return OwnVariable(
        id=f"own_{column.index}" + (f"_{year}" if long else ""),
        name=column.name,
        kind=_KINDS[column.role],
        series=(common if normalise(common) else table.upload.name) if year else "",
        year=year,
        unit=column.unit,
        values=values,
        file=table.upload.name,
        sheet=table.upload.sheets[table.layout.sheet].name or "",
    )


def _value(table: JoinedTable, detail: Detail, column: Column) -> OwnValue:
    sheet = table.upload.sheets[table.layout.sheet]
    written = text_of(cell_at(sheet.rows[detail.row.index], column.index))
    value: int | float | str | None = written or None
    if column.role == "value":
        value = table.figure(detail, column).number
    return OwnValue(
        value=value,
        written=written,
        row=detail.row.number,
        outcome=detail.verdict.outcome,
    )

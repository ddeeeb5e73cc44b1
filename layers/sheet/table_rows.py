"""What the table of a sheet says: a row a county, with the values of its theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from geo.language import N_, Language, speaker
from layers.facts.date_texts import unsure_text
from layers.facts.package import Package
from layers.facts.value_texts import cell_text
from layers.sheet.font import plain
from layers.sheet.texture import Fill
from layers.themes.themes import Theme

MOST_ROWS: Final = 36
"""A longer list of counties is harder to read than counts by prefecture."""

UNKNOWN: Final = "–"
"""Stands where no value is known."""

_BEFORE_VALUES: Final = 5
"""Columns that every table has: number, name, code, prefecture, area."""

_LEFT_OUT: Final = (4, 3, 2)
"""Which of them a narrow table does without, the first first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A county in the table; `cells` are the texts of its columns."""

    number: int
    adcode: str
    cells: tuple[str, ...]
    fills: tuple[Fill, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The counties selected, with their columns.

    Attributes
    ----------
    head : tuple of str
        Names of the columns.
    numeric : tuple of bool
        Which columns are numbers, that stand at the right.
    rows : tuple of Row
        None if the counties are too many.
    """

    head: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[Row, ...]


def narrower(
    table: Table, short: Mapping[str, str], *, beside: bool = False
) -> list[Table]:
    """Return a table as it is, and with less where a value is its point.

    Parameters
    ----------
    table : Table
        What :func:`of_counties` returns.
    short : mapping of str to str
        Shorter names of the counties, by adcode.
    beside : bool
        Whether it would stand beside a map that it makes small: then one without
        values gives up columns, too.
    """
    if len(table.head) == _BEFORE_VALUES and not beside:
        return [table]
    brief = [
        replace(row, cells=(row.cells[0], plain(short[row.adcode]), *row.cells[2:]))
        for row in table.rows
    ]
    named = replace(table, rows=tuple(brief))
    fewer = [(), *(_LEFT_OUT[:number] for number in range(1, len(_LEFT_OUT) + 1))]
    return [
        *(_without(table, gone) for gone in fewer[:-1]),
        *(_without(named, gone) for gone in fewer[-2:]),
    ]


def _without(table: Table, gone: Sequence[int]) -> Table:
    kept = [at for at in range(len(table.head)) if at not in gone]
    rows = [
        replace(row, cells=tuple(row.cells[at] for at in kept)) for row in table.rows
    ]
    return Table(
        head=tuple(table.head[at] for at in kept),
        numeric=tuple(table.numeric[at] for at in kept),
        rows=tuple(rows),
    )


def of_counties(
    package: Package,
    counties: pd.DataFrame,
    chosen: Sequence[str],
    looks: Mapping[str, tuple[Fill, ...]],
    theme: Theme,
    language: Language,
) -> Table:
    """Return the table of the counties selected, with a column for the theme.

    Parameters
    ----------
    package, counties, language
        As for :func:`layers.sheet.sheet.draw`.
    chosen : sequence of str
        Adcodes.
    looks : mapping of str to tuple of Fill
        Their fills.
    theme : Theme
        A theme of a variable has a column, one of two has two: its value, of an unsure
        date what is known of it, "–" where nothing is.
    """
    say = speaker(language)
    variables = [package.variables[name] for name in theme.variables]
    head = [
        "",
        say(N_("County")),
        say(N_("Code")),
        say(N_("Prefecture")),
        say(N_("km²")),
    ]
    numeric = [True, False, False, False, True]
    for variable in variables:
        head.append(plain(variable.short(language)))
        numeric.append(variable.kind in {"number", "date"})
    few = [*chosen] if len(chosen) <= MOST_ROWS else []
    rows = []
    for number, (adcode, county) in enumerate(counties.loc[few].iterrows(), start=1):
        cells = [
            str(number),
            package.divisions.called(str(adcode), language),
            str(adcode),
            say.pick(county["prefecture"], county["prefecture_en"]),
            f"{county['area_km2']:,.0f}",
        ]
        for variable in variables:
            values = package.values_by_county(variable.id).get(str(adcode), ())
            cells.append(
                cell_text(package, variable, county, language)
                or unsure_text(values, say)
                or UNKNOWN
            )
        rows.append(
            Row(
                number=number,
                adcode=str(adcode),
                cells=tuple(map(plain, cells)),
                fills=looks[str(adcode)],
            )
        )
    return Table(head=tuple(head), numeric=tuple(numeric), rows=tuple(rows))

"""The account of a joined table as plain data, and what the planner should know of it.

The keys are a contract with other programs; see docs/own-figures.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from geo.language import N_, Language, speaker
from layers.facts.territory import has_moved
from layers.own.codes import read_code
from layers.own.header import cell_at
from layers.own.joined import Detail, JoinedTable
from layers.own.layout import Column
from layers.own.outcomes import TITLES
from layers.own.row_numbers import MOST_NAMED, row_numbers

PROBLEMS: Final = {
    "unreadable_values": N_(
        "Column “{column}”: {n} {n:cell is no figure and counts|cells are no figures "
        "and count} as missing ({n:row|rows} {rows})."
    ),
    "mixed_units": N_(
        "Column “{column}” mixes figures with and without {unit}; look whether all "
        "mean the same."
    ),
    "unreadable_codes": N_(
        "{n} {n:code has lost digits or is none|codes have lost digits or are none} "
        "({n:row|rows} {rows}); joined by name where that is possible."
    ),
    "without_year": N_(
        "{n} {n:row has|rows have} no year that can be read ({n:row|rows} {rows})."
    ),
    "ambiguous": N_(
        "{n} {n:row has a name|rows have names} that several counties have or had "
        "({n:row|rows} {rows})."
    ),
    "not_found": N_(
        "{n} {n:row names|rows name} no county of Hebei ({n:row|rows} {rows})."
    ),
    "disagreement": N_(
        "In {n} {n:row|rows} code and name disagree ({n:row|rows} {rows})."
    ),
    "duplicate": N_(
        "{n} {n:row shares its|rows share their} county with another row "
        "({n:row|rows} {rows})."
    ),
    "split": N_(
        "{n} {n:row names a county that was|rows name counties that were} divided "
        "since ({n:row|rows} {rows})."
    ),
    "zone": N_(
        "{n} {n:row names a zone, which is no county|rows name zones, which are no "
        "counties} ({n:row|rows} {rows})."
    ),
    "other_territory": N_(
        "{n} {n:row means|rows mean} or may mean another territory than the one drawn "
        "({n:row|rows} {rows}). The county gave or received ground after the year of "
        "the figures, or after it lost the name in the row, or a part of it is run by "
        "another county: do not compare them with other years."
    ),
    "missing_counties": N_("{n} of {total} counties {n:has|have} no row."),
    "other_sheets": N_("Other sheets that were not read: {names}."),
    "open_quote": N_(
        "A quotation mark is never closed; all of them were read as plain characters."
    ),
    "crs_link": N_(
        "The coordinate system of the layer is a link, which is not followed; it "
        "counts as unknown."
    ),
    "crs_unknown": N_(
        "The coordinate system that the layer names is in no register; it counts as "
        "unknown."
    ),
    "unclosed": N_(
        "Some polygons do not end where they begin; they were closed by a straight "
        "line."
    ),
}
"""What the planner should know, by code."""


def report(table: JoinedTable, language: Language) -> dict[str, Any]:
    """Return the account of a joined table.

    Parameters
    ----------
    table : JoinedTable
        The table.
    language : {"zh", "en"}
        Of its sentences.

    Returns
    -------
    dict
        Plain JSON: ``file``, ``format``, ``encoding``, ``sheet``, ``header_rows``,
        ``rows``, ``columns``, ``outcomes``, ``details``, ``values``, ``problems``.
    """
    layout, upload = table.layout, table.upload
    header = [] if upload.is_layer else [row + 1 for row in layout.header]
    return {
        "file": upload.name,
        "format": upload.format,
        "encoding": upload.encoding,
        "sheet": upload.sheets[layout.sheet].name,
        "header_rows": header,
        "rows": len(table.details),
        "columns": {
            **{
                role: None if (column := layout.only(role)) is None else column.name
                for role in ("code", "name", "prefecture", "year")
            },
            "values": [column.name for column in layout.of_role("value")],
        },
        "outcomes": dict(table.counts),
        "details": [_detail(detail, language) for detail in table.details],
        "values": values(table),
        "problems": [
            {"code": code, "message": speaker(language)(PROBLEMS[code], **about)}
            for code, about in problems(table, language)
        ],
    }


def _detail(detail: Detail, language: Language) -> dict[str, Any]:
    verdict = detail.verdict
    return {
        "row": detail.row.number,
        "outcome": verdict.outcome,
        "adcode": verdict.adcode or None,
        "suggestions": list(verdict.suggestions),
        "message": detail.say(language) or speaker(language)(TITLES[verdict.outcome]),
    }


def values(table: JoinedTable) -> dict[str, dict[str, int | float | None]]:
    """Return the figures of the joined rows by column and adcode.

    With a column of years each column comes once for each year, ``income 2015``, and
    once under its own name with the last of the years.
    """
    found: dict[str, dict[str, int | float | None]] = {}
    for column in table.layout.of_role("value"):
        plain = found.setdefault(column.name, {})
        for detail in table.details:
            if not detail.county:
                continue
            number = table.figure(detail, column).number
            if not table.years:
                plain[detail.county] = number
            elif detail.row.year:
                of_year = found.setdefault(f"{column.name} {detail.row.year}", {})
                of_year[detail.county] = number
                if detail.row.year == table.years[-1]:
                    plain[detail.county] = number
    return found


def problems(
    table: JoinedTable, language: Language
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what the planner should know: a key of `PROBLEMS` and its values."""
    say = speaker(language)

    def named(numbers: list[int]) -> dict[str, Any]:
        return {"n": len(numbers), "rows": row_numbers(numbers, language)}

    for note in table.upload.notes:
        yield note["code"], {}
    others = [
        sheet.name
        for index, sheet in enumerate(table.upload.sheets)
        if index != table.layout.sheet and sheet.name and sheet.rows
    ]
    if others:
        yield "other_sheets", {"names": say.series(others[:MOST_NAMED])}
    for outcome in ("ambiguous", "not_found", "disagreement", "duplicate", "split"):
        if rows := _rows_of(table, outcome):
            yield outcome, named(rows)
    if rows := _rows_of(table, "zone"):
        yield "zone", named(rows)
    if rows := _unreadable_codes(table):
        yield "unreadable_codes", named(rows)
    if table.layout.only("year") is not None:
        rows = [d.row.number for d in table.details if d.county and not d.row.year]
        if rows:
            yield "without_year", named(rows)
    for column in table.layout.of_role("value"):
        rows = unreadable(table, column)
        if rows:
            yield "unreadable_values", {"column": column.name, **named(rows)}
        if unit := _mixed_unit(table, column):
            yield "mixed_units", {"column": column.name, "unit": unit}
    if rows := _of_other_ground(table):
        yield "other_territory", named(rows)
    reached = {detail.county for detail in table.details if detail.county}
    if total := len(table.places.counties) - len(reached):
        yield (
            "missing_counties",
            {"n": total, "total": len(table.places.counties)},
        )


def unreadable(table: JoinedTable, column: Column) -> list[int]:
    """Return the rows of counties whose cell in a column is no figure and no sign."""
    return [
        detail.row.number
        for detail in table.details
        if detail.group != "set_aside"
        and table.figure(detail, column).kind == "unreadable"
    ]


def _rows_of(table: JoinedTable, outcome: str) -> list[int]:
    return [d.row.number for d in table.details if d.verdict.outcome == outcome]


def _of_other_ground(table: JoinedTable) -> list[int]:
    """Return the rows whose figures mean another ground than that of their county."""
    divisions = table.places.divisions
    of_columns = {str(column.year or "") for column in table.layout.of_role("value")}
    found = []
    for detail in table.details:
        if not detail.county:
            continue
        years = {str(detail.row.year)} if detail.row.year else of_columns or {""}
        if any(
            has_moved(divisions, detail.county, year, detail.row.name) for year in years
        ):
            found.append(detail.row.number)
    return found


def _unreadable_codes(table: JoinedTable) -> list[int]:
    column = table.layout.only("code")
    if column is None:
        return []
    rows = table.upload.sheets[table.layout.sheet].rows
    return [
        detail.row.number
        for detail in table.details
        if detail.group != "set_aside"
        and read_code(cell_at(rows[detail.row.index], column.index)).form
        == "unreadable"
    ]


def _mixed_unit(table: JoinedTable, column: Column) -> str:
    figures = [table.figure(d, column) for d in table.details if d.county]
    units = {figure.unit for figure in figures if figure.kind == "number"}
    return next(iter(sorted(units - {""})), "") if len(units) > 1 else ""

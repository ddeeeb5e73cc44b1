"""Columns of a joined table as variables of the session, each value with its row.

The one place where own figures take the shape in which the atlas knows variables; what
is made of them from there on is made of :class:`layers.facts.variables.Variable`,
whoever brought it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from geo.divisions import Divisions
from geo.language import N_
from geo.names import normalise
from layers.facts.own import PREFIX, OwnFacts
from layers.facts.values import Span, Value
from layers.facts.variables import Series, ValueClass, Variable
from layers.own.cells import reduced, text_of
from layers.own.file_facts import AFTER_ALL, facts_of_file, in_both
from layers.own.header import cell_at
from layers.own.joined import Detail, JoinedTable
from layers.own.layout import Column
from layers.own.outcomes import TITLES
from layers.own.words import RATE, RATE_WORD, YEAR_IN_HEADER, says

Kind = Literal["number", "category", "date"]

_KINDS: Final[Mapping[str, Kind]] = {
    "value": "number",
    "text": "category",
    "date": "date",
}

MOST_CLASSES: Final = 24
"""Different words of a column that are classes; with more they are remarks."""

_RATES: Final = frozenset({"%", "‰", "％"})

_DATE: Final = re.compile(
    r"((?:19|20)\d{2})(?:\s*[-/.年]\s*(1[0-2]|0?[1-9])(?:\s*[-/.月]\s*"
    r"(3[01]|[12]\d|0?[1-9])(?!\d))?)?\s*[年月日]?(?:[T ].*)?",
    re.ASCII,
)

_NO_CODE: Final = re.compile(r"[\W_]+")
"""What a class of an address is not made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A column, in one year if there is a column of years."""

    column: Column
    year: int | None
    is_long: bool
    rows: tuple[Detail, ...]

    @property
    def name(self) -> str:
        """Unlike that of the other years."""
        return f"{self.column.name} {self.year}" if self.is_long else self.column.name

    @property
    def common(self) -> str:
        """What variables of several years have in common; "" if it is nothing."""
        name = self.column.name
        common = name if self.is_long else YEAR_IN_HEADER.sub("", name).strip()
        return common if normalise(common) else ""


def own_facts(
    table: JoinedTable,
    divisions: Divisions,
    *,
    prefix: str = PREFIX,
    summed: Collection[int] = (),
) -> OwnFacts:
    """Turn the columns of a joined table into variables and their values.

    Parameters
    ----------
    table : JoinedTable
        The table; only its joined rows give values.
    divisions : geo.divisions.Divisions
        Codes and names of the edition.
    prefix : str
        Begins the ids, ``own_2``, ``own_2_2015`` (by column and year), and is that of
        group and source: another one for each file of a session.
    summed : collection of int
        Columns that count something, so that the figures of several counties add up.
        Of others nobody said so: an income per head does not.

    Returns
    -------
    OwnFacts
        For :meth:`layers.facts.package.Package.with_variables`. Variables in the order
        of the columns, with a column of years one for each year; columns without a
        value for any county are none, and of words neither those with more than
        `MOST_CLASSES` different ones, which are remarks. A value has the code and name
        of its row as written, the row as its section, and says how it was joined;
        what cannot be read is no value.
    """
    told = [t for t in _columns(table) if t.column.role in _KINDS]
    series = _series(told, prefix, table)
    made = [
        _variable(table, t, place, prefix, series, summed)
        for place, t in enumerate(told, start=AFTER_ALL)
    ]
    kept = [
        (variable, values)
        for variable, values in (
            _with_values(table, t, variable, divisions)
            for t, variable in zip(told, made, strict=True)
        )
        if values and len(variable.classes) <= MOST_CLASSES
    ]
    return facts_of_file(
        table.upload.name,
        prefix,
        (variable for variable, _ in kept),
        (value for _, values in kept for value in values),
        {s.id: s for s in series.values()}.values(),
    )


def _columns(table: JoinedTable) -> Iterator[_Told]:
    joined = tuple(detail for detail in table.details if detail.county)
    is_long = table.layout.only("year") is not None
    of_year: dict[int | None, list[Detail]] = {}
    for detail in joined if is_long else ():
        of_year.setdefault(detail.row.year, []).append(detail)
    for column in table.layout.columns:
        for year in table.years if is_long else (column.year,):
            rows = tuple(of_year.get(year, ())) if is_long else joined
            yield _Told(column=column, year=year, is_long=is_long, rows=rows)


def _series(
    told: list[_Told], prefix: str, table: JoinedTable
) -> dict[tuple[str, str], Series]:
    """Return the series by what its columns have in common, and their unit.

    One year alone is no series, nor are two columns of one year.
    """
    found: dict[tuple[str, str], list[_Told]] = {}
    for one in told:
        if one.column.role == "value" and one.year:
            found.setdefault((one.common, one.column.unit), []).append(one)
    return {
        key: Series(
            id=f"{prefix}_series_{own[0].column.index}",
            name_zh=key[0] or table.upload.name,
            name_en=key[0] or table.upload.name,
        )
        for key, own in found.items()
        if len({one.year for one in own}) == len(own) > 1
    }


def _is_rate(column: Column) -> bool:
    """Whether a column says that its numbers do not grow with the county."""
    unit, name = column.unit, column.name
    if unit in _RATES or "/" in unit or "／" in unit:
        return True
    return says(RATE, name) or RATE_WORD.search(name) is not None


def _variable(
    table: JoinedTable,
    told: _Told,
    place: int,
    prefix: str,
    series: Mapping[tuple[str, str], Series],
    summed: Collection[int],
) -> Variable:
    column, upload = told.column, table.upload
    kind = _KINDS[column.role]
    about: dict[str, Any] = {}
    if kind == "number":
        adds_up = column.index in summed
        is_rate = _is_rate(column)
        own = series.get((told.common, column.unit))
        about = {
            "unit": column.unit,
            "measure": "count" if adds_up else "rate" if is_rate else "amount",
            "aggregate": "sum" if adds_up else "none",
            "series": own.id if own else "",
        }
    where = N_("Own data of the user, not of the plan: file {file}, column “{column}”.")
    sheet = upload.sheets[table.layout.sheet].name or ""
    if sheet:
        where = N_(
            "Own data of the user, not of the plan: file {file}, sheet {sheet}, "
            "column “{column}”."
        )
    return Variable(
        id=f"{prefix}_{column.index}" + (f"_{told.year}" if told.is_long else ""),
        order=place,
        group=prefix,
        kind=kind,
        name_zh=told.name,
        name_en=told.name,
        short_zh=told.name,
        short_en=told.name,
        period=str(told.year or ""),
        completeness="open",
        **about,
        **in_both("missing", N_("the file has no value of this county")),
        **in_both(
            "definition", where, file=upload.name, sheet=sheet, column=column.name
        ),
        source=(prefix,),
        section="",
        confidence="stated",
        own=True,
    )


def _with_values(
    table: JoinedTable, told: _Told, variable: Variable, divisions: Divisions
) -> tuple[Variable, list[Value]]:
    """Return the values of a variable, and the variable with its classes and count."""
    rows = table.upload.sheets[table.layout.sheet].rows
    classes: dict[str, ValueClass] = {}
    values = []
    for detail in told.rows:
        written = text_of(cell_at(rows[detail.row.index], told.column.index))
        content: Any = None
        if variable.kind == "number":
            content = table.figure(detail, told.column).number
        elif variable.kind == "date":
            content = read_date(written)
        elif written:
            content = _class_of(written, classes).value
        if content is None:
            continue
        county = divisions[detail.county]
        values.append(
            Value(
                adcode=detail.county,
                variable=variable.id,
                value=float(content) if variable.kind == "number" else content,
                published_adcode=detail.row.code_text or county.adcode,
                published_name=detail.row.name or county.name,
                **in_both("detail", TITLES[detail.verdict.outcome]),
                source=variable.source,
                section=f"第{detail.row.number}行",
                confidence="stated",
            )
        )
    known = replace(variable, classes=tuple(classes.values()), named_count=len(values))
    return known, values


def read_date(written: str) -> Span | None:
    """Read a day, a month or a year as people write it; nothing if it is none.

    Examples
    --------
    >>> read_date("2016-01-02"), read_date("2016年3月"), read_date("2016.")
    (Span(earliest='2016-01-02', latest='2016-01-02'), \
Span(earliest='2016-03', latest='2016-03'), None)
    """
    found = _DATE.fullmatch(reduced(written))
    if found is None:
        return None
    year, *rest = found.groups()
    day = "-".join([year, *(part.zfill(2) for part in rest if part)])
    return Span(day, day)


def _class_of(written: str, classes: dict[str, ValueClass]) -> ValueClass:
    """Return the class of a word; two words that differ are two classes."""
    if written not in classes:
        code = _NO_CODE.sub("_", written).strip("_") or "_"
        taken = {known.value for known in classes.values()}
        while code in taken:
            code += "_"
        classes[written] = ValueClass(
            value=code,
            order=len(classes) + 1,
            name_zh=written,
            name_en=written,
            colour="",
        )
    return classes[written]

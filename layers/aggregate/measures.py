"""Measures: what is typed, and the parts of it that an engine computes.

An engine gives counts, sums, least, greatest and median; means are divided here, so
that engines that divide otherwise give the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from layers.aggregate.faults import ColumnError, MeasureError

KINDS: Final = ("count", "sum", "mean", "min", "max", "median")

_PARTED: Final = re.compile(rf",(?=\s*(?:{'|'.join(KINDS)})\s*(?::|,|$))")
"""Commas between measures; a name of a column may have commas too."""

_NUMBER: Final = (
    r"^\s*[-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]*)?([eE][-+]?[0-9]{1,2})?\s*$"
)
"""A number as text, thousands perhaps parted; alike in RE2, PostgreSQL and Java."""

_GREATEST: Final = 1.7976931348623157e308
"""Greater are infinity and, in the order of all engines, NaN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure of each county.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    column : str
        Of the table; "" of the count of rows.
    weight : str
        Column by which a mean is weighted; "" if it is not.
    """

    kind: str
    column: str = ""
    weight: str = ""

    @property
    def name(self) -> str:
        """What its column is called in the county table."""
        by = f"_by_{self.weight}" if self.weight else ""
        return f"{self.kind}_{self.column}{by}" if self.column else self.kind

    @property
    def base(self) -> tuple[str, str]:
        """Columns in which a row must have numbers to count."""
        return (self.column, self.weight)


def read_measures(texts: Iterable[str], columns: Sequence[str]) -> list[Measure]:
    """Read what was typed: ``mean:income,count``, ``mean:income*persons``.

    Parameters
    ----------
    texts : iterable of str
        Of one option each; several measures stand behind commas.
    columns : sequence of str
        Those of the table.

    Returns
    -------
    list of Measure
        In their order; the count of rows, which every table has, first.

    Raises
    ------
    MeasureError
        If one is no measure, or there twice.
    ColumnError
        If a column is not there.
    """
    found = [Measure(kind="count")]
    for text in texts:
        for part in filter(None, map(str.strip, _PARTED.split(text))):
            measure = _read(part, columns)
            if measure == found[0]:
                continue  # every table has it
            if measure.name.casefold() in {m.name.casefold() for m in found}:
                raise MeasureError.twice(part)
            found.append(measure)
    return found


def _read(text: str, columns: Sequence[str]) -> Measure:
    kind, colon, named = (part.strip() for part in text.partition(":"))
    if kind not in KINDS or (not named and (colon or kind != "count")):
        raise MeasureError.unknown(text, KINDS)
    if not named:
        return Measure(kind="count")
    name, star, weight = (part.strip() for part in named.rpartition("*"))
    if kind == "mean" and star and column_called(named, columns) is None:
        return Measure(
            kind=kind,
            column=column_of(name, columns),
            weight=column_of(weight, columns),
        )
    return Measure(kind=kind, column=column_of(named, columns))


def column_called(name: str, columns: Sequence[str]) -> str | None:
    """Return the column of a name, written as it is or nearly so; None if none is."""
    if name in columns:
        return name
    alike = [column for column in columns if _key(column) == _key(name)]
    return alike[0] if len(alike) == 1 else None


def column_of(name: str, columns: Sequence[str]) -> str:
    """Return the column of a name.

    Raises
    ------
    ColumnError
        If there is none, or only several that are nearly called so.
    """
    found = column_called(name, columns)
    if found is None:
        raise ColumnError.missing(name, columns)
    return found


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def number(table: ir.Table, column: str) -> Any:
    """Return a column as numbers: int64 of whole ones and of yes and no, else float64.

    Text that is no number, NaN and infinity are missing.

    Raises
    ------
    MeasureError
        If the column is of another type.
    """
    values: Any = table[column]
    kind = values.type()
    if kind.is_boolean():
        return ibis.cases((values, 1), (~values, 0)).cast("int64")
    if kind.is_integer():
        return values.cast("int64")
    if kind.is_string():
        text = ibis.ifelse(values.re_search(_NUMBER), values, None)
        return _finite(text.replace(",", "").cast("float64"))
    if kind.is_floating() or kind.is_decimal():
        return _finite(values.cast("float64"))
    if kind.is_null():
        return values.cast("float64")
    raise MeasureError.wrong_type(column, str(kind))


def _finite(values: Any) -> Any:
    return ibis.ifelse(values.abs() <= _GREATEST, values, None)


def readable(table: ir.Table, column: str) -> Any:
    """Return where a column has a number."""
    return number(table, column).notnull()


def unreadable(table: ir.Table, column: str) -> Any:
    """Return where a column of text has something that is no number."""
    values: Any = table[column]
    return (values.strip() != "") & ~values.re_search(_NUMBER)


@dataclass(frozen=True, slots=True)
class Parts:
    """What an engine is asked for: names of ours, and the expressions.

    Attributes
    ----------
    asked : mapping of str to ibis expression
        Aggregations by name: ``rows``, ``persons``; of each base ``rows_0``,
        ``persons_0`` …; of each measure ``m1``, and ``w1`` beneath a mean.
    bases : tuple of (str, str)
        Columns in which rows must have numbers, by the number of the base.
    texts : tuple of str
        Columns of text in which numbers are meant, by the number in ``bad_0`` ….
    ways : mapping of str to str
        How parts of two groups make that of both, where they are not added: ``min``,
        ``max``, or ``median``, which cannot be had from parts.
    """

    asked: Mapping[str, Any]
    bases: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    ways: Mapping[str, str]

    @property
    def can_be_combined(self) -> bool:
        """Whether the parts of groups give those of the groups together."""
        return "median" not in self.ways.values()

    def combined(self, groups: ir.Table) -> dict[str, Any]:
        """Return the aggregations that make one group of several."""
        return {
            name: getattr(groups[name], self.ways.get(name, "sum"))()
            for name in self.asked
        }


def parts(table: ir.Table, measures: Sequence[Measure], persons: str = "") -> Parts:
    """Return what an engine is asked for.

    Parameters
    ----------
    table : ibis.Table
        With the columns of the measures.
    measures : sequence of Measure
        The figures.
    persons : str
        Column with the number of persons that a row stands for; "" if it is one.
    """
    heads: Any = None
    if persons:
        counted = number(table, persons)
        heads = ibis.ifelse(counted >= 0, counted, 0).fill_null(0)
    asked: dict[str, Any] = {"rows": table.count()}
    if persons:
        asked["persons"] = heads.sum()
    bases = tuple(dict.fromkeys(m.base for m in measures if m.column))
    for place, base in enumerate(bases):
        has = _has(table, base)
        asked[f"rows_{place}"] = has.sum()
        if persons:
            asked[f"persons_{place}"] = ibis.ifelse(has, heads, 0).sum()
    for place, measure in enumerate(measures):
        asked |= _asked(table, measure, place)
    columns = {persons, *(c for base in bases for c in base)} - {""}
    texts = tuple(c for c in sorted(columns) if table[c].type().is_string())
    for place, column in enumerate(texts):
        asked[f"bad_{place}"] = unreadable(table, column).sum()
    ways = {
        f"m{place}": measure.kind
        for place, measure in enumerate(measures)
        if measure.kind in {"min", "max", "median"}
    }
    return Parts(asked, bases, texts, ways)


def _has(table: ir.Table, base: tuple[str, str]) -> Any:
    column, weight = base
    has = readable(table, column)
    return has & readable(table, weight) if weight else has


def _asked(table: ir.Table, measure: Measure, place: int) -> dict[str, Any]:
    if not measure.column or measure.kind == "count":
        return {}
    values = number(table, measure.column)
    if measure.weight:
        weights = ibis.ifelse(values.notnull(), number(table, measure.weight), None)
        return {
            f"m{place}": (values.cast("float64") * weights).sum(),
            f"w{place}": weights.cast("float64").sum(),
        }
    match measure.kind:
        case "sum" | "mean":
            return {f"m{place}": values.sum()}
        case "min":
            return {f"m{place}": values.min()}
        case "max":
            return {f"m{place}": values.max()}
        case _:
            return {f"m{place}": values.cast("float64").median()}

"""The parts of measures that an engine computes.

An engine gives counts, sums, least, greatest and median; means are divided here, so
that engines that divide otherwise give the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from layers.aggregate.faults import MeasureError
from layers.aggregate.measure_texts import SHARE, Base, Measure

_NUMBER: Final = (
    r"^\s*[-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]*)?([eE][-+]?[0-9]{1,2})?\s*$"
)
"""A number as text, thousands perhaps parted; alike in RE2, PostgreSQL and Java."""

_GREATEST: Final = 1.7976931348623157e308
"""Greater are infinity and, in the order of all engines, NaN."""


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
    bases : tuple of Base
        What rows must have, by the number of the base.
    texts : tuple of str
        Columns of text in which numbers are meant, by the number in ``bad_0`` ….
    ways : mapping of str to str
        How parts of two groups make that of both, where they are not added: ``min``,
        ``max``, or ``median``, which cannot be had from parts.
    """

    asked: Mapping[str, Any]
    bases: tuple[Base, ...]
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
    bases = tuple(dict.fromkeys(b for m in measures if m.column for b in m.bases))
    for place, base in enumerate(bases):
        has = _has(table, base)
        asked[f"rows_{place}"] = has.sum()
        if persons:
            asked[f"persons_{place}"] = ibis.ifelse(has, heads, 0).sum()
    for place, measure in enumerate(measures):
        asked |= _asked(table, measure, place)
    numbers = (c for base in bases if not base.test for c in (base.column, base.weight))
    columns = {persons, *numbers} - {""}
    texts = tuple(c for c in sorted(columns) if table[c].type().is_string())
    for place, column in enumerate(texts):
        asked[f"bad_{place}"] = unreadable(table, column).sum()
    ways = {
        f"m{place}": measure.kind
        for place, measure in enumerate(measures)
        if measure.kind in {"min", "max", "median"}
    }
    return Parts(asked, bases, texts, ways)


def _has(table: ir.Table, base: Base) -> Any:
    if base.test:
        return _says(table, base)
    has = readable(table, base.column)
    return has & readable(table, base.weight) if base.weight else has


def _says(table: ir.Table, base: Base) -> Any:
    text = table[base.column].cast("string").strip()
    filled = text.notnull() & (text != "")
    if base.test == "filled":
        return filled
    return filled & (text == base.value if base.test == "says" else text != base.value)


def _asked(table: ir.Table, measure: Measure, place: int) -> dict[str, Any]:
    if not measure.column or measure.kind in {"count", SHARE}:
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

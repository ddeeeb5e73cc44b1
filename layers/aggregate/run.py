"""Add a large table up: keys first, then one expression, then what is withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]

from geo.boundaries import Boundaries
from layers.aggregate import faults, lookup
from layers.aggregate.account import Account
from layers.aggregate.faults import AggregateError, MeasureError, SourceError
from layers.aggregate.measure_texts import SHARE, Measure, column_of, read_measures
from layers.aggregate.measures import Parts, parts, readable, unreadable
from layers.aggregate.question import Answer, Question, Unreadable
from layers.aggregate.roles import Roles, roles_of
from layers.aggregate.sources import Source, broken, opened
from layers.aggregate.suppression import Cell, Withheld, withhold
from layers.own.places import Places

LEVELS: Final = ("county", "prefecture")

_DIGITS: Final = 12
"""Significant digits of a figure: what is behind depends on the order of adding."""

_EXAMPLES: Final = 3

_FEW_KEYS: Final = 200_000
"""Keys by which rows are added up first; each takes memory of the engine."""


def aggregate(question: Question, places: Places, boundaries: Boundaries) -> Answer:
    """Add a large table up.

    Parameters
    ----------
    question : Question
        What is asked.
    places : layers.own.places.Places
        Names and codes of the edition.
    boundaries : geo.boundaries.Boundaries
        Read only if points lead to the counties.

    Raises
    ------
    layers.aggregate.faults.AggregateError
        If the question does not fit the table, or the table cannot be read.
    layers.publish.faults.AddressError
        If an address is none.
    """
    limits = {"memory_mb": question.memory_mb, "threads": question.threads}
    with opened(question.where, **limits) as source:
        return add_up(source, question, places, boundaries)


def add_up(
    source: Source,
    question: Question,
    places: Places,
    boundaries: Boundaries,
    tell: Callable[[str], None] | None = None,
) -> Answer:
    """Add a table up that is open already.

    Parameters
    ----------
    source : Source
        The table.
    question : Question
        What is asked; where the table lies is not looked at.
    places : layers.own.places.Places
        Names and codes of the edition.
    boundaries : geo.boundaries.Boundaries
        Read only if points lead to the counties.
    tell : callable, optional
        Is told what begins: ``counties``, then ``figures``.

    Raises
    ------
    layers.aggregate.faults.AggregateError
        If the question does not fit the table, or the table cannot be read.
    """
    with told(source, question.memory_mb):
        table = source.table
        measures = read_measures(question.measures, table.columns)
        persons = column_of(question.persons, table.columns) if question.persons else ""
        # Refuses columns that are no numbers before anything is read.
        parts(table, measures, persons)
        if not table.limit(1).count().execute():
            raise SourceError.empty(source.name)
        roles = roles_of(table, question.roles, places)
        account = Account()
        tell = tell or (lambda _: None)
        tell("counties")
        keyed = lookup.keyed(table, roles)
        joined = _joined(keyed, roles, places, boundaries, account)
        tell("figures")
        asking = _Asking(keyed, joined, measures, persons)
        return _answer(question, source, roles, asking, account, places)


def _joined(
    keyed: ir.Table,
    roles: Roles,
    places: Places,
    boundaries: Boundaries,
    account: Account,
) -> pa.Table:
    keys = lookup.distinct(keyed)
    if roles.is_point:
        counties = boundaries.load("county", "full")
        return lookup.by_point(keys, roles, counties, account)
    return lookup.by_place(keys, roles, places, account)


class _Asking:
    """The one expression, asked for counties, prefectures and the province."""

    def __init__(
        self,
        keyed: ir.Table,
        joined: pa.Table,
        measures: Sequence[Measure],
        persons: str,
    ) -> None:
        self.keyed, self.joined = keyed, joined
        self.measures, self.persons = measures, persons
        self.parts: Parts = parts(keyed, measures, persons)

    def of(self, places_of: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """Return the parts of figures by place.

        Parameters
        ----------
        places_of : mapping of str to str
            The place to which each county adds.
        """
        if not self.joined.num_rows:
            return {}
        counties = self.joined.column(lookup.COUNTY).to_pylist()
        led = self.joined.drop_columns([lookup.COUNTY]).append_column(
            lookup.COUNTY, pa.array([places_of[c] for c in counties], pa.string())
        )
        answered = expression(self.keyed, led, self.parts_of).to_pyarrow()
        return {row.pop(lookup.COUNTY): row for row in answered.to_pylist()}

    def parts_of(self, table: ir.Table) -> Parts:
        """Return the parts of a table that has the columns of the large one."""
        return parts(table, self.measures, self.persons)


def expression(keyed: ir.Table, led: pa.Table, parts_of: Any) -> ir.Table:
    """Return the expression that any engine of ibis answers alike.

    Parameters
    ----------
    keyed : ibis.Table
        The large table with its keys, see :func:`layers.aggregate.lookup.keyed`.
    led : pyarrow.Table
        Keys with the place to which each leads.
    parts_of : callable
        Gives the parts of a table, see :func:`layers.aggregate.measures.parts`.

    Notes
    -----
    Rows are added up by key before these are joined, which takes half the time of a
    join row by row. A median cannot be had so, and of very many keys nothing is won.
    """
    keys = lookup.keys_of(keyed)
    places = ibis.memtable(led)
    asked = parts_of(keyed)
    if asked.can_be_combined and led.num_rows <= _FEW_KEYS:
        groups = keyed.group_by(keys).aggregate(**asked.asked)
        joined = groups.join(places, keys)
        return joined.group_by(lookup.COUNTY).aggregate(**asked.combined(joined))
    joined = keyed.join(places, keys)
    return joined.group_by(lookup.COUNTY).aggregate(**parts_of(joined).asked)


def _answer(
    question: Question,
    source: Source,
    roles: Roles,
    asking: _Asking,
    account: Account,
    places: Places,
) -> Answer:
    measures = asking.measures
    province = places.divisions.province.adcode
    county_to = {c: c for c in places.counties}
    prefecture_to = {c: places.parent(c) for c in places.counties}
    levels = [("county", county_to), ("prefecture", prefecture_to)]
    shown = levels if question.by == "county" else levels[1:]
    if not question.totals:
        shown = shown[:1]
    else:
        shown = [*shown, ("province", dict.fromkeys(places.counties, province))]
    rows = {level: asking.of(places_of) for level, places_of in shown}
    first = rows[shown[0][0]]
    withheld = _withheld(question, asking.parts, first, places, province)
    lines = {
        place: {"level": level}
        | _figures(rows[level].get(place, {}), asking, hide=place in withheld)
        | {"withheld": place in withheld}
        for level, places_of in shown
        for place in dict.fromkeys(places_of.values())
    }
    table = pd.DataFrame.from_dict(lines, orient="index").rename_axis("adcode")
    for name in table.columns.difference(["level", "withheld"]):
        table[name] = _typed(table[name])
    return Answer(
        question=question,
        source=source.name,
        engine=source.engine,
        encoding=source.encoding,
        roles=roles,
        measures=tuple(measures),
        account=account,
        is_secret=province in withheld,
        unreadable=tuple(_unreadable(asking, first)),
        withheld={p: why for p, why in withheld.items() if p in lines},
        table=table,
    )


def _typed(values: pd.Series) -> pd.Series:
    """Return figures as whole numbers if all of them are, else as float64."""
    present = [v for v in values.to_list() if not pd.isna(v)]
    whole = all(isinstance(v, int) for v in present)
    return values.astype("Int64" if whole else "float64")


def _withheld(
    question: Question,
    asked: Parts,
    first: Mapping[str, Mapping[str, Any]],
    places: Places,
    province: str,
) -> dict[str, Withheld]:
    """Choose what is withheld, of the rows that are shown and the whole."""
    parents = {c: places.parent(c) for c in places.counties}
    if question.by == "county":
        shown = [*places.counties]
    else:
        shown = [*dict.fromkeys(parents.values())]
    cells = {place: _cell(first.get(place, {}), asked) for place in shown}
    groups: dict[str, list[str]] = {}
    for place in shown:
        nested = question.by == "county" and question.totals
        groups.setdefault(parents[place] if nested else province, []).append(place)
    for total, members in [*groups.items()]:
        cells[total] = sum((cells[m] for m in members[1:]), cells[members[0]])
    if province not in groups:
        groups[province] = [*groups]
        first_of, *others = groups[province]
        cells[province] = sum((cells[p] for p in others), cells[first_of])
    return withhold(cells, groups, question.least)


def _cell(row: Mapping[str, Any], asked: Parts) -> Cell:
    names = ["", *(f"_{n}" for n in range(len(asked.bases)))]
    pairs = []
    for name in names:
        rows = int(row.get(f"rows{name}") or 0)
        persons = row.get(f"persons{name}", rows) if "persons" in asked.asked else rows
        pairs.append((rows, float(persons or 0)))
    return Cell(tuple(pairs))


def _figures(row: Mapping[str, Any], asking: _Asking, *, hide: bool) -> dict[str, Any]:
    """Return the figures of one row; a place without rows counts none."""
    found: dict[str, Any] = {}
    if asking.persons:
        found["persons"] = _plain(row.get("persons") or 0)
    bases = asking.parts.bases
    for place, measure in enumerate(asking.measures):
        if not measure.column:
            value: Any = int(row.get("rows") or 0)
        else:
            counted, said = (
                int(row.get(f"rows_{bases.index(base)}") or 0)
                for base in (*measure.bases, measure.base)[:2]
            )
            value = _figure(measure, row, place, counted, said)
        found[measure.name] = value
    order = {"count": found.pop("count"), **found}
    return dict.fromkeys(order) if hide else order


def _figure(
    measure: Measure, row: Mapping[str, Any], place: int, counted: int, said: int
) -> Any:
    if measure.kind == "count":
        return counted
    if measure.kind == SHARE:
        return _plain(100 * said / counted) if counted else None
    value = row.get(f"m{place}")
    if value is None or not counted:
        return None
    if measure.kind == "mean":
        over = float(row[f"w{place}"]) if measure.weight else counted
        return _plain(float(value) / over) if over > 0 else None
    return _plain(value)


def _plain(value: Any) -> int | float:
    """Return a whole number as it is, another one with the digits that are certain."""
    if isinstance(value, int):
        return value
    exact = float(value)
    return float(f"{exact:.{_DIGITS}g}")


def _unreadable(
    asking: _Asking, first: Mapping[str, Mapping[str, Any]]
) -> Iterator[Unreadable]:
    """Yield columns of text in which not all is a number.

    Raises
    ------
    MeasureError
        If nothing in one of them is.
    """
    for place, column in enumerate(asking.parts.texts):
        rows = sum(int(row.get(f"bad_{place}") or 0) for row in first.values())
        if not rows:
            continue
        wrong = asking.keyed.filter(unreadable(asking.keyed, column))
        texts = wrong.select(column).distinct().order_by(column).limit(_EXAMPLES)
        examples = tuple(f"“{t}”" for t in texts.to_pyarrow().column(0).to_pylist())
        good = asking.keyed.filter(readable(asking.keyed, column))
        if not good.limit(1).to_pyarrow().num_rows:
            raise MeasureError.no_numbers(column, examples)
        yield Unreadable(column=column, rows=rows, examples=examples)


@contextmanager
def told(source: Source, memory_mb: int) -> Iterator[None]:
    """Say in our words what goes wrong in an engine.

    Parameters
    ----------
    source : Source
        What is read.
    memory_mb : int
        What the engine may take, for the message that it is not enough.
    """
    try:
        yield
    except AggregateError:
        raise
    except duckdb.OutOfMemoryException:
        raise faults.out_of_memory(memory_mb) from None
    except duckdb.Error as error:
        said = str(error)
        if source.engine == "duckdb" and "CSV Error" in said:
            raise broken(said, source.name) from None
        raise faults.gave_up(source.name, source.safe(said)) from None
    except Exception as error:
        if source.engine == "duckdb":
            raise
        raise faults.gave_up(source.name, source.safe(str(error))) from error

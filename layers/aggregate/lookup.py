"""Distinct codes, names or points of a table, led to counties once each.

A table of ten million rows has a few thousand codes. They are read here, and go back to
the engine as a small table that is joined; no row is looked at twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import geopandas as gpd
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import shapely

from layers.aggregate.account import BY_POINT, NO_POINT, ON_LINE, OUTSIDE, Account
from layers.aggregate.codes import read_register_code
from layers.aggregate.faults import ColumnError
from layers.aggregate.measures import number
from layers.aggregate.roles import Roles
from layers.own.cells import text_of
from layers.own.codes import Code
from layers.own.outcomes import GROUP_OF
from layers.own.places import Places
from layers.own.tiers import Said, Verdict, decide

MOST_KEYS: Final = 2_000_000
"""Different keys of a table: more are no places, and would not fit into memory."""

_CHUNK: Final = 100_000
_MOST_COMPARED: Final = 100
"""Unknown names for which likely counties are looked for; each takes time."""

# Names that no column of an office has.
_KEY: Final = "atlas__"
ROWS: Final = "atlas_rows"
COUNTY: Final = "atlas_county"


def keyed(table: ir.Table, roles: Roles) -> ir.Table:
    """Return the table with columns of its keys, by which it is joined.

    Parameters
    ----------
    table : ibis.Table
        The large table.
    roles : Roles
        Its columns that lead to counties. Points become float64, several columns
        text; one alone stays of its type, so that nothing is converted row by row.
    """
    several = len(roles.keys) > 1

    def key(column: str) -> Any:
        if roles.is_point:
            return number(table, column).cast("float64")
        # In SQL nothing equals nothing: a blank cell beside a name must still join.
        if several:
            return table[column].cast("string").fill_null("")
        # Of numeric without a scale nobody knows the type that comes back.
        is_decimal = table[column].type().is_decimal()
        return table[column].cast("float64") if is_decimal else table[column]

    return table.mutate(**{_KEY + r: key(column) for r, column in roles.keys.items()})


def keys_of(table: ir.Table) -> list[str]:
    """Return the names of the columns that :func:`keyed` has added."""
    return [name for name in table.columns if name.startswith(_KEY)]


def distinct(table: ir.Table) -> ir.Table:
    """Return the different keys of a keyed table, with the number of rows of each."""
    return (
        table.group_by(keys_of(table))
        .aggregate(**{ROWS: table.count()})
        .limit(MOST_KEYS + 1)
    )


def by_place(
    keys: ir.Table, roles: Roles, places: Places, account: Account
) -> pa.Table:
    """Lead codes and names to counties.

    Parameters
    ----------
    keys : ibis.Table
        Different keys, see :func:`distinct`.
    roles : Roles
        Columns that are meant, for messages.
    places : layers.own.places.Places
        Names and codes of the edition.
    account : Account
        Is told of every row.

    Returns
    -------
    pyarrow.Table
        The keys that lead to a county, with its `COUNTY`.

    Raises
    ------
    ColumnError
        If there are more keys than places.
    """
    judge = _Judge(places)
    pieces = []
    for batch in _batches(keys, roles):
        columns = {n: batch.column(n).to_pylist() for n in batch.schema.names}
        counts = columns.pop(ROWS)
        blank = [None] * len(counts)
        rows = zip(
            columns.get(_KEY + "code", blank),
            columns.get(_KEY + "name", blank),
            columns.get(_KEY + "prefecture", blank),
            counts,
            strict=True,
        )
        found: list[str | None] = []
        for code, name, prefecture, count in rows:
            says, verdict = judge(code, name, prefecture)
            account.tell(says, count, verdict)
            joined = GROUP_OF[verdict.outcome] == "joined"
            found.append(verdict.adcode if joined else None)
        pieces.append(_with_counties(batch, found))
    return pa.concat_tables(pieces) if pieces else _nothing(keys)


class _Judge:
    """Decides for what rows say, each text once."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.known: dict[tuple[str, str, str, str], Verdict] = {}
        self.unknown = 0

    def __call__(
        self, code: Any, name: Any, prefecture: Any
    ) -> tuple[tuple[str, str, str], Verdict]:
        read = read_register_code(code)
        shown = read.digits or (text_of(code)[:40] if read.form == "unreadable" else "")
        says = (shown, _text(name), _text(prefecture))
        key = (read.form, *says)
        if key not in self.known:
            self.known[key] = self._verdict(read, says)
        return says, self.known[key]

    def _verdict(self, code: Code, says: tuple[str, str, str]) -> Verdict:
        _, name, prefecture = says
        if code.form == "unreadable" and not name:
            return Verdict(outcome="not_found", reason="code_unknown")
        verdict = decide(
            Said(
                code=code,
                name=name,
                column_prefecture=self.places.prefecture_of(prefecture),
            ),
            self.places,
            suggest=self.unknown < _MOST_COMPARED,
        )
        self.unknown += verdict.outcome == "not_found"
        return verdict


def _text(cell: Any) -> str:
    return text_of(cell)[:100] if isinstance(cell, str | int | float) else ""


def by_point(
    keys: ir.Table, roles: Roles, counties: gpd.GeoDataFrame, account: Account
) -> pa.Table:
    """Lead points to the counties in which they lie.

    Parameters
    ----------
    keys : ibis.Table
        Different points, see :func:`distinct`.
    roles : Roles
        Columns that are meant, for messages.
    counties : geopandas.GeoDataFrame
        Indexed by adcode, in WGS 84.
    account : Account
        Is told of every row.

    Returns
    -------
    pyarrow.Table
        The points that lie in one county, with its `COUNTY`.

    Raises
    ------
    ColumnError
        If there are too many points, or longitude and latitude are the wrong way
        round.
    """
    tree = shapely.STRtree(counties.geometry.to_numpy())
    adcodes = counties.index.to_numpy()
    pieces, swapped = [], 0
    for batch in _batches(keys, roles):
        lon, lat = (
            batch.column(name).to_numpy(zero_copy_only=False).astype("float64")
            for name in (_KEY + "lon", _KEY + "lat")
        )
        counts = batch.column(ROWS).to_numpy(zero_copy_only=False)
        place, outcome = _located(tree, lon, lat)
        for name in (BY_POINT, OUTSIDE, ON_LINE, NO_POINT):
            account.add(name, int(counts[outcome == name].sum()))
        if account.outcomes[BY_POINT] == 0:
            swapped += int((_located(tree, lat, lon)[1] == BY_POINT).sum())
        found = [str(adcodes[p]) if p >= 0 else None for p in place]
        pieces.append(_with_counties(batch, found))
    if swapped and account.outcomes[BY_POINT] == 0:
        raise ColumnError.swapped(roles.lon, roles.lat)
    return pa.concat_tables(pieces) if pieces else _nothing(keys)


def _located(
    tree: shapely.STRtree, lon: np.ndarray, lat: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return for points the number of their county, -1 without, and the outcome."""
    place = np.full(len(lon), -1)
    is_point = np.isfinite(lon) & np.isfinite(lat)
    is_point &= (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    outcome = np.where(is_point, OUTSIDE, NO_POINT).astype(object)
    points = shapely.points(np.where(is_point, lon, 0), np.where(is_point, lat, 0))
    at, county = tree.query(points, predicate="intersects")
    hits = np.bincount(at, minlength=len(lon))
    place[at] = county
    outcome[is_point & (hits == 1)] = BY_POINT
    outcome[is_point & (hits > 1)] = ON_LINE
    place[~is_point | (hits != 1)] = -1
    return place, outcome


def _batches(keys: ir.Table, roles: Roles) -> Iterator[pa.RecordBatch]:
    seen = 0
    for batch in keys.to_pyarrow_batches(chunk_size=_CHUNK):
        seen += batch.num_rows
        if seen > MOST_KEYS:
            raise ColumnError.too_many(roles.keys.values(), MOST_KEYS)
        if batch.num_rows:
            yield batch


def _with_counties(batch: pa.RecordBatch, found: list[str | None]) -> pa.Table:
    kept = pa.Table.from_batches([batch]).drop_columns([ROWS])
    kept = kept.append_column(COUNTY, pa.array(found, pa.string()))
    return kept.filter(kept.column(COUNTY).is_valid())


def _nothing(keys: ir.Table) -> pa.Table:
    schema = keys.schema().to_pyarrow()
    names: Mapping[str, Any] = {n: schema.field(n).type for n in schema.names}
    empty = {n: pa.array([], kind) for n, kind in names.items() if n != ROWS}
    return pa.table({**empty, COUNTY: pa.array([], pa.string())})

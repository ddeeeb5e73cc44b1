"""Which columns of a table lead to its counties: named, or known by what they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import ibis.expr.types as ir

from layers.aggregate.codes import read_register_code
from layers.aggregate.faults import ColumnError
from layers.aggregate.measure_texts import column_of
from layers.own.cells import text_of
from layers.own.outcomes import GROUP_OF
from layers.own.places import Places
from layers.own.tiers import Said, decide

_LOOKED_AT: Final = 1_000
"""Rows by which columns are known."""

_MOST_OF: Final = 0.9
"""Share of what a column holds that has to lead to counties."""

_LONGITUDES: Final = ("longitude", "lon", "lng", "经度", "东经")
_LATITUDES: Final = ("latitude", "lat", "纬度", "北纬")


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Columns by what they say of a place; "" where there is none.

    Attributes
    ----------
    code, name, prefecture : str
        Of the code, of the county's name, and of the prefecture beside it.
    lon, lat : str
        Of a point.
    """

    code: str = ""
    name: str = ""
    prefecture: str = ""
    lon: str = ""
    lat: str = ""

    @property
    def is_point(self) -> bool:
        """Whether points lead to the counties."""
        return bool(self.lon)

    @property
    def keys(self) -> dict[str, str]:
        """The columns in use, by role."""
        order = ("code", "name", "prefecture", "lon", "lat")
        return {role: getattr(self, role) for role in order if getattr(self, role)}


def named_roles(asked: Mapping[str, str], columns: Sequence[str]) -> Roles:
    """Return the roles that were named.

    Parameters
    ----------
    asked : mapping of str to str
        Columns by role, as typed.
    columns : sequence of str
        Those of the table.

    Raises
    ------
    ColumnError
        If a column is not there or named twice, or half a point is.
    """
    found: dict[str, str] = {}
    for role, name in asked.items():
        column = column_of(name, columns)
        if column in found.values():
            raise ColumnError.used_twice(column)
        found[role] = column
    if ("lon" in found) != ("lat" in found):
        raise ColumnError.half_point()
    if "lon" in found and {"code", "name", "prefecture"} & found.keys():
        raise ColumnError.point_and_place()
    return Roles(**found)


def roles_of(table: ir.Table, asked: Mapping[str, str], places: Places) -> Roles:
    """Return the columns that lead to counties.

    Parameters
    ----------
    table : ibis.Table
        The large table; its first rows are read if no column is named.
    asked : mapping of str to str
        Columns by role, as typed; if none leads to a county, they are looked for.
    places : layers.own.places.Places
        Names and codes of the edition.

    Raises
    ------
    ColumnError
        If a column is not there, or none leads to counties.

    Notes
    -----
    A column is taken for one of codes or names if nine tenths of what its first rows
    hold lead to counties. Among several the shortest codes are taken: those of the
    county, not of the village. The account says which columns were used.
    """
    roles = named_roles(asked, table.columns)
    if roles.code or roles.name or roles.is_point:
        return roles
    simple = {
        name: table[name].cast("float64") if kind.is_decimal() else table[name]
        for name, kind in table.schema().items()
        if kind.is_string() or kind.is_numeric()
    }
    if not simple:
        raise ColumnError.none_leads(table.columns)
    sample = table.select(**simple).limit(_LOOKED_AT).to_pyarrow()
    held = {name: sample.column(name).to_pylist() for name in simple}
    held.pop(roles.prefecture, None)
    codes = [name for name, cells in held.items() if _are_codes(cells, places)]
    if codes:
        code = min(codes, key=lambda name: (_width(held[name]), codes.index(name)))
        return Roles(code=code, prefecture="")
    names = [name for name, cells in held.items() if _are_names(cells, places)]
    if names:
        beside = roles.prefecture or next(
            (n for n, cells in held.items() if _are_prefectures(cells, places)), ""
        )
        return Roles(name=names[0], prefecture=beside)
    plain = {name.strip().casefold(): name for name in table.columns}
    lon = next((plain[n] for n in _LONGITUDES if n in plain), "")
    lat = next((plain[n] for n in _LATITUDES if n in plain), "")
    if lon and lat:
        return Roles(lon=lon, lat=lat)
    raise ColumnError.none_leads(table.columns)


def _filled(cells: Sequence[Any]) -> list[Any]:
    return [cell for cell in cells if cell is not None and str(cell).strip()]


def _share(fits: Sequence[bool]) -> float:
    return sum(fits) / len(fits) if fits else 0.0


def _are_codes(cells: Sequence[Any], places: Places) -> bool:
    if any(isinstance(cell, float) and not cell.is_integer() for cell in cells):
        return False
    codes = [read_register_code(cell) for cell in _filled(cells)]
    if _share([code.form == "code" for code in codes]) < _MOST_OF:
        return False
    verdicts = [decide(Said(code=code, name=""), places) for code in codes]
    return _share([GROUP_OF[v.outcome] == "joined" for v in verdicts]) >= _MOST_OF


def _are_names(cells: Sequence[Any], places: Places) -> bool:
    filled = _filled(cells)
    if not filled or not all(isinstance(cell, str) for cell in filled):
        return False
    kinds = [places.meaning(text_of(cell)).kind for cell in filled]
    return _share([kind == "county" for kind in kinds]) >= _MOST_OF


def _are_prefectures(cells: Sequence[Any], places: Places) -> bool:
    filled = _filled(cells)
    texts = [cell for cell in filled if isinstance(cell, str)]
    if not texts:
        return False
    found = [bool(places.prefecture_of(text_of(text))) for text in texts]
    return _share(found) >= _MOST_OF


def _width(cells: Sequence[Any]) -> int:
    return max((len(text_of(cell)) for cell in _filled(cells)), default=0)

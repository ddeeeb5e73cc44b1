"""Variables x crosswalk x boundaries: one table of counties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.crs import area_km2
from geo.kept import kept_with_owner
from layers.facts.columns import (
    BASE_COLUMNS,
    adcode_column,
    columns_of,
    in_column_order,
)
from layers.facts.package import Package
from layers.facts.rows import records
from layers.facts.values import Span, Value, partners
from layers.facts.variables import Variable

NAME_SEPARATOR: Final = "、"
"""Between several published names of one county (崇礼县、崇礼区)."""

PARTNER_SEPARATOR: Final = ";"
"""Between the adcodes of several partners of one county."""


@kept_with_owner
def county_values(package: Package) -> pd.DataFrame:
    """Return the county table as one that is only read: shared, not to be changed.

    Parameters
    ----------
    package : layers.facts.package.Package
        The checked facts.
    """
    return pd.DataFrame(county_table(package, "overview"))


def county_table(package: Package, detail: str = "full") -> gpd.GeoDataFrame:
    """Join what is known of each county.

    Parameters
    ----------
    package : layers.facts.package.Package
        The checked facts.
    detail : {"full", "overview"}
        Detail of the geometry; areas are always measured on ``full``.

    Returns
    -------
    geopandas.GeoDataFrame, one row a county
        Indexed by ``adcode`` (six-digit str), in order. Columns: those of
        `layers.facts.columns.BASE_COLUMNS` (``area_km2`` float, measured on the WGS 84
        ellipsoid; ``name_en`` as no other county's, see
        :meth:`geo.divisions.Divisions.called`), then of each variable by its kind:

        - category: the class, ``""`` where it has none;
        - number: Float64 in the unit of the variable, missing where not known;
        - date: Int64, the year, missing where it is not known or only inferred;
        - relation: ``<id>_adcode`` (adcodes behind ``;``), ``<id>`` and ``<id>_en``
          (names), ``""`` where there is none;
        - membership (last): boolean, missing where the source does not say;

        and ``geometry`` in EPSG:4326.
    """
    drawn = package.boundaries.load("county", detail)
    counties = package.divisions.of_level("county")
    if set(counties) != set(drawn.index):
        raise ValueError("divisions and boundaries differ: load the package again")

    table = pd.DataFrame(index=drawn.index)
    table["name"] = [counties[a].name for a in table.index]
    table["name_en"] = [package.divisions.called(a, "en") for a in table.index]
    published = _published_names(package)
    table["published_name"] = [
        NAME_SEPARATOR.join(published.get(a, [counties[a].name])) for a in table.index
    ]
    table["prefecture_adcode"] = [counties[a].parent for a in table.index]
    parents = [package.divisions[counties[a].parent] for a in table.index]
    table["prefecture"] = [parent.name for parent in parents]
    table["prefecture_en"] = [parent.name_en for parent in parents]
    measured = package.boundaries.load("county", "full").geometry
    table["area_km2"] = area_km2(measured).round(1)
    columns = [table]
    for variable in in_column_order(package.variables):
        values = package.values_by_county(variable.id)
        columns.append(_columns(package, variable, values, table.index))
    table = pd.concat(columns, axis=1)
    return gpd.GeoDataFrame(table, geometry=drawn.geometry, crs=drawn.crs)


def with_added(table: gpd.GeoDataFrame, package: Package) -> gpd.GeoDataFrame:
    """Return the county table of a package from that of one with fewer variables.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        The county table of a package of the same divisions and boundaries, all of whose
        variables `package` has as well; it stays as it is.
    package : layers.facts.package.Package
        One to which :meth:`~layers.facts.package.Package.with_variables` added some.

    Returns
    -------
    geopandas.GeoDataFrame
        The same as :func:`county_table` makes, in a fraction of the time.
    """
    variables = in_column_order(package.variables)
    added = [
        _columns(package, v, package.values_by_county(v.id), table.index)
        for v in variables
        if v.id not in table.columns
    ]
    order = [*BASE_COLUMNS, *(name for v in variables for name in columns_of(v))]
    known = pd.DataFrame(table.drop(columns="geometry"))
    columns = pd.concat([known, *added], axis=1)[order]
    return gpd.GeoDataFrame(columns, geometry=table.geometry, crs=table.crs)


def _columns(
    package: Package,
    variable: Variable,
    values: Mapping[str, tuple[Value, ...]],
    index: pd.Index,
) -> pd.DataFrame:
    known = {a: [v for v in own if v.is_known] for a, own in values.items()}
    name = variable.id
    if variable.kind == "relation":
        with_whom = [partners(values.get(a, ()), package.divisions) for a in index]
        codes = {adcode_column(name): [PARTNER_SEPARATOR.join(p) for p in with_whom]}
        names = {
            column: [
                separator.join(getattr(package.divisions[p], language) for p in own)
                for own in with_whom
            ]
            for column, language, separator in (
                (name, "name", NAME_SEPARATOR),
                (f"{name}_en", "name_en", ", "),
            )
        }
        return pd.DataFrame(codes | names, index=index)
    if variable.kind == "membership":
        unnamed: Any = False if variable.is_whole else pd.NA
        cells = [
            bool(known.get(a)) or (not package.is_beyond(name, a) and unnamed)
            for a in index
        ]
        return pd.DataFrame({name: pd.array(cells, dtype="boolean")}, index=index)
    first = {a: own[0].value for a, own in known.items() if own}
    if variable.kind == "category":
        return pd.DataFrame({name: [first.get(a, "") for a in index]}, index=index)
    if variable.kind == "date":
        years = {a: v.year for a, v in first.items() if isinstance(v, Span)}
        cells = [years.get(a) for a in index]
        return pd.DataFrame({name: pd.array(cells, dtype="Int64")}, index=index)
    cells = [first.get(a) for a in index]
    return pd.DataFrame({name: pd.array(cells, dtype="Float64")}, index=index)


def rows_of(package: Package, table: str, adcode: str) -> list[dict[str, Any]]:
    """Return the rows of a table that name one county, under whatever name.

    Parameters
    ----------
    package : layers.facts.package.Package
        The checked facts.
    table : str
        A table with published codes and names, e.g. ``evidence``.
    adcode : str
        Today's code.
    """
    codes = {
        (c.former_adcode, c.former_name) for c in package.divisions.changes_to(adcode)
    }
    codes.add((adcode, package.divisions[adcode].name))
    rows = package.tables[table]
    named = zip(rows["published_adcode"], rows["published_name"], strict=True)
    own = [place for place, name in enumerate(named) if name in codes]
    # Few counties have any: the others need not wait for pandas.
    return records(rows.iloc[own]) if own else []


def neighbours(counties: gpd.GeoDataFrame, adcode: str) -> list[str]:
    """Return the counties of Hebei that share a line with one, by adcode, in order.

    Two that meet in a point only do not share a line.
    """
    shape = counties.geometry[adcode]
    near = counties.index[counties.sindex.query(shape, predicate="intersects")]
    return [
        code
        for code in sorted(near)
        if code != adcode and shape.intersection(counties.geometry[code]).length > 0
    ]


def _published_names(package: Package) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for value in _of_lists(package):
        known = names.setdefault(value.adcode, [])
        if value.published_name not in known:
            known.append(value.published_name)
    return names


def _of_lists(package: Package) -> Iterable[Value]:
    """Return the values by which a source lists whole counties.

    Statistics list all of them, and what users call a county is no source's name.
    """
    for value in package.values:
        variable = package.variables[value.variable]
        if not value.of_part and variable.kind != "number" and not variable.own:
            yield value

"""Memberships x crosswalk x boundaries: one table of counties, with evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo import boundaries
from geo.crs import area_km2
from layers.facts.package import Package

NAME_SEPARATOR: Final = "、"
"""Between several published names of one county (崇礼县、崇礼区)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A county in a programme, and who says so."""

    adcode: str
    programme: str
    published_name: str
    published_adcode: str
    category: str
    detail_zh: str
    detail_en: str
    source: tuple[str, ...]
    section: str
    confidence: str


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
    geopandas.GeoDataFrame, shape (167, 12 + number of programmes + 1)
        Indexed by ``adcode`` (six-digit str), in order. Columns: those of
        `layers.facts.columns.DETAIL_COLUMNS` (text is ``""`` where nothing is known;
        ``area_km2`` float, measured on the WGS 84 ellipsoid; ``exit_year`` Int64, the
        year in which the exit was approved, missing where it is not known or only
        inferred); one bool column a programme, named by its id; ``geometry`` in
        EPSG:4326.
    """
    drawn = boundaries.load("county", detail)
    counties = package.divisions.of_level("county")
    if set(counties) != set(drawn.index):
        raise ValueError("divisions and boundaries differ: load the package again")

    table = pd.DataFrame(index=drawn.index)
    table["name"] = [counties[a].name for a in table.index]
    table["name_en"] = [counties[a].name_en for a in table.index]
    published = _published_names(package)
    table["published_name"] = [
        NAME_SEPARATOR.join(published.get(a, [counties[a].name])) for a in table.index
    ]
    table["prefecture_adcode"] = [counties[a].parent for a in table.index]
    parents = [package.divisions[counties[a].parent] for a in table.index]
    table["prefecture"] = [parent.name for parent in parents]
    table["prefecture_en"] = [parent.name_en for parent in parents]
    table["area_km2"] = area_km2(boundaries.load("county", "full").geometry).round(1)

    members = memberships(package)
    category = {m.adcode: m.category for m in members if m.category}
    table["category"] = [category.get(a, "") for a in table.index]
    partner = {
        m.adcode: package.programmes[m.programme].partner_adcode
        for m in members
        if package.programmes[m.programme].kind == "pairing"
    }
    cities = {a: package.divisions[code] for a, code in partner.items()}
    table["partner_adcode"] = [partner.get(a, "") for a in table.index]
    table["partner"] = [cities[a].name if a in cities else "" for a in table.index]
    table["partner_en"] = [
        cities[a].name_en if a in cities else "" for a in table.index
    ]
    table["exit_year"] = pd.Series(_exit_years(package), dtype="Int64").reindex(
        table.index
    )
    for programme in package.programmes:
        own = {m.adcode for m in members if m.programme == programme}
        table[programme] = table.index.isin(own)
    return gpd.GeoDataFrame(table, geometry=drawn.geometry, crs=drawn.crs)


@lru_cache(maxsize=4)
def memberships(package: Package) -> tuple[Membership, ...]:
    """Carry every membership over to the adcode of today.

    Returns
    -------
    tuple of Membership
        In the order of the table; each row's published name and code stay with it.
    """
    return tuple(
        Membership(
            adcode=package.divisions.current(
                row["published_adcode"], row["published_name"]
            ),
            programme=row["programme"],
            published_name=row["published_name"],
            published_adcode=row["published_adcode"],
            category=row["category"],
            detail_zh=row["detail_zh"],
            detail_en=row["detail_en"],
            source=tuple(row["source"].split(";")),
            section=row["section"],
            confidence=row["confidence"],
        )
        for row in package.tables["memberships"].to_dict("records")
    )


def rows_of(package: Package, table: str, adcode: str) -> list[dict[str, Any]]:
    """Return the rows of a table that name one county, under whatever name.

    Parameters
    ----------
    package : layers.facts.package.Package
        The checked facts.
    table : {"memberships", "pairs", "exits", "evidence"}
        A table with published codes and names.
    adcode : str
        Today's code.
    """
    codes = {
        (c.former_adcode, c.former_name) for c in package.divisions.changes_to(adcode)
    }
    codes.add((adcode, package.divisions[adcode].name))
    told = package.tables[table]
    near = told[told["published_adcode"].isin({code for code, _ in codes})]
    rows = near.to_dict("records")
    return [
        {str(k): v for k, v in row.items()}
        for row in rows
        if (row["published_adcode"], row["published_name"]) in codes
        or (row.get("unit") == "part_of_county" and row["published_adcode"] == adcode)
    ]


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
    for table, condition in (
        ("memberships", ""),
        ("pairs", ""),
        ("exits", "unit == 'county'"),
    ):
        frame = package.tables[table]
        rows = frame.query(condition) if condition else frame
        for code, name in _pairs_of(rows):
            adcode = package.divisions.current(code, name)
            known = names.setdefault(adcode, [])
            if name not in known:
                known.append(name)
    return names


def _exit_years(package: Package) -> dict[str, int]:
    exits = package.tables["exits"].query("unit == 'county'")
    # An inferred date is shown in the profile as such; as a value it would look known.
    known = exits[
        exits["confidence"].isin(["stated", "high", "medium"])
        & (exits["approved_from"] == exits["approved_to"])
    ]
    return {
        package.divisions.current(code, name): int(approved[:4])
        for (code, name), approved in zip(
            _pairs_of(known), known["approved_to"], strict=True
        )
    }


def _pairs_of(frame: pd.DataFrame) -> Iterable[tuple[str, str]]:
    return zip(frame["published_adcode"], frame["published_name"], strict=True)

"""What goes with one county: neighbours, similar ones, places, scopes of targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np

from geo.language import Speaker
from layers.facts.county_table import neighbours
from layers.facts.package import Package
from layers.facts.variables import Variable
from layers.select.scopes import counties_of, scopes
from layers.select.selection import members


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """Another county and how alike its programmes are.

    Attributes
    ----------
    jaccard : float
        Programmes in common over programmes of either, 0 to 1.
    """

    adcode: str
    jaccard: float
    common: tuple[str, ...]


def similar_counties(
    package: Package, counties: gpd.GeoDataFrame, adcode: str, limit: int = 6
) -> tuple[Similar, ...]:
    """Rank the other counties by the likeness of their sets of programmes.

    Parameters
    ----------
    package : Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table.
    adcode : str
        The county to compare with.
    limit : int
        How many to return at most; counties with nothing in common are left out.

    Returns
    -------
    tuple of Similar
        The most alike first, equals in order of adcode.

    References
    ----------
    .. [1] Jaccard, P. (1912) The distribution of the flora in the alpine zone.
       *New Phytologist* 11, 37–50: size of intersection over size of union.
    """
    ids = list(package.programmes)
    # Only what a source names counts: "not said" is neither alike nor unlike.
    inside = members(counties, ids)
    own = inside[counties.index.get_loc(adcode)]
    common, either = (inside & own).sum(axis=1), (inside | own).sum(axis=1)
    likeness = common / np.maximum(either, 1)
    ranked = [
        place
        for place in np.argsort(-likeness, kind="stable")
        if likeness[place] > 0 and counties.index[place] != adcode
    ]
    return tuple(
        Similar(
            adcode=str(counties.index[place]),
            jaccard=round(float(likeness[place]), 3),
            common=tuple(
                p for p, both in zip(ids, inside[place] & own, strict=True) if both
            ),
        )
        for place in ranked[:limit]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A county that shares a line with another, and the programmes that name it."""

    adcode: str
    name: str
    programmes: tuple[Variable, ...]


def neighbours_of(
    package: Package, counties: gpd.GeoDataFrame, adcode: str, say: Speaker
) -> tuple[Neighbour, ...]:
    """Return the neighbours of a county in order of code, named in one language.

    Parameters
    ----------
    package : Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table, with lines of either detail in EPSG:4326.
    adcode : str
        Code of a county of today.
    say : Speaker
        Of the language wanted.
    """
    return tuple(
        Neighbour(
            adcode=code,
            name=package.divisions.called(code, say.language),
            programmes=tuple(
                p for p in package.programmes.values() if code in package.members(p.id)
            ),
        )
        for code in neighbours(counties, adcode)
    )


def places_of(package: Package, adcode: str) -> list[dict[str, Any]]:
    """Return the plan's places that lie in a county or name it."""
    rows = package.tables["places"].to_dict("records")
    return [
        {str(k): v for k, v in row.items()}
        for row in rows
        if adcode == row["county_adcode"] or adcode in row["other_adcodes"].split(";")
    ]


def place_kind(package: Package, kind: str, say: Speaker) -> str:
    """Name a kind of place.

    Parameters
    ----------
    package : Package
        The facts.
    kind : str
        Id of a row of ``place_kinds.csv``.
    say : Speaker
        Of the language wanted.
    """
    kinds = package.tables["place_kinds"].set_index("id")
    return say.pick(str(kinds.at[kind, "name_zh"]), str(kinds.at[kind, "name_en"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeOf:
    """A scope that holds a county.

    Attributes
    ----------
    certain : bool
        Whether the plan itself says so; else it follows from a rule or a reading.
    """

    id: str
    certain: bool


def scopes_of(package: Package, adcode: str) -> tuple[ScopeOf, ...]:
    """Return the scopes of targets that hold a county, and how surely.

    A scope holds it that is a programme of the county, follows from a rule that it
    meets, or names the county, its prefecture or the province. Groups and areas
    without a list are left out: nobody can say whether the county is in them.

    Returns
    -------
    tuple of ScopeOf
        The certain ones first, and of them the narrower ones.
    """
    found: list[tuple[bool, int, str]] = []
    for scope in scopes(package).values():
        selection = scope.selection(package)
        if selection is None:
            continue
        held = counties_of(package, selection)
        if adcode in held:
            found.append((not scope.is_certain(package), len(held), scope.id))
    # The table's order decides among scopes of one size.
    found.sort(key=lambda scope: scope[:2])
    return tuple(ScopeOf(id=name, certain=not unsure) for unsure, _, name in found)

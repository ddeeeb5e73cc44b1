"""Counties and selections beside each other: distances, differences, sums."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import geopandas as gpd
import pandas as pd

from geo import boundaries
from geo.crs import distance_km, representative_points

REFERENCES: Final[Mapping[str, str]] = {
    "110000": "municipality",
    "120000": "municipality",
    "130100": "prefecture",
}
"""Where distances are measured to: adcode and the level that it is drawn on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What several sets have in common and what not: a partition of their union.

    Attributes
    ----------
    shared : tuple of str
        What is in every set.
    only : dict of str to tuple of str
        By set, what is in it and in no other.
    some : tuple of str
        What is in several sets but not in all; empty for two.
    """

    shared: tuple[str, ...]
    only: dict[str, tuple[str, ...]]
    some: tuple[str, ...]


def differences(sets: Mapping[str, Collection[str]]) -> Differences:
    """Sort the members of two or more sets by the sets that they are in.

    Parameters
    ----------
    sets : mapping of str to collection of str
        The order of members follows their first appearance.

    Raises
    ------
    ValueError
        For fewer than two sets: there is nothing to differ from.

    Examples
    --------
    >>> differences({"A": ["x", "y"], "B": ["y", "z"]}).only
    {'A': ('x',), 'B': ('z',)}
    """
    if len(sets) < 2:
        raise ValueError(f"two sets or more can be compared, not {len(sets)}")
    homes: dict[str, list[str]] = {}
    for name, members in sets.items():
        for member in dict.fromkeys(members):
            homes.setdefault(member, []).append(name)
    return Differences(
        shared=tuple(m for m, own in homes.items() if len(own) == len(sets)),
        only={n: tuple(m for m, own in homes.items() if own == [n]) for n in sets},
        some=tuple(m for m, own in homes.items() if 1 < len(own) < len(sets)),
    )


@cache
def points(level: str) -> gpd.GeoSeries:
    """Return the point inside each division of a level that stands for it.

    Parameters
    ----------
    level : {"county", "prefecture", "municipality"}
        A level of :mod:`geo.boundaries`.

    Returns
    -------
    geopandas.GeoSeries
        Points in EPSG:4326 by adcode; shared, not to be changed. They are not the
        seats of government: no table of the atlas holds those.
    """
    return representative_points(boundaries.load(level, "full").geometry)


def reference_points() -> dict[str, tuple[float, float]]:
    """Return longitude and latitude of the points of Beijing, Tianjin, Shijiazhuang."""
    return {
        adcode: (float(points(level)[adcode].x), float(points(level)[adcode].y))
        for adcode, level in REFERENCES.items()
    }


def distances(adcodes: Iterable[str]) -> pd.DataFrame:
    """Measure how far counties are from the two municipalities and the capital.

    Parameters
    ----------
    adcodes : iterable of str
        Counties of today.

    Returns
    -------
    pandas.DataFrame
        Kilometres on the WGS 84 ellipsoid, from :func:`points` to
        :func:`reference_points`; a county a row, a reference (adcode) a column.
    """
    chosen = list(adcodes)
    from_points = points("county")
    return pd.DataFrame(
        {
            reference: [
                distance_km(from_points[a].x, from_points[a].y, lon, lat)
                for a in chosen
            ]
            for reference, (lon, lat) in reference_points().items()
        },
        index=pd.Index(chosen, name="adcode", dtype=object),
        dtype="float64",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What is true of several counties together.

    Attributes
    ----------
    counties : int
        How many there are.
    area_km2 : float
        Their area on the ellipsoid.
    programmes, prefectures, categories, partners, exit_years : dict
        How many of them have each value; values that none has are left out.
    distances : dict of str to (float, float)
        Nearest and farthest of them in kilometres, by reference; empty for none.
    """

    counties: int
    area_km2: float
    programmes: dict[str, int]
    prefectures: dict[str, int]
    categories: dict[str, int]
    partners: dict[str, int]
    exit_years: dict[str, int]
    distances: dict[str, tuple[float, float]]


def summed(
    counties: pd.DataFrame, adcodes: Collection[str], programmes: Iterable[str]
) -> Sum:
    """Sum up counties.

    Parameters
    ----------
    counties : pandas.DataFrame
        The county table.
    adcodes : collection of str
        Which of its rows.
    programmes : iterable of str
        Ids of the programmes to count.
    """
    own = counties.loc[list(adcodes)]
    away = distances(own.index)
    members = {p: int(own[p].sum()) for p in programmes}
    return Sum(
        counties=len(own),
        area_km2=float(own["area_km2"].sum()),
        programmes={p: n for p, n in members.items() if n},
        prefectures=_counted(own["prefecture_adcode"]),
        categories=_counted(own["category"]),
        partners=_counted(own["partner_adcode"]),
        exit_years=_counted(own["exit_year"].dropna()),
        distances={
            reference: (float(away[reference].min()), float(away[reference].max()))
            for reference in (away.columns if len(own) else ())
        },
    )


def _counted(values: pd.Series) -> dict[str, int]:
    counts = values.astype(str).value_counts().sort_index()
    return {str(value): int(n) for value, n in counts.items() if value}

"""Counties and selections beside each other: distances, differences, sums."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.boundaries import Boundaries
from geo.crs import distance_km, representative_points
from geo.kept import kept_with_owner
from geo.language import N_, Language, speaker
from layers.facts.package import Package

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


@kept_with_owner
def points(boundaries: Boundaries, level: str) -> gpd.GeoSeries:
    """Return the point inside each division of a level that stands for it.

    Parameters
    ----------
    boundaries : geo.boundaries.Boundaries
        Of the edition.
    level : {"county", "prefecture", "municipality"}
        A level of :mod:`geo.boundaries`.

    Returns
    -------
    geopandas.GeoSeries
        Points in EPSG:4326 by adcode; shared, not to be changed. They are not the
        seats of government: no table of the atlas holds those.
    """
    return representative_points(boundaries.load(level, "full").geometry)


def reference_points(boundaries: Boundaries) -> dict[str, tuple[float, float]]:
    """Return longitude and latitude of the references' points."""
    found = {a: points(boundaries, level)[a] for a, level in REFERENCES.items()}
    return {adcode: (float(p.x), float(p.y)) for adcode, p in found.items()}


def distances(boundaries: Boundaries, adcodes: Iterable[str]) -> pd.DataFrame:
    """Measure how far counties are from the two municipalities and the capital.

    Parameters
    ----------
    boundaries : geo.boundaries.Boundaries
        Of the edition.
    adcodes : iterable of str
        Counties of today.

    Returns
    -------
    pandas.DataFrame
        Kilometres on the WGS 84 ellipsoid, from :func:`points` to
        :func:`reference_points`; a county a row, a reference (adcode) a column.
    """
    chosen = list(adcodes)
    from_points = points(boundaries, "county")
    return pd.DataFrame(
        {
            reference: [
                distance_km(from_points[a].x, from_points[a].y, lon, lat)
                for a in chosen
            ]
            for reference, (lon, lat) in reference_points(boundaries).items()
        },
        index=pd.Index(chosen, name="adcode", dtype=object),
        dtype="float64",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What is true of several counties together.

    Attributes
    ----------
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
    boundaries: Boundaries,
    counties: pd.DataFrame,
    adcodes: Collection[str],
    programmes: Iterable[str],
) -> Sum:
    """Sum up rows of the county table, and count their programmes."""
    own = counties.loc[list(adcodes)]
    away = distances(boundaries, own.index)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table that has a column for each thing compared.

    Attributes
    ----------
    head : str
        What the line is about.
    texts : tuple of str
        What it says, a column each.
    programme : str
        Id of the programme that it is about, or ``""``.
    has : tuple of bool
        For a programme, which columns have it.
    """

    head: str
    texts: tuple[str, ...]
    programme: str = ""
    has: tuple[bool, ...] = ()


def county_lines(
    package: Package,
    counties: pd.DataFrame,
    adcodes: Collection[str],
    language: Language,
) -> list[Line]:
    """Say what is known of counties, a county a column; programmes of none left out."""
    say = speaker(language)
    own = counties.loc[list(adcodes)]
    away = distances(package.boundaries, own.index)
    kinds = [say(package.label("memberships", "category", c)) for c in own["category"]]
    years = ["" if pd.isna(year) else str(year) for year in own["exit_year"]]
    facts: dict[str, Iterable[str]] = {
        say(N_("Prefecture")): own[say.pick("prefecture", "prefecture_en")],
        say(N_("Area (km²)")): [f"{area:,.0f}" for area in own["area_km2"]],
        say(N_("Kind of poor county")): kinds,
        say(N_("Partner city")): own[say.pick("partner", "partner_en")],
        say(N_("Year of exit")): years,
    }
    for reference in REFERENCES:
        facts[_to(package, reference, language)] = [
            f"{d:,.0f}" for d in away[reference]
        ]
    lines = [
        Line(head=head, texts=tuple(v or "–" for v in values))
        for head, values in facts.items()
    ]
    yes, no = say(N_("yes")), say(N_("no"))
    for programme in package.programmes.values():
        has = tuple(bool(v) for v in own[programme.id])
        if any(has):
            line = Line(
                head=programme.name(language),
                texts=tuple(yes if v else no for v in has),
                programme=programme.id,
                has=has,
            )
            lines.append(line)
    return lines


def selection_lines(
    package: Package, sums: Collection[Sum], language: Language
) -> list[Line]:
    """Say what is true of several sets of counties, a set a column."""
    say = speaker(language)

    def counts(field: str, spell: Callable[[str], str]) -> list[str]:
        return [
            say.series(
                say(N_("{value}: {n}"), value=spell(v), n=n)
                for v, n in getattr(one, field).items()
            )
            or "–"
            for one in sums
        ]

    def place(adcode: str) -> str:
        return say.pick(
            package.divisions[adcode].name, package.divisions[adcode].name_en
        )

    def kind(value: str) -> str:
        return say(package.label("memberships", "category", value))

    facts = {
        say(N_("Number of counties")): [str(one.counties) for one in sums],
        say(N_("Area (km²)")): [f"{one.area_km2:,.0f}" for one in sums],
        say(N_("Prefecture")): counts("prefectures", place),
        say(N_("Kind of poor county")): counts("categories", kind),
        say(N_("Partner city")): counts("partners", place),
        say(N_("Year of exit")): counts("exit_years", str),
    }
    for reference in REFERENCES:
        facts[_to(package, reference, language)] = [
            "{:,.0f}–{:,.0f}".format(*one.distances[reference]) if one.counties else "–"
            for one in sums
        ]
    lines = [Line(head=head, texts=tuple(values)) for head, values in facts.items()]
    for programme in package.programmes.values():
        numbers = [one.programmes.get(programme.id, 0) for one in sums]
        if any(numbers):
            line = Line(
                head=programme.name(language),
                texts=tuple(map(str, numbers)),
                programme=programme.id,
                has=tuple(n > 0 for n in numbers),
            )
            lines.append(line)
    return lines


def _to(package: Package, reference: str, language: Language) -> str:
    say, division = speaker(language), package.divisions[reference]
    place = say.pick(division.name, division.name_en)
    return say(N_("Distance to {place} (km)"), place=place)


def _counted(values: pd.Series) -> dict[str, int]:
    counts = values.astype(str).value_counts().sort_index()
    return {str(value): int(n) for value, n in counts.items() if value}

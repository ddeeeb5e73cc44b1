"""Counties and selections beside each other: distances, differences, sums."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.boundaries import Boundaries
from geo.crs import distance_km, representative_points
from geo.kept import kept_with_owner
from geo.language import N_, Language, Speaker, speaker
from layers.facts import date_texts
from layers.facts.changes import reason
from layers.facts.package import Package
from layers.facts.territory import day_text
from layers.facts.value_texts import STANDINGS, cell_text
from layers.facts.variables import (
    Variable,
    in_sentences,
    in_series,
    leading_numbers,
)
from layers.select.summaries import Summary, summarise, with_unknown

_CAPITAL: Final = "0100"
"""How the code of the capital of a province ends (GB/T 2260)."""


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


def references(boundaries: Boundaries) -> dict[str, str]:
    """Return where distances are measured to: municipalities, and the capital.

    Returns
    -------
    dict of str to str
        Level of the boundaries by adcode.
    """
    found = dict.fromkeys(points(boundaries, "municipality").index, "municipality")
    prefectures = points(boundaries, "prefecture").index
    capitals = [code for code in prefectures if code.endswith(_CAPITAL)]
    return {**found, **dict.fromkeys(capitals, "prefecture")}


def reference_points(boundaries: Boundaries) -> dict[str, tuple[float, float]]:
    """Return longitude and latitude of the references' points."""
    levels = references(boundaries)
    found = {a: points(boundaries, level)[a] for a, level in levels.items()}
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
    prefectures : dict of str to int
        How many of them lie in each; prefectures of none are left out.
    variables : dict of str to Summary
        Each variable over them, programmes included.
    distances : dict of str to (float, float)
        Nearest and farthest of them in kilometres, by reference; empty for none.
    """

    counties: int
    area_km2: float
    prefectures: dict[str, int]
    variables: dict[str, Summary]
    distances: dict[str, tuple[float, float]]


def summed(package: Package, counties: pd.DataFrame, adcodes: Collection[str]) -> Sum:
    """Sum up rows of the county table, variable by variable.

    Parameters
    ----------
    package : Package
        The facts.
    counties : pandas.DataFrame
        The county table.
    adcodes : collection of str
        The rows to sum up.
    """
    own = counties.loc[list(adcodes)]
    away = distances(package.boundaries, own.index)
    return Sum(
        counties=len(own),
        area_km2=float(own["area_km2"].sum()),
        prefectures=_counted(own["prefecture_adcode"]),
        variables={
            variable.id: summarise(package, variable, counties, own.index)
            for variable in package.variables.values()
        },
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
    group : str
        Under which heading it stands; ``""`` for the facts that lead. Lines of one
        heading follow one another.
    """

    head: str
    texts: tuple[str, ...]
    programme: str = ""
    has: tuple[bool, ...] = ()
    group: str = ""


def county_lines(
    package: Package,
    counties: pd.DataFrame,
    adcodes: Collection[str],
    language: Language,
) -> list[Line]:
    """Say what is known of counties, a county a column; programmes of none left out.

    Parameters
    ----------
    package : Package
        The facts.
    counties : pandas.DataFrame
        The county table.
    adcodes : collection of str
        The columns, in their order.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    own = counties.loc[list(adcodes)]
    away = distances(package.boundaries, own.index)
    facts: dict[str, Iterable[str]] = {
        say(N_("Prefecture")): own[say.pick("prefecture", "prefecture_en")],
        say(N_("Area (km²)")): [f"{area:,.0f}" for area in own["area_km2"]],
    }
    rows = own.to_dict("records")
    figures: list[Line] = []
    leading = leading_numbers(package.variables.values())
    for variables in in_sentences(package.variables.values()).values():
        first = variables[0]
        if first.kind == "date":
            facts[first.name(language)] = [
                date_texts.of_county(package, variables, str(a), say) for a in own.index
            ]
        elif not first.is_programme:
            texts = [cell_text(package, first, row, language) for row in rows]
            if first.kind != "number" or first.id in leading:
                facts[first.name(language)] = texts
            else:
                figures.append(_figure(package, first, texts, language))
    if any(moved := [_moved(package, str(a), say) for a in own.index]):
        facts[say(N_("Territory changed"))] = moved
    if any(apart := [_not_comparable(package, str(a), say) for a in own.index]):
        facts[say(N_("Figures of two times"))] = apart
    lines = [
        Line(head=head, texts=tuple(v or "–" for v in values))
        for head, values in facts.items()
    ]
    for programme in package.programmes.values():
        standings = [package.standing(programme.id, str(a)) for a in own.index]
        # What is reported of one is told, whoever else is compared.
        if {"yes", "reported"} & set(standings):
            lines.append(
                Line(
                    head=programme.name(language),
                    texts=tuple(say(STANDINGS[s]) for s in standings),
                    programme=programme.id,
                    has=tuple(s == "yes" for s in standings),
                    group=say(N_("Programmes")),
                )
            )
    lines += figures
    lines += [
        Line(
            head=_to(package, reference, language),
            texts=tuple(f"{d:,.0f}" for d in away[reference]),
            group=say(N_("Distances")),
        )
        for reference in references(package.boundaries)
    ]
    return lines


def _figure(
    package: Package, variable: Variable, texts: Iterable[str], language: Language
) -> Line:
    """Return the line of a number, under the heading of its group."""
    return Line(
        head=variable.name(language),
        texts=tuple(text or "–" for text in texts),
        group=package.groups[variable.group].name(language),
    )


def _not_comparable(package: Package, adcode: str, say: Speaker) -> str:
    """Say why figures of two times are not of one ground; empty if they are."""
    reasons = dict.fromkeys(
        reason(package, own[-1], own[0], adcode, say)
        for own in in_series(package.variables.values()).values()
        if len(own) > 1
    )
    return say.clauses(filter(None, reasons))


def _moved(package: Package, adcode: str, say: Speaker) -> str:
    """Say when a county's territory changed since the first of the times compared.

    Whoever compares counties compares values of several times: of lists, of dates, of
    two censuses.
    """
    since = min(v.since for v in package.variables.values() if v.since)
    changes = package.divisions.territory_changes(adcode, since)
    told = []
    for change in changes:
        day = day_text(change, say)
        text = N_("{day} (run by another county since; the boundary stayed)")
        told.append(say(text, day=day) if change.boundary == "stayed" else day)
    return say.series(dict.fromkeys(told))


def selection_lines(
    package: Package, sums: Collection[Sum], language: Language
) -> list[Line]:
    """Say what is true of several sets of counties, a set a column.

    Parameters
    ----------
    package : Package
        The facts.
    sums : collection of Sum
        What is true of each set, in the order of the columns.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)

    def in_prefectures(one: Sum) -> str:
        parts = [
            say(
                N_("{value}: {n}"),
                value=say.pick(
                    package.divisions[code].name, package.divisions[code].name_en
                ),
                n=n,
            )
            for code, n in one.prefectures.items()
        ]
        return say.series(parts) or "–"

    facts = {
        say(N_("Number of counties")): [str(one.counties) for one in sums],
        say(N_("Area (km²)")): [f"{one.area_km2:,.0f}" for one in sums],
        say(N_("Prefecture")): [in_prefectures(one) for one in sums],
    }
    figures: list[Line] = []
    leading = leading_numbers(package.variables.values())
    for variable in package.variables.values():
        if not variable.is_programme:
            texts = [
                with_unknown(package, variable, one.variables[variable.id], language)
                for one in sums
            ]
            if variable.kind != "number" or variable.id in leading:
                facts[variable.name(language)] = texts
            else:
                figures.append(_figure(package, variable, texts, language))
    lines = [Line(head=head, texts=tuple(values)) for head, values in facts.items()]
    for programme in package.programmes.values():
        counted = [one.variables[programme.id].counts for one in sums]
        if any(counts.get("yes") or counts.get("reported") for counts in counted):
            line = Line(
                head=programme.name(language),
                texts=tuple(_standings_text(counts, say) for counts in counted),
                programme=programme.id,
                has=tuple(counts.get("yes", 0) > 0 for counts in counted),
                group=say(N_("Programmes")),
            )
            lines.append(line)
    lines += figures
    lines += [
        Line(
            head=_to(package, reference, language),
            texts=tuple(
                "{:,.0f}–{:,.0f}".format(*one.distances[reference])
                if one.counties
                else "–"
                for one in sums
            ),
            group=say(N_("Distances")),
        )
        for reference in references(package.boundaries)
    ]
    return lines


def _standings_text(counts: dict[str, int], say: Speaker) -> str:
    """Say how many are in a programme, and of how many that is not known."""
    inside = str(counts.get("yes", 0))
    unsure = [
        say(N_("{n} {what}"), n=counts[standing], what=say(STANDINGS[standing]))
        for standing in ("not_said", "reported")
        if counts.get(standing)
    ]
    if not unsure:
        return inside
    return say(N_("{text} ({mark})"), text=inside, mark=say.series(unsure))


def _to(package: Package, reference: str, language: Language) -> str:
    say, division = speaker(language), package.divisions[reference]
    place = say.pick(division.name, division.name_en)
    return say(N_("Distance to {place} (km)"), place=place)


def _counted(values: pd.Series) -> dict[str, int]:
    counts = values.astype(str).value_counts().sort_index()
    return {str(value): int(n) for value, n in counts.items() if value}

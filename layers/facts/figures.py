"""Numbers: from units of the day to counties of today, and what stays beside them.

A source of numbers counts the units of its day. Where such a unit is a county of today
its number is the county's; where several were merged into one, their numbers are put
together as the variable allows. Where ground moved there is no comparable number. Zones
that statistics count apart, and units whose ground is no county of today, stay beside:
with them the counties of a prefecture come to its total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from math import fsum

import pandas as pd

from geo.divisions import Divisions
from geo.language import N_, speaker
from geo.names import beside
from layers.facts.rows import records
from layers.facts.values import Value
from layers.facts.variables import Variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number as published: a row of ``numbers.csv``.

    Attributes
    ----------
    level : {"county", "zone", "prefecture", "province"}
        ``county``: a county-level unit of the day, whatever became of it.
    code, name : str
        Of the unit, as the source of the day has them.
    within : str
        Adcode of the prefecture that it lies in; of a prefecture or the province
        its own.
    counties : tuple of str
        Counties of today on whose ground it lies; none of a zone, several of a
        unit that was split.
    """

    variable: str
    level: str
    code: str
    name: str
    within: str
    counties: tuple[str, ...]
    number: float
    source: tuple[str, ...]
    section: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """All numbers, sorted by what they are of.

    Attributes
    ----------
    values : tuple of Value
        Of counties of today; those of another ground among them, not known.
    beside : mapping of str to tuple of Figure
        By variable: zones and units of the day that are in no county's value.
    totals : mapping of (str, str) to Figure
        By variable and adcode, of prefectures and the province.
    """

    values: tuple[Value, ...]
    beside: Mapping[str, tuple[Figure, ...]]
    totals: Mapping[tuple[str, str], Figure]


def read_figures(
    tables: Mapping[str, pd.DataFrame], divisions: Divisions
) -> tuple[Figure, ...]:
    """Read the rows of ``numbers.csv``; tables as for `layers.facts.values`."""
    zones = dict(
        zip(tables["zones"]["code"], tables["zones"]["prefecture_adcode"], strict=True)
    )
    followers = cache(divisions.followers)
    return tuple(
        _figure(row, divisions, followers, zones) for row in records(tables["numbers"])
    )


def carry(
    figures: Iterable[Figure], divisions: Divisions, variables: Mapping[str, Variable]
) -> Numbers:
    """Carry numbers over to the counties of today.

    Parameters
    ----------
    figures : iterable of Figure
        As published.
    divisions : geo.divisions.Divisions
        With crosswalk and changes of territory.
    variables : mapping of str to Variable
        They say how numbers of several units become one, and of when they are.
    """
    by_unit: dict[tuple[str, str, str], float] = {}
    of_county: dict[tuple[str, str], list[Figure]] = {}
    beside: dict[str, list[Figure]] = {}
    totals: dict[tuple[str, str], Figure] = {}
    for figure in figures:
        if figure.level in {"prefecture", "province"}:
            totals[figure.variable, figure.code] = figure
        elif len(figure.counties) == 1:
            by_unit[figure.variable, figure.code, figure.name] = figure.number
            of_county.setdefault((figure.variable, *figure.counties), []).append(figure)
        else:
            beside.setdefault(figure.variable, []).append(figure)
    values: list[Value] = []
    # A census asks the same of a county for every variable.
    is_same = cache(partial(_is_same_ground, divisions))
    for (identifier, adcode), own in of_county.items():
        variable = variables[identifier]
        parts = [_value(figure, adcode) for figure in own]
        if not is_same(variable.since, adcode, frozenset(f.code for f in own)):
            values += [replace(part, of_other_ground=True) for part in parts]
            beside.setdefault(identifier, []).extend(own)
        elif len(parts) == 1:
            values += parts
        else:
            weights = [by_unit.get((variable.denominator, f.code, f.name)) for f in own]
            together = put_together(variable, [f.number for f in own], weights)
            if together is None:
                values += [replace(part, of_other_ground=True) for part in parts]
                beside.setdefault(identifier, []).extend(own)
            else:
                values.append(_together(variable, parts, together))
    return Numbers(
        values=tuple(values),
        beside={name: tuple(own) for name, own in beside.items()},
        totals=totals,
    )


def put_together(
    variable: Variable,
    numbers: Iterable[float | None],
    weights: Iterable[float | None],
) -> float | None:
    """Make one number of several, as the registry says that it may be.

    Parameters
    ----------
    variable : Variable
        Its ``aggregate`` says how: sum, mean or none.
    numbers, weights : iterable of float or None
        Numbers of several areas, and of the same ones the denominator. Areas without
        a number are left out, of a mean also those without a weight.

    Returns
    -------
    float or None
        None where nothing may be put together, or nothing is known.

    Examples
    --------
    A share of 10 % of one person and 40 % of two is 30 % of the three.
    """
    pairs = [(n, w) for n, w in zip(numbers, weights, strict=True) if n is not None]
    if variable.aggregate == "sum" and pairs:
        return fsum(n for n, _ in pairs)
    if variable.aggregate == "mean":
        weighted = [(n, w) for n, w in pairs if w]
        total = fsum(w for _, w in weighted)
        if total:
            return fsum(n * w for n, w in weighted) / total
    return None


def as_fine(number: float, parts: Iterable[float]) -> float:
    """Round what was made of numbers to the decimals that they have.

    Examples
    --------
    >>> as_fine(7.151821, [6.96, 7.4])
    7.15
    """
    texts = (f"{part:.10f}".rstrip("0").partition(".")[2] for part in parts)
    return round(number, max((len(text) for text in texts), default=0))


def _figure(
    row: Mapping[str, object],
    divisions: Divisions,
    followers: Callable[[str, str], tuple[str, ...]],
    zones: Mapping[str, str],
) -> Figure:
    code, name, level = (
        str(row[column]) for column in ("published_adcode", "published_name", "level")
    )
    counties = followers(code, name) if level == "county" else ()
    within = code
    if level == "zone":
        within = zones[code]
    elif level == "county":
        within = divisions[counties[0]].parent
    return Figure(
        variable=str(row["variable"]),
        level=level,
        code=code,
        name=name,
        within=within,
        counties=counties,
        number=float(str(row["value"])),
        source=tuple(str(row["source"]).split(";")),
        section=str(row["section"]),
        confidence=str(row["confidence"]),
    )


def _is_same_ground(
    divisions: Divisions, since: str, adcode: str, units: frozenset[str]
) -> bool:
    """Whether the units of the day make up the county as it is drawn, and nothing else.

    Ground that is run by another county since then is drawn where it was: of the two
    numbers it is the later one that has another ground than the boundary.
    """
    if not since:
        return True
    if any(t.boundary == "moved" for t in divisions.moved_since(adcode, since)):
        return False
    merged = divisions.merged_since(adcode, since)
    return {change.former_adcode for change in merged} <= units


def _value(figure: Figure, adcode: str) -> Value:
    return Value(
        adcode=adcode,
        variable=figure.variable,
        value=figure.number,
        published_adcode=figure.code,
        published_name=figure.name,
        source=figure.source,
        section=figure.section,
        confidence=figure.confidence,
    )


def _together(variable: Variable, parts: list[Value], number: float) -> Value:
    """Make the value of a county of those of the units that were merged into it."""
    details = []
    for language in ("zh", "en"):
        say = speaker(language)
        text = N_("sum of: {parts}")
        if variable.aggregate == "mean":
            text = N_("mean, weighted by the denominator, of: {parts}")
        named = say.series(
            f"{beside(p.published_name, language)} {p.value:,.10g}" for p in parts
        )
        details.append(say(text, parts=named))
    return replace(
        parts[0],
        value=as_fine(number, [part.value for part in parts]),
        published_adcode=";".join(part.published_adcode for part in parts),
        published_name="、".join(part.published_name for part in parts),
        detail_zh=details[0],
        detail_en=details[1],
        confidence="derived",
        parts=tuple(parts),
    )

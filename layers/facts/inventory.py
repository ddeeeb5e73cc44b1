"""What the facts rest on and where they end: citations, dates, gaps.

The counts of programmes and of their evidence are those of :mod:`layers.facts.report`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from layers.facts.package import Package
from layers.facts.rows import records
from layers.facts.schema import Table
from layers.facts.sources import Source
from layers.facts.values import Span, Value
from layers.facts.variables import Variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """What rests on one source, in detail; the total is in `layers.facts.report`.

    Attributes
    ----------
    rows : mapping of str to int
        Rows that cite it, by table; empty if nothing rests on it.
    variables : tuple of str
        Ids of the variables of these rows, in the order of the registry.
    """

    source: Source
    rows: Mapping[str, int]
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Counties that have the same date under one variable.

    Attributes
    ----------
    date : str
        As the table has it: a day, month or year.
    adcodes : tuple of str
        In order of code.
    """

    date: str
    adcodes: tuple[str, ...]


def citations(package: Package) -> tuple[Citations, ...]:
    """Count by table what rests on each source, in the order of the table."""
    rows: dict[str, Counter[str]] = {source: Counter() for source in package.sources}
    variables: dict[str, set[str]] = {source: set() for source in package.sources}
    for table, description in package.descriptions.items():
        own = "id" if table == "variables" else "variable"
        for row in _records(package, table):
            # A place or a scope says of which programme it is.
            variable = row.get(own) or row.get("programme", "")
            for source in cited_in(description, row):
                rows[source][table] += 1
                variables[source].add(variable)
    return tuple(
        Citations(
            source=source,
            rows=dict(rows[identifier]),
            variables=tuple(v for v in package.variables if v in variables[identifier]),
        )
        for identifier, source in package.sources.items()
    )


def cited_in(description: Table, row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids of the sources that a row names, for its value and whatever else.

    Parameters
    ----------
    description : Table
        Of the table.
    row : mapping of str to object
        A row of it. What it names for two of its fields comes twice.
    """
    for field in description.fields:
        if field.item_reference and field.item_reference[0] == "sources":
            named = str(row[field.name]).split(field.item_reference[2])
            yield from dict.fromkeys(filter(None, named))


def outside_evidence(package: Package) -> dict[str, list[dict[str, Any]]]:
    """Return the evidence rows that do not come from the plan, by programme."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _records(package, "evidence"):
        if row["confidence"] != "stated":
            found.setdefault(row["variable"], []).append(row)
    return found


def dated(package: Package, variable: Variable) -> tuple[Dated, ...]:
    """Group the counties whose date is known by it, the earliest first."""
    found: dict[str, list[str]] = {}
    for adcode, values in package.values_by_county(variable.id).items():
        for value in values:
            if isinstance(value.value, Span) and value.is_known:
                found.setdefault(value.value.latest, []).append(adcode)
    return tuple(
        Dated(date=date, adcodes=tuple(sorted(adcodes)))
        for date, adcodes in sorted(found.items())
    )


def undated(package: Package, variable: Variable) -> tuple[Value, ...]:
    """Return the values of a date that are not known for sure, or of a part only."""
    return tuple(
        value
        for values in package.values_by_county(variable.id).values()
        for value in values
        if not value.is_known
    )


def without_value(package: Package, variable: Variable) -> tuple[str, ...]:
    """Return the counties to which a variable applies and that have no value of it."""
    among = (
        package.members(variable.among)
        if variable.among
        else package.divisions.of_level("county")
    )
    known = package.values_by_county(variable.id)
    return tuple(
        adcode
        for adcode in sorted(among)
        if all(value.of_other_ground for value in known.get(adcode, ()))
    )


def without_partner_district(
    package: Package, relation: Variable
) -> dict[str, tuple[str, ...]]:
    """List the counties of which no more than the city of the partner is known.

    Returns
    -------
    dict of str to tuple of str
        Adcodes by adcode of the partner city; cities without a gap are left out.
    """
    gaps: dict[str, tuple[str, ...]] = {}
    for adcode, values in package.values_by_county(relation.id).items():
        named = [value.value for value in values]
        above = {package.divisions[code].parent for code in named}
        for code in named:
            if not package.divisions[code].parent and code not in above:
                gaps[code] = (*gaps.get(code, ()), adcode)
    return gaps


def _records(package: Package, table: str) -> list[dict[str, Any]]:
    return [
        {str(name): value for name, value in row.items()}
        for row in records(package.tables[table])
    ]


def unsaid(package: Package, variable: Variable) -> frozenset[str]:
    """Return the counties of which a variable that is no programme is not known.

    Not those to which it does not apply, nor those of which there is only a report;
    where a list is complete, only what it has without certainty is not known.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        Of any kind but a programme.
    """
    counties = frozenset(package.divisions.of_level("county"))
    values = package.values_by_county(variable.id)
    settled = {
        adcode
        for adcode, own in values.items()
        if any(v.is_known for v in own) or not any(v.listed for v in own)
    }
    applies = package.members(variable.among) if variable.among else counties
    return frozenset(
        applies & (values.keys() if variable.is_whole else counties) - settled
    )

"""What the facts rest on and where they end: citations, exits, gaps.

The counts of programmes and of their evidence are those of :mod:`layers.facts.report`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from layers.facts.catalogue import Source
from layers.facts.package import Package

_KNOWN: Final = frozenset({"stated", "high", "medium"})
"""Degrees of certainty with which a date counts as known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """What rests on one source, in detail; the total is in `layers.facts.report`.

    Attributes
    ----------
    rows : mapping of str to int
        Rows that cite it, by table; empty if nothing rests on it.
    programmes : tuple of str
        Ids of the programmes of these rows, in the order of the registry.
    """

    source: Source
    rows: Mapping[str, int]
    programmes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRound:
    """National-level counties whose exit was approved in one round.

    Attributes
    ----------
    assessed_year : int
        Year for which the exits were applied.
    approved : str
        Month of the approval, ``YYYY-MM``.
    adcodes : tuple of str
        In order of code.
    """

    assessed_year: int
    approved: str
    adcodes: tuple[str, ...]


def citations(package: Package) -> tuple[Citations, ...]:
    """Count by table what rests on each source, in the order of the table."""
    rows: dict[str, Counter[str]] = {source: Counter() for source in package.sources}
    programmes: dict[str, set[str]] = {source: set() for source in package.sources}
    for table, description in package.descriptions.items():
        references = [
            (field.name, field.item_reference[2])
            for field in description.fields
            if field.item_reference and field.item_reference[0] == "sources"
        ]
        own = "id" if table == "programmes" else "programme"
        for row in _records(package, table):
            programme = row.get(own, "")
            for column, delimiter in references:
                for source in set(filter(None, row[column].split(delimiter))):
                    rows[source][table] += 1
                    programmes[source].add(programme)
    return tuple(
        Citations(
            source=source,
            rows=dict(rows[identifier]),
            programmes=tuple(
                p for p in package.programmes if p in programmes[identifier]
            ),
        )
        for identifier, source in package.sources.items()
    )


def outside_evidence(package: Package) -> dict[str, list[dict[str, Any]]]:
    """Return the evidence rows that do not come from the plan, by programme."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in _records(package, "evidence"):
        if row["confidence"] != "stated":
            found.setdefault(row["programme"], []).append(row)
    return found


def exit_rounds(package: Package) -> tuple[ExitRound, ...]:
    """Group the national-level counties by the round in which they left the list."""
    rounds: dict[tuple[int, str], list[str]] = {}
    for row in _records(package, "exits"):
        if _in_round(row):
            key = (int(row["assessed_year"]), row["approved_to"][:7])
            rounds.setdefault(key, []).append(_today(package, row))
    return tuple(
        ExitRound(assessed_year=year, approved=month, adcodes=tuple(sorted(adcodes)))
        for (year, month), adcodes in sorted(rounds.items())
    )


def other_exits(package: Package) -> list[dict[str, Any]]:
    """Return the rows of exits that are in no round, in the order of the table."""
    return [row for row in _records(package, "exits") if not _in_round(row)]


def is_dated(row: Mapping[str, Any]) -> bool:
    """Whether an exit has one known date."""
    known = row["confidence"] in _KNOWN
    return known and bool(row["approved_from"] == row["approved_to"])


def without_partner_district(package: Package) -> dict[str, tuple[str, ...]]:
    """List the paired counties of which no supporting district is known.

    Returns
    -------
    dict of str to tuple of str
        Adcodes by adcode of the partner city; cities without a gap are left out.
    """
    pairs = _records(package, "pairs")
    supported = {_today(package, row) for row in pairs if row["level"] == "district"}
    gaps: dict[str, tuple[str, ...]] = {}
    for row in pairs:
        adcode = _today(package, row)
        if row["level"] == "city" and adcode not in supported:
            city = row["partner_adcode"]
            gaps[city] = (*gaps.get(city, ()), adcode)
    return gaps


def _in_round(row: Mapping[str, Any]) -> bool:
    whole = row["unit"] == "county"
    return whole and row["level"] == "national" and is_dated(row)


def _today(package: Package, row: Mapping[str, Any]) -> str:
    return package.divisions.current(row["published_adcode"], row["published_name"])


def _records(package: Package, table: str) -> list[dict[str, Any]]:
    return [
        {str(name): value for name, value in row.items()}
        for row in package.tables[table].to_dict("records")
    ]

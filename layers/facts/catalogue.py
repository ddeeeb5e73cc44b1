"""The registry: programmes, their groups, and the sources that everything rests on.

All of it is rows of ``data/attributes``; a programme more is rows more and nothing
else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from geo.language import Language, speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that values rest on."""

    id: str
    title_zh: str
    title_en: str
    publisher: str
    date: str
    url: str
    kind: str
    read_as: str

    def title(self, language: Language) -> str:
        """Return the title in one language."""
        return speaker(language).pick(self.title_zh, self.title_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A heading under which programmes are shown."""

    id: str
    order: int
    name_zh: str
    name_en: str

    def name(self, language: Language) -> str:
        """Return the name in one language."""
        return speaker(language).pick(self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A policy programme or area, and how completely its members are known.

    Attributes
    ----------
    stated_count : int or None
        Counties that the source counts.
    named_count : int
        Counties that the source names, or that the rule yields.
    completeness : {"complete", "open", "incomplete"}
        ``open`` if the source's list says itself that it is not exhaustive,
        ``incomplete`` if the source counts more than it names.
    basis : {"stated", "derived"}
        Whether a source names the members or a rule yields them.
    """

    id: str
    order: int
    group: str
    kind: str
    name_zh: str
    name_en: str
    short_zh: str
    short_en: str
    colour: str
    partner_adcode: str
    stated_count: int | None
    named_count: int
    completeness: str
    basis: str
    rule_zh: str = field(repr=False)
    rule_en: str = field(repr=False)
    definition_zh: str = field(repr=False)
    definition_en: str = field(repr=False)
    source: tuple[str, ...]
    section: str
    confidence: str

    def name(self, language: Language) -> str:
        """Return the full name in one language."""
        return speaker(language).pick(self.name_zh, self.name_en)

    def short(self, language: Language) -> str:
        """Return the short name in one language."""
        return speaker(language).pick(self.short_zh, self.short_en)

    def definition(self, language: Language) -> str:
        """Return what the programme is, in one language."""
        return speaker(language).pick(self.definition_zh, self.definition_en)

    def rule(self, language: Language) -> str:
        """Return how members are derived, in one language; empty if they are named."""
        return speaker(language).pick(self.rule_zh, self.rule_en)


def sources(table: pd.DataFrame) -> dict[str, Source]:
    """Build the sources by id from their table."""
    return {row["id"]: Source(**row) for row in _records(table)}


def groups(table: pd.DataFrame) -> dict[str, Group]:
    """Build the groups by id, in their order."""
    rows = sorted(_records(table), key=lambda row: row["order"])
    return {row["id"]: Group(**row) for row in rows}


def programmes(table: pd.DataFrame) -> dict[str, Programme]:
    """Build the programmes by id, in their order."""
    rows = sorted(_records(table), key=lambda row: row["order"])
    return {
        row["id"]: Programme(**{**row, "source": tuple(row["source"].split(";"))})
        for row in rows
    }


def by_group(
    programmes: Mapping[str, Programme], groups: Mapping[str, Group]
) -> dict[Group, list[Programme]]:
    """Sort programmes under their groups, in order, leaving out empty groups."""
    sorted_in = {
        group: [p for p in programmes.values() if p.group == group.id]
        for group in groups.values()
    }
    return {group: members for group, members in sorted_in.items() if members}


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): None if value is pd.NA else value for name, value in record.items()}
        for record in table.to_dict("records")
    ]

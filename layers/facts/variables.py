"""The registry of variables: what is known of counties, each under one definition.

A programme is a variable of the kind *membership*. All of it is rows of
``data/attributes``; a variable more is rows more and nothing else. How a variable is
drawn, filtered, summed and exported follows from its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

import pandas as pd

from geo.language import Language, heading, speaker
from layers.facts.rows import records

Kind = Literal["membership", "category", "number", "date", "relation"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

VALUE_TABLES: Final[Mapping[Kind, str]] = {
    "membership": "memberships",
    "category": "categories",
    "number": "numbers",
    "date": "dates",
    "relation": "relations",
}
"""Table of the values of each kind."""

_OF_COUNTIES: Final = re.compile("县(（[市区、]+）)?$")
"""How a Chinese name ends that is one of counties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A heading under which variables are shown.

    Attributes
    ----------
    filter : bool
        Whether the memberships of the group are also offered as alternatives under
        its id: in an address, and among the filters.
    opening : bool
        Whether the map opens with the programmes of the group.
    name_en, within_en : str
        As a heading, and as in the middle of a sentence; ``""`` if that is the same.
    """

    id: str
    order: int
    name_zh: str
    name_en: str
    filter: bool
    opening: bool
    within_en: str = ""

    def name(self, language: Language) -> str:
        """Return the name in one language."""
        return speaker(language).pick(self.name_zh, self.name_en)

    def within(self, language: Language) -> str:
        """Return the name as it stands in the middle of a sentence."""
        return speaker(language).pick(self.name_zh, self.within_en or self.name_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueClass:
    """A value that a category can take, or a partner of a relation.

    Attributes
    ----------
    value : str
        Code of the class, or adcode of the partner.
    colour : str
        Hexadecimal; ``""`` for one of the palette.
    """

    value: str
    order: int
    name_zh: str
    name_en: str
    colour: str

    def name(self, language: Language) -> str:
        """Return the name in one language."""
        return speaker(language).pick(self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What is measured at several times: a variable for each."""

    id: str
    name_zh: str
    name_en: str
    caution_zh: str = ""
    caution_en: str = ""

    def name(self, language: Language) -> str:
        """Return the name in one language, without a time."""
        return speaker(language).pick(self.name_zh, self.name_en)

    def caution(self, language: Language) -> str:
        """Return what to heed when times are compared; ``""`` if nothing."""
        return speaker(language).pick(self.caution_zh, self.caution_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """What is known of counties under one definition.

    Attributes
    ----------
    kind : {"membership", "category", "number", "date", "relation"}
        What a value is: see :class:`layers.facts.values.Value`.
    colour : str
        Of a membership; ``""`` for other kinds.
    name_en, short_en, within_en, short_within_en : str
        As headings, and as in the middle of a sentence; ``""`` if that is the same.
    former_ids : tuple of str
        Ids under which addresses of earlier editions know the variable.
    unit : str
        Of a number: a row of ``units.csv``.
    period : str
        Day, year or span (ISO 8601) that the values speak of; ``""`` if none.
    series : str
        Of a number: the :class:`Series` that it is one time of; ``""`` if of none.
    measure, aggregate, denominator : str
        Of a number: count, amount, rate or index; how numbers of several counties
        become one (sum, mean weighted by the denominator, none); the variable over
        which it is taken.
    sample : bool
        Of a count: whether it is of a sample, so that only shares mean something.
    breaks : tuple of float
        Of a number: upper bounds of its classes, as somebody chose them; empty for
        the usual ones.
    ordered : bool
        Whether the classes of a category have an order.
    told_zh, told_en : str
        Of a date: the sentence, with ``{date}`` or ``{when}``; ``""`` for the date
        alone.
    after : str
        Of a date: the date that it completes, in one sentence; it never precedes it.
    among : str
        Membership outside of which the variable does not apply; ``""`` if it applies
        to every county.
    relation, partner_adcode : str
        Of a membership that a relation says as well: the relation and the partner.
    stated_count : int or None
        Counties that the source counts.
    stated_in : str
        Section in which it does; ``""`` if it counts none.
    confined_to : tuple of str
        Prefectures beyond which the source of a list that is not complete means
        nobody; empty if it does not say so.
    named_count : int
        Counties that the source names, or that the rule yields.
    completeness : {"complete", "open", "incomplete"}
        ``open`` if the source's list says itself that it is not exhaustive,
        ``incomplete`` if the source counts more than it names.
    basis : {"stated", "derived"}
        Whether a source names the counties or a rule yields them.
    classes : tuple of ValueClass
        Of a category or relation, in order.
    own : bool
        Whether the user brought it: own data, in no table and not of the plan.
    """

    id: str
    order: int
    group: str
    kind: Kind
    name_zh: str
    name_en: str
    short_zh: str
    short_en: str
    within_en: str = ""
    short_within_en: str = ""
    colour: str = ""
    former_ids: tuple[str, ...] = ()
    unit: str = ""
    period: str = ""
    series: str = ""
    measure: str = ""
    aggregate: str = ""
    denominator: str = ""
    sample: bool = False
    breaks: tuple[float, ...] = ()
    told_zh: str = field(default="", repr=False)
    told_en: str = field(default="", repr=False)
    after: str = ""
    ordered: bool = False
    among: str = ""
    relation: str = ""
    partner_adcode: str = ""
    stated_count: int | None = None
    stated_in: str = ""
    confined_to: tuple[str, ...] = ()
    named_count: int = 0
    completeness: str = "complete"
    basis: str = "stated"
    rule_zh: str = field(default="", repr=False)
    rule_en: str = field(default="", repr=False)
    missing_zh: str = field(repr=False)
    missing_en: str = field(repr=False)
    definition_zh: str = field(repr=False)
    definition_en: str = field(repr=False)
    source: tuple[str, ...]
    section: str
    confidence: str
    classes: tuple[ValueClass, ...] = field(default=(), repr=False)
    own: bool = False

    @property
    def is_programme(self) -> bool:
        """Whether it is a membership: what the atlas calls a programme."""
        return self.kind == "membership"

    @property
    def since(self) -> str:
        """The day or year in which the period begins; ``""`` if it has none."""
        return self.period.partition("/")[0]

    @property
    def is_whole(self) -> bool:
        """Whether every county is known to have a value or to have none.

        Of some it may not be known which value.
        """
        return self.completeness in {"complete", "partial"}

    @property
    def is_of_counties(self) -> bool:
        """Whether the name is one of counties: 62 poor counties, but no 38 relocation.

        Chinese names have their head at the end and say it of one as of many.
        """
        return _OF_COUNTIES.search(self.name_zh) is not None

    def name(self, language: Language) -> str:
        """Return the full name in one language, as a heading."""
        return speaker(language).pick(self.name_zh, self.name_en)

    def within(self, language: Language) -> str:
        """Return the full name as it stands in the middle of a sentence."""
        return speaker(language).pick(self.name_zh, self.within_en or self.name_en)

    def short(self, language: Language) -> str:
        """Return the short name in one language, as a heading."""
        return speaker(language).pick(self.short_zh, self.short_en)

    def short_within(self, language: Language) -> str:
        """Return the short name as it stands in the middle of a sentence."""
        return speaker(language).pick(
            self.short_zh, self.short_within_en or self.short_en
        )

    def definition(self, language: Language) -> str:
        """Return what the variable is, in one language."""
        return speaker(language).pick(self.definition_zh, self.definition_en)

    def rule(self, language: Language) -> str:
        """Return how values are derived, in one language; empty if they are stated."""
        return speaker(language).pick(self.rule_zh, self.rule_en)

    def told(self, language: Language) -> str:
        """Return the sentence that says a date of a county, in one language."""
        return speaker(language).pick(self.told_zh, self.told_en)

    def missing(self, language: Language) -> str:
        """Return what it means that a county has no value, in one language."""
        return speaker(language).pick(self.missing_zh, self.missing_en)

    def class_name(self, value: str, language: Language) -> str:
        """Return the name of one of the classes; the value itself if it has none."""
        names = {known.value: known.name(language) for known in self.classes}
        return names.get(value, value)


def groups(table: pd.DataFrame) -> dict[str, Group]:
    """Build the groups by id, in their order."""
    rows = sorted(records(table), key=lambda row: row["order"])
    flags = ("filter", "opening")
    return {
        row["id"]: Group(
            **row | _headings(row) | {flag: row[flag] == "yes" for flag in flags}
        )
        for row in rows
    }


def series(table: pd.DataFrame) -> dict[str, Series]:
    """Build the series by id."""
    return {
        row["id"]: Series(**row | {"name_en": heading(row["name_en"])})
        for row in records(table)
    }


def variables(table: pd.DataFrame, classes: pd.DataFrame) -> dict[str, Variable]:
    """Build the variables by id, in their order.

    Parameters
    ----------
    table : pandas.DataFrame
        ``variables.csv``.
    classes : pandas.DataFrame
        ``classes.csv``.
    """
    own: dict[str, list[ValueClass]] = {}
    for row in sorted(records(classes), key=lambda row: row["order"]):
        own.setdefault(row.pop("variable"), []).append(ValueClass(**row))
    rows = sorted(records(table), key=lambda row: row["order"])
    return {
        row["id"]: Variable(
            **{
                **row,
                **_headings(row),
                "ordered": row["ordered"] == "yes",
                "sample": row["sample"] == "yes",
                "former_ids": _listed(row["former_ids"]),
                "confined_to": _listed(row["confined_to"]),
                "source": _listed(row["source"]),
                "classes": tuple(own.get(row["id"], ())),
            }
        )
        for row in rows
    }


def _headings(row: Mapping[str, Any]) -> dict[str, str]:
    """Give the English names of a row both ways.

    The tables have them as in the middle of a sentence: which words keep their capital
    there no rule can tell, but that a heading begins with one holds for all.
    """
    names = {"name_en": heading(row["name_en"]), "within_en": row["name_en"]}
    if "short_en" in row:
        names["short_en"] = heading(row["short_en"])
        names["short_within_en"] = row["short_en"]
    return names


def by_group(
    variables: Iterable[Variable], groups: Mapping[str, Group]
) -> dict[Group, list[Variable]]:
    """Sort variables under their groups, in order, leaving out empty groups."""
    listed = list(variables)
    sorted_in = {
        group: [v for v in listed if v.group == group.id] for group in groups.values()
    }
    return {group: members for group, members in sorted_in.items() if members}


def in_series(variables: Iterable[Variable]) -> dict[str, list[Variable]]:
    """Return the variables of each series by its id, the latest first.

    A variable of no series is one by itself, under its own id. The order is that in
    which the registry first names them.
    """
    found: dict[str, list[Variable]] = {}
    for variable in variables:
        found.setdefault(variable.series or variable.id, []).append(variable)
    for own in found.values():
        own.sort(key=lambda variable: variable.since, reverse=True)
    return found


def in_sentences(variables: Iterable[Variable]) -> dict[str, list[Variable]]:
    """Return the variables by the one under whose name they are said.

    A date that completes another is said with it; every other variable is said by
    itself.
    """
    listed = list(variables)
    found = {v.id: [v] for v in listed if not v.after}
    for variable in listed:
        if variable.after:
            found.setdefault(variable.after, []).append(variable)
    return found


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


def leading_numbers(variables: Iterable[Variable]) -> frozenset[str]:
    """Return the ids of the numbers that stand among the facts: of each group one."""
    first: dict[str, str] = {}
    for variable in variables:
        if variable.kind == "number":
            first.setdefault(variable.group, variable.id)
    return frozenset(first.values())

"""Values of counties: what the tables say, carried over to the adcodes of today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from geo.divisions import Divisions
from layers.facts.rows import records
from layers.facts.variables import VALUE_TABLES, Kind, Variable

KNOWN: Final = frozenset({"stated", "derived", "high", "medium"})
"""Degrees of certainty with which a date counts as known: an inferred one is shown as
such in words, but as a value it would look known."""

Standing = Literal["yes", "no", "not_said", "reported"]
"""What is known of a county and a programme. ``no`` only where the list is complete;
``reported`` by others, outside the list that the source counts."""


@dataclass(frozen=True, slots=True)
class Span:
    """When something happened: one date, or the span in which it must lie.

    Attributes
    ----------
    earliest, latest : str
        ISO dates, months or years; `earliest` is ``""`` if nothing is known of it.
    """

    earliest: str
    latest: str

    @property
    def is_one(self) -> bool:
        """Whether both are the same date."""
        return self.earliest == self.latest

    @property
    def year(self) -> int | None:
        """The year, if it is the same for the whole span."""
        first, last = self.earliest[:4], self.latest[:4]
        return int(last) if first == last else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What is known of one county under one variable, and who says so.

    Attributes
    ----------
    adcode : str
        County of today.
    variable : str
        Id of the variable.
    value : bool, str, float, Span
        True for a membership; the class of a category; a number in the unit of the
        variable; the :class:`Span` of a date; the adcode of the partner of a relation.
    published_adcode, published_name : str
        As the source of the day has them.
    of_part : bool
        Whether only a part of the county is meant.
    listed : bool
        Of a relation: whether it is in the list that the variable counts.
    dated_zh, dated_en : str
        Of a relation: when it is reported for.
    of_other_ground : bool
        Of a number: whether the unit had another territory than the county of today.
    parts : tuple of Value
        Of a number put together from several units of the day: those of the units.
    """

    adcode: str
    variable: str
    value: Any
    published_adcode: str
    published_name: str
    detail_zh: str = ""
    detail_en: str = ""
    of_part: bool = False
    listed: bool = True
    dated_zh: str = ""
    dated_en: str = ""
    of_other_ground: bool = False
    parts: tuple[Value, ...] = ()
    source: tuple[str, ...]
    section: str
    confidence: str

    @property
    def is_known(self) -> bool:
        """Whether it is sure enough to stand as a value in a table."""
        if isinstance(self.value, Span):
            return self.confidence in KNOWN and self.value.is_one and not self.of_part
        return self.listed and not self.of_part and not self.of_other_ground


def read_values(
    tables: Mapping[str, pd.DataFrame], divisions: Divisions
) -> tuple[Value, ...]:
    """Read the values of all kinds but numbers, in the order of their tables.

    What becomes of numbers, see :mod:`layers.facts.figures`.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Checked tables, by name.
    divisions : geo.divisions.Divisions
        Codes and names with their crosswalk.

    Raises
    ------
    geo.divisions.UnknownDivisionError
        If a published code and name lead to no county; checked tables have none.
    """
    return tuple(
        _value(kind, row, divisions)
        for kind, table in VALUE_TABLES.items()
        if kind != "number"
        for row in records(tables[table])
    )


def _value(kind: Kind, row: Mapping[str, Any], divisions: Divisions) -> Value:
    code, name = row["published_adcode"], row["published_name"]
    of_part = row.get("unit") == "part_of_county"
    return Value(
        adcode=code if of_part else divisions.current(code, name),
        variable=row["variable"],
        value=_content(kind, row),
        published_adcode=code,
        published_name=name,
        detail_zh=row.get("detail_zh", ""),
        detail_en=row.get("detail_en", ""),
        of_part=of_part,
        listed=row.get("listed", "yes") == "yes",
        dated_zh=row.get("dated_zh", ""),
        dated_en=row.get("dated_en", ""),
        source=tuple(row["source"].split(";")),
        section=row["section"],
        confidence=row["confidence"],
    )


def _content(kind: Kind, row: Mapping[str, Any]) -> Any:
    if kind == "membership":
        return True
    if kind == "date":
        return Span(row["earliest"], row["latest"])
    if kind == "relation":
        return row["partner_adcode"]
    return row["value"]


def partners(values: Iterable[Value], divisions: Divisions) -> tuple[str, ...]:
    """Return with whom a county is paired by the list: cities, not their districts.

    Parameters
    ----------
    values : iterable of Value
        Of one county and one relation.
    divisions : geo.divisions.Divisions
        A partner that lies in another partner is a detail of it.
    """
    named = dict.fromkeys(value.value for value in values if value.is_known)
    return tuple(code for code in named if divisions[code].parent not in named)


def standing(
    variable: Variable, *, is_member: bool, is_reported: bool, is_beyond: bool
) -> Standing:
    """Say what is known of a county and a programme.

    Parameters
    ----------
    variable : Variable
        A programme.
    is_member : bool
        Whether its list names the county.
    is_reported : bool
        Whether others report the county outside the list.
    is_beyond : bool
        Whether the county lies beyond the prefectures that the list is confined to.

    Examples
    --------
    An incomplete list does not say "no", unless it says where it ends.
    """
    if is_member:
        return "yes"
    if is_reported:
        return "reported"
    return "no" if variable.is_whole or is_beyond else "not_said"

"""Measures as they are typed: which figure of which column, weighted by what.

Without ibis, so that whoever only asks need not know the engine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from geo.language import N_
from layers.aggregate.faults import ColumnError, MeasureError

KINDS: Final = ("count", "sum", "mean", "min", "max", "median", "share")

SHARE: Final = "share"
"""The kind that asks how many of the rows say a certain thing, in per cent."""

_SAYS: Final = "="

_PARTED: Final = re.compile(rf",(?=\s*(?:{'|'.join(KINDS)})\s*(?::|,|$))")
"""Commas between measures; a name of a column may have commas too."""

TITLES: Final[Mapping[str, str]] = {
    "count": N_("Values of {column}"),
    "sum": N_("Sum of {column}"),
    "mean": N_("Mean of {column}"),
    "min": N_("Least {column}"),
    "max": N_("Greatest {column}"),
    "median": N_("Median of {column}"),
    SHARE: N_("Share of “{value}” in {column}, %"),
}
_WEIGHTED: Final = N_("Mean of {column}, weighted by {weight}")
ROWS_TITLE: Final = N_("Number of rows")
PERSONS_TITLE: Final = N_("Number of persons")


class Base(NamedTuple):
    """Rows from which a figure is made.

    Attributes
    ----------
    column, weight : str
        Columns that have numbers there; of a share the one that has a text.
    test : str
        "" of numbers; ``filled``, ``says``, ``says_not`` of texts.
    value : str
        The text that is said or not.
    """

    column: str
    weight: str = ""
    test: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure of each county.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    column : str
        Of the table; "" of the count of rows.
    weight : str
        Column by which a mean is weighted; "" if it is not.
    value : str
        What the rows of a share say in the column; "" of other kinds.
    """

    kind: str
    column: str = ""
    weight: str = ""
    value: str = ""

    @property
    def name(self) -> str:
        """What its column is called in the county table."""
        by = f"_by_{self.weight}" if self.weight else ""
        by += f"_{self.value}" if self.value else ""
        return f"{self.kind}_{self.column}{by}" if self.column else self.kind

    @property
    def title(self) -> tuple[str, Mapping[str, str]]:
        """Message id of what it is called, and what stands in its places."""
        about = {"column": self.column, "weight": self.weight, "value": self.value}
        if not self.column:
            return ROWS_TITLE, about
        return (_WEIGHTED if self.weight else TITLES[self.kind]), about

    @property
    def base(self) -> Base:
        """What a row must have to count: numbers in two columns, or any text."""
        return Base(self.column, self.weight, "filled" if self.value else "")

    @property
    def bases(self) -> tuple[Base, ...]:
        """All groups of rows that the figure tells the size of.

        A share tells with the number of rows how many say a thing, and how many do
        not: either may be a few persons.
        """
        if not self.value:
            return (self.base,)
        says = Base(self.column, "", "says", self.value)
        return (self.base, says, Base(self.column, "", "says_not", self.value))


def read_measures(texts: Iterable[str], columns: Sequence[str]) -> list[Measure]:
    """Read what was typed: ``mean:income,count``, ``mean:income*persons``.

    Parameters
    ----------
    texts : iterable of str
        Of one option each; several measures stand behind commas.
    columns : sequence of str
        Those of the table.

    Returns
    -------
    list of Measure
        In their order; the count of rows, which every table has, first.

    Raises
    ------
    MeasureError
        If one is no measure, or there twice.
    ColumnError
        If a column is not there.
    """
    found = [Measure(kind="count")]
    for text in texts:
        for part in filter(None, map(str.strip, _PARTED.split(text))):
            measure = _read(part, columns)
            if measure == found[0]:
                continue  # every table has it
            if measure.name.casefold() in {m.name.casefold() for m in found}:
                raise MeasureError.twice(part)
            found.append(measure)
    return found


def _read(text: str, columns: Sequence[str]) -> Measure:
    kind, colon, named = (part.strip() for part in text.partition(":"))
    if kind not in KINDS or (not named and (colon or kind != "count")):
        raise MeasureError.unknown(text, KINDS)
    if not named:
        return Measure(kind="count")
    if kind == SHARE:
        name, _, value = (part.strip() for part in named.rpartition(_SAYS))
        if not name or not value:
            raise MeasureError.no_value(text)
        return Measure(kind=kind, column=column_of(name, columns), value=value)
    name, star, weight = (part.strip() for part in named.rpartition("*"))
    if kind == "mean" and star and column_called(named, columns) is None:
        return Measure(
            kind=kind,
            column=column_of(name, columns),
            weight=column_of(weight, columns),
        )
    return Measure(kind=kind, column=column_of(named, columns))


def column_called(name: str, columns: Sequence[str]) -> str | None:
    """Return the column of a name, written as it is or nearly so; None if none is."""
    if name in columns:
        return name
    alike = [column for column in columns if _key(column) == _key(name)]
    return alike[0] if len(alike) == 1 else None


def column_of(name: str, columns: Sequence[str]) -> str:
    """Return the column of a name.

    Raises
    ------
    ColumnError
        If there is none, or only several that are nearly called so.
    """
    found = column_called(name, columns)
    if found is None:
        raise ColumnError.missing(name, columns)
    return found


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()

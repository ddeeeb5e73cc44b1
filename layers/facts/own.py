"""What a session adds to the facts: variables of its own beside those of the tables.

Own data of the user, not of the plan. They are of the same types as what the tables
hold and take the same way from here on: columns, themes, filters, profile, statistics,
sheets and files. They live in the package that holds them and are written nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from layers.facts.columns import columns_of, reserved_words
from layers.facts.sources import Source
from layers.facts.units import Unit
from layers.facts.values import Value
from layers.facts.variables import Group, Series, Variable

PREFIX: Final = "own"
"""Id of their group; with ``_`` it begins the ids of their variables."""


def is_own(identifier: str) -> bool:
    """Return whether an id is of what a session adds, be it this one or another.

    Examples
    --------
    >>> is_own("own_2_2015"), is_own("poor_county")
    (True, False)
    """
    return identifier.startswith(f"{PREFIX}_")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFacts:
    """Variables of one file of the user, and what they refer to.

    Attributes
    ----------
    group : Group
        The heading of its variables.
    source : Source
        The file.
    variables : tuple of Variable
        Each with ``own``, in its group and of its source.
    values : tuple of Value
        Of counties of today. A county without one is unknown, which is not zero.
    series : tuple of Series
        What is measured at several times.
    units : tuple of Unit
        Units that the tables need not know.
    terms : str
        On what terms the figures may be used.
    """

    group: Group
    source: Source
    variables: tuple[Variable, ...]
    values: tuple[Value, ...]
    series: tuple[Series, ...] = ()
    units: tuple[Unit, ...] = ()
    terms: str

    def faults(
        self,
        variables: Collection[str],
        groups: Collection[str],
        sources: Collection[str],
    ) -> Iterator[str]:
        """Yield what a program did wrong in making these facts.

        Parameters
        ----------
        variables, groups, sources : collection of str
            Ids that are taken.
        """
        if self.group.id in groups or self.source.id in sources:
            yield f"{self.group.id} or {self.source.id} is taken"
        taken = {*reserved_words(), *variables, *groups, self.group.id}
        known = {variable.id: variable for variable in self.variables}
        for variable in self.variables:
            if not variable.own or variable.group != self.group.id:
                yield f"{variable.id} is not of the group {self.group.id}"
            for name in columns_of(variable):
                if name in taken:
                    yield f"{name} has another meaning"
                taken.add(name)
        for value in self.values:
            if value.variable not in known:
                yield f"{value.variable} is no variable of these facts"

    def digest(self, of_package: str) -> str:
        """Return the digest of a package with these facts: unlike that without."""
        told = repr((of_package, [*map(_content, self.variables)], self))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _content(variable: Variable) -> tuple[str, ...]:
    """Return what the representation of a variable leaves out."""
    return (variable.definition_zh, variable.definition_en, repr(variable.classes))

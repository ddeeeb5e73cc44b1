"""Administrative divisions by code and name, today's and those of the past.

A county is known by its adcode, a six-digit string. Sources use the codes and names
of their day; the crosswalk leads from those to the divisions of the boundary vintage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """One division of the boundary vintage."""

    adcode: str
    level: str
    name: str
    short_name: str
    name_en: str
    pinyin: str
    initials: str
    parent: str
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of name or code: a row of the crosswalk."""

    former_adcode: str
    former_name: str
    adcode: str
    name: str
    kind: str
    changed_by: str
    approved: str
    source: str
    note_zh: str
    note_en: str


class UnknownDivisionError(LookupError):
    """No division of that code bears, or bore, that name."""

    def __init__(self, adcode: str, name: str, *, known: Iterable[str] = ()) -> None:
        self.adcode, self.name, self.known = adcode, name, tuple(known)
        super().__init__(f"{adcode} {name}: not a division, nor in the crosswalk")


class Divisions:
    """The divisions and the crosswalk that leads to them.

    Parameters
    ----------
    divisions : pandas.DataFrame
        Columns ``adcode, level, name, short_name, name_en, pinyin, initials,
        parent_adcode``; a division a row.
    crosswalk : pandas.DataFrame
        Columns ``former_adcode, former_name, adcode, name, kind, changed_by,
        approved, source, note_zh, note_en``; a change a row, several rows where a
        division was split.
    """

    def __init__(self, divisions: pd.DataFrame, crosswalk: pd.DataFrame) -> None:
        fields = Change.__dataclass_fields__
        self.changes = tuple(
            Change(**{name: row[name] for name in fields})
            for row in crosswalk.to_dict("records")
        )
        former: dict[str, list[str]] = {}
        for change in self.changes:
            former.setdefault(change.adcode, []).append(change.former_name)
        self._divisions = {
            row["adcode"]: Division(
                adcode=row["adcode"],
                level=row["level"],
                name=row["name"],
                short_name=row["short_name"],
                name_en=row["name_en"],
                pinyin=row["pinyin"],
                initials=row["initials"],
                parent=row["parent_adcode"],
                former_names=tuple(former.get(row["adcode"], ())),
            )
            for row in divisions.to_dict("records")
        }

    def __getitem__(self, adcode: str) -> Division:
        return self._divisions[adcode]

    def __contains__(self, adcode: object) -> bool:
        return adcode in self._divisions

    def of_level(self, level: str) -> Mapping[str, Division]:
        """Return the divisions of one level by adcode, in order of code."""
        return {a: d for a, d in self._divisions.items() if d.level == level}

    @property
    def province(self) -> Division:
        """The province whose counties these are."""
        return next(d for d in self._divisions.values() if d.level == "province")

    def parent(self, adcode: str) -> Division:
        """Return the division above: the prefecture of a county."""
        return self._divisions[self._divisions[adcode].parent]

    def changes_to(self, adcode: str) -> tuple[Change, ...]:
        """Return the changes that led to a division of today."""
        return tuple(c for c in self.changes if c.adcode == adcode)

    def current(self, published_adcode: str, published_name: str) -> str:
        """Lead a code and name of the past to the adcode of today.

        Parameters
        ----------
        published_adcode, published_name : str
            As in force when the source was published. Both are needed: a code may
            keep its name or not, and names repeat.

        Returns
        -------
        str
            Adcode of the boundary vintage.

        Raises
        ------
        UnknownDivisionError
            If that code never had that name, or if the division was split, so that
            no single division follows it.
        """
        today = self._divisions.get(published_adcode)
        if today is not None and today.name == published_name:
            return published_adcode
        followers = [
            change.adcode
            for change in self.changes
            if change.former_adcode == published_adcode
            and change.former_name == published_name
        ]
        if len(followers) == 1:
            return followers[0]
        raise UnknownDivisionError(
            published_adcode, published_name, known=self.bearing(published_name)
        )

    def bearing(self, name: str) -> tuple[str, ...]:
        """Return the codes that bear or bore a name, as a hint to who mistyped."""
        today = [d.adcode for d in self._divisions.values() if d.name == name]
        former = [c.former_adcode for c in self.changes if c.former_name == name]
        return tuple(dict.fromkeys([*today, *former]))

"""Administrative divisions by code and name, today's and those of the past.

A county is known by its adcode, a six-digit string. Sources use the codes and names
of their day; the crosswalk leads from those to the divisions of the boundary vintage.
Beside codes and names there is what neither shows: ground that went from one county to
another, who runs a county, and what else leads to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeVar

import pandas as pd

from geo.division_records import (
    Administration,
    Alias,
    Change,
    Division,
    TerritoryChange,
)
from geo.language import Language, speaker

_Row = TypeVar("_Row")


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
        approved, source, section, confidence, note_zh, note_en``; a change a row,
        several rows where a division was split.
    territory, administrations, aliases : pandas.DataFrame, optional
        Columns as the fields of :class:`TerritoryChange`, :class:`Administration`
        and :class:`Alias`.
    """

    def __init__(
        self,
        divisions: pd.DataFrame,
        crosswalk: pd.DataFrame,
        *,
        territory: pd.DataFrame | None = None,
        administrations: pd.DataFrame | None = None,
        aliases: pd.DataFrame | None = None,
    ) -> None:
        self.changes = _rows(Change, crosswalk)
        self._territory = _rows(TerritoryChange, territory)
        self.administrations = _rows(Administration, administrations)
        self.aliases = _rows(Alias, aliases)
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

    @property
    def province_names(self) -> tuple[str, ...]:
        """Names of the province that may stand before any other, longest first."""
        own = self.province
        return (own.name, own.short_name, own.name_en)

    def parent(self, adcode: str) -> Division:
        """Return the division above: the prefecture of a county."""
        return self._divisions[self._divisions[adcode].parent]

    def changes_to(self, adcode: str) -> tuple[Change, ...]:
        """Return the changes that led to a division of today."""
        return tuple(c for c in self.changes if c.adcode == adcode)

    def aliases_of(self, adcode: str) -> tuple[Alias, ...]:
        """Return the codes and names that lead to a county besides its own."""
        return tuple(a for a in self.aliases if a.adcode == adcode)

    def administration(self, adcode: str) -> Administration | None:
        """Return who runs a county, if that is not the prefecture of its code."""
        return next((a for a in self.administrations if a.adcode == adcode), None)

    def administered_by(self, identifier: str) -> tuple[str, ...]:
        """Return the adcodes of the counties that one body runs."""
        return tuple(a.adcode for a in self.administrations if a.id == identifier)

    def territory_changes(
        self, adcode: str, since: str = "", until: str = "9999"
    ) -> tuple[TerritoryChange, ...]:
        """Return when a division of today gave or received ground.

        Divisions that were split or united count as well: what followed them has
        another area than any of them.

        Parameters
        ----------
        adcode : str
            Of a division of today.
        since, until : str
            ISO dates; a change approved before the one or on or after the other is
            left out. A year counts as its first day.

        Returns
        -------
        tuple of TerritoryChange
            In order of time. None: values of two dates are of the same ground.
        """
        found = [t for t in self._territory if adcode in {t.from_adcode, t.to_adcode}]
        found += [
            TerritoryChange(
                from_adcode=change.former_adcode,
                from_name=change.former_name,
                to_adcode=change.adcode,
                to_name=change.name,
                approved=change.dated,
                boundary="moved",
                what_zh=change.note_zh,
                what_en=change.note_en,
                source=change.source,
                section=change.section,
                confidence=change.confidence,
            )
            for change in self.changes_to(adcode)
            if change.kind in {"split", "merged"}
        ]
        within = (t for t in found if since <= t.approved < until)
        return tuple(sorted(within, key=lambda t: (t.approved, t.from_adcode)))

    def called(self, adcode: str, language: Language) -> str:
        """Name a division so that it can be told from others of the same name.

        The rule, for lists: where two counties share the name in the language, each
        has the other language's name after it if that differs, else its prefecture.

        Examples
        --------
        130533 is “Weixian County (威县)”, 130104 “Qiaoxi District (Shijiazhuang)”.
        """
        say = speaker(language)
        own = self._divisions[adcode]
        name = say.pick(own.name, own.name_en)
        same = [
            other
            for other in self._divisions.values()
            if other.level == own.level
            and other.adcode != adcode
            and say.pick(other.name, other.name_en) == name
        ]
        if not same:
            return name
        if language == "en" and own.name not in {other.name for other in same}:
            return f"{name} ({own.name})"
        above = self._divisions[own.parent]
        return say.pick(f"{name}（{above.name}）", f"{name} ({above.name_en})")

    def named(self, adcode: str, language: Language) -> str:
        """Name a division in full, in English with the Chinese: for titles, choices.

        Examples
        --------
        130709 is “Chongli District 崇礼区”, 130533 “Weixian County (威县)”.
        """
        called, name = self.called(adcode, language), self._divisions[adcode].name
        return called if name in called else f"{called} {name}"

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
        followers = self.followers(published_adcode, published_name)
        if len(followers) == 1:
            return followers[0]
        raise UnknownDivisionError(
            published_adcode, published_name, known=self.bearing(published_name)
        )

    def followers(self, published_adcode: str, published_name: str) -> tuple[str, ...]:
        """Return the divisions of today on the ground of one of the past.

        Returns
        -------
        tuple of str
            One adcode, several if it was split, none if it never was.
        """
        today = self._divisions.get(published_adcode)
        if today is not None and today.name == published_name:
            return (published_adcode,)
        return tuple(
            change.adcode
            for change in self.changes
            if (change.former_adcode, change.former_name)
            == (published_adcode, published_name)
        )

    def merged_since(self, adcode: str, since: str) -> tuple[Change, ...]:
        """Return the changes since a date that put whole divisions into one of today.

        The figures of those divisions add up to its own, unless :meth:`moved_since`.
        """
        return tuple(
            change
            for change in self.changes_to(adcode)
            if change.kind == "merged" and since <= change.dated
        )

    def moved_since(self, adcode: str, since: str) -> tuple[TerritoryChange, ...]:
        """Return the changes of ground since a date that no adding up undoes.

        A division that was split left a part here; ground came from, or went to, one
        that exists or existed beside. Of a division merged into this one, ground that
        went elsewhere counts as well.

        Returns
        -------
        tuple of TerritoryChange
            None: today's ground is that of the division of the day, or of those of
            :meth:`merged_since` together.
        """
        merged = {c.former_adcode for c in self.merged_since(adcode, since)}
        moved = [
            change
            for change in self.territory_changes(adcode, since)
            if change.from_adcode not in merged or change.to_adcode != adcode
        ]
        moved += [
            change
            for change in self._territory
            if since <= change.approved
            and merged & {change.from_adcode, change.to_adcode}
        ]
        return tuple(dict.fromkeys(moved))

    def bearing(self, name: str) -> tuple[str, ...]:
        """Return the codes that bear or bore a name, as a hint to who mistyped."""
        today = [d.adcode for d in self._divisions.values() if d.name == name]
        former = [c.former_adcode for c in self.changes if c.former_name == name]
        return tuple(dict.fromkeys([*today, *former]))


def _rows(kind: type[_Row], frame: pd.DataFrame | None) -> tuple[_Row, ...]:
    """Make the rows of a table, each an object of its own kind."""
    if frame is None:
        return ()
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    records: list[dict[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]
    return tuple(
        kind(**{name: row[name] for name in names if name in row}) for row in records
    )

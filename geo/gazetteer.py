"""Find divisions by whatever a person types: names, codes, pinyin, traditional forms.

Every division has keys: its code, its names of today and of the past, their pinyin and
initials. The best of them ranks a hit. The search box of the page does the same in the
browser with the same keys and ranks; a change here is a change in
``layers/webmap/scripts/search/rank.js``, and a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from geo.division_records import Administration, Alias, Division
from geo.divisions import Divisions
from geo.kept import kept_with_owner
from geo.names import in_english, normalise, read_aloud
from geo.ranking import SUGGESTED, Key, rank, unlike

KINDS: Final = (
    "county",
    "district",
    "part",
    "prefecture",
    "administration",
    "municipality",
    "province",
    "programme",
    "place",
    "zone",
)
"""Kinds of entries in the order in which equally good hits are offered."""


_LONG_CODE: Final = re.compile(r"^([0-9]{6})(?:0|0{3}|0{6})$")
"""Normalising takes the point out of ``130721.0``."""

_DIGITS: Final = {"prefecture": 4, "municipality": 2, "province": 2}
"""Digits of a code that are not just zeros, by level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that can be found.

    Attributes
    ----------
    within, within_en : str
        What tells it from others of its name: the prefecture of a county.
    run_by, run_by_en : str
        Who runs a county that the prefecture of its code does not.
    former : tuple of str
        Names of the past.
    keys : tuple of (Key, str)
        What finds it, normalised.
    """

    kind: str
    id: str
    name: str
    name_en: str
    within: str = ""
    within_en: str = ""
    run_by: str = ""
    run_by_en: str = ""
    former: tuple[str, ...] = ()
    keys: tuple[tuple[Key, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry that a text may mean.

    Attributes
    ----------
    rank : int
        How well the text fits, 0 best; equal for hits that fit equally well.
    former : tuple of str
        Names of the past, if it was found by one of them or by a code of the past.
    suggestion : bool
        Whether it is only like the text: to be offered, never to be taken.
    """

    kind: str
    id: str
    name: str
    name_en: str
    within: str
    within_en: str
    rank: int
    former: tuple[str, ...] = ()
    suggestion: bool = False


def as_code(wanted: str) -> str:
    """Shorten what tables make of a code, to six digits: 12 digits, or with ``.0``."""
    return _LONG_CODE.sub(r"\1", wanted)


def normalised(keys: Iterable[tuple[Key, str]]) -> tuple[tuple[Key, str], ...]:
    """Normalise keys; of equal ones the best kind stays."""
    best: dict[str, Key] = {}
    for kind, text in keys:
        key = normalise(text)
        if key and best.get(key, kind) >= kind:
            best[key] = kind
    return tuple((kind, key) for key, kind in best.items())


def division_entries(divisions: Divisions) -> list[Entry]:
    """Make the entries of all divisions, in the order of their kinds and codes.

    Parts of counties have entries, as have the bodies that run counties.
    """
    return [
        *(
            _entry(division, divisions)
            for level in KINDS
            for division in divisions.of_level(level).values()
        ),
        *(_part(a, divisions) for a in divisions.aliases if a.kind == "part"),
        *{a.id: _body(a) for a in divisions.administrations}.values(),
    ]


def _part(alias: Alias, divisions: Divisions) -> Entry:
    county = divisions[alias.adcode]
    return Entry(
        kind="part",
        id=alias.alias,
        name=alias.alias,
        name_en=alias.alias_en,
        within=county.name,
        within_en=county.name_en,
        keys=normalised(
            [
                (Key.NAME, alias.alias),
                (Key.ENGLISH, alias.alias_en),
                (Key.QUALIFIED, county.name + alias.alias),
                (Key.QUALIFIED, alias.alias_en + county.name_en),
                *_aloud(alias.alias),
                *_aloud(alias.alias[:-1]),
            ]
        ),
    )


def _body(body: Administration) -> Entry:
    return Entry(
        kind="administration",
        id=body.id,
        name=body.name_zh,
        name_en=body.name_en,
        keys=normalised(
            [
                (Key.CODE, body.code),
                (Key.CODE, body.code[: _DIGITS["prefecture"]]),
                (Key.NAME, body.name_zh),
                (Key.SHORT, body.short_zh),
                (Key.ENGLISH, body.name_en),
                (Key.PINYIN, body.pinyin),
                *_aloud(body.name_zh),
            ]
        ),
    )


def _aloud(name: str) -> Iterable[tuple[Key, str]]:
    for spoken, initials in read_aloud(name):
        yield Key.PINYIN, spoken
        yield Key.INITIALS, initials


def _entry(division: Division, divisions: Divisions) -> Entry:
    above = divisions[division.parent] if division.parent else None
    former = tuple(dict.fromkeys(division.former_names))
    body = divisions.administration(division.adcode)
    return Entry(
        kind=division.level,
        id=division.adcode,
        name=division.name,
        name_en=division.name_en,
        within=above.name if above else "",
        within_en=above.name_en if above else "",
        run_by=body.name_zh if body else "",
        run_by_en=body.name_en if body else "",
        former=former,
        keys=normalised(_keys(division, above, former, divisions)),
    )


def _keys(
    division: Division,
    above: Division | None,
    former: Sequence[str],
    divisions: Divisions,
) -> Iterable[tuple[Key, str]]:
    name, short = division.name, division.short_name
    yield Key.CODE, division.adcode
    if division.level in _DIGITS:
        # 1307 is Zhangjiakou before it is the beginning of its counties' codes.
        yield Key.CODE, division.adcode[: _DIGITS[division.level]]
    for change in divisions.changes_to(division.adcode):
        yield Key.FORMER_CODE, change.former_adcode
    yield Key.NAME, name
    yield Key.ENGLISH, division.name_en
    yield Key.SHORT, short
    generic = ["", name.removeprefix(short)]
    if name.endswith("自治县"):
        # What everybody says, though it was never a name: 丰宁县, 围场县.
        yield Key.SHORT, f"{short}县"
        generic.append("县")
    for end in generic:
        for spoken, initials in read_aloud(end) or [("", "")]:
            yield Key.PINYIN, division.pinyin + spoken
            yield Key.INITIALS, division.initials + initials
    for past in former:
        # 任县 has no shorter form, as 赵县 has none.
        stem = past[:-1] if len(past) > 2 else past
        yield Key.FORMER, past
        yield Key.FORMER_SHORT, stem
        for text in (past, stem):
            for spoken, initials in read_aloud(text):
                yield Key.FORMER_PINYIN, spoken
                yield Key.FORMER_INITIALS, initials
        for text in in_english(past):
            yield Key.FORMER_PINYIN, text
    if division.level in {"county", "district"}:
        for text in in_english(name):
            yield Key.ENGLISH, text
    for alias in divisions.aliases_of(division.adcode):
        if alias.kind == "statistical_code":
            yield Key.CODE, alias.alias
        if alias.kind == "spelling":
            yield Key.ENGLISH, alias.alias
            yield Key.ENGLISH, alias.alias_en
    if above is not None and division.level in {"county", "district"}:
        for called in (name, *former):
            yield Key.QUALIFIED, above.name + called
            yield Key.QUALIFIED, above.short_name + called
            yield Key.QUALIFIED, called + above.name
            yield Key.QUALIFIED, called + above.short_name
        for english in dict.fromkeys([division.name_en, *in_english(name)]):
            yield Key.QUALIFIED, english + above.name_en
            yield Key.QUALIFIED, above.name_en + english
        # As lists and titles have it: 威县 Weixian County, Weixian County (威县).
        yield Key.QUALIFIED, division.name_en + name
        yield Key.QUALIFIED, name + division.name_en


class Gazetteer:
    """Entries that can be searched.

    Parameters
    ----------
    entries : iterable of Entry
        In the order in which equally good hits of one kind are offered.
    province : iterable of str
        Names that may stand before any other, and are left out if nothing is found.
    """

    def __init__(self, entries: Iterable[Entry], province: Iterable[str] = ()) -> None:
        self.entries = tuple(sorted(entries, key=lambda e: KINDS.index(e.kind)))
        self.province = tuple(dict.fromkeys(map(normalise, province)))

    def search(self, text: str, limit: int = 12) -> tuple[Hit, ...]:
        """Find what a text may mean, the best first.

        Parameters
        ----------
        text : str
            Anything; what means nothing finds nothing.
        limit : int
            Hits to return at most.

        Returns
        -------
        tuple of Hit
            Entries that the text fits. If it fits none, those that are written or
            pronounced like it, each marked as a suggestion.
        """
        wanted = as_code(normalise(text))
        if not wanted or limit < 1:
            return ()
        before = (name for name in self.province if wanted.startswith(name))
        within = wanted.removeprefix(next(before, ""))
        if found := self._fitting(wanted) or self._fitting(within):
            return tuple(_hit(e, r, past=past) for r, past, e in found[:limit])
        return tuple(_hit(e, SUGGESTED) for e in self._alike(wanted)[:limit])

    def _fitting(self, wanted: str) -> list[tuple[int, bool, Entry]]:
        found: list[tuple[int, bool, Entry]] = []
        if not wanted:
            return found
        for entry in self.entries:
            fits = [(rank(kind, key, wanted), kind) for kind, key in entry.keys]
            best = min((fit[0], fit[1]) for fit in fits)
            if best[0] < SUGGESTED:
                found.append((best[0], best[1].is_past, entry))
        return sorted(found, key=lambda hit: hit[0])

    def _alike(self, wanted: str) -> list[Entry]:
        if len(wanted) < 2 or (wanted.isascii() and wanted.isdigit()):
            return []
        aloud = [] if wanted.isascii() else [s for s, _ in read_aloud(wanted)[:1]]
        near: list[tuple[int, Entry]] = []
        for entry in self.entries:
            scores = [unlike(kind, key, wanted, *aloud) for kind, key in entry.keys]
            best = min((s for s in scores if s is not None), default=None)
            if best is not None:
                near.append((best, entry))
        return [entry for _, entry in sorted(near, key=lambda pair: pair[0])]


def counties_like(divisions: Divisions, text: str, limit: int = 5) -> tuple[str, ...]:
    """Return the counties that a text may have been meant to name, likest first.

    Parameters
    ----------
    divisions : Divisions
        Codes and names with their crosswalk.
    text : str
        As it was typed.
    limit : int, optional
        So many at most.
    """
    return tuple(hit.id for hit in _counties(divisions).search(text, limit))


@kept_with_owner
def _counties(divisions: Divisions) -> Gazetteer:
    entries = (e for e in division_entries(divisions) if e.kind == "county")
    return Gazetteer(entries, divisions.province_names)


def _hit(entry: Entry, rank: int, *, past: bool = False) -> Hit:
    fields: dict[str, Any] = {
        field: getattr(entry, field)
        for field in ("kind", "id", "name", "name_en", "within", "within_en")
    }
    return Hit(
        **fields,
        rank=rank,
        former=entry.former if past else (),
        suggestion=rank == SUGGESTED,
    )

"""Which county a text means: code or name, of today or of the past, however written.

One place decides it for addresses, files, pages and command line. The search box finds
more, for it offers what is only like a text; this takes only what a county is, or was,
called, and says by what it was found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from geo.division_records import Administration, Division
from geo.divisions import Divisions
from geo.kept import kept_with_owner
from geo.names import in_english, normalise, read_aloud

LONGEST: Final = 100
"""Characters of a text that are looked at."""

_CODE: Final = re.compile(r"(\d{6})(?:0{3}|0{6})?(?:\.0+)?", re.ASCII)
"""Six digits, or nine or twelve of a county in longer codes, or a spoiled number."""

_REGION_CODE: Final = re.compile(
    r"(\d{2}|\d{4}|\d{6})(?:0{3}|0{6})?(?:\.0+)?", re.ASCII
)

_IN_BRACKETS: Final = re.compile(r"(?P<name>[^()]+)\((?P<which>[^()]+)\)")
_ALSO: Final = re.compile(r"(?P<first>[^,]+),(?P<second>.+)")


class By(StrEnum):
    """What of a county a text was; in the order in which it counts."""

    CODE = "code"
    FORMER_CODE = "former_code"
    STATISTICAL_CODE = "statistical_code"
    NAME = "name"
    FORMER_NAME = "former_name"
    PART = "part"
    ENGLISH = "english"
    SHORT = "short_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A county that a text means, and why."""

    adcode: str
    by: By


CODES: Final = (By.CODE, By.FORMER_CODE, By.STATISTICAL_CODE)

_TIERS: Final = (
    CODES,
    (By.NAME, By.FORMER_NAME, By.PART, By.ENGLISH),
    (By.SHORT,),
)
"""Kinds that count alike; the first in which there is anything decides."""

_Index = dict[str, dict[str, By]]
"""By what each text, normalised, is which county's."""


def resolve(divisions: Divisions, text: str) -> tuple[Meaning, ...]:
    """Return the counties that a text means.

    Parameters
    ----------
    divisions : geo.divisions.Divisions
        The divisions and what leads to them.
    text : str
        A code of six digits (also with zeros to twelve, with ``.0``, in full width), a
        name in Chinese or English, of today or of the past, with or without the
        prefecture before, behind or in brackets, or a name without its generic part.

    Returns
    -------
    tuple of Meaning
        None if no county is, or was, called so. Several if several are or were, or if
        one was divided: the text alone cannot say which.

    Examples
    --------
    ``河北省张家口市蔚县`` means 130726, and ``130721.0`` 130705 by a former code.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    code = _CODE.fullmatch(plain)
    found = _index(divisions).get(code[1], {}) if code else _named(divisions, plain)
    kept = next((tier for tier in _TIERS if set(tier) & set(found.values())), ())
    return tuple(
        Meaning(adcode=adcode, by=by)
        for adcode, by in sorted(found.items())
        if by in kept
    )


def resolve_region(divisions: Divisions, text: str) -> tuple[str, ...]:
    """Return the divisions above or beside the counties that a text means.

    Parameters
    ----------
    divisions : geo.divisions.Divisions
        The divisions.
    text : str
        A code of two, four or six digits (also with zeros to twelve, with ``.0``, in
        full width), or a name of a prefecture, municipality, district or province, in
        Chinese or English, with or without its generic part.

    Returns
    -------
    tuple of str
        Adcodes, in order; several if several are called so.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    found = _regions(divisions)
    if code := _REGION_CODE.fullmatch(plain):
        return found.get(code[1].ljust(6, "0"), ())
    whole = normalise(plain)
    for above in ("", *_texts(divisions.province)):
        if whole.startswith(above) and (known := found.get(whole.removeprefix(above))):
            return known
    return ()


def resolve_body(divisions: Divisions, text: str) -> Administration | None:
    """Return the body that runs counties which a text means.

    Parameters
    ----------
    divisions : geo.divisions.Divisions
        The divisions and who runs them.
    text : str
        Its code in statistics, of four or six digits (also with zeros to twelve, with
        ``.0``, in full width), or its name in Chinese or English, with or without the
        province before and its generic part.

    Returns
    -------
    geo.division_records.Administration or None
        As it stands at one of its counties; all of them are
        :meth:`geo.divisions.Divisions.administered_by` its ``id``.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    found = _bodies(divisions)
    if code := _REGION_CODE.fullmatch(plain):
        return found.get(code[1].ljust(6, "0"))
    return found.get(normalise(plain))


def body_beneath(divisions: Divisions, text: str) -> Administration | None:
    """Return the body whose code begins as a code does that nothing has.

    Statistics write counties beneath the prefecture whose code begins alike; beneath
    a body there may be none. Whoever asks for such a code means one of its counties.

    Parameters
    ----------
    divisions : geo.divisions.Divisions
        The divisions and who runs them.
    text : str
        As for :func:`resolve`.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    code = _CODE.fullmatch(plain)
    if code is None or resolve(divisions, text):
        return None
    return resolve_body(divisions, code[1][:4])


def _named(divisions: Divisions, plain: str) -> dict[str, By]:
    index = _index(divisions)
    whole = normalise(plain)
    if found := index.get(whole, {}):
        return found
    for form in (_IN_BRACKETS, _ALSO):
        parts = form.fullmatch(plain)
        if parts:
            name, which = (normalise(part) for part in parts.groups())
            found = index.get(name, {})
            within = _below(divisions, which) or set(index.get(which, ()))
            return {adcode: by for adcode, by in found.items() if adcode in within}
    for above in (*_texts(divisions.province), ""):
        if not whole.startswith(above):
            continue
        rest = whole.removeprefix(above)
        if found := index.get(rest, {}):
            return found
        if found := _qualified(divisions, rest):
            return found
    return {}


def _qualified(divisions: Divisions, text: str) -> dict[str, By]:
    """Return the counties of a text that begins or ends with what is above."""
    found: dict[str, By] = {}
    index = _index(divisions)
    for prefecture in divisions.of_level("prefecture").values():
        for called in _texts(prefecture):
            rests = (text.removeprefix(called), text.removesuffix(called))
            for rest in rests:
                if rest and rest != text:
                    found |= {
                        adcode: by
                        for adcode, by in index.get(rest, {}).items()
                        if divisions[adcode].parent == prefecture.adcode
                    }
    for called, body in _bodies(divisions).items():
        rest = text.removeprefix(called)
        if rest and rest != text:
            run = divisions.administered_by(body.id)
            found |= {a: by for a, by in index.get(rest, {}).items() if a in run}
    return found


def _below(divisions: Divisions, text: str) -> set[str]:
    """Return the counties of the prefecture, or of the body, that a text is."""
    if body := _bodies(divisions).get(text):
        return {*divisions.administered_by(body.id)}
    counties = divisions.of_level("county").values()
    parents = {county.parent for county in counties}
    above = {code for code in parents if text in _texts(divisions[code])}
    return {county.adcode for county in counties if county.parent in above}


def _texts(region: Division) -> tuple[str, ...]:
    return _normalised(region.name, region.short_name, region.name_en)


@lru_cache(maxsize=1024)
def _normalised(*names: str) -> tuple[str, ...]:
    """Normalise names of divisions, against which each value of an address is held."""
    return tuple(dict.fromkeys(normalise(name) for name in names))


@kept_with_owner
def _regions(divisions: Divisions) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for level in ("province", "municipality", "prefecture", "district"):
        for adcode, region in divisions.of_level(level).items():
            for text in (adcode, *_texts(region), normalise(region.pinyin)):
                found.setdefault(text, {})[adcode] = None
    return {text: tuple(adcodes) for text, adcodes in found.items()}


@kept_with_owner
def _bodies(divisions: Divisions) -> dict[str, Administration]:
    """Return who runs counties by code and by every form of the name, normalised."""
    found: dict[str, Administration] = {}
    above = _texts(divisions.province)
    for body in divisions.administrations:
        chinese, english = normalise(body.name_zh), normalise(body.name_en)
        names = {chinese, english, normalise(body.short_zh), normalise(body.pinyin)}
        names |= {f"{chinese}{english}", f"{english}{chinese}"}
        names |= {name.removeprefix(a) for name in names for a in above}
        names |= {f"{a}{name}" for name in names for a in above}
        for text in (body.code, *names):
            if text:
                found.setdefault(text, body)
    return found


@kept_with_owner
def _index(divisions: Divisions) -> _Index:
    index: _Index = {}
    rank = list(By).index
    for county in divisions.of_level("county").values():
        for by, text in _of(divisions, county):
            known = index.setdefault(normalise(text), {})
            if rank(by) < rank(known.get(county.adcode, By.SHORT)):
                known[county.adcode] = by
            known.setdefault(county.adcode, by)
    return index


def _of(divisions: Divisions, county: Division) -> Iterator[tuple[By, str]]:
    yield By.CODE, county.adcode
    yield By.NAME, county.name
    yield By.ENGLISH, county.name_en
    yield By.ENGLISH, f"{county.name}{county.name_en}"
    yield By.ENGLISH, f"{county.name_en}{county.name}"
    yield By.SHORT, county.short_name
    yield By.SHORT, county.pinyin
    for change in divisions.changes_to(county.adcode):
        # A code that stays is of today; else it was this county's, or a part's of it.
        yield By.FORMER_CODE, change.former_adcode
        yield By.FORMER_NAME, change.former_name
    for name in (county.name, *county.former_names):
        for text in in_english(name):
            yield By.ENGLISH, text
        stem = name[:-1] if len(name) > 2 else name
        yield By.SHORT, stem
        for spoken, _ in (*read_aloud(name), *read_aloud(stem)):
            yield By.SHORT, spoken
    if county.name.endswith("自治县"):
        yield By.SHORT, f"{county.short_name}县"
    kinds = {"statistical_code": By.STATISTICAL_CODE, "part": By.PART}
    for alias in divisions.aliases_of(county.adcode):
        by = kinds.get(alias.kind, By.ENGLISH)
        yield by, alias.alias
        if by is By.PART:
            yield by, f"{county.name}{alias.alias}"
            for spoken, _ in read_aloud(alias.alias[:-1]):
                yield by, spoken
        if alias.alias_en:
            yield By.PART if by is By.PART else By.ENGLISH, alias.alias_en

"""What a name in a table may mean: the counties that bear or bore it, and what else.

Built once for an edition of the divisions. Nothing here decides for a row; all that
bear a name are returned, and the tiers in :mod:`layers.own.tiers` decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, Literal

from geo.division_records import Division
from geo.divisions import Divisions
from geo.gazetteer import Gazetteer, division_entries
from geo.names import LONGEST, misread, normalise, read_aloud
from geo.resolver import CODES, By, resolve, resolve_body
from layers.own.cells import reduced
from layers.own.words import TOTAL

Kind = Literal["county", "prefecture", "body", "total", "zone", "unknown", "blank"]
Tier = Literal["name", "short", "latin"]

TIERS: Final[tuple[Tier, ...]] = ("name", "short", "latin")

_REMARK: Final = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_ORDINAL: Final = re.compile(
    r"^\s*(?:[(]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)、.．)]\s*|其中\s*[:：]\s*)+"
)
_COUNTRY: Final = ("中华人民共和国", "中国")
_GENERIC_EN: Final = {"县": "county", "区": "district", "市": "city"}


@dataclass(frozen=True, slots=True)
class Bearer:
    """One county, of today or of the past, that has a name.

    Attributes
    ----------
    adcodes : tuple of str
        Counties of today that it is or went to.
    former : str
        Its code in the past; "" if it is a county of today.
    """

    adcodes: tuple[str, ...]
    former: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A development or management zone that is no county.

    Attributes
    ----------
    kind : {"named", "ending"}
        ``ending`` is not a zone but what names of zones end with.
    code : str
        Code under which statistics list it; "" if none is known.
    """

    name: str
    also: tuple[str, ...]
    kind: str
    code: str
    prefecture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a text may mean.

    Attributes
    ----------
    kind : str
        ``county`` if any county bears or bore the name; else what it is.
    bearers : tuple of Bearer
        All that bear or bore it, in the best tier in which there are any, in whichever
        prefecture.
    prefecture : str
        The prefecture that stands before or behind the name, or that the text is.
    """

    kind: Kind
    bearers: tuple[Bearer, ...] = ()
    prefecture: str = ""

    @property
    def adcodes(self) -> tuple[str, ...]:
        """Counties of today that are meant: those of the name, then the followers."""
        ordered = sorted(self.bearers, key=lambda bearer: bool(bearer.former))
        return tuple(dict.fromkeys(a for bearer in ordered for a in bearer.adcodes))


@dataclass(frozen=True, eq=False, kw_only=True)
class Places:
    """Names and codes of counties, prefectures and zones.

    Parameters
    ----------
    divisions : geo.divisions.Divisions
        With the crosswalk.
    zones : sequence of Zone
        Zones, and endings of their names.
    other_codes : mapping of str to str
        Codes that statistics use for a county of today beside its own.
    """

    divisions: Divisions
    zones: tuple[Zone, ...] = ()
    other_codes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # A bound cache: one of the class would keep every edition alive.
        object.__setattr__(self, "mean", lru_cache(maxsize=50_000)(self._mean))
        object.__setattr__(self, "alike", lru_cache(maxsize=5_000)(self._alike))

    @cached_property
    def counties(self) -> Mapping[str, Division]:
        """Counties of today by adcode."""
        return self.divisions.of_level("county")

    @cached_property
    def prefectures(self) -> Mapping[str, Division]:
        """Prefectures by adcode."""
        return self.divisions.of_level("prefecture")

    @cached_property
    def former(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Counties of today by code and name of the past."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for change in self.divisions.changes:
            kept = self.counties.get(change.former_adcode)
            if kept and kept.name == change.former_name:
                continue  # it lost or won ground, and is the county of today
            if change.adcode in self.counties:
                key = (change.former_adcode, change.former_name)
                found[key] = tuple(dict.fromkeys([*found.get(key, ()), change.adcode]))
        return found

    @cached_property
    def former_codes(self) -> Mapping[str, tuple[str, ...]]:
        """Counties of today by code of the past, whatever its name was."""
        found: dict[str, tuple[str, ...]] = {}
        for (code, _), adcodes in self.former.items():
            found[code] = tuple(dict.fromkeys([*found.get(code, ()), *adcodes]))
        return found

    @cached_property
    def zone_codes(self) -> frozenset[str]:
        """Codes under which statistics list zones."""
        return frozenset(zone.code for zone in self.zones if zone.code)

    def parent(self, adcode: str) -> str:
        """Return the adcode of the prefecture of a county."""
        return self.counties[adcode].parent

    @cached_property
    def _index(self) -> Mapping[tuple[Tier, str], tuple[Bearer, ...]]:
        index: dict[tuple[Tier, str], dict[Bearer, None]] = {}
        for bearer, tier, text in self._names():
            if key := normalise(text):
                index.setdefault((tier, key), {})[bearer] = None
        return {key: tuple(bearers) for key, bearers in index.items()}

    def _names(self) -> Iterable[tuple[Bearer, Tier, str]]:
        for adcode, county in self.counties.items():
            bearer = Bearer((adcode,))
            yield bearer, "name", county.name
            for short in _short_names(county):
                yield bearer, "short", short
            for latin in _latin_names(county):
                yield bearer, "latin", latin
        for (code, name), adcodes in self.former.items():
            bearer = Bearer(adcodes, former=code)
            stem = name[:-1] if len(name) > 2 else name
            yield bearer, "name", name
            if stem != name:
                yield bearer, "short", stem
            for text in dict.fromkeys((name, stem)):
                for spoken, _ in read_aloud(text):
                    yield bearer, "latin", spoken
                    yield bearer, "latin", spoken + _GENERIC_EN.get(name[-1], "")

    @cached_property
    def _regions(self) -> Mapping[str, str]:
        """Prefectures by every form of their names, normalised."""
        found = {}
        for adcode, region in self.prefectures.items():
            stem = region.short_name
            forms = [region.name, stem, f"{stem}地区", region.name_en, region.pinyin]
            for form in [*forms, f"{region.pinyin}shi", f"{region.name_en} City"]:
                found[normalise(form)] = adcode
        return found

    @cached_property
    def _provinces(self) -> tuple[str, ...]:
        province = self.divisions.province
        return (normalise(province.name), normalise(province.short_name))

    @cached_property
    def _zone_names(self) -> Mapping[str, str]:
        return {
            normalise(name): zone.prefecture
            for zone in self.zones
            for name in (zone.name, *zone.also)
            if zone.kind == "named"
        }

    @cached_property
    def _zone_endings(self) -> tuple[str, ...]:
        return tuple(normalise(z.name) for z in self.zones if z.kind == "ending")

    def prefecture_of(self, text: str) -> str:
        """Return the adcode of the prefecture that a text names, or ""."""
        key = normalise(_REMARK.sub("", reduced(text)))
        for province in self._provinces:
            key = key.removeprefix(province) or key
        return self._regions.get(key, "")

    def meaning(self, text: str) -> Meaning:
        """Say what a text may mean as the name of a row."""
        for written in (text, *misread(text[: 2 * LONGEST])):
            found: Meaning = self.mean(written[: 2 * LONGEST])  # type: ignore[attr-defined] # see __post_init__
            if found.kind != "unknown":
                return found
        return Meaning(kind="unknown")

    def _mean(self, text: str) -> Meaning:
        plain = reduced(text)
        if not plain:
            return Meaning(kind="blank")
        if plain[0] in "=@":
            return Meaning(kind="unknown")  # a formula is text, and no name
        plain = _ORDINAL.sub("", plain)
        core = _REMARK.sub("", plain)
        remarks = _REMARK.findall(plain)
        key = _without_marks(normalise(core) or normalise(plain))
        if not key:
            return Meaning(kind="unknown")
        found = self._of_key(key, core, remarks)
        several = len(found.bearers) > 1 and not found.prefecture
        if found.kind == "unknown" or several:
            return self._resolved(plain) or found
        return found

    def _resolved(self, plain: str) -> Meaning | None:
        """Return the one county that the resolver of addresses finds in a name.

        A part of a county is not the county: its figures are not the county's.
        """
        meant = resolve(self.divisions, plain)
        if len(meant) != 1 or meant[0].by in {*CODES, By.PART}:
            return None
        return Meaning(kind="county", bearers=(Bearer((meant[0].adcode,)),))

    def _of_key(self, key: str, core: str, remarks: list[str]) -> Meaning:
        beside = next(filter(None, map(self.prefecture_of, remarks)), "")
        if key.isascii() and "," in core:
            name, _, rest = core.partition(",")
            if region := self.prefecture_of(rest):
                key, beside = normalise(name), region
        if TOTAL.fullmatch(key):
            return Meaning(kind="total")
        if key in self._provinces or key in {normalise(c) for c in _COUNTRY}:
            return Meaning(kind="total")
        for prefix in (*_COUNTRY, *self._provinces):
            if key.startswith(prefix) and len(key) > len(prefix) + 1:
                key = key.removeprefix(prefix)
        region = self._regions.get(key, "")
        bearers = self._bearing(key, shortened=not region)
        if bearers:
            return Meaning(kind="county", bearers=bearers, prefecture=beside)
        if region:
            return Meaning(kind="prefecture", prefecture=region)
        if resolve_body(self.divisions, key):
            return Meaning(kind="body")
        if key in self._zone_names or key.endswith(self._zone_endings):
            return Meaning(kind="zone", prefecture=self._zone_names.get(key, ""))
        return self._qualified(key)

    def _qualified(self, key: str) -> Meaning:
        for name in sorted(self._regions, key=len, reverse=True):
            rest = key.removeprefix(name)
            if rest == key or len(rest) < 2:
                continue
            region = self._regions[name]
            if TOTAL.fullmatch(rest):
                return Meaning(kind="total")
            if bearers := self._bearing(rest, shortened=rest not in self._regions):
                return Meaning(kind="county", bearers=bearers, prefecture=region)
        return Meaning(kind="unknown")

    def _bearing(self, key: str, *, shortened: bool) -> tuple[Bearer, ...]:
        for tier in TIERS if shortened else TIERS[:1]:
            if tier == "latin" and not key.isascii():
                continue
            if bearers := self._index.get((tier, key)):
                return bearers
        return ()

    def inside(self, bearers: Iterable[Bearer], region: str) -> tuple[Bearer, ...]:
        """Return the bearers that lie in a prefecture."""
        return tuple(
            bearer
            for bearer in bearers
            if any(self.parent(adcode) == region for adcode in bearer.adcodes)
        )

    def sharing_short_name(self, region: str) -> tuple[str, ...]:
        """Return the counties of today whose short name is that of a prefecture."""
        key = normalise(self.prefectures[region].short_name)
        bearers = self._index.get(("short", key), ())
        return tuple(dict.fromkeys(a for b in bearers for a in b.adcodes))

    def is_short_of_prefecture(self, text: str) -> bool:
        """Whether a text is a prefecture's name without 市, in any script."""
        key = _without_marks(normalise(_REMARK.sub("", reduced(text))))
        region = self._regions.get(key, "")
        return bool(region) and key != normalise(self.prefectures[region].name)

    def similar(self, text: str) -> tuple[str, ...]:
        """Return counties whose names are written or pronounced like a text."""
        found: tuple[str, ...] = self.alike(text[:LONGEST])  # type: ignore[attr-defined] # see __post_init__
        return found

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer(
            e for e in division_entries(self.divisions) if e.kind == "county"
        )

    def _alike(self, text: str) -> tuple[str, ...]:
        key = normalise(_REMARK.sub("", _ORDINAL.sub("", reduced(text))))
        for prefix in (*self._provinces, *self._regions):
            if key.startswith(prefix) and len(key) > len(prefix) + 1:
                key = key.removeprefix(prefix)
        if len(key) < 2 or len(key) > 30 or key.isdigit():
            return ()
        return tuple(hit.id for hit in self._gazetteer.search(key, limit=3))


def _without_marks(key: str) -> str:
    """Drop numbers of notes around a Chinese name: 魏县① has become 魏县1."""
    stripped = re.sub(r"^\d{1,3}(?=\D)|(?<=\D)\d{1,3}$", "", key)
    return stripped if not stripped.isascii() else key


def _short_names(county: Division) -> Iterable[str]:
    name, short = county.name, county.short_name
    if len(short) > 1 and short != name:
        yield short
    if name.endswith("自治县"):
        yield f"{short}县"  # what everybody says: 丰宁县, 围场县
        yield f"{short}自治县"


def _latin_names(county: Division) -> Iterable[str]:
    name, short, pinyin = county.name, county.short_name, county.pinyin
    yield county.name_en
    yield pinyin
    generic = _GENERIC_EN.get(name[-1], "")
    yield pinyin + generic
    for end in {name.removeprefix(short), name[-1]}:
        for spoken, _ in read_aloud(end) if end else ():
            yield pinyin + spoken
    if len(name) == 2 and pinyin.endswith("xian"):
        yield pinyin.removesuffix("xian") + generic  # Wei County
    if name.endswith("自治县"):
        yield pinyin + "autonomouscounty"

"""Decide for one row which county it is, in tiers that never guess.

A code and a name beside it must agree; what only one county can be is joined; all else
is told with the counties that it may be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geo.resolver import body_beneath, resolve_body
from layers.own.codes import Code
from layers.own.places import Bearer, Meaning, Places

MOST_SUGGESTED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a row.

    Attributes
    ----------
    outcome : str
        One of :data:`layers.own.outcomes.GROUP_OF`.
    adcode : str
        The county of a joined row; else "".
    suggestions : tuple of str
        Counties that it may be; never joined.
    reason : str
        Key of :data:`layers.own.outcomes.SENTENCES`; "" where none is needed.
    """

    outcome: str
    adcode: str = ""
    suggestions: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a row says of its county.

    Attributes
    ----------
    name : str
        The name as written, "" if none.
    column_prefecture, block_prefecture : str
        Adcode of the prefecture in a column of the row, and at the head of its block.
    """

    code: Code
    name: str
    column_prefecture: str = ""
    block_prefecture: str = ""


def decide(said: Said, places: Places, *, suggest: bool = True) -> Verdict:
    """Decide for one row that is no note and not blank.

    Parameters
    ----------
    said : Said
        What the row says of its place.
    places : Places
        Names and codes of the edition.
    suggest : bool
        Whether to look for counties that are called nearly so, which takes time.
    """
    meaning = places.meaning(said.name)
    if meaning.kind == "total":
        return Verdict(outcome="total_row", reason="total_row")
    coded = _coded(said.code, places)
    if meaning.kind == "zone":
        if coded.is_county:
            return _disagree(coded.counties, "disagreement")
        return Verdict(outcome="zone", reason="zone")
    if meaning.kind == "prefecture":
        return _prefecture(said, meaning, coded, places)
    if meaning.kind == "body":
        if coded.is_county:
            return _disagree(coded.counties, "disagreement")
        return Verdict(outcome="zone", reason="region_row")
    if meaning.kind == "county":
        return _county(said, meaning, coded, places)
    similar: tuple[str, ...] = ()
    if suggest and meaning.kind == "unknown":
        similar = places.similar(said.name)
    return _nameless(said, meaning, coded, similar)


@dataclass(frozen=True, slots=True)
class _Coded:
    """What a code means: counties of today, or something that is none."""

    level: str = ""
    """One of county, past, region, body, beneath, zone, town, unknown, or none."""
    counties: tuple[str, ...] = ()
    """Those it means; of a code ``beneath`` that of a body, those the body runs."""

    @property
    def is_county(self) -> bool:
        """Whether counties have, or had, the code."""
        return self.level in {"county", "past"}


def _coded(code: Code, places: Places) -> _Coded:
    if code.form == "town":
        return _Coded("town")
    if code.form != "code":
        return _Coded()
    digits = places.other_codes.get(code.digits, code.digits)
    if digits in places.counties:
        return _Coded("county", (digits,))
    if digits in places.former_codes:
        return _Coded("past", places.former_codes[digits])
    if digits in places.prefectures or digits == places.divisions.province.adcode:
        return _Coded("region")
    if digits in places.zone_codes:
        return _Coded("zone")
    if resolve_body(places.divisions, digits):
        return _Coded("body")
    if body := body_beneath(places.divisions, digits):
        return _Coded("beneath", places.divisions.administered_by(body.id))
    return _Coded("unknown")


def _prefecture(said: Said, meaning: Meaning, coded: _Coded, places: Places) -> Verdict:
    sharing: tuple[str, ...] = ()
    if places.is_short_of_prefecture(said.name):
        sharing = places.sharing_short_name(meaning.prefecture)
    if coded.is_county:
        if len(coded.counties) == 1 and coded.counties[0] in sharing:
            return _joined_by_code(coded)
        return _disagree(coded.counties, "disagreement")
    if sharing and coded.level != "region":
        return Verdict(
            outcome="ambiguous", suggestions=sharing, reason="short_of_prefecture"
        )
    return Verdict(outcome="prefecture_row", reason="prefecture_row")


def _county(said: Said, meaning: Meaning, coded: _Coded, places: Places) -> Verdict:
    if coded.level == "town":
        return Verdict(outcome="not_found", reason="town")
    if coded.level in {"region", "body", "beneath", "zone", "unknown"}:
        return _disagree(meaning.adcodes, "other_code")
    if not coded.level:
        return _by_name(said, meaning, places)
    digits = said.code.digits
    same = [b for b in meaning.bearers if b.former == digits]
    if coded.level == "past" and same:
        # Code and name are those of one county of then.
        followers = same[0].adcodes
        if len(followers) > 1:
            return Verdict(outcome="split", suggestions=followers, reason="split")
        return Verdict(outcome="joined_past_code", adcode=followers[0])
    meant = {b.adcodes[0] for b in meaning.bearers if len(b.adcodes) == 1}
    if len(coded.counties) == 1 and coded.counties[0] in meant:
        return _joined_by_code(coded)
    return _disagree([*coded.counties, *meaning.adcodes], "disagreement")


def _nameless(
    said: Said, meaning: Meaning, coded: _Coded, similar: tuple[str, ...]
) -> Verdict:
    """Decide by the code alone; a name that nobody knows speaks against it."""
    if coded.level == "region":
        return Verdict(outcome="prefecture_row", reason="prefecture_row")
    if coded.level == "zone":
        return Verdict(outcome="zone", reason="zone")
    if coded.level == "body":
        return Verdict(outcome="zone", reason="region_row")
    if coded.level in {"county", "past"}:
        if meaning.kind == "unknown":
            return _disagree([*coded.counties, *similar], "name_unknown")
        if len(coded.counties) == 1:
            return _joined_by_code(coded)
        return Verdict(outcome="split", suggestions=coded.counties, reason="split")
    reason = "not_found" if said.name else "nothing_said"
    if coded.level == "town":
        reason = "town"
    elif coded.level == "beneath" and not similar:
        similar, reason = coded.counties, "code_beneath"
    elif coded.level == "unknown" and not similar:
        reason = "code_unknown"
    return Verdict(
        outcome="not_found", suggestions=similar[:MOST_SUGGESTED], reason=reason
    )


def _by_name(said: Said, meaning: Meaning, places: Places) -> Verdict:
    bearers = meaning.bearers
    one = _one_county(bearers)
    regions = {meaning.prefecture, said.column_prefecture} - {""}
    inside = bearers
    for region in sorted(regions):
        inside = places.inside(inside, region)
    if not inside:
        return _disagree(meaning.adcodes, "other_prefecture")
    if one:
        past = all(bearer.former for bearer in bearers)
        outcome = "joined_past_name" if past else "joined_name"
        return Verdict(outcome=outcome, adcode=one)
    if not regions and said.block_prefecture:
        inside = places.inside(bearers, said.block_prefecture)
    narrowed = len(inside) < len(bearers)
    if inside and narrowed and (one := _one_county(inside)):
        return Verdict(outcome="joined_qualified", adcode=one)
    left = inside or bearers
    if len(left) == 1:
        return Verdict(outcome="split", suggestions=left[0].adcodes, reason="split")
    suggested = Meaning(kind="county", bearers=tuple(left)).adcodes
    return Verdict(outcome="ambiguous", suggestions=suggested, reason="ambiguous")


def _one_county(bearers: Iterable[Bearer]) -> str:
    followers = {bearer.adcodes for bearer in bearers}
    if len(followers) != 1:
        return ""
    (adcodes,) = followers
    return adcodes[0] if len(adcodes) == 1 else ""


def _joined_by_code(coded: _Coded) -> Verdict:
    outcome = "joined_code" if coded.level == "county" else "joined_past_code"
    return Verdict(outcome=outcome, adcode=coded.counties[0])


def _disagree(adcodes: Iterable[str], reason: str) -> Verdict:
    return Verdict(
        outcome="disagreement",
        suggestions=tuple(dict.fromkeys(adcodes))[:MOST_SUGGESTED],
        reason=reason,
    )

"""What became of a number over time: only where it is of the same ground both times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from geo.kept import kept_with_owner
from geo.language import N_, Language, Speaker, speaker
from layers.facts.figures import Figure
from layers.facts.package import Package
from layers.facts.territory import day_text, may_be_as_it_was
from layers.facts.variables import Variable
from layers.facts.zones import (
    counted_apart,
    counties_of_zones,
    zone_name,
    zones_on,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Two numbers of one series, of the same ground.

    Attributes
    ----------
    before, after : float
        In the unit of the series.
    part_before, part_after : float or None
        Of a count with a denominator: what part of that it was.
    """

    before: float
    after: float
    part_before: float | None = None
    part_after: float | None = None

    @property
    def difference(self) -> float:
        """What came to it, in the unit of the series."""
        return self.after - self.before

    @property
    def share(self) -> float | None:
        """What came to it, as a share of what was there; None where nothing was."""
        return self.difference / self.before if self.before else None


@kept_with_owner
def known(package: Package, variable: Variable) -> Mapping[str, float]:
    """Return the numbers of counties of today, by adcode; of another ground none."""
    return {
        adcode: float(value.value)
        for adcode, own in package.values_by_county(variable.id).items()
        for value in own
        if value.is_known
    }


@kept_with_owner
def parts(package: Package, variable: Variable) -> Mapping[str, float]:
    """Return what part of its denominator a count is, by adcode; empty of any other.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number; of a mean the denominator is its weight.
    """
    if variable.aggregate != "sum" or not variable.denominator:
        return {}
    whole = known(package, package.variables[variable.denominator])
    own = known(package, variable)
    return {a: number / whole[a] for a, number in own.items() if whole.get(a)}


@kept_with_owner
def parted(package: Package, earlier: Variable, later: Variable) -> frozenset[str]:
    """Return the counties whose ground was counted with them at one time only.

    A zone that statistics count apart at one of the two times, on ground that a source
    says is a county's: then the two numbers of the county are not of the same ground.

    Parameters
    ----------
    package : Package
        The facts.
    earlier : Variable
        The number at the first time.
    later : Variable
        The number at the second time, of the same series.
    """
    apart = {*counted_apart(package, earlier)} ^ {*counted_apart(package, later)}
    where = counties_of_zones(package)
    return frozenset(adcode for zone in apart for adcode in where.get(zone, ()))


def uncertain(
    package: Package, earlier: Variable, later: Variable, prefecture: str
) -> tuple[Figure, ...]:
    """Return the zones of a prefecture that may have parted ground from any county.

    They are counted apart at one of two times, and no source says whose ground it is.

    Parameters
    ----------
    package : Package
        The facts.
    earlier : Variable
        The number at the first time.
    later : Variable
        The number at the second time, of the same series.
    prefecture : str
        Adcode of the prefecture.
    """
    found = []
    for one, other in ((earlier, later), (later, earlier)):
        before = counted_apart(package, one)
        found += [
            figure
            for figure in package.beside(other.id, prefecture)
            if figure.level == "zone"
            and figure.code not in before
            and not counties_of_zones(package).get(figure.code)
        ]
    return tuple(found)


@kept_with_owner
def changes(
    package: Package, earlier: Variable, later: Variable
) -> Mapping[str, Change]:
    """Return how a number changed, by adcode, for counties of the same ground.

    Parameters
    ----------
    package : Package
        The facts.
    earlier, later : Variable
        Of one series.

    Raises
    ------
    ValueError
        If they are of no series, or of two.
    """
    if not later.series or earlier.series != later.series:
        raise ValueError(f"{earlier.id} and {later.id} are not of one series")
    before, after = known(package, earlier), known(package, later)
    out = parted(package, earlier, later)
    part_before, part_after = parts(package, earlier), parts(package, later)
    return {
        adcode: Change(
            before=before[adcode],
            after=after[adcode],
            part_before=part_before.get(adcode),
            part_after=part_after.get(adcode),
        )
        for adcode in after
        if adcode in before
        and adcode not in out
        and not package.divisions.moved_since(adcode, earlier.since)
    }


def change_text(variable: Variable, change: Change, language: Language) -> str:
    """Say a change: of a count in per cent, of a rate in its unit.

    Of a count with a denominator also how its part of that changed; of a sample only
    that: how large a sample is means nothing.

    Parameters
    ----------
    variable : Variable
        The later of the two.
    change : Change
        Numbers before and after, in its unit.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    if variable.aggregate != "sum":
        text = _signed(f"{change.difference:+,.2f}")
        return (
            say(N_("{n} percentage points"), n=text) if variable.unit == "%" else text
        )
    texts = []
    if not variable.sample and change.share is not None:
        texts.append(_signed(f"{change.share:+.1%}"))
    if change.part_before is not None and change.part_after is not None:
        points = 100 * (change.part_after - change.part_before)
        texts.append(
            say(
                N_("part {before:.1%} → {after:.1%} ({n} percentage points)"),
                before=change.part_before,
                after=change.part_after,
                n=_signed(f"{points:+,.1f}"),
            )
        )
    return say.clauses(texts) or "–"


def reason(
    package: Package, earlier: Variable, later: Variable, adcode: str, say: Speaker
) -> str:
    """Say why there is no change to be shown of a county; empty if there is one.

    Parameters
    ----------
    package : Package
        The facts.
    earlier, later : Variable
        Of one series.
    adcode : str
        Of a county of today.
    say : Speaker
        Of the language wanted.
    """
    why = []
    moved = package.divisions.moved_since(adcode, earlier.since)
    if moved:
        days = say.series(dict.fromkeys(day_text(change, say) for change in moved))
        text = N_("no comparison: its territory changed ({days})")
        if may_be_as_it_was(package.divisions, adcode, earlier.since):
            text = N_("no comparison: its territory may have changed since ({days})")
        why.append(say(text, days=days))
    for one, other in ((earlier, later), (later, earlier)):
        before = counted_apart(package, one)
        zones = [
            zone_name(package, figure.name, say)
            for figure in zones_on(package, other, adcode)
            if figure.code not in before
        ]
        if zones:
            text = N_(
                "no comparison: counted apart in {year} only, and on its territory: "
                "{zones}"
            )
            year, names = other.period[:4], say.series(zones)
            why.append(say(text, zones=names, year=year))
    return say.clauses(why)


def _signed(text: str) -> str:
    """Put a true minus; what rounds to nought has gone neither up nor down."""
    if not re.search("[1-9]", text):
        return text.lstrip("+-")
    return text.replace("-", "−")

"""What numbers say of one county beside others: poor counties, prefecture, province.

Only what may be compared between a large county and a small one is: what is averaged,
and a count as a part of its denominator. All is weighted as the statistics are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from geo.language import N_, Speaker
from layers.facts.changes import changes, reason
from layers.facts.package import Package
from layers.facts.variables import Group, Variable, by_group
from layers.profile.comparable import (
    compared,
    is_part,
    name_of,
    number_in_words,
    regions,
    short_number,
    unit_of,
    values,
)
from layers.profile.figures import doubts
from layers.select.summaries import summarise

Who = Literal["county", "before", "peers", "prefecture", "province"]
"""Of whom a mark is: the county at the last time and at the first, and the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One number on the line of an indicator.

    Attributes
    ----------
    number : float
        In the unit of the variable; of a part of a count, 0 to 1.
    text, short : str
        With the unit in words; without any but the per cent sign.
    """

    who: Who
    number: float
    text: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One series of a county beside others.

    Attributes
    ----------
    unit : str
        Of the short numbers, in words; ``""`` if they say it themselves.
    variable, earlier : Variable
        The last time of the series, and the first; None of a series of one time.
    marks : tuple of Mark
        The county's numbers first; whoever has no number has no mark.
    is_joined : bool
        Whether both numbers of the county are of the same ground.
    peers : tuple of float
        The last number of each of the other poor counties that has one.
    least, most : float
        Of all counties at any of the two times: the ends of the line.
    caution : str
        Why the two times are to be compared with care; ``""`` if they are not.
    notes : tuple of str
        Why there is no comparison with the first time, or what makes it doubtful.
    """

    variable: Variable
    earlier: Variable | None
    name: str
    unit: str
    marks: tuple[Mark, ...]
    is_joined: bool
    peers: tuple[float, ...]
    least: float
    most: float
    caution: str = ""
    notes: tuple[str, ...] = ()

    def place(self, number: float) -> float:
        """Return where a number lies between the ends of the line, 0 to 1.

        Parameters
        ----------
        number : float
            As of a mark. Of a prefecture it may lie beyond what counties have.
        """
        if self.most <= self.least:
            return 0.5
        return min(max((number - self.least) / (self.most - self.least), 0.0), 1.0)

    def span(self, package: Package, say: Speaker) -> str:
        """Say the ends of the line.

        Parameters
        ----------
        package : Package
            The facts.
        say : Speaker
            Of the language wanted.
        """
        ends = (self.least, self.most)
        low, high = (number_in_words(package, self.variable, n, say) for n in ends)
        return say(N_("{low} to {high}"), low=low, high=high)

    def mark(self, who: Who) -> Mark | None:
        """Return the mark of one of them, if it has a number."""
        return next((mark for mark in self.marks if mark.who == who), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Indicators of one group and the same times, and what their marks are called.

    Attributes
    ----------
    terms : mapping of str to str
        For each mark that occurs what it stands for.
    """

    group: Group
    terms: Mapping[Who, str]
    indicators: tuple[Indicator, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said besides, each once."""
        return tuple(dict.fromkeys(n for i in self.indicators for n in i.notes))


def blocks(
    package: Package, counties: pd.DataFrame, adcode: str, say: Speaker
) -> tuple[Block, ...]:
    """Return all indicators of a county that can be compared, group by group.

    Parameters
    ----------
    package : Package
        The facts.
    counties : pandas.DataFrame
        The county table.
    adcode : str
        Of a county of today.
    say : Speaker
        Of the language wanted.
    """
    series = {own[0].id: own for own in compared(package)}
    latest = [own[0] for own in series.values()]
    peers = [code for code in peers_of(package) if code != adcode]
    found = []
    for group, members in by_group(latest, package.groups).items():
        indicators = [
            _indicator(package, counties, series[v.id], adcode, peers, say)
            for v in members
            if adcode in values(package, v)
        ]
        for times, own in _by_times(indicators).items():
            terms = _terms(package, own, times, adcode, say)
            found.append(Block(group=group, terms=terms, indicators=tuple(own)))
    return tuple(found)


def peers_of(package: Package) -> tuple[str, ...]:
    """Return the counties of the programmes that the map opens with, in order of code.

    Parameters
    ----------
    package : Package
        The facts.
    """
    members = (package.members(programme.id) for programme in _opening(package))
    return tuple(sorted(frozenset().union(*members)))


def _by_times(
    indicators: Iterable[Indicator],
) -> dict[tuple[str, str], list[Indicator]]:
    """Sort indicators by last and first time; those of one time go with others."""
    found: dict[tuple[str, str], list[Indicator]] = {}
    for one in indicators:
        first = one.earlier.period if one.earlier else ""
        found.setdefault((one.variable.period, first), []).append(one)
    for last, first in [*found]:
        longer = next((t for t in found if t[0] == last and t[1]), None)
        if not first and longer:
            found[longer] += found.pop((last, first))
    return found


def _opening(package: Package) -> list[Variable]:
    groups = package.groups
    return [p for p in package.programmes.values() if groups[p.group].opening]


def _indicator(
    package: Package,
    counties: pd.DataFrame,
    own: Sequence[Variable],
    adcode: str,
    peers: Sequence[str],
    say: Speaker,
) -> Indicator:
    latest, earlier = own[0], own[-1] if len(own) > 1 else None
    now = values(package, latest)
    before = values(package, earlier) if earlier else {}
    summary = summarise(package, latest, counties, peers)
    areas = regions(package, latest)
    numbers: dict[Who, float | None] = {
        "county": now[adcode],
        "before": before.get(adcode),
        "peers": summary.share if is_part(latest) else summary.number,
        "prefecture": areas.get(package.divisions[adcode].parent),
        "province": areas.get(package.divisions.province.adcode),
    }
    joined = earlier is not None and adcode in changes(package, earlier, latest)
    every = [*now.values(), *before.values()]
    return Indicator(
        variable=latest,
        earlier=earlier,
        name=name_of(package, latest, say),
        unit=unit_of(package, latest, say),
        marks=tuple(
            Mark(
                who=who,
                number=n,
                text=number_in_words(package, latest, n, say),
                short=short_number(package, latest, n, say),
            )
            for who, n in numbers.items()
            if n is not None
        ),
        is_joined=joined and adcode in before,
        peers=tuple(now[code] for code in peers if code in now),
        least=min(every),
        most=max(every),
        caution=_caution(package, latest, say) if joined else "",
        notes=_notes(package, earlier, latest, adcode, say) if earlier else (),
    )


def _caution(package: Package, variable: Variable, say: Speaker) -> str:
    return package.series[variable.series].caution(say.language)


def _notes(
    package: Package, earlier: Variable, latest: Variable, adcode: str, say: Speaker
) -> tuple[str, ...]:
    if adcode in changes(package, earlier, latest):
        return tuple(doubts(package, earlier, latest, adcode, say))
    why = reason(package, earlier, latest, adcode, say)
    return (why,) if why else ()


def _terms(
    package: Package,
    indicators: Iterable[Indicator],
    times: tuple[str, str],
    adcode: str,
    say: Speaker,
) -> dict[Who, str]:
    there = {mark.who for one in indicators for mark in one.marks}
    return {who: t for who, t in _called(package, times, adcode, say) if who in there}


def _called(
    package: Package, times: tuple[str, str], adcode: str, say: Speaker
) -> Iterator[tuple[Who, str]]:
    divisions = package.divisions
    last, first = (time[:4] for time in times)
    text = N_("this county, {year}")
    yield "county", say(text, year=last) if last else say(N_("this county"))
    yield "before", say(text, year=first)
    names = dict.fromkeys(
        package.groups[p.group].within(say.language) for p in _opening(package)
    )
    is_one = adcode in peers_of(package)
    text = N_("other {names}") if is_one else N_("{names} of the plan")
    yield "peers", say(text, names=say.series(names))
    yield "prefecture", divisions.called(divisions[adcode].parent, say.language)
    yield "province", say(N_("whole province"))

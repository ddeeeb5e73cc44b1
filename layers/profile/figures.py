"""What numbers say of one county: each series in one statement, its times together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from geo.language import N_, Speaker
from geo.names import beside
from layers.facts.changes import change_text, changes, reason, uncertain
from layers.facts.package import Package
from layers.facts.territory import may_be_as_it_was, value_note
from layers.facts.value_texts import number_text
from layers.facts.values import Value
from layers.facts.variables import Variable, in_series, leading_numbers
from layers.facts.zones import left_out_note, zone_name
from layers.profile import evidence
from layers.profile.statements import Statement

FEW: Final = 5
"""More series than these stand folded."""


def statements(
    package: Package, variables: Iterable[Variable], adcode: str, say: Speaker
) -> Iterator[Statement]:
    """Say each series of some numbers: values with their times, change, or why none.

    Parameters
    ----------
    package : Package
        The facts.
    variables : iterable of Variable
        Numbers of any series.
    adcode : str
        Code of a county of today.
    say : Speaker
        Of the language wanted.
    """
    for own in in_series(variables).values():
        yield _series(package, own, adcode, say)


def told_once(statements: Sequence[Statement]) -> tuple[list[Statement], list[str]]:
    """Take out of statements what many of them say of the same ground and zones.

    Under each of a census it would be read once and then skipped.

    Parameters
    ----------
    statements : sequence of Statement
        Of the numbers of one group.

    Returns
    -------
    statements : list of Statement
        Without these notes.
    notes : list of str
        What more than :data:`FEW` of them said, in their order.
    """
    borne = Counter(note for one in statements for note in one.common)
    often = [note for note, n in borne.items() if n > FEW]
    return [one.without(often) for one in statements], often


def chosen(
    variables: Iterable[Variable], wanted: Collection[str] | None
) -> list[Variable]:
    """Leave out the numbers that are not wanted; None wants all."""
    return [
        v for v in variables if v.kind != "number" or wanted is None or v.id in wanted
    ]


def _series(
    package: Package, own: list[Variable], adcode: str, say: Speaker
) -> Statement:
    latest, earliest = own[0], own[-1]
    others = tuple(variable.id for variable in own[1:])
    name = latest.name(say.language)
    if latest.series and len(own) > 1:
        name = package.series[latest.series].name(say.language)
    values = {v: package.values_by_county(v.id).get(adcode, ()) for v in own}
    said = [
        _value(package, variable, value, say)
        for variable, found in values.items()
        for value in found
    ]
    known = [v for found in values.values() for v in found if v.is_known]
    details = [say.pick(value.detail_zh, value.detail_en) for value in known]
    notes = [*filter(None, details)]
    common: list[str] = []
    if latest.id in leading_numbers(
        package.variables.values()
    ):  # once; it would stand under each of a census
        grounds = dict.fromkeys(value_note(package, value, say) for value in known)
        notes += filter(None, grounds)
        notes += filter(None, (left_out_note(package, v, adcode, say) for v in own))
    elif len(own) == 1:  # of several the reason why there is no change says it
        left = (left_out_note(package, v, adcode, say, numbers=False) for v in own)
        common += filter(None, left)
    if len(own) > 1:
        notes += _change(package, earliest, latest, adcode, say)
        common += _ground(package, earliest, latest, adcode, say)
    if not known:
        return Statement(
            variable=latest.id,
            text=name,
            notes=(*said, latest.missing(say.language)),
            standing="no" if latest.is_whole else "not_said",
            evidence=(evidence.of_variable(package, latest, say),),
            is_known=False,
            others=others,
        )
    return Statement(
        variable=latest.id,
        text=say(N_("{name}: {text}"), name=name, text=say.clauses(said)),
        notes=(*notes, *common),
        common=tuple(common),
        evidence=tuple(
            dict.fromkeys(
                evidence.of_value(package, variable, value, say)
                for variable, found in values.items()
                for value in found
            )
        ),
        others=others,
    )


def _value(package: Package, variable: Variable, value: Value, say: Speaker) -> str:
    text = number_text(package, variable, value.value, say.language)
    if variable.period:
        text = say(N_("{value} ({period})"), value=text, period=variable.period)
    if value.of_other_ground:
        told = N_("{name} of the day, another territory: {text}")
        if may_be_as_it_was(package.divisions, value.adcode, variable.since):
            told = N_("{name} of the day, perhaps another territory: {text}")
        return say(told, name=beside(value.published_name, say.language), text=text)
    return text


def _change(
    package: Package,
    earliest: Variable,
    latest: Variable,
    adcode: str,
    say: Speaker,
) -> Iterator[str]:
    found = changes(package, earliest, latest).get(adcode)
    if found is None:
        return
    text = change_text(latest, found, say.language)
    if text != "–":
        yield say(N_("change: {text}"), text=text)
        caution = package.series[latest.series].caution(say.language)
        if caution:
            yield caution


def _ground(
    package: Package,
    earliest: Variable,
    latest: Variable,
    adcode: str,
    say: Speaker,
) -> Iterator[str]:
    """Say why there is no change between two numbers, or of what it is not sure."""
    if adcode in changes(package, earliest, latest):
        yield from doubts(package, earliest, latest, adcode, say)
        return
    why = reason(package, earliest, latest, adcode, say)
    if why:
        yield why


def doubts(
    package: Package,
    earliest: Variable,
    latest: Variable,
    adcode: str,
    say: Speaker,
) -> Iterator[str]:
    """Say which zones may have been parted from a county between two numbers.

    Parameters
    ----------
    package : Package
        The facts.
    earliest, latest : Variable
        Of one series.
    adcode : str
        Of a county of today.
    say : Speaker
        Of the language wanted.
    """
    prefecture = package.divisions[adcode].parent
    zones = uncertain(package, earliest, latest, prefecture)
    if zones:
        yield say(
            N_("counted apart only once, and perhaps on its territory: {zones}"),
            zones=say.series(zone_name(package, zone.name, say) for zone in zones),
        )

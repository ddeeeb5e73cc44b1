"""Numbers that may be compared between a large county and a small one, and regions.

What is averaged, and a count as a part of its denominator. Prefectures and the province
are put together as the statistics put them together.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isclose
from typing import Final

from geo.kept import kept_with_owner
from geo.language import N_, Speaker
from layers.facts.changes import known, parts
from layers.facts.package import Package
from layers.facts.units import figure
from layers.facts.value_texts import number_text
from layers.facts.variables import Variable, in_series
from layers.select.totals import Total, totals

_PER_CENT: Final = "%"


@kept_with_owner
def compared(package: Package) -> list[list[Variable]]:
    """Return the series that are compared, the last time of each first.

    A count of two that make up the same whole is left out: the other one says it.

    Parameters
    ----------
    package : Package
        The facts.
    """
    numbers = [v for v in package.variables.values() if v.kind == "number"]
    found: list[list[Variable]] = []
    for own in in_series(numbers).values():
        others = [other[0] for other in found]
        if _is_comparable(own[0]) and not any(
            _complete(package, own[0], other) for other in others
        ):
            found.append(own)
    return found


def _is_comparable(variable: Variable) -> bool:
    return variable.aggregate != "sum" or bool(variable.denominator)


def is_part(variable: Variable) -> bool:
    """Whether a number is a count, of which a part of its denominator is compared."""
    return variable.aggregate == "sum" and bool(variable.denominator)


def _complete(package: Package, one: Variable, other: Variable) -> bool:
    """Whether two counts are everywhere the whole of which they are parts."""
    if not is_part(one) or one.denominator != other.denominator:
        return False
    own, others = parts(package, one), parts(package, other)
    return own.keys() == others.keys() and all(
        isclose(own[adcode] + others[adcode], 1) for adcode in own
    )


def values(package: Package, variable: Variable) -> Mapping[str, float]:
    """Return the numbers compared, by adcode: of a count its part, 0 to 1.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number.
    """
    return (parts if is_part(variable) else known)(package, variable)


@kept_with_owner
def regions(package: Package, variable: Variable) -> Mapping[str, float]:
    """Return the number of each prefecture and of the province, by adcode.

    Of a part only where count and denominator are of the same counties and units.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number.
    """
    found = _totals(package, variable)
    if not is_part(variable):
        return {a: t.number for a, t in found.items() if t.number is not None}
    wholes = _totals(package, package.variables[variable.denominator])
    return {
        adcode: total.number / whole.number
        for adcode, total in found.items()
        for whole in [wholes[adcode]]
        if total.number is not None and whole.number and _are_alike(total, whole)
    }


@kept_with_owner
def _totals(package: Package, variable: Variable) -> Mapping[str, Total]:
    """Return the totals by adcode; of a prefecture with all of its counties."""
    return {t.adcode: t for t in totals(package, variable) if not t.left_out}


def _are_alike(one: Total, other: Total) -> bool:
    """Whether two totals are of the same counties and units of the day."""

    def units(total: Total) -> set[tuple[str, str]]:
        return {(figure.code, figure.name) for figure in total.beside}

    return one.n == other.n and units(one) == units(other)


def name_of(package: Package, variable: Variable, say: Speaker) -> str:
    """Name what is compared: the series without its times, and of what it is a part.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number.
    say : Speaker
        Of the language wanted.
    """
    name = _of_series(package, variable, say)
    if not is_part(variable):
        return name
    whole = _of_series(package, package.variables[variable.denominator], say)
    return say(N_("{name}, part of: {whole}"), name=name, whole=whole)


def _of_series(package: Package, variable: Variable, say: Speaker) -> str:
    if variable.series:
        return package.series[variable.series].name(say.language)
    return variable.name(say.language)


def unit_of(package: Package, variable: Variable, say: Speaker) -> str:
    """Return the unit of short numbers, in words; empty where they say it themselves.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number.
    say : Speaker
        Of the language wanted.
    """
    unit = package.units.get(variable.unit)
    if unit is None or is_part(variable) or variable.unit == _PER_CENT:
        return ""
    return unit.name(say.language)


def number_in_words(
    package: Package, variable: Variable, number: float, say: Speaker
) -> str:
    """Write the number of a mark: with its unit, of a part in per cent.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number.
    number : float
        As of :func:`values`.
    say : Speaker
        Of the language wanted.
    """
    if is_part(variable):
        return f"{number:.1%}"
    return number_text(package, variable, number, say.language)


def short_number(
    package: Package, variable: Variable, number: float, say: Speaker
) -> str:
    """Write a number with no unit but the per cent sign.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number.
    number : float
        As of :func:`values`.
    say : Speaker
        Of the language wanted.
    """
    if is_part(variable):
        return number_in_words(package, variable, number, say)
    unit = package.units.get(variable.unit)
    text = unit.number(number, say.language) if unit else figure(number)
    return f"{text}%" if variable.unit == _PER_CENT else text

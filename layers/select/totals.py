"""Totals of prefectures: what their counties come to, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layers.facts.changes import known
from layers.facts.figures import Figure, as_fine, put_together
from layers.facts.package import Package
from layers.facts.variables import Variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A number over a prefecture or the province.

    Attributes
    ----------
    adcode : str
        Of the prefecture or the province.
    n : int
        Counties of today with a number.
    counties : float or None
        What these come to: sum or weighted mean; None if they have none.
    beside : tuple of Figure
        Zones, and units of the day that are no county of today.
    rest : float or None
        What those come to.
    number : float or None
        All together: of what is summed the sum, of what is averaged the published
        figure where there is one.
    """

    adcode: str
    n: int
    counties: float | None
    beside: tuple[Figure, ...]
    rest: float | None
    number: float | None


def totals(package: Package, variable: Variable) -> tuple[Total, ...]:
    """Return the totals of a number, prefecture by prefecture, the province last."""
    divisions = package.divisions
    prefectures = divisions.of_level("prefecture")
    own = {
        code: [a for a, c in divisions.of_level("county").items() if c.parent == code]
        for code in prefectures
    }
    rows = [
        _total(package, variable, code, members, package.beside(variable.id, code))
        for code, members in own.items()
    ]
    every = [adcode for members in own.values() for adcode in members]
    beside = package.beside(variable.id)
    rows.append(_total(package, variable, divisions.province.adcode, every, beside))
    return tuple(rows)


def _total(
    package: Package,
    variable: Variable,
    adcode: str,
    members: Sequence[str],
    beside: tuple[Figure, ...],
) -> Total:
    numbers = known(package, variable)
    own = [adcode for adcode in members if adcode in numbers]
    values = [numbers[adcode] for adcode in own]
    apart = [figure.number for figure in beside]
    weights = _weights(package, variable, own)
    others = _weights_beside(package, variable, beside)
    together = put_together(variable, [*values, *apart], [*weights, *others])
    published = package.numbers.totals.get((variable.id, adcode))
    if variable.aggregate != "sum" and published is not None:
        together = published.number
    return Total(
        adcode=adcode,
        n=len(own),
        counties=_fine(put_together(variable, values, weights), values),
        beside=beside,
        rest=_fine(put_together(variable, apart, others), apart),
        number=_fine(together, [*values, *apart]),
    )


def _weights(
    package: Package, variable: Variable, adcodes: Iterable[str]
) -> list[float | None]:
    if not variable.denominator:
        return [None for _ in adcodes]
    weights = known(package, package.variables[variable.denominator])
    return [weights.get(adcode) for adcode in adcodes]


def _weights_beside(
    package: Package, variable: Variable, figures: Iterable[Figure]
) -> list[float | None]:
    weights = {(f.code, f.name): f.number for f in package.beside(variable.denominator)}
    return [weights.get((figure.code, figure.name)) for figure in figures]


def _fine(number: float | None, parts: Sequence[float]) -> float | None:
    return None if number is None else as_fine(number, parts)

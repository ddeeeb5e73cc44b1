"""Totals of prefectures: what their counties come to, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layers.facts.changes import known
from layers.facts.figures import Figure, as_fine, put_together
from layers.facts.package import Package
from layers.facts.variables import Variable
from layers.facts.zones import counties_of_zones
from layers.select.apart import run_apart


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
    left_out : tuple of str
        Counties that are not in it, since another body than the prefecture runs them.
    """

    adcode: str
    n: int
    counties: float | None
    beside: tuple[Figure, ...]
    rest: float | None
    number: float | None
    left_out: tuple[str, ...] = ()


def totals(package: Package, variable: Variable) -> tuple[Total, ...]:
    """Return the totals of a number, prefecture by prefecture, the province last.

    A prefecture of which others run some counties has its total with them, then
    without: by the table of administrations.
    """
    divisions = package.divisions
    prefectures = divisions.of_level("prefecture")
    own = {
        code: [a for a, c in divisions.of_level("county").items() if c.parent == code]
        for code in prefectures
    }
    rows = []
    for code, members in own.items():
        beside = package.beside(variable.id, code)
        rows.append(_total(package, variable, code, members, beside))
        left_out = run_apart(package).get(code, ())
        if left_out:
            kept = [a for a in members if a not in left_out]
            beside = _on_ground_of(package, beside, kept)
            rows.append(_total(package, variable, code, kept, beside, left_out))
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
    left_out: tuple[str, ...] = (),
) -> Total:
    numbers = known(package, variable)
    own = [adcode for adcode in members if adcode in numbers]
    values = [numbers[adcode] for adcode in own]
    apart = [figure.number for figure in beside]
    weights = _weights(package, variable, own)
    others = _weights_beside(package, variable, beside)
    together = put_together(variable, [*values, *apart], [*weights, *others])
    published = package.numbers.totals.get((variable.id, adcode))
    if variable.aggregate != "sum" and published is not None and not left_out:
        together = published.number
    return Total(
        adcode=adcode,
        n=len(own),
        counties=_fine(put_together(variable, values, weights), values),
        beside=beside,
        rest=_fine(put_together(variable, apart, others), apart),
        number=_fine(together, [*values, *apart]),
        left_out=left_out,
    )


def _on_ground_of(
    package: Package, figures: tuple[Figure, ...], counties: Sequence[str]
) -> tuple[Figure, ...]:
    """Leave out the zones that lie in other counties only, as far as sources say."""
    lies_in = counties_of_zones(package)
    return tuple(
        figure
        for figure in figures
        if not (own := lies_in.get(figure.code)) or {*own} & {*counties}
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

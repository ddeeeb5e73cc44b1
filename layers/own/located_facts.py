"""What a located layer gives by county, as variables of the session.

How many of its shapes a county has, what their figures come to, and how much of the
county they cover. From here on they take the way of :mod:`layers.own.variables`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from geo.divisions import Divisions
from geo.language import LANGUAGES, N_, speaker
from layers.facts.own import PREFIX, OwnFacts
from layers.facts.values import Value
from layers.facts.variables import Variable
from layers.own.file_facts import AFTER_ALL, facts_of_file, in_both
from layers.own.located import Located

_NAMED_ROWS: Final = 12
_DIGITS: Final = 5
"""Significant digits of an area, a length, a share or a mean."""

_NAMES: Final = {
    "count": N_("number of shapes"),
    "covered": N_("area covered"),
    "share": N_("share of the county covered"),
    "length": N_("length of lines"),
    "sum": N_("{column}, sum by position"),
    "mean": N_("{column}, mean by position"),
}
_MEANT: Final = {
    "count": N_(
        "How many shapes of the layer lie in the county: points where they lie, lines "
        "and polygons where a point inside them lies."
    ),
    "covered": N_("What polygons of the layer cover of the county, each place once."),
    "share": N_("What polygons of the layer cover, of the area of the county."),
    "length": N_("Length of the lines of the layer within the county."),
    "sum": N_("Sum of the column over the shapes that lie in the county."),
    "mean": N_("Mean of the column over the shapes that lie in the county."),
}
_ALL: Final = N_("The layer is said to be complete: a county with nothing has 0.")
_MISSING: Final = N_(
    "nothing of the layer lies in this county; whether it shows all there is, it does "
    "not say"
)
_POSITION: Final = N_("located by position")
_OWN_LAYER: Final = N_("Own data of the user, not of the plan: layer {file}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measure:
    """One variable in the making."""

    id: str
    kind: str
    unit: str
    measure: str
    numbers: Mapping[str, float]
    column: str = ""

    @property
    def adds_up(self) -> bool:
        return self.measure == "count" or self.kind in {"covered", "length"}


def located_facts(
    located: Located,
    divisions: Divisions,
    *,
    prefix: str = PREFIX,
    summed: Collection[int] = (),
) -> OwnFacts:
    """Turn a located layer into variables and their values.

    Parameters
    ----------
    located : Located
        The layer.
    divisions : geo.divisions.Divisions
        Codes and names of the edition.
    prefix : str
        Begins the ids, ``own_count``, ``own_area``, ``own_share``, ``own_length``,
        ``own_2``, and is that of group and source.
    summed : collection of int
        Columns that count something, so that figures of several shapes add up; of
        others the mean is taken.

    Returns
    -------
    OwnFacts
        For :meth:`layers.facts.package.Package.with_variables`. A county without a
        value is unknown; with `Located.complete` it has 0 of what adds up, and of a
        mean none.
    """
    name = located.placed.layer.upload.name
    measures = [m for m in _measures(located, prefix, summed) if m.numbers]
    return facts_of_file(
        name,
        prefix,
        (
            _variable(located, measure, AFTER_ALL + place, prefix)
            for place, measure in enumerate(measures)
        ),
        (
            value
            for measure in measures
            for value in _values(located, measure, divisions, prefix)
        ),
    )


def _measures(
    located: Located, prefix: str, summed: Collection[int]
) -> Iterator[_Measure]:
    placed = located.placed
    nothing = dict.fromkeys(placed.counties.adcodes if located.complete else (), 0.0)
    counted = {adcode: float(len(rows)) for adcode, rows in located.rows_of.items()}
    yield _Measure(
        id=f"{prefix}_count",
        kind="count",
        unit="",
        measure="count",
        numbers={**nothing, **counted},
    )
    parts = {**nothing, **placed.parts}
    if placed.dimension == 2:
        areas = placed.counties.areas
        shares = {a: min(100.0, 100 * size / areas[a]) for a, size in parts.items()}
        yield _Measure(
            id=f"{prefix}_area",
            kind="covered",
            unit="平方公里",
            measure="count",
            numbers=parts,
        )
        yield _Measure(
            id=f"{prefix}_share",
            kind="share",
            unit="%",
            measure="rate",
            numbers=shares,
        )
    elif placed.dimension == 1:
        yield _Measure(
            id=f"{prefix}_length",
            kind="length",
            unit="公里",
            measure="count",
            numbers=parts,
        )
    for column in placed.layer.layout.of_role("value"):
        of = located.summed[column.index]
        adds_up = column.index in summed
        own = {a: one.total if adds_up else one.mean for a, one in of.items()}
        yield _Measure(
            id=f"{prefix}_{column.index}",
            kind="sum" if adds_up else "mean",
            unit=column.unit,
            measure="count" if adds_up else "rate",
            numbers={**nothing, **own} if adds_up else own,
            column=column.name,
        )


def _variable(located: Located, measure: _Measure, place: int, prefix: str) -> Variable:
    name = in_both("name", _NAMES[measure.kind], column=measure.column)
    told: Sequence[str] = (_OWN_LAYER, _MEANT[measure.kind])
    if located.complete and measure.adds_up:
        told = (*told, _ALL)
    file = located.placed.layer.upload.name
    definition: dict[str, Any] = {
        f"definition_{language}": speaker(language).sentences(
            speaker(language)(text, file=file) for text in told
        )
        for language in LANGUAGES
    }
    return Variable(
        id=measure.id,
        order=place,
        group=prefix,
        kind="number",
        short_zh=name["name_zh"],
        short_en=name["name_en"],
        **name,
        unit=measure.unit,
        measure=measure.measure,
        aggregate="sum" if measure.adds_up else "none",
        named_count=len(measure.numbers),
        completeness="complete" if located.complete else "open",
        **in_both("missing", _MISSING),
        **definition,
        source=(prefix,),
        section="",
        confidence="stated",
        own=True,
    )


def _values(
    located: Located, measure: _Measure, divisions: Divisions, prefix: str
) -> Iterator[Value]:
    layer = located.placed.layer
    for adcode, number in measure.numbers.items():
        rows = [layer.number(row) for row in located.rows_of.get(adcode, ())]
        named = "、".join(f"第{row}行" for row in rows[:_NAMED_ROWS])
        yield Value(
            adcode=adcode,
            variable=measure.id,
            value=number if measure.kind in {"count", "sum"} else _short(number),
            published_adcode=adcode,
            published_name=divisions[adcode].name,
            **in_both("detail", _POSITION),
            source=(prefix,),
            section=named + ("…" if len(rows) > _NAMED_ROWS else ""),
            confidence="stated",
        )


def _short(number: float) -> float:
    """Return a measured number with the digits that a map of counties is good for."""
    return float(f"{number:.{_DIGITS}g}")

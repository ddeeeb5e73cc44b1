"""Counties that a selection leaves out only because something of them is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import inf

import numpy as np
import pandas as pd

from geo.kept import kept_with_owner
from layers.facts.county_table import county_values
from layers.facts.package import Package
from layers.facts.values import Span
from layers.facts.variables import Variable
from layers.select.choices import limits
from layers.select.selection import Selection


def may_belong(package: Package, selection: Selection, field: str) -> tuple[str, ...]:
    """Return the counties that one unknown keeps out, and that may be meant.

    Everything else that is asked lets them pass, what is unknown there granted as well.

    Parameters
    ----------
    package : Package
        The facts.
    selection : Selection
        Which counties.
    field : str
        A field of the selection that asks something.

    Returns
    -------
    tuple of str
        Adcodes in the order of the county table, none of them of a county selected.

    Notes
    -----
    Of a date the span counts in which it must lie: a county that cannot have left in
    the year asked for is none of them.
    """
    counties = county_values(package)
    others = [own for own, _ in selection.asked() if own != field]
    possible = _granted(package, counties, selection, field)
    possible &= ~selection.mask(field, counties)
    for other in others:
        possible &= _granted(package, counties, selection, other)
    return tuple(counties.index[possible])


def only_for(
    package: Package, selection: Selection, field: str, adcodes: Iterable[str]
) -> tuple[str, ...]:
    """Return those of some counties that meet for sure whatever else is asked.

    Parameters
    ----------
    package : Package
        The facts.
    selection : Selection
        Which counties.
    field : str
        A field of the selection; all its others are to be met.
    adcodes : iterable of str
        Counties that :func:`may_belong`.
    """
    counties = county_values(package)
    sure = np.ones(len(counties), dtype=bool)
    for own, _ in selection.asked():
        if own != field:
            sure &= np.asarray(selection.mask(own, counties))
    met = {*counties.index[sure]}
    return tuple(adcode for adcode in adcodes if adcode in met)


def within(
    package: Package, selection: Selection, field: str, adcodes: Iterable[str]
) -> tuple[str, ...]:
    """Return those of some counties that a date keeps in whatever it is in truth.

    Its year is not known, or only inferred, but each in which it may lie is asked for.

    Parameters
    ----------
    package : Package
        The facts.
    selection : Selection
        Which counties.
    field : str
        A field of the selection; none is within it but of a date.
    adcodes : iterable of str
        Counties that :func:`may_belong`.
    """
    variable = package.variables.get(field)
    if variable is None or variable.kind != "date":
        return ()
    ranges = _ranges(selection.values(field))
    spans = dict(
        zip(county_values(package).index, _unsure_spans(package, field), strict=True)
    )
    return tuple(
        adcode
        for adcode in adcodes
        if spans[adcode] and all(_lies_in(span, ranges) for span in spans[adcode])
    )


def may_be_in(package: Package, selection: Selection, programme: str) -> bool:
    """Say whether a county that matters to a selection may be in an open programme.

    One that it leaves out and may have to show; of a programme that it asks counties
    not to be in, one that it shows and may have to leave out.

    Parameters
    ----------
    package : Package
        The facts.
    selection : Selection
        Which counties.
    programme : str
        Id of a programme that it asks for.
    """
    counties = county_values(package)
    unsure = _unsaid(package, programme)
    if programme in selection.none_of:
        chosen = counties.index.isin(selection.apply(counties))
        return bool((unsure & chosen).any())
    return any(
        unsure[counties.index.get_loc(adcode)]
        for field, values in selection.asked()
        if programme in values
        for adcode in may_belong(package, selection, field)
    )


def _granted(
    package: Package, counties: pd.DataFrame, selection: Selection, field: str
) -> np.ndarray:
    """Return which counties a field lets pass, or may let pass."""
    sure = np.asarray(selection.mask(field, counties))
    values = selection.values(field)
    if field in {"none_of", "prefectures", "counties"}:
        return sure
    variable = package.variables.get(field)
    if variable is not None and not variable.is_programme:
        return np.asarray(sure | _may_have(package, counties, variable, values))
    inside = [
        np.asarray(counties[p].fillna(False).astype(bool)) | _unsaid(package, p)
        for p in values
    ]
    if not inside:
        return sure
    whole = np.all if field == "all_of" else np.any
    return np.asarray(sure | whole(inside, axis=0))


# Asked with every press on the map: what is not known does not change between them.
@kept_with_owner
def _unsaid(package: Package, programme: str) -> np.ndarray:
    return np.array(
        [
            package.standing(programme, str(adcode)) in {"not_said", "reported"}
            for adcode in county_values(package).index
        ],
        dtype=bool,
    )


def _may_have(
    package: Package, counties: pd.DataFrame, variable: Variable, asked: Iterable[str]
) -> np.ndarray:
    """Return which counties of unknown value may have one of those asked for."""
    if variable.kind == "date":
        ranges = _ranges(asked)
        return np.array(
            [
                any(_meets(span, *range_) for span in spans for range_ in ranges)
                for spans in _unsure_spans(package, variable.id)
            ],
            dtype=bool,
        )
    if variable.kind == "number":
        return np.asarray(counties[variable.id].isna())
    if variable.is_whole:
        return np.zeros(len(counties), dtype=bool)
    known = package.values_by_county(variable.id)
    return np.array([str(a) not in known for a in counties.index], dtype=bool)


@kept_with_owner
def _unsure_spans(package: Package, variable: str) -> tuple[tuple[Span, ...], ...]:
    """Return of each county the spans of a date of which none is sure.

    A span of which only the end is known begins with the period of the variable.
    """
    since = package.variables[variable].since
    found = []
    for adcode in county_values(package).index:
        own = package.values_by_county(variable).get(str(adcode), ())
        is_sure = any(value.is_known for value in own)
        spans = [v.value for v in own if isinstance(v.value, Span) and not v.of_part]
        begun = tuple(replace(s, earliest=s.earliest or since) for s in spans)
        found.append(() if is_sure else begun)
    return tuple(found)


def _ranges(asked: Iterable[str]) -> list[tuple[float, float]]:
    return [limits(value) or (float(value), float(value)) for value in asked]


def _lies_in(span: Span, ranges: Iterable[tuple[float, float]]) -> bool:
    """Say whether all years of a span are asked for, by one range or by several."""
    next_year = float(span.earliest[:4] or -inf)
    last = float(span.latest[:4] or inf)
    for low, high in sorted(ranges):
        if low <= next_year <= high:
            if last <= high:
                return True
            next_year = high + 1
    return False


def _meets(span: Span, low: float, high: float) -> bool:
    first, last = span.earliest[:4], span.latest[:4]
    return (not first or int(first) <= high) and (not last or int(last) >= low)

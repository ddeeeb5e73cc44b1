"""What several counties are together, variable by variable, as its kind allows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import fsum

import numpy as np
import pandas as pd

from geo.language import N_, Language, speaker
from layers.facts.columns import adcode_column
from layers.facts.county_table import PARTNER_SEPARATOR
from layers.facts.figures import as_fine
from layers.facts.package import Package
from layers.facts.value_texts import STANDINGS, class_text, number_text, range_text
from layers.facts.variables import Variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One variable over several counties.

    Attributes
    ----------
    counts : dict of str to int
        Counties by value: class, year, adcode of a partner (a county with two counts
        under both); of a membership by standing (``yes``, ``no``, ``not_said``,
        ``reported``), which add up. Values that none has are left out, and numbers
        have none.
    missing : int
        Counties without a value; of a membership none, since "not said" is counted.
    outside : int
        Of these, those to which the variable does not apply.
    number : float or None
        Of a number: the sum or the weighted mean, as the registry says that it may be
        put together; None where nothing may or nothing is known.
    share : float or None
        Of a number that may be summed and has a denominator: what the sum is of that
        of the denominator, over the counties that have both.
    least, most, median : float or None
        Of a number, over the counties that have one.
    """

    variable: str
    counts: dict[str, int]
    missing: int
    outside: int = 0
    number: float | None = None
    share: float | None = None
    least: float | None = None
    median: float | None = None
    most: float | None = None


def summarise(
    package: Package,
    variable: Variable,
    counties: pd.DataFrame,
    adcodes: Collection[str],
) -> Summary:
    """Sum up one variable over some rows of the county table.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        Of any kind.
    counties : pandas.DataFrame
        The county table.
    adcodes : collection of str
        Counties to be summed up.
    """
    # Of a wide table only what is looked at: pages ask this of each of its columns.
    wanted = (variable.id, adcode_column(variable.id), variable.denominator)
    places = np.array([counties.index.get_loc(a) for a in adcodes], dtype=int)
    columns = {n: counties[n].array.take(places) for n in wanted if n in counties}
    own = pd.DataFrame(columns, index=counties.index.take(places))
    if variable.kind == "membership":
        standings = [package.standing(variable.id, str(a)) for a in own.index]
        counts: dict[str, int] = {
            s: standings.count(s) for s in STANDINGS if s in standings
        }
        return Summary(variable=variable.id, counts=counts, missing=0)
    among = package.members(variable.among) if variable.among else {*own.index}
    outside = len({*own.index} - among)
    if variable.kind == "relation":
        cells = own[adcode_column(variable.id)]
        named = [c for cell in cells for c in cell.split(PARTNER_SEPARATOR) if c]
        order = [known.value for known in variable.classes]
        listed = sorted(
            set(named), key=lambda c: (order.index(c) if c in order else len(order), c)
        )
        return Summary(
            variable=variable.id,
            counts={code: named.count(code) for code in listed},
            missing=int((cells == "").sum()),
            outside=outside,
        )
    column = own[variable.id]
    if variable.kind == "number":
        return _of_numbers(variable, own)
    known = column[column.notna() & (column.astype(str) != "")].astype(str)
    found = known.value_counts()
    order = (
        [k.value for k in variable.classes]
        if variable.kind == "category"
        else sorted(found.index)
    )
    return Summary(
        variable=variable.id,
        counts={value: int(found[value]) for value in order if value in found.index},
        missing=len(column) - len(known),
        outside=outside,
    )


def with_unknown(
    package: Package, variable: Variable, summary: Summary, language: Language
) -> str:
    """Say a summary, and of how many counties the value is not known.

    Of a list that is whole nothing is unknown; the summary of a number says by itself
    what it lacks.

    Parameters
    ----------
    package, variable, summary, language
        As for :func:`summary_text`.
    """
    text = summary_text(package, variable, summary, language)
    unknown = summary.missing - summary.outside
    if variable.kind == "number" or unknown <= 0:
        return text
    if variable.kind != "date" and variable.is_whole:
        return text
    say = speaker(language)
    why = say(N_("{value}: {n}"), value=variable.missing(language), n=unknown)
    return say.clauses([text, why]) if summary.counts else why


def summary_text(
    package: Package, variable: Variable, summary: Summary, language: Language
) -> str:
    """Say a summary in words; ``–`` where nothing is known.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        Of any kind.
    summary : Summary
        What :func:`summarise` gave for it.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    if variable.kind == "number":
        return _number_summary_text(package, variable, summary, language)
    parts = [
        say(
            N_("{value}: {n}"),
            value=say(STANDINGS[value])  # type: ignore[index]
            if variable.is_programme
            else class_text(package, variable, value, language),
            n=n,
        )
        for value, n in summary.counts.items()
    ]
    return say.series(parts) or "–"


def _number_summary_text(
    package: Package, variable: Variable, summary: Summary, language: Language
) -> str:
    say = speaker(language)
    if summary.median is None or summary.least is None or summary.most is None:
        return "–"

    def spell(number: float) -> str:
        return number_text(package, variable, number, language)

    parts = []
    if summary.number is not None:
        text = N_("sum {n}") if variable.aggregate == "sum" else N_("mean {n}")
        parts.append(say(text, n=spell(summary.number)))
    if summary.share is not None:
        whole = package.variables[variable.denominator].short_within(language)
        parts.append(
            say(N_("{share} of {whole}"), share=f"{summary.share:.1%}", whole=whole)
        )
    parts.append(say(N_("median {n}"), n=spell(summary.median)))
    limits = (summary.least, summary.most)
    parts.append(range_text(package, variable, limits, language))
    if summary.missing:
        parts.append(say(N_("{n} without a value"), n=summary.missing))
    return say.clauses(parts)


def _of_numbers(variable: Variable, own: pd.DataFrame) -> Summary:
    numbers = own[variable.id].to_numpy(dtype=float, na_value=np.nan)
    known = ~np.isnan(numbers)
    if not known.any():
        return Summary(variable=variable.id, counts={}, missing=len(numbers))
    values = numbers[known]
    number = share = None
    if variable.aggregate == "sum":
        number = fsum(values)
        if variable.denominator in own.columns:
            whole = own[variable.denominator].to_numpy(dtype=float, na_value=np.nan)
            both = known & ~np.isnan(whole)
            total = fsum(whole[both])
            share = fsum(numbers[both]) / total if total else None
    elif variable.aggregate == "mean" and variable.denominator in own.columns:
        weights = own[variable.denominator].to_numpy(dtype=float, na_value=np.nan)
        weights = np.where(known, weights, np.nan)
        both = ~np.isnan(weights)
        total = fsum(weights[both])
        if total:
            number = fsum(numbers[both] * weights[both]) / total
    return Summary(
        variable=variable.id,
        counts={},
        missing=int((~known).sum()),
        number=None if number is None else as_fine(number, values),
        share=share,
        least=float(values.min()),
        median=as_fine(float(np.median(values)), [*values, 0.5]),
        most=float(values.max()),
    )

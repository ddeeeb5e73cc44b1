"""What stands over the map: the selection in words, its parts, and ways out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geo.language import N_, Language, speaker
from layers.edition.sentence import sentence_tokens
from layers.facts.package import Package
from layers.select.selection import Selection
from layers.select.words import value_names


def head(
    package: Package,
    counties: pd.DataFrame,
    selection: Selection,
    language: Language,
) -> dict[str, Any]:
    """Say the selection and its count, for ``head-view.js``.

    Parameters
    ----------
    package : Package
        The facts.
    counties : pandas.DataFrame
        The county table.
    selection : Selection
        Which counties.
    language : {"zh", "en"}
        Language of the text.

    Returns
    -------
    dict
        ``tokens`` of :func:`layers.edition.sentence.sentence_tokens`; ``selected`` and
        ``total`` (counties); ``wider`` (only for an empty selection: field, value, name
        of each part, and the number of counties without it).
    """
    chosen = selection.apply(counties)
    parts = named_parts(package, selection, language) if chosen.empty else []
    wider = [
        (*part, len(selection.toggle(part[0], part[1]).apply(counties)))
        for part in parts
    ]
    return {
        "tokens": sentence_tokens(package, counties, selection, language),
        "selected": len(chosen),
        "total": len(counties),
        "wider": wider,
    }


def named_parts(
    package: Package, selection: Selection, language: Language
) -> list[tuple[str, str, str]]:
    """List the values of a selection as ``(field, value, name)``, in order.

    Parameters
    ----------
    package : Package
        The facts.
    selection : Selection
        Which counties.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    wording = {
        "any_of": N_("any: {name}"),
        "none_of": N_("not: {name}"),
    }
    parts = []
    for field, values in selection.asked():
        for value in _in_order(values, package):
            if value in package.programmes:
                name = package.programmes[value].short(language)
            else:
                (name,) = value_names(field, [value], package, language)
            if field in package.variables:
                short = package.variables[field].short(language)
                name = say(N_("{value}: {n}"), value=short, n=name)
            if field in wording:
                name = say(wording[field], name=name)
            parts.append((field, value, name))
    return parts


def _in_order(values: tuple[str, ...], package: Package) -> list[str]:
    place = {value: i for i, value in enumerate(package.programmes)}
    return sorted(values, key=lambda v: place.get(v, len(place)))

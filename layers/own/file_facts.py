"""What every file of the user becomes beside its variables: group, source, units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from geo.language import LANGUAGES, N_, speaker
from layers.facts.own import OwnFacts
from layers.facts.sources import Source
from layers.facts.units import Unit
from layers.facts.values import Value
from layers.facts.variables import Group, Series, Variable

AFTER_ALL: Final = 10_000
"""Order of the first own variable: behind those of the tables."""

OWN_DATA: Final = N_("own data of the user, not of the plan")


def facts_of_file(
    name: str,
    prefix: str,
    variables: Iterable[Variable],
    values: Iterable[Value],
    series: Iterable[Series] = (),
) -> OwnFacts:
    """Put variables of a file together with whose they are.

    Parameters
    ----------
    name : str
        Of the file.
    prefix : str
        Id of the group and of the source.
    variables : iterable of Variable
        In their order; their units are written as they are.
    values : iterable of Value
        Of these variables.
    series : iterable of Series, optional
        Of variables that are one thing at several times.
    """
    variables = tuple(variables)
    return OwnFacts(
        group=Group(
            id=prefix,
            order=AFTER_ALL,
            filter=False,
            opening=False,
            **in_both("name", N_("Own data: {file}"), file=name),
        ),
        source=Source(
            id=prefix,
            title_zh=name,
            title_en=name,
            **in_both("publisher", OWN_DATA),
            date="",
            url="",
            kind="data_file",
            read_as="full_table",
        ),
        variables=variables,
        values=tuple(values),
        series=tuple(series),
        units=tuple(
            Unit(
                unit=unit,
                name_zh=unit,
                name_en=unit,
                name_en_one=unit,
                unit_base=unit,
                factor="1",
            )
            for unit in sorted({v.unit for v in variables if v.unit})
        ),
        terms="; ".join(speaker(language)(OWN_DATA) for language in LANGUAGES),
    )


def dated(facts: OwnFacts, brought: date) -> OwnFacts:
    """Return facts whose source and terms say when their file was brought.

    Parameters
    ----------
    facts : OwnFacts
        Of one file.
    brought : datetime.date
        The day; the file itself need not know any.
    """
    text = N_("{whose}, brought on {date}")
    whose = {
        f"publisher_{language}": speaker(language)(
            text, whose=facts.source.publisher(language), date=brought.isoformat()
        )
        for language in LANGUAGES
    }
    source = replace(facts.source, **whose)
    return replace(facts, source=source, terms="; ".join(whose.values()))


def in_both(field: str, message: str, **values: object) -> dict[str, Any]:
    """Say a message as the two fields of a text, ``<field>_zh`` and ``<field>_en``.

    Parameters
    ----------
    field : str
        Of the two fields, without the language.
    message : str
        To be translated.
    **values : object
        For its named places.
    """
    return {
        f"{field}_{language}": speaker(language)(message, **values)
        for language in LANGUAGES
    }

"""What is said of one county under dates: each with those that complete it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.language import Speaker
from layers.facts import date_texts
from layers.facts.package import Package
from layers.facts.territory import ground_note
from layers.facts.variables import Variable
from layers.profile import evidence
from layers.profile.statements import Statement


def statements(
    package: Package, variables: Sequence[Variable], adcode: str, say: Speaker
) -> Iterator[Statement]:
    """Say a date and what completes it in one sentence; of a part of the county apart.

    Parameters
    ----------
    package : Package
        The facts.
    variables : sequence of Variable
        Of the kind date: the first, and those that follow it.
    adcode : str
        Of the county.
    say : Speaker
        Of the language.
    """
    by_id = {v.id: v for v in variables}
    found = [
        value
        for variable in variables
        for value in package.values_by_county(variable.id).get(adcode, ())
    ]
    note = ground_note(package, adcode, variables[0].since, say)
    for values in date_texts.in_sentences(found):
        first, *others = dict.fromkeys(value.variable for value in values)
        rests = [evidence.of_value(package, by_id[v.variable], v, say) for v in values]
        yield Statement(
            variable=first,
            others=tuple(others),
            text=date_texts.told(variables, values, say),
            notes=(note,) if note else (),
            evidence=tuple(dict.fromkeys(rests)),
            is_known=all(value.is_known for value in values),
        )

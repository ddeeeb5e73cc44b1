"""A selection in words: the names of its values, and a clause for each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from geo.language import N_, Language, Speaker
from layers.facts.package import Package
from layers.facts.value_texts import class_text, range_text
from layers.select.apart import run_by_one
from layers.select.choices import BETWEEN, PROGRAMME_FIELDS, limits

_CLAUSES: Final[Mapping[str, str]] = {
    "all_of": N_("are in all of: {names}"),
    "any_of": N_("are in at least one of: {names}"),
    "none_of": N_("are in none of: {names}"),
    "prefectures": N_("lie in: {names}"),
    "counties": N_("are among these {n}: {names}"),
}

_MOST_NAMES: Final = 12
"""So many names stand in the sentence; a longer list is cut, with its number."""


def clauses_of(
    field: str, values: tuple[str, ...], say: Speaker, package: Package
) -> Iterator[str]:
    """Say what one field of a selection asks for.

    Parameters
    ----------
    field, values
        As of :meth:`layers.select.selection.Selection.asked`.
    say : Speaker
        Of the language wanted.
    package : Package
        The facts.

    Yields
    ------
    str
        Ends of the sentence “Counties of Hebei that …”.
    """
    if field == "none_of":
        # A source that does not name a county has not said that it is outside.
        whole = [v for v in values if package.programmes[v].is_whole]
        open_ended = [v for v in values if v not in whole]
        for own, text in (
            (whole, _CLAUSES[field]),
            (open_ended, N_("are not named by the sources for: {names}")),
        ):
            if own:
                names = value_names(field, own, package, say.language, within=True)
                yield _clause(text, names, say)
        return
    if not values:
        yield say(N_("are on a list that is empty"))
        return
    names = value_names(field, values, package, say.language, within=True)
    alone = len(names) == 1 and field != "none_of"
    if alone and (field in PROGRAMME_FIELDS or field in package.groups):
        yield _clause(N_("are in: {names}"), names, say)
    elif field == "counties" and (body := run_by_one(package, values)):
        called = body.name(say.language)
        yield _clause(N_("are those of “{body}”: {names}"), names, say, body=called)
    elif alone and field == "counties":
        yield _clause(N_("are picked by name: {names}"), names, say)
    elif field in _CLAUSES:
        yield _clause(_CLAUSES[field], names, say)
    elif field in package.groups:
        group = package.groups[field].within(say.language)
        yield _clause(N_("belong to one of {group}: {names}"), names, say, group=group)
    else:
        variable = package.variables[field].within(say.language)
        text = N_("have as {variable}: {names}")
        yield _clause(text, names, say, variable=variable)


def _clause(text: str, names: Sequence[str], say: Speaker, **about: str) -> str:
    shown = say.series(names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        shown = f"{shown} …"
    return say(text, names=shown, n=len(names), **about)


def value_names(
    field: str,
    values: Iterable[str],
    package: Package,
    language: Language,
    *,
    within: bool = False,
) -> list[str]:
    """Name the values of a field of a selection, programmes as registered.

    Parameters
    ----------
    field : str
        A field of a selection: a fixed one, or the id of a variable or group.
    values : iterable of str
        Ids, adcodes, classes or ranges, as the field has them.
    package : Package
        The facts.
    language : {"zh", "en"}
        Language of the text.
    within : bool, optional
        Programmes as in the middle of a sentence, not as headings.
    """
    if field in {"prefectures", "counties"}:
        return [package.divisions.called(v, language) for v in values]
    if field in PROGRAMME_FIELDS or field in package.groups:
        asked = set(values)
        chosen = [p for p in package.programmes.values() if p.id in asked]
        return [p.within(language) if within else p.name(language) for p in chosen]
    variable = package.variables[field]
    return [
        range_text(package, variable, limits(value), language)
        if BETWEEN in value
        else class_text(package, variable, value, language)
        for value in values
    ]

"""The selection as a sentence whose words are its controls.

The text comes from the message catalogue, so each language has its own order of words;
in it stand places for counts, for the values of the selection, and for the words that
say how they are combined. ``sentence-view.js`` makes buttons of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pandas as pd

from geo.language import N_, Language, Speaker, speaker
from layers.facts.package import Package
from layers.facts.variables import Variable
from layers.select.apart import run_by_one
from layers.select.choices import PROGRAMME_FIELDS
from layers.select.selection import Selection
from layers.select.words import value_names

Token = str | int | list[str]
"""Text, a count, ``[field, text]`` (how values are combined), or one of the values as
``[field, value, name]``."""

_MOST_LISTED: Final = 4
"""So many programmes are said with a count each; more are one list."""

_MODES: Final = {
    "all_of": (N_("in"), N_("in all of")),
    "any_of": (N_("in"), N_("in any of")),
    "none_of": (N_("not in"), N_("in none of")),
}
"""How programmes are combined: what is said of one, and of several."""

_WHOLE: Final = {
    True: N_("{n} {name}"),
    False: N_("{n} {n:county|counties} under “{name}”"),
}
"""A programme with its count, by whether its name is one of counties."""

_PART: Final = {
    True: N_("{n} of them {name}"),
    False: N_("{n} of them under “{name}”"),
}
"""The same of a part of the one before."""

_NOT_NAMED: Final = N_("not named for")
"""The same of a list that is not whole: who is not named may be in it."""


def sentence_tokens(
    package: Package, counties: pd.DataFrame, selection: Selection, language: Language
) -> list[Token]:
    """Say a selection in tokens.

    Parameters
    ----------
    package, counties
        The facts, and the county table.
    selection : Selection
        What is said.
    language : {"zh", "en"}
        In which language.

    Returns
    -------
    list of Token
        Texts and buttons in the order of the sentence.
    """
    say = speaker(language)
    chosen = selection.apply(counties)
    if not selection:
        return _filled(say(N_("All {n} counties of Hebei")), n=[len(chosen)])
    listed = [
        package.programmes[p] for p in package.programmes if p in selection.any_of
    ]
    only_these = selection == Selection(any_of=selection.any_of)
    if only_these and 0 < len(listed) <= _MOST_LISTED:
        return _list_of_programmes(package, counties, listed, say)
    clauses = [
        clause
        for field, values in selection.asked()
        for clause in [_clause(package, field, values, say)]
        if clause
    ]
    return _filled(
        say(N_("{n} {n:county|counties} {clauses}")),
        n=[len(chosen)],
        clauses=_joined(clauses, say(N_(", and "))),
    )


def sentence_text(tokens: Iterable[Token]) -> str:
    """Return a sentence of tokens as plain text."""
    return "".join(
        token[-1] if isinstance(token, list) else str(token) for token in tokens
    )


def _list_of_programmes(
    package: Package,
    counties: pd.DataFrame,
    listed: Sequence[Variable],
    say: Speaker,
) -> list[Token]:
    """Say programmes with a count each; one inside another as a part of it."""
    inside = {p.id: package.members(p.id) for p in listed}
    parts: list[list[Token]] = []
    outer: Variable | None = None
    nested = False
    for programme in listed:
        own = inside[programme.id]
        is_part = outer is not None and own < inside[outer.id]
        counted = (_PART if is_part else _WHOLE)[programme.is_of_counties]
        called = programme.within if programme.is_of_counties else programme.name
        word: Token = ["any_of", programme.id, called(say.language)]
        parts.append(_filled(say(counted), n=[len(own)], name=[word]))
        nested = nested or is_part
        if not is_part:
            outer = programme
    union = frozenset[str]().union(*inside.values())
    prefectures = counties.loc[counties.index.isin(union), "prefecture_adcode"]
    stated = all(p.basis == "stated" for p in listed)
    whole = all(p.is_whole for p in listed)
    if stated:
        text = (
            N_("In {k} prefectures the plan covers {list}")
            if whole
            else N_("In {k} prefectures the plan names {list}")
        )
    else:
        text = N_("In {k} prefectures: {list}")
    together: list[list[Token]] = []
    if len(listed) > 1 and not (nested and len(listed) == 2):
        together = [
            _filled(say(N_("{n} {n:county|counties} in total")), n=[len(union)])
        ]
    return _filled(
        say(text),
        list=_joined([*parts, *together], say(N_(", "))),
        k=[prefectures.nunique()],
    )


def _clause(
    package: Package, field: str, values: tuple[str, ...], say: Speaker
) -> list[Token]:
    if field == "counties":
        name = say(N_("{n} {n:county|counties} chosen one by one"), n=len(values))
        if body := run_by_one(package, values):
            # Who asked by its name or code did not choose them one by one.
            name = say(
                N_("{name} ({names})"),
                name=body.name(say.language),
                names=say.series(value_names(field, values, package, say.language)),
            )
            return _filled(say(N_("in {words}")), words=[[field, "", name]])
        return _filled(say(N_("among {words}")), words=[[field, "", name]])
    words: list[list[Token]] = [
        [[field, value, name]] for value, name in _named(package, field, values, say)
    ]
    if field in PROGRAMME_FIELDS:
        several = N_(" or ") if field == "any_of" else N_(" and ")
        mode: Token = [field, say(_mode(package, field, values))]
        return _filled(
            say(N_("{mode} {words}")), mode=[mode], words=_joined(words, say(several))
        )
    together = _joined(words, say(N_(" or ")))
    if field == "prefectures":
        return _filled(say(N_("in {words}")), words=together)
    if field in package.groups:
        return _filled(say(N_("belonging to {words}")), words=together)
    # In full: “with approved: 2018” would be no sentence.
    variable = package.variables[field].within(say.language)
    return _filled(
        say(N_("with {variable}: {words}")), variable=[variable], words=together
    )


def _mode(package: Package, field: str, values: tuple[str, ...]) -> str:
    if field == "none_of" and not all(package.programmes[v].is_whole for v in values):
        return _NOT_NAMED
    one, several = _MODES[field]
    return one if len(values) == 1 else several


def _named(
    package: Package, field: str, values: tuple[str, ...], say: Speaker
) -> Iterator[tuple[str, str]]:
    """Name values in their order; one by one, for several come sorted."""
    place = {programme: i for i, programme in enumerate(package.programmes)}
    for value in sorted(values, key=lambda v: place.get(v, len(place))):
        if value in package.programmes:
            yield value, package.programmes[value].short(say.language)
        else:
            yield value, value_names(field, [value], package, say.language)[0]


def _joined(parts: Iterable[list[Token]], between: str) -> list[Token]:
    """Put a text between lists of tokens."""
    tokens: list[Token] = []
    for part in parts:
        tokens += [between, *part] if tokens else part
    return tokens


def _filled(text: str, **places: list[Token]) -> list[Token]:
    """Put tokens into the named places of a text.

    Examples
    --------
    >>> _filled("{n} {n:county|counties}", n=[7])
    [7, ' counties']
    """
    tokens: list[Token] = []
    one_or_more = re.compile(r"\{(\w+):([^|{}]*)\|([^|{}]*)\}")
    text = one_or_more.sub(lambda m: m[2 if places[m[1]] == [1] else 3], text)
    for part in re.split(r"(\{\w+\})", text):
        if part.startswith("{"):
            tokens += places.get(part[1:-1], [])
        elif part:
            tokens.append(part)
    return tokens

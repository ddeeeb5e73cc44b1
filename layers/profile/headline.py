"""What one asks of a county first: what it is to the plan, who helps it, its size.

Which variables these are, the tables say: the first of each kind that is no programme.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from geo.language import Speaker
from layers.facts.package import Package
from layers.facts.value_texts import STANDINGS
from layers.facts.variables import Kind, Variable
from layers.profile.statements import BaseFact, Profile, Statement

KINDS: Final[tuple[Kind, ...]] = ("category", "date", "relation", "number")
"""In the order in which their headlines are said."""

_GROUND: Final[tuple[BaseFact, ...]] = ("size", "prefecture", "run_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A term, what it is for the county, and what that rests on.

    Attributes
    ----------
    more : tuple of str
        What is said besides: when a number was counted, what is reported only, what
        holds of a part of the county.
    is_said : bool
        False where a source says nothing of the county: the text says what that means.
    rests : tuple of Statement
        With the evidence; empty of what needs none.
    variables : tuple of str
        Ids of the variables that it says; none of a base fact.
    """

    term: str
    text: str
    more: tuple[str, ...] = ()
    is_said: bool = True
    rests: tuple[Statement, ...] = ()
    variables: tuple[str, ...] = ()


def leading(package: Package) -> tuple[Variable, ...]:
    """Return the variables that are headlines: of each kind the first.

    Parameters
    ----------
    package : Package
        The facts.
    """
    first: dict[Kind, Variable] = {}
    for variable in package.variables.values():
        if not variable.after:
            first.setdefault(variable.kind, variable)
    return tuple(first[kind] for kind in KINDS if kind in first)


def headlines(package: Package, said: Profile, say: Speaker) -> tuple[Headline, ...]:
    """Say the headlines of a county.

    A variable of counties of one programme only is not asked of others: of them it is
    said once that they are not in that programme, or that nobody says so.

    Parameters
    ----------
    package : Package
        The facts.
    said : Profile
        What is said of the county.
    say : Speaker
        Of the language of the profile.
    """
    found: list[Headline] = []
    outside: list[str] = []
    for variable in leading(package):
        rests = tuple(s for s in said.statements() if variable.id in _about(s))
        among = variable.among
        if among and not rests:
            if among not in outside:
                outside.append(among)
                found.append(_outside(package, said, among, say))
            continue
        found.append(_headline(said, variable, rests, say))
    ground = {fact.base: fact for fact in said.facts if fact.base in _GROUND}
    for base in _GROUND:
        if base in ground:
            rests = tuple(s for s in said.statements() if base == s.base)
            fact = ground[base]
            found.append(Headline(term=fact.term, text=fact.text, rests=rests))
    return tuple(found)


def _about(statement: Statement) -> tuple[str, ...]:
    return (statement.variable, *statement.others)


def _headline(
    said: Profile, variable: Variable, rests: tuple[Statement, ...], say: Speaker
) -> Headline:
    fact = next((f for f in said.facts if f.variable == variable.id), None)
    term = variable.name(say.language)
    own = (variable.id, *(name for s in rests for name in _about(s)))
    names = tuple(dict.fromkeys(own))
    if fact is None:
        return Headline(
            term=term,
            text=variable.missing(say.language),
            is_said=any(s.standing != "not_said" for s in rests),
            rests=rests,
            variables=names,
        )
    text, more = fact.text, []
    if variable.kind == "date":
        # One line for the county, one for each of its parts.
        text, *others = [s.text for s in rests if s.is_said] or [text]
        more += others
    elif variable.kind == "relation":
        # A partner within a partner, or outside the list: said with its day.
        more += [
            say.clauses([s.text, *s.notes[:1]])
            for s in rests
            if s.is_said and s.text not in fact.text
        ]
    return Headline(
        term=term,
        text=text,
        more=tuple(more),
        rests=rests,
        variables=names,
    )


def _outside(package: Package, said: Profile, programme: str, say: Speaker) -> Headline:
    standing = package.standing(programme, said.adcode)
    own = tuple(s for s in said.statements() if s.variable == programme)
    notes = tuple(_unsaid(own, say(STANDINGS[standing])))
    return Headline(
        term=package.variables[programme].name(say.language),
        text=say(STANDINGS[standing]),
        more=notes,
        is_said=standing != "not_said",
        rests=own,
        variables=(programme,),
    )


def _unsaid(statements: tuple[Statement, ...], word: str) -> Iterator[str]:
    for statement in statements:
        yield from (note for note in statement.notes if note != word)

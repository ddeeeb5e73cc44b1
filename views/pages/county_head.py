"""The head of a county's page: its name, and what one asks of it first."""

from __future__ import annotations

from collections.abc import Iterable

from geo.language import N_, Speaker
from layers.facts.package import Package
from layers.profile.headline import Headline, headlines
from layers.profile.statements import Fact, Profile, Statement, noted
from views.frame.components import Node
from views.pages.profile import evidence_marks

_TOLD_ELSEWHERE = ("adcode", "prefecture", "size", "run_by", "name", "past")
"""Base facts that the head, or the part about names, says in another form."""


def head(package: Package, said: Profile, say: Speaker) -> list[Node]:
    """Show name, code and headlines; how sure each of them is stands on demand.

    Parameters
    ----------
    package : Package
        The facts.
    said : Profile
        What is said of the county.
    say : Speaker
        Of the language of the profile.
    """
    leads = headlines(package, said, say)
    shown = {name for lead in leads for name in lead.variables}
    others = [
        fact
        for fact in said.facts
        if fact.base not in _TOLD_ELSEWHERE and fact.variable not in shown - {""}
    ]
    notes = noted(said.facts, say)
    code = next(
        say(N_("{name}: {text}"), name=fact.term, text=fact.text)
        for fact in said.facts
        if fact.base == "adcode"
    )
    back = {"class": "atlas-link atlas-back", "send": ["close"]}
    return [
        ["button", back, say(N_("‹ All counties"))],
        ["h1", {"id": "county"}, said.title],
        ["p", {"class": "atlas-county-meta"}, code],
        ["dl", {"class": "atlas-lead"}, *(_lead(package, one, say) for one in leads)],
        *(["p", {}, ["small", {}, note]] for note in notes),
        *_others(others),
    ]


def _lead(package: Package, one: Headline, say: Speaker) -> Node:
    css = "" if one.is_said else "atlas-unsaid"
    more: list[Node] = [["div", {}, ["small", {}, line]] for line in one.more]
    return [
        "div",
        {},
        ["dt", {}, one.term],
        ["dd", {"class": css}, ["strong", {}, one.text], *more],
        *_rests(package, one, say),
    ]


def _rests(package: Package, one: Headline, say: Speaker) -> list[Node]:
    if not one.rests:
        return []
    name = say(N_("How sure: {name}"), name=one.term)
    lines = [rest(package, own, say) for own in one.rests]
    summary: Node = ["summary", {"aria-label": name}, say(N_("How sure?"))]
    return [["dd", {}, ["details", {}, summary, *lines]]]


def rest(package: Package, said: Statement, say: Speaker) -> Node:
    """Show what a headline rests on: what is said, and where it stands.

    Parameters
    ----------
    package : Package
        The facts.
    said : Statement
        Of the profile.
    say : Speaker
        Of the language of the profile.
    """
    marks = [evidence_marks(package, one, say) for one in said.evidence]
    return ["div", {"class": "atlas-evidence"}, said.line(say), *marks]


def _others(facts: Iterable[Fact]) -> list[Node]:
    """List the values of all other variables that are no programme."""
    rows: list[Node] = [
        ["div", {}, ["dt", {}, fact.term], ["dd", {}, fact.text]]
        for fact in facts
        if fact.variable
    ]
    return [["dl", {"class": "atlas-county-facts"}, *rows]] if rows else []

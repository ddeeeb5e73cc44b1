"""One county in the card beside the map: what one asks first, the rest on demand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

import geopandas as gpd

from geo.language import N_, Language, Speaker, speaker
from layers.facts.package import Package
from layers.facts.variables import Variable
from layers.profile.county_profile import county_profile
from layers.profile.related import scopes_of
from layers.profile.statements import Fact, Profile, Section, noted
from layers.select.targets import counted
from layers.themes.style import texture_of
from layers.webmap.map_texts import credit
from views.frame.components import Node
from views.pages.county_programmes import RUNS
from views.pages.profile import neighbour_list, section_nodes
from views.pages.target_cards import Board

_HEADLINES: Final = 3
"""So many facts stand beside one another at the top."""

_KINDS: Final = ("category", "date", "relation")
"""Kinds of the variables that are headlines, the first of each."""

_IN_THE_META_LINE: Final = ("adcode", "prefecture", "size", "programmes")
"""Base facts of the card's second line, and the one that its runs say at length."""


def county_card(
    board: Board,
    counties: gpd.GeoDataFrame,
    adcode: str,
    language: Language,
    seen: Collection[str] = (),
) -> list[Node]:
    """Describe one county for the card.

    Parameters
    ----------
    board : Board
        Facts and targets.
    counties : geopandas.GeoDataFrame
        The county table.
    adcode : str
        Code of the county.
    language : {"zh", "en"}
        Language of the description.
    seen : collection of str
        Ids of the variables that the map shows; they come first.
    """
    say, package = speaker(language), board.package
    said = county_profile(package, counties.loc[adcode], adcode, language, seen=seen)
    row = counties.loc[adcode]
    prefecture = say.pick(row["prefecture"], row["prefecture_en"])
    area = say(N_("{area:,.0f} km²"), area=row["area_km2"])
    headlines = _headlines(package, said, seen)
    others = [
        fact
        for fact in said.facts
        if fact not in headlines and fact.base not in _IN_THE_META_LINE
    ]
    return [
        _button(["close"], say(N_("‹ Back to the legend")), "atlas-link atlas-back"),
        ["h2", {"id": "county"}, said.title],
        ["p", {"class": "atlas-county-meta"}, f"{prefecture} · {adcode} · {area}"],
        _terms(headlines, "atlas-headlines"),
        *(["p", {}, ["small", {}, n]] for n in noted(said.facts, say)),
        ["h3", {}, say(N_("Programmes"))],
        *_standings(package, adcode, say),
        _terms(others, "atlas-county-facts"),
        *_targets(board, adcode, say),
        _on_demand(package, said, say),
        *neighbour_list(package, counties, adcode, say),
        [
            "p",
            {"class": "atlas-county-ways"},
            _button(["page"], say(N_("The county’s page")), "atlas-act atlas-go"),
            _button(["compare"], say(N_("Compare it")), "atlas-act"),
        ],
        ["p", {}, ["small", {}, credit(package.boundaries, language)]],
    ]


def _headlines(package: Package, said: Profile, seen: Collection[str]) -> list[Fact]:
    """Return what the map shows, then what the county is to the plan.

    The latter is the first fact of each kind.
    """
    found = [fact for fact in said.facts if fact.variable in seen]
    for kind in _KINDS:
        own = (
            fact
            for fact in said.facts
            if fact.variable and package.variables[fact.variable].kind == kind
        )
        found += [fact for fact in [next(own, None)] if fact and fact not in found]
    return found[: max(_HEADLINES, len(seen))]


def _terms(facts: Iterable[Fact], css: str) -> Node:
    return [
        "dl",
        {"class": css},
        *(["div", {}, ["dt", {}, fact.term], ["dd", {}, fact.text]] for fact in facts),
    ]


def _standings(package: Package, adcode: str, say: Speaker) -> Iterator[Node]:
    """Say yes, not said and no as runs of names, each with its sign and number."""
    programmes = package.programmes.values()
    found = {p.id: package.standing(p.id, adcode) for p in programmes}
    for standing, sign, word in RUNS:
        own = [p for p in programmes if found[p.id] == standing]
        if not own:
            continue
        head: Node = ["strong", {}, f"{sign} {say(word)} {len(own)}"]
        names = _signed(own, say) if standing == "yes" else [_series(own, say)]
        why = [] if standing == "yes" else [_why(own, say)]
        css = f"atlas-run atlas-run-{standing}"
        yield ["div", {"class": css}, head, " ", *names, *why]


def _signed(programmes: Iterable[Variable], say: Speaker) -> list[Node]:
    nodes: list[Node] = []
    for programme in programmes:
        sign = ["swatch", {"fills": [[programme.colour, texture_of(programme)]]}]
        name = f" {programme.short(say.language)}"
        nodes.append(["span", {"class": "atlas-run-name"}, sign, name])
    return nodes


def _series(programmes: Iterable[Variable], say: Speaker) -> str:
    return say.series(p.short(say.language) for p in programmes)


def _why(programmes: Iterable[Variable], say: Speaker) -> Node:
    """Say for each programme why a county is not said to be in it."""
    lines: list[Node] = []
    for programme in programmes:
        text = say(
            N_("{name}: {text}"),
            name=programme.short(say.language),
            text=programme.missing(say.language),
        )
        lines.append(["li", {}, text])
    return ["details", {}, ["summary", {}, say(N_("Why?"))], ["ul", {}, *lines]]


def _targets(board: Board, adcode: str, say: Speaker) -> list[Node]:
    """Count the targets that bind the county, the surest scopes first."""
    scopes = sorted(
        scopes_of(board.package, adcode), key=lambda scope: not scope.certain
    )
    lines: list[Node] = []
    for scope in scopes:
        own = [target for target in board.targets if target.scopes[0] == scope.id]
        if own:
            title = board.scopes[scope.id].title(say.language)
            text = say(N_("{name}: {text}"), name=title, text=counted(own, say))
            lines.append(["li", {}, text])
    if not lines:
        return []
    return [
        ["h3", {}, say(N_("Targets of the plan that apply here"))],
        ["ul", {"class": "atlas-plain"}, *lines],
    ]


def _on_demand(package: Package, said: Profile, say: Speaker) -> Node:
    """Everything that is said of the county, with its evidence, folded."""
    sources = say(
        N_("Evidence, item by item ({n} {n:source|sources})"), n=len(said.sources)
    )
    sections: tuple[Section, ...] = said.sections
    nodes = [node for part in sections for node in section_nodes(package, part, say)]
    return ["details", {"class": "atlas-county-all"}, ["summary", {}, sources], *nodes]


def _button(send: list[str], text: str, css: str) -> Node:
    return ["button", {"class": css, "send": send}, text]

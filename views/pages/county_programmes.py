"""All programmes of a county's page in their groups: yes, reported, not said, no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from geo.language import N_, Speaker
from layers.facts.package import Package
from layers.facts.values import Standing
from layers.facts.variables import Variable, by_group
from layers.profile.headline import leading
from layers.profile.statements import NAMES, REPORTS, Profile, Section
from layers.themes.style import texture_of
from views.frame.components import Node
from views.pages.profile import section_nodes, statement

RUNS: Final[tuple[tuple[Standing, str, str], ...]] = (
    ("yes", "✓", N_("Yes")),
    ("reported", "!", N_("Reported elsewhere, not in the list")),
    ("not_said", "?", N_("The plan does not say")),
    ("no", "—", N_("No")),
)
"""What is known of a county and a programme: sign and word, in the order of saying."""


def programmes(package: Package, said: Profile, say: Speaker) -> list[Node]:
    """Show all programmes in their groups; why, and where it stands, is folded.

    Parameters
    ----------
    package : Package
        The facts.
    said : Profile
        What is said of the county.
    say : Speaker
        Of the language of the profile.
    """
    every = package.programmes.values()
    standings = {p.id: package.standing(p.id, said.adcode) for p in every}
    sections = {section.id: section for section in said.sections}
    rows = [
        _group(package, name.name(say.language), own, standings, sections[name.id], say)
        for name, own in by_group(every, package.groups).items()
    ]
    found = [*standings.values()]
    counts: list[Node] = [
        ["span", {"class": f"atlas-run-{standing}"}, f"{sign} {say(word)} {n}"]
        for standing, sign, word in RUNS
        if (n := found.count(standing))
    ]
    heading = say(N_("Programmes: {n} of {all}"), n=found.count("yes"), all=len(found))
    return [
        ["h2", {}, heading],
        ["p", {"class": "atlas-counts"}, *counts],
        ["dl", {"class": "atlas-groups"}, *rows],
        *others(package, said, say),
    ]


def _group(
    package: Package,
    name: str,
    own: Sequence[Variable],
    standings: dict[str, Standing],
    section: Section,
    say: Speaker,
) -> Node:
    items = [
        _item(programme, standing, sign, say(word), say)
        for standing, sign, word in RUNS
        for programme in own
        if standings[programme.id] == standing
    ]
    why: Node = [
        "details",
        {},
        ["summary", {"aria-label": say(N_("Why? {name}"), name=name)}, say(N_("Why?"))],
        *(statement(package, one, say) for one in section.statements),
    ]
    return [
        "div",
        {},
        ["dt", {}, name],
        ["dd", {}, ["ul", {"class": "atlas-plain"}, *items], why],
    ]


def _item(
    programme: Variable, standing: Standing, sign: str, word: str, say: Speaker
) -> Node:
    look: list[Node] = []
    if standing in {"yes", "reported"}:
        texture = texture_of(programme) if standing == "yes" else "dots"
        look = [["swatch", {"fills": [[programme.colour, texture]]}], " "]
    name = programme.name(say.language)
    return [
        "li",
        {"class": f"atlas-run-{standing}"},
        ["span", {"class": "atlas-sign", "title": word}, sign],
        [
            "span",
            {"class": "atlas-said"},
            say(N_("{name}: {text}"), name=word, text=""),
        ],
        *look,
        ["strong", {}, name] if standing == "yes" else name,
    ]


def others(package: Package, said: Profile, say: Speaker) -> list[Node]:
    """Show relations and dates that are no headline, and reports from elsewhere.

    Parameters
    ----------
    package, said, say
        As of :func:`programmes`.
    """
    told = {variable.id for variable in leading(package)} | {NAMES}
    groups = {group.id for group in package.groups.values()}
    return list(
        _flat(
            section_nodes(package, section, say)
            for section in said.sections
            if section.id not in told | groups or section.id == REPORTS
        )
    )


def _flat(parts: Iterable[list[Node]]) -> Iterable[Node]:
    for part in parts:
        yield from part

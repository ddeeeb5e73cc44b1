"""What goes with a county on its page: targets, places, names of the past, others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from geo.language import N_, Language, Speaker, speaker
from layers.edition.edition import Edition
from layers.facts.package import Package
from layers.profile.county_targets import county_targets
from layers.profile.related import (
    place_kind,
    places_of,
    similar_counties,
)
from layers.profile.statements import NAMES, Profile
from views.frame.components import Node
from views.pages.profile import evidence, statement
from views.pages.target_cards import board, listing


def similar(edition: Edition, county: str, language: Language) -> list[Node]:
    """List the counties whose programmes are most like those of this one.

    Parameters
    ----------
    edition : Edition
        The edition served.
    county : str
        Adcode.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    counties = edition.counties()
    called = edition.package.divisions.called
    rows: list[Node] = []
    for other in similar_counties(edition.package, counties, county):
        common = say.series(
            edition.package.programmes[p].short(language) for p in other.common
        )
        open_it = {"class": "atlas-link", "send": ["county", other.adcode]}
        rows.append(
            [
                "li",
                {},
                ["button", open_it, called(other.adcode, language)],
                f" {other.jaccard:.0%} ",
                ["small", {}, common],
            ]
        )
    if not rows:
        return []
    how = say(N_("Programmes in common over programmes of either (Jaccard)."))
    return [
        ["h2", {}, say(N_("Counties with similar programmes"))],
        ["p", {}, ["small", {}, how]],
        ["ul", {}, *rows],
    ]


def places(edition: Edition, county: str, language: Language) -> list[Node]:
    """Show what the plan names in the county.

    Parameters
    ----------
    edition : Edition
        The edition served.
    county : str
        Adcode.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    package = edition.package
    rows = places_of(package, county)
    if not rows:
        return []
    # A source that puts a thing in a county is not the plan that names only the thing.
    by_plan = [row for row in rows if row["confidence"] == "stated"]
    others = [row for row in rows if row["confidence"] != "stated"]
    nodes: list[Node] = []
    for own, text in (
        (
            by_plan,
            N_("{n} {n:place or project|places and projects} the plan names here"),
        ),
        (
            others,
            N_(
                "{n} {n:place or project|places and projects} of the plan put here by "
                "other sources"
            ),
        ),
    ):
        if own:
            nodes.append(["h2", {}, say(text, n=len(own))])
            nodes += _place_cards(package, own, say)
    return nodes


def _place_cards(
    package: Package, rows: Iterable[dict[str, Any]], say: Speaker
) -> Iterator[Node]:
    for row in rows:
        kind = place_kind(package, row["kind"], say)
        status = say(package.label("places", "status", row["status"]))
        note = say.pick(row["note_zh"], row["note_en"])
        yield [
            "div",
            {"class": "atlas-evidence"},
            ["strong", {}, say.pick(row["name_zh"], row["name_en"])],
            f" · {kind} · {status}",
            *([["div", {}, ["small", {}, note]]] if note else []),
            evidence(package, "places", row, say),
        ]


def targets(edition: Edition, county: str, language: Language) -> list[Node]:
    """Show the targets that bind the county, from the surest to the least sure.

    Parameters
    ----------
    edition : Edition
        The edition served.
    county : str
        Adcode.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    plan = board(edition)
    found = county_targets(edition.package, county)
    if not found.by_scope:
        return []
    nodes: list[Node] = [["h2", {}, found.heading(say)]]
    if beyond := found.beyond(say):
        nodes.append(["p", {}, ["small", {}, beyond]])
    for certain in (True, False):
        held = found.of(certain)
        if held:
            nodes.append(["h3", {}, found.about(certain, say)])
        for one in held:
            cards = listing(plan, one.targets, language)
            nodes.append(["details", {}, ["summary", {}, one.title(say)], *cards])
    return nodes


def names(package: Package, said: Profile, say: Speaker) -> list[Node]:
    """Show names and codes of the past, and what ground was given or received.

    Parameters
    ----------
    package : Package
        The facts.
    said : Profile
        What is said of the county.
    say : Speaker
        Of the language of the profile.
    """
    known: list[Node] = [
        ["p", {}, say(N_("{name}: {text}"), name=fact.term, text=fact.text)]
        for fact in said.facts
        if fact.base == "name"
    ]
    found = [
        statement(package, one, say)
        for section in said.sections
        if section.id == NAMES
        for one in section.statements
        if one.base != "run_by"
    ]
    if not (known or found):
        return []
    return [["h2", {}, say(N_("Codes and names of the past"))], *known, *found]

"""The profile of one county on a page: nodes of what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd

from geo.language import N_, Speaker
from layers.facts.package import Package
from layers.profile.evidence import Evidence, of_row
from layers.profile.related import neighbours_of
from layers.profile.statements import Section, Statement
from layers.themes.style import texture_of
from views.frame.components import Node


def section_nodes(package: Package, section: Section, say: Speaker) -> list[Node]:
    """Show a section of the profile under its heading.

    Parameters
    ----------
    package : Package
        The facts.
    section : Section
        A section of the profile.
    say : Speaker
        Of the language wanted.
    """
    if section.folded:
        return [_folded(package, section, say)]
    nodes: list[Node] = [["h3", {}, section.title]]
    if section.note:
        nodes.append(["p", {}, ["small", {}, section.note]])
    return nodes + [statement(package, one, say) for one in section.statements]


def _folded(package: Package, section: Section, say: Speaker) -> Node:
    """Show figures under one closed heading; what all rest on stands once below."""
    lines: list[Node] = []
    for one in section.statements:
        notes = [["div", {}, ["small", {}, note]] for note in one.notes]
        lines.append(["div", {"class": "atlas-evidence"}, one.text, *notes])
    rests = dict.fromkeys(e for one in section.statements for e in one.evidence)
    marks = [evidence_marks(package, one, say) for one in rests]
    return ["details", {}, ["summary", {}, section.title], *lines, *marks]


def statement(package: Package, said: Statement, say: Speaker) -> Node:
    """Show a statement with its evidence; what no source says is set smaller.

    Parameters
    ----------
    package : Package
        The facts.
    said : Statement
        What the profile says under one variable.
    say : Speaker
        Of the language wanted.
    """
    look: list[Node] = []
    if said.fill is not None:
        look = [["swatch", {"fills": [[*said.fill]]}], " "]
    evidence = [evidence_marks(package, one, say) for one in said.evidence]
    if not said.is_said:
        text: list[Node] = [["small", {}, said.line(say)]]
    else:
        first = "".join(f" · {note}" for note in said.notes[:1])
        text = [["strong", {}, said.text], first]
        text += [["div", {}, ["small", {}, note]] for note in said.notes[1:]]
    return ["div", {"class": "atlas-evidence"}, *look, *filter(None, text), *evidence]


def neighbour_list(
    package: Package, counties: gpd.GeoDataFrame, adcode: str, say: Speaker
) -> list[Node]:
    """List the counties that border on one, each to be opened.

    Parameters
    ----------
    package : Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table.
    adcode : str
        Code of a county of today.
    say : Speaker
        Of the language wanted.
    """
    near = neighbours_of(package, counties, adcode, say)
    rows: list[Node] = []
    for county in near:
        marks: list[Node] = [
            [
                "swatch",
                {"fills": [[p.colour, texture_of(p)]], "title": p.name(say.language)},
            ]
            for p in county.programmes
        ]
        open_it = {"class": "atlas-link", "send": ["county", county.adcode]}
        rows.append(["li", {}, ["button", open_it, county.name], " ", *marks])
    return [
        ["h3", {}, say(N_("Neighbouring counties"))],
        ["ul", {"class": "atlas-plain"}, *rows],
    ]


def evidence(
    package: Package, table: str, row: Mapping[str, Any], say: Speaker
) -> Node:
    """Show where a row of a table comes from.

    Parameters
    ----------
    package : Package
        The facts.
    table : str
        Name of a table.
    row : mapping of str to object
        Its ``section``, ``confidence`` and ``source``.
    say : Speaker
        Of the language wanted.
    """
    return evidence_marks(package, of_row(package, table, row, say), say)


def evidence_marks(package: Package, found: Evidence, say: Speaker) -> Node:
    """Show section, degree of certainty and, on demand, the sources.

    Parameters
    ----------
    package : Package
        The facts.
    found : Evidence
        Where a statement comes from.
    say : Speaker
        Of the language wanted.
    """
    sources: list[Node] = []
    for identifier in found.sources:
        source = package.sources[identifier]
        title = source.title(say.language)
        link: Node = ["a", {"href": source.url}, title] if source.url else title
        about = " · ".join(source.published(say.language))
        sources.append(["li", {}, link, ["small", {}, f" {about} [{identifier}]"]])
    summary = found.line(say) or say(N_("Sources"))
    return [
        "details",
        {},
        ["summary", {}, ["small", {}, summary]],
        ["ul", {}, *sources],
    ]

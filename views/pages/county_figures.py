"""The figures of a county's page: each indicator on a line beside others, then all."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd

from geo.language import N_, Speaker
from layers.facts.package import Package
from layers.profile.context import Block, Indicator, blocks
from layers.profile.statements import Profile
from views.frame.components import Node
from views.pages.profile import section_nodes


def figures(
    package: Package, counties: gpd.GeoDataFrame, said: Profile, say: Speaker
) -> list[Node]:
    """Show what numbers say of a county beside others, and fold all of its figures.

    Parameters
    ----------
    package : Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table.
    said : Profile
        What is said of the county.
    say : Speaker
        Of the language of the profile.
    """
    nodes: list[Node] = []
    for block in blocks(package, counties, said.adcode, say):
        nodes += _block(package, block, say)
    programmes = {p.group for p in package.programmes.values()}
    for section in said.sections:
        # Of a group without programmes nothing has been said yet.
        if section.id in package.groups and section.id not in programmes:
            text = say(N_("All figures: {name}"), name=section.title)
            nodes += section_nodes(package, replace(section, title=text), say)
    return nodes


def _block(package: Package, block: Block, say: Speaker) -> list[Node]:
    name = block.group.name(say.language)
    n = len(block.indicators)
    heading = say(N_("{name}: {n} {n:indicator|indicators}, compared"), name=name, n=n)
    signs: list[Node] = [
        ["li", {}, ["dot", {"who": who}], " ", term]
        for who, term in block.terms.items()
    ]
    how = say(N_("The ends of a line are the least and the most of all counties."))
    if "peers" in block.terms:
        strokes = N_("Strokes on it: {names}.")
        how = say.sentences([how, say(strokes, names=block.terms["peers"])])
    return [
        ["h2", {}, heading],
        ["ul", {"class": "atlas-plain atlas-dot-legend"}, *signs],
        ["p", {}, ["small", {}, how]],
        *(["p", {}, ["small", {}, note]] for note in block.notes),
        [
            "div",
            {"class": "atlas-indicators"},
            *(_indicator(one, block, say) for one in block.indicators),
        ],
        _table(package, block, say),
    ]


def _indicator(one: Indicator, block: Block, say: Speaker) -> Node:
    told = [
        say(N_("{name}: {text}"), name=block.terms[mark.who], text=mark.text)
        for mark in one.marks
    ]
    plot = {
        "marks": [[mark.who, round(one.place(mark.number), 4)] for mark in one.marks],
        "peers": [round(one.place(number), 4) for number in one.peers],
        "joined": one.is_joined,
        "label": say(N_("{name}: {text}"), name=one.name, text=say.clauses(told)),
    }
    values: list[Node] = [
        [
            "span",
            {"class": f"atlas-of-{mark.who}"},
            ["dot", {"who": mark.who}],
            mark.short,
        ]
        for mark in one.marks
    ]
    unit: list[Node] = []
    if one.unit:
        unit = [" ", ["small", {}, say(N_("({text})"), text=one.unit)]]
    caution: list[Node] = []
    if one.caution:
        caution = [["div", {}, ["small", {}, one.caution]]]
    return [
        "div",
        {"class": "atlas-indicator"},
        ["div", {"class": "atlas-indicator-name"}, one.name, *unit],
        ["dots", {"plot": plot}],
        ["div", {"class": "atlas-indicator-values"}, *values],
        *caution,
    ]


def _table(package: Package, block: Block, say: Speaker) -> Node:
    """Say the same as a table."""
    head: list[Node] = [["th", {"scope": "col"}, say(N_("Indicator"))]]
    head += [["th", {"scope": "col"}, term] for term in block.terms.values()]
    head.append(["th", {"scope": "col"}, say(N_("All counties, least to most"))])
    rows: list[Node] = []
    for one in block.indicators:
        cells: list[Node] = [["th", {"scope": "row"}, one.name]]
        for who in block.terms:
            mark = one.mark(who)
            cells.append(["td", {"class": "atlas-number"}, mark.text if mark else "–"])
        cells.append(["td", {}, one.span(package, say)])
        rows.append(["tr", {}, *cells])
    table: Node = ["table", {}, ["thead", {}, ["tr", {}, *head]], ["tbody", {}, *rows]]
    return [
        "details",
        {},
        ["summary", {}, say(N_("The same as a table"))],
        ["div", {"class": "atlas-scroll"}, table],
    ]

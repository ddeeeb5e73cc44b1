"""The profile of one county: what is said of it, where, and how surely."""

from __future__ import annotations

from typing import Any

import geopandas as gpd

from geo.language import N_, Language, Speaker, speaker
from layers.facts.county_table import neighbours, rows_of
from layers.facts.package import Package
from layers.profile.sentences import (
    county_facts,
    evidence_line,
    exit_sentence,
    quantity,
)
from layers.themes.style import texture_of
from layers.webmap.map_texts import credit
from views.frame.components import Node


def profile(
    package: Package, counties: gpd.GeoDataFrame, adcode: str, language: Language
) -> list[Node]:
    """Describe one county for the text panel.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table.
    adcode : str
        Code of the county.
    language : {"zh", "en"}
        Language of the description; proper names stay Chinese beside the romanised.
    """
    say = speaker(language)
    row = counties.loc[adcode]
    title = row["name"] if language == "zh" else f"{row['name_en']} {row['name']}"
    close = say(N_("Close"))
    return [
        ["h2", {"id": "county"}, title],
        ["button", {"class": "atlas-link", "send": ["close"]}, close],
        ["dl", {}, *_facts(package, row, adcode, say)],
        ["h3", {}, say(N_("Programmes"))],
        *_memberships(package, adcode, say),
        *_pairs(package, adcode, say),
        *_exit(package, adcode, say),
        *_outside_evidence(package, adcode, say),
        *_neighbours(package, counties, adcode, say),
        ["p", {}, ["small", {}, credit(package.boundaries, language)]],
    ]


def _facts(package: Package, row: Any, adcode: str, say: Speaker) -> list[Node]:
    return [
        node
        for term, text in county_facts(package, row, adcode, say)
        for node in (["dt", {}, term], ["dd", {}, text])
    ]


def _memberships(package: Package, adcode: str, say: Speaker) -> list[Node]:
    rows = {row["programme"]: row for row in rows_of(package, "memberships", adcode)}
    if not rows:
        text = say(N_("The plan names this county in no programme."))
        return [["p", {}, text]]
    nodes: list[Node] = []
    for programme in package.programmes.values():
        row = rows.get(programme.id)
        if row is None:
            continue
        detail = say.pick(row["detail_zh"], row["detail_en"])
        name = programme.name(say.language)
        nodes.append(
            [
                "div",
                {"class": "atlas-evidence"},
                ["swatch", {"fills": [[programme.colour, texture_of(programme)]]}],
                " ",
                ["strong", {}, name],
                *([f" · {detail}"] if detail else []),
                evidence(package, "memberships", row, say),
            ]
        )
    return nodes


def _pairs(package: Package, adcode: str, say: Speaker) -> list[Node]:
    rows = rows_of(package, "pairs", adcode)
    if not rows:
        return []
    nodes: list[Node] = [["h3", {}, say(N_("Supported by"))]]
    for row in rows:
        partner = package.divisions[row["partner_adcode"]]
        text = say.pick(partner.name, partner.name_en)
        later = say(N_("not in the plan’s list")) if row["in_plan"] == "no" else ""
        nodes.append(
            [
                "div",
                {"class": "atlas-evidence"},
                ["strong", {}, text],
                f" · {row['evidence_date']}",
                *([f" · {later}"] if later else []),
                evidence(package, "pairs", row, say),
            ]
        )
    return nodes


def _exit(package: Package, adcode: str, say: Speaker) -> list[Node]:
    rows = rows_of(package, "exits", adcode)
    if not rows:
        return []
    nodes: list[Node] = [["h3", {}, say(N_("Exit from the list of poor counties"))]]
    for row in rows:
        text = exit_sentence(row, say)
        if row["unit"] == "part_of_county":
            text = say(
                N_("{name}, a part of this county: {text}"),
                name=row["published_name"],
                text=text,
            )
        nodes.append(
            [
                "div",
                {"class": "atlas-evidence"},
                text,
                evidence(package, "exits", row, say),
            ]
        )
    return nodes


def _neighbours(
    package: Package, counties: gpd.GeoDataFrame, adcode: str, say: Speaker
) -> list[Node]:
    rows: list[Node] = []
    for code in neighbours(counties, adcode):
        row = counties.loc[code]
        marks: list[Node] = [
            [
                "swatch",
                {"fills": [[p.colour, texture_of(p)]], "title": p.name(say.language)},
            ]
            for p in package.programmes.values()
            if row[p.id]
        ]
        open_it = {"class": "atlas-link", "send": ["county", code]}
        name = say.pick(row["name"], row["name_en"])
        rows.append(["li", {}, ["button", open_it, name], " ", *marks])
    return [
        ["h3", {}, say(N_("Neighbouring counties"))],
        ["ul", {"class": "atlas-plain"}, *rows],
    ]


def _outside_evidence(package: Package, adcode: str, say: Speaker) -> list[Node]:
    rows = [
        row
        for row in rows_of(package, "evidence", adcode)
        if row["confidence"] != "stated"
    ]
    if not rows:
        return []
    nodes: list[Node] = [
        ["h3", {}, say(N_("Reports from outside the plan"))],
        ["p", {}, ["small", {}, say(N_("Evidence, not the official list."))]],
    ]
    for row in rows:
        programme = package.programmes[row["programme"]].name(say.language)
        text = say.pick(row["statement_zh"], row["statement_en"])
        note = say.pick(row["note_zh"], row["note_en"])
        nodes.append(
            [
                "div",
                {"class": "atlas-evidence"},
                ["strong", {}, programme],
                f" · {text}{quantity(row, say)}",
                *([["div", {}, ["small", {}, note]]] if note else []),
                evidence(package, "evidence", row, say),
            ]
        )
    return nodes


def evidence(package: Package, table: str, row: dict[str, Any], say: Speaker) -> Node:
    """Show where a row comes from: section, sources, degree of certainty."""
    sources: list[Node] = []
    for identifier in row["source"].split(";"):
        source = package.sources[identifier]
        title = source.title(say.language)
        link: Node = ["a", {"href": source.url}, title] if source.url else title
        about = " · ".join(filter(None, [source.publisher, source.date]))
        sources.append(["li", {}, link, ["small", {}, f" {about} [{identifier}]"]])
    summary = evidence_line(package, table, row, say)
    return [
        "details",
        {},
        ["summary", {}, ["small", {}, summary]],
        ["ul", {}, *sources],
    ]

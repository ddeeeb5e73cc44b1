"""The page about the data: what it rests on, how whole it is, and where it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from geo.divisions import UnknownDivisionError
from geo.language import N_, Language, speaker
from layers.edition import assets
from layers.edition.served import SERVED
from layers.facts import inventory, report
from layers.facts.county_table import memberships
from layers.facts.package import Package
from layers.profile.sentences import exit_sentence, quantity
from layers.themes.style import texture_of
from views.frame import chrome
from views.frame import session as state
from views.frame.components import Node, panel
from views.pages.profile import evidence
from views.pages.provenance import boundary_and_codes, dictionary, sources, table

_SECTION: Final = "about_section"


def show() -> None:
    """Lay out the page: one section at a time, so that it stays light."""
    edition = SERVED.edition()
    files = assets.bundle(edition, chrome.prefix())
    shown = state.view(edition)
    chrome.notices(files, shown)
    say = speaker(shown.language)
    title: Node = ["h2", {}, say(N_("About the data"))]
    intro = say(
        N_(
            "Every row of the tables names its source, the section in it and how sure "
            "it is. What no source says is left open and not made up."
        )
    )
    panel(files, [title, ["p", {}, intro]], key="about_head", language=shown.language)
    chosen = st.pills(
        say(N_("Section")),
        list(SECTIONS),
        default="programmes",
        format_func=lambda name: say(SECTIONS[name][0]),
        key=_SECTION,
        label_visibility="collapsed",
        persist_state="session",
        required=True,
    )
    nodes = SECTIONS[chosen or "programmes"][1](edition.package, shown.language)
    panel(files, nodes, key="about_body", language=shown.language)


def programmes(package: Package, language: Language) -> list[Node]:
    """Describe each programme: counts, completeness, definition, rule."""
    say = speaker(language)
    nodes: list[Node] = [["h3", {}, say(N_("Programmes and how completely known"))]]
    for count in report.programme_counts(package):
        programme = package.programmes[count.id]
        rule = programme.rule(language)
        counts = [
            say(N_("the source states {n}"), n=count.stated)
            if count.stated is not None
            else say(N_("the source states no number")),
            say(N_("named {n}"), n=count.named)
            if count.named is not None
            else say(N_("derived {n}"), n=count.derived),
            say(count.completeness_label),
        ]
        row = {
            "source": ";".join(programme.source),
            "section": programme.section,
            "confidence": programme.confidence,
        }
        nodes.append(
            [
                "div",
                {"class": "atlas-evidence"},
                ["swatch", {"fills": [[programme.colour, texture_of(programme)]]}],
                " ",
                ["strong", {}, programme.name(language)],
                ["div", {}, " · ".join(counts)],
                ["div", {}, programme.definition(language)],
                *([["div", {}, say(N_("Rule: {rule}"), rule=rule)]] if rule else []),
                evidence(package, "programmes", row, say),
            ]
        )
    return nodes


def outside(package: Package, language: Language) -> list[Node]:
    """Show what is reported from outside the plan, apart from what it names."""
    say = speaker(language)
    rows = inventory.outside_evidence(package)
    members = memberships(package)
    nodes: list[Node] = []
    for count in report.evidence_counts(package):
        line = say(
            N_("counted {counted} · named {named} · with outside evidence only {n}"),
            counted="–" if count.counted is None else count.counted,
            named=count.named,
            n=len(count.beyond),
        )
        listed = tuple(m.adcode for m in members if m.programme == count.id)
        beyond = tuple(county.id for county in count.beyond)
        warning = say(
            N_(
                "Reports are evidence and not the official list: a county that only "
                "reports name is not counted as a member."
            )
        )
        nodes += [
            ["h3", {}, count.name(language)],
            ["p", {}, ["strong", {}, line]],
            _line(N_("Named by the source: {names}"), package, listed, language),
            _line(N_("Only in reports: {names}"), package, beyond, language),
            ["p", {}, warning],
        ]
        nodes += [_report(package, row, language) for row in rows.get(count.id, [])]
    return nodes


def _line(
    wording: str, package: Package, adcodes: tuple[str, ...], language: Language
) -> Node:
    names = _names(package, adcodes, language)
    return ["p", {}, speaker(language)(wording, names=names or "–")]


def _report(package: Package, row: dict[str, Any], language: Language) -> Node:
    say = speaker(language)
    note = say.pick(row["note_zh"], row["note_en"])
    text = say.pick(row["statement_zh"], row["statement_en"])
    place = _published(package, row, language)
    return [
        "div",
        {"class": "atlas-evidence"},
        ["strong", {}, place],
        f" · {text}{quantity(row, say)} ",
        ["small", {}, f"{row['period']} [{row['id']}]"],
        *([["div", {}, ["small", {}, note]]] if note else []),
        evidence(package, "evidence", row, say),
    ]


def exits(package: Package, language: Language) -> list[Node]:
    """Show the rounds of exit, and for the other counties what is known of it."""
    say = speaker(language)
    rounds = inventory.exit_rounds(package)
    head = [
        say(text)
        for text in (
            N_("Year assessed"),
            N_("Approved"),
            N_("Number of counties"),
            N_("Counties"),
        )
    ]
    rows = [
        [
            str(r.assessed_year),
            r.approved,
            str(len(r.adcodes)),
            _names(package, r.adcodes, language),
        ]
        for r in rounds
    ]
    others = inventory.other_exits(package)
    whole = [row for row in others if row["unit"] == "county"]
    parts = [row for row in others if row["unit"] != "county"]
    title = say(
        N_("The {n} national-level counties, by round"),
        n=sum(len(r.adcodes) for r in rounds),
    )
    rest = say(N_("The other {n}: no dated official list was found"), n=len(whole))
    nodes: list[Node] = [["h3", {}, title], table(head, rows), ["h3", {}, rest]]
    nodes += [_exit(package, row, language) for row in whole]
    if parts:
        nodes.append(["h3", {}, say(N_("Parts of counties"))])
    return nodes + [_exit(package, row, language) for row in parts]


def _exit(package: Package, row: dict[str, Any], language: Language) -> Node:
    say = speaker(language)
    text = exit_sentence(row, say)
    if not inventory.is_dated(row):
        text = say(N_("year not known: {text}"), text=text)
    return [
        "div",
        {"class": "atlas-evidence"},
        ["strong", {}, _published(package, row, language)],
        f" · {text}",
        evidence(package, "exits", row, say),
    ]


def gaps(package: Package, language: Language) -> list[Node]:
    """Say in plain words what was looked for and not found."""
    say = speaker(language)
    lines = []
    for count in report.programme_counts(package):
        if count.completeness != "incomplete" or count.stated is None:
            continue
        found = count.named if count.named is not None else count.derived or 0
        wording = N_(
            "{name}: {stated} counties are counted, {found} are named; no list was "
            "found of the other {rest}."
        )
        if count.named is None:
            wording = N_(
                "{name}: {stated} counties are counted, no list of them was found; the "
                "{found} shown follow from a rule, so any of them may differ."
            )
        values = {"stated": count.stated, "found": found, "rest": count.stated - found}
        lines.append(say(wording, name=count.name(language), **values))
    for city, adcodes in inventory.without_partner_district(package).items():
        partner = package.divisions[city]
        lines.append(
            say(
                N_("Which district of {city} supports {names} was not found."),
                city=say.pick(partner.name, partner.name_en),
                names=_names(package, adcodes, language),
            )
        )
    lines += [say(text) for text in _GAPS]
    note = say(
        N_("Nothing of this is filled in by guessing; a source would be welcome.")
    )
    return [
        ["h3", {}, say(N_("Known gaps"))],
        ["ul", {}, *[["li", {}, line] for line in lines]],
        ["p", {}, note],
    ]


def _published(package: Package, row: dict[str, Any], language: Language) -> str:
    """Name the division of a row, in Chinese by the name of its day."""
    name = str(row["published_name"])
    if language == "zh":
        return name
    try:
        adcode = package.divisions.current(row["published_adcode"], name)
    except UnknownDivisionError:
        # A part of a county has a name of its own, and the code of the county.
        return name
    return f"{package.divisions[adcode].name_en} {name}"


def _names(package: Package, adcodes: tuple[str, ...], language: Language) -> str:
    say = speaker(language)
    divisions = [package.divisions[adcode] for adcode in adcodes]
    # Romanised, 魏县 and 威县 are the same.
    return say.series(say.pick(d.name, f"{d.name_en} {d.name}") for d in divisions)


_GAPS: Final = (
    N_("The plan counts 206 deep-poverty villages; no list of them was found."),
    N_(
        "The plan speaks of old revolutionary counties without naming them; lists "
        "made by others draw the line otherwise and are not used."
    ),
)

SECTIONS: Final[dict[str, tuple[str, Callable[[Package, Language], list[Node]]]]] = {
    "programmes": (N_("Programmes"), programmes),
    "gaps": (N_("Known gaps"), gaps),
    "outside": (N_("Reports from outside the plan"), outside),
    "exits": (N_("Exits"), exits),
    "sources": (N_("Sources"), sources),
    "boundaries": (N_("Boundaries and codes"), boundary_and_codes),
    "dictionary": (N_("Data dictionary"), dictionary),
}
"""The sections of the page: title and what makes their text."""

"""The page about the data: what it rests on, how whole it is, and where it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from geo.language import N_, Language, Speaker, heading, speaker
from layers.edition import assets
from layers.edition.served import SERVED
from layers.facts import inventory, report
from layers.facts.date_texts import date_text
from layers.facts.package import Package
from layers.facts.value_texts import STANDINGS, value_text
from layers.facts.values import Value
from layers.facts.variables import Variable, by_group
from layers.profile.evidence import of_value, of_variable, quantity
from layers.select.scopes import scopes
from layers.themes.style import texture_of
from views.frame import chrome
from views.frame import session as state
from views.frame.components import Node, panel
from views.frame.page_parts import One, among
from views.pages.profile import evidence, evidence_marks
from views.pages.provenance import boundary_and_codes, dictionary, sources, table

_SECTION: Final = "about_section"
_FIRST: Final = "variables"


def title(language: Language) -> str:
    """Return the title of the page."""
    return speaker(language)(N_("About the data"))


def show() -> None:
    """Lay out the page: one section at a time, so that it stays light."""
    edition = SERVED.edition()
    files = assets.bundle(edition, chrome.prefix())
    shown = state.view(edition)
    chrome.notices(files, shown)
    say = speaker(shown.language)
    heading: Node = ["h1", {}, title(shown.language)]
    intro = say(
        N_(
            "Every row of the tables names its source, the section in it and how sure "
            "it is. What no source says is left open and not made up."
        )
    )
    panel(files, [heading, ["p", {}, intro]], key="about_head", language=shown.language)
    state.usual(_SECTION, _FIRST)
    chosen = st.pills(
        say(N_("Section")),
        list(SECTIONS),
        format_func=lambda name: say(SECTIONS[name][0]),
        key=_SECTION,
        on_change=state.act,
        label_visibility="collapsed",
        persist_state="session",
        required=True,
    )
    nodes = SECTIONS[chosen or "variables"][1](edition.package, shown.language)
    panel(files, nodes, key="about_body", language=shown.language)


def variables(package: Package, language: Language) -> list[Node]:
    """Describe each variable in its group: counts, completeness, definition, rule."""
    say = speaker(language)
    counts = {count.id: count for count in report.programme_counts(package)}
    valued = {count.id: count for count in report.variable_counts(package)}
    nodes: list[Node] = [["p", {}, say(N_("Known counts and lists, by group."))]]
    for group, members in by_group(package.variables.values(), package.groups).items():
        nodes.append(["h3", {}, group.name(language)])
        for variable in members:
            if variable.is_programme:
                about = _programme_counts(counts[variable.id], say)
                missing = N_("Of the other counties: {text}")
            else:
                about = _value_counts(variable, valued[variable.id], say)
                missing = _without(valued[variable.id])
            nodes.append(_variable(package, variable, about, missing, say))
    return nodes


def _programme_counts(count: report.ProgrammeCount, say: Speaker) -> list[str]:
    return [
        say(N_("the source states {n}"), n=count.stated)
        if count.stated is not None
        else say(N_("the source states no number")),
        say(N_("named {n}"), n=count.named)
        if count.named is not None
        else say(N_("derived {n}"), n=count.derived),
        say(count.completeness_label),
    ]


def _value_counts(
    variable: Variable, count: report.VariableCount, say: Speaker
) -> list[str]:
    texts = [say(count.kind_label), say(N_("{n} with a value"), n=count.matched)]
    if count.reported:
        elsewhere = STANDINGS["reported"]
        texts.append(say(N_("{value}: {n}"), value=say(elsewhere), n=count.reported))
    if count.not_said:
        text = N_("{n} without a value")
        if variable.kind == "date":
            text = N_("{n} without a sure value")
        texts.append(say(text, n=count.not_said))
    if count.no:
        none = N_("{n} without a value")
        if variable.among:
            none = N_("does not apply to {n}")
        texts.append(say(none, n=count.no))
    if not count.not_said:
        texts.append(say(count.completeness_label))
    return texts


def _without(count: report.VariableCount) -> str:
    """Return how to begin what it means that there is no value; empty if all have."""
    return N_("Where there is none: {text}") if count.no or count.not_said else ""


def _variable(
    package: Package,
    variable: Variable,
    counts: list[str],
    missing: str,
    say: Speaker,
) -> Node:
    language = say.language
    rule, none = variable.rule(language), variable.missing(language)
    look: list[Node] = []
    if variable.colour:
        look = [["swatch", {"fills": [[variable.colour, texture_of(variable)]]}], " "]
    return [
        "div",
        {"class": "atlas-evidence"},
        *look,
        ["strong", {}, variable.name(language)],
        ["div", {}, " · ".join(counts)],
        ["div", {}, variable.definition(language)],
        *([["div", {}, say(N_("Rule: {rule}"), rule=rule)]] if rule else []),
        *([["div", {}, say(missing, text=none)]] if missing else []),
        evidence_marks(package, of_variable(package, variable, say), say),
    ]


def outside(package: Package, language: Language) -> list[Node]:
    """Show what is reported from outside the plan, apart from what it names."""
    say = speaker(language)
    rows = inventory.outside_evidence(package)
    nodes: list[Node] = []
    for count in report.evidence_counts(package):
        line = say(
            N_("counted {counted} · named {named} · with outside evidence only {n}"),
            counted="–" if count.counted is None else count.counted,
            named=count.named,
            n=len(count.beyond),
        )
        listed = tuple(sorted(package.members(count.id)))
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
        ["small", {}, f"{say.pick(row['period_zh'], row['period_en'])} [{row['id']}]"],
        *([["div", {}, ["small", {}, note]]] if note else []),
        evidence(package, "evidence", row, say),
    ]


def dates(package: Package, language: Language) -> list[Node]:
    """Show each date variable: who has which date, and what is not known for sure."""
    return [
        node
        for variable in package.variables.values()
        if variable.kind == "date"
        for node in _dates(package, variable, language)
    ]


def _dates(package: Package, variable: Variable, language: Language) -> list[Node]:
    say = speaker(language)
    head = [say(text) for text in (N_("Date"), N_("Number of counties"), N_("County"))]
    known = inventory.dated(package, variable)
    rows = [
        [
            date_text(one.date, say),
            str(len(one.adcodes)),
            _names(package, one.adcodes, language),
        ]
        for one in known
    ]
    others = inventory.undated(package, variable)
    without = inventory.without_value(package, variable)
    nodes: list[Node] = [
        ["h3", {}, variable.name(language)],
        ["p", {}, variable.definition(language)],
        table(head, rows),
    ]
    for wording, values in (
        (N_("Not known for sure: {n}"), [v for v in others if not v.of_part]),
        (N_("Parts of counties: {n}"), [v for v in others if v.of_part]),
    ):
        if values:
            nodes.append(["h4", {}, say(wording, n=len(values))])
            nodes += [_date(package, variable, v, language) for v in values]
    if without:
        names = _names(package, without, language)
        text = say(N_("{n} without a value"), n=len(without))
        nodes.append(["p", {}, say(N_("{name}: {text}"), name=text, text=names)])
    return nodes


def _date(
    package: Package, variable: Variable, value: Value, language: Language
) -> Node:
    say = speaker(language)
    return [
        "div",
        {"class": "atlas-evidence"},
        ["strong", {}, package.divisions.named(value.adcode, language)],
        f" · {value_text(package, variable, value, say)}",
        evidence_marks(package, of_value(package, variable, value, say), say),
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
    for variable in package.variables.values():
        lines += _gaps_of(package, variable, language)
    lines += [
        say(
            N_("{name}: {definition}"),
            name=heading(scope.title(language)),
            definition=scope.definition(language),
        )
        for scope in scopes(package).values()
        if scope.listed == "none"
    ]
    note = say(
        N_("Nothing of this is filled in by guessing; a source would be welcome.")
    )
    return [
        ["h3", {}, say(N_("Known gaps"))],
        ["ul", {}, *[["li", {}, line] for line in lines]],
        ["p", {}, note],
    ]


def _gaps_of(package: Package, variable: Variable, language: Language) -> list[str]:
    """Say of whom a value is missing, not sure, or not known closely enough."""
    say = speaker(language)
    name = variable.name(language)
    if variable.kind == "relation":
        gaps_by_city = inventory.without_partner_district(package, variable)
        return [
            say(
                N_(
                    "{variable}: which district of {city} it is was not found for "
                    "{names}"
                ),
                variable=name,
                city=_names(package, (city,), language),
                names=_names(package, adcodes, language),
            )
            for city, adcodes in gaps_by_city.items()
        ]
    lines = []
    unsure = [v for v in inventory.undated(package, variable) if not v.of_part]
    if variable.kind == "date" and unsure:
        text = N_("{variable}: {n} {n:date is|dates are} not known for sure")
        lines.append(say(text, variable=name, n=len(unsure)))
    if not (variable.is_programme or variable.is_whole):
        without = inventory.without_value(package, variable)
        names = _names(package, without, language)
        text = N_("{variable}: no value was found of {names}")
        lines.append(say(text, variable=name, names=names))
    return lines


def _published(package: Package, row: dict[str, Any], language: Language) -> str:
    """Name the division of a row, in Chinese by the name of its day."""
    name = str(row["published_name"])
    if language == "zh":
        return name
    adcode = package.divisions.current(row["published_adcode"], name)
    called = package.divisions.called(adcode, language)
    return called if name in called else f"{called} {name}"


def _names(package: Package, adcodes: tuple[str, ...], language: Language) -> str:
    say = speaker(language)
    return say.series(package.divisions.named(adcode, language) for adcode in adcodes)


SECTIONS: Final[dict[str, tuple[str, Callable[[Package, Language], list[Node]]]]] = {
    "variables": (N_("Variables"), variables),
    "gaps": (N_("Known gaps"), gaps),
    "outside": (N_("Reports from outside the plan"), outside),
    "dates": (N_("Dates"), dates),
    "sources": (N_("Sources"), sources),
    "boundaries": (N_("Boundaries and codes"), boundary_and_codes),
    "dictionary": (N_("Data dictionary"), dictionary),
}
"""The sections of the page: title and what makes their text."""

PARTS: Final = (
    One(
        parameter="section",
        widget=_SECTION,
        usual=_FIRST,
        options=among(SECTIONS),
    ),
)
"""What the address of the page holds."""

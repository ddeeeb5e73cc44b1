"""One county on a page of its own, fit to be printed: ``/county?county=130722``."""

from __future__ import annotations

import streamlit as st

from geo.language import N_, Language, speaker
from layers.edition import assets
from layers.edition.assets import Bundle
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.facts.county_table import neighbours
from layers.files.export import export
from layers.profile.related import (
    place_kind,
    places_of,
    scopes_of,
    similar_counties,
)
from layers.select.selection import Selection
from views.frame import chrome, components
from views.frame import session as state
from views.frame.components import Node, panel
from views.pages.county_choice import county_label
from views.pages.profile import evidence, profile
from views.pages.target_cards import board, listing


def title(language: Language) -> str:
    """Return the title of the page: the county's name."""
    say, adcode = speaker(language), state.county()
    if adcode is None:
        return say(N_("County"))
    row = SERVED.edition().counties().loc[adcode]
    return say.pick(row["name"], f"{row['name_en']} {row['name']}")


def show() -> None:
    """Lay out the page: locator, profile, places, targets, similar counties."""
    edition = SERVED.edition()
    files = assets.bundle(edition, chrome.prefix())
    shown = state.view(edition)
    chrome.notices(files, shown)
    language = shown.language
    state.put(state.COUNTY_BOX, shown.county)
    _choice(edition, language)
    if shown.county is None:
        text = speaker(language)(N_("Choose a county, here or on the map."))
        nodes: list[Node] = [["h1", {}, title(language)], ["p", {}, text]]
        panel(files, nodes, key="county-none", language=language)
        return

    counties = edition.counties()
    left, right = st.columns([2, 3], gap="medium")
    with left:
        components.locator(
            files,
            edition,
            county=shown.county,
            neighbours=neighbours(counties, shown.county),
            language=language,
            label=speaker(language)(
                N_("Where {name} lies in Hebei"),
                name=edition.package.divisions.called(shown.county, language),
            ),
        )
        _download(edition, shown.county, language)
        _panel(files, _similar(edition, shown.county, language), "similar", language)
    with right:
        _, *rest = profile(edition.package, counties, shown.county, language)
        nodes = [["h1", {"id": "county"}, title(language)], *rest]
        _panel(files, nodes, "county-profile", language)
        _panel(files, _places(edition, shown.county, language), "places", language)
    _panel(files, _targets(edition, shown.county, language), "targets", language)


def _choice(edition: Edition, language: Language) -> None:
    say = speaker(language)
    divisions = edition.package.divisions
    st.selectbox(
        say(N_("County")),
        list(edition.counties().index),
        key=state.COUNTY_BOX,
        index=None,
        format_func=lambda adcode: county_label(divisions, adcode, language),
        on_change=state.county_from_box,
        placeholder=say(N_("Name or code")),
    )


def _download(edition: Edition, county: str, language: Language) -> None:
    say = speaker(language)

    def content() -> bytes:
        made = export(
            edition.package,
            edition.counties("full"),
            Selection(counties=(county,)),
            language=language,
        )
        return made.content

    st.download_button(
        say(N_("Download this county as GeoJSON")),
        content,
        file_name=f"hebei-{county}.geojson",
        mime="application/geo+json",
        on_click="ignore",
        key="county-download",
    )


def _similar(edition: Edition, county: str, language: Language) -> list[Node]:
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
        ["h3", {}, say(N_("Counties with similar programmes"))],
        ["p", {}, ["small", {}, how]],
        ["ul", {}, *rows],
    ]


def _places(edition: Edition, county: str, language: Language) -> list[Node]:
    say = speaker(language)
    package = edition.package
    rows = places_of(package, county)
    if not rows:
        return []
    nodes: list[Node] = [["h3", {}, say(N_("Places and projects the plan names here"))]]
    for row in rows:
        kind = place_kind(package, row["kind"], say)
        status = say(package.label("places", "status", row["status"]))
        note = say.pick(row["note_zh"], row["note_en"])
        nodes.append(
            [
                "div",
                {"class": "atlas-evidence"},
                ["strong", {}, say.pick(row["name_zh"], row["name_en"])],
                f" · {kind} · {status}",
                *([["div", {}, ["small", {}, note]]] if note else []),
                evidence(package, "places", row, say),
            ]
        )
    return nodes


def _targets(edition: Edition, county: str, language: Language) -> list[Node]:
    say = speaker(language)
    plan = board(edition)
    parts: dict[bool, list[Node]] = {True: [], False: []}
    for scope in scopes_of(edition.package, county):
        own = [target for target in plan.targets if target.scopes[0] == scope.id]
        if own:
            title = plan.scopes[scope.id].title(language)
            text = say(N_("{title}: {n} {n:target|targets}"), title=title, n=len(own))
            cards = listing(plan, own, language)
            parts[scope.certain].append(["details", {}, ["summary", {}, text], *cards])
    about = {
        True: N_("By scopes that hold this county, as the plan says."),
        False: N_("By scopes that hold this county as the atlas reads the plan."),
    }
    nodes: list[Node] = []
    for certain, found in parts.items():
        if found:
            nodes += [["p", {}, ["small", {}, say(about[certain])]], *found]
    if not nodes:
        return []
    return [["h3", {}, say(N_("Targets of the plan that apply here"))], *nodes]


def _panel(files: Bundle, nodes: list[Node], key: str, language: Language) -> None:
    if nodes:
        panel(
            files,
            nodes,
            key=f"county-{key}",
            language=language,
            on_press=lambda: _pressed(f"county-{key}"),
        )


def _pressed(component: str) -> None:
    what, *county = state.event(component, "press")
    state.select_county(county[0] if what == "county" else None)

"""One county on a page of its own, fit to be printed: ``/county?county=130722``."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from geo.language import N_, Language, speaker
from layers.edition import assets
from layers.edition.assets import Bundle
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.facts.county_table import neighbours
from layers.files.export import export
from layers.profile.county_profile import county_profile
from layers.select.selection import Selection
from layers.webmap.map_texts import credit
from views.frame import chrome, components
from views.frame import session as state
from views.frame.components import Node, panel
from views.pages import county_related as related
from views.pages import own_held
from views.pages.county_choice import county_label
from views.pages.county_figures import figures
from views.pages.county_head import head
from views.pages.county_list import county_list
from views.pages.county_programmes import programmes
from views.pages.profile import neighbour_list


def title(language: Language) -> str:
    """Return the title of the page: the county's name."""
    say, adcode = speaker(language), state.county()
    if adcode is None:
        return say(N_("County"))
    return SERVED.edition().package.divisions.named(adcode, language)


def show() -> None:
    """Lay out the page: what one asks first, programmes, figures, what goes with it."""
    edition = SERVED.edition()
    files = assets.bundle(edition, chrome.prefix())
    shown = state.view(edition)
    chrome.notices(files, shown)
    language = shown.language
    state.put(state.COUNTY_BOX, shown.county)
    if shown.county is None:
        heading: Node = ["h1", {}, title(language)]
        panel(files, [heading], key="county-none", language=language)
        components.county_list(
            county_list(files, edition, language), on_press=lambda: _pressed("list")
        )
        return
    _choice(edition, language)

    seen = own_held.edition_seen(edition)
    parts = page_parts(edition, shown.county, language, seen)
    # On a narrow page one column stands under the other: the county comes first.
    left, right = st.columns([3, 1], gap="medium")
    with left:
        _panel(files, parts["head"], "head", language)
    with right:
        components.locator(
            files,
            edition,
            county=shown.county,
            neighbours=neighbours(edition.counties(), shown.county),
            language=language,
            label=speaker(language)(
                N_("Where {name} lies in Hebei"),
                name=edition.package.divisions.called(shown.county, language),
            ),
        )
        _download(edition, shown.county, language)
    for name in ("programmes", "figures"):
        _panel(files, parts[name], name, language)
    if own := own_held.told(edition, speaker(language)):
        _panel(files, [["p", {}, ["small", {}, own]]], "own", language)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        for name in ("targets", "places"):
            _panel(files, parts[name], name, language)
    with right:
        for name in ("similar", "neighbours", "names"):
            _panel(files, parts[name], name, language)
    _panel(files, _foot(edition, shown.county, language), "foot", language)


def page_parts(
    edition: Edition, county: str, language: Language, seen: Edition | None = None
) -> dict[str, list[Node]]:
    """Return all that the page says, part by part; a part may be empty.

    Parameters
    ----------
    edition : Edition
        The edition served.
    county : str
        Adcode.
    language : {"zh", "en"}
        Language of the page.
    seen : Edition, optional
        The same edition with figures of the session, for what is said of the county.
    """
    shown = seen or edition
    say, package, counties = speaker(language), shown.package, shown.counties()
    said = county_profile(package, counties.loc[county], county, language)
    _, *near = neighbour_list(package, counties, county, say)
    return {
        "head": head(package, said, say),
        "programmes": programmes(package, said, say),
        "figures": figures(package, counties, said, say),
        "targets": related.targets(edition, county, language),
        "places": related.places(edition, county, language),
        "similar": related.similar(edition, county, language),
        "neighbours": [["h2", {}, say(N_("Neighbouring counties"))], *near],
        "names": related.names(package, said, say),
    }


def _foot(edition: Edition, county: str, language: Language) -> list[Node]:
    """Say whose lines these are and, on paper, where the rest stands."""
    say = speaker(language)
    query = urlencode({"county": county, "lang": language})
    rest = say(
        N_(
            "Folded parts are not printed. Every statement with its evidence: {address}"
        ),
        address=f"{chrome.address()}/county?{query}",
    )
    lines = credit(edition.package.boundaries, language)
    return [
        ["p", {"class": "atlas-on-paper"}, ["small", {}, rest]],
        ["p", {}, ["small", {}, lines]],
    ]


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


def _panel(files: Bundle, nodes: list[Node], key: str, language: Language) -> None:
    if nodes:
        panel(
            files,
            nodes,
            key=f"county-{key}",
            language=language,
            css=f"atlas-county-part atlas-{key}",
            on_press=lambda: _pressed(key),
        )


def _pressed(key: str) -> None:
    what, *county = state.event(f"county-{key}", "press")
    state.select_county(county[0] if what == "county" else None)

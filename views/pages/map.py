"""The map page: filters, head, map, profile, counts, table, download.

What an address shows comes from ``page_state.py``, asked for by the page's scripts.
Streamlit lays the page out, keeps address and session, and says the profile.
"""

from __future__ import annotations

import streamlit as st

from layers.edition import assets
from layers.edition.served import SERVED
from layers.select import search
from layers.select.selection import Selection
from views.frame import chrome, components
from views.frame import session as state
from views.pages import opened_file
from views.pages.profile import profile
from views.pages.search_box import search_box


def show() -> None:
    """Lay out the page: all that stands still once, the rest as a fragment."""
    edition = SERVED.edition()
    files = assets.bundle(edition, chrome.prefix())
    with st.sidebar:
        search_box(files, language=state.language(), on_choose=_from_search)
        components.still(files, "filters")
        chrome.contrast_switch(state.language())
        opened_file.upload(edition, state.language())
    components.still(files, "head")
    _body()
    components.still(files, "table")


@st.fragment
def _body() -> None:
    # The map comes first: it is what a choice elsewhere on the page is waiting for.
    edition = SERVED.edition()
    files = assets.bundle(edition, chrome.prefix())
    shown = state.view(edition)
    chrome.notices(files, shown)
    left, right = st.columns([5, 3], gap="medium")
    with left:
        components.county_map(
            files,
            shown,
            on_go=_from_page,
            on_select=_from_select,
            on_region=_from_region,
        )
    with right:
        if shown.county:
            components.panel(
                files,
                profile(
                    edition.package, edition.counties(), shown.county, shown.language
                ),
                key="side",
                language=shown.language,
                css="atlas-side",
                on_press=_from_profile,
            )
        else:
            components.still(files, "counts")


def _from_search() -> None:
    # What the browser sent is not trusted: an unknown kind or id leads nowhere.
    chosen = state.event("search", "choose")
    package = SERVED.edition().package
    reached = search.target(package, str(chosen["kind"]), str(chosen["id"]))
    if reached is None:
        return
    if reached.selection is not None:
        state.choose(reached.selection)
    if reached.county:
        state.select_county(reached.county)


def _from_page() -> None:
    state.go(state.event("map", "go"), SERVED.edition())


def _from_select() -> None:
    state.select_county(state.event("map", "select"))


def _from_region() -> None:
    codes = state.event("map", "region")
    counties = tuple(codes[at : at + 6] for at in range(0, len(codes), 6))
    state.choose(Selection(counties=counties))


def _from_profile() -> None:
    what, *county = state.event("side", "press")
    state.select_county(county[0] if what == "county" else None)

"""The map page: the sentence, the map with its card, the drawer of table and files.

What an address shows comes from ``page_state.py``, asked for by the page's scripts.
Streamlit lays the page out, keeps address and session, and says the profile.
"""

from __future__ import annotations

import streamlit as st

from geo.language import N_, Language, speaker
from layers.edition import assets
from layers.edition.sentence import sentence_text, sentence_tokens
from layers.edition.served import SERVED
from layers.select.selection import Selection
from layers.themes.themes import theme_of
from views.frame import chrome, components
from views.frame import session as state
from views.pages import compare, county, opened_file, own_keep
from views.pages.county_card import county_card
from views.pages.target_cards import board

PARTS = own_keep.PARTS
"""What of this page stands in its address besides the view."""


def title(language: Language) -> str:
    """Return the title of the page: what is selected, in words."""
    edition = SERVED.edition()
    tokens = sentence_tokens(
        edition.package, edition.counties(), state.selection(), language
    )
    return sentence_text(tokens)


def show() -> None:
    """Lay out the page: all that stands still once, the rest as a fragment."""
    edition = SERVED.edition()
    files = assets.bundle(edition, chrome.prefix())
    with st.container(key="atlas_page", gap=None):
        components.still(files, "head")
        _body()
        components.still(files, "drawer")
        with st.container(key="atlas_opened"):
            opened_file.upload(edition, state.language())


@st.fragment
def _body() -> None:
    # The map comes first: it is what a choice elsewhere on the page is waiting for.
    edition = SERVED.edition()
    files = assets.bundle(edition, chrome.prefix())
    shown = state.view(edition)
    chrome.notices(files, shown)
    own_keep.beside_the_map(files, shown.language)
    with st.container(key="atlas_stage", gap=None):
        components.county_map(
            files,
            shown,
            on_go=_from_page,
            on_select=_from_select,
            on_region=_from_region,
            on_marks=_from_marks,
        )
        with st.container(key="atlas_card", gap=None):
            components.still(files, "card")
            if shown.county:
                theme = theme_of(edition.package, shown.theme)
                components.panel(
                    files,
                    county_card(
                        board(edition),
                        edition.counties(),
                        shown.county,
                        shown.language,
                        seen=theme.variables if theme else (),
                    ),
                    key="side",
                    language=shown.language,
                    css="atlas-side",
                    on_press=_from_profile,
                )


def _from_page() -> None:
    state.go(state.event("map", "go"), SERVED.edition())


def _from_select() -> None:
    state.select_county(state.event("map", "select") or None)


def _from_region() -> None:
    # Box and lasso narrow what is selected; from all counties they start afresh.
    edition = SERVED.edition()
    selection = state.selection()
    chosen = {*selection.apply(edition.counties())}
    inside = [code for code in _codes(state.event("map", "region")) if code in chosen]
    if inside:
        state.choose(selection.with_values("counties", inside))
    else:
        text = N_("None of the counties inside the line is selected.")
        st.toast(speaker(state.language())(text))


def _from_marks() -> None:
    state.choose(Selection(counties=tuple(_codes(state.event("map", "marks")))))


def _codes(joined: str) -> list[str]:
    return [joined[at : at + 6] for at in range(0, len(joined), 6)]


def _from_profile() -> None:
    what, *adcodes = state.event("side", "press")
    pages = {"page": (county.show, "county"), "compare": (compare.show, "compare")}
    if what in pages:
        show_page, path = pages[what]
        state.turn_to(st.Page(show_page, url_path=path), SERVED.edition())
    else:
        state.select_county(adcodes[0] if what == "county" else None)

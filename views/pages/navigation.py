"""The pages of the application, in the order of the navigation."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.language import Speaker
from layers.edition import assets
from layers.edition.served import SERVED
from views.frame import chrome
from views.pages import about as about_page
from views.pages import compare as compare_page
from views.pages import county as county_page
from views.pages import map as map_page
from views.pages import printed_atlas as print_page
from views.pages import statistics as statistics_page
from views.pages import targets as targets_page

PATHS: Final = (
    "",
    "map",
    "county",
    "compare",
    "statistics",
    "print",
    "targets",
    "about",
)
"""Paths of the pages, the first one's own and the one without."""


def pages(say: Speaker) -> list[st.Page]:
    """Return the pages with their titles in one language."""
    return [
        st.Page(map_page.show, title=say("Map"), url_path="map", default=True),
        st.Page(county_page.show, title=say("County"), url_path="county"),
        st.Page(compare_page.show, title=say("Compare"), url_path="compare"),
        st.Page(statistics_page.show, title=say("Statistics"), url_path="statistics"),
        st.Page(print_page.show, title=say("Printed atlas"), url_path="print"),
        st.Page(targets_page.show, title=say("Plan targets"), url_path="targets"),
        st.Page(about_page.show, title=say("About the data"), url_path="about"),
    ]


def load() -> None:
    """Make what every first visitor would wait for: tables, geometry, scripts."""
    edition = SERVED.edition()
    edition.counties("full")
    assets.bundle(edition, chrome.prefix())

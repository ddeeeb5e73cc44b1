"""The pages of the application, in the order of the navigation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st

from geo.language import N_, Language, speaker
from layers.edition import assets
from layers.edition.served import SERVED
from views.frame import chrome, page_parts
from views.frame.page_parts import Part
from views.pages import about as about_page
from views.pages import compare as compare_page
from views.pages import county as county_page
from views.pages import map as map_page
from views.pages import own as own_page
from views.pages import printed_atlas as print_page
from views.pages import statistics as statistics_page
from views.pages import targets as targets_page


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the navigation.

    Attributes
    ----------
    path : str
        Of its address; ``""`` for the map.
    name : str
        What the bar calls it.
    page : st.Page
        Called by its path: Streamlit sends what all pages are called with every run.
    """

    path: str
    name: str
    page: st.Page


_PAGES: tuple[
    tuple[str, str, str, Callable[[], None], Callable[[Language], str]], ...
] = (
    ("", N_("Map"), "", map_page.show, map_page.title),
    (
        "county",
        N_("County"),
        N_("What the sources say of each county, with its programmes and figures."),
        county_page.show,
        county_page.title,
    ),
    (
        "compare",
        N_("Compare"),
        N_("Counties, or two selections, beside each other."),
        compare_page.show,
        compare_page.title,
    ),
    (
        "statistics",
        N_("Statistics"),
        N_("Counts and sums by prefecture, programme and figure."),
        statistics_page.show,
        statistics_page.title,
    ),
    (
        "targets",
        N_("Plan targets"),
        N_("Every quantity that the plan states, and whom it means."),
        targets_page.show,
        targets_page.title,
    ),
    (
        "own",
        N_("Own figures"),
        N_("A table or layer of your own, joined to the counties."),
        own_page.show,
        own_page.title,
    ),
    (
        "print",
        N_("Printed atlas"),
        N_("The selected counties as a book to print."),
        print_page.show,
        print_page.title,
    ),
    (
        "about",
        N_("About the data"),
        N_("Which sources the data rest on, and what is not known."),
        about_page.show,
        about_page.title,
    ),
)
"""Path, name, what it is for (the map says that itself), page and title."""

PATHS: Mapping[str, tuple[str, str]] = {
    "map": (_PAGES[0][1], _PAGES[0][2]),
    **{path: (name, about) for path, name, about, *_ in _PAGES},
}
"""Name and purpose, message ids, by path without a slash; the first page has two."""


_PARTS: dict[str, tuple[Part, ...]] = {
    "": map_page.PARTS,
    "compare": compare_page.PARTS,
    "statistics": statistics_page.PARTS,
    "targets": targets_page.PARTS,
    "own": own_page.PARTS,
    "about": about_page.PARTS,
}
for _path, _parts in _PARTS.items():
    page_parts.declare(_path, _parts)


def entries(language: Language) -> list[Entry]:
    """Return the pages in one language."""
    say = speaker(language)
    return [
        Entry(
            path,
            say(name),
            st.Page(
                show,
                title=path or "map",
                url_path=path or "map",
                default=not path,
            ),
        )
        for path, name, _, show, _ in _PAGES
    ]


def asked_for(address: str) -> str:
    """Return the path of the page that an address leads to; the map's if to none.

    Examples
    --------
    >>> asked_for("https://atlas.example/prefix/county?county=130125")
    'county'
    >>> asked_for("https://atlas.example/prefix/"), asked_for("")
    ('', '')
    """
    last = urlsplit(address).path.rpartition("/")[2]
    return last if any(path == last for path, *_ in _PAGES) else ""


def title(here: str, language: Language) -> str:
    """Return the title of the document on the page with a path, ``""`` for the map."""
    return next(
        chrome.title(title(language), language)
        for path, *_, title in _PAGES
        if path == here
    )


def load() -> None:
    """Make what every first visitor would wait for: tables, geometry, scripts."""
    edition = SERVED.edition()
    edition.counties("full")
    assets.bundle(edition, chrome.prefix())

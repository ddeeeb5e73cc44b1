"""The bar of every page: product, pages, search, language, appearance, help.

It is drawn by ``bar-view.js``; a press comes back here and changes session or page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from geo.language import LANGUAGES, N_, Language, speaker
from layers.edition.assets import Bundle
from layers.edition.served import SERVED
from layers.edition.texts import NAMES, SCRIPT_TEXTS
from layers.select import search
from layers.webmap.search_texts import search_texts
from views.frame import chrome
from views.frame import session as state
from views.frame.components import BAR, INDEX, component
from views.http.help import ROOTS
from views.pages.navigation import Entry

HELP: Final = {
    "": "guide/map/",
    "county": "guide/county/",
    "compare": "guide/statistics/",
    "statistics": "guide/statistics/",
    "targets": "guide/targets/",
    "own": "guide/own/",
    "print": "guide/print/",
    "about": "guide/data/",
}
"""Page of the help, below the root of a language, about each page of the atlas."""

KEY: Final = "bar"

TEXTS: Final = {
    "upload": SCRIPT_TEXTS["upload"],
    "pages": N_("Pages"),
    "menu": N_("Menu"),
    "appearance": N_("Appearance"),
    "light": N_("light"),
    "dark": N_("dark"),
    "contrast": N_("high contrast"),
    "help": N_("Help: guide and reference, in a new tab"),
    "skip_search": N_("Go to the search"),
    "skip_filters": N_("Go to the filters"),
    "skip_map": N_("Go to the map"),
    "skip_table": N_("Go to the table"),
    "skip_content": N_("Go to the content"),
}

_bar = component("bar")


def bar(files: Bundle, entries: Sequence[Entry], here: str) -> None:
    """Show the bar.

    Parameters
    ----------
    files : Bundle
        With the file :data:`~views.frame.components.INDEX`.
    entries : sequence of Entry
        The pages, in the order of the navigation.
    here : str
        Path of the page that is open, ``""`` for the map.
    """
    language = state.language()
    say = speaker(language)
    data: dict[str, Any] = {
        "m": files.address(BAR),
        "index": files.address(INDEX),
        "language": language,
        "product": NAMES[language],
        "plan": _plan(language),
        "pages": [
            {
                "path": entry.path,
                "href": f"{chrome.prefix()}/{entry.path}",
                "title": entry.name,
            }
            for entry in entries
        ],
        "here": here,
        "help": f"{chrome.prefix()}/help/{ROOTS[language]}{HELP.get(here, '')}",
        "appearance": state.appearance(),
        "texts": {
            **{key: say(text) for key, text in TEXTS.items()},
            "search": search_texts(language),
        },
    }
    pages = {entry.path: entry.page for entry in entries}
    _bar(
        key=KEY,
        data=data,
        on_choose_change=lambda: _choose(pages[""]),
        on_page_change=lambda: _open(pages),
        on_language_change=_speak,
        on_contrast_change=_contrast,
        on_scheme_change=lambda: None,  # the run itself is what is wanted
    )


def _plan(language: Language) -> str:
    """Name the plan that the facts are of; empty if the sources have none."""
    sources = SERVED.edition().package.sources.values()
    return next((s.title(language) for s in sources if s.kind == "plan"), "")


def _choose(the_map: st.Page) -> None:
    # What the browser sent is not trusted: an unknown kind or id leads nowhere.
    chosen = state.event(KEY, "choose")
    package = SERVED.edition().package
    reached = search.target(package, str(chosen["kind"]), str(chosen["id"]))
    if reached is None:
        return
    if reached.selection is not None:
        state.choose(reached.selection)
    if reached.county:
        state.select_county(reached.county)
    state.turn_to(the_map, SERVED.edition())


def _open(pages: dict[str, st.Page]) -> None:
    page = pages.get(str(state.event(KEY, "page")))
    if page is not None:
        state.turn_to(page, SERVED.edition())


def _speak() -> None:
    for language in LANGUAGES:
        if language == state.event(KEY, "language"):
            state.speak(language)


def _contrast() -> None:
    state.set_contrast(state.event(KEY, "contrast") == "yes")

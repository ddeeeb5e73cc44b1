"""The printed atlas of the selection: a book made on demand, with its progress."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.language import N_, Language, speaker
from layers.edition import assets
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.select.selection import Selection
from views.frame import chrome
from views.frame import session as state
from views.frame.components import Node, panel

_BOOK: Final = "book"
"""Key of the session's last book: what it was made for, and its bytes."""


def title(language: Language) -> str:
    """Return the title of the page."""
    return speaker(language)(N_("Printed atlas"))


def show() -> None:
    """Lay out the page: what the book will hold, the button, the download."""
    edition = SERVED.edition()
    files = assets.bundle(edition, chrome.prefix())
    shown = state.view(edition)
    chrome.notices(files, shown)
    say = speaker(shown.language)
    chosen = shown.selection.apply(edition.counties())
    text = say(
        N_(
            "A book as PDF: cover, contents, overview, a sheet a programme, a page a "
            "county with its evidence. It takes about a second a county."
        )
    )
    nodes: list[Node] = [
        ["h1", {}, title(shown.language)],
        ["p", {}, shown.selection.sentence(shown.language, edition.package)],
        ["p", {}, say(N_("{n} counties"), n=len(chosen))],
        ["p", {}, text],
    ]
    if chosen.empty:
        empty = say(N_("No county is selected: choose some on the map first."))
        nodes.append(["p", {"class": "atlas-notice"}, empty])
    panel(files, nodes, key="print", language=shown.language)
    if chosen.empty:
        return
    wanted = (edition.digest, shown.selection, shown.language)
    if st.button(say(N_("Make the atlas")), key="make-atlas"):
        st.session_state[_BOOK] = (wanted, _make(edition, shown.selection, shown))
    made = st.session_state.get(_BOOK)
    if made and made[0] == wanted:
        st.download_button(
            say(N_("Download the atlas (PDF, {size:.1f} MB)"), size=len(made[1]) / 1e6),
            made[1],
            file_name="hebei_atlas.pdf",
            mime="application/pdf",
            on_click="ignore",
            key="download-atlas",
        )


def _make(edition: Edition, selection: Selection, shown: state.View) -> bytes:
    # Matplotlib takes a second to import, which only who prints should wait for.
    from layers.sheet import atlas_book

    say = speaker(shown.language)
    bar = st.progress(0.0)

    def progress(done: int, total: int) -> None:
        bar.progress(done / total, say(N_("page {n} of {total}"), n=done, total=total))

    content = atlas_book.make(
        edition.package,
        edition.counties("full"),
        selection,
        language=shown.language,
        progress=progress,
        address=chrome.address() or None,
    )
    bar.empty()
    return content

"""The printed atlas of the selection: a book made on demand, with its progress."""

from __future__ import annotations

from concurrent.futures import wait
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import streamlit as st

from geo.export.faults import ExportError
from geo.language import N_, Language, Speaker, speaker
from layers.edition import assets
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.lanes.lane import LaneFullError
from layers.lanes.process import ProcessEndedError
from layers.select.selection import Selection
from views.frame import chrome
from views.frame import session as state
from views.frame.components import Node, panel
from views.http.lanes import LANES, NotMadeError, export_of

_BOOK: Final = "book"
"""Key of the session's last book: what it was made for, and its bytes."""


_LOOK_SECONDS: Final = 0.5


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
        ["p", {}, say(N_("{n} {n:county|counties}"), n=len(chosen))],
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
        content = _make(edition, shown.selection, shown)
        if content is not None:
            st.session_state[_BOOK] = (wanted, content)
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


def _make(edition: Edition, selection: Selection, shown: state.View) -> bytes | None:
    """Let the book be made in its lane, and show how far it is."""
    say = speaker(shown.language)
    bar = st.progress(0.0)
    with TemporaryDirectory(prefix="atlas-book-") as folder:
        report = Path(folder) / "progress"
        try:
            job = LANES.draw(
                "book",
                edition,
                selection,
                language=shown.language,
                address=chrome.address() or None,
                progress=str(report),
            )
        except LaneFullError as full:
            text = N_(
                "{n} {n:book is|books are} waiting to be made: try again in "
                "{seconds} s."
            )
            st.warning(say(text, n=full.waiting, seconds=full.retry_after))
            return None
        try:
            while not job.future.done():
                wait([job.future], timeout=_LOOK_SECONDS)
                # Streamlit ends the run here if the reader has left.
                bar.progress(*_progress(job.place, report, say))
            return export_of(job.future.result()).content
        except ExportError as refusal:
            st.warning(refusal.say(shown.language))
        except (TimeoutError, NotMadeError, ProcessEndedError):
            st.error(say(N_("The book could not be made; why is in the log.")))
        finally:
            job.leave()
            bar.empty()
    return None


def _progress(place: int, report: Path, say: Speaker) -> tuple[float, str]:
    if place:
        return 0.0, say(N_("{n} {n:book is|books are} made before this one"), n=place)
    try:
        done, total = map(int, report.read_text("ascii").split())
    except (OSError, ValueError):
        return 0.0, say(N_("The book has been started"))
    return done / total, say(N_("page {n} of {total}"), n=done, total=total)

"""A file comes home: an exported file restores the selection that made it.

The file is read in the callback of the widget, so that the run that follows shows the
restored view from its first line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl

import streamlit as st

from geo.language import N_, Language, speaker
from layers.edition import assets
from layers.edition.address import Address
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.files.readback.asking import come_home
from layers.files.readback.changes import changes
from layers.files.readback.faults import MOST_BYTES, ReadBackError
from layers.files.readback.reading import SUFFIXES, ReadBack
from layers.files.readback.recognised import Recognised, recognise
from layers.select.choices import Choices
from layers.select.selection import Selection
from layers.themes.themes import USUAL
from views.frame import chrome
from views.frame import session as state
from views.frame.components import Node, panel

_BOX: Final = "opened_file"
_PLACE: Final = "opened_file_place"
_BEFORE: Final = "opened_file_before"
"""What was selected when a file came whose selection is not known."""

_MEGABYTE: Final = 1024 * 1024


def upload(edition: Edition, language: Language) -> None:
    """Show the place for a file, and what is known of the one that lies there.

    Parameters
    ----------
    edition : Edition
        The edition that the page shows.
    language : {"zh", "en"}
        Language of the page; that of the file does not change it.
    """
    say = speaker(language)
    name = say(N_("Open a file that came from here"))
    place = st.expander(name, key=_PLACE, on_change="rerun")
    # Closed, it is its name alone: nine of Streamlit's scripts are for the widget.
    if not place.open and st.session_state.get(_BOX) is None:
        return
    with place:
        st.file_uploader(
            say(
                N_(
                    "An exported file, of any format: the selection that made it is "
                    "restored."
                )
            ),
            type=[*SUFFIXES],
            key=_BOX,
            max_upload_size=MOST_BYTES // _MEGABYTE,
            on_change=_come_home,
        )
        found = _found()
        if found is not None:
            panel(
                assets.bundle(edition, chrome.prefix()),
                [_message(edition, found, language)],
                key="opened-file-findings",
                language=language,
                live=True,
            )


def _come_home() -> None:
    """Restore the selection of the file; runs before the page does."""
    state.event(_BOX, "name")
    found = _found()
    if isinstance(found, ReadBackError) or found is None:
        return
    if isinstance(found, Recognised):
        st.session_state[_BEFORE] = state.view(SERVED.edition()).selection
        state.choose(found.selection, theme=USUAL)
        return
    # What no longer exists is named under the file, not as a fault of the address.
    address = _address(SERVED.edition(), found)
    if found.view is None:
        state.choose(address.selection, theme=USUAL)
    else:
        state.show_at(address)


def _address(edition: Edition, found: ReadBack) -> Address:
    """Return the address of what a file shows, as far as it still exists."""
    choices = Choices.of(edition.package)
    selection, _ = Selection.from_query(found.query, choices)
    view = parse_qsl(found.view or "", keep_blank_values=True)
    address, _ = Address.read(view, edition.package, choices)
    return replace(address, selection=selection)


def _found() -> ReadBack | Recognised | ReadBackError | None:
    """Read the file in the box; nothing if there is none."""
    name = state.held(_BOX, "name")
    if name is None:
        return None
    digest = SERVED.edition().digest
    return _read(state.held(_BOX, "getvalue")(), str(name), digest)


@st.cache_data(max_entries=32, show_spinner=False)
def _read(
    content: bytes,
    name: str,
    digest: str,  # noqa: ARG001 - of the edition by whose codes counties are known
) -> ReadBack | Recognised | ReadBackError:
    # Every rerun of the page asks again. An error is kept as well: it takes as long.
    try:
        return come_home(content, name)
    except ReadBackError as error:
        return recognise(SERVED.edition().package, content, name) or error


def _message(
    edition: Edition, found: ReadBack | Recognised | ReadBackError, language: Language
) -> Node:
    if isinstance(found, ReadBackError):
        return [
            "section",
            {"class": "atlas-notice", "role": "alert"},
            found.say(language),
        ]
    if isinstance(found, Recognised):
        before = st.session_state.get(_BEFORE, Selection())
        lines = found.sentences(edition.counties(), before, language)
    else:
        told = changes(edition.package, edition.counties(), found)
        lines = [*told.sentences(edition.package, language)]
        beside = _address(edition, found).beside
        if beside:
            lines.append(
                speaker(language)(
                    N_("Beside it stands the second map of the file: {sentence}."),
                    sentence=beside.selection.sentence(language, edition.package),
                )
            )
    return [
        "section",
        {"class": "atlas-notice", "role": "status"},
        ["ul", {}, *(["li", {}, line] for line in lines)],
    ]

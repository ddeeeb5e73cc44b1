"""The map of an own column, in a frame of the page, and what it asks of the session."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from geo.language import N_
from layers.edition.assets import Bundle
from layers.webmap.framed_map import answer, framed_map
from views.frame import session as state
from views.frame.components import map_answers, map_frame
from views.frame.widget_scripts import addresses
from views.pages.own_files import Own

_MAP: Final = "own_map"
_ASKED: Final = "own_map_asked"
_OPENED: Final = "own_map_opened"
_COMPONENT: Final = "own-map-answers"

_HEIGHT: Final = 640
_WIDGETS: Final = (
    *("DataFrame", "Multiselect", "Radio", "Selectbox", "Slider", "NumberInput"),
    *("ArrowVegaLiteChart", "embed", "DownloadButton", "Button", "axios"),
)
"""What sends a file and shows it, as Streamlit calls it."""


def show(own: Own, files: Bundle) -> None:
    """Show the map of a variable, in a frame of its own.

    Parameters
    ----------
    own : Own
        What the page shows.
    files : Bundle
        Scripts and styles of the page.
    """
    # The page tells the map in its frame how it is parted into classes: it stays where
    # the reader has moved it, and is not drawn again.
    key = (
        own.edition.package.digest,
        own.chosen.theme,
        own.selection.to_query(),
        own.shown.language,
        own.shown.appearance,
        own.layer,
    )

    def make() -> str:
        return framed_map(
            own.edition.package,
            own.edition.counties(),
            own.selection,
            theme=own.chosen.classed,
            language=own.shown.language,
            appearance=own.shown.appearance,
            own_layer=own.layer,
        )

    _answers(own, files)
    html = state.kept(_MAP, key, make)
    title = own.say(N_("Map of your own data"))
    map_frame(files, html, title=title, height=_HEIGHT)


def open_county(adcode: str) -> None:
    """Open a county on the map; for callbacks.

    Parameters
    ----------
    adcode : str
        Its code; the map passes over what it does not have.
    """
    before = st.session_state.get(_OPENED) or {"id": 0}
    state.put(_OPENED, {"id": before["id"] + 1, "county": adcode})


def await_one(files: Bundle) -> None:
    """Have what the page needs fetched while the reader looks for the file.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    """
    map_frame(files, "", expected=addresses(_WIDGETS, files.prefix))


@st.fragment
def _answers(own: Own, files: Bundle) -> None:
    """Answer what the map asks; of the page nothing else runs again for it."""
    asked, told = st.session_state.pop(_ASKED, None), None
    if asked is not None:
        told = {
            "id": asked["id"],
            "content": answer(
                own.edition.package,
                own.edition.counties(),
                own.selection,
                theme=own.chosen.classed,
                language=own.shown.language,
                question=asked["question"],
            ),
        }
    opened = st.session_state.get(_OPENED)
    map_answers(files, told, key=_COMPONENT, on_asked=_take, opened=opened)


def _take() -> None:
    """Note what was asked; what a browser sends may be anything."""
    sent: Any = state.held(_COMPONENT, "asked")
    if isinstance(sent, dict) and all(
        isinstance(sent.get(name), str) for name in ("id", "question")
    ):
        state.put(_ASKED, sent)

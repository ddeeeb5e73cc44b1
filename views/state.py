"""What a session remembers: selection, county, language. Mirrored in the address.

Only this module touches ``st.session_state`` and the query parameters; pages get one
frozen :class:`View` a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

import streamlit as st

from geo.language import LANGUAGES, Language
from layers.map_state import Theme
from layers.selection import Choices, Rejected, Selection
from views.atlas import Atlas

LANGUAGE: Final = "language"
_SELECTION: Final = "selection"
_COUNTY: Final = "county"
_REJECTED: Final = "rejected"
_RESTORED: Final = "restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one run of the page shows."""

    selection: Selection
    county: str | None
    language: Language
    theme: Theme
    rejected: tuple[Rejected, ...]


def restore(atlas: Atlas) -> None:
    """Take the view from the address, once a session; note what meant nothing."""
    state = st.session_state
    if _RESTORED in state:
        return
    state[_RESTORED] = True
    parameters = st.query_params.to_dict()
    asked = parameters.pop("lang", "zh")
    state[LANGUAGE] = asked if asked in LANGUAGES else "zh"
    county = parameters.pop("county", None)
    state[_COUNTY] = county if county in atlas.counties().index else None
    state[_SELECTION], rejected = Selection.from_query(parameters, atlas.choices)
    if county and state[_COUNTY] is None:
        rejected += (
            Rejected(parameter="county", value=county, allowed=("130102", "…")),
        )
    state[_REJECTED] = rejected


def view(atlas: Atlas) -> View:
    """Return what to show, and mirror it in the address."""
    state = st.session_state
    selection = _still_there(state[_SELECTION], atlas.choices)
    spoken = language()
    shown = View(
        selection=selection,
        county=state[_COUNTY],
        language=spoken,
        theme="dark" if st.context.theme.type == "dark" else "light",
        rejected=state[_REJECTED],
    )
    parameters = selection.to_parameters()
    if shown.county:
        parameters["county"] = shown.county
    if spoken != "zh":
        parameters["lang"] = spoken
    if st.query_params.to_dict() != parameters:
        st.query_params.from_dict(parameters)
    return shown


def language() -> Language:
    """Return the language of the session."""
    return cast(Language, st.session_state.get(LANGUAGE) or "zh")


def change_selection(field: str, value: str) -> None:
    """Toggle one value of the selection, or clear it."""
    state = st.session_state
    state[_REJECTED] = ()
    if field == "clear":
        state[_SELECTION] = Selection()
    else:
        state[_SELECTION] = state[_SELECTION].toggle(field, value)


def select_county(adcode: str | None) -> None:
    """Open the profile of a county, or close it."""
    st.session_state[_COUNTY] = adcode


def event(component: str, name: str) -> Any:
    """Return what a component's script sent, for use in its callback."""
    return getattr(st.session_state[component], name, None)


def _still_there(selection: Selection, choices: Choices) -> Selection:
    # The tables may have been edited while the session was open.
    known, _ = Selection.from_query(selection.to_parameters(), choices)
    return known

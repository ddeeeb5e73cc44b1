"""A table by its address on the intranet, where the office allows hosts of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from geo.language import N_, Speaker
from layers import settings
from layers.own.fetching import Fetched, fetch
from layers.own.refusals import RefusedError
from views.frame import session as state
from views.pages import own_keep

_ASKED: Final = "own_fetch_asked"
"""The address asked for last, and how many times one was."""

_FETCHED: Final = "own_fetched"


def offer(hosts: Sequence[str], say: Speaker) -> Fetched | None:
    """Offer to read a file by its address; return it, or say why it is not read.

    Parameters
    ----------
    hosts : sequence of str
        From which may be read.
    say : Speaker
        Of the language wanted.
    """
    with st.expander(say(N_("Read from an address of the intranet"))):
        address = st.text_input(
            say(N_("Address of the file, at {hosts}"), hosts=say.series(hosts)),
            key="own_fetch_address",
        )
        begun: tuple[str, int] = st.session_state.get(_ASKED, ("", 0))
        pressed = st.button(say(N_("Read")), key="own-fetch", on_click=own_keep.forget)
        if pressed and address.strip():
            begun = (address.strip(), begun[1] + 1)
            st.session_state[_ASKED] = begun
        if not begun[0] or begun[0] != address.strip():
            return None
        found = state.kept(_FETCHED, (begun, tuple(hosts)), lambda: _fetched(begun[0]))
        if isinstance(found, RefusedError):
            st.error(found.say(say.language))
            return None
        return found


def _fetched(address: str) -> Fetched | RefusedError:
    from_hosts = settings.current().fetch
    try:
        return fetch(address, from_hosts)
    except RefusedError as error:
        return error

"""Own figures stay with their session while the reader is on other pages.

A box for a file is empty when its page is opened again, and so are all other boxes:
what was brought and settled last is noted here after each run of the page, and taken up
again. The pages of counties, of comparison and of statistics ask here for the edition
that has the figures in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from geo.language import N_, Speaker
from layers.edition.edition import Edition
from layers.own.limits import Limits
from views.frame import session as state
from views.frame.markdown import literal
from views.http import uploads
from views.pages import own_decided

_HELD: Final = "own_held"
_OPENED: Final = "own_held_opened"
_SEEN: Final = "own_held_seen"
_UPLOAD: Final = "own_held_upload"
_OWN: Final = "own_"
"""How the names begin under which the pages of own figures keep what they made."""


@dataclass(frozen=True, slots=True)
class _Held:
    content: bytes
    name: str
    decided: dict[str, Any]


def hold(content: bytes, name: str) -> None:
    """Note what the page shows, and what was settled of it, at the end of a run.

    Parameters
    ----------
    content : bytes
        The file. A register of more than a table may have is not held.
    name : str
        What it is called.
    """
    if len(content) > Limits.from_environment().file_mb * 1_000_000:
        st.session_state.pop(_HELD, None)
        return
    decided = own_decided.collected(own_decided.digest_of(name, content))
    st.session_state[_HELD] = _Held(content, name, decided)


def opened_anew() -> None:
    """Let what is held be taken up from its beginning: the page is opened again."""
    st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1


def held(say: Speaker) -> tuple[bytes, str] | None:
    """Return what the session still holds, with a way to put it away.

    Parameters
    ----------
    say : Speaker
        Of the language wanted.

    Returns
    -------
    tuple of (bytes, str) or None
        Content and name; boxes and editors begin with what was settled.
    """
    last: _Held | None = st.session_state.get(_HELD)
    if last is None:
        return None
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        st.markdown(say(N_("Still in this session: {name}"), name=literal(last.name)))
    with right:
        st.button(
            say(N_("Put away")), on_click=put_away, key="own-put-away", width="stretch"
        )
    digest = own_decided.digest_of(last.name, last.content)
    ident = f"held {st.session_state.get(_OPENED, 0)}"
    own_decided.take_up(digest, last.decided, ident)
    return last.content, last.name


def brought(upload: str) -> None:
    """Note which file of Streamlit's the page shows.

    Parameters
    ----------
    upload : str
        Its id; Streamlit holds it as long as the session, whatever the page shows.
    """
    st.session_state[_UPLOAD] = upload


def forget() -> None:
    """Leave the figures: others were brought. For callbacks."""
    for name in (_HELD, _SEEN):
        st.session_state.pop(name, None)


def put_away() -> None:
    """Leave the figures, and give back all that was read and made of them."""
    forget()
    own_decided.forget()
    state.let_go(_OWN)
    upload = st.session_state.pop(_UPLOAD, None)
    if upload is not None:
        uploads.give_back(upload)


def with_own(base: Edition, made_of: object, make: Callable[[], Edition]) -> Edition:
    """Return the edition with the figures that the page shows, made once.

    Parameters
    ----------
    base : Edition
        The edition served.
    made_of : object
        All that the figures depend on; compared by equality.
    make : callable
        Makes it.
    """
    return state.kept(_SEEN, (base.digest, made_of), make)


def edition_seen(base: Edition) -> Edition:
    """Return the edition with the figures of the session, or the one served.

    Parameters
    ----------
    base : Edition
        The edition served: figures that were joined to another one wait until their
        page is opened again.
    """
    (digest, _), seen, *_ = st.session_state.get(_SEEN, (("", None), base))
    return seen if digest == base.digest else base


def told(base: Edition, say: Speaker) -> str:
    """Say which figures of the session a page has beside the atlas's; else empty.

    Parameters
    ----------
    base : Edition
        The edition served.
    say : Speaker
        Of the language wanted.
    """
    seen = edition_seen(base)
    if seen is base:
        return ""
    names = [
        group.name(say.language)
        for identifier, group in seen.package.groups.items()
        if identifier not in base.package.groups
    ]
    text = N_("Also shown, of this session and not of the plan: {names}")
    return say(text, names=say.series(names))

"""What a session keeps of what was made for it: the last of each name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import streamlit as st

T = TypeVar("T")


class _Kept(NamedTuple):
    key: object
    made: Any
    leave: Callable[[Any], None] | None

    def give_back(self) -> None:
        if self.leave is not None:
            self.leave(self.made)


def kept(
    name: str,
    key: object,
    make: Callable[[], T],
    leave: Callable[[T], None] | None = None,
) -> T:
    """Return what was made for a key; a session keeps the last of each name.

    Parameters
    ----------
    name : str
        Under which it is kept.
    key : object
        All that it depends on; compared by equality.
    make : callable
        Makes it, unless the last one was for this key. What it raises is not kept.
    leave : callable, optional
        Is told of the one whose place it takes.
    """
    last: _Kept | None = st.session_state.get(name)
    if last is None or last.key != key:
        if last is not None:
            last.give_back()
        last = _Kept(key, make(), leave)
        st.session_state[name] = last
    return cast(T, last.made)


def keep(name: str, key: object, made: object) -> None:
    """Keep what was made already, as :func:`kept` does; for callbacks.

    Parameters
    ----------
    name : str
        Under which it is kept.
    key : object
        All that it depends on.
    made : object
        What :func:`kept` returns for the key from now on.
    """
    st.session_state[name] = _Kept(key, made, None)


def let_go(prefix: str) -> None:
    """Give back at once what was made for a key, by how the names of it begin.

    Parameters
    ----------
    prefix : str
        Of names that :func:`kept` was given.
    """
    state = st.session_state
    names = [str(name) for name in state if str(name).startswith(prefix)]
    for name in names:
        if isinstance(last := state[name], _Kept):
            last.give_back()
            del state[name]

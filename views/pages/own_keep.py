"""Own figures kept for colleagues: by a press, where the office has named a store.

Whoever has the link opens the file as it was, with what was decided of it, and may
remove it. Nothing of this is on the page without a store.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import streamlit as st

from geo.language import N_, Language, Speaker, speaker
from layers import settings
from layers.edition import opening
from layers.edition.assets import Bundle
from layers.edition.served import SERVED
from layers.store.faults import NotKeptError, StoreError
from layers.store.item import Item
from layers.store.store import Kept, Store
from views.frame import chrome
from views.frame import session as state
from views.frame.components import Node, panel
from views.frame.markdown import literal
from views.frame.page_parts import Text
from views.pages import own_decided

_KEPT: Final = "own_kept"
"""The id in the address."""

_MAP: Final = "own-kept-map"
"""What is said of it on the map page."""

_FOUND: Final = "own_kept_found"
_TOLD: Final = "own_kept_told"
"""What came of a press, to be said in the run that follows."""

PARTS: Final = (Text(parameter=opening.KEPT, widget=_KEPT),)
"""Of the page of own figures and of the map: a link of either leads to them."""


def store() -> Store | None:
    """Return where may be kept; None if nowhere."""
    return Store.of(settings.current())


def forget() -> None:
    """Leave what is kept: another file was brought. For callbacks."""
    state.put(_KEPT, "")


def is_open() -> bool:
    """Whether the page shows what its link leads to, and nothing brought since."""
    return bool(st.session_state.get(_KEPT))


def opened(say: Speaker) -> Item | None:
    """Return what the link of the page leads to; else say why nothing.

    Parameters
    ----------
    say : Speaker
        Of the language wanted.
    """
    ident = str(st.session_state.get(_KEPT) or "")
    if not ident:
        return None
    try:
        kept = _found(ident)
    except StoreError as error:
        st.warning(error.say(say.language))
        return None
    digest = own_decided.digest_of(kept.item.name, kept.item.content)
    own_decided.take_up(digest, kept.item.decided, ident)
    return kept.item


def beside_the_map(files: Bundle, language: Language) -> None:
    """Say on the map page that its link leads to own figures, and to which.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    language : {"zh", "en"}
        Language of the page.
    """
    ident = str(st.session_state.get(_KEPT) or "")
    if not ident:
        return
    say = speaker(language)
    leave: Node = [
        "button",
        {"class": "atlas-link", "send": "leave"},
        say(N_("Take them out of the link")),
    ]
    try:
        kept = _found(ident)
    except StoreError as error:
        told: Node = [
            "section",
            {"class": "atlas-notice", "role": "alert"},
            *(error.say(language), " ", leave),
        ]
    else:
        text = N_(
            "The link of this page leads to the own figures “{name}” as well, kept "
            "until {until}: whoever has it sees them and can remove them."
        )
        told = [
            "section",
            {"class": "atlas-notice", "role": "status"},
            *(say(text, name=kept.item.name, until=kept.until), " "),
            *(["a", {"href": _here("own")}, say(N_("Open own figures"))], " · ", leave),
        ]
    panel(files, [told], key=_MAP, language=language, on_press=_leave)


def _here(path: str) -> str:
    """Return the address of a page with the view, and what is kept, in it."""
    return f"{chrome.address()}/{path}?{state.link(path, SERVED.edition())}"


def _leave() -> None:
    state.event(_MAP, "press")
    forget()


def _found(ident: str) -> Kept:
    """Ask the store once for an id; that nothing is there is asked once, too."""

    def ask() -> Kept | NotKeptError:
        where = store()
        try:
            if where is None:
                raise NotKeptError
            return where.find(ident)
        except NotKeptError as error:
            return error

    found = state.kept(_FOUND, ident, ask)
    if isinstance(found, NotKeptError):
        raise found
    return found


def told(say: Speaker) -> None:
    """Say what came of the last press, once.

    Parameters
    ----------
    say : Speaker
        Of the language wanted.
    """
    what = st.session_state.pop(_TOLD, None)
    if isinstance(what, StoreError):
        st.error(what.say(say.language))
    elif what:
        st.success(say(what))


def offer(content: bytes, name: str, say: Speaker) -> None:
    """Offer to keep what is on the page, or say that it is kept, until when and whose.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What it is called.
    say : Speaker
        Of the language wanted.
    """
    where = store()
    if where is None:
        return
    ident = str(st.session_state.get(_KEPT) or "")
    found = st.session_state.get(_FOUND)
    if ident and found and found[0] == ident and isinstance(found[1], Kept):
        _say_kept(where, ident, found[1], content, name, say)
        return
    with st.expander(say(N_("Keep for colleagues"))):
        st.markdown(say(_TERMS, **_bounds(where)))
        _button(N_("Keep for colleagues"), where, content, name, say)


_TERMS: Final = N_(
    "The file and what you have settled here are written to the store of your "
    "office, and you get a link. Whoever has the link sees all of it and can remove "
    "it; without the link nobody finds it here. It is removed after "
    "{days} {days:day|days}. A file has at most {file} MB, those of all readers "
    "together {all} MB."
)


def _bounds(where: Store) -> dict[str, int]:
    return {"days": where.days, "file": where.file_mb, "all": where.all_mb}


def _say_kept(
    where: Store, ident: str, kept: Kept, content: bytes, name: str, say: Speaker
) -> None:
    with st.container(border=True, key="own_kept_here"):
        text = N_(
            "“{name}” is kept since {since} and removed after {until}. Whoever has "
            "this link sees the file and what was settled, and can remove it:"
        )
        name_shown = literal(kept.item.name)
        st.markdown(say(text, name=name_shown, since=kept.since, until=kept.until))
        # With the view: what the page shows may be what the map has selected.
        st.code(_here("own"), language=None, wrap_lines=True)
        st.caption(
            say(
                N_(
                    "What is changed here from now on is not behind this link; keep it "
                    "once more, and a second link has it."
                )
            )
        )
        left, right = st.columns(2)
        with left:
            _button(N_("Keep once more"), where, content, name, say)
        with right, st.popover(say(N_("Remove from the store")), width="stretch"):
            text = N_(
                "The link then opens nothing any more, for nobody. A file that you "
                "have opened by the link leaves this page, too."
            )
            st.markdown(say(text))
            st.button(
                say(N_("Remove for everybody")),
                on_click=_remove,
                args=(where, ident),
                type="primary",
                key="own-kept-remove",
            )


def _button(text: str, where: Store, content: bytes, name: str, say: Speaker) -> None:
    st.button(
        say(text),
        on_click=_keep,
        args=(where, content, name),
        key="own-keep",
        width="stretch",
    )


def _keep(where: Store, content: bytes, name: str) -> None:
    digest = own_decided.digest_of(name, content)
    item = Item(name=name, content=content, decided=own_decided.collected(digest))
    try:
        ident = where.keep(item)
    except StoreError as error:
        state.put(_TOLD, error)
        return
    today = date.today()
    until = today + timedelta(days=where.days)
    state.keep(_FOUND, ident, Kept(item=item, since=today, until=until))
    state.put(_KEPT, ident)
    state.act()


def _remove(where: Store, ident: str) -> None:
    try:
        where.remove(ident)
    except NotKeptError as error:
        state.put(_TOLD, error)
    except StoreError as error:
        state.put(_TOLD, error)
        return
    else:
        state.put(_TOLD, N_("Removed: the link opens nothing any more."))
    forget()
    state.act()

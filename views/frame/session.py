"""What a session remembers: selection, county, language. Mirrored in the address.

Only this module touches ``st.session_state`` and the query parameters; pages get one
frozen :class:`View` a run.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from geo.language import Language, preferred
from layers.edition import opening
from layers.edition.address import Address, Beside
from layers.edition.edition import Edition
from layers.select.rejected import Rejected
from layers.select.selection import Selection
from layers.themes.themes import USUAL, theme_id
from layers.webmap.map_state import Appearance
from views.frame import page_parts
from views.frame.keeping import keep as keep
from views.frame.keeping import kept as kept
from views.frame.keeping import let_go as let_go

_LANGUAGE: Final = "language"
_CONTRAST: Final = "contrast"
COUNTY_BOX: Final = "county_box"
_THEME: Final = "theme_of_map"
_SELECTION: Final = "selection"
_BESIDE: Final = "beside"
_COUNTY: Final = "county"
_REJECTED: Final = "rejected"
_WRITTEN: Final = "written"
_ACTED: Final = "acted"
_PAGE: Final = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one run of the page shows."""

    selection: Selection
    county: str | None
    theme: str
    language: Language
    appearance: Appearance
    rejected: tuple[Rejected, ...]
    beside: Beside | None

    @property
    def address(self) -> Address:
        """Selection, theme, language and second map, as in the map's address."""
        return Address(
            selection=self.selection,
            theme=self.theme,
            language=self.language,
            beside=self.beside,
        )


def restore(edition: Edition) -> None:
    """Take the view from the address where the reader went there.

    That is when a session begins, and when back or forward lead to another address
    than this session wrote. A click of the page's own may still carry the address of
    the click before, and another page of the navigation starts without one: neither
    is a journey. Call it before any widget is made.
    """
    state = st.session_state
    acted = state.get(_ACTED, False)
    page = urlsplit(st.context.url or "").path
    turned, state[_PAGE] = state.get(_PAGE) != page, page
    addressed = _addressed()
    went = addressed != state.get(_WRITTEN) and (bool(addressed) or not turned)
    if _WRITTEN not in state or (went and not acted):
        _read(addressed, edition)


def _addressed() -> list[tuple[str, str]]:
    """Return the parameters of the address, in order of name, repeated ones too."""
    asked = st.query_params
    return sorted((name, value) for name in asked for value in asked.get_all(name))


def _read(parameters: list[tuple[str, str]], edition: Edition) -> None:
    state = st.session_state
    state[_WRITTEN] = parameters
    rest, wrong = _read_parts(parameters, edition)
    opened = opening.read_page(
        rest, edition, on_the_map=not _path(), language=_browser_language()
    )
    state[_CONTRAST] = opened.contrast
    state[_COUNTY] = opened.county or None
    state[_LANGUAGE] = opened.address.language
    _arrive(opened.address)
    state[_REJECTED] = opened.rejected + wrong


def _read_parts(
    parameters: list[tuple[str, str]], edition: Edition
) -> tuple[list[tuple[str, str]], tuple[Rejected, ...]]:
    """Give the page's own widgets what the address says; return what else it says."""
    rejected: list[Rejected] = []
    parts = page_parts.of(_path())
    for part in parts:
        texts = [value for name, value in parameters if name == part.parameter]
        st.session_state.pop(part.widget, None)
        if texts:
            value, wrong = part.read(texts, edition)
            rejected += wrong
            if value != part.usual:
                st.session_state[part.widget] = value
    own = {part.parameter for part in parts}
    return [pair for pair in parameters if pair[0] not in own], tuple(rejected)


def _arrive(address: Address) -> None:
    state = st.session_state
    state[_SELECTION], state[_THEME] = address.selection, address.theme
    state[_BESIDE] = address.beside


def view(edition: Edition) -> View:
    """Return what to show, and mirror it in the address."""
    state = st.session_state
    shown = _present(edition)
    parameters = _parameters(shown, edition, _path())
    written = sorted(parameters.items())
    if _addressed() != written:
        st.query_params.from_dict(parameters)
    state[_WRITTEN], state[_ACTED] = written, False
    return shown


def _present(edition: Edition) -> View:
    state = st.session_state
    selection, theme = _still_there(state[_SELECTION], state[_THEME], edition)
    beside: Beside | None = state[_BESIDE]
    if beside is not None:
        second, seen = _still_there(beside.selection, beside.theme, edition)
        beside = replace(beside, selection=second, theme=seen)
    return View(
        selection=selection,
        beside=beside,
        county=state[_COUNTY],
        theme=theme,
        language=language(),
        appearance=appearance(),
        rejected=state[_REJECTED],
    )


def _path() -> str:
    """Return the path of the page that is open, below the prefix; empty for the map."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    path = urlsplit(st.context.url or "").path.strip("/")
    return path.removeprefix(base).strip("/")


def _parameters(shown: View, edition: Edition, path: str) -> dict[str, str]:
    on_the_map = not path
    bare = opening.bare(edition, on_the_map)
    # A second map is the map page's own; the session keeps it for the way back there.
    address = shown.address if on_the_map else replace(shown.address, beside=None)
    parameters = opening.write(address, bare=bare, language=_browser_language())
    if shown.county:
        parameters = {**address.parameters(), "lang": shown.language}
        parameters["county"] = shown.county
    if shown.appearance == "contrast":
        parameters["theme"] = "contrast"
    return {**parameters, **page_parts.written(path, st.session_state.get)}


def turn_to(page: st.Page, edition: Edition) -> None:
    """Open another page, with the view in its address: one step for the way back."""
    parameters = _parameters(_present(edition), edition, page.url_path)
    st.switch_page(page, query_params=parameters)


def link(path: str, edition: Edition) -> str:
    """Return the query of another page with the view, as :func:`turn_to` opens it.

    Parameters
    ----------
    path : str
        Of the page, without slashes.
    edition : Edition
        What exists.
    """
    return urlencode(_parameters(_present(edition), edition, path))


def selection() -> Selection:
    """Return which counties the session shows."""
    return cast(Selection, st.session_state[_SELECTION])


def county() -> str | None:
    """Return the adcode of the county that is open, if one is."""
    return cast("str | None", st.session_state[_COUNTY])


def language() -> Language:
    """Return the language of the session."""
    return cast(Language, st.session_state.get(_LANGUAGE) or _browser_language())


def _browser_language() -> Language:
    return preferred(st.context.headers.get("Accept-Language") or "")


def speak(chosen: Language) -> None:
    """Change the language of the session."""
    st.session_state[_LANGUAGE] = chosen


def set_contrast(high: bool) -> None:
    """Show the map as black lines on white, or not."""
    st.session_state[_CONTRAST] = high


def go(query: str, edition: Edition) -> None:
    """Show the selection and the theme of an address that the page's scripts name.

    What the browser sent is not trusted: what means nothing is said and left out.
    """
    address, st.session_state[_REJECTED] = Address.read(
        parse_qsl(query, keep_blank_values=True), edition.package, edition.choices
    )
    _arrive(address)


def show_at(address: Address) -> None:
    """Show what an address shows, in the language that is spoken already.

    Parameters
    ----------
    address : Address
        With what stands beside it, or nothing.
    """
    choose(address.selection, address.theme)
    st.session_state[_BESIDE] = address.beside


def choose(selection: Selection, theme: str | None = None) -> None:
    """Set the whole selection, for a callback that then opens the map."""
    state = st.session_state
    state[_REJECTED] = ()
    state[_COUNTY] = None
    state[_SELECTION], state[_THEME] = selection, theme or state[_THEME]


def put(widget: str, value: object) -> None:
    """Give a widget a value; for callbacks, which run before widgets are made."""
    st.session_state[widget] = value


def usual(widget: str, value: object, *, among: Container[Any] | None = None) -> None:
    """Say what a widget holds until an address or the reader says otherwise.

    Instead of a widget's default, of which Streamlit warns on the page where the
    session has set a value as well. Call it before the widget is made.

    Parameters
    ----------
    widget : str
        Its key.
    value : object
        What it holds then.
    among : container, optional
        What there is to choose; another value that it holds is dropped.
    """
    held = st.session_state.setdefault(widget, value)
    if among is not None and held not in among:
        st.session_state[widget] = value


def act() -> None:
    """Tell that the reader acted on a widget, for its ``on_change``.

    The run that follows may still carry the address of before: it is no journey.
    """
    st.session_state[_ACTED] = True


def relabel(widgets: Iterable[str]) -> None:
    """Send what is chosen in widgets once more after a change of language.

    The browser knows a choice by its label only: left alone, it would go on showing
    and sending the label of the other language, which then is no option any more.
    Call it before the widgets are made.
    """
    state = st.session_state
    for widget in widgets:
        label = f"{widget}_language"
        if widget in state and state.get(label, language()) != language():
            state[widget] = state[widget]
        state[label] = language()


def select_county(adcode: str | None) -> None:
    """Open the profile of a county, or close it."""
    st.session_state[_COUNTY] = adcode


def county_from_box() -> None:
    """Open the county that the box of the county page names."""
    st.session_state[_COUNTY] = st.session_state[COUNTY_BOX]


def event(component: str, name: str) -> Any:
    """Return what a component's script sent, for use in its callback."""
    st.session_state[_ACTED] = True
    return held(component, name)


def held(component: str, name: str) -> Any:
    """Return what a component or widget holds, whether it was acted on or not."""
    return getattr(st.session_state[component], name, None)


def appearance() -> Appearance:
    """Return how the page looks: as the reader chose, else as the browser says."""
    if st.session_state.get(_CONTRAST):
        return "contrast"
    return "dark" if st.context.theme.type == "dark" else "light"


def _still_there(
    selection: Selection, theme: str, edition: Edition
) -> tuple[Selection, str]:
    # The tables may have been edited while the session was open.
    known, _ = Selection.from_query(selection.to_parameters(), edition.choices)
    return known, theme_id(edition.package, theme) or USUAL

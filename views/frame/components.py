"""The page's components: map, head, card, drawer, text panel.

Each is a function of a script of the asset bundle; the inline part is one line, because
Streamlit sends it again with every rerun.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, get_args

import streamlit as st

from layers.edition.assets import Bundle, bundle_address
from layers.edition.edition import Edition
from views.frame.session import View

Node = str | list[Any]
"""A text, or ``[tag, attributes, *children]``; see ``panel-view.js``."""

_LOADER: Final = "export default c=>atlasRun(c)"
"""Short, for it travels with every rerun: what it calls stands in the document of every
page. See ``run.js``."""

INDEX: Final = "search.json"
"""Name in the bundle of what :func:`layers.select.search.index` returns."""

_MAP_PAGE: Final = "page/map-page.js"
_FRAME: Final = "page/frame.js"
_MAP_FRAME: Final = "page/map-frame-view.js"

BAR: Final = f"{_FRAME}#showBar"
COUNTY_LIST: Final = "page/county-list-view.js#showCountyList"
"""Names in the bundle of what shows a component: a script and a function of it."""

Still = Literal["head", "card", "drawer"]
"""What never changes by Streamlit's doing: its script follows the page's state."""


def component(name: str) -> Callable[..., Any]:
    """Return a component of the page, whose script the data names as ``m``."""
    return st.components.v2.component(name, js=_LOADER, isolate_styles=False)


_map = component("atlas_map")
_stills = {name: component(f"atlas_{name}") for name in get_args(Still)}
_panel = component("atlas_panel")
_locator = component("atlas_locator")
_county_list = component("atlas_county_list")
_histogram = component("atlas_own_histogram")
_answers = component("atlas_map_answers")
_frame = component("atlas_map_frame")


def county_map(
    files: Bundle,
    shown: View,
    *,
    on_go: Callable[[], None],
    on_select: Callable[[], None],
    on_region: Callable[[], None],
    on_marks: Callable[[], None],
) -> None:
    """Show the map, and tell the page's scripts where the session is.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    shown : View
        What the session shows.
    on_go : callable
        Runs before the rerun that follows a press on the sentence, with the address
        to which it has led.
    on_select : callable
        Likewise of a click on a county, here or in the table.
    on_region : callable
        Likewise of counties inside a box or a line.
    on_marks : callable
        Likewise of counties marked one by one.
    """
    _map(
        key="map",
        data={
            "m": files.address(f"{_MAP_PAGE}#showMap"),
            "query": shown.address.query(),
            "language": shown.language,
            "appearance": shown.appearance,
            "focus": shown.county,
        },
        on_go_change=on_go,
        on_select_change=on_select,
        on_region_change=on_region,
        on_marks_change=on_marks,
    )


def still(files: Bundle, name: Still) -> None:
    """Show head, card or drawer, which follow the state of the page."""
    show = f"{_MAP_PAGE}#show{name.capitalize()}"
    _stills[name](key=name, data={"m": files.address(show)})


def panel(
    files: Bundle,
    nodes: Sequence[Node],
    *,
    key: str,
    language: str,
    css: str = "",
    live: bool = False,
    on_press: Callable[[], None] = lambda: None,
) -> None:
    """Show text, lists and tables; a button in it calls `on_press`.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    nodes : sequence of Node
        What to show. Text stays text, whatever is in it.
    key : str
        Under which Streamlit keeps what is pressed; unlike that of any other part.
    language : {"zh", "en"}
        Language of the text.
    css : str
        Class of the panel.
    live : bool
        Whether a screen reader says it when it changes.
    on_press : callable
        Called before the page runs again, after a button was pressed.
    """
    _panel(
        key=key,
        data={
            "m": files.address(f"{_FRAME}#showPanel"),
            "nodes": list(nodes),
            "language": language,
            "class": css,
            "live": live,
        },
        on_press_change=on_press,
    )


def class_histogram(
    files: Bundle, data: dict[str, Any], *, on_breaks: Callable[[], None]
) -> None:
    """Show the histogram of a number of one's own, with limits that can be moved.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    data : dict
        What its script reads, see ``own-histogram-view.js``.
    on_breaks : callable
        Called before the page runs again, after a limit was let go.
    """
    show = files.address("page/own-histogram-view.js#showOwnHistogram")
    _histogram(
        key="own-histogram", data={"m": show, **data}, on_breaks_change=on_breaks
    )


def map_answers(
    files: Bundle,
    answer: dict[str, Any] | None,
    *,
    key: str,
    on_asked: Callable[[], None],
    opened: dict[str, Any] | None = None,
) -> None:
    """Stand between a map in a frame and the session; nothing is seen of it.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    answer : dict or None
        ``id`` of what was asked, ``content``.
    key : str
        Under which Streamlit keeps what is asked, ``asked``: ``id``, ``question``.
    on_asked : callable
        Called before what shows it runs again, after the map has asked.
    opened : dict or None
        ``county``, adcode of one to open on the map, ``id`` of the press that opens it.
    """
    about = {"m": files.address(f"{_MAP_FRAME}#answerMap"), "answer": answer}
    about["opened"] = opened
    _answers(key=key, data=about, on_asked_change=on_asked)


def map_frame(
    files: Bundle,
    html: str,
    *,
    title: str = "",
    height: int = 0,
    expected: Sequence[str] = (),
) -> None:
    """Show a page of ours in a frame; without one only scripts are fetched.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    html : str
        The page, or nothing.
    title : str
        What it is, for a screen reader.
    height : int
        In pixels.
    expected : sequence of str
        Addresses of scripts that are needed with it, to be fetched while there is none.
    """
    about: dict[str, Any] = {"m": files.address(f"{_MAP_FRAME}#showMapFrame")}
    about |= {"html": html, "title": title, "height": height}
    about["expected"] = [*expected]
    _frame(key="map-frame", data=about)


def county_list(data: dict[str, Any], *, on_press: Callable[[], None]) -> None:
    """Show all counties, filtered as one types.

    Parameters
    ----------
    data : dict
        What its script reads.
    on_press : callable
        Called before the page runs again, after a county was chosen.
    """
    _county_list(key="county-list", data=data, on_press_change=on_press)


def locator(
    files: Bundle,
    edition: Edition,
    *,
    county: str,
    neighbours: Sequence[str],
    **about: str,
) -> None:
    """Show where in Hebei a county lies; `about` has ``language`` and ``label``.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    edition : Edition
        The edition served.
    county : str
        Adcode.
    neighbours : sequence of str
        Adcodes of the counties around it.
    """
    _locator(
        key="locator",
        data={
            "m": files.address("page/locator-view.js#showLocator"),
            "bundle": bundle_address(edition, "overview", files.prefix),
            "county": county,
            "neighbours": list(neighbours),
            **about,
        },
    )

"""The page's components: map, filters, table, text panel.

Each is a script of the asset bundle; the inline part is one line, because Streamlit
sends it again with every rerun.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import streamlit as st

from views.assets import Bundle, bundle_address
from views.atlas import Atlas

Node = str | list[Any]
"""A text, or ``[tag, attributes, *children]``; see ``panel-view.js``."""

_LOADER: Final = (
    "export default async c=>(await import(location.origin+c.data.m)).default(c)"
)


def _component(name: str) -> Callable[..., Any]:
    return st.components.v2.component(name, js=_LOADER, isolate_styles=False)


_map = _component("atlas_map")
_filters = _component("atlas_filters")
_slot = _component("atlas_slot")
_head = _component("atlas_head")
_counts = _component("atlas_counts")
_table = _component("atlas_table")
_panel = _component("atlas_panel")
_locator = _component("atlas_locator")


def county_map(
    files: Bundle,
    state: dict[str, Any],
    *,
    on_select: Callable[[], None],
    on_region: Callable[[], None],
) -> None:
    """Show the map.

    `on_select` runs before the rerun that a click on a county causes, `on_region`
    before the one that a box or lasso round counties causes.
    """
    _map(
        key="map",
        data={
            "m": files.address("map-view.js"),
            "state": state,
        },
        on_select_change=on_select,
        on_region_change=on_region,
    )


def filters(
    files: Bundle, data: dict[str, Any], *, on_change: Callable[[], None]
) -> None:
    """Show the filters, in the slot ``filters``, with what each value would leave."""
    _filters(
        key="filters",
        data={
            "m": files.address("filter-view.js"),
            **data,
        },
        on_change_change=on_change,
    )


def slot(files: Bundle, name: str) -> None:
    """Keep a place, e.g. in the sidebar, for what a fragment shows there."""
    _slot(key=f"slot-{name}", data={"m": files.address("slot-view.js"), "name": name})


def head(
    files: Bundle,
    data: dict[str, Any],
    *,
    on_toggle: Callable[[], None],
    on_way: Callable[[], None],
) -> None:
    """Show the selection in words, and the ways of seeing."""
    _head(
        key="head",
        data={"m": files.address("head-view.js"), **data},
        on_toggle_change=on_toggle,
        on_way_change=on_way,
    )


def counts(files: Bundle) -> None:
    """Show the selected counties by prefecture; the selection is the map's."""
    _counts(key="counts", data={"m": files.address("counts-view.js")})


def county_list(
    files: Bundle, *, on_select: Callable[[], None], on_region: Callable[[], None]
) -> None:
    """Show the table of the map's selection; marked rows can become a selection."""
    _table(
        key="table",
        data={"m": files.address("table-view.js")},
        on_select_change=on_select,
        on_region_change=on_region,
    )


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
    nodes : sequence of Node
        What to show. Text stays text, whatever is in it.
    live : bool
        Whether a screen reader says it when it changes.
    """
    _panel(
        key=key,
        data={
            "m": files.address("panel-view.js"),
            "nodes": list(nodes),
            "language": language,
            "class": css,
            "live": live,
        },
        on_press_change=on_press,
    )


def locator(
    files: Bundle, atlas: Atlas, *, county: str, neighbours: Sequence[str], **about: str
) -> None:
    """Show where in Hebei a county lies; `about` has ``language`` and ``label``."""
    _locator(
        key="locator",
        data={
            "m": files.address("locator-view.js"),
            "bundle": bundle_address(atlas, "overview", files.prefix),
            "county": county,
            "neighbours": list(neighbours),
            **about,
        },
    )

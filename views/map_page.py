"""The map page: filters, map, profile, counts, table, download."""

from __future__ import annotations

from typing import Any

import streamlit as st

from layers import search
from layers.catalogue import by_group
from layers.map_state import map_state
from layers.selection import PARAMETERS, Selection
from layers.statistics import SINGLE_FIELDS, facets
from views import assets, chrome, components, homecoming, overview, state
from views.atlas import KEEPER, Atlas
from views.profile import profile
from views.search_box import search_box


def show() -> None:
    """Lay out the page: the sidebar once, the rest as a fragment that reruns alone."""
    atlas = KEEPER.atlas()
    files = assets.bundle(atlas, chrome.prefix())
    with st.sidebar:
        search_box(files, language=state.language(), on_choose=_from_search)
        components.slot(files, "filters")
        chrome.contrast_switch(state.language())
        homecoming.upload(atlas, state.language())
    _body()


@st.fragment
def _body() -> None:
    # The map comes first: it is what a filter is waiting for.
    atlas = KEEPER.atlas()
    files = assets.bundle(atlas, chrome.prefix())
    shown = state.view(atlas)
    chrome.notices(files, shown)
    counties = atlas.counties()
    selection, language = shown.selection, shown.language

    over = st.container()
    left, right = st.columns([5, 3], gap="medium")
    with left:
        message = map_state(
            atlas.package,
            counties,
            selection,
            way=shown.way,
            language=language,
            theme=shown.theme,
            focus=shown.county,
        )
        del message["summary"]  # the head of the page says the same and labels the map
        components.county_map(
            files,
            message,
            on_select=_from_map,
            on_region=_from_region,
        )
    components.filters(files, _filter_data(atlas, shown), on_change=_from_filters)
    with over:
        components.head(
            files,
            overview.head(atlas.package, counties, selection, shown.way, language),
            on_toggle=_from_parts,
            on_way=_from_ways,
        )
    with right:
        if shown.county:
            components.panel(
                files,
                profile(atlas.package, counties, shown.county, language),
                key="side",
                language=language,
                css="atlas-side",
                on_press=_from_profile,
            )
        else:
            components.counts(files)
    components.county_list(files, on_select=_from_table, on_region=_from_marks)


def _filter_data(atlas: Atlas, shown: state.View) -> dict[str, Any]:
    counts = facets(atlas.counties(), shown.selection, atlas.choices)
    in_order = [
        programme.id
        for members in by_group(atlas.package.programmes, atlas.package.groups).values()
        for programme in members
    ]
    return {
        "language": shown.language,
        "selection": {
            field: values
            for field in PARAMETERS
            if (values := getattr(shown.selection, field))
        },
        "facets": {
            "programmes": [counts["programmes"][p] for p in in_order],
            **{field: [*counts[field].values()] for field in SINGLE_FIELDS},
        },
    }


def _from_search() -> None:
    # What the browser sent is not trusted: an unknown kind or id leads nowhere.
    chosen = state.event("search", "choose")
    package = KEEPER.atlas().package
    reached = search.target(package, str(chosen["kind"]), str(chosen["id"]))
    if reached is None:
        return
    if reached.selection is not None:
        state.choose(reached.selection)
    if reached.county:
        state.select_county(reached.county)


def _from_map() -> None:
    state.select_county(state.event("map", "select"))


def _from_region() -> None:
    _choose_counties(state.event("map", "region"))


def _from_marks() -> None:
    _choose_counties(state.event("table", "region"))


def _choose_counties(codes: str) -> None:
    counties = tuple(codes[at : at + 6] for at in range(0, len(codes), 6))
    state.choose(Selection(counties=counties))


def _from_ways() -> None:
    state.see(state.event("head", "way"))


def _from_table() -> None:
    state.select_county(state.event("table", "select"))


def _from_filters() -> None:
    field, value = state.event("filters", "change")
    state.change_selection(field, value)


def _from_parts() -> None:
    field, value = state.event("head", "toggle")
    state.change_selection(field, value)


def _from_profile() -> None:
    what, *county = state.event("side", "press")
    state.select_county(county[0] if what == "county" else None)

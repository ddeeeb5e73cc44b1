"""A layer of one's own on its page: its system, where its rows lie, how far beside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
import streamlit as st

from geo.export.csv_table import encode
from geo.export.systems import SYSTEMS
from geo.language import N_, Language, Speaker, speaker
from layers.edition.assets import Bundle
from layers.edition.edition import Edition
from layers.own.joined import JoinedTable
from layers.own.layer import Layer, layer_of
from layers.own.located import PROBLEMS, Located
from layers.own.located_account import report
from layers.own.moved import told as told_moved
from layers.own.placing import (
    USUAL_SYSTEMS,
    Counties,
    Fit,
    NotPlacedError,
    Placed,
    counties_of,
    place,
)
from layers.own.refusals import RefusedError
from views.frame import session as state
from views.frame.components import Node, panel

_LAYER: Final = "own_layer"
_READ: Final = "own_layer_read"
"""The layer placed in the system that its file names, or why it is not."""

_PLACED: Final = "own_layer_placed"
_LOCATED: Final = "own_layer_located"


@dataclass(frozen=True, slots=True)
class _Attempt:
    placed: Placed | None
    error: RefusedError | None = None
    fits: tuple[Fit, ...] = ()


def layer(table: JoinedTable, digest: str) -> Layer | None:
    """Return the shapes or points of a file; nothing if it has none.

    Parameters
    ----------
    table : JoinedTable
        The file with its layout.
    digest : str
        Of the file.
    """
    key = (digest, table.layout)
    return state.kept(_LAYER, key, lambda: layer_of(table.upload, table.layout))


def by_position(say: Speaker) -> bool:
    """Ask whether the counties of a file that has both are found by position."""
    names = {
        "columns": say(N_("By code or name, from the columns")),
        "position": say(N_("By position, from the shapes")),
    }
    chosen = st.radio(
        say(N_("How the counties are found")),
        [*names],
        format_func=lambda key: names[key],
        key="own_by",
        horizontal=True,
    )
    return chosen == "position"


def placed(
    edition: Edition, files: Bundle, layer: Layer, digest: str, language: Language
) -> Placed | None:
    """Place a layer, asking for its system where that is not known; else say why not.

    Parameters
    ----------
    edition : Edition
        The edition that is served.
    files : Bundle
        Scripts and styles of the page.
    layer : Layer
        The layer.
    digest : str
        Of the file: the choice is kept by it.
    language : {"zh", "en"}
        Language of the page.
    """
    counties = _counties(edition.digest, edition)
    first = state.kept(
        _READ, (layer, edition.digest), lambda: _attempt(layer, counties, None)
    )
    if first.placed is not None or not first.fits:
        found = first
    else:
        chosen = _system(layer, counties, first.fits, digest, speaker(language))
        found = first
        if chosen:
            found = state.kept(
                _PLACED,
                (layer, edition.digest, chosen),
                lambda: _attempt(layer, counties, chosen),
            )
    if found.error is not None:
        notice: Node = [
            "section",
            {"class": "atlas-notice", "role": "alert"},
            ["strong", {}, layer.upload.name],
            ": ",
            found.error.say(language),
        ]
        panel(files, [notice], key="own-not-placed", language=language, live=True)
    return found.placed


def _attempt(layer: Layer, counties: Counties, crs: str | None) -> _Attempt:
    try:
        return _Attempt(place(layer, counties, crs))
    except NotPlacedError as error:
        return _Attempt(None, error, error.fits)
    except RefusedError as error:
        return _Attempt(None, error)


def _system(
    layer: Layer, counties: Counties, fits: tuple[Fit, ...], digest: str, say: Speaker
) -> str:
    """Offer the usual systems, each with what would become of the layer in it."""
    known = {fit.crs: fit for fit in fits}
    total = sum(bool(shape) for shape in layer.shapes)

    def name(crs: str) -> str:
        if not crs:
            return say(N_("Choose a system"))
        called, fit = SYSTEMS[crs].name(say.language), known.get(crs)
        if fit is None or not fit.inside:
            return say(N_("{name}: nothing lies in Hebei"), name=called)
        if fit.swapped:
            return say(N_("{name}: only with X and Y swapped"), name=called)
        named = (counties.names[a][say.language == "en"] for a in fit.counties)
        return say(
            N_("{name}: {n} of {total} lie in Hebei, in {counties}"),
            name=called,
            n=fit.inside,
            total=total,
            counties=say.series(named),
        )

    order = sorted(USUAL_SYSTEMS, key=lambda crs: crs not in known)
    order.sort(key=lambda crs: -known[crs].inside if crs in known else 0)
    chosen = st.selectbox(
        say(N_("Coordinate system of the layer")),
        ["", *order],
        format_func=name,
        key=f"own_crs_{digest}",
    )
    return chosen or ""


def located(
    placed: Placed, table: JoinedTable | None, digest: str, language: Language
) -> Located:
    """Ask whether a layer is complete, and return it located.

    Parameters
    ----------
    placed : Placed
        The layer.
    table : JoinedTable or None
        The same file joined, if it names counties.
    digest : str
        Of the file.
    language : {"zh", "en"}
        Language of the page.
    """
    say = speaker(language)
    complete = st.checkbox(
        say(
            N_(
                "The layer shows all there is in the province: a county without a "
                "shape has none"
            )
        ),
        help=say(
            N_(
                "Without this nobody knows whether a county without a shape has none, "
                "and it has no value."
            )
        ),
        key=f"own_complete_{digest}",
    )
    base = state.kept(
        _LOCATED, (placed, table), lambda: Located(placed=placed, table=table)
    )
    return state.kept(
        f"{_LOCATED}_complete",
        (base, complete),
        lambda: replace(base, complete=complete),
    )


def account(files: Bundle, located: Located, language: Language) -> None:
    """Say what became of each row of a located layer, and offer the account.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    located : Located
        The layer.
    language : {"zh", "en"}
        Language of the page.
    """
    say = speaker(language)
    lines: list[Node] = [
        ["li", {}, say(PROBLEMS[code], **about)]
        for code, about in located.problems(language)
    ]
    nodes: list[Node] = [
        ["h2", {}, located.placed.layer.upload.name],
        ["p", {}, ["strong", {}, located.told(language)]],
        ["ul", {}, *lines, ["li", {}, told_moved(located.placed, say)]],
    ]
    panel(files, nodes, key="own-located", language=language)
    st.download_button(
        say(N_("Download the position of all rows (CSV)")),
        data=lambda: encode(pd.DataFrame(report(located, language)["details"])),
        file_name="own_positions.csv",
        mime="text/csv",
        on_click="ignore",
        key="own-located-file",
    )


def beside(
    files: Bundle, placed: Placed, table: JoinedTable, language: Language
) -> None:
    """Say of a layer that is joined by its columns how it lies on the ground.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    placed : Placed
        Where its shapes lie.
    table : JoinedTable
        The same file, joined.
    language : {"zh", "en"}
        Language of the page.
    """
    say = speaker(language)
    found = Located(placed=placed, table=table)
    told = [
        say(PROBLEMS[code], **about)
        for code, about in found.problems(language)
        if code in {"other_county", "mended", "broken", "impossible", "datum"}
    ]
    told.append(told_moved(placed, say))
    nodes: list[Node] = [
        ["h2", {}, say(N_("Where the rows lie"))],
        ["ul", {}, *(["li", {}, text] for text in told)],
    ]
    panel(files, nodes, key="own-located", language=language)


@st.cache_resource(max_entries=2, show_spinner=False)
def _counties(digest: str, _edition: Edition) -> Counties:  # noqa: ARG001 - the key
    package = _edition.package
    return counties_of(package.boundaries, package.divisions)

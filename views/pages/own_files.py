"""What is taken away of own figures: every format of the atlas with them in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from geo.crs import WGS84
from geo.export import FORMATS
from geo.export.document import OtherLayer
from geo.export.systems import SYSTEMS
from geo.language import N_, Speaker
from layers.edition.edition import Edition
from layers.facts.variables import Variable
from layers.files.export import Export, export
from layers.own.layer_table import as_geojson, layer_table, told_of
from layers.own.placing import Placed
from layers.select.selection import Selection
from views.frame import session as state
from views.http.lanes import LANES, export_of
from views.pages import own_classes

_SECONDS: Final = 120

_OWN_GEOJSON: Final = "layer"
_WITH_LAYER: Final = frozenset({_OWN_GEOJSON, "gpkg"})
"""Files that hold the shapes that the user brought."""

_SUFFIXES: Final = {_OWN_GEOJSON: "geojson"}

_SHEETS: Final = {
    "pdf-A4": ("A4", "portrait"),
    "pdf-A3": ("A3", "landscape"),
    "png-A4": ("A4", "portrait"),
    "svg-A4": ("A4", "portrait"),
}


@dataclass(frozen=True, slots=True)
class Own:
    """The atlas with the session's own variables, and how the page shows it."""

    edition: Edition
    variables: tuple[Variable, ...]
    selection: Selection
    shown: state.View
    say: Speaker
    layer: str
    """Their shapes as they are drawn over the map; "" for none."""

    placed: Placed | None
    """The same in full, to be taken away."""

    brought: date
    """The day on which the file was brought."""

    chosen: own_classes.Chosen
    """How the map is seen."""


def drawn(own: Own, work: str, **about: object) -> Export:
    """Let a lane make a file of the session's own edition, which is kept nowhere.

    Parameters
    ----------
    own : Own
        The edition, and which of its counties.
    work : str
        A key of the works of :mod:`layers.lanes.work`.
    **about : object
        Plain data that the work is asked with.
    """
    job = LANES.draw(
        work,
        own.edition,
        own.selection,
        kept=False,
        programme=None,
        language=own.shown.language,
        **about,
    )
    try:
        return export_of(job.future.result(timeout=_SECONDS))
    finally:
        job.leave()


def offer(own: Own) -> None:
    """Offer all that the atlas writes, with the own columns in it.

    Parameters
    ----------
    own : Own
        What the page shows.
    """
    say, language = own.say, own.shown.language
    names = {form.id: form.name(language) for form in FORMATS.values()}
    names |= {
        "pdf-A4": say(N_("PDF, a map sheet on A4")),
        "pdf-A3": say(N_("PDF, a map sheet on A3")),
        "png-A4": say(N_("PNG, a map sheet on A4")),
        "svg-A4": say(N_("SVG, a map sheet on A4")),
        "html": say(N_("HTML, the map as one file")),
    }
    if own.placed is not None:
        names[_OWN_GEOJSON] = say(N_("GeoJSON of your layer, with its counties"))
    chosen = st.selectbox(
        say(N_("File to take away, with your columns")),
        [*names],
        format_func=lambda key: names[key],
        key="own_format",
    )
    form = chosen or next(iter(names))
    crs = _system(own, form)
    if own.placed is not None and own.placed.crs != crs and form in _WITH_LAYER:
        text = N_(
            "Your own layer is written in this system: {written}. The file that you "
            "brought has it in {crs}."
        )
        written = SYSTEMS[crs].name(language)
        st.caption(say(text, written=written, crs=own.placed.crs))
    kind = _SUFFIXES.get(form, form.partition("-")[0])
    suffix = FORMATS[form].suffix if form in FORMATS else f".{kind}"
    st.download_button(
        say(N_("Download")),
        data=_content(own, form, crs),
        file_name=f"hebei_own{suffix}",
        mime=FORMATS[form].media_type if form in FORMATS else None,
        on_click="ignore",
        key="own-download",
    )


def _layers(own: Own) -> tuple[OtherLayer, ...]:
    """Return the shapes of the file as a layer, for formats that hold several."""
    if own.placed is None:
        return ()
    language = own.shown.language
    return (
        OtherLayer(
            name="own_layer",
            title=own.placed.layer.upload.name,
            description=told_of(own.placed, own.brought)["said"][language],
            table=layer_table(own.placed, language),
        ),
    )


def _system(own: Own, form: str) -> str:
    """Ask for the coordinate system of a format that may be in several."""
    known = FORMATS.get(form)
    if known is None or not known.takes_crs:
        return WGS84
    chosen = st.selectbox(
        own.say(N_("Coordinate system of the file")),
        known.systems,
        index=known.systems.index(known.usual),
        format_func=lambda system: SYSTEMS[system].name(own.shown.language),
        key=f"own_system_{form}",
    )
    return chosen or known.usual


def _content(own: Own, form: str, crs: str) -> Callable[[], bytes]:
    """Return what makes the file when it is asked for."""

    def make() -> bytes:
        if form in _SHEETS:
            paper, orientation = _SHEETS[form]
            about = {"paper": paper, "orientation": orientation}
            about |= {"suffix": form.partition("-")[0], "own_layer": own.layer}
            made = drawn(own, "sheet", theme=own.chosen.classed, address=None, **about)
        elif form == _OWN_GEOJSON:
            assert own.placed is not None
            return as_geojson(own.placed, own.shown.language, own.brought)
        elif form == "html":
            about = {"theme": own.chosen.classed, "own_layer": own.layer}
            made = drawn(own, "one_file", address=None, **about)
        else:
            made = export(
                own.edition.package,
                own.edition.counties("full"),
                own.selection,
                format=form,
                crs=crs,
                language=own.shown.language,
                theme=own.chosen.classed,
                layers=_layers(own),
            )
        return made.content

    return make

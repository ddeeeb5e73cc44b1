"""Own figures: a planner's table or layer, its account, its map, its files.

What was brought lives in the session and is written nowhere, unless the office has
named a store and the reader presses to keep it. How a file is read and
joined is decided in :mod:`layers.own`; here are only the boxes to see and change it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from geo.language import N_, Language, speaker
from layers import settings
from layers.edition import assets
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.own.guessing import build
from layers.own.joined import Decisions, JoinedTable, join
from layers.own.layer import layout_of
from layers.own.limits import Limits
from layers.own.places import Places
from layers.own.reading import Upload, expect, read
from layers.own.refusals import RefusedError
from layers.own.register import places_of
from views.frame import chrome
from views.frame import session as state
from views.frame.components import Node, panel
from views.pages import (
    own_account,
    own_added_up,
    own_decided,
    own_fetch,
    own_held,
    own_keep,
    own_layer,
    own_map,
    own_register,
    own_results,
)

PARTS: Final = own_keep.PARTS
"""What of this page stands in its address."""

_FILE: Final = "own_file"
_PASTED: Final = "own_pasted"
_READ: Final = "own_read"
"""What was read of the last file of the session."""

_GUESSED: Final = "own_guessed"
"""The same as it was guessed to be built; every rerun asks for it."""

_UNJOINED: Final = "own_unjoined"
_BARE: Final = "own_bare"
"""A file that names no counties, with its layout."""

_LONGEST_PASTE: Final = 2_000_000
"""Characters; a sheet of all counties with twenty columns has 40,000."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file, read, or why it is not."""

    digest: str
    upload: Upload | None
    refusal: RefusedError | None = None


def title(language: Language) -> str:
    """Return the title of the page."""
    return speaker(language)(N_("Own figures"))


def show() -> None:
    """Lay out the page: the place for a file, and what becomes of it."""
    edition = SERVED.edition()
    files = assets.bundle(edition, chrome.prefix())
    shown = state.view(edition)
    chrome.notices(files, shown)
    say = speaker(shown.language)
    intro = N_(
        "A table with names or codes of counties or with positions, or a layer: it is "
        "joined to the counties row by row, shown on the map, compared with the "
        "programmes and given back in the formats of your GIS."
    )
    fate = N_("It stays in this session; nothing is kept, and links do not carry it.")
    if own_keep.store() is not None:
        fate = N_(
            "It stays in this session and nothing is kept, unless you press “Keep for "
            "colleagues”."
        )
    about = [say(intro), *([" "] if shown.language == "en" else []), say(fate)]
    heading: list[Node] = [["h1", {}, title(shown.language)], ["p", {}, *about]]
    panel(files, heading, key="own-head", language=shown.language)
    own_keep.told(say)
    if _PASTED not in st.session_state:
        own_held.opened_anew()
    given = _given(shown.language)
    if given is None:
        own_held.put_away()
        own_map.await_one(files)
        expect()
        return
    _show(edition, files, shown, given)
    if not own_keep.is_open():  # what is opened by a link goes with it
        own_held.hold(*given)


def _show(
    edition: Edition,
    files: assets.Bundle,
    shown: state.View,
    given: tuple[bytes, str],
) -> None:
    """Show what was brought: as a table, a layer or a register, or why as none."""
    say = speaker(shown.language)
    own_keep.offer(*given, say)
    if own_register.is_large(given[0]):
        digest = own_decided.digest_of(given[1], given[0])
        own_register.of_file(edition, files, shown, *given, digest, _places(edition))
        return
    found = _read(*given)
    upload, refusal, table = found.upload, found.refusal, None
    bare: JoinedTable | None = None
    if upload is not None:
        try:
            table = _joined(edition, found)
        except RefusedError as error:
            refusal = error
            bare = _by_position_alone(edition, found)
    rows = table or bare or _unjoined(edition, found)
    if rows is not None and own_register.is_meant(rows, table is None, shown.language):
        own_register.of_table(edition, files, shown, rows, found.digest)
    elif upload is None and own_register.can_be(refusal, given[0]):
        places = _places(edition)
        own_register.of_file(edition, files, shown, *given, found.digest, places)
    elif table is not None:
        _show_table(edition, files, shown, table, found.digest)
    elif bare is not None:
        _show_layer(edition, files, shown, bare, found.digest)
    else:
        assert refusal is not None
        notice: Node = [
            "section",
            {"class": "atlas-notice", "role": "alert"},
            ["strong", {}, given[1]],
            ": ",
            refusal.say(shown.language),
        ]
        panel(files, [notice], key="own-refused", language=shown.language, live=True)


def _show_table(
    edition: Edition,
    files: assets.Bundle,
    shown: state.View,
    table: JoinedTable,
    digest: str,
) -> None:
    """Show a file that names counties: joined, or by position if it has that, too."""
    language = shown.language
    layer = own_layer.layer(table, digest)
    if layer is not None and own_layer.by_position(speaker(language)):
        _show_layer(edition, files, shown, table, digest)
        return
    told = own_account.show(files, table, digest, language)
    placed = None
    if layer is not None:
        placed = own_layer.placed(edition, files, layer, digest, language)
    if placed is not None:
        own_layer.beside(files, placed, told, language)
    own_results.show(edition, files, shown, told, digest, placed=placed)


def _show_layer(
    edition: Edition,
    files: assets.Bundle,
    shown: state.View,
    table: JoinedTable,
    digest: str,
) -> None:
    """Show a file that is located by position; `table` has its layout at least."""
    language = shown.language
    table = own_account.corrected(table, digest, language)
    layer = own_layer.layer(table, digest)
    if layer is None:
        text = N_("No columns are longitude and latitude: say above which they are.")
        st.error(speaker(language)(text))
        return
    placed = own_layer.placed(edition, files, layer, digest, language)
    if placed is None:
        return
    names = table.layout.only("code") or table.layout.only("name")
    located = own_layer.located(placed, table if names else None, digest, language)
    own_layer.account(files, located, language)
    own_results.show(edition, files, shown, table, digest, located, placed)


def _given(language: Language) -> tuple[bytes, str] | None:
    """Offer the boxes; return content and name of what is in them."""
    say = speaker(language)
    limits = Limits.from_environment()
    large = own_added_up.bounds().file_mb
    label = N_(
        "CSV, XLSX, XLS, ODS, HTML table, GeoJSON, GeoPackage, zipped Shapefile, KML: "
        "at most {limit} MB; CSV or Parquet to be added up by county: {large} MB"
    )
    uploaded = st.file_uploader(
        say(label, limit=limits.file_mb, large=large),
        key=_FILE,
        on_change=_brought_another,
        max_upload_size=max(limits.file_mb, large),
    )
    with st.expander(say(N_("Paste from a spreadsheet"))):
        pasted = st.text_area(
            say(N_("Copy the cells with their headings and paste them here.")),
            key=_PASTED,
            max_chars=_LONGEST_PASTE,
            on_change=_brought_another,
        )
    hosts = settings.current().fetch
    fetched = own_fetch.offer(hosts, say) if hosts else None
    if uploaded is not None:
        own_held.brought(uploaded.file_id)
        return uploaded.getvalue(), uploaded.name
    if fetched is not None:
        return fetched.content, fetched.name
    if pasted and pasted.strip():
        return pasted.encode("utf-8", "replace"), say(N_("pasted table"))
    kept = own_keep.opened(say)
    return own_held.held(say) if kept is None else (kept.content, kept.name)


def _brought_another() -> None:
    own_keep.forget()
    own_held.forget()


def _read(content: bytes, name: str) -> Read:
    """Read a file once; every rerun of the page asks again."""
    digest = own_decided.digest_of(name, content)

    def make() -> Read:
        try:
            return Read(digest, read(content, name))
        except RefusedError as refusal:
            return Read(digest, None, refusal)

    return state.kept(_READ, digest, make)


def _joined(edition: Edition, found: Read) -> JoinedTable:
    upload = found.upload
    assert upload is not None
    remembered = own_account.remembered(found.digest)
    places = _places(edition)
    return state.kept(
        _GUESSED,
        (found.digest, edition.digest, remembered),
        lambda: join(upload, places, decisions=Decisions(texts=remembered)),
    )


def _by_position_alone(edition: Edition, found: Read) -> JoinedTable | None:
    """Return a file that names no counties with a layout, if it has positions."""
    upload = found.upload
    assert upload is not None
    places = _places(edition)

    def make() -> JoinedTable | None:
        try:
            layout = layout_of(upload, places)
        except RefusedError:
            return None
        return JoinedTable(upload=upload, layout=layout, places=places)

    return state.kept(_BARE, (found.digest, edition.digest), make)


def _unjoined(edition: Edition, found: Read) -> JoinedTable | None:
    """Return a file in which nothing names a county by itself, as it is built."""
    upload = found.upload
    if upload is None or any(any(sheet.shapes) for sheet in upload.sheets):
        return None

    def make() -> JoinedTable | None:
        places = _places(edition)
        found = own_register.heading(upload, places)
        if found is None:
            return None
        sheet, first = found
        header = (first - 1,) if first else ()
        layout = build(upload, places, sheet, header, first)
        return JoinedTable(upload=upload, layout=layout, places=places)

    return state.kept(_UNJOINED, (found.digest, edition.digest), make)


def _places(edition: Edition) -> Places:
    return _places_by(edition.digest)


@st.cache_resource(max_entries=2, show_spinner=False)
def _places_by(digest: str) -> Places:  # noqa: ARG001 - of the edition that is served
    return places_of(SERVED.edition().package)

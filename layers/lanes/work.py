"""The works of a lane: sheets, one-file maps, books. Run in its processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from layers.edition.address import BESIDE, SPLIT, take_beside
from layers.edition.edition import Edition
from layers.edition.sentence import sentence_text, sentence_tokens
from layers.facts.package import Package
from layers.files.map_files import ONE_FILE, PLACES, SHEETS
from layers.lanes.handover import unpacked
from layers.lanes.protocol import Message
from layers.select.selection import Selection
from layers.webmap.map_notes import read_notes
from layers.webmap.map_window import UNTIL, WINDOW
from layers.webmap.second_map import BESIDE_UNTIL, LINE, MIDDLE, SecondMap

PDF: Final = "application/pdf"

PICTURE_DPI: Final = 200
"""Of a picture of the map: 2100 pixels wide."""


def load(what: str) -> None:
    """Load what the first work would wait for."""
    if what == "drawing":
        from layers.sheet import font

        with suppress(font.FontMissingError):  # said to whoever wants a sheet
            font.face()


def do(asked: Message) -> Message:
    """Do a work: ``work`` says which, ``edition`` in which file its edition is.

    Without a file the edition is what the message brings.
    """
    head = asked.head
    edition = (
        _edition(head["edition"]) if "edition" in head else unpacked(asked.content)
    )
    about: dict[str, Any] = dict(head["about"])
    selection, _ = Selection.from_query(head["query"], edition.choices)
    return _WORKS[head["work"]](edition, selection, about)


@lru_cache(maxsize=2)
def _edition(file: str) -> Edition:
    return unpacked(Path(file).read_bytes())


def _sheet(edition: Edition, selection: Selection, about: dict[str, Any]) -> Message:
    from layers import sheet

    selection = narrowed(selection, about.pop("programme"))
    suffix, paper = about.pop("suffix"), about["paper"]
    as_text = about.pop("text", "") == "text"
    what = edition.package, edition.counties("full"), selection
    notes, _ = read_notes(about.pop("notes", ()))
    window, until = about.pop(WINDOW, ""), about.pop(UNTIL, "")
    if window:  # a picture of the map, which has no paper
        paper = "map"
        about |= {"window": window, "until": int(until) if until else None}
        about["dpi"] = PICTURE_DPI
    if suffix in PLACES:
        content = sheet.georeference(*what, **about)[suffix]
    else:
        about |= {"text_as_text": as_text, "notes": notes}
        content = sheet.draw(*what, format=suffix, **about)
    name = f"{name_of(edition.package, selection)}_{paper.lower()}.{suffix}"
    return _file(content, {**SHEETS, **PLACES}[suffix], name)


def _one_file(edition: Edition, selection: Selection, about: dict[str, Any]) -> Message:
    from layers.webmap.one_file import MEDIA_TYPE, one_file_map

    selection = narrowed(selection, about.pop("programme"))
    about["notes"], _ = read_notes(about.pop("notes", ()))
    about["second"] = _second(edition, selection, about)
    year = about.pop(UNTIL, None)
    about["until"] = int(year) if year else None
    content = one_file_map(edition.package, edition.counties(), selection, **about)
    name = f"{name_of(edition.package, selection)}.{ONE_FILE}"
    return _file(content, MEDIA_TYPE, name)


def _second(
    edition: Edition, selection: Selection, about: dict[str, Any]
) -> SecondMap | None:
    """Take the second map out of what a file is asked for."""
    asked = [(name, about.pop(name)) for name in (BESIDE, SPLIT) if name in about]
    year, line = about.pop(BESIDE_UNTIL, None), about.pop(LINE, None)
    beside, _, _ = take_beside(asked, edition.package, edition.choices)
    if beside is None:
        return None
    what = edition.package, edition.counties()
    return SecondMap(
        selection=beside.selection,
        theme=beside.theme,
        split=beside.split,
        query=urlencode(asked),
        said=tuple(
            sentence_text(sentence_tokens(*what, shown, about["language"]))
            for shown in (selection, beside.selection)
        ),
        until=int(year) if year else None,
        line=float(line) if line else MIDDLE,
    )


def _book(edition: Edition, selection: Selection, about: dict[str, Any]) -> Message:
    from layers.sheet import atlas_book

    report = Path(about.pop("progress"))

    def progress(done: int, total: int) -> None:
        part = report.with_suffix(".part")
        part.write_text(f"{done} {total}", "ascii")
        part.replace(report)

    content = atlas_book.make(
        edition.package,
        edition.counties("full"),
        selection,
        progress=progress,
        **about,
    )
    return _file(content, PDF, "hebei_atlas.pdf")


_WORKS: Final[Mapping[str, Callable[[Edition, Selection, dict[str, Any]], Message]]] = {
    "sheet": _sheet,
    "one_file": _one_file,
    "book": _book,
}


def _file(content: bytes, media_type: str, name: str) -> Message:
    return Message({"media_type": media_type, "file_name": name}, content)


def narrowed(selection: Selection, programme: str | None) -> Selection:
    """Narrow a selection to the programme that a file is about, if there is one."""
    if programme is None:
        return selection
    return replace(selection, all_of=(*selection.all_of, programme))


def name_of(package: Package, selection: Selection) -> str:
    """Name a file after what its map shows."""
    shown = selection.shown(package)
    return "_".join(["hebei", *(shown[:2] or ("counties",))])

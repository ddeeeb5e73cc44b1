"""Maps by address: sheets (``.pdf``, ``.png``, ``.svg``) and one file (``.html``)."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from geo.language import Language
from layers.edition.edition import Edition
from layers.facts.package import Package
from layers.files.export import Export
from layers.files.map_files import ONE_FILE, ORIENTATIONS, PAPERS, PLACES, SHEETS, TEXTS
from layers.select.selection import Selection
from layers.themes.themes import themes
from layers.webmap.one_file import MEDIA_TYPE, one_file_map
from views.http.made import kept

_ONE_AT_A_TIME: Final = threading.Lock()
"""Drawing takes a core for a second or two: more at once would starve the pages."""


def options(package: Package) -> dict[str, tuple[str, ...]]:
    """Return the parameters of a sheet besides selection and language.

    The first value of each is the usual one.
    """
    return {
        "paper": PAPERS,
        "orientation": ORIENTATIONS,
        "see": tuple(themes(package)),
        "text": TEXTS,
    }


def load() -> None:
    """Load what the first sheet would wait for: Matplotlib and the font.

    At the start, because Streamlit looks through all that is loaded later after each
    of its runs.
    """
    from layers.sheet import font

    with suppress(font.FontMissingError):  # said to whoever wants a sheet
        font.face()


@kept
def sheet(
    edition: Edition,
    programme: str | None,
    selection: Selection,
    suffix: str,
    paper: Any,
    orientation: Any,
    theme: str,
    language: Language,
    address: str,
    text: str,
) -> Export:
    """Draw the sheet of a selection, narrowed to a programme if one is given.

    Parameters
    ----------
    suffix : str
        Which kind of file, a key of `SHEETS` or of `PLACES`.
    paper, orientation, theme, text : str
        Values of :func:`options`.
    address : str
        Where this atlas runs, for the link on the sheet.
    """
    # Here, because a command that draws nothing should not wait for Matplotlib.
    from layers import sheet as sheets

    selection = _narrowed(selection, programme)
    about: dict[str, Any] = {
        "paper": paper,
        "orientation": orientation,
        "language": language,
        "theme": theme,
        "address": address,
    }
    what = edition.package, edition.counties("full"), selection
    with _ONE_AT_A_TIME:
        if suffix in PLACES:
            content = sheets.georeference(*what, **about)[suffix]
        else:
            content = sheets.draw(
                *what,
                format=suffix,  # type: ignore[arg-type] # one of SHEETS
                text_as_text=text == "text",
                **about,
            )
    return Export(
        content=content,
        media_type={**SHEETS, **PLACES}[suffix],
        file_name=f"{_name(edition.package, selection)}_{paper.lower()}.{suffix}",
    )


@kept
def one_file(
    edition: Edition,
    programme: str | None,
    selection: Selection,
    theme: str,
    language: Language,
    address: str,
) -> Export:
    """Make the map that opens from a stick, narrowed to a programme if one is given.

    Parameters
    ----------
    edition : Edition
        The facts.
    programme : str, optional
        Id of the programme that the map is about.
    selection : Selection
        Which counties.
    theme : str
        How they are seen.
    language : {"zh", "en"}
        In which it opens.
    address : str
        Where this atlas runs, for the link back.
    """
    selection = _narrowed(selection, programme)
    content = one_file_map(
        edition.package,
        edition.counties(),
        selection,
        theme=theme,
        language=language,
        address=address,
    )
    return Export(
        content=content,
        media_type=MEDIA_TYPE,
        file_name=f"{_name(edition.package, selection)}.{ONE_FILE}",
    )


def _narrowed(selection: Selection, programme: str | None) -> Selection:
    if programme is None:
        return selection
    return replace(selection, all_of=(*selection.all_of, programme))


def _name(package: Package, selection: Selection) -> str:
    shown = selection.shown(package)
    return "_".join(["hebei", *(shown[:2] or ("counties",))])

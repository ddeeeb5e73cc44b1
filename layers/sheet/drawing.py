"""Matplotlib's settings for sheets, and what files say of themselves."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

import matplotlib as mpl

from layers.sheet.told import CREATOR, Told

_SETTINGS: Final[dict[Any, Any]] = {
    # Text in a PDF stays text, with the font itself embedded.
    "pdf.fonttype": 42,
    # By this one, of PostScript, Matplotlib cuts the font of a PDF into parts: 42 holds
    # all characters, 3 would embed the font again for every 256.
    "ps.fonttype": 42,
    # An SVG is opened where the font is not: there text becomes outlines.
    "svg.fonttype": "path",
    "svg.hashsalt": "hebei-programme-atlas",
    # Hinting would move letters to whole pixels, and widths away from the font's own.
    "text.hinting": "none",
}

_FAMILIES: Final = [
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
]
"""Fonts for text that stays text: the one by which lines were measured, those like it.
Matplotlib would name fonts that have no Chinese, and whose figures are wider."""

_DRAWING = threading.RLock()
"""Matplotlib's settings and fonts are of the whole process, pages are not."""


@contextmanager
def drawing(*, text_as_text: bool = False) -> Iterator[None]:
    """Have the settings of sheets in force; one thread at a time.

    Parameters
    ----------
    text_as_text : bool
        Whether text in an SVG stays text, for who edits it where the font is.
    """
    settings = _SETTINGS
    if text_as_text:
        settings = {**settings, "svg.fonttype": "none", "font.sans-serif": _FAMILIES}
    with _DRAWING, mpl.rc_context(settings), warnings.catch_warnings():
        # A name typed by hand may have a character that no font has: it is drawn as
        # an empty box, which says so better than a line in a log.
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing from font")
        yield


def about(form: str, told: Told) -> dict[str, Any]:
    """Return what a file says of itself, in the words of its format."""
    if form != "pdf":
        return told.in_words_of(form)
    day = told.made_on
    return {
        "Title": told.title,
        "Creator": CREATOR,
        "Producer": None,
        "CreationDate": day and datetime(day.year, day.month, day.day),
    }

"""Matplotlib's settings for sheets, and what files say of themselves."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final

import matplotlib as mpl

_SETTINGS: Final[dict[Any, Any]] = {
    # Text in a PDF stays text, with the font itself embedded.
    "pdf.fonttype": 42,
    # An SVG is opened where the font is not: there text becomes outlines.
    "svg.fonttype": "path",
    "svg.hashsalt": "hebei-programme-atlas",
    # Hinting would move letters to whole pixels, and widths away from the font's own.
    "text.hinting": "none",
}

_DRAWING = threading.RLock()
"""Matplotlib's settings and fonts are of the whole process, pages are not."""


@contextmanager
def drawing() -> Iterator[None]:
    """Have the settings of sheets in force; one thread at a time."""
    with _DRAWING, mpl.rc_context(_SETTINGS), warnings.catch_warnings():
        # A name typed by hand may have a character that no font has: it is drawn as
        # an empty box, which says so better than a line in a log.
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing from font")
        yield


def about(form: str, title: str, made_on: date | None) -> dict[str, Any]:
    """Return what a file says of itself, in the words of its format.

    Parameters
    ----------
    form : str
        ``pdf``, ``svg`` or ``png``.
    title : str
        What the file is called.
    made_on : date or None
        The day that is written into it; none without.
    """
    creator = "Hebei Programme Atlas"
    if form == "pdf":
        moment = made_on and datetime(made_on.year, made_on.month, made_on.day)
        return {
            "Title": title,
            "Creator": creator,
            "Producer": None,
            "CreationDate": moment,
        }
    if form == "svg":
        day = made_on.isoformat() if made_on else None
        return {"Title": title, "Creator": creator, "Date": day}
    return {"Title": title, "Software": creator}

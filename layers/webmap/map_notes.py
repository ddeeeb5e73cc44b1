"""A reader's own short texts at places of the map.

They are no facts of the atlas: they travel in a link, on a sheet and in the one-file
map, and nowhere else. A link carries them behind its ``#``, which no browser sends.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geo.language import N_, Language, speaker
from layers.select.rejected import Rejected

PARAMETER: Final = "note"
"""Stands in an address once for each note."""

MOST_NOTES: Final = 12
LONGEST: Final = 60
"""Characters of one note; ``page/map-address.js`` has the same limits."""

_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Note:
    """A text at a place.

    Attributes
    ----------
    lon, lat : float
        Degrees, WGS 84 (EPSG:4326).
    text : str
        One line of at most `LONGEST` characters.
    """

    lon: float
    lat: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongNote(Rejected):
    """A parameter that is no note, or one too many."""

    def say(self, language: Language) -> str:
        """Say what a note is."""
        return speaker(language)(
            N_(
                "“{value}” is no note, or one too many. A note is longitude, latitude "
                "and a text of at most {longest} characters, with commas between "
                "them; a map holds at most {most}."
            ),
            value=(self.value or "")[:_SHOWN],
            longest=LONGEST,
            most=MOST_NOTES,
        )


def read_notes(
    values: Iterable[str],
) -> tuple[tuple[Note, ...], tuple[WrongNote, ...]]:
    """Read notes as they stand in an address.

    Parameters
    ----------
    values : iterable of str
        Longitude, latitude and text of each, with commas between them; the text may
        hold more commas.

    Returns
    -------
    notes : tuple of Note
        In their order, each once; white space is made one blank, signs that control
        a terminal or turn the line are dropped.
    rejected : tuple of WrongNote
        What is none.

    Examples
    --------
    >>> read_notes(["114.9,40.8,to be visited"])[0]
    (Note(lon=114.9, lat=40.8, text='to be visited'),)
    """
    found: dict[Note, None] = {}
    rejected = []
    for value in dict.fromkeys(values):
        note = _note(value)
        if note is None or (len(found) >= MOST_NOTES and note not in found):
            rejected.append(WrongNote(parameter=PARAMETER, value=value, allowed=()))
        else:
            found[note] = None
    return tuple(found), tuple(rejected)


def _note(value: str) -> Note | None:
    parts = value.split(",", 2)
    if len(parts) < 3:
        return None
    try:
        lon, lat = float(parts[0]), float(parts[1])
    except ValueError:
        return None
    text = "".join(
        sign if unicodedata.category(sign)[0] != "C" else " " for sign in parts[2]
    )
    text = " ".join(text.split())
    is_place = math.isfinite(lon) and math.isfinite(lat)
    if not (is_place and abs(lon) <= 180 and abs(lat) <= 90):
        return None
    if not 0 < len(text) <= LONGEST:
        return None
    return Note(lon, lat, text)

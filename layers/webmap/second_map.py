"""A second map seen together with the first, and the years that both show.

On the page the years and the line between two maps are the browser's own affair; a file
that is to open as the page is shows has to be told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from geo.language import N_, Language, speaker
from layers.select.rejected import Rejected
from layers.select.selection import Selection
from layers.webmap.map_window import UNTIL, WrongYear

Split = Literal["swipe", "side"]

SPLITS: Final[tuple[Split, ...]] = get_args(Split)
"""How two maps share the room, the usual way first: one over the other up to a line
that moves, or each in a half."""

LINE: Final = "line"
"""The parameter of where the line stands, in parts of a hundred from the left."""

BESIDE_UNTIL: Final = "beside_until"
"""The parameter of the last year that the second map shows."""

MIDDLE: Final = 50.0
_EDGE: Final = 100

_SHOWN: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondMap:
    """What is shown beside a map.

    Attributes
    ----------
    selection : Selection
        Which counties.
    theme : str
        What :func:`layers.themes.themes.theme_of` knows.
    split : {"swipe", "side"}
        How the two share the room.
    until : int, optional
        The last year that a theme of dates shows.
    line : float
        Where the line between two swiped maps stands, in parts of a hundred.
    query : str
        The second map as an address says it, for the link back.
    said : tuple of str
        What the first map shows and what this one does, in the language of the file;
        empty to say the conditions.
    """

    selection: Selection
    theme: str
    split: Split = SPLITS[0]
    until: int | None = None
    line: float = MIDDLE
    query: str = ""
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongLine(Rejected):
    """A parameter that is no place of a line between two maps."""

    def say(self, language: Language) -> str:
        """Say what one is."""
        text = N_("“{value}” is no place of the line: give a number from 0 to {most}.")
        value = (self.value or "")[:_SHOWN]
        return speaker(language)(text, value=value, most=_EDGE)


def take_years(
    pairs: Sequence[tuple[str, str]],
) -> tuple[dict[str, str], list[tuple[str, str]], tuple[Rejected, ...]]:
    """Take the years and the line of a map in a file out of an address.

    Parameters
    ----------
    pairs : sequence of (str, str)
        Names and values as they stand there.

    Returns
    -------
    asked : dict of str to str
        Of `UNTIL`, `BESIDE_UNTIL` and `LINE` what stands there and means something.
    rest : list of (str, str)
        The other parameters.
    rejected : tuple of layers.select.rejected.Rejected
        What means nothing, or stands there with two values.

    Examples
    --------
    >>> take_years([("until", "2018"), ("line", "30"), ("all", "a")])
    ({'until': '2018', 'line': '30'}, [('all', 'a')], ())
    """
    kinds: dict[str, type[Rejected]] = {
        UNTIL: WrongYear,
        BESIDE_UNTIL: WrongYear,
        LINE: WrongLine,
    }
    asked: dict[str, str] = {}
    rejected: list[Rejected] = []
    for name, wrong in kinds.items():
        values = [*dict.fromkeys(value for key, value in pairs if key == name)]
        if not values:
            continue
        if len(values) == 1 and _means(name, values[0]):
            asked[name] = values[0]
        else:
            told = " ≠ ".join(values)
            rejected.append(wrong(parameter=name, value=told, allowed=()))
    rest = [pair for pair in pairs if pair[0] not in kinds]
    return asked, rest, tuple(rejected)


def _means(name: str, value: str) -> bool:
    if name != LINE:
        return bool(re.fullmatch(r"[12]\d{3}", value, re.ASCII))
    number = re.fullmatch(r"\d{1,3}(\.\d{1,3})?", value, re.ASCII)
    return bool(number) and float(value) <= _EDGE

"""What of the map a picture shows: the window of a reader, up to a year."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.language import N_, Language, speaker
from layers.select.rejected import Rejected

WINDOW: Final = "window"
"""The parameter that asks for a picture of the map, instead of a sheet of paper."""

UNTIL: Final = "until"
"""The parameter of the last year that a theme of dates shows."""

WHOLE: Final = "selection"
"""The window that shows what is selected, or all of Hebei."""

_AROUND: Final = (105.0, 30.0, 128.0, 48.0)
"""West, south, east and north of what a window may show, in degrees."""

_LEAST: Final = 0.05
"""Degrees that a window measures at least."""

_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of the earth.

    Attributes
    ----------
    west, south, east, north : float
        Degrees, WGS 84 (EPSG:4326).
    """

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongWindow(Rejected):
    """A parameter that is no window."""

    def say(self, language: Language) -> str:
        """Say what a window is."""
        return speaker(language)(
            N_(
                "“{value}” is no window. A window is “{whole}”, or west, south, east "
                "and north in degrees with commas between them, in Hebei or around it."
            ),
            value=(self.value or "")[:_SHOWN],
            whole=WHOLE,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongYear(Rejected):
    """A parameter that is no year."""

    def say(self, language: Language) -> str:
        """Say what a year is."""
        text = N_("“{value}” is no year of four digits.")
        return speaker(language)(text, value=(self.value or "")[:_SHOWN])


def read_window(value: str) -> Window | None:
    """Read a window as it stands in an address.

    Parameters
    ----------
    value : str
        `WHOLE`, or four numbers with commas between them.

    Returns
    -------
    Window or None
        None for `WHOLE`.

    Raises
    ------
    ValueError
        If it is neither, or does not lie in Hebei or around it.

    Examples
    --------
    >>> read_window("114,40,116.5,41.5")
    Window(west=114.0, south=40.0, east=116.5, north=41.5)
    """
    if value == WHOLE:
        return None
    west, south, east, north = map(float, value.split(","))
    least = all(map(math.isfinite, (west, south, east, north)))
    inside = _AROUND[0] <= west <= east - _LEAST and east <= _AROUND[2]
    inside &= _AROUND[1] <= south <= north - _LEAST and north <= _AROUND[3]
    if not (least and inside):
        raise ValueError(f"no window: {value!r}")
    return Window(west, south, east, north)


def take_picture(
    pairs: Sequence[tuple[str, str]],
) -> tuple[dict[str, str], list[tuple[str, str]], tuple[Rejected, ...]]:
    """Take what asks for a picture out of the parameters of an address.

    Parameters
    ----------
    pairs : sequence of (str, str)
        Names and values as they stand there.

    Returns
    -------
    asked : dict of str to str
        `WINDOW`, and `UNTIL` if a year is asked for; empty if no picture is. As they
        stand there, for :func:`read_window`.
    rest : list of (str, str)
        The other parameters. A year without a window is one of them.
    rejected : tuple of layers.select.rejected.Rejected
        What means nothing.
    """
    windows = dict.fromkeys(value for name, value in pairs if name == WINDOW)
    if not windows:
        return {}, [*pairs], ()
    rest = [pair for pair in pairs if pair[0] not in (WINDOW, UNTIL)]
    years = dict.fromkeys(value for name, value in pairs if name == UNTIL)
    rejected: list[Rejected] = []
    for value in windows:
        try:
            read_window(value)
        except ValueError:
            rejected.append(WrongWindow(parameter=WINDOW, value=value, allowed=()))
    rejected += [
        WrongYear(parameter=UNTIL, value=value, allowed=())
        for value in years
        if not re.fullmatch(r"[12]\d{3}", value, re.ASCII)
    ]
    for name, values, wrong in (
        (WINDOW, windows, WrongWindow),
        (UNTIL, years, WrongYear),
    ):
        if len(values) > 1:
            rejected.append(wrong(parameter=name, value=" ≠ ".join(values), allowed=()))
    if rejected:
        return {}, rest, tuple(rejected)
    asked = {WINDOW: next(iter(windows))}
    return asked | ({UNTIL: next(iter(years))} if years else {}), rest, ()

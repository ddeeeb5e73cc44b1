"""How a number is parted into classes: by a method, or by breaks of somebody's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from geo.language import N_, Speaker
from layers.select.breaks import FEWEST, METHODS, MOST, USUAL, Method, breaks_by

BREAKS: Final = "breaks"
METHOD: Final = "method"
CLASSES: Final = "classes"

PARAMETERS: Final = (BREAKS, METHOD, CLASSES)
"""What an address says of classes: upper bounds of all but the last; or a method of
:data:`layers.select.breaks.METHODS`, and how many classes at most."""

OWN: Final = "own"

COUNTS: Final = tuple(str(n) for n in range(FEWEST, MOST + 1))
"""How many classes there may be, as an address says it."""

METHOD_NAMES: Final[Mapping[str, str]] = {
    "quantiles": N_("quantiles"),
    "natural": N_("natural breaks (Fisher–Jenks)"),
    "equal": N_("equal intervals"),
    "deviation": N_("standard deviations"),
    OWN: N_("own breaks"),
}

_BETWEEN: Final = re.compile(r"[,;、\s]+")
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?", re.ASCII)
_PARTED: Final = "."


@dataclass(frozen=True, slots=True)
class Classing:
    """How a number is parted into classes.

    Attributes
    ----------
    method : {"quantiles", "natural", "equal", "deviation"}
        See :data:`layers.select.breaks.METHODS`.
    classes : int
        How many at most.
    breaks : tuple of float
        Upper bounds of all classes but the last, ascending: then no method is asked.
    """

    method: Method = METHODS[0]
    classes: int = USUAL
    breaks: tuple[float, ...] = ()

    @property
    def called(self) -> Method | Literal["own"]:
        """The method, or that the breaks are somebody's own."""
        return OWN if self.breaks else self.method

    @property
    def text(self) -> str:
        """What :func:`read_classing` reads; empty for the usual way."""
        if self.breaks:
            return ",".join(map(plain, self.breaks))
        if self == Classing():
            return ""
        return f"{self.method}{_PARTED}{self.classes}"

    def parameters(self) -> dict[str, str]:
        """Return the parameters of an address that say the same, usual ones left out.

        Examples
        --------
        >>> Classing(breaks=(1000.0, 5000.5)).parameters()
        {'breaks': '1000,5000.5'}
        >>> Classing("natural", 4).parameters()
        {'method': 'natural', 'classes': '4'}
        """
        if self.breaks:
            return {BREAKS: self.text}
        method = {METHOD: self.method} if self.method != METHODS[0] else {}
        return method | ({CLASSES: str(self.classes)} if self.classes != USUAL else {})

    def bounds(self, values: Sequence[float] | np.ndarray) -> tuple[float, ...]:
        """Return the upper bounds of the classes of some values.

        Parameters
        ----------
        values : sequence of float
            Those that are known; not finite ones are left out.
        """
        return self.breaks or breaks_by(self.method, values, self.classes)

    def said(self, say: Speaker) -> str:
        """Say the method.

        Parameters
        ----------
        say : Speaker
            Of the language wanted.
        """
        if self.breaks:
            numbers = say.series(map(plain, self.breaks))
            return say(N_("own breaks at {numbers}"), numbers=numbers)
        return say(METHOD_NAMES[self.method])


USUAL_CLASSING: Final = Classing()
"""Quintiles."""


def read_classing(text: str) -> Classing | None:
    """Read what :attr:`Classing.text` writes; None if it is nothing of the kind.

    Examples
    --------
    >>> read_classing("natural.4")
    Classing(method='natural', classes=4, breaks=())
    >>> read_classing("50,10").breaks
    (10.0, 50.0)
    """
    name, parted, count = text.partition(_PARTED)
    method = next((known for known in METHODS if known == name), None)
    if parted and method and count in COUNTS:
        return Classing(method, int(count))
    breaks = read_breaks(text)
    return Classing(breaks=breaks) if breaks else None


def read_breaks(text: str) -> tuple[float, ...] | None:
    """Read the breaks of an address: numbers with commas between them, in any order.

    Returns
    -------
    tuple of float or None
        Ascending, each once; None if one is no number, or if there are none or more
        than part a number into as many classes as can be told apart.

    Examples
    --------
    >>> read_breaks("5000，1000.5")
    (1000.5, 5000.0)
    >>> read_breaks("1000;many") is None
    True
    """
    pieces = _BETWEEN.split(unicodedata.normalize("NFKC", text).strip())
    if not all(map(_NUMBER.fullmatch, pieces)):
        return None
    found = tuple(sorted({float(piece) for piece in pieces}))
    return found if len(found) < MOST else None


def plain(number: float) -> str:
    """Write a number without separators and without an exponent.

    Examples
    --------
    >>> plain(5000.0), plain(0.25), plain(1e12)
    ('5000', '0.25', '1000000000000')
    """
    return f"{number:.9f}".rstrip("0").rstrip(".")

"""Codes of divisions in the forms in which tables have them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from layers.own.cells import has_odd_digits, is_date, reduced, text_of
from layers.own.reading import Cell

Form = Literal["code", "town", "unreadable", "blank"]

_PLAIN: Final = re.compile(r"(\d+)(?:\.0*)?")
_EXPONENT: Final = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})")
_ENDS: Final = {6: "", 12: "000000"}
"""Digits of a code by its length, and what must stand behind the county's six."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a cell says as a code.

    Attributes
    ----------
    form : {"code", "town", "unreadable", "blank"}
        ``town`` is a code of twelve digits below the county; ``unreadable`` is no
        code, or one that has lost digits.
    digits : str
        The six digits of a ``code`` or those a ``town`` begins with; else "".
    """

    form: Form
    digits: str = ""


def read_code(cell: Cell) -> Code:
    """Read a code: text or number, spaced, full-width, of twelve digits, exponent.

    Examples
    --------
    >>> read_code("130125.0").digits, read_code("1.30130E+05").digits
    ('130125', '130130')
    >>> read_code("1.301E+05").form, read_code("130125101000").form
    ('unreadable', 'town')
    """
    if isinstance(cell, bool) or is_date(cell):
        return Code("unreadable")
    raw = text_of(cell)
    if len(raw) == 6 and raw.isascii() and raw.isdecimal():
        return Code("code", raw)
    text = re.sub(r"[\s'‘’`\"“”]", "", reduced(raw))
    if not text:
        return Code("blank")
    if has_odd_digits(raw):
        return Code("unreadable")
    digits = _digits(text)
    if len(digits) not in _ENDS:
        return Code("unreadable")
    if digits[6:] != _ENDS[len(digits)]:
        return Code("town", digits[:6])
    return Code("code", digits[:6])


def _digits(text: str) -> str:
    if plain := _PLAIN.fullmatch(text):
        return plain[1] if plain[1].isascii() else ""
    if exponent := _EXPONENT.fullmatch(text):
        whole, fraction, power = exponent[1], exponent[2] or "", int(exponent[3])
        # Fewer digits than the power asks for were rounded away: 1.3E+05.
        if len(fraction) >= power and not fraction[power:].strip("0"):
            return whole + fraction[:power]
    return ""

"""Codes of a register: what lies in a county has the county's six digits in front."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any, Final

from layers.own.cells import reduced, text_of
from layers.own.codes import Code, read_code

_TOWN: Final = 9
"""Digits of a town's code."""


def read_register_code(cell: Any) -> Code:
    """Read a code of 6, 9 or 12 digits as that of its county.

    Parameters
    ----------
    cell : object
        Text or number, however a table has it.

    Examples
    --------
    >>> [read_register_code(c).digits for c in ("130125101203", 130125101, "130125")]
    ['130125', '130125', '130125']
    >>> read_register_code("13012").form, read_register_code(None).form
    ('unreadable', 'blank')
    """
    if isinstance(cell, Decimal):
        cell = str(cell)
    if not isinstance(cell, str | int | float | None):
        return Code("unreadable")
    if isinstance(cell, float) and math.isnan(cell):
        return Code("blank")
    code = read_code(cell)
    if code.form == "town":
        return Code("code", code.digits)
    if code.form == "unreadable":
        text = reduced(text_of(cell)).replace(" ", "").removesuffix(".0")
        if len(text) == _TOWN and text.isascii() and text.isdecimal():
            return Code("code", text[:6])
    return code

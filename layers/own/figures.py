"""Figures in the forms in which people write them, and the many signs for none."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from layers.own.cells import has_odd_digits, is_date, reduced, text_of
from layers.own.reading import Cell

Kind = Literal["number", "missing", "unreadable"]

_MISSING: Final = frozenset(
    [
        *("", "-", "--", "---", "–", "—", "——", "―", "─", "…", "......", "……", "."),
        *("..", "...", "x", "xx", "xxx", "×", "/", "//", "\\", "*", "**", "·", "?"),
        *("无", "暂无", "缺", "缺失", "缺测", "未填", "未报", "未知", "不详", "空"),
        *("无数据", "暂无数据", "不适用", "na", "n/a", "#n/a", "n.a.", "nan", "null"),
        *("none", "nil", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!"),
        *("no data", "missing", "(空)", "(null)", "、"),
    ]
)
_SPACES: Final = "\u00a0\u2007\u2009\u202f\u3000 "
_MINUS: Final = str.maketrans(dict.fromkeys("−–﹣－", "-"))
_UNITS: Final = (
    *("人", "户", "个", "名", "元", "美元", "亩", "公顷", "顷", "吨", "斤", "公斤"),
    *("千克", "公里", "平方公里", "千米", "米", "平方米", "千瓦", "度", "村", "乡"),
    *("镇", "家", "所", "座", "处", "项", "件", "头", "只", "株", "岁", "天", "人次"),
    *("户次", "km", "km2", "hm2", "kg", "t", "m", "m2", "ha"),
)
"""Units that may stand behind a figure without making it a word."""
_NUMBER: Final = re.compile(
    rf"""
    (?P<currency>[¥$€]\s?)?
    (?P<sign>[-+]?)
    (?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?:[ ]\d{{3}})+|\d+)?
    (?P<fraction>\.\d+)?
    (?P<exponent>[eE][-+]?\d{{1,2}})?
    [ ]?(?P<scale>万|亿|萬|億|千万|百万|万亿)?
    (?P<per>%|‰)?
    [ ]?(?P<unit>{"|".join(_UNITS)})?
    (?P<note>[*†‡]{{0,3}})
    """,
    re.VERBOSE,
)
_SCALES: Final = {
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "百万": 10**6,
    "千万": 10**7,
    "万亿": 10**12,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell says as a figure.

    Attributes
    ----------
    kind : {"number", "missing", "unreadable"}
        ``missing`` is a sign for no value; ``unreadable`` is words, a range, a date,
        a formula: no value either, but one that somebody has to look at.
    number : int or float or None
        36 % is 36; the unit belongs to the column.
    unit : str
        ``%``, ``‰`` or the unit behind the figure; "" if none.
    """

    kind: Kind
    number: int | float | None = None
    unit: str = ""


def read_figure(cell: Cell) -> Figure:
    """Read a figure.

    Examples
    --------
    >>> read_figure("1.2万").number, read_figure("11 200").number, read_figure("36%")
    (12000, 11200, Figure(kind='number', number=36, unit='%'))
    >>> read_figure("—").kind, read_figure("5-10").kind, read_figure("=1+1").kind
    ('missing', 'unreadable', 'unreadable')
    """
    if isinstance(cell, bool) or is_date(cell):
        return Figure("unreadable")
    if isinstance(cell, int | float):
        return Figure("number", cell) if math.isfinite(cell) else Figure("missing")
    raw = text_of(cell)
    if raw.isdecimal() and raw.isascii() and len(raw) < 16:
        return Figure("number", int(raw))
    raw = raw.rstrip("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
    text = reduced(raw.translate(_MINUS)).lstrip("'‘’").strip()
    for space in _SPACES:
        text = text.replace(space, " ")
    if text.casefold() in _MISSING or reduced(raw).casefold() in _MISSING:
        return Figure("missing")
    if has_odd_digits(raw) or len(text) > 60:
        return Figure("unreadable")
    found = _NUMBER.fullmatch(text)
    if not found or not (found["whole"] or found["fraction"]):
        return Figure("unreadable")
    return _figure(found)


def _figure(found: re.Match[str]) -> Figure:
    whole = (found["whole"] or "0").replace(",", "").replace(" ", "")
    fraction, exponent = found["fraction"] or "", found["exponent"] or ""
    if not (whole + fraction).isascii():
        return Figure("unreadable")
    exact = Decimal(f"{found['sign']}{whole}{fraction}{exponent}")
    exact *= _SCALES.get(found["scale"] or "", 1)
    number = float(exact)
    if not math.isfinite(number):
        return Figure("unreadable")
    whole_number = exact == exact.to_integral_value() and abs(number) < 2**53
    value = int(exact) if whole_number else number
    return Figure("number", value, found["per"] or found["unit"] or "")

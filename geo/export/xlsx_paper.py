"""How a sheet of a workbook is printed: on as few pages as can be read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

_CHARACTER: Final = 1.86
_LINE: Final = 5.3
"""Width of a character and height of a line at full size, in mm."""

_SIDE, _TOP, _BOTTOM = 10.0, 10.0, 17.0
"""Margins in mm; the foot of the page is within the lower one."""

_INCH: Final = 25.4

_READABLE: Final = 0.55
"""Of full size (11 points): how far a sheet may be made smaller to have its paper, or
one page less."""

_SMALLEST: Final = 0.45
"""How far a sheet may be made smaller whose columns need several pages side by side:
type of five points, as on a map."""

_LONGEST_FOOT: Final = 255
"""Characters that Excel allows."""


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper by the number that Excel has for it, and its sides in mm."""

    number: int
    is_wide: bool
    width: float
    height: float

    @property
    def columns(self) -> float:
        """Characters side by side at full size."""
        return (self.width - 2 * _SIDE) / _CHARACTER

    @property
    def lines(self) -> float:
        """Lines one below the other at full size."""
        return (self.height - _TOP - _BOTTOM) / _LINE


_PAPERS: Final = (
    _Paper(9, False, 210, 297),
    _Paper(9, True, 297, 210),
    _Paper(8, True, 420, 297),
)
"""A4, A4 landscape and A3 landscape, the handiest first."""


def set_up(
    sheet: Any,
    widths: Sequence[float],
    lines: Sequence[int],
    fixed: int,
    foot: Sequence[str],
) -> None:
    """Set paper, scale, repeated headings and foot of a sheet.

    Parameters
    ----------
    sheet : xlsxwriter.worksheet.Worksheet
        Is set up.
    widths : sequence of float
        Of the columns that are printed, in characters; they are the first ones.
    lines : sequence of int
        How many lines each row has, the headings first.
    fixed : int
        First columns that stand on every page again, if there are several side by side.
    foot : sequence of str
        Lines at the foot, beside the number of the page.
    """
    total = sum(widths)
    paper = next((p for p in _PAPERS if p.columns >= total * _READABLE), _PAPERS[-1])
    across = _across(paper, total, sum(widths[:fixed]))
    # Both programs choose the scale; it is the smaller one of the two ways.
    down = 0
    if across == 1:
        scale = min(1.0, paper.columns / total)
        fewest = sum(lines) * min(scale, _READABLE) / (paper.lines - lines[0])
        down = math.ceil(fewest) if scale > _READABLE else 0
    (sheet.set_landscape if paper.is_wide else sheet.set_portrait)()
    sheet.set_paper(paper.number)
    sheet.set_margins(
        left=_SIDE / _INCH,
        right=_SIDE / _INCH,
        top=_TOP / _INCH,
        bottom=_BOTTOM / _INCH,
    )
    sheet.fit_to_pages(across, down)
    sheet.print_area(0, 0, len(lines) - 1, len(widths) - 1)
    sheet.repeat_rows(0)
    if fixed and across > 1:
        sheet.repeat_columns(0, fixed - 1)
    sheet.set_footer(_foot(foot), {"margin": 6 / _INCH})


def _across(paper: _Paper, total: float, fixed: float) -> int:
    """Return the number of pages side by side, the first columns on each of them."""
    if total * _READABLE <= paper.columns:
        return 1
    room = paper.columns / _SMALLEST
    if total <= room or fixed >= room:
        return max(1, math.ceil(total / room))
    return math.ceil((total - fixed) / (room - fixed))


def _foot(lines: Sequence[str]) -> str:
    """Return the foot as Excel writes it: ``&`` begins an order."""
    left, right = "&L&8 ", "&R&8 &P / &N"
    for sign in "\n".join(lines):
        order = "&&" if sign == "&" else sign
        if len(left + order + right) > _LONGEST_FOOT:
            break
        left += order
    return left + right

"""The square that explains the colours of two numbers seen at once, on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from layers.sheet.box import Box
from layers.sheet.font import LINE_SPACING, MM_PER_POINT, Face, plain
from layers.sheet.page import FAINT, INK, Page

_CELL: Final = 2.6
"""Side of a cell in lines of text."""

_SIDE: Final = 3
_GAP: Final = 1.2
_DARK: Final = 0.45
"""Of the lightness of a cell: on darker ones a count is white."""


@dataclass(frozen=True, slots=True)
class PairKey:
    """Nine cells: the first number grows upwards, the second to the right.

    Attributes
    ----------
    cells : tuple of (int, int, str, str)
        Row from below, column, colour, and how many counties.
    up, right : (str, tuple of (int, str))
        Each number: its name, and place and range of its classes.
    """

    cells: tuple[tuple[int, int, str, str], ...]
    up: tuple[str, tuple[tuple[int, str], ...]]
    right: tuple[str, tuple[tuple[int, str], ...]]

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> PairKey | None:
        """Make the key for a message of the map; None if it shows no two numbers."""
        told = state.get("axes")
        if not told:
            return None
        up, right = (
            (" – ".join(filter(None, (axis["name"], axis["note"]))), axis["classes"])
            for axis in told
        )
        cells = tuple(
            (int(line["value"][0]), int(line["value"][1]), line["colour"], str(n))
            for line, n in zip(state["legend"], state["sizes"], strict=True)
            if line["value"]
        )
        return cls(cells, (up[0], tuple(up[1])), (right[0], tuple(right[1])))

    def height(self, face: Face, width: float, size: float) -> float:
        """Return how high it is, in millimetres.

        Parameters
        ----------
        face : Face
            In which its letters are set.
        width : float
            Millimetres that there are for it.
        size : float
            Of its letters, in points.
        """
        line = size * MM_PER_POINT * LINE_SPACING
        above, below = self._texts(face, width, size)
        return (len(above) + _SIDE * _CELL + len(below) + 1) * line

    def draw(
        self, page: Page, left: float, top: float, width: float, size: float
    ) -> None:
        """Draw it below a line.

        Parameters
        ----------
        page : Page
            Where to draw; its lengths are millimetres.
        left, top : float
            Its left end and its upper one.
        width : float
            Millimetres that there are for it.
        size : float
            Of its letters, in points.
        """
        line = size * MM_PER_POINT * LINE_SPACING
        above, below = self._texts(page.face, width, size)
        top = page.lines(left, top, above, size) - line * 0.25
        side = _CELL * line
        for row, column, colour, count in self.cells:
            box = Box(
                left=left + column * side,
                bottom=top - (_SIDE - row) * side,
                width=side,
                height=side,
            )
            page.rectangle(box, fill=colour, stroke=INK, weight=0.35)
            page.text(
                box.left + side / 2,
                box.bottom + side / 2 - size * MM_PER_POINT * 0.36,
                count,
                size,
                colour="#ffffff" if lightness(colour) < _DARK else INK,
                align="center",
            )
        for place, text in self.up[1]:
            middle = top - (_SIDE - place - 0.5) * side
            room = width - _SIDE * side - _GAP
            lines = page.face.wrap(plain(text), size * 0.88, room)
            start = middle + len(lines) * line * 0.88 / 2
            x = left + _SIDE * side + _GAP
            page.lines(x, start, lines, size * 0.88, colour=FAINT)
        page.lines(left, top - _SIDE * side - line * 0.25, below, size)

    def _texts(
        self, face: Face, width: float, size: float
    ) -> tuple[list[str], list[str]]:
        above = face.wrap(plain(f"↑ {self.up[0]}"), size, width)
        ranges = " | ".join(text for _, text in self.right[1])
        below = [
            *face.wrap(plain(f"→ {self.right[0]}"), size, width),
            *face.wrap(plain(ranges), size, width),
        ]
        return above, below


def lightness(colour: str) -> float:
    """Return how light a colour is to the eye, from 0 to 1 (Rec. 709, gamma left in).

    Examples
    --------
    >>> lightness("#000000"), lightness("#FFFFFF")
    (0.0, 1.0)
    """
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return round(0.2126 * red + 0.7152 * green + 0.0722 * blue, 4)

"""Circles as large as a number, on paper: on the map, and nested in the legend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import shapely

from geo.boundaries import Boundaries
from layers.sheet.font import LINE_SPACING, MM_PER_POINT, Face
from layers.sheet.page import FAINT, INK, PAPER, Page
from layers.sheet.projection import MapFrame, ground
from layers.themes.circles import share_of_radius
from layers.themes.palette import CIRCLE

RADIUS: Final = 4.2
"""Millimetres: of the largest circle on A4."""

_WEIGHT: Final = 0.5
_LEADER: Final = 2.0
_SEGMENTS: Final = 16


def radii(state: Mapping[str, Any], order: pd.Index) -> dict[str, float]:
    """Return the radii of the circles of a map, in millimetres on A4, by adcode.

    Parameters
    ----------
    state : mapping
        A message of :func:`layers.webmap.map_state.map_state`.
    order : pandas.Index
        Adcodes in the order of its values.

    Returns
    -------
    dict of str to float
        Largest first, so that no small circle is hidden. None of a county without a
        number, nor of one with nought.
    """
    told = state.get("circles")
    if not told:
        return {}
    found = {
        str(adcode): RADIUS * share_of_radius(value, told["most"])
        for adcode, value in zip(order, told["values"], strict=True)
        if value
    }
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def draw(
    page: Page,
    frame: MapFrame,
    boundaries: Boundaries,
    circles: Mapping[str, float],
    scale: float,
) -> None:
    """Draw circles, each at a point inside its county.

    Parameters
    ----------
    page : Page
        Where to draw; its lengths are millimetres.
    frame : MapFrame
        Where the map stands, its extent and its scale.
    boundaries : Boundaries
        The counties.
    circles : mapping of str to float
        Radii in millimetres on A4, by adcode, largest first.
    scale : float
        Of text and lines; 1 on A4.
    """
    counties = ground(boundaries, "county")
    discs = [
        frame.place(counties[adcode].representative_point()).buffer(
            radius * scale, quad_segs=_SEGMENTS
        )
        for adcode, radius in circles.items()
    ]
    page.shapes(
        discs,
        fill=CIRCLE,
        stroke=PAPER,
        weight=_WEIGHT * scale,
        opacity=0.8,
        within=frame.box,
    )


@dataclass(frozen=True, slots=True)
class CircleKey:
    """Nested circles that stand on one point, with the number of each beside it.

    Attributes
    ----------
    circles : tuple of (float, str)
        Radius in millimetres, and number in words; the largest first.
    """

    circles: tuple[tuple[float, str], ...]

    @classmethod
    def of(cls, state: Mapping[str, Any], scale: float) -> CircleKey | None:
        """Make the key for a message; None if its map has no circles.

        Parameters
        ----------
        state : mapping
            As for :func:`radii`.
        scale : float
            Of text and lines; 1 on A4.
        """
        told = state.get("circles")
        if not told:
            return None
        return cls(
            tuple(
                (RADIUS * scale * share_of_radius(value, told["most"]), text)
                for value, text in told["keys"]
            )
        )

    def height(self, _face: Face, _width: float, size: float) -> float:
        """Return how high it is, in millimetres.

        Parameters
        ----------
        _face : Face
            In which its letters are set.
        _width : float
            Millimetres that there are for it.
        size : float
            Of its letters, in points.
        """
        return self._tops(size)[-1] + size * MM_PER_POINT

    def draw(
        self, page: Page, left: float, top: float, _width: float, size: float
    ) -> None:
        """Draw it below a line.

        Parameters
        ----------
        page : Page
            Where to draw; its lengths are millimetres.
        left, top : float
            Its left end and its upper one.
        _width : float
            Millimetres that there are for it.
        size : float
            Of its letters, in points.
        """
        unit = size * MM_PER_POINT
        largest = self.circles[0][0]
        base = top - self._tops(size)[-1] - 0.6 * unit
        middle, end = left + largest, left + 2 * largest + _LEADER
        for (radius, text), height in zip(
            reversed(self.circles), self._tops(size), strict=True
        ):
            disc = shapely.Point(middle, base + radius).buffer(
                radius, quad_segs=_SEGMENTS
            )
            page.strokes([disc], INK, _WEIGHT)
            points = [
                (middle, base + 2 * radius),
                (end - _LEADER / 2, base + height),
                (end, base + height),
            ]
            page.line(points, FAINT, 0.35)
            page.text(end + 0.8, base + height - unit * 0.36, text, size)

    def _tops(self, size: float) -> list[float]:
        """Return the heights of the numbers, from the smallest circle's.

        Those of small circles would lie over one another.
        """
        line = size * MM_PER_POINT * LINE_SPACING
        found: list[float] = []
        for radius, _ in reversed(self.circles):
            least = found[-1] + line if found else line / 2
            found.append(max(2 * radius, least))
        return found

"""Names on the map: each inside its polygon, none over another, or left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from layers.sheet.font import MM_PER_POINT, Face
from layers.sheet.page import Box

_GRID: Final = 13
"""Places tried along the longer side of a polygon."""

_AIR: Final = 0.25
"""Millimetres kept free around a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A name that would like to stand on the map.

    Attributes
    ----------
    polygon : shapely geometry
        Where, on the page in millimetres.
    texts : tuple of str
        What to write, the best first: a name, its short form, a number.
    sizes : tuple of float
        Sizes in points, the best first.
    strict : bool
        Whether the whole name must lie inside the polygon; else only its middle.
    """

    key: str
    polygon: Any
    texts: tuple[str, ...]
    sizes: tuple[float, ...]
    strict: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name with its place: the middle of its baseline."""

    key: str
    text: str
    size: float
    x: float
    baseline: float
    box: Box


class Placement:
    """Finds room for names; what is placed first is in the way of what follows.

    Parameters
    ----------
    face : Face
        In which the names are set.
    area : Box
        Outside of which no name may reach.
    taken : sequence of Box
        Where no name may stand.
    """

    def __init__(self, face: Face, area: Box, taken: Sequence[Box] = ()) -> None:
        self._face = face
        self._area = area
        self._taken = [_corners(box) for box in taken]

    def place(
        self, wishes: Sequence[Wish], *, avoid: Sequence[Box] = ()
    ) -> dict[str, Label]:
        """Place names in the order given; those without room are left out.

        Parameters
        ----------
        wishes : sequence of Wish
            The names.
        avoid : sequence of Box
            Places better left to others, but not forbidden.
        """
        unwelcome = [_corners(box) for box in avoid]
        placed = {}
        for wish in wishes:
            label = self._find(wish, unwelcome)
            if label is not None:
                placed[wish.key] = label
                self._taken.append(_corners(label.box))
        return placed

    def _find(self, wish: Wish, unwelcome: Sequence[np.ndarray]) -> Label | None:
        candidates = _candidates(wish.polygon)
        if not len(candidates):
            return None
        shapely.prepare(wish.polygon)
        for text in wish.texts:
            for size in wish.sizes:
                label = self._fit(wish, text, size, candidates, unwelcome)
                if label is not None:
                    return label
        return None

    def _fit(
        self,
        wish: Wish,
        text: str,
        size: float,
        candidates: np.ndarray,
        unwelcome: Sequence[np.ndarray],
    ) -> Label | None:
        half_width = self._face.width(text, size) / 2 + _AIR
        half_height = size * MM_PER_POINT * 0.5 + _AIR
        boxes = np.column_stack(
            [
                candidates[:, 0] - half_width,
                candidates[:, 1] - half_height,
                candidates[:, 0] + half_width,
                candidates[:, 1] + half_height,
            ]
        )
        area = self._area
        free = (
            (boxes[:, 0] >= area.left)
            & (boxes[:, 1] >= area.bottom)
            & (boxes[:, 2] <= area.right)
            & (boxes[:, 3] <= area.top)
        )
        for other in self._taken:
            free &= ~_overlap(boxes, other)
        places = np.flatnonzero(free)
        if wish.strict and len(places):
            rectangles = shapely.box(*boxes[places].T)
            places = places[shapely.contains(wish.polygon, rectangles)]
        if not len(places):
            return None
        conflicts = sum(
            (_overlap(boxes[places], other).astype(int) for other in unwelcome),
            np.zeros(len(places), dtype=int),
        )
        # Candidates are in order of preference; argmin takes the first of the best.
        best = places[int(np.argmin(conflicts))]
        x, y = candidates[best]
        left, bottom, right, top = boxes[best]
        return Label(
            key=wish.key,
            text=text,
            size=size,
            x=float(x),
            baseline=float(y) - size * MM_PER_POINT * self._face.cap_height / 2,
            box=Box(left=left, bottom=bottom, width=right - left, height=top - bottom),
        )


def _candidates(polygon: Any) -> np.ndarray:
    """Return places inside a polygon, the middle of its largest circle first."""
    parts = [part for part in shapely.get_parts(polygon) if part.area > 0]
    if not parts:
        return np.empty((0, 2))
    largest = max(parts, key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.2)
    pole = np.array(circle.coords[0])
    left, bottom, right, top = largest.bounds
    step = max(right - left, top - bottom) / _GRID
    if step <= 0:
        return pole[None, :]
    xs, ys = np.arange(left, right, step / 2), np.arange(bottom, top, step / 2)
    grid = np.array(np.meshgrid(xs, ys)).reshape(2, -1).T
    inside = grid[shapely.contains_xy(largest, grid[:, 0], grid[:, 1])]
    nearest_first = np.argsort(np.hypot(*(inside - pole).T), kind="stable")
    return np.vstack([pole, inside[nearest_first]])


def _corners(box: Box) -> np.ndarray:
    return np.array([box.left, box.bottom, box.right, box.top])


def _overlap(boxes: np.ndarray, other: np.ndarray) -> np.ndarray:
    overlap: np.ndarray = (
        (boxes[:, 0] < other[2])
        & (boxes[:, 2] > other[0])
        & (boxes[:, 1] < other[3])
        & (boxes[:, 3] > other[1])
    )
    return overlap

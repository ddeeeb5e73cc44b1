"""Names on the map: each inside its polygon, none over another, or left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Final

import numpy as np
import shapely

from layers.sheet.box import Box
from layers.sheet.font import MM_PER_POINT, Face

_GRID: Final = 13
"""Places tried along the longer side of a polygon."""

_LEADER_STEP: Final = 0.8
"""Distance of the places tried beside a polygon, in heights of the letters."""

_LEADERS_TRIED: Final = 150
"""Places beside a polygon of which it is asked whether their line meets others."""

_TESTED_AT_ONCE: Final = 100
"""Places beside a polygon; the nearest usually do, and there are tens of thousands."""

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
    """A name with its place: the middle of its baseline.

    Attributes
    ----------
    leader : pair of positions or None
        Line from the polygon to a name that stands outside of it.
    """

    key: str
    text: str
    size: float
    x: float
    baseline: float
    box: Box
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None


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

    def place_outside(
        self, wishes: Sequence[Wish], size: float, others: Any
    ) -> dict[str, Label]:
        """Place names beside their polygons, each with a line that leads to it.

        Parameters
        ----------
        wishes : sequence of Wish
            Names without room inside; the first text of each is taken whole.
        size : float
            In points.
        others : shapely geometry
            Polygons that a name could be taken for the name of; names keep off them
            as long as there is room elsewhere.
        """
        area = self._area
        step = _LEADER_STEP * size * MM_PER_POINT
        grid = (
            np.array(
                np.meshgrid(
                    np.arange(area.left, area.right, step),
                    np.arange(area.bottom, area.top, step),
                )
            )
            .reshape(2, -1)
            .T
        )
        shapely.prepare(others)
        leaders: list[Any] = []
        placed = {}
        for wish in wishes:
            label = self._outside(wish, size, grid, others, leaders)
            if label is None:
                continue
            placed[wish.key] = label
            self._taken.append(_corners(label.box))
            leaders.append(shapely.LineString(label.leader))
        return placed

    def _outside(
        self,
        wish: Wish,
        size: float,
        grid: np.ndarray,
        others: Any,
        leaders: Sequence[Any],
    ) -> Label | None:
        candidates = _candidates(wish.polygon)
        if not len(candidates):
            return None
        pole = candidates[0]
        text = wish.texts[0]
        half_width = self._face.width(text, size) / 2 + _AIR
        half_height = size * MM_PER_POINT * 0.5 + _AIR
        distance = np.hypot(*(grid - pole).T)
        nearest = grid[np.argsort(distance, kind="stable")]
        half = np.array([half_width, half_height])
        boxes = np.column_stack([nearest - half, nearest + half])
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
        if not len(places):
            return None
        names = shapely.box(*np.array(self._taken).T) if self._taken else []
        best = nearest_clear = None
        for place in islice(_clear(boxes, places, others), _LEADERS_TRIED):
            nearest_clear = place if nearest_clear is None else nearest_clear
            line = shapely.LineString([pole, _edge(pole, boxes[place])])
            if not (
                shapely.intersects(line, names).any()
                or any(line.crosses(other) for other in leaders)
            ):
                best = place
                break
        if best is None:
            best = places[0] if nearest_clear is None else nearest_clear
        x, y = nearest[best]
        left, bottom, right, top = boxes[best]
        edge = _edge(pole, boxes[best])
        return Label(
            key=wish.key,
            text=text,
            size=size,
            x=float(x),
            baseline=float(y) - size * MM_PER_POINT * self._face.cap_height / 2,
            box=Box(left=left, bottom=bottom, width=right - left, height=top - bottom),
            leader=((float(pole[0]), float(pole[1])), edge),
        )

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


@lru_cache(maxsize=512)
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


def _clear(boxes: np.ndarray, places: np.ndarray, others: Any) -> Iterator[int]:
    """Yield the places whose box keeps off the others, in their order."""
    for start in range(0, len(places), _TESTED_AT_ONCE):
        some = places[start : start + _TESTED_AT_ONCE]
        yield from some[~shapely.intersects(others, shapely.box(*boxes[some].T))]


def _edge(pole: np.ndarray, box: np.ndarray) -> tuple[float, float]:
    """Return the point of a box that is nearest to a position."""
    x = min(max(float(pole[0]), float(box[0])), float(box[2]))
    y = min(max(float(pole[1]), float(box[1])), float(box[3]))
    return x, y


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

"""How far a layer lies beside the areas that it shows, measured, never mended."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from pyproj import Transformer

from geo.locating import NOWHERE, Shapes
from geo.locating import parts as overlaps
from geo.web_map_shifts import SHIFTS

_ALIKE: Final = 0.55
"""Common area over that of both together, from which on two areas are the same. A
district four kilometres wide that is moved by a kilometre has 0.6 of it."""

_SURELY_ALIKE: Final = 0.8
"""The same of areas that were recognised by size and outline and moved onto ours."""

FARTHEST: Final = 20_000.0
"""Metres: so far areas are looked for that do not overlap ours."""

_TOGETHER: Final = 400.0
"""Metres within which areas of one layer are moved alike."""

_MOST_PAIRS: Final = 2500
"""Of areas of the same size and outline, of which offsets are compared."""

_SAME_SIZE: Final = 0.1
"""By so much two areas may differ in size: else one of them was changed since."""

FEWEST: Final = 3
"""Areas from which on a shift is said to be like a known one."""

_NEAR: Final = 120.0
"""Metres within which a shift is like a known one: the borders of two publishers differ
by as much."""

_SMALL: Final = 60.0
"""Metres below which a layer lies where it should: lines of two publishers differ."""


@dataclass(frozen=True, slots=True)
class Displacement:
    """How far shapes lie beside the areas that they show.

    Attributes
    ----------
    areas : int
        How many were compared.
    metres : float
        Median of the distance of their middles, as the length of the median vector.
    bearing : float
        Where to, clockwise from north, in degrees.
    spread : float
        Metres about the median within which half of the areas lie.
    like : str
        Name of the shift of web maps that it is like: a key of
        :data:`geo.web_map_shifts.SHIFTS`, or "".
    searched : bool
        Whether the areas lie too far beside ours to overlap, and were recognised by
        size and outline.
    """

    areas: int
    metres: float
    bearing: float
    spread: float
    like: str = ""
    searched: bool = False

    @property
    def is_small(self) -> bool:
        """Whether it is no more than lines of two publishers differ by."""
        return self.metres < _SMALL


def same(
    shapes: Shapes,
    areas: Shapes,
    parts: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], Shapes],
    alike: float = _ALIKE,
) -> np.ndarray[Any, Any]:
    """Find the area that each shape shows, by the greatest overlap.

    Parameters
    ----------
    shapes : ndarray of shapely polygons, shape (n,)
        Valid.
    areas : ndarray of shapely polygons, shape (m,)
        Valid.
    parts : tuple
        As :func:`geo.locating.parts` gives them for both.
    alike : float
        Common area over that of both together, from which on two are the same.

    Returns
    -------
    ndarray of int, shape (n,)
        Position of the area, `NOWHERE` if none is alike.
    """
    which, where, pieces = parts
    common = shapely.area(pieces)
    both = shapely.area(shapes[which]) + shapely.area(areas[where]) - common
    likeness = common / both
    found = np.full(len(shapes), NOWHERE)
    for at in np.argsort(likeness, kind="stable"):
        if likeness[at] >= alike:
            found[which[at]] = where[at]
    return found


def searched(shapes: Shapes, areas: Shapes) -> np.ndarray[Any, Any]:
    """Find the area that each shape shows where all of them are moved alike, and far.

    Shapes and areas of the same size and outline are paired, near and far; the offset
    that most shapes share moves all of them onto our areas, and the pairs hold that
    then cover each other.

    Parameters
    ----------
    shapes, areas : ndarray of shapely polygons
        Valid, in metres of one system.

    Returns
    -------
    ndarray of int
        As of :func:`same`; of fewer than :data:`FEWEST` shapes nothing is believed.
    """
    none = np.full(len(shapes), NOWHERE)
    which, offsets = _pairs(shapes, areas)
    if len({*which.tolist()}) < FEWEST:
        return none
    apart = np.hypot(*(offsets[:, None, :] - offsets[None, :, :]).transpose(2, 0, 1))
    together = apart <= _TOGETHER
    shared = [len({*which[near].tolist()}) for near in together]
    east, north = np.median(offsets[together[int(np.argmax(shared))]], axis=0)
    moved = shapely.transform(shapes, lambda xy: xy - (east, north))
    found = same(moved, areas, overlaps(moved, areas), _SURELY_ALIKE)
    return found if (found != NOWHERE).sum() >= FEWEST else none


def _pairs(
    shapes: Shapes, areas: Shapes
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """List shapes that have the size and outline of an area, and the way from it."""

    def form(of: Shapes) -> np.ndarray[Any, Any]:
        left, bottom, right, top = shapely.bounds(of).T
        sizes = np.column_stack([shapely.area(of), right - left, top - bottom])
        logarithms: np.ndarray[Any, Any] = np.log(sizes)
        return logarithms

    unlike = np.abs(form(shapes)[:, None, :] - form(areas)[None, :, :]).max(axis=2)
    middles = [shapely.get_coordinates(shapely.centroid(of)) for of in (shapes, areas)]
    offsets = middles[0][:, None, :] - middles[1][None, :, :]
    far = np.hypot(offsets[..., 0], offsets[..., 1])
    which, where = np.nonzero((unlike <= _SAME_SIZE) & (far <= FARTHEST))
    best = np.argsort(unlike[which, where], kind="stable")[:_MOST_PAIRS]
    which, where = which[best], where[best]
    return which, offsets[which, where]


def displacement(
    theirs: Shapes, ours: Shapes, to_degrees: Transformer
) -> Displacement | None:
    """Measure how far shapes lie beside the areas that they show.

    Parameters
    ----------
    theirs, ours : ndarray of shapely polygons, shape (n,)
        Pairs, in metres of one system.
    to_degrees : pyproj.Transformer
        From that system to longitude and latitude.

    Returns
    -------
    Displacement or None
        None if no pair is left whose sizes are alike.

    Notes
    -----
    Medians of the displacement of centroids, east and north for themselves: an area
    whose border was changed moves its own centroid and no median. Areas that differ in
    size by more than a tenth are left out.
    """
    ratio = shapely.area(theirs) / shapely.area(ours)
    alike = np.abs(ratio - 1) <= _SAME_SIZE
    theirs, ours = theirs[alike], ours[alike]
    if not len(ours):
        return None
    middles = shapely.get_coordinates(shapely.centroid(ours))
    moved = shapely.get_coordinates(shapely.centroid(theirs)) - middles
    east, north = np.median(moved, axis=0)
    spread = float(np.median(np.hypot(*(moved - (east, north)).T)))
    metres = math.hypot(east, north)
    like = ""
    if len(ours) >= FEWEST and metres >= _SMALL:
        like = _like(np.median(middles, axis=0), (east, north), to_degrees)
    bearing = math.degrees(math.atan2(east, north)) % 360
    return Displacement(len(ours), metres, bearing, spread, like)


def _like(
    at: np.ndarray[Any, Any], moved: tuple[float, float], to_degrees: Transformer
) -> str:
    lon, lat = to_degrees.transform(*at)
    for name, shift in SHIFTS.items():
        x, y = to_degrees.transform(*shift(lon, lat), direction="INVERSE")
        if math.hypot(x - at[0] - moved[0], y - at[1] - moved[1]) <= _NEAR:
            return name
    return ""

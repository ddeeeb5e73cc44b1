"""How far a layer lies beside the areas that it shows, measured, never mended."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from pyproj import Transformer

from geo.locating import NOWHERE, Shapes
from geo.web_map_shifts import SHIFTS

_ALIKE: Final = 0.55
"""Common area over that of both together, from which on two areas are the same. A
district four kilometres wide that is moved by a kilometre has 0.6 of it."""

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
    """

    areas: int
    metres: float
    bearing: float
    spread: float
    like: str = ""

    @property
    def is_small(self) -> bool:
        """Whether it is no more than lines of two publishers differ by."""
        return self.metres < _SMALL


def same(
    shapes: Shapes,
    areas: Shapes,
    parts: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], Shapes],
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
        if likeness[at] >= _ALIKE:
            found[which[at]] = where[at]
    return found


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

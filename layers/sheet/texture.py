"""Stripes, hatches and dots as shapes: what paper shows of a look.

The same patterns as on the screen (``layers/webmap/scripts/map/fill-patterns.js``), but
cut to the county instead of being left to a pattern of the format: so every reader and
every plotter shows the same, and lines stay sharp.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import shapely
from shapely import affinity

from layers.sheet.page import PAPER
from layers.themes.palette import Texture

Fill = tuple[str, Texture]

BAND: Final = 1.8
"""Width of a stripe in millimetres: two fit all but the smallest districts."""

_PALENESS: Final = 0.4
"""What is left of a colour where it is pale."""

_TURN: Final = -45
"""Degrees by which patterns are turned: stripes rise to the right."""

_COLOUR_ON_WHITE: Final[frozenset[Texture]] = frozenset({"hatch", "dots"})
"""The others but ``solid`` are white on colour."""


def pieces(
    polygon: Any, fills: Sequence[Fill], band: float = BAND
) -> list[tuple[str, Any]]:
    """Cut a polygon into the coloured pieces that make its look.

    Parameters
    ----------
    polygon : shapely.Polygon or shapely.MultiPolygon
        On the page, in millimetres.
    fills : sequence of (colour, texture)
        One, or several in stripes.
    band : float
        Width of a stripe in millimetres.

    Returns
    -------
    list of (str, shapely geometry)
        Colour and piece, to be drawn one above the other: the first covers the
        polygon, so that no light shows between the others.
    """
    cut = [(_ground(fills[0]), polygon)]
    marks = []
    for place, (colour, texture) in enumerate(fills):
        own = polygon
        if len(fills) > 1:
            stripes = _stripes(polygon, place, len(fills), band)
            own = _areas(polygon.intersection(stripes))
            # Of many stripes not each reaches a small county.
            if own is None or own.is_empty:
                continue
        if place:
            cut.append((_ground((colour, texture)), own))
        if texture != "solid":
            ink = colour if texture in _COLOUR_ON_WHITE else PAPER
            marks.append((ink, _areas(own.intersection(_marks(own, texture, band)))))
    return [piece for piece in [*cut, *marks] if not piece[1].is_empty]


def pale(fills: Sequence[Fill]) -> tuple[Fill, ...]:
    """Return a look in lighter colours, for what is not the subject of a map.

    Examples
    --------
    >>> pale([("#004080", "hatch")])
    (('#99b3cc', 'hatch'),)
    """
    return tuple((_lighter(colour), texture) for colour, texture in fills)


def _lighter(colour: str) -> str:
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(
        f"{round(255 - (255 - part) * _PALENESS):02x}" for part in parts
    )


def _ground(fill: Fill) -> str:
    colour, texture = fill
    return PAPER if texture in _COLOUR_ON_WHITE else colour


def _stripes(polygon: Any, place: int, number: int, band: float) -> Any:
    """Return the stripes of one colour among several, over a polygon."""
    return _bars(polygon, band * number, band * place, band, along=True)


def _marks(polygon: Any, texture: Texture, band: float) -> Any:
    """Return the marks of a texture over a polygon."""
    if texture in {"dots", "spots"}:
        return _dots(polygon, band, band * (0.275 if texture == "dots" else 0.19))
    if texture == "hatch":
        return _bars(polygon, band, 0, 0.44 * band, along=False)
    width = band * (0.125 if texture == "grid" else 0.15)
    start = (band - width) / 2
    if texture == "grid":
        one, other = (
            _bars(polygon, band, start, width, along=along) for along in (True, False)
        )
        return one.union(other)
    return _bars(polygon, band, start, width, along=texture == "lines")


def _bars(
    polygon: Any, period: float, start: float, width: float, *, along: bool
) -> Any:
    """Return parallel bars over a polygon, along the stripes or across them.

    They keep their phase over the whole page, so that stripes run on from county to
    county.
    """
    left, bottom, right, top = _turned_bounds(polygon)
    low, high = (left, right) if along else (bottom, top)
    first = math.floor((low - start - width) / period)
    last = math.ceil((high - start) / period)
    begins = start + period * np.arange(first, last + 1)
    ends = begins + width
    bars = (
        shapely.box(begins, bottom, ends, top)
        if along
        else shapely.box(left, begins, right, ends)
    )
    return affinity.rotate(shapely.multipolygons(bars), _TURN, origin=(0, 0))


def _dots(polygon: Any, period: float, radius: float) -> Any:
    """Return dots in the middle of the stripes, over a polygon."""
    left, bottom, right, top = _turned_bounds(polygon)
    columns = np.arange(math.floor(left / period), math.ceil(right / period) + 1)
    rows = np.arange(math.floor(bottom / period), math.ceil(top / period) + 1)
    centres = np.array(np.meshgrid(columns, rows)).reshape(2, -1).T + 0.5
    rings = _circle(radius)[None, :, :] + period * centres[:, None, :]
    return affinity.rotate(
        shapely.multipolygons(shapely.polygons(rings)), _TURN, origin=(0, 0)
    )


def _turned_bounds(polygon: Any) -> tuple[float, float, float, float]:
    """Return the bounds of a polygon in the frame of the patterns."""
    turned = affinity.rotate(shapely.box(*polygon.bounds), -_TURN, origin=(0, 0))
    left, bottom, right, top = turned.bounds
    return left, bottom, right, top


@cache
def _circle(radius: float) -> np.ndarray:
    corners: np.ndarray = shapely.get_coordinates(
        shapely.Point(0, 0).buffer(radius, quad_segs=4)
    )
    return corners


def _areas(geometry: Any) -> Any:
    """Drop points and lines that an intersection leaves where shapes only touch."""
    parts = [
        polygon
        for part in shapely.get_parts(geometry)
        for polygon in shapely.get_parts(part)
        if polygon.area > 0
    ]
    return shapely.multipolygons(np.array(parts)) if parts else shapely.Polygon()

"""A layer of the reader's own on a sheet: over the counties, and whose it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely

from layers.sheet.box import Box
from layers.sheet.page import PAPER, Page
from layers.sheet.projection import MapFrame, to_ground

COLOUR: Final = "#e6007e"
"""As on the screen, ``layers/webmap/scripts/map/atlas.css``."""

_WEIGHT: Final = 1.1
_RADIUS: Final = 0.75
"""Millimetres of a point; of the scale of A4."""

_CORNERS: Final = 5
"""Of a quarter of its disc."""

_FILL: Final = 0.08

_MOST_FREE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLayer:
    """A layer that lies over the counties of a sheet.

    Attributes
    ----------
    name : str
        Of the file.
    notes : tuple of str
        Whose it is, of when and in which system, and how many of its shapes are drawn.
    shapes : numpy.ndarray
        Geometries on the ground, in metres.
    """

    name: str
    notes: tuple[str, ...]
    shapes: Any = field(repr=False)

    @property
    def has_points(self) -> bool:
        """Whether it is made of points only."""
        return all(int(kind) in {0, 4} for kind in shapely.get_type_id(self.shapes))


def read_layer(text: str) -> OwnLayer | None:
    """Read what :func:`layers.own.overlay.overlay` writes; None for nothing.

    Parameters
    ----------
    text : str
        JSON, or "".
    """
    if not text:
        return None
    told: Mapping[str, Any] = json.loads(text)
    degrees = shapely.from_geojson([json.dumps(s) for s, _ in told["features"]])

    def project(xy: Any) -> Any:
        return np.column_stack(to_ground(xy[:, 0], xy[:, 1]))

    shapes = shapely.transform(degrees, project)
    notes = (*told["told"], told["note"])
    return OwnLayer(name=told["name"], notes=notes, shapes=shapes)


def draw(page: Page, frame: MapFrame, layer: OwnLayer | None, scale: float) -> None:
    """Draw the shapes that reach into the frame.

    Parameters
    ----------
    page : Page
        The page to draw on; its lengths are millimetres.
    frame : MapFrame
        Where the map stands, its extent and its scale.
    layer : OwnLayer or None
        What is drawn.
    scale : float
        Of text and lines; 1 on A4.
    """
    if layer is None:
        return
    placed = shapely.get_parts(frame.place(layer.shapes))
    left, bottom, right, top = shapely.bounds(placed).T
    box = frame.box
    seen = placed[
        (left <= box.right)
        & (right >= box.left)
        & (bottom <= box.top)
        & (top >= box.bottom)
    ]
    kinds = shapely.get_type_id(seen)
    areas = seen[kinds == 3]
    page.shapes(areas, fill=COLOUR, opacity=_FILL, within=box)
    page.strokes([*areas, *seen[kinds == 1]], COLOUR, _WEIGHT * scale, within=box)
    _draw_points(page, seen[kinds == 0], _RADIUS * scale, within=box)


def boxes(frame: MapFrame, layer: OwnLayer | None, scale: float) -> list[Box]:
    """Return where points stand, so that no name is written over them.

    Parameters
    ----------
    frame : MapFrame
        Where the map stands, its extent and its scale.
    layer : OwnLayer or None
        What is drawn. Of more points than a map has names none is kept free.
    scale : float
        Of text and lines; 1 on A4.
    """
    if layer is None:
        return []
    half = _RADIUS * scale
    parts = shapely.get_parts(frame.place(layer.shapes))
    points = parts[shapely.get_type_id(parts) == 0]
    if len(points) > _MOST_FREE:
        return []
    return [
        Box(left=x - half, bottom=y - half, width=2 * half, height=2 * half)
        for x, y in shapely.get_coordinates(points)
    ]


def draw_key(page: Page, box: Box, layer: OwnLayer) -> None:
    """Draw the sign of a legend.

    Parameters
    ----------
    page : Page
        The page to draw on; its lengths are millimetres.
    box : Box
        Where on it.
    layer : OwnLayer
        Of which layer.
    """
    if layer.has_points:
        middle = box.left + box.width / 2, box.bottom + box.height / 2
        _draw_points(page, [shapely.Point(middle)], box.height / 3)
        return
    page.shapes([box.polygon()], fill=COLOUR, opacity=_FILL)
    page.strokes([box.polygon()], COLOUR, _WEIGHT)


def _draw_points(
    page: Page, points: Sequence[Any], radius: float, within: Box | None = None
) -> None:
    discs = shapely.buffer(points, radius, quad_segs=_CORNERS)
    page.shapes([*discs], fill=COLOUR, stroke=PAPER, weight=0.4, within=within)

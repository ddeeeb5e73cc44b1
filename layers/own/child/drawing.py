"""Shapes as they are drawn over a map: as fine as may be, and bounded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely
from pyproj import Transformer

from geo.locating import Shapes

_TOLERANCES: Final = (30.0, 100.0, 300.0, 1000.0, 3000.0)
"""Metres by which a line may be simplified; a pixel of the closest map has fifteen."""

_A_VERTEX: Final = 20
"""Bytes of a vertex as it is written."""

_MOST: Final = 3000
"""Shapes; a browser moves more of them in jerks."""

_DECIMALS: Final = 4


def drawn(
    flat: Shapes, to_metres: Transformer, around: Sequence[float], most: int
) -> list[tuple[int, dict[str, Any]]]:
    """Return the shapes to be drawn, by position.

    Parameters
    ----------
    flat : ndarray of shapely geometries, shape (n,)
        Valid, in metres; may hold None.
    to_metres : pyproj.Transformer
        From longitude and latitude to the system of `flat`.
    around : sequence of float
        West, south, east, north in degrees: what lies beyond is not drawn.
    most : int
        Bytes.

    Returns
    -------
    list of (int, dict)
        Position and GeoJSON geometry in degrees; larger shapes come first where not
        all of them find a place.
    """
    west, south, east, north = around
    frame = shapely.box(*to_metres.transform_bounds(west, south, east, north))
    near = np.flatnonzero(shapely.intersects(flat, frame))
    if len(near) > _MOST:
        order = np.argsort(-shapely.area(flat[near]), kind="stable")
        near = np.sort(near[order[:_MOST]])
    shapes = flat[near]
    for tolerance in _TOLERANCES:
        shapes = shapely.simplify(flat[near], tolerance)
        if shapely.get_num_coordinates(shapes).sum() * _A_VERTEX <= most:
            break
    else:
        order = np.argsort(-shapely.area(shapes), kind="stable")
        sizes = shapely.get_num_coordinates(shapes)[order].cumsum() * _A_VERTEX
        kept = np.sort(order[sizes <= most])
        near, shapes = near[kept], shapes[kept]

    def back(xy: Any) -> Any:
        lon, lat = to_metres.transform(xy[:, 0], xy[:, 1], direction="INVERSE")
        return np.round(np.column_stack([lon, lat]), _DECIMALS)

    degrees = shapely.transform(shapes, back)
    return [
        (int(row), json.loads(text))
        for row, text in zip(near, shapely.to_geojson(degrees), strict=True)
    ]

"""Which area each shape lies in, and how much of it lies in which.

All coordinates are planar, in one projected system; where areas are to be measured it
is an equal-area one.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import shapely

NOWHERE: Final = -1

Shapes = np.ndarray[Any, Any]
"""Of shapely geometries."""


def covering(points: Shapes, areas: Shapes) -> np.ndarray[Any, Any]:
    """Find the area that each point lies in, its border included.

    Parameters
    ----------
    points : ndarray of shapely.Point, shape (n,)
        May hold None.
    areas : ndarray of shapely polygons, shape (m,)
        Valid.

    Returns
    -------
    ndarray of int, shape (n,)
        Position of the area, `NOWHERE` where there is none. A point on a border that
        several share is given to the first of them, so that it counts once.

    Examples
    --------
    >>> west, east = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    >>> points = shapely.points([(0.5, 0.5), (1, 0.5), (3, 0)])
    >>> covering(points, np.array([west, east])).tolist()
    [0, 0, -1]
    """
    found = np.full(len(points), len(areas))
    which, where = shapely.STRtree(areas).query(points, predicate="intersects")
    np.minimum.at(found, which, where)
    return np.where(found == len(areas), NOWHERE, found)


def nearest(
    points: Shapes, areas: Shapes
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Find the area nearest to each point, and the distance.

    Parameters
    ----------
    points : ndarray of shapely.Point, shape (n,)
        None of them missing.
    areas : ndarray of shapely polygons, shape (m,)
        At least one.

    Returns
    -------
    where, distance : ndarray, shape (n,)
        Position of the area; distance in the unit of the coordinates, 0 inside.
    """
    where = shapely.STRtree(areas).nearest(points)
    return where, shapely.distance(points, areas[where])


def parts(
    shapes: Shapes, areas: Shapes
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], Shapes]:
    """Cut shapes along the borders of areas.

    Parameters
    ----------
    shapes : ndarray of shapely geometries, shape (n,)
        Valid; may hold None.
    areas : ndarray of shapely polygons, shape (m,)
        Valid.

    Returns
    -------
    which, where : ndarray of int, shape (k,)
        Positions of shape and area, in this order.
    pieces : ndarray of shapely geometries, shape (k,)
        What of the shape lies in the area: of the dimension of the shape, never empty.
    """
    tree = shapely.STRtree(areas)
    which, where = tree.query(shapes, predicate="intersects")
    order = np.lexsort((where, which))
    which, where = which[order], where[order]
    inside = set(zip(*tree.query(shapes, predicate="covered_by"), strict=True))
    pieces = shapes[which].copy()
    cut = np.array(
        [pair not in inside for pair in zip(which, where, strict=True)], dtype=bool
    )
    pieces[cut] = shapely.intersection(pieces[cut], areas[where[cut]])
    pieces = _of_dimension(pieces, shapely.get_dimensions(shapes)[which])
    kept = ~(shapely.is_missing(pieces) | shapely.is_empty(pieces))
    return which[kept], where[kept], pieces[kept]


def made_valid(shapes: Shapes) -> tuple[Shapes, np.ndarray[Any, Any]]:
    """Mend shapes that cross themselves.

    Parameters
    ----------
    shapes : ndarray of shapely geometries, shape (n,)
        May hold None.

    Returns
    -------
    shapes : ndarray, shape (n,)
        Valid, of the dimension that they had; None where nothing of it is left.
    mended : ndarray of bool, shape (n,)
        Those that were not valid.
    """
    mended = ~(shapely.is_valid(shapes) | shapely.is_missing(shapes))
    if not mended.any():
        return shapes, mended
    dimensions = shapely.get_dimensions(shapes[mended])
    valid = _of_dimension(shapely.make_valid(shapes[mended]), dimensions)
    valid[shapely.is_empty(valid)] = None
    shapes = shapes.copy()
    shapes[mended] = valid
    return shapes, mended


def _of_dimension(shapes: Shapes, dimensions: np.ndarray[Any, Any]) -> Shapes:
    """Leave the parts of one dimension: a border that is only touched is none."""
    others = shapely.get_dimensions(shapes) != dimensions
    mixed = shapely.get_type_id(shapes) == shapely.GeometryType.GEOMETRYCOLLECTION
    shapes = shapes.copy()
    for at in np.flatnonzero((others | mixed) & ~shapely.is_missing(shapes)):
        flat = shapely.get_parts(shapes[at])
        while (shapely.get_type_id(flat) > 3).any():
            flat = shapely.get_parts(flat)
        own = flat[shapely.get_dimensions(flat) == dimensions[at]]
        shapes[at] = shapely.union_all(own) if len(own) else None
    return shapes


def measure(shapes: Shapes) -> np.ndarray[Any, Any]:
    """Return the area of polygons and the length of lines, in kilometres; 0 of points.

    Parameters
    ----------
    shapes : ndarray of shapely geometries, shape (n,)
        In metres.

    Returns
    -------
    ndarray of float, shape (n,)
        Square kilometres or kilometres.
    """
    dimensions = shapely.get_dimensions(shapes)
    lengths = np.where(dimensions == 1, shapely.length(shapes) / 1e3, 0.0)
    return np.where(dimensions == 2, shapely.area(shapes) / 1e6, lengths)

"""GeoJSON as RFC 7946 has it.

GDAL's own writer can do this too (``RFC7946=YES``), but not a member for metadata,
nested values and identifiers that are text, all at once; it is also slower.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Mapping
from typing import Any, Final

import geopandas as gpd
import numpy as np
import orjson
import pandas as pd
import shapely
from shapely.geometry import mapping

from geo.crs import WGS84

DECIMALS: Final = 6
"""Of a coordinate in degrees, about a decimetre; RFC 7946 (11.2) advises no more."""


_PLAIN: Final = frozenset({str, bool, int, type(None)})
"""Types of values that stand in JSON as they are."""


def write(table: gpd.GeoDataFrame, metadata: Mapping[str, Any]) -> bytes:
    """Write a table as a GeoJSON FeatureCollection.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        One feature a row, in any known CRS. The index gives ``id``, and if it has a
        name it is the first property too; the other columns are properties in their
        order. Values may be text, bools, numbers, dates, and lists and mappings of
        these.
    metadata : mapping of str to Any
        Becomes the foreign member ``metadata``; values as those of `table`.

    Returns
    -------
    bytes
        UTF-8 without byte order mark, one feature a line. Positions are longitude
        and latitude in degrees of WGS 84, at most `DECIMALS` decimals, without
        heights; outer rings run counter-clockwise. ``null`` stands for every missing
        value, for numbers that are not finite, which JSON cannot say, and for missing
        and empty geometries.

    Raises
    ------
    ValueError
        If `table` has no CRS, a position is no longitude and latitude on earth, or a
        column is named like the index.
    TypeError
        If a value has no counterpart in JSON; the message names its column.

    Notes
    -----
    The collection has a ``bbox`` (west, south, east, north) of what is drawn in it.
    Without any geometry there is none: RFC 7946 (5) asks for numbers there, and none
    would be true.

    Coordinates are rounded as they are, so that neighbours still share their lines.
    Only a shape that rounding makes invalid is rounded by GEOS, which mends it.

    Examples
    --------
    >>> square = gpd.GeoDataFrame(
    ...     {"name": ["a"]}, geometry=[shapely.box(1, 2, 3, 4)], crs="EPSG:4326"
    ... )
    >>> print(write(square, {}).decode())
    {"type":"FeatureCollection","metadata":{},"bbox":[1.0,2.0,3.0,4.0],"features":[
    {"type":"Feature","id":0,"properties":{"name":"a"},"geometry":{"type":"Polygon",\
"coordinates":[[[3.0,2.0],[3.0,4.0],[1.0,4.0],[1.0,2.0],[3.0,2.0]]]}}
    ]}
    <BLANKLINE>
    """
    shapes = _shapes(table)
    # Not shapely.to_geojson, which is faster, but whose numbers are not always the
    # shortest: GEOS 3.14 writes 114.835248 as 114.83524800000001.
    features = b",\n".join(
        _dump(
            {
                "type": "Feature",
                "id": label,
                "properties": values,
                "geometry": None if shape is None else mapping(shape),
            }
        )
        for label, values, shape in zip(
            _clean_column("the index", table.index),
            _properties(table),
            shapes,
            strict=True,
        )
    )
    bbox = (
        b'"bbox":%b,' % _dump(_extent(shapes))
        if shapely.count_coordinates(shapes)
        else b""
    )
    head = b'"metadata":%b,%b' % (_dump(_clean(metadata)), bbox)
    lines = b"\n%b\n" % features if features else b""
    return b'{"type":"FeatureCollection",%b"features":[%b]}\n' % (head, lines)


def _properties(table: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Give the properties of each row, fit for JSON."""
    attributes = pd.DataFrame(table.drop(columns=table.geometry.name))
    if table.index.name is not None:
        attributes = attributes.reset_index()  # refuses a name that is there already
    if attributes.columns.empty:
        return [{} for _ in range(len(table))]
    names = [str(name) for name in attributes.columns]
    columns = [
        _clean_column(f"column {name!r}", attributes.iloc[:, position])
        for position, name in enumerate(names)
    ]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _clean_column(name: str, values: pd.Series | pd.Index) -> list[Any]:
    """Make the values of one column fit for JSON, or say which column is not."""
    try:
        return [_clean(value) for value in values]
    except TypeError as error:
        raise TypeError(f"{name} cannot be written as GeoJSON: {error}") from error


def _clean(value: Any) -> Any:
    """Make one value fit for JSON."""
    # Exact types first: nearly all of tens of thousands of values are of these, and
    # to ask whether a thing is a Mapping of some kind takes ten times as long.
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict:
        return {str(key): _clean(item) for key, item in value.items()}
    if kind is list:
        return [_clean(item) for item in value]
    if isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, np.generic):
        return _clean(value.item())
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no counterpart in JSON")


def _dump(value: Any) -> bytes:
    """Write JSON on one line; the text is readable, not escaped to ASCII."""
    try:
        # An eighth of the time of the standard library for coordinates, the most of it.
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # a whole number of more than 64 bits
        text = json.dumps(
            value, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )
        return text.encode()


def _shapes(table: gpd.GeoDataFrame) -> np.ndarray:
    """Bring the geometries to degrees, rounded, in order; empty ones to None."""
    if table.crs is None:
        raise ValueError(
            "the table has no CRS: say what its coordinates mean with set_crs, for "
            'example set_crs("EPSG:4326")'
        )
    exact = np.array(table.geometry.to_crs(WGS84), dtype=object)  # a copy to change
    exact[shapely.is_empty(exact)] = None
    _check_positions(exact)

    rounded = shapely.transform(exact, _round)
    spoilt = ~shapely.is_valid(rounded)
    spoilt[spoilt] = shapely.is_valid(exact[spoilt])
    snapped = shapely.set_precision(exact[spoilt], 10.0**-DECIMALS)
    # GEOS snaps to multiples of the grid: 0.30000000000000004 is one of 0.1.
    rounded[spoilt] = shapely.transform(snapped, _round)
    rounded[shapely.is_empty(rounded)] = None
    return np.asarray(shapely.orient_polygons(rounded), dtype=object)


def _extent(shapes: np.ndarray) -> list[float]:
    """Give west, south, east, north of geometries that are not all missing."""
    positions = shapely.get_coordinates(shapes)
    return [*positions.min(axis=0).tolist(), *positions.max(axis=0).tolist()]


def _round(positions: np.ndarray) -> np.ndarray:
    """Round positions, without writing a zero as -0."""
    return positions.round(DECIMALS) + 0.0


def _check_positions(shapes: np.ndarray) -> None:
    """Refuse what is not on earth, e.g. where a reprojection failed."""
    lon, lat = shapely.get_coordinates(shapes).T
    wrong = ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))  # true of NaN too
    if wrong.any():
        raise ValueError(
            f"{wrong.sum()} position(s) are not longitude and latitude in degrees, "
            f"the first is {lon[wrong][0]}, {lat[wrong][0]}: check the table's CRS"
        )

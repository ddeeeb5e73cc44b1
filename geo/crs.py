"""Coordinate systems of the atlas, and the measures that depend on them.

Positions are kept in longitude and latitude; areas and distances are measured on
the WGS 84 ellipsoid, never in degrees, and points are placed in a projection.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

WGS84: Final = "EPSG:4326"
"""What every table and file of the atlas is in: longitude, latitude in degrees."""

CGCS2000: Final = "EPSG:4490"
"""China's geodetic system, which agrees with WGS 84 within a decimetre."""

EQUAL_AREA: Final = (
    "+proj=aea +lat_1=37 +lat_2=42 +lat_0=39.5 +lon_0=116.5 +datum=WGS84 +units=m"
)
"""Albers equal-area conic for Hebei, in metres.

The province reaches from 36.0 to 42.6 degrees north. Deetz and Adams (1934) put
the standard parallels a sixth of that range inside either end: 37 and 42 degrees,
rounded. Lengths are then within 0.1 % of the truth from 36 to 43 degrees north.
"""

_ELLIPSOID = Geod(ellps="WGS84")


def area_km2(geoms: gpd.GeoSeries) -> pd.Series:
    """Measure polygons on the WGS 84 ellipsoid.

    Parameters
    ----------
    geoms : geopandas.GeoSeries, shape (n,)
        Polygons or multipolygons in any known CRS; those in another than
        EPSG:4326 are reprojected first. May hold missing geometries.

    Returns
    -------
    pandas.Series, shape (n,)
        Areas in square kilometres named ``area_km2``, on the index of `geoms`;
        NaN where the geometry is missing, 0 where it is empty.

    Raises
    ------
    ValueError
        If `geoms` has no CRS, or holds points or lines.

    Notes
    -----
    The method is Karney's (2013) [1]_, by way of PROJ: the sides of a polygon are
    geodesics. Against straight sides in the equal-area projection a county of
    Hebei differs by less than a hundred-thousandth.

    PROJ adds signed areas, so a hole only counts as one if it turns against its
    shell: rings are put in order first. Without that, 井陉县, which surrounds the
    two parts of 井陉矿区, came out 10 % too large after simplification.

    References
    ----------
    .. [1] Karney, C. F. F. (2013) Algorithms for geodesics. *J. Geod.* 87, 43-55.

    Examples
    --------
    >>> square = gpd.GeoSeries([shapely.box(116, 39, 117, 40)], ["a"], crs=WGS84)
    >>> area_km2(square).round().to_dict()
    {'a': 9549.0}
    """
    degrees = _in_degrees(geoms)
    others = sorted(set(degrees.geom_type.dropna()) - {"Polygon", "MultiPolygon"})
    if others:
        raise ValueError(f"only polygons have an area, got also: {', '.join(others)}")

    shapes = shapely.orient_polygons(degrees.to_numpy())
    return pd.Series(
        [_shape_area_km2(shape) for shape in shapes],
        index=geoms.index,
        name="area_km2",
        dtype="float64",
    )


def representative_points(geoms: gpd.GeoSeries) -> gpd.GeoSeries:
    """Find a point inside each polygon, for a label or a symbol.

    Parameters
    ----------
    geoms : geopandas.GeoSeries, shape (n,)
        Geometries in any known CRS.

    Returns
    -------
    geopandas.GeoSeries, shape (n,)
        Points in EPSG:4326 on the index of `geoms`.

    Raises
    ------
    ValueError
        If `geoms` has no CRS.

    Notes
    -----
    A centroid may fall outside a bent or divided county (it does for 路南区, 沧县
    and 广阳区), this point does not. It is found in the equal-area projection,
    because in degrees a kilometre weighs more eastward than northward.
    """
    points = _known(geoms).to_crs(EQUAL_AREA).representative_point()
    return points.to_crs(WGS84)


def distance_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Measure the shortest way between two positions on the WGS 84 ellipsoid.

    Parameters
    ----------
    lon1, lat1, lon2, lat2 : float
        Positions in degrees, longitude first.

    Returns
    -------
    float
        Length of the geodesic in kilometres.

    Raises
    ------
    ValueError
        If a latitude is beyond a pole, which in China means that longitude and
        latitude were swapped, or if a coordinate is not a finite number.

    Examples
    --------
    Shijiazhuang to Beijing:

    >>> round(distance_km(114.51, 38.04, 116.41, 39.90))
    264
    """
    for name, lon, lat in (("first", lon1, lat1), ("second", lon2, lat2)):
        if not (np.isfinite(lon) and np.isfinite(lat) and abs(lat) <= 90):
            raise ValueError(
                f"the {name} position is not a longitude and a latitude in degrees, "
                f"in this order: {lon}, {lat}"
            )
    return float(_ELLIPSOID.inv(lon1, lat1, lon2, lat2)[2]) / 1000


def path_km(points: Sequence[tuple[float, float]]) -> float:
    """Measure the way along positions on the WGS 84 ellipsoid.

    Parameters
    ----------
    points : sequence of (float, float)
        At least two, longitude and latitude in degrees.

    Returns
    -------
    float
        Sum of the geodesics in kilometres.

    Raises
    ------
    ValueError
        As :func:`distance_km`.
    """
    return sum(distance_km(*here, *there) for here, there in pairwise(points))


def enclosed_km2(points: Sequence[tuple[float, float]]) -> float | None:
    """Measure what positions enclose if the last is joined to the first.

    Parameters
    ----------
    points : sequence of (float, float)
        Longitude and latitude in degrees.

    Returns
    -------
    float or None
        Square kilometres, as :func:`area_km2` measures; None if they enclose nothing,
        for there are less than three or the line crosses itself.
    """
    if len({*points}) < 3:
        return None
    ring = shapely.Polygon(points)
    if not ring.is_valid or not ring.area:
        return None
    return _shape_area_km2(shapely.orient_polygons(ring))


def _shape_area_km2(shape: Any) -> float:
    """Give the geodesic area of one geometry whose rings are in order."""
    if shape is None:
        return float("nan")
    if shape.is_empty:
        return 0.0
    return float(_ELLIPSOID.geometry_area_perimeter(shape)[0]) / 1e6


def _known(geoms: gpd.GeoSeries) -> gpd.GeoSeries:
    """Refuse geometries whose coordinates could mean anything."""
    if geoms.crs is None:
        raise ValueError(
            "the geometries have no CRS: say what their coordinates mean with "
            'set_crs, for example set_crs("EPSG:4326")'
        )
    return geoms


def _in_degrees(geoms: gpd.GeoSeries) -> gpd.GeoSeries:
    """Bring geometries to EPSG:4326."""
    return _known(geoms).to_crs(WGS84)

"""Coordinate systems of the OGC API (OGC 18-058r1, Part 2), by their addresses.

Positions stand in the order of axes that each system prescribes: CRS84 has the
longitude first, EPSG:4326 the latitude, China's zones the northing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely.geometry import mapping, shape

from geo.export.systems import NUMBERED_ZONES, WEB_MERCATOR, ZONES
from views.http.ogc.query import no_value

CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

_IN_DEGREES: Final = ("EPSG:4326", "EPSG:4490")

OFFERED: Final[Mapping[str, str]] = {
    CRS84: "OGC:CRS84",
    **{
        f"http://www.opengis.net/def/crs/EPSG/0/{code.partition(':')[2]}": code
        for code in (*_IN_DEGREES, *ZONES, *NUMBERED_ZONES, WEB_MERCATOR)
    },
}
"""Code by address, the system in which positions are stored first."""

_DECIMALS: Final = {True: 7, False: 3}
"""Of positions: of degrees, of metres."""


def offered(name: str, address: str) -> str:
    """Return the address of a system that is offered; a short form too.

    Parameters
    ----------
    name : str
        Of the parameter, for the message.
    address : str
        Its value.

    Raises
    ------
    RefusedQueryError
        If there is none of that address.
    """
    plain = address.strip("[]")
    for known, code in OFFERED.items():
        if plain in {known, known.replace("http:", "https:"), code}:
            return known
    raise no_value(name, address)


def placed(geometry: Mapping[str, Any], address: str) -> dict[str, Any]:
    """Return a GeoJSON geometry of CRS84 in another system."""
    decimals = _DECIMALS[_crs(address).is_geographic]
    transform = _transformer(address).transform

    def move(positions: np.ndarray) -> np.ndarray:
        return np.round(np.column_stack(transform(*positions.T)), decimals)

    return dict(mapping(shapely.transform(shape(geometry), move)))


def in_degrees(bounds: Sequence[float], address: str) -> list[float]:
    """Return a box of a system as the box of CRS84 around it.

    Raises
    ------
    RefusedQueryError
        If it reaches beyond what the system describes.
    """
    if address == CRS84:
        return [*bounds]
    half = len(bounds) // 2
    corners = bounds[0], bounds[1], bounds[half], bounds[half + 1]
    back = _transformer(address)
    west, south, east, north = back.transform_bounds(*corners, direction="INVERSE")
    if not all(map(np.isfinite, (west, south, east, north))):
        raise no_value("bbox", ",".join(map(str, bounds)))
    return [west, south, east, north]


def to_degrees(geometry: Any, address: str) -> Any:
    """Return a geometry of a filter, given in a system, in CRS84."""
    back = _transformer(address)

    def move(positions: np.ndarray) -> np.ndarray:
        first, second = positions.T
        return np.column_stack(back.transform(first, second, direction="INVERSE"))

    found = shapely.transform(geometry, move)
    if not np.isfinite(shapely.get_coordinates(found)).all():
        raise no_value("filter-crs", address)
    return found


@lru_cache(maxsize=len(OFFERED))
def _crs(address: str) -> CRS:
    return CRS(OFFERED[address])


@lru_cache(maxsize=len(OFFERED))
def _transformer(address: str) -> Transformer:
    return Transformer.from_crs("OGC:CRS84", OFFERED[address])

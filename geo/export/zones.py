"""The names by which people call a coordinate system, and how far a zone is true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS, Proj

from geo.crs import CGCS2000, WGS84
from geo.export.faults import CrsRefusedError
from geo.language import N_

_NAMED: Final[Mapping[str, str]] = {
    "WGS84": WGS84,
    "CRS84": WGS84,
    "CGCS2000": CGCS2000,
    "CHINAGEODETICCOORDINATESYSTEM2000": CGCS2000,
    "2000国家大地坐标系": CGCS2000,
    "国家2000": CGCS2000,
    "WEBMERCATOR": "EPSG:3857",
}
"""By name without blanks and marks, in capitals."""

_CODE: Final = re.compile(r"(?:EPSG[:/]*(?:0[:/]+)?)?(\d{4,5})", re.ASCII)

_ENCRYPTED: Final = frozenset({"GCJ02", "GCJ2", "MARS", "BD09", "BAIDU", "火星坐标系"})
"""Systems of web maps whose positions are shifted; no register defines them."""

_WIDE: Final = 1 / 40_000
"""Greatest error of a length that plans at large scale may have (GB 50026: 2.5 cm a
kilometre); what is within it is not worth a word."""


def canonical(name: str) -> str:
    """Return the id of the system that somebody calls by another name.

    Parameters
    ----------
    name : str
        As people write it: a code with or without its authority, a name with blanks.

    Returns
    -------
    str
        ``EPSG:<code>`` for a code, else `name` as it is; whether there is such a
        system to export to is not asked.

    Raises
    ------
    CrsRefusedError
        If it is a shifted system of web maps.

    Examples
    --------
    >>> canonical("4548"), canonical("epsg:4490"), canonical("CGCS 2000")
    ('EPSG:4548', 'EPSG:4490', 'EPSG:4490')
    >>> canonical("http://www.opengis.net/def/crs/EPSG/0/4547"), canonical("albers")
    ('EPSG:4547', 'albers')
    """
    plain = re.sub(r"[\s_\-]", "", name).upper()
    if plain in _ENCRYPTED:
        raise CrsRefusedError(
            N_(
                "Files are not made in {crs}: its positions are shifted by up to 600 m "
                "by a method that is not public, and no register defines it. Take "
                "EPSG:4326 or EPSG:4490, and let the web map shift them."
            ),
            crs=name[:60],
        )
    if plain in _NAMED:
        return _NAMED[plain]
    code = _CODE.fullmatch(plain.rpartition("/CRS/")[2])
    return f"EPSG:{code[1]}" if code else name


@dataclass(frozen=True, slots=True)
class Distortion:
    """How far lengths in a projected system differ from those on the ellipsoid.

    Attributes
    ----------
    greatest : float
        Largest relative error of a length within the table; positive if it is too
        long.
    meridians : tuple of int
        Central meridians of the 3-degree zones that the table reaches into.
    """

    greatest: float
    meridians: tuple[int, ...]

    @property
    def is_wide(self) -> bool:
        """Whether the error is larger than plans at large scale may have."""
        return abs(self.greatest) > _WIDE


def distortion(table: gpd.GeoDataFrame, target: CRS) -> Distortion:
    """Measure how much lengths are distorted in a system, over all vertices.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        In any known CRS; not empty.
    target : pyproj.CRS
        A conformal projected system, so that the error has no direction.
    """
    lon, lat = shapely.get_coordinates(table.geometry.to_crs(WGS84).to_numpy()).T
    scale = np.asarray(Proj(target).get_factors(lon, lat).meridional_scale)
    errors = scale - 1
    zones = sorted({int(3 * round(value)) for value in np.unique(np.round(lon / 3))})
    return Distortion(float(errors[np.argmax(np.abs(errors))]), tuple(zones))

"""Coordinate systems that files are offered in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
from pyproj import CRS
from pyproj.crs import ProjectedCRS

from geo.crs import CGCS2000, EQUAL_AREA, WGS84
from geo.export.faults import CrsRefusedError
from geo.export.zones import canonical
from geo.language import N_, Language, speaker

GAUSS_KRUGER: Final = "gauss-kruger"
ALBERS: Final = "albers"
WEB_MERCATOR: Final = "EPSG:3857"

_FIRST_MERIDIAN: Final = 75
_LAST_MERIDIAN: Final = 135
_FIRST_ZONE: Final = 4534
"""EPSG numbers the 21 zones of three degrees without zone prefix in a row from here."""

ZONES: Final = ("EPSG:4547", "EPSG:4548", "EPSG:4549")
"""The zones around 114, 117 and 120 degrees east, eastings without zone number."""

NUMBERED_ZONES: Final = ("EPSG:4526", "EPSG:4527", "EPSG:4528")
"""The same zones, 38 to 40, with their number before the easting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A coordinate system by the name that a caller gives it.

    Attributes
    ----------
    id : str
        Name in calls and addresses.
    title : str
        Message id of what it is called and good for.
    """

    id: str
    title: str

    def name(self, language: Language) -> str:
        """Return what the system is called, in one language."""
        return speaker(language)(self.title)


SYSTEMS: Final[Mapping[str, System]] = {
    system.id: system
    for system in (
        System(id=WGS84, title=N_("WGS 84, longitude and latitude")),
        System(id=CGCS2000, title=N_("CGCS2000, longitude and latitude")),
        System(
            id=GAUSS_KRUGER,
            title=N_("CGCS2000, the 3-degree Gauss–Krüger zone that fits"),
        ),
        *(
            System(id=code, title=title)
            for code, title in zip(
                (*ZONES, *NUMBERED_ZONES),
                (
                    N_("CGCS2000, 3-degree zone around 114°E (EPSG:4547)"),
                    N_("CGCS2000, 3-degree zone around 117°E (EPSG:4548)"),
                    N_("CGCS2000, 3-degree zone around 120°E (EPSG:4549)"),
                    N_("CGCS2000, 3-degree zone 38, with its number (EPSG:4526)"),
                    N_("CGCS2000, 3-degree zone 39, with its number (EPSG:4527)"),
                    N_("CGCS2000, 3-degree zone 40, with its number (EPSG:4528)"),
                ),
                strict=True,
            )
        ),
        System(id=ALBERS, title=N_("Albers equal-area of Hebei, to measure areas")),
        System(
            id=WEB_MERCATOR,
            title=N_("Web Mercator, for web tiles; areas and lengths are not true"),
        ),
    )
}
"""Every system by its id, in the order in which to offer them."""

CONFORMAL: Final = (GAUSS_KRUGER, *ZONES, *NUMBERED_ZONES)
"""Those in which the error of a length has no direction, and is worth saying."""

REGISTERED: Final = tuple(name for name in SYSTEMS if name != ALBERS)
"""Ids of the systems that EPSG has a number for: GML names a system, it cannot hold the
definition of one."""

IN_METRES: Final = tuple(name for name in SYSTEMS if name not in {WGS84, CGCS2000})
"""Ids of the systems that a drawing can be in."""


def system_id(name: str) -> str:
    """Return the id of the system that a name means, as people write it.

    Raises
    ------
    CrsRefusedError
        If there is no such system to export to, or it is a shifted one of web maps.

    Examples
    --------
    >>> system_id("4548"), system_id("CGCS2000"), system_id("albers")
    ('EPSG:4548', 'EPSG:4490', 'albers')
    """
    found = canonical(name)
    if found not in SYSTEMS:
        raise CrsRefusedError.unknown(name, SYSTEMS)
    return found


def fitting(table: gpd.GeoDataFrame, name: str) -> CRS:
    """Find the coordinate system that a name means for a table.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        In any known CRS; the middle of its extent decides on the zone.
    name : str
        A key of `SYSTEMS`.

    Returns
    -------
    pyproj.CRS
        The system.

    Raises
    ------
    CrsRefusedError
        If there is no such system, or China's zones do not reach to the table.

    Examples
    --------
    >>> import shapely
    >>> xinji = gpd.GeoDataFrame(geometry=[shapely.box(115, 37.6, 115.4, 38)], crs=4326)
    >>> fitting(xinji, "gauss-kruger").name
    'CGCS2000 / 3-degree Gauss-Kruger CM 114E'
    """
    if name not in SYSTEMS:
        raise CrsRefusedError.unknown(name, SYSTEMS)
    if name == ALBERS:
        return equal_area()
    if name == GAUSS_KRUGER:
        return CRS.from_epsg(zone(_middle(table)))
    return CRS(name)


def zone(longitude: float) -> int:
    """Return the EPSG code of the CGCS2000 3-degree zone around a longitude.

    Raises
    ------
    CrsRefusedError
        If the longitude is not China's.

    Examples
    --------
    >>> zone(114.2), zone(116.9), zone(119.8)
    (4547, 4548, 4549)
    """
    meridian = 3 * round(longitude / 3)
    if not _FIRST_MERIDIAN <= meridian <= _LAST_MERIDIAN:
        raise CrsRefusedError(
            N_(
                "China's Gauss–Krüger zones do not reach to longitude {longitude}: "
                "choose another coordinate system."
            ),
            longitude=round(longitude, 2),
        )
    return _FIRST_ZONE + (meridian - _FIRST_MERIDIAN) // 3


def equal_area() -> CRS:
    """Return the equal-area system of :mod:`geo.crs` under a name for readers."""
    # From its text alone PROJ would call it "unknown", and so would every reader.
    return ProjectedCRS(
        CRS(EQUAL_AREA).coordinate_operation,
        name="Albers equal-area conic of Hebei, WGS 84",
        geodetic_crs=WGS84,
    )


def called(crs: CRS) -> str:
    """Say which system a file is in: code and name.

    Examples
    --------
    >>> called(CRS(4490))
    'EPSG:4490, China Geodetic Coordinate System 2000'
    """
    authority = crs.to_authority()
    # The one without a code is ours; its definition says more than a name could.
    code = ":".join(authority) if authority else EQUAL_AREA
    return f"{code}, {crs.name}"


def _middle(table: gpd.GeoDataFrame) -> float:
    """Return the longitude in the middle of a table; of Hebei if it is empty."""
    west, _, east, _ = table.to_crs(WGS84).total_bounds
    middle = (west + east) / 2
    return 116.5 if math.isnan(middle) else float(middle)

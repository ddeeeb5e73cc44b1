"""The shifts of Chinese web maps, to recognise them in layers of others.

Web maps in China show positions moved by some hundred metres (GCJ-02), Baidu's moved
once more (BD-09). The methods are not public. What is known of them was found by
comparison and published many times, first as the C# class EvilTransform (2013); the
numbers here are those of prcoords (CC0), which agree with it to a centimetre. They are
good to tell one shift from another, and nothing is moved back by them.
"""

from __future__ import annotations

import math
from typing import Final

_AXIS: Final = 6_378_245.0
"""Semi-major axis of the Krasovsky ellipsoid, in metres."""
_ECCENTRICITY: Final = 0.006_693_421_622_965_943
"""Squared."""


def gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Return where web maps show a position in mainland China.

    Parameters
    ----------
    lon, lat : float
        WGS 84, degrees.

    Returns
    -------
    lon, lat : float
        Degrees.

    Examples
    --------
    >>> lon, lat = gcj02(114.5, 38.0)
    >>> round(lon, 5), round(lat, 5)
    (114.50603, 38.00067)
    """
    x, y = lon - 105, lat - 35
    waves = 20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)
    north = (
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
        + (waves + 20 * math.sin(y * math.pi) + 40 * math.sin(y * math.pi / 3)
           + 160 * math.sin(y * math.pi / 12) + 320 * math.sin(y * math.pi / 30))
        * 2 / 3
    )  # fmt: skip
    east = (
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
        + (waves + 20 * math.sin(x * math.pi) + 40 * math.sin(x * math.pi / 3)
           + 150 * math.sin(x * math.pi / 12) + 300 * math.sin(x * math.pi / 30))
        * 2 / 3
    )  # fmt: skip
    angle = math.radians(lat)
    bend = 1 - _ECCENTRICITY * math.sin(angle) ** 2
    meridian = _AXIS * (1 - _ECCENTRICITY) / bend**1.5
    parallel = _AXIS / math.sqrt(bend) * math.cos(angle)
    return lon + math.degrees(east / parallel), lat + math.degrees(north / meridian)


def bd09(lon: float, lat: float) -> tuple[float, float]:
    """Return where Baidu's maps show a position in mainland China.

    Parameters
    ----------
    lon, lat : float
        WGS 84, degrees.

    Returns
    -------
    lon, lat : float
        Degrees.
    """
    x, y = gcj02(lon, lat)
    turned = math.pi * 3000 / 180
    radius = math.hypot(x, y) + 0.00002 * math.sin(y * turned)
    angle = math.atan2(y, x) + 0.000003 * math.cos(x * turned)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


SHIFTS: Final = {"GCJ-02": gcj02, "BD-09": bd09}
"""By the name that people know."""

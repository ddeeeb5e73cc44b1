"""Shapes as WKB, written without any library: bounded, exact, and nothing else.

What a file calls a geometry is checked part by part; coordinates keep all their digits.
Heights and measures are left out. OGC 06-103r4, part 8.2, little-endian.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping, Sequence
from typing import Any, Final

from layers.own.child.faults import NotReadError

_CODES: Final = {
    "Point": 1,
    "LineString": 2,
    "Polygon": 3,
    "MultiPoint": 4,
    "MultiLineString": 5,
    "MultiPolygon": 6,
    "GeometryCollection": 7,
}
_DEEPEST: Final = 8
"""Collections within collections; real ones have one or two."""


class _BrokenError(ValueError):
    """What should be a shape is none."""


class Writer:
    """Writes shapes one after another and counts their vertices.

    Parameters
    ----------
    most : int
        Vertices of all shapes together.

    Attributes
    ----------
    closed : int
        Rings that were not closed, and were.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._vertices = 0
        self.closed = 0

    def write(self, shape: object) -> bytes | None:
        """Write a shape as GeoJSON has it.

        Returns
        -------
        bytes or None
            None where there is no shape, or it is empty; no bytes at all where what
            stands there is no shape that can be read.

        Raises
        ------
        NotReadError
            If there are more vertices than allowed.
        """
        if shape is None:
            return None
        try:
            return self._shape(shape, 0)
        except (_BrokenError, struct.error, OverflowError):
            return b""

    def _shape(self, shape: object, depth: int) -> bytes | None:
        if not isinstance(shape, Mapping) or depth > _DEEPEST:
            raise _BrokenError
        kind = shape.get("type")
        if kind not in _CODES:
            raise _BrokenError
        if kind == "GeometryCollection":
            parts = _sequence(shape.get("geometries"))
            written = [self._shape(part, depth + 1) for part in parts]
            return _several(kind, [part for part in written if part])
        content = _sequence(shape.get("coordinates"))
        if not content:
            return None
        if kind.startswith("Multi"):
            single = kind.removeprefix("Multi")
            parts = [self._simple(single, _sequence(one)) for one in content if one]
            return _several(kind, parts)
        return self._simple(kind, content)

    def _simple(self, kind: str, content: Sequence[Any]) -> bytes:
        head = struct.pack("<BI", 1, _CODES[kind])
        if kind == "Point":
            return head + self._line([content], counted=False)
        if kind == "LineString":
            if len(content) < 2:
                raise _BrokenError
            return head + self._line(content)
        rings = [self._ring(_sequence(ring)) for ring in content]
        return head + struct.pack("<I", len(rings)) + b"".join(rings)

    def _ring(self, points: Sequence[Any]) -> bytes:
        if len(points) < 3:
            raise _BrokenError
        if list(points[0][:2]) != list(points[-1][:2]):
            points = [*points, points[0]]
            self.closed += 1
        if len(points) < 4:
            raise _BrokenError
        return self._line(points)

    def _line(self, points: Sequence[Any], *, counted: bool = True) -> bytes:
        self._vertices += len(points)
        if self._vertices > self._most:
            raise NotReadError("too_large", "vertices", limit=self._most)
        numbers = [number for point in points for number in _position(point)]
        begin = struct.pack("<I", len(points)) if counted else b""
        return begin + struct.pack(f"<{len(numbers)}d", *numbers)


def _several(kind: str, parts: Sequence[bytes]) -> bytes | None:
    if not parts:
        return None
    return struct.pack("<BII", 1, _CODES[kind], len(parts)) + b"".join(parts)


def _sequence(content: object) -> Sequence[Any]:
    if not isinstance(content, list | tuple):
        raise _BrokenError
    return content


def _position(point: object) -> tuple[float, float]:
    if not isinstance(point, list | tuple) or len(point) < 2:
        raise _BrokenError
    x, y = point[0], point[1]
    for number in (x, y):
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise _BrokenError
        if not math.isfinite(number):
            raise _BrokenError
    return float(x), float(y)

"""The process that places shapes of others: limits first, then geometry, then its end.

Started as ``python -m layers.own.child.placing``. Shapes that cross themselves a
million times take a geometry engine hours and gigabytes; here they take what the
limits allow.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, BinaryIO, Final

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from geo.displacement import FEWEST, Displacement, displacement, same, searched
from geo.locating import NOWHERE, Shapes, covering, made_valid, measure, nearest, parts
from layers.own.child.confinement import confine
from layers.own.child.drawing import drawn
from layers.own.limits import MEGABYTE, Limits

_DEGREES: Final = "EPSG:4326"
_LONGEST: Final = 0.1
"""Degrees after which a side of a shape in degrees gets a vertex more: it is straight
there, and bent in a projection."""

_MOST_MATCHED: Final = 1000
"""Polygons of a layer that may be counties or prefectures."""


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Answer with where the shapes lie, or with why that cannot be said."""
    asked = json.loads(source.readline())
    limits = Limits(**asked["limits"])
    confine(limits)
    content = io.BytesIO(source.read())
    shapes = _shapes(content, asked["shapes"])
    counties = _shapes(content, asked["counties"])
    prefectures = _shapes(content, asked["prefectures"])
    try:
        answer = _placed(asked, shapes, counties, prefectures, limits)
    except MemoryError:
        answer = _refusal("too_large", "memory", limit=limits.memory_mb)
    encoded = json.dumps(answer, ensure_ascii=False, allow_nan=False).encode()
    if len(encoded) > limits.answer_mb * MEGABYTE:
        refused = _refusal("too_large", "answer", limit=limits.answer_mb)
        encoded = json.dumps(refused).encode()
    target.write(encoded)


def _refusal(kind: str, reason: str, **details: int) -> dict[str, Any]:
    return {"refused": kind, "reason": reason, "details": details}


def _shapes(content: BinaryIO, sizes: Sequence[int]) -> Shapes:
    """Take shapes of these sizes; a size below one is a shape that is not there."""
    raw = [content.read(size) if size > 0 else None for size in sizes]
    return np.atleast_1d(shapely.from_wkb(raw, on_invalid="ignore"))


def _placed(
    asked: dict[str, Any],
    shapes: Shapes,
    counties: Shapes,
    prefectures: Shapes,
    limits: Limits,
) -> dict[str, Any]:
    metres = CRS(asked["equal_area"])
    to_metres = Transformer.from_crs(_DEGREES, metres, always_xy=True)
    counties = projected(counties, to_metres)
    tried = asked["systems"]
    around = asked["around"]
    try:
        crs = CRS(asked["crs"]) if asked["crs"] else None
    except CRSError:
        crs = None
    first = _first_positions(shapes)
    fits = [
        _fit(name, first, counties, to_metres)
        for name in tried
        if crs is None or not crs.equals(CRS(name))
    ]
    if crs is None:
        return {"fits": fits}
    cause = _fault(first, crs, around, fits)
    if cause is not None:
        return cause | {"fits": fits}
    to_degrees = Transformer.from_crs(crs, _DEGREES, always_xy=True)
    impossible = ~_possible(shapes, crs)
    shapes = shapes.copy()
    shapes[impossible] = None
    # Here and not only in metres, where a flat shape in degrees is a bent sliver.
    shapes, mended = made_valid(shapes)
    broken = mended & shapely.is_missing(shapes)
    if crs.is_geographic:
        shapes = shapely.segmentize(shapes, _LONGEST)
    degrees = projected(shapes, to_degrees)
    lost = ~shapely.is_missing(degrees) & ~np.isfinite(shapely.bounds(degrees)).all(1)
    degrees[lost] = None
    flat, _ = made_valid(projected(degrees, to_metres))
    points = shapely.point_on_surface(flat)
    county = covering(points, counties)
    which, where, pieces = parts(flat, counties)
    sizes = measure(pieces)
    outside = np.flatnonzero((county == NOWHERE) & ~shapely.is_missing(flat))
    near, far = nearest(points[outside], counties)
    moved = _moved(flat, counties, projected(prefectures, to_metres), to_metres)
    return {
        "kinds": shapely.get_dimensions(flat).tolist(),
        "sizes": measure(flat).tolist(),
        "county": county.tolist(),
        "impossible": np.flatnonzero(impossible | lost).tolist(),
        "broken": np.flatnonzero(broken).tolist(),
        "mended": np.flatnonzero(mended & ~broken).tolist(),
        "near": [
            [int(row), int(area), float(distance)]
            for row, area, distance in zip(outside, near, far, strict=True)
        ],
        "parts": [
            [int(row), int(area), float(size)]
            for row, area, size in zip(which, where, sizes, strict=True)
            if size
        ],
        "covered": _covered(where, pieces),
        "datum": _datum(crs),
        "moved": moved,
        "drawn": drawn(flat, to_metres, around, limits.drawn_kb * 1024),
    }


def projected(shapes: Shapes, transformer: Transformer) -> Shapes:
    """Bring shapes into another system; what has no place there gets infinity.

    Parameters
    ----------
    shapes : ndarray of shapely geometries
        May hold None.
    transformer : pyproj.Transformer
        From their system to the other.
    """

    def move(xy: Any) -> Any:
        return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))

    return np.atleast_1d(np.asarray(shapely.transform(shapes, move)))


def _first_positions(shapes: Shapes) -> Any:
    known = shapes[~shapely.is_missing(shapes)]
    positions, owner = shapely.get_coordinates(known, return_index=True)
    return positions[np.unique(owner, return_index=True)[1]]


def _possible(shapes: Shapes, crs: CRS) -> Any:
    """Say of which shapes all coordinates can be of a system in degrees."""
    if not crs.is_geographic:
        return np.ones(len(shapes), dtype=bool)
    west, south, east, north = shapely.bounds(shapes).T
    beyond = (west < -180) | (east > 180) | (south < -90) | (north > 90)
    return ~beyond


def _fit(
    name: str, first: Any, counties: Shapes, to_metres: Transformer
) -> dict[str, Any]:
    """Say how many shapes begin in which county if they are in a system.

    ``swapped`` says that this holds only with both axes changed about.
    """
    crs = CRS(name)
    to_degrees = Transformer.from_crs(crs, _DEGREES, always_xy=True)
    best: dict[str, Any] = {"crs": name, "inside": 0, "swapped": False, "counties": []}
    for swapped in (False, True):
        xy = first[:, ::-1] if swapped else first
        flat = np.column_stack(
            to_metres.transform(*to_degrees.transform(xy[:, 0], xy[:, 1]))
        )
        finite = np.isfinite(flat).all(axis=1)
        found = covering(shapely.points(flat[finite]), counties)
        found = found[found != NOWHERE]
        if len(found) > best["inside"]:
            inside, often = np.unique(found, return_counts=True)
            most = inside[np.argsort(-often, kind="stable")][:3]
            best |= {"inside": len(found), "swapped": swapped}
            best["counties"] = most.tolist()
    return best


def _fault(
    first: Any, crs: CRS, around: Sequence[float], fits: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    """Say why coordinates cannot be what they are said to be, with the likely cause."""
    if not len(first):
        return None
    to_degrees = Transformer.from_crs(crs, _DEGREES, always_xy=True)

    def inside(xy: Any) -> int:
        lon, lat = to_degrees.transform(xy[:, 0], xy[:, 1])
        west, south, east, north = around
        ok = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        return int(ok.sum())

    beyond = 0
    if crs.is_geographic:
        beyond = int(((abs(first[:, 0]) > 180) | (abs(first[:, 1]) > 90)).sum())
    if inside(first) and beyond * 2 < len(first):
        return None
    x, y = (float(value) for value in np.median(first, axis=0))
    about: dict[str, Any] = {"x": round(x, 5), "y": round(y, 5), "crs": called(crs)}
    if inside(first[:, ::-1]) * 2 >= len(first):
        reason = "swapped" if crs.is_geographic else "survey_axes"
        return _cause(reason, **about)
    likely = max(fits, key=lambda fit: fit["inside"], default=None)
    if likely and likely["inside"] * 2 >= len(first):
        reason = "other_system"
        if crs.is_geographic:
            reason = "metres"
        elif CRS(likely["crs"]).is_geographic:
            reason = "degrees"
        return _cause(reason, likely=likely["crs"], **about)
    if beyond * 2 >= len(first):
        metres = max(abs(x), abs(y)) > 1000
        return _cause("metres_of" if metres else "beyond", **about)
    lon, lat = to_degrees.transform(x, y)
    if not (np.isfinite(lon) and np.isfinite(lat)):
        return _cause("beyond", **about)
    about |= {"lon": round(float(lon), 2), "lat": round(float(lat), 2)}
    return _cause("elsewhere", **about)


def _cause(reason: str, **details: Any) -> dict[str, Any]:
    return {"cause": reason, "details": details}


def called(crs: CRS) -> str:
    """Name a system by its code, or by its name if it has none."""
    authority = crs.to_authority()
    return ":".join(authority) if authority else crs.name[:80]


def _datum(crs: CRS) -> str:
    datum = crs.geodetic_crs.datum if crs.geodetic_crs else None
    return datum.name if datum else ""


def _covered(where: Any, pieces: Shapes) -> dict[int, float]:
    """Return what polygons cover of each area, each place once, in km²."""
    surfaces = shapely.get_dimensions(pieces) == 2
    found = {}
    for area in np.unique(where[surfaces]):
        own = pieces[surfaces & (where == area)]
        whole = own[0] if len(own) == 1 else shapely.union_all(own)
        found[int(area)] = float(shapely.area(whole)) / 1e6
    return found


def _moved(
    flat: Shapes, counties: Shapes, prefectures: Shapes, to_metres: Transformer
) -> dict[str, Any] | None:
    """Measure how far polygons that are counties or prefectures lie beside ours."""
    surfaces = flat[shapely.get_dimensions(flat) == 2]
    if not 0 < len(surfaces) <= _MOST_MATCHED:
        return None
    to_degrees = Transformer.from_crs(
        to_metres.target_crs, to_metres.source_crs, always_xy=True
    )
    levels = (("county", counties), ("prefecture", prefectures))
    few: tuple[str, Displacement] | None = None
    for far in (False, True):
        for level, areas in levels:
            shown = (
                searched(surfaces, areas)
                if far
                else same(surfaces, areas, parts(surfaces, areas))
            )
            known = shown != NOWHERE
            found = displacement(surfaces[known], areas[shown[known]], to_degrees)
            if found is not None and found.areas >= FEWEST:
                return _told(level, replace(found, searched=far))
            if found is not None and few is None:
                few = level, found
    return _told(*few) if few else None


def _told(level: str, found: Displacement) -> dict[str, Any]:
    return {"level": level, **asdict(found)}


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)

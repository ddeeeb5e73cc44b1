"""From the ground to the page: equal-area projection, scale, graticule and north."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from pyproj import Transformer

from geo.boundaries import Boundaries
from geo.crs import EQUAL_AREA, WGS84
from geo.kept import kept_with_owner
from layers.sheet.box import Box

Bounds = tuple[float, float, float, float]

_TO_GROUND: Final = Transformer.from_crs(WGS84, EQUAL_AREA, always_xy=True)


@kept_with_owner
def ground(boundaries: Boundaries, level: str, detail: str = "full") -> gpd.GeoSeries:
    """Return the boundaries of a level in metres of the equal-area projection.

    Shared by all sheets: not to be changed.

    Parameters
    ----------
    boundaries : geo.boundaries.Boundaries
        What the divisions look like, in EPSG:4326.
    level : str
        Level of the divisions, e.g. ``county``.
    detail : str, optional
        ``full`` or ``overview``.
    """
    return boundaries.load(level, detail).geometry.to_crs(EQUAL_AREA)


def to_ground(lon: Any, lat: Any) -> tuple[Any, Any]:
    """Project longitude and latitude to metres."""
    return _TO_GROUND.transform(lon, lat)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFrame:
    """A piece of ground on a rectangle of the page.

    Attributes
    ----------
    box : Box
        Where on the page.
    centre : tuple of float
        What lies in its middle, metres.
    denominator : int
        The scale is one to this.
    """

    box: Box
    centre: tuple[float, float]
    denominator: int

    @classmethod
    def around(cls, box: Box, bounds: Bounds, margin: float) -> MapFrame:
        """Show `bounds` as large as a round scale allows, with a margin in mm.

        Parameters
        ----------
        box : Box
            Where on the page, in millimetres.
        bounds : Bounds
            West, south, east and north in metres of the equal-area projection.
        margin : float
            Millimetres between them and the frame.
        """
        left, bottom, right, top = bounds
        room = box.inside(margin)
        needed = 1000 * max((right - left) / room.width, (top - bottom) / room.height)
        return cls(
            box=box,
            centre=((left + right) / 2, (bottom + top) / 2),
            denominator=_round_scale(needed),
        )

    def widened(self, box: Box) -> MapFrame:
        """Return the frame on a larger box around it, the ground where it was."""
        x, y = self.centre
        own = self.box
        right = ((box.left + box.right) - (own.left + own.right)) / 2
        up = ((box.bottom + box.top) - (own.bottom + own.top)) / 2
        moved = (x + right / self.mm_per_metre, y + up / self.mm_per_metre)
        return replace(self, box=box, centre=moved)

    @property
    def mm_per_metre(self) -> float:
        """Scale: millimetres of paper a metre of ground."""
        return 1000 / self.denominator

    @property
    def bounds(self) -> Bounds:
        """What of the ground is in the frame, metres."""
        x, y = self.centre
        half_width = self.box.width / 2 / self.mm_per_metre
        half_height = self.box.height / 2 / self.mm_per_metre
        return (x - half_width, y - half_height, x + half_width, y + half_height)

    def place(self, geometries: Any) -> Any:
        """Return geometries of the ground (metres) on the page (millimetres)."""
        return shapely.transform(geometries, self._to_page)

    def visible(self, geometries: gpd.GeoSeries) -> dict[str, Any]:
        """Return those geometries that reach into the frame, on the page, by index.

        What lies outside would be in the file, though nobody sees it.
        """
        placed = self.place(geometries.to_numpy())
        left, bottom, right, top = shapely.bounds(placed).T
        box = self.box
        inside = (
            (left <= box.right)
            & (right >= box.left)
            & (bottom <= box.top)
            & (top >= box.bottom)
        )
        return {
            str(key): shape
            for key, shape, seen in zip(geometries.index, placed, inside, strict=True)
            if seen
        }

    def lines(self, geometries: gpd.GeoSeries) -> list[Any]:
        """Return the outlines of geometries as far as they lie in the frame."""
        box = self.box.inside(-1)
        cut = shapely.clip_by_rect(
            shapely.boundary([*self.visible(geometries).values()]),
            box.left,
            box.bottom,
            box.right,
            box.top,
        )
        return [line for line in cut if not line.is_empty]

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a position lies on the page."""
        x, y = self._to_page(np.array([to_ground(lon, lat)]))[0]
        return float(x), float(y)

    def north(self, x: float, y: float) -> float:
        """Return the direction of true north at a place of the page.

        Degrees clockwise from the upper edge. Meridians converge, so north is
        straight up on one of them only.
        """
        lon, lat = self.position(x, y)
        foot, head = self.point(lon, lat), self.point(lon, lat + 0.1)
        return math.degrees(math.atan2(head[0] - foot[0], head[1] - foot[1]))

    def position(self, x: float, y: float) -> tuple[float, float]:
        """Return longitude and latitude of a place of the page."""
        middle_x = self.box.left + self.box.width / 2
        middle_y = self.box.bottom + self.box.height / 2
        east = self.centre[0] + (x - middle_x) / self.mm_per_metre
        north = self.centre[1] + (y - middle_y) / self.mm_per_metre
        lon, lat = _TO_GROUND.transform(east, north, direction="INVERSE")
        return float(lon), float(lat)

    def _to_page(self, metres: np.ndarray) -> np.ndarray:
        middle = (
            self.box.left + self.box.width / 2,
            self.box.bottom + self.box.height / 2,
        )
        return (metres - self.centre) * self.mm_per_metre + middle


@dataclass(frozen=True, slots=True, kw_only=True)
class GraticuleLine:
    """A meridian or parallel in the frame.

    Attributes
    ----------
    label : str
        Its degrees.
    line : shapely.LineString
        On the page.
    ends : tuple of (float, float)
        Where it meets the frame: lower and upper end, or left and right.
    meridian : bool
        Whether it runs north.
    """

    label: str
    line: Any
    ends: tuple[tuple[float, float], tuple[float, float]]
    meridian: bool


def graticule(frame: MapFrame) -> list[GraticuleLine]:
    """Return the meridians and parallels of a frame, three to eight each way."""
    box = frame.box
    corners = [
        frame.position(x, y)
        for x in (box.left, box.left + box.width / 2, box.right)
        for y in (box.bottom, box.bottom + box.height / 2, box.top)
    ]
    lons, lats = zip(*corners, strict=True)
    step = _step(max(lats) - min(lats), max(lons) - min(lons))
    lines = []
    for meridian, own, other in ((True, lons, lats), (False, lats, lons)):
        run = np.linspace(min(other) - 0.2, max(other) + 0.2, 60)
        for number in range(
            math.ceil(min(own) / step), math.floor(max(own) / step) + 1
        ):
            degrees = np.full_like(run, number * step)
            metres = to_ground(*((degrees, run) if meridian else (run, degrees)))
            whole = frame.place(shapely.LineString(np.column_stack(metres)))
            shown = whole.intersection(box.polygon())
            if shown.is_empty or shown.geom_type != "LineString":
                continue
            ends = (shown.coords[0][:2], shown.coords[-1][:2])
            label = _degrees(number * step, "E" if meridian else "N")
            lines.append(
                GraticuleLine(label=label, line=shown, ends=ends, meridian=meridian)
            )
    return lines


def bar_length_km(denominator: int, longest: float) -> int:
    """Return the length of a scale bar: the longest round one within `longest` mm."""
    most = longest * denominator / 1e6
    power: float = 10 ** math.floor(math.log10(most))
    for factor in (5, 4, 2, 1):
        if factor * power <= most:
            return max(1, round(factor * power))
    return max(1, round(power))


def _round_scale(denominator: float) -> int:
    """Round a scale up to two figures, as people say it: 1:4 400 000."""
    unit: int = 10 ** (math.floor(math.log10(denominator)) - 1)
    return math.ceil(denominator / unit) * unit


def _step(*spans: float) -> float:
    for step, most in ((0.1, 5), (0.25, 5), (0.5, 5), (1.0, 9), (2.0, 9)):
        if max(spans) / step <= most:
            return step
    return 5.0


def _degrees(value: float, side: str) -> str:
    whole = int(value + 1e-9)
    minutes = round((value - whole) * 60)
    return f"{whole}°{side}" if not minutes else f"{whole}°{minutes:02d}′{side}"

"""Lines of pairings and symbols of places, as on the screen.

The shapes are those of ``relations.js`` and ``place-symbols.js`` in
``layers/webmap/scripts/map``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import numpy as np
import shapely
from matplotlib.path import Path as Outline

from layers.facts.package import Package
from layers.sheet.box import Box
from layers.sheet.page import PAPER, Page
from layers.sheet.projection import MapFrame, ground, to_ground
from layers.themes.relations import pair_lines, partner_points, place_points
from layers.themes.themes import PLACES, Theme

PAIR: Final = "#3a2a5e"
_INK: Final = "#222222"
_PAIR_WEIGHT: Final = 0.9
_BEND: Final = 0.14
"""How far an arc swings out, so that lines to neighbouring counties stay apart."""

DASHES: Final[Mapping[str, tuple[float, ...]]] = {
    "district": (),
    "city": (4, 3),
    "reported": (1, 2),
}
"""Of a line: broken where no more of the partner is known than its city, dotted where
the pairing is only reported."""

_UNIT: Final = 0.17
"""Millimetres a unit of the symbols' drawings, which are 16 units wide."""

_RADIUS: Final = 9
_BETWEEN: Final = 20

_SHAPES: Final[Mapping[str, tuple[str, bool]]] = {
    "tourism": ("M 8 3 L 12.5 12 L 3.5 12 Z M 3 12 L 13 12", False),
    "ecology": ("M 8 13 L 8 7 M 8 9 C 4 9 4 5 8 3 C 12 5 12 9 8 9 Z", False),
    "water": ("M 8 3 C 11 7 12 8 12 10 C 12 15.3 4 15.3 4 10 C 4 8 5 7 8 3 Z", False),
    "energy": ("M 9 2 L 4 9 L 7 9 L 6 14 L 12 7 L 8 7 Z", True),
    "transport": (
        "M 4 13 L 7 3 M 12 13 L 9 3 M 8 4 L 8 5.5 M 8 8 L 8 9.5 M 8 12 L 8 13",
        False,
    ),
    "people": (
        "M 8 3 C 10.7 3 10.7 7 8 7 C 5.3 7 5.3 3 8 3 Z M 4 13 C 4 9 12 9 12 13 Z",
        True,
    ),
    "other": ("M 8 5 C 12 5 12 11 8 11 C 4 11 4 5 8 5 Z", False),
}
"""Drawing of each symbol, y downward, and whether it is filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the plan: its symbol, where, and whether a source gives the point.

    `beside` is its place in the row of those of the same county without a point.
    """

    symbol: str
    ground: tuple[float, float]
    exact: bool
    beside: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """What a map shows beside its counties.

    Attributes
    ----------
    pairs : sequence of (shapely.LineString, str)
        Arcs on the ground in metres, each with a key of `DASHES`.
    places : sequence of Place
        The plan's places.
    """

    pairs: Sequence[tuple[Any, str]] = field(default_factory=tuple)
    places: Sequence[Place] = field(default_factory=tuple)


def of_theme(package: Package, chosen: Any, theme: Theme) -> Relations:
    """Return the lines and places of a theme.

    Parameters
    ----------
    package : Package
        The facts.
    chosen : object
        Adcodes of the selected counties.
    theme : Theme
        What the sheet shows.
    """
    if theme.has_lines:
        return Relations(pairs=[*_pairs(package, theme.id, chosen)])
    if theme.kind == PLACES:
        return Relations(places=[*_places(package)])
    return Relations()


def boxes(frame: MapFrame, relations: Relations, scale: float) -> list[Box]:
    """Return where symbols stand, so that no name is written over them.

    Parameters
    ----------
    frame : MapFrame
        Where the map stands, its extent and its scale.
    relations : Relations
        Lines and places of a theme.
    scale : float
        Of text and lines; 1 on A4.
    """
    half = _RADIUS * _UNIT * scale
    return [
        Box(left=x - half, bottom=y - half, width=2 * half, height=2 * half)
        for x, y in (_position(frame, place, scale) for place in relations.places)
    ]


def draw(page: Page, frame: MapFrame, relations: Relations, scale: float) -> None:
    """Draw lines, their heads, and symbols.

    Parameters
    ----------
    page : Page
        The page to draw on; its lengths are millimetres.
    frame : MapFrame
        Where the map stands, its extent and its scale.
    relations : Relations
        Lines and places of a theme.
    scale : float
        Of text and lines; 1 on A4.
    """
    for arc, level in relations.pairs:
        line = frame.place(arc)
        page.strokes(
            [line],
            PAIR,
            _PAIR_WEIGHT * scale,
            within=frame.box,
            dashes=DASHES[level],
        )
        page.shapes([_head(line, scale)], fill=PAIR, within=frame.box)
    room = frame.box.inside(_RADIUS * _UNIT * scale)
    for place in relations.places:
        x, y = _position(frame, place, scale)
        if room.left < x < room.right and room.bottom < y < room.top:
            draw_symbol(page, x, y, place.symbol, exact=place.exact, scale=scale)


def draw_symbol(
    page: Page, x: float, y: float, symbol: str, *, exact: bool, scale: float
) -> None:
    """Draw a symbol with its middle at a place of the page.

    Parameters
    ----------
    page : Page
        Where to draw.
    x, y : float
        Middle, in millimetres.
    symbol : str
        One of the symbols that the descriptor lists.
    exact : bool
        Whether a source gives the point; if not, the ring is broken.
    scale : float
        Of the drawing.
    """
    unit = _UNIT * scale
    disc = shapely.Point(x, y).buffer(_RADIUS * unit, quad_segs=10)
    page.shapes([disc], fill=PAPER)
    # A broken ring: the place is somewhere in the county.
    dashes, weight = ((), 0.6) if exact else ((2.5, 2.5), 0.4)
    page.strokes([disc], _INK, weight * scale, dashes=dashes)
    outline, filled = _drawing(symbol)
    drawn = np.asarray(outline.vertices, dtype=float) - 8
    vertices = drawn * (unit, -unit) + (x, y)
    page.outlines(
        [Outline(vertices, outline.codes)],
        fill=_INK if filled else "none",
        stroke=_INK,
        weight=0.5 * scale,
    )


def symbol_size(scale: float) -> float:
    """Return the diameter of a symbol in millimetres."""
    return 2 * _RADIUS * _UNIT * scale


def _pairs(package: Package, relation: str, chosen: Any) -> Iterator[tuple[Any, str]]:
    partners = partner_points(package, "overview")
    counties = ground(package.boundaries, "county")
    for partner, county, level in pair_lines(package, relation, chosen):
        start = np.array(to_ground(*partners[partner]["point"]))
        middle = counties[county].representative_point()
        end = np.array([middle.x, middle.y])
        across = (end - start) @ np.array([[0, -1], [1, 0]])
        bent = (start + end) / 2 + _BEND * across
        t = np.linspace(0, 1, 17)[:, None]
        points = (1 - t) ** 2 * start + 2 * t * (1 - t) * bent + t**2 * end
        yield shapely.LineString(points), level


def _places(package: Package) -> Iterator[Place]:
    found = place_points(package)
    counties = ground(package.boundaries, "county")
    beside: dict[str, list[str]] = {}
    for place in found:
        if "point" not in place:
            beside.setdefault(place["county"], []).append(place["id"])
    for place in found:
        if "point" in place:
            at = to_ground(*place["point"])
            yield Place(symbol=place["symbol"], ground=at, exact=True)
        elif place["county"] in counties.index:
            own = beside[place["county"]]
            middle = counties[place["county"]].representative_point()
            yield Place(
                symbol=place["symbol"],
                ground=(middle.x, middle.y),
                exact=False,
                beside=own.index(place["id"]) - (len(own) - 1) / 2,
            )


def _position(frame: MapFrame, place: Place, scale: float) -> tuple[float, float]:
    point = frame.place(shapely.Point(place.ground))
    if place.exact:
        return point.x, point.y
    unit = _UNIT * scale
    return point.x + _BETWEEN * unit * place.beside, point.y - 16 * unit


def _head(line: Any, scale: float) -> Any:
    end, before = (np.array(line.coords[i]) for i in (-1, -2))
    along = (end - before) / np.hypot(*(end - before))
    side = np.array([-along[1], along[0]])
    back = end - 1.6 * scale * along
    return shapely.Polygon([end, back + 0.6 * scale * side, back - 0.6 * scale * side])


@cache
def _drawing(symbol: str) -> tuple[Outline, bool]:
    """Read a drawing: M move, L line, C curve, Z close; absolute positions."""
    text, filled = _SHAPES[symbol]
    kinds = {"M": Outline.MOVETO, "L": Outline.LINETO, "C": Outline.CURVE4}
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    words = text.split()
    i, kind = 0, "M"
    while i < len(words):
        if words[i] == "Z":
            vertices.append((0, 0))
            codes.append(int(Outline.CLOSEPOLY))
            i += 1
        elif words[i] in kinds:
            kind = words[i]
            i += 1
        else:
            vertices.append((float(words[i]), float(words[i + 1])))
            codes.append(int(kinds[kind]))
            i += 2
    return Outline(vertices, codes), filled


def symbols(
    frame: MapFrame, relations: Relations, scale: float
) -> dict[str, tuple[int, int]]:
    """Return the symbols of the places that stand on the map, in order.

    Parameters
    ----------
    frame : MapFrame
        Where the map stands, its extent and its scale.
    relations : Relations
        Lines and places of a theme.
    scale : float
        Of text and lines; 1 on A4.

    Returns
    -------
    dict of str to (int, int)
        How many places with the symbol lie within the frame, and of how many of them
        only the county is known. On paper nobody can move to the others.
    """
    room = frame.box
    inside = [
        place
        for place in relations.places
        for x, y in [_position(frame, place, scale)]
        if room.left < x < room.right and room.bottom < y < room.top
    ]
    found = {}
    for symbol in _SHAPES:
        own = [place for place in inside if place.symbol == symbol]
        if own:
            found[symbol] = len(own), sum(not place.exact for place in own)
    return found

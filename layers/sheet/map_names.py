"""The names on a map: counties, prefectures, and what lies around."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal

import shapely

from geo.boundaries import Boundaries
from geo.language import N_, Language, Speaker, speaker
from layers.facts.package import Package
from layers.sheet.box import Box
from layers.sheet.font import Face
from layers.sheet.labels import Label, Placement, Wish
from layers.sheet.map_content import MapContent
from layers.sheet.page import FAINT, INK, Page
from layers.sheet.projection import MapFrame, ground

Kind = Literal["surroundings", "quiet", "municipality", "county", "prefecture"]

_COUNTY_SIZES: Final = (8.4, 7.4, 6.4, 5.6, 5.0)
_INSIDE: Final = 0.9
"""Share of the names that must find room inside for a size to be taken."""

WATER: Final = "#47738c"

SURROUNDINGS: Final[Mapping[str, tuple[float, float, str]]] = {
    N_("Inner Mongolia"): (114.9, 42.8, FAINT),
    N_("Liaoning"): (120.7, 41.35, FAINT),
    N_("Shanxi"): (112.8, 38.9, FAINT),
    N_("Henan"): (114.1, 35.7, FAINT),
    N_("Shandong"): (117.2, 36.8, FAINT),
    N_("Bohai Sea"): (119.3, 38.6, WATER),
}
"""What lies around, with a position for its name (longitude, latitude, colour).

Our boundaries end at Hebei, Beijing and Tianjin: the rest is named, not drawn.
"""


_LOOKS: Final[dict[Kind, tuple[str, float]]] = {
    "surroundings": (FAINT, 0),
    "quiet": (FAINT, 0.5),
    "municipality": (FAINT, 0.8),
    "county": (INK, 0.7),
    "prefecture": ("#4f4a42", 1.1),
}
"""Colour, and width of the light seam in points; in the order of drawing."""


def place(
    face: Face,
    frame: MapFrame,
    content: MapContent,
    package: Package,
    language: Language,
    taken: Sequence[Box],
    scale: float,
) -> dict[Kind, dict[str, Label]]:
    """Find room for the names of a map.

    Parameters
    ----------
    face : Face
        In which they are set.
    frame, content, package, language, scale
        As for :func:`layers.sheet.map_panel.draw`.
    taken : sequence of Box
        Where no name may stand.

    Returns
    -------
    dict of str to dict of str to Label
        Labels by adcode or name, sorted by what they name.
    """
    inner = frame.box.inside(0.6)
    window = inner.polygon()
    boundaries = package.boundaries
    say = speaker(language)

    def wishes(
        names: Mapping[str, tuple[str, ...]], sizes: tuple[float, ...]
    ) -> list[Wish]:
        shapes = frame.visible(ground(boundaries, "county").loc[list(names)])
        entries = [
            Wish(
                key=adcode,
                polygon=shapely.simplify(shape, 0.1).intersection(window),
                texts=names[adcode],
                sizes=tuple(size * scale for size in sizes),
            )
            for adcode, shape in shapes.items()
        ]
        # Small polygons have few places for their names, so they choose first.
        return sorted(entries, key=lambda wish: wish.polygon.area)

    def divisions(level: str, sizes: tuple[float, ...], clear: Any) -> list[Wish]:
        return [
            Wish(
                key=adcode,
                polygon=clear(shapely.simplify(shape, 0.1).intersection(window)),
                texts=(
                    say.pick(
                        package.divisions[adcode].name,
                        package.divisions[adcode].name_en,
                    ),
                ),
                sizes=tuple(size * scale for size in sizes),
            )
            for adcode, shape in frame.visible(ground(boundaries, level)).items()
        ]

    whole_names = {adcode: own[:1] for adcode, own in content.names.items()}
    # All counties in one size: a smaller name would say that its county is less.
    named = wishes(whole_names, (1,))
    numbers = content.numbers
    for points in _COUNTY_SIZES[-2 if numbers else 0 :]:
        own = [replace(wish, sizes=(points * scale,)) for wish in named]
        first = Placement(face, inner, taken).place(own)
        if len(first) >= _INSIDE * len(own):
            break
    selected = shapely.union_all([wish.polygon for wish in own])

    def beside_selected(shape: Any) -> Any:
        """Keep the name of a prefecture off a selected county, which it is not."""
        around = shape if content.whole else shape.difference(selected)
        return around if around.area > 0.25 * shape.area else shape

    prefectures = divisions("prefecture", (9, 8.2, 7.4, 6.6), beside_selected)
    municipalities = divisions("municipality", (8, 7), lambda shape: shape)
    placement = Placement(face, inner, taken)
    # Prefectures come first, but leave the best places of the counties if they can.
    found: dict[Kind, dict[str, Label]] = {
        "prefecture": placement.place(
            prefectures, avoid=[label.box for label in first.values()]
        ),
        "municipality": placement.place(municipalities),
        "county": _all_named(placement, own, numbers, points * scale, selected),
        "quiet": placement.place(wishes(content.quiet, (5.4, 4.8, 4.2))),
    }
    return found | {
        "surroundings": placement.place(_surroundings(frame, say, boundaries, scale))
    }


def _all_named(
    placement: Placement,
    own: Sequence[Wish],
    numbers: Mapping[str, str],
    size: float,
    selected: Any,
) -> dict[str, Label]:
    """Name every county: inside it, or else by its number, or beside it with a line."""
    found = placement.place(own)
    left = [wish for wish in own if wish.key not in found]
    if numbers:
        left = [replace(wish, texts=(numbers[wish.key],)) for wish in left]
        found |= placement.place(left)
        left = [replace(w, strict=False) for w in left if w.key not in found]
        found |= placement.place(left)
        left = [wish for wish in left if wish.key not in found]
    return found | placement.place_outside(left, size, selected)


def write(page: Page, placed: Mapping[Kind, Mapping[str, Label]], scale: float) -> None:
    """Write the names that have found room.

    Parameters
    ----------
    page : Page
        The page to draw on; its lengths are millimetres.
    placed : mapping of Kind to mapping of str to Label
        Labels that found room, by kind and code.
    scale : float
        Of text and lines; 1 on A4.
    """
    for label in placed["county"].values():
        if label.leader is not None:
            page.strokes(
                [shapely.LineString(label.leader)], INK, 0.35 * scale, within=None
            )
    for kind, (colour, halo) in _LOOKS.items():
        for key, label in placed[kind].items():
            page.text(
                label.x,
                label.baseline,
                label.text,
                label.size,
                colour=SURROUNDINGS[key][2] if kind == "surroundings" else colour,
                align="center",
                halo=halo * scale,
            )


def _surroundings(
    frame: MapFrame, say: Speaker, boundaries: Boundaries, scale: float
) -> list[Wish]:
    outlines = [
        shape
        for level in ("province", "municipality")
        for shape in ground(boundaries, level, "overview")
    ]
    land = shapely.union_all(frame.place(outlines))
    outside = frame.box.polygon().difference(land.buffer(0.8))
    wishes = []
    for name, (lon, lat, _) in SURROUNDINGS.items():
        x, y = frame.point(lon, lat)
        near = shapely.Point(x, y).buffer(26 * scale, quad_segs=8)
        room = [p for p in shapely.get_parts(outside.intersection(near)) if p.area > 0]
        if not room or not math.isfinite(x):
            continue
        nearest = min(room, key=lambda part: part.distance(shapely.Point(x, y)))
        wishes.append(
            Wish(
                key=name,
                polygon=nearest,
                texts=(say(name),),
                sizes=(8 * scale, 7 * scale, 6 * scale),
            )
        )
    return wishes

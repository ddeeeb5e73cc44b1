"""The inset: where in Hebei, and Hebei within its neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import shapely

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.sheet.box import Box
from layers.sheet.furniture import GROUND
from layers.sheet.map_names import SURROUNDINGS
from layers.sheet.map_panel import LAND, LINE, NEIGHBOUR, PREFECTURE
from layers.sheet.page import FAINT, INK, Page
from layers.sheet.projection import Bounds, MapFrame, ground
from layers.sheet.tags import FIGURE

_WINDOW: Final = "#b3261e"


def draw(
    page: Page,
    box: Box,
    package: Package,
    colours: Mapping[str, str],
    window: Bounds | None,
    language: Language,
    scale: float,
) -> None:
    """Draw Hebei among its neighbours.

    Parameters
    ----------
    page, box : Page, Box
        Where.
    colours : mapping of str to str
        Colours of the selected counties, those of the map, by adcode.
    window : tuple of float or None
        What ground the map of the sheet shows, if not the whole province.
    package : layers.facts.package.Package
        Names of the divisions.
    language, scale
        As for the map.
    """
    say = speaker(language)
    told = N_("Small map: Hebei, Beijing, Tianjin and what lies around them.")
    if colours:
        told = N_("Small map: where in Hebei the {n} selected {n:county|counties} lie.")
    with page.tags.within(FIGURE, alt=say(told, n=len(colours)), box=box):
        _draw(page, box, package, colours, window, language, scale)


def _draw(
    page: Page,
    box: Box,
    package: Package,
    colours: Mapping[str, str],
    window: Bounds | None,
    language: Language,
    scale: float,
) -> None:
    say = speaker(language)
    boundaries = package.boundaries
    left, bottom, right, top = ground(boundaries, "province").total_bounds
    # The neighbours are named around the province: that needs a margin.
    frame = MapFrame.around(box, (left, bottom, right, top), 4.5 * scale)
    page.rectangle(box, fill=GROUND)
    for level, fill in (("municipality", NEIGHBOUR), ("province", LAND)):
        shapes = frame.place(ground(boundaries, level, "overview").to_numpy())
        page.shapes(shapes, fill=fill, stroke=LINE, weight=0.3 * scale, within=box)
    # All counties in one colour would hide the prefectures and show nothing.
    is_whole = len(colours) == len(ground(boundaries, "county"))
    if colours and not (is_whole and len({*colours.values()}) == 1):
        shapes = frame.place(
            ground(boundaries, "county", "overview").loc[list(colours)].to_numpy()
        )
        page.shapes(shapes, fill=[*colours.values()], within=box)
    page.strokes(
        frame.place(ground(boundaries, "prefecture", "overview").to_numpy()),
        PREFECTURE,
        0.25 * scale,
        within=box,
    )
    page.strokes(
        frame.place(ground(boundaries, "province", "overview").to_numpy()),
        PREFECTURE,
        0.7 * scale,
        within=box,
    )
    _surroundings(page, frame, language, scale)
    for adcode, shape in ground(boundaries, "municipality", "overview").items():
        division = package.divisions[str(adcode)]
        name = say.pick(division.short_name, division.name_en)
        centre = frame.place(shape.representative_point())
        page.text(
            centre.x, centre.y - 0.7, name, 5 * scale, align="center", colour=FAINT
        )
    if window is not None:
        shown = frame.place(shapely.box(*window)).intersection(box.polygon())
        page.strokes([shown], _WINDOW, 0.9 * scale, within=box)
    page.rectangle(box, stroke=INK, weight=0.5 * scale)


def _surroundings(
    page: Page, frame: MapFrame, language: Language, scale: float
) -> None:
    say = speaker(language)
    size = 5 * scale
    inner = frame.box.inside(0.8)
    for name, (lon, lat, colour) in SURROUNDINGS.items():
        text = say(name)
        half = page.face.width(text, size) / 2
        x, y = frame.point(lon, lat)
        x = min(max(x, inner.left + half), inner.right - half)
        y = min(max(y, inner.bottom + 0.5), inner.top - 1.6 * scale)
        page.text(x, y, text, size, align="center", colour=colour, halo=0.5 * scale)

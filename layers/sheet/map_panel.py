"""The map of a sheet: ground, looks, lines, names, graticule, scale bar and north."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo.boundaries import Boundaries
from geo.language import Language
from layers.facts.package import Package
from layers.sheet import circles, furniture, map_names, notes, own_layer, relations
from layers.sheet.box import Box
from layers.sheet.map_content import MapContent
from layers.sheet.page import FAINT, INK, Page
from layers.sheet.projection import Bounds, MapFrame, ground
from layers.sheet.tags import FIGURE
from layers.sheet.texture import pieces

# The same looks as on the screen, layers/webmap/scripts/map/atlas.css, for paper.
LAND: Final = "#f3f0e8"
LINE: Final = "#b9b2a4"
PREFECTURE: Final = "#4f4a42"
NEIGHBOUR: Final = "#e4e5e3"

LINE_WEIGHTS: Final = {"county": 0.35, "prefecture": 0.8, "province": 1.6}
"""Points; of the text scale of A4."""

_WHOLE_FROM: Final = 0.6
"""A selection that spans this part of the province is shown with the whole of it."""

_LEAST_SPAN: Final = 140_000
"""Metres: no map shows less, or a single district would fill a page."""


def extent(boundaries: Boundaries, adcodes: Sequence[str]) -> Bounds:
    """Return what ground to show: the whole province, or the region of a selection."""
    whole: Bounds = tuple(ground(boundaries, "province").total_bounds)
    if not len(adcodes):
        return whole
    left, bottom, right, top = (
        ground(boundaries, "county").loc[list(adcodes)].total_bounds
    )
    across, up = whole[2] - whole[0], whole[3] - whole[1]
    if (right - left) > _WHOLE_FROM * across or (top - bottom) > _WHOLE_FROM * up:
        return whole
    wider = max(0, _LEAST_SPAN - (right - left)) / 2
    higher = max(0, _LEAST_SPAN - (top - bottom)) / 2
    return (left - wider, bottom - higher, right + wider, top + higher)


def draw(
    page: Page,
    frame: MapFrame,
    content: MapContent,
    package: Package,
    language: Language,
    *,
    scale: float = 1,
    taken: Sequence[Box] = (),
    told: str = "",
) -> None:
    """Draw the map into its frame.

    Parameters
    ----------
    page : Page
        The paper.
    frame : MapFrame
        Where on it, and what ground.
    content : MapContent
        What is shown.
    package : layers.facts.package.Package
        Names of the divisions.
    language : {"zh", "en"}
        Language of the names.
    scale : float
        Of text and lines; 1 on A4.
    taken : sequence of Box
        Where other things stand in the frame.
    told : str
        What it shows, in words, for who does not see it.
    """
    with page.tags.within(FIGURE, alt=told, box=frame.box):
        _draw(page, frame, content, package, language, scale, taken)


def _draw(
    page: Page,
    frame: MapFrame,
    content: MapContent,
    package: Package,
    language: Language,
    scale: float,
    taken: Sequence[Box],
) -> None:
    boundaries = package.boundaries
    _ground(page, frame, content, boundaries, scale)
    taken = [
        *taken,
        *furniture.reserve(frame, scale),
        *relations.boxes(frame, content.relations, scale),
        *notes.boxes(frame, content.notes, scale),
        *own_layer.boxes(frame, content.own, scale),
    ]
    _lines(page, frame, content, boundaries, scale)
    furniture.draw_graticule(page, frame, scale)
    circles.draw(page, frame, boundaries, content.circles, scale)
    own_layer.draw(page, frame, content.own, scale)
    relations.draw(page, frame, content.relations, scale)
    placed = map_names.place(page.face, frame, content, package, language, taken, scale)
    map_names.write(page, placed, scale)
    notes.draw(page, frame, content.notes, scale)
    furniture.draw_scale_bar(page, frame, language, scale)
    furniture.draw_north_arrow(page, frame, language, scale)
    page.rectangle(frame.box, stroke=INK, weight=0.7 * scale)


def _ground(
    page: Page,
    frame: MapFrame,
    content: MapContent,
    boundaries: Boundaries,
    scale: float,
) -> None:
    box = frame.box
    page.rectangle(box, fill=furniture.GROUND)
    for level, fill in (("municipality", NEIGHBOUR), ("county", LAND)):
        page.shapes(
            [*frame.visible(ground(boundaries, level)).values()],
            fill=fill,
            stroke=LINE,
            weight=LINE_WEIGHTS["county"] * scale,
            within=box,
        )
    drawn = {**content.hints, **content.looks}
    if not drawn:
        return
    shapes = frame.visible(ground(boundaries, "county").loc[list(drawn)])
    by_layer: list[tuple[list[str], list[object]]] = []
    for adcode, shape in shapes.items():
        for layer, (colour, piece) in enumerate(pieces(shape, drawn[adcode])):
            if layer == len(by_layer):
                by_layer.append(([], []))
            by_layer[layer][0].append(colour)
            by_layer[layer][1].append(piece)
    for colours, layer_shapes in by_layer:
        page.shapes(layer_shapes, fill=colours, within=box)


def _lines(
    page: Page,
    frame: MapFrame,
    content: MapContent,
    boundaries: Boundaries,
    scale: float,
) -> None:
    box = frame.box
    counties = ground(boundaries, "county")
    selected = frame.lines(counties.loc[list(content.looks)])
    # White alone would be lost among stripes, a line alone among dark fills.
    page.strokes(selected, "#ffffff", 1.1 * scale, within=box)
    page.strokes(selected, FAINT, LINE_WEIGHTS["county"] * scale, within=box)
    hinted = frame.lines(counties.loc[list(content.hints)])
    page.strokes(hinted, LINE, LINE_WEIGHTS["county"] * scale, within=box)
    for level in ("prefecture", "province"):
        page.strokes(
            frame.lines(ground(boundaries, level)),
            PREFECTURE,
            LINE_WEIGHTS[level] * scale,
            within=box,
        )
    if content.focus:
        outline = frame.lines(counties.loc[[content.focus]])
        page.strokes(outline, "#111111", 1.8 * scale, within=box)

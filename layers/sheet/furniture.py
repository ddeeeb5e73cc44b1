"""What makes a picture a map: graticule, scale bar and north arrow."""

from __future__ import annotations

import math
from typing import Final

import shapely
from shapely import affinity

from geo.language import N_, Language, speaker
from layers.sheet.box import Box
from layers.sheet.page import FAINT, INK, PAPER, Page
from layers.sheet.projection import MapFrame, bar_length_km, graticule

_LONGEST_BAR: Final = 42
_BESIDE_BAR: Final = 12
_PANEL_HEIGHT: Final = 11.5
"""Millimetres of the panel of the scale bar, on A4."""

GROUND: Final = "#fcfcfa"
"""Where we draw no land: neither sea nor neighbours have boundaries here."""

_ARROW: Final = (9, 15)
_ABOVE: Final = 4.5
_BESIDE: Final = 7.5
"""Millimetres from the frame: inside of them are the degrees of the graticule."""


def scale_panel(frame: MapFrame, scale: float) -> Box:
    """Return where the scale bar stands: lower right, over the sea and Shandong."""
    width = bar(frame, scale)[1] + _BESIDE_BAR * scale
    height = _PANEL_HEIGHT * scale
    return Box(
        left=frame.box.right - _BESIDE * scale - width,
        bottom=frame.box.bottom + _ABOVE * scale,
        width=width,
        height=height,
    )


def arrow_panel(frame: MapFrame, scale: float) -> Box:
    """Return where the north arrow stands: upper left, outside of the province."""
    width, height = _ARROW[0] * scale, _ARROW[1] * scale
    return Box(
        left=frame.box.left + _BESIDE * scale,
        bottom=frame.box.top - _ABOVE * scale - height,
        width=width,
        height=height,
    )


def reserve(frame: MapFrame, scale: float) -> list[Box]:
    """Return where no name may stand: under bar and arrow, along the frame."""
    box, strip, wide = frame.box, 3.2 * scale, _BESIDE * scale
    return [
        scale_panel(frame, scale),
        arrow_panel(frame, scale),
        Box(left=box.left, bottom=box.bottom, width=box.width, height=strip),
        Box(left=box.left, bottom=box.top - strip, width=box.width, height=strip),
        Box(left=box.left, bottom=box.bottom, width=wide, height=box.height),
        Box(left=box.right - wide, bottom=box.bottom, width=wide, height=box.height),
    ]


def draw_graticule(page: Page, frame: MapFrame, scale: float) -> None:
    """Draw meridians and parallels, with their degrees inside the frame.

    Parameters
    ----------
    page : Page
        The page to draw on; its lengths are millimetres.
    frame : MapFrame
        Where the map stands, its extent and its scale.
    scale : float
        Of text and lines; 1 on A4.
    """
    lines = graticule(frame)
    page.strokes(
        [line.line for line in lines],
        "#5d7280",
        0.3 * scale,
        opacity=0.5,
        within=frame.box,
    )
    size = 5 * scale
    box = frame.box
    gap = 0.9 * scale
    for line in lines:
        half = page.face.width(line.label, size) / 2
        for x, y in line.ends:
            on_edge = min(y - box.bottom, box.top - y) < 0.01
            if line.meridian and on_edge:
                low = y < box.bottom + 1
                at = (x, box.bottom + gap if low else box.top - gap - 1.3 * scale)
                if box.left + 2 * half < x < box.right - 2 * half:
                    page.text(
                        *at,
                        line.label,
                        size,
                        colour=FAINT,
                        align="center",
                        halo=0.5 * scale,
                    )
            elif not line.meridian and not on_edge:
                left = x < box.left + 1
                if box.bottom + 4 * scale < y < box.top - 4 * scale:
                    page.text(
                        x + (gap if left else -gap),
                        y + 0.5 * scale,
                        line.label,
                        size,
                        colour=FAINT,
                        align="left" if left else "right",
                        halo=0.5 * scale,
                    )


def draw_scale_bar(
    page: Page, frame: MapFrame, language: Language, scale: float
) -> None:
    """Draw a bar of a round length in four parts, with the scale in figures.

    Parameters
    ----------
    page : Page
        The page to draw on; its lengths are millimetres.
    frame : MapFrame
        Where the map stands, its extent and its scale.
    language : {"zh", "en"}
        Language of the text.
    scale : float
        Of text and lines; 1 on A4.
    """
    say = speaker(language)
    panel = scale_panel(frame, scale)
    page.rectangle(panel, fill=GROUND)
    size = 5.6 * scale
    km, length = bar(frame, scale)
    left = panel.left + 3 * scale
    bottom, height = panel.bottom + 1.4 * scale, 1.3 * scale
    for quarter in range(4):
        part = Box(
            left=left + quarter * length / 4,
            bottom=bottom,
            width=length / 4,
            height=height,
        )
        fill = INK if quarter % 2 == 0 else PAPER
        page.rectangle(part, fill=fill, stroke=INK, weight=0.4 * scale)
    over = bottom + height + 0.9 * scale
    for part_of, text in ((0, "0"), (0.5, _figure(km / 2)), (1, _figure(km))):
        page.text(left + part_of * length, over, text, size, align="center")
    end = left + length + page.face.width(_figure(km), size) / 2
    page.text(end + 0.7 * scale, over, say(N_("km")), size)
    ratio = f"1:{frame.denominator:,}".replace(",", "\N{NO-BREAK SPACE}")
    page.text(left, over + 3.1 * scale, say(N_("Scale {ratio}"), ratio=ratio), size)


def draw_north_arrow(
    page: Page, frame: MapFrame, language: Language, scale: float
) -> None:
    """Draw an arrow to true north at its own place.

    Parameters
    ----------
    page : Page
        The page to draw on; its lengths are millimetres.
    frame : MapFrame
        Where the map stands, its extent and its scale.
    language : {"zh", "en"}
        Language of the text.
    scale : float
        Of text and lines; 1 on A4.
    """
    panel = arrow_panel(frame, scale)
    page.rectangle(panel, fill=GROUND)
    x, y = panel.left + panel.width / 2, panel.bottom + 0.6 * scale
    half, tall = 2.4 * scale, 9.5 * scale
    turn = -frame.north(x, y + panel.height / 2)
    foot, notch, head = (half, 0.0), (0.0, 2.2 * scale), (0.0, tall)
    dark = shapely.Polygon([(-foot[0], 0), notch, head])
    light = shapely.Polygon([foot, notch, head])
    placed = [
        affinity.translate(affinity.rotate(shape, turn, origin=(0, 0)), x, y)
        for shape in (dark, light)
    ]
    page.shapes(placed[:1], fill=INK, stroke=INK, weight=0.4 * scale)
    page.shapes(placed[1:], fill=PAPER, stroke=INK, weight=0.4 * scale)
    lean = math.radians(turn)
    above = tall + 1.2 * scale
    page.text(
        x - above * math.sin(lean),
        y + above * math.cos(lean),
        speaker(language)(N_("N")),
        8 * scale,
        align="center",
    )


def bar(frame: MapFrame, scale: float) -> tuple[int, float]:
    """Return the length of the bar in kilometres of ground and in millimetres."""
    longest = min(_LONGEST_BAR * scale, frame.box.width / 2 - _BESIDE_BAR * scale)
    km = bar_length_km(frame.denominator, longest)
    return km, km * 1e6 / frame.denominator


def _figure(km: float) -> str:
    return f"{km:g}"

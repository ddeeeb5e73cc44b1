"""Where on the paper everything stands: four papers, one arrangement each way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from layers.sheet.box import Box

Paper = Literal["A4", "A3"]
Orientation = Literal["portrait", "landscape"]

PAPERS: Final[tuple[Paper, ...]] = get_args(Paper)
ORIENTATIONS: Final[tuple[Orientation, ...]] = get_args(Orientation)

_SIZES: Final[dict[Paper, tuple[float, float]]] = {"A4": (210, 297), "A3": (297, 420)}

_SCALES: Final[dict[Paper, float]] = {"A4": 1, "A3": 1.25}
"""Of text and lines. Paper grows by 1.41 and is read from a little farther away."""

_MARGIN: Final = 10
_GAP: Final = 3.5
_SHAPE: Final = 0.79
"""Width by height of a frame that Hebei fills well."""

_SIDE: Final[dict[Orientation, float]] = {"portrait": 47, "landscape": 54}
"""Width of the column with inset and legend, millimetres on A4."""

LIST_SHARES: Final = (0.8, 0.74, 0.64, 0.54, 0.44)
"""Of the height of the column beside a map that fills a landscape, for the list; the
rest is the legend's."""

COLUMNS: Final = (44, 50, 53, 68)
"""Widths of that column, millimetres on A4: the narrowest that holds the list."""

_OF_TABLES: Final = 1
"""Place of the first that a table takes: beside it a map has three fifths of an A3."""

_LINES_BESIDES: Final = 6
_LINE: Final = 5.5
"""Lines of a legend that every sheet has, and the height of one, roughly."""

_ABOVE_SCALE: Final = 20
"""Left free at the foot of the frame, where the scale bar stands."""

_INSET_SHAPE: Final = 0.86

_LEAST_TABLE: Final = 44
"""Height left for the table under the map, millimetres on A4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The rectangles of a sheet.

    Attributes
    ----------
    width, height : float
        Of the paper, millimetres.
    scale : float
        Of text and lines; 1 on A4.
    content : Box
        The paper less its margins.
    frame, inset, legend, table : Box
        Where these stand.
    map_room : Box or None
        The part of the frame in which the selected counties are to lie, if not all.
    panel : Box or None
        Where in the frame a legend goes on that is longer than its column; the inset
        has to give way to it.
    """

    width: float
    height: float
    scale: float
    content: Box
    frame: Box
    inset: Box
    legend: Box
    table: Box
    map_room: Box | None = None
    panel: Box | None = None


def paper_size(paper: Paper, orientation: Orientation) -> tuple[float, float]:
    """Return width and height of a paper in millimetres."""
    short, long = _SIZES[paper]
    return (short, long) if orientation == "portrait" else (long, short)


def scale_of(paper: Paper) -> float:
    """Return the scale of text and lines on a paper."""
    return _SCALES[paper]


def content_of(paper: Paper, orientation: Orientation) -> Box:
    """Return the paper less its margins."""
    width, height = paper_size(paper, orientation)
    return Box(left=0, bottom=0, width=width, height=height).inside(_MARGIN)


def filled(plan: Layout, column: float, share: float) -> Layout:
    """Return a landscape whose map takes all but one column.

    Legend and list stand in the column, one under the other, and the inset in the
    frame, at its right, where the map leaves it room (:attr:`Layout.map_room`).

    Parameters
    ----------
    plan : Layout
        The landscape as it is else.
    column : float
        Width of the column, millimetres on A4.
    share : float
        Of the height of the column, for the list.
    """
    gap, side = _GAP * plan.scale, column * plan.scale
    old, content = plan.frame, plan.content
    frame = replace(old, width=content.width - side - gap)
    left = frame.right + gap
    top = old.bottom + old.height
    inset_side = 0.8 * COLUMNS[0] * plan.scale
    air = 1.2 * plan.scale
    below = share * old.height
    foot = old.bottom + _ABOVE_SCALE * plan.scale
    return replace(
        plan,
        frame=frame,
        inset=Box(
            left=frame.right - inset_side - air,
            bottom=top - inset_side / _INSET_SHAPE - air,
            width=inset_side,
            height=inset_side / _INSET_SHAPE,
        ),
        legend=Box(
            left=left,
            bottom=old.bottom + below,
            width=side,
            height=old.height - below,
        ),
        table=Box(left=left, bottom=old.bottom, width=side, height=below - 1.5 * gap),
        panel=Box(
            left=frame.right - inset_side - air,
            bottom=foot,
            width=inset_side,
            height=top - air - foot,
        ),
        map_room=replace(frame, width=frame.width - inset_side - 2 * air),
    )


def filled_where(
    plan: Layout, lines: int, fits: Callable[[Box], bool], *, tabulated: bool
) -> Layout:
    """Return the landscape whose map is the largest, if the list has room in one.

    Parameters
    ----------
    plan : Layout
        The landscape as it is else.
    lines : int
        Of the legend.
    fits : callable
        Says whether the list has room in a box.
    tabulated : bool
        Whether the list is a table, which would give up columns for a wider map.
    """
    wanted = (lines + _LINES_BESIDES) * _LINE * plan.scale
    for column in COLUMNS[_OF_TABLES:] if tabulated else COLUMNS:
        found = [
            wide
            for wide in (filled(plan, column, share) for share in LIST_SHARES)
            if fits(wide.table)
        ]
        for wide in found:
            if wide.legend.height >= wanted:
                return wide
        if found:
            return found[-1]
    return plan


def arrange(paper: Paper, orientation: Orientation, head: float, foot: float) -> Layout:
    """Divide a paper.

    Parameters
    ----------
    paper, orientation : str
        Which paper, and how it lies.
    head, foot : float
        Millimetres that title and sources take, at the edges of the content.
    """
    width, height = paper_size(paper, orientation)
    scale = scale_of(paper)
    content = content_of(paper, orientation)
    gap, side = _GAP * scale, _SIDE[orientation] * scale
    top, bottom = content.top - head - gap, content.bottom + foot + gap
    room = top - bottom
    if orientation == "portrait":
        frame_width = content.width - side - gap
        frame_height = min(frame_width / _SHAPE, room - _LEAST_TABLE * scale - gap)
    else:
        frame_height = room
        frame_width = min(frame_height * _SHAPE, content.width / 2)
    frame = Box(
        left=content.left,
        bottom=top - frame_height,
        width=frame_width,
        height=frame_height,
    )
    column = frame.right + gap
    inset = Box(
        left=column,
        bottom=top - side / _INSET_SHAPE,
        width=side,
        height=side / _INSET_SHAPE,
    )
    legend = Box(
        left=column,
        bottom=frame.bottom,
        width=side,
        height=inset.bottom - gap - frame.bottom,
    )
    if orientation == "portrait":
        table = Box(
            left=content.left,
            bottom=bottom,
            width=content.width,
            height=frame.bottom - gap - bottom,
        )
    else:
        left = column + side + 1.5 * gap
        table = Box(left=left, bottom=bottom, width=content.right - left, height=room)
    return Layout(
        width=width,
        height=height,
        scale=scale,
        content=content,
        frame=frame,
        inset=inset,
        legend=legend,
        table=table,
    )

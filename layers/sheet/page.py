"""A page of paper: lengths in millimetres from its lower left corner, sizes in points.

Everything on a sheet is drawn through this class. It alone knows Matplotlib, so that
text is never parsed as formula, order is that of the calls, and PNG, SVG and PDF come
out alike.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox, TransformedBbox

from layers.sheet.box import Box
from layers.sheet.drawing import about
from layers.sheet.font import (
    FEATURES,
    LINE_SPACING,
    MM_PER_POINT,
    Face,
    face,
    plain,
)
from layers.sheet.tags import Tags
from layers.sheet.told import Told

INK: Final = "#2b2822"
FAINT: Final = "#6b665c"
PAPER: Final = "#ffffff"


class Page:
    """An empty page.

    Parameters
    ----------
    width, height : float
        Size of the paper in millimetres.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self.face: Face = face()
        self.figure = Figure(figsize=(width / 25.4, height / 25.4), facecolor=PAPER)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(0, height)
        self.tags = Tags()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        colour: str = INK,
        align: str = "left",
        rotation: float = 0,
        halo: float = 0,
    ) -> None:
        """Write one line, its baseline at `y`.

        Parameters
        ----------
        x, y : float
            Where the line stands, in millimetres.
        text : str
            What is written.
        size : float
            In points.
        colour : str
            Of the letters.
        align : {"left", "center", "right"}
            Which part of the line stands at `x`.
        rotation : float
            Degrees, counter-clockwise.
        halo : float
            Width in points of a light seam around the letters. It is drawn as outlines
            beneath; the letters themselves stay text that can be searched.
        """
        text = plain(text)
        if not text:
            return
        if halo:
            shift = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
            outline = self.face.outline(text, size)
            start = np.array([x - shift * self.face.width(text, size), y])
            self.outlines(
                [Outline(outline.vertices + start, outline.codes)],
                fill=PAPER,
                stroke=PAPER,
                weight=2 * halo,
            )
        self.axes.text(
            x,
            y,
            text,
            fontproperties=self.face.properties(size),
            fontfeatures=FEATURES,
            color=colour,
            ha=align,
            va="baseline",
            rotation=rotation,
            rotation_mode="anchor",
            parse_math=False,
            zorder=self.tags.order(text=True),
        )

    def lines(
        self,
        x: float,
        top: float,
        lines: Sequence[str],
        size: float,
        *,
        colour: str = INK,
        align: str = "left",
        role: str = "P",
    ) -> float:
        """Write lines below each other and return the y below the last one.

        Parameters
        ----------
        x, top : float
            Where they begin, in millimetres.
        lines : sequence of str
            From top to bottom.
        size, colour, align
            As for :meth:`text`.
        role : str
            What they are together, see :class:`layers.sheet.tags.Element`.
        """
        step = size * MM_PER_POINT * LINE_SPACING
        if not lines:
            return top
        with self.tags.within(role):
            for i, line in enumerate(lines):
                # The first baseline lies so that the line fills its step evenly.
                self.text(
                    x, top - (i + 0.78) * step, line, size, colour=colour, align=align
                )
        return top - len(lines) * step

    def outlines(
        self,
        paths: Sequence[Outline],
        *,
        fill: str | Sequence[str],
        stroke: str,
        weight: float,
        opacity: float = 1,
        within: Box | None = None,
    ) -> None:
        """Draw outlines of Matplotlib's own kind, as `shapes` does polygons.

        Parameters
        ----------
        paths : sequence of Outline
            In millimetres of the page.
        fill, stroke, weight, opacity, within
            As for :meth:`shapes`.
        """
        if not paths:
            return
        fills = [fill] * len(paths) if isinstance(fill, str) else fill
        looks: dict[str, Any] = {
            "linewidth": weight if stroke != "none" else 0,
            "alpha": None if opacity == 1 else opacity,
            "joinstyle": "round",
            "zorder": self.tags.order(),
        }
        if len(paths) == 1:
            # A collection would first measure its only path, which takes long.
            patch = PathPatch(paths[0], facecolor=fills[0], edgecolor=stroke, **looks)
            self.axes.add_artist(patch)
            self._clip(patch, within)
        else:
            collection = PathCollection(
                paths, facecolors=fills, edgecolors=stroke, **looks
            )
            self._add(collection, within)

    def rectangle(
        self,
        box: Box,
        *,
        fill: str = "none",
        stroke: str = "none",
        weight: float = 0.5,
        opacity: float = 1,
    ) -> None:
        """Draw a rectangle.

        Parameters
        ----------
        box : Box
            In millimetres of the page.
        fill, stroke, weight, opacity
            As for :meth:`shapes`.
        """
        self.shapes(
            [box.polygon()], fill=fill, stroke=stroke, weight=weight, opacity=opacity
        )

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        weight: float,
        *,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Draw one line; weight in points, dashes in multiples of it.

        Parameters
        ----------
        points : sequence of (float, float)
            Millimetres from the lower left corner.
        colour : str
            Hexadecimal.
        weight : float
            Points.
        dashes : tuple of float, optional
            Lengths of dash and gap, in multiples of the weight; unbroken without.
        """
        self.strokes([shapely.LineString(points)], colour, weight, dashes=dashes)

    def shapes(
        self,
        geometries: Sequence[Any],
        *,
        fill: str | Sequence[str] = "none",
        stroke: str = "none",
        weight: float = 0.5,
        opacity: float = 1,
        within: Box | None = None,
    ) -> None:
        """Draw polygons, each filled in its colour or all in one.

        Parameters
        ----------
        geometries : sequence of shapely geometry
            In millimetres of the page.
        fill : str or sequence of str
            A colour for each or for all.
        stroke : str
            Colour of the outline.
        weight : float
            Of the outline, in points.
        opacity : float
            From 0 to 1.
        within : Box, optional
            What lies outside of it is not drawn.
        """
        paths = [_outline(geometry) for geometry in geometries]
        self.outlines(
            paths,
            fill=fill,
            stroke=stroke,
            weight=weight,
            opacity=opacity,
            within=within,
        )

    def strokes(
        self,
        geometries: Sequence[Any],
        colour: str,
        weight: float,
        *,
        within: Box | None = None,
        opacity: float = 1,
        dashes: tuple[float, ...] = (),
    ) -> None:
        """Draw lines, and the outlines of polygons.

        Parameters
        ----------
        geometries : sequence of shapely geometry
            In millimetres of the page.
        colour : str
            Of the lines.
        weight : float
            In points.
        within, opacity
            As for :meth:`shapes`.
        dashes : tuple of float
            Lengths of strokes and gaps; a whole line without them.
        """
        parts = []
        for geometry in geometries:
            lines = geometry.boundary if geometry.area else geometry
            parts += [shapely.get_coordinates(p) for p in shapely.get_parts(lines)]
        collection = LineCollection(
            parts,
            colors=colour,
            linewidths=weight,
            alpha=opacity,
            linestyles=(0, dashes) if dashes else "solid",
            capstyle="butt" if dashes else "round",
            joinstyle="round",
            zorder=self.tags.order(),
        )
        self._add(collection, within)

    def render(self, form: str, *, dpi: int, told: Told) -> bytes:
        """Return the page as a file; of a PDF, before it is described.

        Without a day in `told` none is written into it: the same page gives the same
        bytes.

        Parameters
        ----------
        form : {"png", "svg", "pdf"}
            Of the file.
        dpi : int
            Pixels an inch, of a picture.
        told : Told
            What the file says of itself.
        """
        target = io.BytesIO()
        if form == "pdf":
            self.mark()
        self.figure.savefig(target, format=form, dpi=dpi, metadata=about(form, told))
        return target.getvalue()

    def mark(self) -> None:
        """Enclose what is drawn by what it is, for a PDF; after it all is drawn."""
        # Paper is white by itself, and paint that is no element would not be accepted.
        self.figure.patch.set_visible(False)
        for mark in self.tags.marks():
            self.axes.add_artist(mark)

    def _add(self, collection: Any, within: Box | None) -> None:
        collection.set_transform(self.axes.transData)
        self.axes.add_collection(collection, autolim=False)
        self._clip(collection, within)

    def _clip(self, artist: Any, within: Box | None) -> None:
        # After the artist was added, which by itself sets another clip path.
        if within is None:
            artist.set_clip_on(False)
        else:
            corners = Bbox([[within.left, within.bottom], [within.right, within.top]])
            artist.set_clip_path(None)
            artist.set_clip_box(TransformedBbox(corners, self.axes.transData))


def _outline(geometry: Any) -> Outline:
    """Return a polygon or several, with holes, as one outline."""
    rings = []
    for part in shapely.get_parts(shapely.orient_polygons(geometry)):
        rings += [part.exterior, *part.interiors]
    paths = [Outline(shapely.get_coordinates(ring), closed=True) for ring in rings]
    return Outline.make_compound_path(*paths) if paths else Outline(np.empty((0, 2)))

"""Where on the earth the picture of a sheet lies: the files beside a PNG."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from geo.export.systems import equal_area
from layers.sheet.projection import MapFrame

_MM_PER_INCH: Final = 25.4


def world_file(frame: MapFrame, height: float, dpi: int) -> bytes:
    """Return the world file of a picture of a sheet.

    Parameters
    ----------
    frame : MapFrame
        Where the map is on the page.
    height : float
        Of the page, millimetres.
    dpi : int
        Dots an inch of the picture.

    Returns
    -------
    bytes
        Six lines: size of a dot in metres of the Albers system of the sheets, turns,
        and the middle of the dot at the upper left.
    """
    left, dot, top = _corner(frame, height, dpi)
    numbers = (dot, 0.0, 0.0, -dot, left + dot / 2, top - dot / 2)
    return "".join(f"{number:.6f}\n" for number in numbers).encode()


def gdal_file(frame: MapFrame, height: float, dpi: int) -> bytes:
    """Return place and system of a picture as GDAL keeps them beside it.

    Parameters
    ----------
    frame : MapFrame
        Where the map stands, its extent and its scale.
    height : float
        Of the picture, in millimetres.
    dpi : int
        Pixels an inch.
    """
    left, dot, top = _corner(frame, height, dpi)
    numbers = ", ".join(f"{number:.6f}" for number in (left, dot, 0, top, 0, -dot))
    system = escape(equal_area().to_wkt("WKT1_GDAL"))
    return (
        f"<PAMDataset>\n<SRS>{system}</SRS>\n"
        f"<GeoTransform>{numbers}</GeoTransform>\n</PAMDataset>\n"
    ).encode()


def _corner(frame: MapFrame, height: float, dpi: int) -> tuple[float, float, float]:
    """Return left edge, size of a dot and upper edge of a picture, in metres."""
    x, y = _middle(frame)
    left = frame.centre[0] - x / frame.mm_per_metre
    top = frame.centre[1] + (height - y) / frame.mm_per_metre
    return left, _MM_PER_INCH / dpi / frame.mm_per_metre, top


def projection_file() -> bytes:
    """Return the system of the sheets as the ``.prj`` beside a world file."""
    return equal_area().to_wkt("WKT1_ESRI").encode()


def _middle(frame: MapFrame) -> tuple[float, float]:
    box = frame.box
    return (box.left + box.right) / 2, (box.bottom + box.top) / 2

"""DXF: boundaries and names as a drawing in metres, for CAD."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import shapely

from geo.crs import representative_points
from geo.export.document import Document, as_text
from geo.export.systems import called

_APPLICATION: Final = "ATLAS"
"""Under this name the attributes stand at each line (extended data)."""

_BOUNDARIES: Final = ("县界", "COUNTY_BOUNDARY")
_NAMES: Final = ("县名", "COUNTY_NAME")
_CODES: Final = ("代码", "COUNTY_CODE")
_ABOUT: Final = ("说明", "ABOUT")
"""Layers, in Chinese and in English."""

COMMENT: Final = "999"
"""Group of the lines of a drawing that programs pass over."""

ABOUT: Final = "atlas "
"""Begins the comment with the metadata, as JSON."""

ROW: Final = "atlas-row "
"""Begins a comment with nested values of a place, as JSON after its identifier."""

_METRES: Final = 6
"""Of the header variable ``$INSUNITS``."""

_TEXT: Final = 3_000.0
"""Height of a name in metres: 3 mm at 1 : 1,000,000."""

_LONGEST: Final = 255
"""Bytes of a text in extended data, by the reference of the format."""

_ENCODING: Final = "gbk"
"""Of a drawing of release 2004, and said in it. Later releases are in UTF-8, which
GDAL, and with it QGIS, takes for Latin letters."""


def _by_number(mark: str, error: UnicodeError) -> tuple[str, int]:
    """Write characters that GBK lacks by their numbers."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end].encode("utf-16-be").hex().upper()
    units = (lacking[at : at + 4] for at in range(0, len(lacking), 4))
    return "".join(f"{mark}{unit}" for unit in units), error.end


_IN_TEXT: Final = "dxf-text"
_IN_JSON: Final = "dxf-json"
codecs.register_error(_IN_TEXT, partial(_by_number, r"\U+"))  # as CAD has always done
codecs.register_error(_IN_JSON, partial(_by_number, r"\u"))


def write(document: Document) -> bytes:
    """Write a document as DXF (release 2004, in GBK).

    Parameters
    ----------
    document : Document
        Polygons in a projected system in metres.

    Returns
    -------
    bytes
        Each ring a closed polyline on a layer of boundaries, with the attributes that
        are text or numbers as extended data; names and identifiers as texts on layers
        of their own, inside the places; what the file is on a layer of notes, beside
        the map, and as JSON in comments at the head, as are a place's nested values. No
        fill: a drawing gives its own.
    """
    # Slow to load.
    from ezdxf._options import options
    from ezdxf.filemanagement import new

    # Equal facts make equal bytes: no clock, no random identifier.
    options.write_fixed_meta_data_for_testing = True
    drawing = new("R2004", setup=False, units=_METRES)
    drawing.encoding = _ENCODING
    at = 0 if document.language == "zh" else 1
    style = drawing.styles.new("ATLAS", dxfattribs={"font": "simsun.ttc"})
    for names, colour in ((_BOUNDARIES, 7), (_NAMES, 3), (_CODES, 8), (_ABOUT, 8)):
        drawing.layers.add(names[at], color=colour)
    drawing.appids.add(_APPLICATION)
    space = drawing.modelspace()
    text = {"style": style.dxf.name, "height": _TEXT}

    table = document.attributes(nested=False)
    shapes = document.table.geometry
    middles = representative_points(shapes).to_crs(shapes.crs)
    label = document.name_column or str(table.columns[0])
    for position, (shape, middle) in enumerate(zip(shapes, middles, strict=True)):
        row = table.iloc[position]
        told = _extended(row.to_dict())
        for polygon in getattr(shape, "geoms", [shape]):
            for ring in (polygon.exterior, *polygon.interiors):
                points = shapely.get_coordinates(ring)[:-1].round(3)
                line = space.add_lwpolyline(
                    points.tolist(), close=True, dxfattribs={"layer": _BOUNDARIES[at]}
                )
                line.set_xdata(_APPLICATION, told)
        for names, value, down in ((_NAMES, row[label], 0), (_CODES, row.iloc[0], 1)):
            written = space.add_text(
                as_text(value) or "", dxfattribs={**text, "layer": names[at]}
            )
            written.set_placement((middle.x, middle.y - down * 1.4 * _TEXT))
    west, south, _, _ = shapes.total_bounds
    notes = [document.title, called(shapes.crs)]
    notes += [f"{n.label}: {n.text}" for n in document.notes if "\n" not in n.text]
    for number, note in enumerate(notes):
        written = space.add_text(note, dxfattribs={**text, "layer": _ABOUT[at]})
        written.set_placement((west, south - (number + 2) * 1.6 * _TEXT))
    file = io.StringIO()
    drawing.write(file)
    metadata = json.dumps(document.metadata, ensure_ascii=False)
    comments = [f"{ABOUT}{metadata}", document.mark, *_nested(document)]
    head = "".join(f"{COMMENT}\n{comment}\n" for comment in comments)
    return head.encode(_ENCODING, _IN_JSON) + file.getvalue().encode(
        _ENCODING, _IN_TEXT
    )


def _nested(document: Document) -> Iterator[str]:
    """Yield the lines with what extended data has no room for: a place each."""
    nested = document.table[[*document.row_tables]]
    for identifier, row in zip(nested.index, nested.to_dict("records"), strict=True):
        text = json.dumps(row, ensure_ascii=False)
        yield f"{ROW}{identifier} {text}"


def _extended(row: dict[Any, Any]) -> list[tuple[int, str]]:
    """Return the attributes of a place as extended data, one text each."""
    texts = ((name, as_text(value)) for name, value in row.items())
    return [
        (1000, f"{name}={text}"[:_LONGEST]) for name, text in texts if text is not None
    ]

"""KML: placemarks with their names and extended data, by expat.

The GDAL of fiona's wheels has no KML driver at all, and GDAL's simple one leaves the
extended data out. A document type is refused before it is read: entities grow, and can
name other files.
"""

from __future__ import annotations

import math
from typing import Any, Final
from xml.parsers import expat

from layers.own.child.faults import NotReadError
from layers.own.child.layer import WGS84, shapes
from layers.own.limits import Limits

_DEEPEST: Final = 200
_SHAPES: Final = {"Point", "LineString", "Polygon"}


def read(content: bytes, limits: Limits) -> dict[str, Any]:
    """Read the placemarks of a KML document as one layer."""
    reader = _Placemarks(limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise NotReadError("damaged", "markup", line=error.lineno) from error
    if not reader.placemarks:
        raise NotReadError("empty", "empty")
    columns = list(dict.fromkeys(k for p in reader.placemarks for k in p))
    if len(reader.placemarks) * len(columns) > limits.cells:
        raise NotReadError("too_large", "cells", limit=limits.cells)
    rows = [columns, *([p.get(k) for k in columns] for p in reader.placemarks)]
    told, notes = shapes(reader.geometries, limits)
    sheet = {
        "name": None,
        "visible": True,
        "rows": rows,
        "merged": [],
        "crs": WGS84,  # the only one that KML knows
        "shapes": told,
    }
    return {"format": "kml", "encoding": None, "sheets": [sheet], "notes": notes}


def _refuse(*_: object) -> None:
    raise NotReadError("hostile", "entities")


class _Placemarks:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._path: list[str] = []
        self._text: list[str] = []
        self._key = ""
        self._shapes: list[dict[str, Any]] = []
        self._rings: list[list[list[float]]] = []
        self.placemarks: list[dict[str, Any]] = []
        self.geometries: list[dict[str, Any] | None] = []

    def start(self, name: str, about: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        self._path.append(tag)
        self._text = []
        if len(self._path) > _DEEPEST:
            raise NotReadError("hostile", "nested")
        if tag == "Placemark":
            if len(self.placemarks) >= self._limits.rows:
                raise NotReadError("too_large", "rows", limit=self._limits.rows)
            self.placemarks.append({})
            self._shapes = []
        elif tag in {"Data", "SimpleData"}:
            self._key = about.get("name", "")
        elif tag == "Polygon":
            self._rings = []

    def text(self, text: str) -> None:
        self._text.append(text)

    def end(self, _: str) -> None:
        tag = self._path.pop()
        above = self._path[-1] if self._path else ""
        text = "".join(self._text).strip()
        self._text = []
        if "Placemark" not in self._path and tag != "Placemark":
            return
        if above == "Placemark" and tag in {"name", "description"}:
            self._put(tag, text)
        elif tag == "SimpleData" or (tag == "value" and above == "Data"):
            self._put(self._key, text)
        elif tag == "coordinates":
            self._coordinates(above, text)
        elif tag == "Polygon" and self._rings:
            self._shapes.append({"type": "Polygon", "coordinates": self._rings})
        elif tag == "Placemark":
            self.geometries.append(_together(self._shapes))

    def _put(self, column: str, text: str) -> None:
        row = self.placemarks[-1]
        if column and text:
            row[column] = text
            if len(row) > self._limits.columns:
                raise NotReadError("too_large", "columns", limit=self._limits.columns)

    def _coordinates(self, above: str, text: str) -> None:
        points = []
        for triple in text.split():
            numbers = [_float(part) for part in triple.split(",")[:2]]
            if len(numbers) == 2 and None not in numbers:
                points.append(numbers)
        if not points:
            return
        if above == "LinearRing":
            self._rings.append(points)  # type: ignore[arg-type] # no None in it
        elif above == "Point":
            self._shapes.append({"type": "Point", "coordinates": points[0]})
        elif above == "LineString":
            self._shapes.append({"type": "LineString", "coordinates": points})


def _float(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _together(shapes: list[dict[str, Any]]) -> dict[str, Any] | None:
    if len(shapes) <= 1:
        return shapes[0] if shapes else None
    kinds = {shape["type"] for shape in shapes}
    if len(kinds) == 1 and kinds <= _SHAPES:
        parts = [shape["coordinates"] for shape in shapes]
        return {"type": f"Multi{kinds.pop()}", "coordinates": parts}
    return {"type": "GeometryCollection", "geometries": shapes}

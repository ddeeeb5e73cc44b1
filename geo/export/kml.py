"""KML and KMZ: for Google Earth and what reads its files."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from xml.etree import ElementTree as ET

import pandas as pd

from geo.export import geojson
from geo.export.archive import pack
from geo.export.combinations import Combination, combinations
from geo.export.document import Document, Field
from geo.export.qgis_parts import xml_text

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
_OPAQUE: Final = 0xB3
_HATCHED: Final = 0x66
"""KML has no hatching: what would be hatched is fainter."""
_LINE: Final = "ff5a5a5a"


def write(document: Document) -> bytes:
    """Write a document as KML 2.2.

    Parameters
    ----------
    document : Document
        Polygons in any known CRS; written in longitude and latitude of WGS 84, with
        the decimals of our GeoJSON.

    Returns
    -------
    bytes
        A folder a combination of themes that occurs, in the colour of its first
        theme, and one for the places of which a theme is not known; each place once,
        with name, description and all attributes. Text is text: in a description,
        which viewers take for HTML, it is escaped as such.
    """
    root = ET.Element("kml", xmlns=NAMESPACE)
    top = ET.SubElement(root, "Document", id=document.name)
    _add(top, "name", document.title)
    notes = ((n.label, n.text) for n in document.notes)
    _add(top, "description", _as_html(notes))
    found = combinations(document)
    for number, combination in enumerate(found):
        _style(top, f"style{number}", combination, document)
    if document.notes:
        extended = ET.SubElement(top, "ExtendedData")
        for note in document.notes:
            data = ET.SubElement(extended, "Data", name=note.key)
            _add(data, "displayName", note.label)
            _add(data, "value", note.text)

    table = document.attributes()
    fields = document.described(table.columns)
    shapes = _shapes(document)
    rows: list[dict[Any, Any]] = table.to_dict("records")
    for number, combination in enumerate(found):
        folder = ET.SubElement(top, "Folder")
        _add(folder, "name", combination.name)
        described = [
            (t.name, t.description) for t in combination.themes if t.description
        ]
        if described:
            _add(folder, "description", _as_html(described))
        for position in combination.rows.nonzero()[0].tolist():
            place = _place(document, rows[position], fields)
            _add(place, "styleUrl", f"#style{number}")
            _attributes(place, rows[position])
            _geometry(place, shapes[position])
            folder.append(place)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def write_kmz(document: Document) -> bytes:
    """Write a document as KMZ: the KML of :func:`write`, zipped."""
    return pack({"doc.kml": write(document)}, document.made_on)


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = xml_text(text)


def _as_html(pairs: Iterable[tuple[str, str]]) -> str:
    """Return headings with their texts as HTML that shows nothing but text."""
    return "<br/>".join(
        f"<b>{html.escape(name)}</b> {html.escape(text)}".replace("\n", "<br/>")
        for name, text in pairs
    )


def _style(
    parent: ET.Element, identifier: str, combination: Combination, document: Document
) -> None:
    first = next(iter(combination.themes), None)
    colour = first.colour if first else document.plain_colour
    faint = combination.not_said or (first is not None and first.hatched)
    if combination.not_said:
        colour = document.not_said_colour
    style = ET.SubElement(parent, "Style", id=identifier)
    line = ET.SubElement(style, "LineStyle")
    _add(line, "color", _LINE)
    _add(line, "width", "1")
    fill = ET.SubElement(style, "PolyStyle")
    _add(fill, "color", _abgr(colour, _HATCHED if faint else _OPAQUE))


def _abgr(colour: str, alpha: int) -> str:
    """Return a colour in KML's order.

    Examples
    --------
    >>> _abgr("#E69F00", 255)
    'ff009fe6'
    """
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"{alpha:02x}{blue:02x}{green:02x}{red:02x}"


def _place(
    document: Document, row: Mapping[str, Any], fields: Sequence[Field]
) -> ET.Element:
    """Make a place with its name and what a balloon shows."""
    place = ET.Element("Placemark")
    _add(place, "name", str(row[document.name_column or fields[0].name]))
    pairs, themes = [], []
    for field in fields:
        value = row[field.name]
        label = field.label(document.language)
        if pd.isna(value) or field.name in document.row_tables:
            continue
        if pd.api.types.is_bool(value):
            themes += [label] if value else []
        else:
            pairs.append((label, str(value)))
    text = _as_html([*pairs, *((theme, "✓") for theme in themes)])
    _add(place, "description", text)
    return place


def _attributes(place: ET.Element, row: Mapping[str, Any]) -> None:
    """Add what is known of a place, for programs; what is missing is left out."""
    # Not as SchemaData, which has types: GDAL does not find the schema in a KMZ, and
    # then leaves out every attribute.
    extended = ET.SubElement(place, "ExtendedData")
    for name, value in row.items():
        if pd.isna(value):
            continue
        flag = pd.api.types.is_bool(value)
        data = ET.SubElement(extended, "Data", name=xml_text(name))
        _add(data, "value", str(int(value)) if flag else str(value))


def _shapes(document: Document) -> list[dict[str, Any] | None]:
    """Return the geometries as our GeoJSON has them: rounded alike, in order."""
    bare = document.table[[document.table.geometry.name]]
    features = json.loads(geojson.write(bare, {}))["features"]
    return [feature["geometry"] for feature in features]


def _geometry(place: ET.Element, shape: dict[str, Any] | None) -> None:
    if shape is None:
        return
    if shape["type"] not in {"Polygon", "MultiPolygon"}:
        raise ValueError(f"KML is for polygons here, not {shape['type']}")
    parts = shape["coordinates"]
    if shape["type"] == "Polygon":
        parts, parent = [parts], place
    else:
        parent = ET.SubElement(place, "MultiGeometry")
    for outer, *holes in parts:
        polygon = ET.SubElement(parent, "Polygon")
        _ring(polygon, "outerBoundaryIs", outer)
        for hole in holes:
            _ring(polygon, "innerBoundaryIs", hole)


def _ring(polygon: ET.Element, side: str, positions: list[list[float]]) -> None:
    ring = ET.SubElement(ET.SubElement(polygon, side), "LinearRing")
    _add(ring, "coordinates", " ".join(f"{x},{y}" for x, y in positions))

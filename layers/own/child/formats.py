"""Tell a file's format by its content, never by its name alone, and read it."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any, Final

from layers.own.child import archive, hypertext, layer, placemarks, text, workbook
from layers.own.child.faults import NotReadError, damaged_unless_read
from layers.own.limits import MEGABYTE, Limits

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SQLITE: Final = b"SQLite format 3\0"
_OTHERS: Final = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"{\\rtf": "RTF",
    b"MZ": "EXE",
    b"\x7fELF": "ELF",
}
"""First bytes of files that people name .csv or .xls by mistake."""


def read(content: bytes, name: str, limits: Limits) -> dict[str, Any]:
    """Read a file into plain data.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What it is called; asked only where the content leaves a choice.
    limits : Limits
        Of size, rows and columns; memory and time are the process's own.

    Returns
    -------
    dict
        ``format``, ``encoding``, ``sheets``: each with ``name``, ``visible``,
        ``rows`` (lists of text, numbers, truth values, ``["date", iso]`` or None) and
        ``merged`` (first row, first column, last row, last column, from 0), of a layer
        also ``crs`` and ``shapes`` (WKB in base 64); ``notes`` of what was met.

    Raises
    ------
    NotReadError
        If it is not read.
    """
    if len(content) > limits.file_mb * MEGABYTE:
        raise NotReadError("too_large", "file", limit=limits.file_mb)
    if not content.strip(b"\0 \t\r\n"):
        raise NotReadError("empty", "empty")
    for beginning, kind in _OTHERS.items():
        if content.startswith(beginning):
            raise NotReadError("not_a_table", "other_format", format=kind)
    if content.startswith(b"PK\x03\x04"):
        return _unpacked(content, limits)
    if content.startswith(_OLE):
        return workbook.read(content, "xls", limits)
    if content.startswith(b"PAR1"):
        return layer.parquet(content, limits)
    if content.startswith(b"fgb\x03"):
        return layer.flatgeobuf(content, limits)
    if content.startswith(_SQLITE):
        return layer.geopackage(content, limits)
    decoded, encoding = text.decode(content)
    start = decoded.lstrip()[:4096].lower()
    if start.startswith("<"):
        return _markup(content, decoded, start, encoding, limits)
    if start.startswith(("{", "[")) and _is_json(decoded):
        return layer.geojson(decoded, limits)
    return text.read(decoded, encoding, name, limits)


def _unpacked(content: bytes, limits: Limits) -> dict[str, Any]:
    with damaged_unless_read("archive"), zipfile.ZipFile(io.BytesIO(content)) as packed:
        archive.measure(packed, limits)
        names = set(packed.namelist())
        if "xl/workbook.xml" in names:
            return workbook.read(content, "xlsx", limits)
        if archive.is_opendocument_sheet(packed):
            return workbook.read(content, "ods", limits)
        if any(name.lower().endswith(".shp") for name in names):
            return layer.shapefile(packed, limits)
        maps = [name for name in sorted(names) if name.lower().endswith(".kml")]
        if len(maps) > 1:
            # GDAL writes a map that only refers to its layers, a file each.
            maps = [name for name in maps if b"<Placemark" in packed.read(name)]
        if len(maps) == 1:
            return placemarks.read(packed.read(maps[0]), limits)
    kind = "ZIP" if not {"word/document.xml", "ppt/presentation.xml"} & names else ""
    raise NotReadError("unsupported", "archive_kind", format=kind or "DOCX")


def _markup(
    content: bytes, decoded: str, start: str, encoding: str, limits: Limits
) -> dict[str, Any]:
    if "<kml" in start or "<!doctype kml" in start:
        return placemarks.read(content, limits)
    if "<table" in decoded.lower() and "<?xml" not in start[:100]:
        return hypertext.read(content, decoded, encoding, limits)
    if "excel.sheet" in start or "office:spreadsheet" in start:
        raise NotReadError("unsupported", "other_format", format="XML Spreadsheet 2003")
    if "<?xml" in start[:100] and "<html" in start:
        return hypertext.read(content, decoded, encoding, limits)
    raise NotReadError("not_a_table", "other_format", format="XML")


def _is_json(decoded: str) -> bool:
    # A table may begin with a brace: {{name}},1
    if decoded.lstrip().startswith("[") and not decoded.rstrip().endswith("]"):
        return False
    try:
        json.loads(decoded)
    except json.JSONDecodeError:
        return '"type"' in decoded[:2000] or '"features"' in decoded[:2000]
    return True

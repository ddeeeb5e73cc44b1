"""Layers: GeoJSON by json, GeoPackage and Shapefile by fiona with the driver named.

GDAL trusts a file's content: what is called .geojson may be a description of other
files and addresses. So GeoJSON never reaches it, its CRS member is read as a text and
no link in it is followed; the other two are opened from memory, by one driver each.
"""

from __future__ import annotations

import base64
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing, suppress
from pathlib import PurePosixPath
from typing import Any, Final

from layers.own.child import text
from layers.own.child.faults import NotReadError, damaged_unless_read
from layers.own.child.wkb import Writer
from layers.own.child.workbook import plain
from layers.own.limits import Limits

WGS84: Final = "EPSG:4326"
_SHAPEFILE: Final = "ESRI Shapefile"
_PARTS: Final = ("shp", "shx", "dbf", "prj")
_CRS84: Final = re.compile(r"(?:urn:ogc:def:crs:)?OGC:[\d.]*:?CRS84", re.IGNORECASE)
_EPSG: Final = re.compile(
    r"(?:urn:(?:ogc|x-ogc):def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,6})", re.IGNORECASE
)


def geojson(decoded: str, limits: Limits) -> dict[str, Any]:
    """Read a GeoJSON document as one layer."""
    try:
        document = json.loads(decoded, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        raise NotReadError("damaged", "markup", line=error.lineno) from error
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "Topology":
        return _topology(document, limits)
    features = document.get("features") if kind == "FeatureCollection" else [document]
    if kind not in {"FeatureCollection", "Feature"} or not isinstance(features, list):
        raise NotReadError("not_a_table", "other_format", format="JSON")
    if not features:
        raise NotReadError("empty", "empty")
    if not all(isinstance(feature, dict) for feature in features):
        raise NotReadError("damaged", "features")
    properties, geometries = [], []
    for feature in features:
        own = feature.get("properties")
        properties.append(own if isinstance(own, dict) else {})
        geometries.append(feature.get("geometry"))
    crs, notes = _declared(document)
    return _layer("geojson", properties, geometries, crs, limits, notes=notes)


def _topology(document: dict[str, Any], limits: Limits) -> dict[str, Any]:
    """Read the properties of a TopoJSON; of its lines no figure depends."""
    try:
        shapes = [
            shape
            for part in document["objects"].values()
            for shape in part.get("geometries", [part])
        ]
        properties = [dict(shape.get("properties") or {}) for shape in shapes]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotReadError("damaged", "features") from error
    if not properties:
        raise NotReadError("empty", "empty")
    return _layer("topojson", properties, [None] * len(properties), None, limits)


def _declared(document: dict[str, Any]) -> tuple[str | None, list[dict[str, Any]]]:
    """Return the CRS that a document names; a link is said, and not followed.

    The member is of the first GeoJSON (2008) and gone since RFC 7946, but GDAL and
    QGIS write it to this day. What it names is a code of a register, or unknown.
    """
    member = document.get("crs")
    if member is None:
        return WGS84, []  # RFC 7946
    about = member.get("properties") if isinstance(member, dict) else None
    if not isinstance(about, dict) or member.get("type") != "name":
        return None, [{"code": "crs_link"}]
    name = str(about.get("name"))[:200].strip()
    if _CRS84.fullmatch(name):
        return WGS84, []
    code = _EPSG.fullmatch(name)
    if code is None:
        return None, [{"code": "crs_unknown"}]
    return f"EPSG:{code[1]}", []


def geopackage(content: bytes, limits: Limits) -> dict[str, Any]:
    """Read the layers of a GeoPackage, each as a sheet."""
    import fiona
    from fiona.io import MemoryFile

    options = {"driver": "GPKG", "enabled_drivers": ["GPKG"]}
    layers = []
    with (
        damaged_unless_read("layer", format="GeoPackage"),
        MemoryFile(content, ext=".gpkg") as file,
    ):
        _look_into(content)
        for name in fiona.listlayers(file.name):
            with fiona.open(file.name, layer=name, **options) as source:
                layers.append(_from_fiona("gpkg", source, limits, None, name))
    if not layers:
        raise NotReadError("empty", "empty")
    whole = layers[0]
    whole["sheets"] += [sheet for layer in layers[1:] for sheet in layer["sheets"]]
    return whole


def _look_into(content: bytes) -> None:
    """Let SQLite read the names in a database before GDAL does.

    Where one is no UTF-8, what SQLite says of it is none either, and over such an error
    of GDAL's fiona ends the process. What else is wrong, GDAL says.

    Raises
    ------
    UnicodeDecodeError
        If so.
    """
    with suppress(sqlite3.Error), closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        for _ in database.execute("SELECT name, sql FROM sqlite_master"):
            pass


def flatgeobuf(content: bytes, limits: Limits) -> dict[str, Any]:
    """Read a FlatGeobuf."""
    import fiona
    from fiona.io import MemoryFile

    options = {"driver": "FlatGeobuf", "enabled_drivers": ["FlatGeobuf"]}
    with (
        damaged_unless_read("layer", format="FlatGeobuf"),
        MemoryFile(content, ext=".fgb") as file,
        fiona.open(file.name, **options) as source,
    ):
        return _from_fiona("flatgeobuf", source, limits, None, None)


def parquet(content: bytes, limits: Limits) -> dict[str, Any]:
    """Read the columns of a Parquet file that are no shapes and no lists."""
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    with damaged_unless_read("layer", format="Parquet"):
        file = pq.ParquetFile(io.BytesIO(content))
        if file.metadata.num_rows > limits.rows:
            raise NotReadError("too_large", "rows", limit=limits.rows)
        flat = [
            field.name
            for field in file.schema_arrow
            if not (pa.types.is_nested(field.type) or _is_bytes(field.type))
        ]
        table = file.read(columns=flat[: limits.columns + 1], use_threads=False)
        rows = table.to_pylist()
    return _layer("parquet", rows, [None] * len(rows), None, limits, columns=flat)


def _is_bytes(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def shapefile(packed: zipfile.ZipFile, limits: Limits) -> dict[str, Any]:
    """Read the one Shapefile of an archive, in the encoding that its texts have."""
    from fiona.io import ZipMemoryFile

    names = packed.namelist()
    shapes = [name for name in names if name.lower().endswith(".shp")]
    if len(shapes) > 1:
        raise NotReadError("unsupported", "several_layers", names="、".join(shapes))
    parts = _parts(packed, shapes[0])
    if "dbf" not in parts:
        raise NotReadError("damaged", "no_dbf")
    encoding = _encoding_of(parts)
    options = {"driver": _SHAPEFILE, "enabled_drivers": [_SHAPEFILE]}
    with (
        damaged_unless_read("layer", format="Shapefile"),
        ZipMemoryFile(_repacked(parts)) as file,
        file.open("layer.shp", encoding=encoding, **options) as source,
    ):
        return _from_fiona("shapefile", source, limits, encoding, None)


def _parts(packed: zipfile.ZipFile, shape: str) -> dict[str, bytes]:
    stem = str(PurePosixPath(shape).with_suffix("")).lower()
    return {
        suffix: packed.read(name)
        for name in packed.namelist()
        if str(PurePosixPath(name).with_suffix("")).lower() == stem
        for suffix in (*_PARTS, "cpg")
        if name.lower().endswith(f".{suffix}")
    }


def _repacked(parts: dict[str, bytes]) -> bytes:
    """Pack the parts anew under names that harm nobody, without the .cpg."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for suffix in _PARTS:
            if suffix in parts:
                packed.writestr(f"layer.{suffix}", parts[suffix])
    return target.getvalue()


def _encoding_of(parts: dict[str, bytes]) -> str:
    """Return the encoding of the .dbf: as declared if that holds, else as found."""
    table = parts["dbf"]
    declared = parts.get("cpg", b"").decode("ascii", "replace").strip().lower()
    declared = {"65001": "utf-8", "936": "gb18030"}.get(declared, declared)
    header = int.from_bytes(table[8:10], "little")
    # Of the fields their names only: widths and addresses are no letters.
    named = b"".join(table[at : at + 11] for at in range(32, header - 31, 32))
    for name in (declared, "utf-8", "gb18030"):
        try:
            # Texts cut at the width of their field may end within a character.
            (named + table[header:]).decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        return "gb18030" if name in {"gbk", "gb2312", "cp936"} else name
    try:
        return text.decode(table[header:])[1]
    except NotReadError:
        return "gb18030"


def _from_fiona(
    form: str, source: Any, limits: Limits, encoding: str | None, name: str | None
) -> dict[str, Any]:
    if len(source) > limits.rows:
        raise NotReadError("too_large", "rows", limit=limits.rows)
    properties, geometries = [], []
    for feature in source:
        properties.append(dict(feature.properties))
        shape = feature.geometry
        geometries.append(None if shape is None else shape.__geo_interface__)
    columns = list(source.schema["properties"])
    crs = source.crs.to_string() if source.crs else None
    return _layer(
        form,
        properties,
        geometries,
        crs,
        limits,
        columns=columns,
        encoding=encoding,
        name=name,
    )


def _layer(
    form: str,
    properties: list[dict[str, Any]],
    geometries: list[Any],
    crs: str | None,
    limits: Limits,
    *,
    columns: list[str] | None = None,
    encoding: str | None = None,
    name: str | None = None,
    notes: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    if len(properties) > limits.rows:
        raise NotReadError("too_large", "rows", limit=limits.rows)
    if columns is None:
        columns = list(dict.fromkeys(key for row in properties for key in row))
    if len(columns) > limits.columns:
        raise NotReadError("too_large", "columns", limit=limits.columns)
    if len(properties) * len(columns) > limits.cells:
        raise NotReadError("too_large", "cells", limit=limits.cells)
    rows = [columns, *([_cell(row.get(key)) for key in columns] for row in properties)]
    told, unclosed = shapes(geometries, limits)
    sheet = {
        "name": name,
        "visible": True,
        "rows": rows,
        "merged": [],
        "crs": crs,
        "shapes": told,
    }
    return {
        "format": form,
        "encoding": encoding,
        "sheets": [sheet],
        "notes": [*(notes or []), *unclosed],
    }


def shapes(
    geometries: list[Any], limits: Limits
) -> tuple[list[str | None], list[dict[str, Any]]]:
    """Write shapes as they are handed back, and what was met on the way.

    Parameters
    ----------
    geometries : list
        As GeoJSON has them, or None.
    limits : Limits
        What the reader may take.

    Returns
    -------
    shapes : list of str or None
        WKB in base 64; None without a shape, "" for one that cannot be read.
    notes : list of dict
        Whether rings had to be closed.
    """
    writer = Writer(limits.vertices)
    written = [writer.write(shape) for shape in geometries]
    told = [None if one is None else base64.b64encode(one).decode() for one in written]
    return told, [{"code": "unclosed"}] if writer.closed else []


def _cell(value: object) -> Any:
    if isinstance(value, dict | list | tuple | bytes):
        return None  # a list in a property is no figure and no name
    return plain(value)

"""Shapefile, zipped: the old format that every tool reads, and what it cannot say."""

from __future__ import annotations

from typing import Final

import pandas as pd

from geo.export.archive import pack
from geo.export.csv_table import encode
from geo.export.document import Document
from geo.export.faults import NotEncodableError, ValueTooLongError
from geo.export.gdal import on_disk, write_layer
from geo.export.qgis_style import qgis_style
from geo.export.short_names import LONGEST, short_names
from geo.export.sld import sld

LONGEST_TEXT: Final = 254
"""Bytes of a text in a dBASE table."""

FIELDS: Final = "fields.csv"
ABOUT: Final = "about.txt"
LICENCE: Final = "licence.txt"
_PARTS: Final = ("shp", "shx", "dbf", "prj", "cpg")


def write(document: Document) -> bytes:
    """Write a document as a zip archive with one Shapefile.

    Parameters
    ----------
    document : Document
        Polygons in any known CRS.

    Returns
    -------
    bytes
        The parts of the Shapefile named like the document, its table in the document's
        encoding, which the ``.cpg`` names; its style as QML and SLD; `FIELDS` with the
        full name, labels and meaning of each field; the companions as CSV, those that
        hold a nested column under the column's name; `ABOUT`, and `LICENCE` if the
        metadata have terms. Bools are the numbers 1 and 0, blank where missing.

    Raises
    ------
    ValueTooLongError
        If a text needs more than `LONGEST_TEXT` bytes: the format would cut it, even
        in the middle of a character.
    NotEncodableError
        If the encoding has no place for a character.
    OSError
        If the disk is full.
    """
    table = document.attributes(nested=False)
    _check_text(table, document.encoding)
    short = _field_names(document, table)
    # dBASE's own bools read as the letters T and F in older programs.
    narrow = {
        name: table[name].astype("Int16")
        for name in table.columns
        if pd.api.types.is_bool_dtype(table[name])
    }
    parts = _shapefile(table.assign(**narrow).rename(columns=short), document)

    dictionary = document.dictionary(table.columns)
    dictionary.insert(0, "short_name", [short[name] for name in dictionary["field"]])
    columns = {table: column for column, table in document.row_tables.items()}
    files: dict[str, bytes | str] = {
        **parts,
        # QGIS takes the style beside a layer, GeoServer's importer too.
        f"{document.name}.qml": qgis_style(document, short),
        f"{document.name}.sld": sld(document, short),
        FIELDS: encode(dictionary),
    }
    for name, companion in document.companions.items():
        files[f"{columns.get(name, name)}.csv"] = encode(companion)
    # Windows' older editors take text without a mark for GBK.
    files[ABOUT] = document.about_text().encode("utf-8-sig")
    terms = document.metadata.get("licence")
    if terms:
        lines = terms.items() if hasattr(terms, "items") else [("", terms)]
        text = "".join(f"{part}: {term}\n" for part, term in lines)
        files[LICENCE] = text.encode("utf-8-sig")
    return pack(files, document.made_on)


def _field_names(document: Document, table: pd.DataFrame) -> dict[str, str]:
    """Return a field name for each column: the one it is given, or a short one."""
    fields = document.described(table.columns)
    given = {field.name: field.short for field in fields if field.short}
    too_long = [s for s in given.values() if len(s.encode()) > LONGEST]
    if too_long or len({*given.values()}) < len(given):
        raise ValueError(f"short names of fields must fit and differ: {given}")
    others = [field.name for field in fields if not field.short]
    return given | short_names(others, given.values())


def _shapefile(table: pd.DataFrame, document: Document) -> dict[str, bytes]:
    with on_disk(f"{document.name}.shp") as file:
        write_layer(
            table,
            document,
            file,
            driver="ESRI Shapefile",
            encoding=document.encoding.upper(),
            layer_options={
                "RESIZE": "YES",
                "DBF_DATE_LAST_UPDATE": document.made_on.isoformat(),
            },
        )
        paths = [file.with_suffix(f".{part}") for part in _PARTS]
        return {path.name: path.read_bytes() for path in paths if path.exists()}


def _check_text(table: pd.DataFrame, encoding: str) -> None:
    """Refuse what would be cut, or lost in another encoding than Unicode."""
    for name in table.columns:
        for row, value in zip(table.iloc[:, 0], table[name], strict=True):
            if not isinstance(value, str):
                continue
            try:
                size = len(value.encode(encoding))
            except UnicodeEncodeError as error:
                wrong = value[error.start : error.end]
                raise NotEncodableError(encoding, name, row, wrong) from error
            if size > LONGEST_TEXT:
                raise ValueTooLongError.bytes("Shapefile", name, row, LONGEST_TEXT)

"""Shapefile, zipped: the old format that every tool reads, and what it cannot say."""

from __future__ import annotations

from typing import Final

import pandas as pd

from geo.export.archive import pack
from geo.export.csv_table import encode
from geo.export.document import Document
from geo.export.faults import ValueTooLongError
from geo.export.gdal import on_disk, write_layer
from geo.export.short_names import LONGEST, short_names

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
        The parts of the Shapefile named like the document, its table in UTF-8;
        `FIELDS` with the full name, labels and meaning of each field; the companions
        as CSV, those that hold a nested column under the column's name; `ABOUT`, and
        `LICENCE` if the metadata have terms. Bools are the numbers 1 and 0, blank
        where missing.

    Raises
    ------
    ValueTooLongError
        If a text needs more than `LONGEST_TEXT` bytes: the format would cut it, even
        in the middle of a character.
    OSError
        If the disk is full.
    """
    table = document.attributes(nested=False)
    _check_length(table)
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
    files: dict[str, bytes | str] = {**parts, FIELDS: encode(dictionary)}
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
            encoding="UTF-8",
            layer_options={
                "RESIZE": "YES",
                "DBF_DATE_LAST_UPDATE": document.made_on.isoformat(),
            },
        )
        paths = [file.with_suffix(f".{part}") for part in _PARTS]
        return {path.name: path.read_bytes() for path in paths if path.exists()}


def _check_length(table: pd.DataFrame) -> None:
    for name in table.columns:
        for row, value in zip(table.iloc[:, 0], table[name], strict=True):
            if isinstance(value, str) and len(value.encode()) > LONGEST_TEXT:
                raise ValueTooLongError.bytes("Shapefile", name, row, LONGEST_TEXT)

"""GeoPackage: the places, the tables that explain them, and a style for QGIS."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geo.export.document import Document, OtherLayer
from geo.export.gdal import on_disk, write_layer
from geo.export.qgis_metadata import STANDARD, qgis_metadata
from geo.export.qgis_style import qgis_style
from geo.export.sld import sld

ABOUT: Final = "about"
DICTIONARY: Final = "dictionary"
STYLES: Final = "layer_styles"
"""Table in which QGIS looks for the style of a layer that it opens."""

_VERSION: Final = "1.3"
"""What GDAL 3.3 to 3.6 and the QGIS of their time read without a warning."""


def write(document: Document) -> bytes:
    """Write a document as a GeoPackage.

    Parameters
    ----------
    document : Document
        Polygons in any known CRS.

    Returns
    -------
    bytes
        A layer named like the document, of multi-geometries, and the further layers;
        the companions,
        `DICTIONARY` and `ABOUT` as tables without geometry; the metadata as JSON in
        ``gpkg_metadata``, with QGIS's and the document's own records; a default style
        in `STYLES`.

    Raises
    ------
    OSError
        If the disk is full.
    """
    with on_disk(f"{document.name}.gpkg") as file:
        attributes = document.attributes(nested=False)
        write_layer(
            attributes,
            document,
            file,
            driver="GPKG",
            layer_metadata={
                "metadata": json.dumps(document.metadata, ensure_ascii=False)
            },
            dataset_options={"VERSION": _VERSION},
            layer_options={
                "IDENTIFIER": document.title,
                "DESCRIPTION": document.about_text(),
            },
        )
        for other in document.layers:
            _add_layer(file, other)
        tables = {
            **document.companions,
            DICTIONARY: document.dictionary(attributes.columns),
            ABOUT: document.about(),
        }
        for name, table in tables.items():
            _add(file, name, table)
        _add(file, STYLES, _style(document), FID="id")
        _describe(file, document)
        return _stamped(file, document.timestamp).read_bytes()


def _add(file: Path, name: str, table: pd.DataFrame, **options: Any) -> None:
    """Add a table without geometry."""
    import pyogrio

    pyogrio.write_dataframe(
        table, file, layer=name, driver="GPKG", append=True, layer_options=options
    )


def _add_layer(file: Path, other: OtherLayer) -> None:
    """Add a layer with shapes of any kind."""
    import pyogrio

    table = other.table.reset_index()
    kinds = {*table.geom_type.dropna()}
    pyogrio.write_dataframe(
        table,
        file,
        layer=other.name,
        driver="GPKG",
        append=True,
        geometry_type=kinds.pop() if len(kinds) == 1 else "Unknown",
        layer_options={"IDENTIFIER": other.title, "DESCRIPTION": other.description},
    )


def _style(document: Document) -> pd.DataFrame:
    """Return the table of styles with one, as QGIS makes it itself."""
    return pd.DataFrame(
        {
            "f_table_catalog": "",
            "f_table_schema": "",
            "f_table_name": document.name,
            "f_geometry_column": "geom",
            "styleName": document.name,
            "styleQML": qgis_style(document),
            "styleSLD": sld(document),
            "useAsDefault": True,
            "description": document.title,
            "owner": "",
            "ui": "",
            "update_time": document.timestamp,
        },
        index=[0],
    )


def _describe(file: Path, document: Document) -> None:
    """Add the metadata of the layer as standards have them, beside GDAL's own."""
    written = {
        **document.metadata_records,
        STANDARD: ("text/xml", qgis_metadata(document)),
    }
    with closing(sqlite3.connect(file)) as database, database:
        for standard, (mime, text) in written.items():
            made = database.execute(
                "INSERT INTO gpkg_metadata"
                " (md_scope, md_standard_uri, mime_type, metadata)"
                " VALUES ('dataset', ?, ?, ?)",
                (standard, mime, text),
            )
            database.execute(
                "INSERT INTO gpkg_metadata_reference"
                " (reference_scope, table_name, md_file_id) VALUES ('table', ?, ?)",
                (document.name, made.lastrowid),
            )


def _stamped(file: Path, timestamp: str) -> Path:
    """Replace the clock's time, and lay the pages out anew in a second file.

    A second file, since the first counts its changes in its header, and GDAL makes
    one more of them whenever the clock passes a second while it writes.
    """
    fresh = file.with_name(f"fresh-{file.name}")
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.execute("UPDATE gpkg_contents SET last_change = ?", [timestamp])
        database.execute(
            "UPDATE gpkg_metadata_reference SET timestamp = ?", [timestamp]
        )
        database.execute("VACUUM INTO ?", [str(fresh)])
    return fresh

"""FlatGeobuf: a table that is read as a stream."""

from __future__ import annotations

import io
import json

from geo.export.document import Document
from geo.export.gdal import write_layer


def write(document: Document) -> bytes:
    """Write a document as FlatGeobuf.

    Parameters
    ----------
    document : Document
        In any known CRS.

    Returns
    -------
    bytes
        Multi-geometries; nested values as JSON text. The header holds title,
        description and, as JSON, the metadata. The spatial index, by which a program
        fetches a part of a file that lies elsewhere, wants the rows along a Hilbert
        curve: they are not in the order of the table.
    """
    file = io.BytesIO()
    write_layer(
        document.attributes(),
        document,
        file,
        driver="FlatGeobuf",
        layer_metadata={
            "metadata": json.dumps(document.metadata, ensure_ascii=False),
        },
        layer_options={
            "SPATIAL_INDEX": "YES",
            "TITLE": document.title,
            "DESCRIPTION": document.about_text(),
        },
    )
    return file.getvalue()

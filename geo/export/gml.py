"""GML 3.2 with its schema, zipped: for offices that exchange by the standard."""

from __future__ import annotations

import json
from typing import Final

from geo.export.archive import pack
from geo.export.document import Document
from geo.export.gdal import on_disk, write_layer

ABOUT: Final = "about.json"


def write(document: Document) -> bytes:
    """Write a document as GML 3.2.

    Parameters
    ----------
    document : Document
        In any known CRS; positions stand in the order of axes that the system
        prescribes.

    Returns
    -------
    bytes
        A zip archive with ``<name>.gml`` and ``<name>.xsd``: without the schema a
        reader would take adcodes for numbers. Nested values are JSON text; the
        metadata stand in `ABOUT`.
    """
    with on_disk(f"{document.name}.gml") as file:
        write_layer(
            document.attributes(),
            document,
            file,
            driver="GML",
            dataset_options={
                "FORMAT": "GML3.2",
                "NAME": document.title,
                "DESCRIPTION": document.about_text(),
            },
        )
        files: dict[str, bytes | str] = {
            part.name: part.read_bytes() for part in (file, file.with_suffix(".xsd"))
        }
        files[ABOUT] = json.dumps(document.metadata, ensure_ascii=False)
        return pack(files, document.made_on)

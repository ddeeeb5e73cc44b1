"""GeoParquet: a table by columns, for analysis."""

from __future__ import annotations

import io
import json
from typing import Final

import geopandas as gpd

from geo.export.document import Document

METADATA_KEY: Final = b"metadata"
"""Entry of the file's key-value metadata that holds ours, as JSON."""

_VERSION: Final = "1.1.0"


def write(document: Document) -> bytes:
    """Write a document as GeoParquet.

    Parameters
    ----------
    document : Document
        In any known CRS.

    Returns
    -------
    bytes
        Geometry as WKB; nested values as JSON text; the box of each place in a column
        ``bbox``, by which readers pass over what is elsewhere (``covering``).
    """
    # Slow to load.
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    table = gpd.GeoDataFrame(
        document.attributes(),
        geometry=document.table.geometry.to_numpy(),
        crs=document.table.crs,
    )
    written = io.BytesIO()
    # pandas' index would be stored for pandas only; the identifiers are a column.
    table.to_parquet(
        written, index=False, schema_version=_VERSION, write_covering_bbox=True
    )
    arrow = pq.read_table(written)
    ours = json.dumps(document.metadata, ensure_ascii=False).encode()
    known = {k: v for k, v in arrow.schema.metadata.items() if k != b"pandas"}
    file = io.BytesIO()
    pq.write_table(
        arrow.replace_schema_metadata({**known, METADATA_KEY: ours}),
        file,
        compression="zstd",
    )
    return file.getvalue()

"""The way into GDAL that the writers share."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from geo.export.document import Document

_MULTI: Final = {"Point", "LineString", "Polygon"}


@contextmanager
def on_disk(name: str) -> Iterator[Path]:
    """Give a path in a folder of its own, for formats that need files.

    Parameters
    ----------
    name : str
        Name of the file.

    Yields
    ------
    pathlib.Path
        The path; its folder goes with all that is in it.

    Raises
    ------
    OSError
        If the disk is full or forbids writing, whatever GDAL or SQLite call that.
    """
    from pyogrio.errors import DataLayerError, DataSourceError

    with TemporaryDirectory(prefix="atlas-export-") as folder:
        try:
            yield Path(folder) / name
        except (DataLayerError, DataSourceError, sqlite3.Error) as error:
            raise OSError(f"{name} could not be written: {error}") from error


def write_layer(
    attributes: pd.DataFrame,
    document: Document,
    target: io.BytesIO | Path,
    *,
    layer: str | None = None,
    **options: Any,
) -> None:
    """Write attributes and the geometry of a document as one layer.

    Parameters
    ----------
    attributes : pandas.DataFrame
        The columns to write, a row a place of the document, in its order.
    document : Document
        Gives the geometry and its CRS.
    target : io.BytesIO or pathlib.Path
        Where to.
    layer : str, optional
        Name of the layer; the document's by default.
    **options
        As of :func:`pyogrio.write_dataframe`, ``driver`` among them.

    Raises
    ------
    ValueError
        If the table has no CRS.
    """
    import pyogrio  # loads GDAL

    shapes = document.table.geometry
    if shapes.crs is None:
        raise ValueError(
            "the table has no CRS: say what its coordinates mean with set_crs, for "
            'example set_crs("EPSG:4326")'
        )
    flat = shapely.force_2d(shapes.to_numpy())
    table = gpd.GeoDataFrame(attributes, geometry=flat, crs=shapes.crs)
    kinds = {kind.removeprefix("Multi") for kind in table.geom_type.dropna()}
    kind = kinds.pop() if len(kinds) == 1 else "Polygon" if not kinds else "Unknown"
    pyogrio.write_dataframe(
        table,
        target,
        layer=layer or document.name,
        geometry_type=f"Multi{kind}" if kind in _MULTI else kind,
        promote_to_multi=kind in _MULTI,
        **options,
    )

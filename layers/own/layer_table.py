"""A placed layer as a table to be taken away: its own columns, and its counties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from geo.crs import WGS84
from geo.language import LANGUAGES, N_, Language, speaker
from layers.own.figures import read_figure
from layers.own.layout import Column
from layers.own.overlay import whose
from layers.own.placing import Placed

COUNTY: Final = ("county_adcode", "county")
"""Columns that are added: in which county a row lies."""

_TAKEN: Final = frozenset({"fid", "geom", "geometry", "ogc_fid", *COUNTY})
"""Names that formats and this table give themselves."""


def layer_table(placed: Placed, language: Language) -> gpd.GeoDataFrame:
    """Return the rows of a layer with a shape, as they were brought.

    Parameters
    ----------
    placed : Placed
        The layer.
    language : {"zh", "en"}
        Of the names of counties.

    Returns
    -------
    geopandas.GeoDataFrame
        In WGS 84, indexed by the row as its planner sees it. Columns of figures are
        numbers, missing where one cannot be read; all others are text as it stands
        in the file. What lies in no county has none.
    """
    layer = placed.layer
    rows = [at for at, kind in enumerate(placed.kinds) if kind >= 0]
    called, at = placed.counties.names, 0 if language == "zh" else 1
    found: dict[str, Any] = {}
    for column, name in _named(layer.layout.columns):
        cells = [layer.text(row, column) for row in rows]
        if column.role == "value":
            figures = (read_figure(cell).number for cell in cells)
            found[name] = pd.array(
                [None if n is None else float(n) for n in figures], dtype="Float64"
            ).to_numpy(dtype=float, na_value=np.nan)
        else:
            found[name] = np.array([cell or None for cell in cells], dtype=object)
    codes = [placed.county[row] for row in rows]
    names = [called[code][at] if code else None for code in codes]
    found[COUNTY[0]] = np.array([code or None for code in codes], dtype=object)
    found[COUNTY[1]] = np.array(names, dtype=object)
    index = pd.Index([layer.number(row) for row in rows], name="row")
    shapes = shapely.from_wkb([layer.shapes[row] for row in rows])
    return gpd.GeoDataFrame(
        found, geometry=_in_degrees(shapes, placed.crs), index=index, crs=WGS84
    )


def _named(columns: Iterable[Column]) -> Iterator[tuple[Column, str]]:
    """Give each column a name that no other has, in whatever case."""
    taken = {*_TAKEN}
    for column in columns:
        if column.role == "empty":
            continue
        name, number = column.name or str(column.index + 1), 1
        while name.lower() in taken:
            number += 1
            name = f"{column.name}_{number}"
        taken.add(name.lower())
        yield column, name


def _in_degrees(shapes: Any, crs: str) -> Any:
    """Project shapes to longitude and latitude; no engine of geometry is asked."""
    if crs == WGS84:
        return shapes
    to_degrees = Transformer.from_crs(crs, WGS84, always_xy=True)

    def project(xy: Any) -> Any:
        return np.column_stack(to_degrees.transform(xy[:, 0], xy[:, 1]))

    return shapely.transform(shapes, project)


def told_of(placed: Placed, brought: date | None) -> dict[str, Any]:
    """Say what a layer is, for programs: file, system, whose, in both languages.

    Parameters
    ----------
    placed : Placed
        The layer.
    brought : datetime.date, optional
        The day on which the file was brought.
    """
    upload = placed.layer.upload
    located = sum(bool(code) for code in placed.county)
    total = sum(kind >= 0 for kind in placed.kinds)
    text = N_("{n} of {total} rows located in counties by position")
    return {
        "file": upload.name,
        "sheet": upload.sheets[placed.layer.layout.sheet].name or None,
        "brought_on": brought.isoformat() if brought else None,
        "crs": placed.crs,
        "crs_chosen": placed.chosen,
        "rows": total,
        "located": located,
        "said": {
            language: speaker(language).clauses(
                [
                    *whose(placed, speaker(language), brought),
                    speaker(language)(text, n=located, total=total),
                ]
            )
            for language in LANGUAGES
        },
    }


def as_geojson(placed: Placed, language: Language, brought: date | None) -> bytes:
    """Write a layer as GeoJSON, with what it is in the member ``metadata``.

    Parameters
    ----------
    placed, language
        As for :func:`layer_table`.
    brought : datetime.date, optional
        The day on which the file was brought.
    """
    table = layer_table(placed, language)
    collection = {
        "type": "FeatureCollection",
        "metadata": told_of(placed, brought),
        "features": [
            {
                "type": "Feature",
                "id": int(row),
                "geometry": json.loads(shape),
                "properties": {
                    name: None if _is_missing(value) else value
                    for name, value in values.items()
                },
            }
            for row, shape, values in zip(
                table.index,
                shapely.to_geojson(table.geometry.to_numpy()),
                table.drop(columns="geometry").to_dict("records"),
                strict=True,
            )
        ],
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode()


def _is_missing(value: object) -> bool:
    return value is None or value != value

"""What the page fetches once: geometry, records of the counties, label points."""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo import boundaries
from geo.crs import representative_points
from layers.columns import DETAIL_COLUMNS
from layers.package import Package

_DECIMALS: Final = {"overview": 4, "full": 6}


def geometry_bundle(
    package: Package, counties: gpd.GeoDataFrame, detail: str
) -> dict[str, Any]:
    """Collect what the page fetches once: geometry, records, label points.

    Parameters
    ----------
    package : Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table in `detail`.
    detail : {"overview", "full"}
        Detail of the lines.

    Returns
    -------
    dict
        ``county, prefecture, province, municipalities`` (GeoJSON, WGS 84),
        ``counties`` (records by adcode), ``labels`` of the prefectures. Plain JSON.
    """
    points = representative_points(counties.geometry)
    prefectures = boundaries.load("prefecture", detail)
    anchors = representative_points(prefectures.geometry)
    records = {}
    plain = counties.drop(columns="geometry")
    for (adcode, row), point in zip(plain.iterrows(), points, strict=True):
        record = {column: _json(row[column]) for column in DETAIL_COLUMNS}
        record["programmes"] = [p for p in package.programmes if row[p]]
        record["point"] = [round(point.x, 3), round(point.y, 3)]
        records[str(adcode)] = record
    return {
        "county": _features(counties, detail),
        "prefecture": _features(prefectures, detail),
        "province": _features(boundaries.load("province", detail), detail),
        "municipalities": _features(boundaries.load("municipality", detail), detail),
        "counties": records,
        "labels": [
            {
                "name": package.divisions[adcode].short_name,
                "name_en": package.divisions[adcode].name_en,
                "lon": round(point.x, 3),
                "lat": round(point.y, 3),
            }
            for adcode, point in [
                *zip(prefectures.index, anchors, strict=True),
                *_municipality_labels(detail),
            ]
        ],
    }


def _features(table: gpd.GeoDataFrame, detail: str) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": adcode,
                "properties": {},
                "geometry": _rounded(geometry.__geo_interface__, _DECIMALS[detail]),
            }
            for adcode, geometry in zip(table.index, table.geometry, strict=True)
        ],
    }


def _rounded(geometry: dict[str, Any], decimals: int) -> dict[str, Any]:
    def each(item: Any) -> Any:
        if isinstance(item[0], float | int):
            return [round(value, decimals) for value in item]
        return [each(part) for part in item]

    return {"type": geometry["type"], "coordinates": each(geometry["coordinates"])}


def _municipality_labels(detail: str) -> list[tuple[str, Any]]:
    outlines = boundaries.load("municipality", detail)
    return list(
        zip(outlines.index, representative_points(outlines.geometry), strict=True)
    )


def _json(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value

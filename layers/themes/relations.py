"""Lines and points on the map: who supports which county, and the plan's places."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from geo.crs import representative_points
from layers.facts.package import Package

SYMBOLS: Final = {
    "tourism": ("tourism_county", "red_tourism_site", "folk_culture"),
    "ecology": (
        "ecological_programme",
        "watershed",
        "ecological_zone",
        "grassland_subsidy",
        "forest_farm",
        "carbon_sink_forestry",
        "compensation_pilot",
    ),
    "water": ("groundwater_control", "water_transfer", "reservoir", "river"),
    "energy": (
        "renewable_zone",
        "low_carbon_zone",
        "wind_base",
        "photovoltaic_base",
        "power_plant",
        "pumped_storage",
    ),
    "transport": (
        "railway",
        "expressway",
        "trunk_road",
        "county_road",
        "airport",
        "general_airport",
    ),
    "people": (
        "industry_area",
        "university_region",
        "care_model",
        "culture_protection",
    ),
}
"""Symbols of the map and the kinds of place that they stand for."""


def pair_lines(package: Package, chosen: pd.Index) -> list[list[str]]:
    """List the pairings of the selected counties.

    Returns
    -------
    list of [str, str, str]
        Adcode of the partner, adcode of the county, level (``city`` or ``district``).
        A county whose district is known has its district's line, else its city's.
    """
    inside = set(chosen)
    pairs = package.tables["pairs"].to_dict("records")
    lines: dict[str, list[list[str]]] = {}
    for row in pairs:
        county = package.divisions.current(
            row["published_adcode"], row["published_name"]
        )
        if county in inside:
            line = [row["partner_adcode"], county, row["level"]]
            lines.setdefault(county, []).append(line)
    return [
        line
        for own in lines.values()
        for line in own
        if line[2] == "district" or all(other[2] == "city" for other in own)
    ]


def partner_points(package: Package, detail: str) -> dict[str, dict[str, Any]]:
    """Return where the lines begin: a point in each district, and in each city."""
    named = set(package.tables["pairs"]["partner_adcode"])
    points: dict[str, dict[str, Any]] = {}
    for level in ("neighbour", "municipality"):
        areas = package.boundaries.load(level, detail)
        for adcode, point in zip(
            areas.index, representative_points(areas.geometry), strict=True
        ):
            if adcode in named:
                division = package.divisions[str(adcode)]
                points[str(adcode)] = {
                    "point": [round(point.x, 3), round(point.y, 3)],
                    "name": division.name,
                    "name_en": division.name_en,
                }
    return points


def place_points(package: Package) -> list[dict[str, Any]]:
    """List the plan's places that can be drawn: with a point, or with their county.

    Returns
    -------
    list of dict
        ``id, symbol, name_zh, name_en, county`` and, where a source gives one,
        ``point`` (longitude, latitude, WGS 84). Lines and regions have no point and
        are left to the page of the plan's places.
    """
    symbol_of = {kind: symbol for symbol, kinds in SYMBOLS.items() for kind in kinds}
    points = []
    for row in package.tables["places"].to_dict("records"):
        if not row["county_adcode"] and pd.isna(row["lon"]):
            continue
        place = {
            "id": row["id"],
            "symbol": symbol_of[row["kind"]],
            "name_zh": row["name_zh"],
            "name_en": row["name_en"],
            "county": row["county_adcode"],
        }
        if not pd.isna(row["lon"]):
            place["point"] = [float(row["lon"]), float(row["lat"])]
        points.append(place)
    return points

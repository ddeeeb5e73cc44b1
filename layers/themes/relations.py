"""Lines and points on the map: who supports which county, and the plan's places."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geo.crs import representative_points
from layers.facts.package import Package


def pair_lines(package: Package, relation: str, chosen: pd.Index) -> list[list[str]]:
    """List the pairings of the selected counties.

    Parameters
    ----------
    package : Package
        The facts.
    relation : str
        Id of the relation.
    chosen : pandas.Index
        Adcodes selected.

    Returns
    -------
    list of [str, str, str]
        Adcode of the partner, adcode of the county, level: ``city`` or ``district``, or
        ``reported`` of a county that the relation's list does not have. A county whose
        district is known has its district's line, else its city's.
    """
    values = package.values_by_county(relation)
    reported = reported_only(package, relation)
    lines = []
    for county in chosen:
        named = [value.value for value in values.get(str(county), ())]
        above = {package.divisions[code].parent for code in named}
        lines += [
            [
                code,
                str(county),
                "reported" if county in reported else _level(package, code),
            ]
            for code in named
            if code not in above
        ]
    return lines


def reported_only(package: Package, relation: str) -> dict[str, frozenset[str]]:
    """Return the counties of which there are reports and that no list has.

    Parameters
    ----------
    package : Package
        The facts.
    relation : str
        Id of the relation.

    Returns
    -------
    dict of str to frozenset of str
        By adcode, the partners reported; of a district the one above it.
    """
    return {
        adcode: frozenset(
            package.divisions[value.value].parent or value.value for value in own
        )
        for adcode, own in package.values_by_county(relation).items()
        if own and not any(value.listed for value in own)
    }


def _level(package: Package, partner: str) -> str:
    return "district" if package.divisions[partner].parent else "city"


def partner_points(package: Package, detail: str) -> dict[str, dict[str, Any]]:
    """Return where the lines begin: a point in each division that is a partner."""
    named = set(package.tables["relations"]["partner_adcode"])
    points: dict[str, dict[str, Any]] = {}
    for level in ("neighbour", "municipality", "prefecture", "county"):
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
    kinds = package.tables["place_kinds"].set_index("id")["symbol"]
    points = []
    for row in package.tables["places"].to_dict("records"):
        if not row["county_adcode"] and pd.isna(row["lon"]):
            continue
        place = {
            "id": row["id"],
            "symbol": kinds[row["kind"]],
            "name_zh": row["name_zh"],
            "name_en": row["name_en"],
            "county": row["county_adcode"],
        }
        if not pd.isna(row["lon"]):
            place["point"] = [float(row["lon"]), float(row["lat"])]
        points.append(place)
    return points

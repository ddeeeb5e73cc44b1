"""What the page fetches once: geometry, records of the counties, label points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from geo.boundaries import Boundaries
from geo.crs import WGS84, representative_points
from geo.kept import kept_with_owner
from layers.facts.columns import BASE_COLUMNS, adcode_column
from layers.facts.county_table import PARTNER_SEPARATOR
from layers.facts.inventory import unsaid
from layers.facts.package import Package
from layers.themes.class_limits import class_looks
from layers.themes.palette import SEVERAL
from layers.themes.relations import partner_points, place_points
from layers.webmap.basemaps import base_maps
from layers.webmap.map_texts import map_texts

_DECIMALS: Final = {"overview": 4, "full": 6}

_LONGEST_PIECE: Final = 24
"""Points of a border that is drawn as one line. A browser draws a map in tiles and
follows, for each, every line whose box touches it: short ones are drawn 40 % faster."""


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
        Without numbers, see :func:`county_numbers`.
        ``county, municipalities`` (polygons, GeoJSON, WGS 84), ``prefecture`` and
        ``province`` (their borders as lines, each once: between prefectures, and
        around the province), ``counties`` (records by adcode), ``labels`` of the
        prefectures, ``partners`` and ``places`` (points), ``texts``, ``base_maps``.
        Plain JSON.
    """
    boundaries = package.boundaries
    # The finer lines are asked for once an edition, and fill fifty megabytes.
    lines = _drawn(boundaries) if detail == "overview" else _lines(boundaries, detail)
    records = {}
    unknown = {
        variable.id: unsaid(package, variable)
        for variable in package.variables.values()
        if variable.kind not in {"membership", "number"}
    }
    plain = counties.drop(columns="geometry")
    for adcode, row in plain.iterrows():
        record = {column: _json(row[column]) for column in BASE_COLUMNS}
        record |= _values(package, row)
        record |= _standings(package, str(adcode))
        unsaid_here = [name for name, own in unknown.items() if adcode in own]
        if unsaid_here:
            record["unsaid"] = unsaid_here
        if body := package.divisions.administration(str(adcode)):
            record |= {"run_by": body.name("zh"), "run_by_en": body.name("en")}
        record["point"], record["radius"] = lines.centres[str(adcode)]
        # The page tells two of one name apart by their Chinese and prefecture.
        record["name_en"] = package.divisions[str(adcode)].name_en
        record["short"] = package.divisions[str(adcode)].short_name
        records[str(adcode)] = record
    return {
        "county": _collection([lines.county[str(adcode)] for adcode in counties.index]),
        "prefecture": lines.prefecture,
        "province": lines.province,
        "municipalities": lines.municipalities,
        "counties": records,
        "labels": [
            {
                "name": package.divisions[adcode].short_name,
                "name_en": package.divisions[adcode].name_en,
                "lon": round(point.x, 3),
                "lat": round(point.y, 3),
            }
            for adcode, point in lines.anchors
        ],
        "partners": partner_points(package, detail),
        "class_looks": class_looks(),
        "several": [[*fill] for fill in SEVERAL],
        "texts": map_texts(boundaries),
        "base_maps": base_maps(),
        "places": place_points(package),
    }


def county_numbers(package: Package, counties: pd.DataFrame) -> dict[str, Any]:
    """Collect the numbers of all counties: fetched only when one of them is wanted.

    Parameters
    ----------
    package : Package
        The facts.
    counties : pandas.DataFrame
        The county table.

    Returns
    -------
    dict
        ``counties``, the adcodes in order, and ``values``: by variable of the kind
        number its values in that order, None where there is none. Plain JSON.
    """
    return {
        "counties": [str(adcode) for adcode in counties.index],
        "values": {
            variable.id: [_plain(value) for value in counties[variable.id]]
            for variable in package.variables.values()
            if variable.kind == "number"
        },
    }


def border_lines(
    geometries: gpd.GeoSeries, without: gpd.GeoSeries | None = None
) -> gpd.GeoDataFrame:
    """Return the borders of a coverage as short lines, each stretch once.

    Parameters
    ----------
    geometries : geopandas.GeoSeries
        Polygons that share the points of their common borders.
    without : geopandas.GeoSeries, optional
        Polygons whose borders, with the same points, are left out.

    Returns
    -------
    geopandas.GeoDataFrame
        Lines of at most `_LONGEST_PIECE` points in the CRS of `geometries`; each
        begins where the one before it on the same border ends. Index: a number as
        text, since other divisions of a border have no code.
    """
    borders = shapely.union_all(shapely.boundary(geometries.to_numpy()))
    if without is not None:
        borders = shapely.difference(
            borders, shapely.union_all(shapely.boundary(without.to_numpy()))
        )
    step = _LONGEST_PIECE - 1
    pieces = [
        shapely.LineString(points[at : at + _LONGEST_PIECE])
        for line in shapely.get_parts(shapely.line_merge(borders))
        for points in [shapely.get_coordinates(line)]
        for at in range(0, len(points) - 1, step)
    ]
    return gpd.GeoDataFrame(
        geometry=pieces,
        index=[str(number) for number in range(len(pieces))],
        crs=geometries.crs,
    )


def label_circles(geometries: gpd.GeoSeries) -> list[tuple[list[float], float]]:
    """Find where a label has the most room: the pole of inaccessibility.

    Parameters
    ----------
    geometries : geopandas.GeoSeries
        Polygons in EPSG:4326.

    Returns
    -------
    list of (point, radius)
        Longitude and latitude of the centre of the largest inscribed circle, and its
        radius in degrees of latitude: as wide in Web Mercator as on the ground there.

    Notes
    -----
    Computed in Web Mercator because it is the screen's room that counts, not the
    ground's. The largest part is taken where a county has several.
    """
    projected = geometries.to_crs(3857)
    degrees = 360 / (2 * math.pi * 6378137)
    circles = []
    for geometry in projected:
        parts = getattr(geometry, "geoms", [geometry])
        radius_line = shapely.maximum_inscribed_circle(
            max(parts, key=lambda part: part.area), tolerance=200
        )
        centre = shapely.Point(radius_line.coords[0])
        circles.append((centre, radius_line.length * degrees))
    on_earth = gpd.GeoSeries([c for c, _ in circles], crs=3857).to_crs(WGS84)
    return [
        ([round(point.x, 3), round(point.y, 3)], round(radius, 4))
        for point, (_, radius) in zip(on_earth, circles, strict=True)
    ]


def _values(package: Package, row: pd.Series) -> dict[str, Any]:
    """Return what is known of a county beside programmes and numbers."""
    values: dict[str, Any] = {}
    for variable in package.variables.values():
        if variable.kind == "relation":
            codes = row[adcode_column(variable.id)].split(PARTNER_SEPARATOR)
            values[variable.id] = [code for code in codes if code]
        elif variable.kind not in {"membership", "number"}:
            values[variable.id] = _json(row[variable.id])
    return {
        name: value for name, value in values.items() if value not in (None, "", [])
    }


def _standings(package: Package, adcode: str) -> dict[str, list[str]]:
    """Return the programmes that a county is in, and those only reported of it.

    What is in neither is no member where the list is complete, else not said.
    """
    programmes = package.programmes
    reported = [p for p in programmes if adcode in package.reported(p)]
    return {
        "programmes": [p for p in programmes if adcode in package.members(p)],
        **({"reported": reported} if reported else {}),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """What boundaries give to a bundle, whatever is known of the counties."""

    county: dict[str, dict[str, Any]]
    centres: dict[str, tuple[list[float], float]]
    prefecture: dict[str, Any]
    province: dict[str, Any]
    municipalities: dict[str, Any]
    anchors: list[tuple[str, shapely.Point]]


def _lines(boundaries: Boundaries, detail: str) -> _Lines:
    counties = boundaries.load("county", detail)
    prefectures = boundaries.load("prefecture", detail)
    province = boundaries.load("province", detail).geometry
    municipalities = boundaries.load("municipality", detail)
    centres = label_circles(counties.geometry)
    return _Lines(
        county={one["id"]: one for one in _features(counties, detail)},
        centres=dict(zip(map(str, counties.index), centres, strict=True)),
        prefecture=_collection(
            _features(border_lines(prefectures.geometry, without=province), detail)
        ),
        province=_collection(_features(border_lines(province), detail)),
        municipalities=_collection(_features(municipalities, detail)),
        anchors=[
            (str(adcode), point)
            for table in (prefectures, municipalities)
            for adcode, point in zip(
                table.index, representative_points(table.geometry), strict=True
            )
        ],
    )


@kept_with_owner
def _drawn(boundaries: Boundaries) -> _Lines:
    """Return the lines that maps of own figures and files share with the page."""
    return _lines(boundaries, "overview")


def _collection(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def _features(table: gpd.GeoDataFrame, detail: str) -> list[dict[str, Any]]:
    return [
        {
            "type": "Feature",
            "id": str(adcode),
            "properties": {},
            "geometry": _rounded(geometry.__geo_interface__, _DECIMALS[detail]),
        }
        for adcode, geometry in zip(table.index, table.geometry, strict=True)
    ]


def _rounded(geometry: dict[str, Any], decimals: int) -> dict[str, Any]:
    def each(item: Any) -> Any:
        if isinstance(item[0], float | int):
            return [round(value, decimals) for value in item]
        return [each(part) for part in item]

    return {"type": geometry["type"], "coordinates": each(geometry["coordinates"])}


def _plain(value: Any) -> Any:
    """Write a number as short as it is: whole ones without a point."""
    number = _json(value)
    if number is None:
        return None
    return int(number) if number == int(number) else round(number, 4)


def _json(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value

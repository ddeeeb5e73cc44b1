"""What a build of the boundaries must measure before it is published."""

from collections.abc import Mapping
from typing import Final

import geopandas as gpd
import shapely

from geo.crs import area_km2

EXPECTED_COUNTS: Final = {
    "county": 167,
    "prefecture": 11,
    "province": 1,
    "neighbour": 32,
    "municipality": 2,
}
HEBEI_AREA_KM2: Final = 188_000.0
AREA_TOLERANCE: Final = 0.01


class BoundaryBuildError(RuntimeError):
    """A build failed one of its checks; no committed file was touched."""

    def __init__(self, check: str, *, measured: object, expected: object) -> None:
        self.check = check
        super().__init__(
            f"check failed: {check}: measured {measured}, expected {expected}"
        )


def check(tables: Mapping[str, gpd.GeoDataFrame], detail: str) -> None:
    """Refuse a set of levels that is not fit to be published.

    Parameters
    ----------
    tables : mapping of str to geopandas.GeoDataFrame
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

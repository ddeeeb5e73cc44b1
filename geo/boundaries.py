"""Administrative boundaries of Hebei and its two neighbour municipalities.

The files in ``data/boundaries`` are made by :mod:`geo.build`. What is true of them
(vintage, licence, map-approval number, hashes) stands in their ``datapackage.json``
and is read from there; only levels and details are known to this module.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from geo.crs import WGS84
from geo.folders import data_folder

DIRECTORY: Path = data_folder() / "boundaries"
DESCRIPTOR: Final = "datapackage.json"

LEVELS: Final = ("county", "prefecture", "province", "neighbour", "municipality")
"""Counties, prefectures and province of Hebei; districts and outlines of Beijing
and Tianjin."""

DETAILS: Final = ("full", "overview")
"""As published, and generalised for the whole province on one screen."""


class BoundaryFileError(RuntimeError):
    """A boundary file is missing, or is not the one that was built."""

    def __init__(self, file: Path, fault: str) -> None:
        self.file = file
        super().__init__(
            f"boundary file {file.name} {fault}: run `make data` to build it again"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryVintage:
    """What must be said of the boundaries wherever they are shown.

    Attributes
    ----------
    vintage : str
        Year whose divisions and codes are meant.
    crs : str
        Authority code of the coordinate system.
    map_approval_number : str
        审图号 of the source, required on every map.
    credit_zh, credit_en : str
        Credit line, required on every map.
    source_url : str
        Page of the source.
    licence : str
        Terms in words.
    """

    vintage: str
    crs: str
    map_approval_number: str
    credit_zh: str
    credit_en: str
    source_url: str
    licence: str


def load(level: str, detail: str = "full") -> gpd.GeoDataFrame:
    """Give the boundaries of one level.

    Parameters
    ----------
    level : {"county", "prefecture", "province", "neighbour", "municipality"}
        ``neighbour`` are the districts of Beijing and Tianjin, ``municipality``
        their outlines; the others are of Hebei.
    detail : {"full", "overview"}
        ``overview`` has a third of the vertices. All levels of one detail share
        their lines exactly; those of two details do not, so do not mix them.

    Returns
    -------
    geopandas.GeoDataFrame
        One division a row, in order of its index ``adcode`` (six-digit str).
        Columns: ``name`` (str, Chinese); for counties also ``prefecture_adcode``
        and ``prefecture_name``, for neighbours ``province_adcode`` and
        ``province_name``; ``geometry`` (Polygon or MultiPolygon, EPSG:4326).
        A copy, which the caller may change.

    Raises
    ------
    ValueError
        If there is no such level or detail.
    BoundaryFileError
        If the file is missing or its SHA-256 is not the recorded one.

    Notes
    -----
    Files are read once a process; one that is altered later is noticed at the
    next start.

    Examples
    --------
    >>> load("county", "overview").loc["130629", ["name", "prefecture_name"]].to_list()
    ['容城县', '保定市']
    """
    return _read(level, detail, DIRECTORY).copy()


def path(level: str, detail: str) -> Path:
    """Give the GeoJSON file of one level and detail.

    Parameters
    ----------
    level, detail : str
        As for :func:`load`.

    Returns
    -------
    pathlib.Path
        The file, which is not looked at.

    Raises
    ------
    ValueError
        If there is no such level or detail.
    BoundaryFileError
        If the data package's descriptor is missing or damaged.
    """
    return DIRECTORY / str(_resource(level, detail, DIRECTORY)["path"])


def sha256(level: str, detail: str) -> str:
    """Give the recorded hash of one level and detail, 64 hexadecimal digits.

    Parameters
    ----------
    level, detail : str
        As for :func:`load`.

    Returns
    -------
    str
        SHA-256 of the file as it was built; the file is not looked at.

    Raises
    ------
    ValueError
        If there is no such level or detail.
    BoundaryFileError
        If the data package's descriptor is missing or damaged.
    """
    return str(_resource(level, detail, DIRECTORY)["hash"]).removeprefix("sha256:")


def metadata() -> BoundaryVintage:
    """Give vintage, approval number, credit and licence of the boundaries.

    Returns
    -------
    BoundaryVintage
        As the data package's descriptor has it.

    Raises
    ------
    BoundaryFileError
        If the descriptor is missing or damaged.
    """
    descriptor = _descriptor(DIRECTORY)
    try:
        return BoundaryVintage(
            vintage=descriptor["vintage"],
            crs=descriptor["crs"],
            map_approval_number=descriptor["mapApprovalNumber"],
            credit_zh=descriptor["credit"]["zh"],
            credit_en=descriptor["credit"]["en"],
            source_url=descriptor["sources"][0]["path"],
            licence="; ".join(term["title"] for term in descriptor["licenses"]),
        )
    except (KeyError, IndexError, TypeError) as error:
        raise BoundaryFileError(DIRECTORY / DESCRIPTOR, f"lacks {error}") from error


def parse(content: bytes) -> gpd.GeoDataFrame:
    """Read the boundaries from the bytes of a GeoJSON file of ours.

    Parameters
    ----------
    content : bytes
        A FeatureCollection whose features have a property ``adcode``.

    Returns
    -------
    geopandas.GeoDataFrame
        As for :func:`load`, in the order of the file.
    """
    # GDAL guesses types, and would make numbers of the codes; it would also take
    # the CRS from elsewhere than RFC 7946 does.
    features = json.loads(content)["features"]
    table = gpd.GeoDataFrame.from_features(features, crs=WGS84)
    properties = list(features[0]["properties"])
    return table[[*properties, "geometry"]].set_index("adcode")


@cache
def _read(level: str, detail: str, directory: Path) -> gpd.GeoDataFrame:
    """Read one file after checking its hash; the directory is part of the key."""
    resource = _resource(level, detail, directory)
    file = directory / str(resource["path"])
    content = _content(file)
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != resource["hash"]:
        raise BoundaryFileError(
            file, f"was altered (its SHA-256 is not the one in {DESCRIPTOR})"
        )
    return parse(content)


@cache
def _descriptor(directory: Path) -> dict[str, Any]:
    """Read the data package's descriptor."""
    file = directory / DESCRIPTOR
    try:
        descriptor = json.loads(_content(file))
    except ValueError as error:
        raise BoundaryFileError(file, f"is not JSON ({error})") from error
    if not isinstance(descriptor, dict):
        raise BoundaryFileError(file, "is not a JSON object")
    return descriptor


def _resource(level: str, detail: str, directory: Path) -> dict[str, Any]:
    """Find what the descriptor says of one level and detail."""
    for word, value, choices in (("level", level, LEVELS), ("detail", detail, DETAILS)):
        if value not in choices:
            raise ValueError(
                f"no {word} {value!r} of the boundaries: choose one of "
                f"{', '.join(choices)}"
            )
    for resource in _descriptor(directory).get("resources", []):
        if (resource.get("level"), resource.get("detail")) == (level, detail):
            return dict(resource)
    raise BoundaryFileError(
        directory / DESCRIPTOR, f"does not name a file for {level}, {detail}"
    )


def _content(file: Path) -> bytes:
    """Read a file whole, so that what was hashed is what is parsed."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise BoundaryFileError(
            file, f"cannot be read ({error.strerror or error})"
        ) from error

"""Administrative boundaries of Hebei and its two neighbour municipalities.

The files in ``data/boundaries`` are made by :mod:`geo.build`. What is true of them
(vintage, licence, map-approval number, hashes) stands in their ``datapackage.json``
and is read from there; only levels and details are known to this module. Which folder
is meant is the caller's to say: a process may hold the boundaries of several.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from geo.crs import WGS84
from geo.language import N_
from geo.problems import CANNOT_BE_READ, Problem

DESCRIPTOR: Final = "datapackage.json"

LEVELS: Final = ("county", "prefecture", "province", "neighbour", "municipality")
"""Counties, prefectures and province of Hebei; districts and outlines of Beijing
and Tianjin."""

DETAILS: Final = ("full", "overview")
"""As published, and generalised for the whole province on one screen."""


class BoundaryFileError(RuntimeError):
    """A boundary file is missing, or is not the one that was built.

    Parameters
    ----------
    file : pathlib.Path
        Which.
    rule : str
        What is wrong with it, a message id.
    **details
        Values for the named places of `rule`.
    """

    def __init__(self, file: Path, rule: str, **details: str) -> None:
        self.file = file
        self.problem = Problem(
            table=f"boundaries/{file.name}",
            rule=rule,
            remedy=N_("Put the file back, or run `make data` to build it again."),
            details=details,
        )
        super().__init__(self.problem.say("en"))


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
    title_zh, title_en : str
        Name of the data set.
    publisher : str
        Who publishes the source.
    """

    vintage: str
    crs: str
    map_approval_number: str
    credit_zh: str
    credit_en: str
    source_url: str
    licence: str
    title_zh: str
    title_en: str
    publisher: str


class Boundaries:
    """The boundaries of one folder, each file read once and checked by its hash.

    Parameters
    ----------
    directory : pathlib.Path
        Folder with ``datapackage.json`` and the files that it names.

    Notes
    -----
    A file that is altered after it was read is not noticed by this object: it stands
    for what it read. Another object reads again.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._read: dict[tuple[str, str], gpd.GeoDataFrame] = {}

    def __repr__(self) -> str:
        return f"Boundaries({str(self.directory)!r})"

    def load(self, level: str, detail: str = "full") -> gpd.GeoDataFrame:
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

        Examples
        --------
        >>> from geo.folders import boundaries_folder
        >>> counties = Boundaries(boundaries_folder()).load("county", "overview")
        >>> counties.loc["130629", ["name", "prefecture_name"]].to_list()
        ['容城县', '保定市']
        """
        key = (level, detail)
        if key not in self._read:
            file, recorded = self.path(level, detail), self.sha256(level, detail)
            content = _content(file)
            if hashlib.sha256(content).hexdigest() != recorded:
                raise BoundaryFileError(
                    file,
                    N_("the file was altered: its SHA-256 is not the one in {name}."),
                    name=DESCRIPTOR,
                )
            self._read[key] = _parsed(content)
        return self._read[key].copy()

    def path(self, level: str, detail: str) -> Path:
        """Give the GeoJSON file of one level and detail; it is not looked at.

        Raises
        ------
        ValueError
            If there is no such level or detail.
        BoundaryFileError
            If the data package's descriptor is missing or damaged.
        """
        return self.directory / str(self._resource(level, detail)["path"])

    def sha256(self, level: str, detail: str) -> str:
        """Give the recorded hash of one level and detail, 64 hexadecimal digits.

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
        return str(self._resource(level, detail)["hash"]).removeprefix("sha256:")

    def files(self) -> list[Path]:
        """List the descriptor and the files that it names; only it is looked at.

        Raises
        ------
        BoundaryFileError
            If the descriptor is missing or damaged.
        """
        pairs = ((level, detail) for level in LEVELS for detail in DETAILS)
        return [self.directory / DESCRIPTOR, *(self.path(*pair) for pair in pairs)]

    def metadata(self) -> BoundaryVintage:
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
        _, descriptor = self._descriptor
        try:
            return BoundaryVintage(
                vintage=descriptor["vintage"],
                crs=descriptor["crs"],
                map_approval_number=descriptor["mapApprovalNumber"],
                credit_zh=descriptor["credit"]["zh"],
                credit_en=descriptor["credit"]["en"],
                source_url=descriptor["sources"][0]["path"],
                licence="; ".join(term["title"] for term in descriptor["licenses"]),
                title_zh=descriptor["titles"]["zh"],
                title_en=descriptor["titles"]["en"],
                publisher=descriptor["sources"][0]["title"],
            )
        except (KeyError, IndexError, TypeError) as error:
            raise BoundaryFileError(
                self.directory / DESCRIPTOR,
                N_("the descriptor lacks {name}."),
                name=str(error),
            ) from error

    @property
    def digest(self) -> str:
        """SHA-256 of the descriptor, which holds the hash of every file.

        Raises
        ------
        BoundaryFileError
            If the descriptor is missing or damaged.
        """
        return self._descriptor[0]

    @cached_property
    def _descriptor(self) -> tuple[str, dict[str, Any]]:
        """The data package's descriptor, with its hash."""
        file = self.directory / DESCRIPTOR
        content = _content(file)
        try:
            descriptor = json.loads(content)
        except ValueError as error:
            raise BoundaryFileError(
                file, N_("the file is not JSON ({reason})."), reason=str(error)
            ) from error
        if not isinstance(descriptor, dict):
            raise BoundaryFileError(file, N_("the file is not a JSON object."))
        return hashlib.sha256(content).hexdigest(), descriptor

    def _resource(self, level: str, detail: str) -> dict[str, Any]:
        """Find what the descriptor says of one level and detail."""
        for word, value, choices in (
            ("level", level, LEVELS),
            ("detail", detail, DETAILS),
        ):
            if value not in choices:
                raise ValueError(
                    f"no {word} {value!r} of the boundaries: choose one of "
                    f"{', '.join(choices)}"
                )
        for resource in self._descriptor[1].get("resources", []):
            if (resource.get("level"), resource.get("detail")) == (level, detail):
                return dict(resource)
        raise BoundaryFileError(
            self.directory / DESCRIPTOR,
            N_("the descriptor does not name a file for {level}, {detail}."),
            level=level,
            detail=detail,
        )


def parse(content: bytes) -> gpd.GeoDataFrame:
    """Read the boundaries from the bytes of a GeoJSON file of ours.

    Parameters
    ----------
    content : bytes
        A FeatureCollection whose features have a property ``adcode``.

    Returns
    -------
    geopandas.GeoDataFrame
        As for :meth:`Boundaries.load`, in the order of the file.
    """
    # GDAL guesses types, and would make numbers of the codes; it would also take
    # the CRS from elsewhere than RFC 7946 does.
    features = json.loads(content)["features"]
    table = gpd.GeoDataFrame.from_features(features, crs=WGS84)
    properties = list(features[0]["properties"])
    return table[[*properties, "geometry"]].set_index("adcode")


@lru_cache(maxsize=len(LEVELS) * len(DETAILS))
def _parsed(content: bytes) -> gpd.GeoDataFrame:
    """Parse once what several editions, or folders, have in common."""
    return parse(content)


def _content(file: Path) -> bytes:
    """Read a file whole, so that what was hashed is what is parsed."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise BoundaryFileError(
            file, CANNOT_BE_READ, reason=error.strerror or str(error)
        ) from error

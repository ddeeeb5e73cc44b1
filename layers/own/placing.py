"""Where the rows of a layer lie: asked of a process with limits, told by county."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
import shapely

from geo.boundaries import Boundaries
from geo.crs import EQUAL_AREA, area_km2
from geo.displacement import Displacement
from geo.divisions import Divisions
from geo.export.faults import CrsRefusedError
from geo.export.systems import SYSTEMS
from geo.export.zones import canonical
from layers.own.layer import Layer
from layers.own.limits import Limits
from layers.own.process import ask
from layers.own.refusals import RefusedError

USUAL_SYSTEMS: Final = tuple(
    name for name in SYSTEMS if name.startswith("EPSG:") and name != "EPSG:3857"
)
"""Systems that a layer of Hebei is usually in, to be tried and to be chosen from."""

_AROUND: Final = 2.0
"""Degrees about the counties within which a layer is one of here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What becomes of a layer in a system that it may be in.

    Attributes
    ----------
    crs : str
        The system.
    inside : int
        Rows whose shape begins in a county.
    swapped : bool
        Whether that holds only with both axes changed about.
    counties : tuple of str
        Adcodes of those in which most of them lie, three at most.
    """

    crs: str
    inside: int
    swapped: bool
    counties: tuple[str, ...]


class NotPlacedError(RefusedError):
    """A layer is not placed: no system is known, or its coordinates cannot be.

    Attributes
    ----------
    fits : tuple of Fit
        What would become of it in the usual systems, best first.
    """

    def __init__(
        self, kind: str, reason: str, details: Mapping[str, object], fits: Sequence[Fit]
    ) -> None:
        super().__init__(kind, reason, details)
        self.fits = tuple(fits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counties:
    """The areas that a layer is placed in.

    Attributes
    ----------
    adcodes : tuple of str
        Of the counties, in order.
    shapes, prefectures : tuple of bytes
        WKB in WGS 84.
    areas : mapping of str to float
        Square kilometres by adcode.
    bounds : tuple of float
        West, south, east, north.
    names : mapping of str to (str, str)
        Names in Chinese and English by adcode.
    """

    adcodes: tuple[str, ...]
    shapes: tuple[bytes, ...] = field(repr=False)
    prefectures: tuple[bytes, ...] = field(repr=False)
    areas: Mapping[str, float] = field(repr=False)
    bounds: tuple[float, ...]
    names: Mapping[str, tuple[str, str]] = field(repr=False)


def counties_of(boundaries: Boundaries, divisions: Divisions) -> Counties:
    """Return the counties and prefectures of an edition, in full detail.

    Parameters
    ----------
    boundaries : geo.boundaries.Boundaries
        Their lines.
    divisions : geo.divisions.Divisions
        Their names.
    """
    counties = boundaries.load("county").geometry
    prefectures = boundaries.load("prefecture").geometry
    return Counties(
        adcodes=tuple(map(str, counties.index)),
        shapes=tuple(shapely.to_wkb(counties.to_numpy())),
        prefectures=tuple(shapely.to_wkb(prefectures.to_numpy())),
        areas={str(adcode): km2 for adcode, km2 in area_km2(counties).items()},
        bounds=tuple(map(float, counties.total_bounds)),
        names={
            str(adcode): (
                divisions.called(str(adcode), "zh"),
                divisions.called(str(adcode), "en"),
            )
            for adcode in counties.index
        },
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Placed:
    """A layer with the place of each row.

    Attributes
    ----------
    layer : Layer
        The layer.
    counties : Counties
        In which it is placed.
    crs : str
        The system in which it was read.
    chosen : bool
        Whether the user said which it is.
    answer : mapping
        What :mod:`layers.own.child.placing` told, by position of row and county.
    """

    layer: Layer
    counties: Counties
    crs: str
    chosen: bool
    answer: Mapping[str, Any] = field(repr=False)

    @property
    def kinds(self) -> Sequence[int]:
        """0 for points, 1 for lines, 2 for polygons of each row; -1 without a shape."""
        kinds: Sequence[int] = self.answer["kinds"]
        return kinds

    @property
    def dimension(self) -> int:
        """The greatest of them: what the layer is made of."""
        return max(self.kinds, default=-1)

    @cached_property
    def county(self) -> Sequence[str]:
        """Adcode of the county of each row, "" if it has none."""
        adcodes = self.counties.adcodes
        return [adcodes[at] if at >= 0 else "" for at in self.answer["county"]]

    @cached_property
    def near(self) -> Mapping[int, tuple[str, float]]:
        """Nearest county, and metres to it, of rows with a shape outside of them."""
        adcodes = self.counties.adcodes
        return {row: (adcodes[at], far) for row, at, far in self.answer["near"]}

    @cached_property
    def parts(self) -> Mapping[str, float]:
        """By county square kilometres of polygons, each place once, or km of lines."""
        adcodes = self.counties.adcodes
        if self.dimension == 2:
            covered = self.answer["covered"]
            return {adcodes[int(at)]: size for at, size in covered.items()}
        found: dict[str, float] = {}
        for row, at, size in self.answer["parts"]:
            if self.kinds[row] == 1:
                found[adcodes[at]] = found.get(adcodes[at], 0) + size
        return found

    @cached_property
    def inside(self) -> float:
        """Sum of the parts of all rows within counties: overlaps count twice."""
        return math.fsum(size for row, _, size in self._of_dimension())

    @cached_property
    def whole(self) -> float:
        """Sum of the sizes of all rows, within counties or not."""
        sizes = zip(self.kinds, self.answer["sizes"], strict=True)
        return math.fsum(size for kind, size in sizes if kind == self.dimension)

    def _of_dimension(self) -> Sequence[tuple[int, int, float]]:
        parts = self.answer["parts"]
        return [part for part in parts if self.kinds[part[0]] == self.dimension]

    @property
    def moved(self) -> tuple[str, Displacement] | None:
        """Level of the areas that the polygons show, and how far beside they lie."""
        about = self.answer["moved"]
        if about is None:
            return None
        return about["level"], Displacement(
            about["areas"],
            about["metres"],
            about["bearing"],
            about["spread"],
            about["like"],
            about["searched"],
        )


def system(name: str) -> str:
    """Return the id of a system that a user says a layer is in.

    Parameters
    ----------
    name : str
        As people write it: ``4547``, ``CGCS2000``.

    Raises
    ------
    RefusedError
        If it is a shifted one of web maps, or has no code.
    """
    try:
        found = canonical(name)
    except CrsRefusedError:
        found = ""
    if not found.startswith("EPSG:"):
        raise RefusedError("crs", "no_system", {"name": name[:60]})
    return found


def place(
    layer: Layer,
    counties: Counties,
    crs: str | None = None,
    limits: Limits | None = None,
) -> Placed:
    """Place the rows of a layer in the counties.

    Parameters
    ----------
    layer : Layer
        The layer.
    counties : Counties
        Of the edition.
    crs : str, optional
        What the user says its system is; by default what the file says.
    limits : Limits, optional
        By default those of the environment.

    Returns
    -------
    Placed

    Raises
    ------
    NotPlacedError
        If no system is known, or the coordinates cannot be of it.
    RefusedError
        If it takes more than the limits.
    """
    limits = limits or Limits.from_environment()
    system = crs or layer.crs
    west, south, east, north = counties.bounds
    sent = [layer.shapes, counties.shapes, counties.prefectures]
    sizes = [[len(one) if one else 0 for one in shapes] for shapes in sent]
    about = {
        "crs": system,
        "equal_area": EQUAL_AREA,
        "systems": USUAL_SYSTEMS,
        "around": [west - _AROUND, south - _AROUND, east + _AROUND, north + _AROUND],
        **dict(zip(("shapes", "counties", "prefectures"), sizes, strict=True)),
    }
    content = b"".join(one for shapes in sent for one in shapes if one)
    answer = ask("layers.own.child.placing", about, content, limits)
    if "kinds" not in answer:
        fits = sorted(
            (
                Fit(
                    crs=fit["crs"],
                    inside=fit["inside"],
                    swapped=fit["swapped"],
                    counties=tuple(counties.adcodes[at] for at in fit["counties"]),
                )
                for fit in answer["fits"]
            ),
            key=lambda fit: (-fit.inside, fit.swapped),
        )
        if "cause" in answer:
            raise NotPlacedError(
                "coordinates", answer["cause"], answer["details"], fits
            )
        turned = bool(fits) and fits[0].inside > 0 and fits[0].swapped
        reason = "crs_swapped" if turned else "crs_missing"
        raise NotPlacedError("crs", reason, _missing(layer, fits), fits)
    assert system is not None
    return Placed(
        layer=layer,
        counties=counties,
        crs=system,
        chosen=crs is not None,
        answer=answer,
    )


def _missing(layer: Layer, fits: Sequence[Fit]) -> dict[str, object]:
    first = next((shape for shape in layer.shapes if shape), None)
    x = y = 0.0
    if first is not None:
        # Bounds of a shape need no engine that could run wild.
        x, y, *_ = np.round(shapely.bounds(shapely.from_wkb(first)), 4).tolist()
    named = [fit.crs for fit in fits if fit.inside]
    return {"x": x, "y": y, "systems": "、".join(named) or "—"}

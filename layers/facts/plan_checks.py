"""Checks of what the plan says in figures and of places: units, scopes, points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

import geopandas as gpd
import pandas as pd
from shapely import Point

from geo.language import N_
from geo.problems import Problem
from layers.facts.rows import records

_RELATIVE_TOLERANCE: Final = 1e-6
"""Base values are written with at most six decimals."""

Frames = Mapping[str, pd.DataFrame]


def base_values_agree(frames: Frames) -> Iterator[Problem]:
    """Yield targets whose base value is not their value times the unit's factor."""
    factors = {
        row["unit"]: (Fraction(row["factor"]), row["unit_base"])
        for row in records(frames["units"])
    }
    targets = frames["targets"]
    for line, row in zip(targets.index, records(targets), strict=True):
        factor, base = factors.get(row["unit"], (None, ""))
        if base != row["unit_base"]:
            yield _target(
                line,
                "unit_base",
                row["unit_base"],
                N_("the base unit of {unit} is {base} in units.csv."),
                unit=row["unit"],
                base=base,
            )
            continue
        for column in ("value", "value_high"):
            given, in_base = row[column], row[f"{column}_base"]
            if not given and not in_base:
                continue
            expected = float(Fraction(given or "0") * (factor or 1))
            if not (given and in_base) or abs(float(in_base) - expected) > max(
                _RELATIVE_TOLERANCE, _RELATIVE_TOLERANCE * expected
            ):
                yield _target(
                    line,
                    f"{column}_base",
                    in_base,
                    N_("{given} {unit} are {expected} in base units."),
                    given=given or "–",
                    unit=row["unit"],
                    expected=f"{expected:.6f}".rstrip("0").rstrip("."),
                )


def targets_have_values(frames: Frames) -> Iterator[Problem]:
    """Yield targets whose comparator and values do not fit together."""
    targets = frames["targets"]
    for line, row in zip(targets.index, records(targets), strict=True):
        if (row["comparator"] == "qualitative") == bool(row["value"]):
            yield _target(
                line,
                "value",
                row["value"],
                N_("the comparator {comparator} does not go with this value."),
                comparator=row["comparator"],
            )
        if (row["comparator"] == "range") != bool(row["value_high"]) and row[
            "value_high"
        ]:
            yield _target(
                line,
                "value_high",
                row["value_high"],
                N_("the comparator {comparator} does not go with this value."),
                comparator=row["comparator"],
            )


def points_lie_in_their_county(
    frames: Frames, counties: gpd.GeoDataFrame
) -> Iterator[Problem]:
    """Yield places whose coordinates are outside the county that they name.

    Coordinates in GCJ-02 are off by some 550 m in Hebei, and swapped ones by far:
    this finds the latter, and the former near a boundary.
    """
    places = frames["places"]
    for line, row in zip(places.index, records(places), strict=True):
        if bool(row["lon"]) != bool(row["lat"]) or (
            row["lon"] and not row["coordinate_source"]
        ):
            yield _place(
                line,
                "lon",
                row["lon"],
                N_("a point needs longitude, latitude and the source of both."),
            )
        elif row["lon"] and row["county_adcode"]:
            point = Point(float(row["lon"]), float(row["lat"]))
            county = counties.geometry.get(row["county_adcode"])
            if county is None or not county.contains(point):
                yield _place(
                    line,
                    "lon",
                    f"{row['lon']}, {row['lat']}",
                    N_("the point is not in the county {adcode}."),
                    adcode=row["county_adcode"],
                )


def _target(
    line: object, column: str, value: str, rule: str, **details: str
) -> Problem:
    return Problem(
        table="targets.csv",
        row=int(str(line)),
        column=column,
        value=value,
        rule=rule,
        remedy=N_("Correct the value, its unit or its comparator."),
        details=details,
    )


def _place(line: object, column: str, value: str, rule: str, **details: str) -> Problem:
    return Problem(
        table="places.csv",
        row=int(str(line)),
        column=column,
        value=value,
        rule=rule,
        remedy=N_("Correct the coordinates (WGS 84, not GCJ-02) or the county."),
        details=details,
    )

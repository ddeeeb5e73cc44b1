"""The names and codes of an edition, taken from its tables for the join."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from geo.divisions import Divisions
from geo.folders import attributes_folder
from geo.problems import DataFaultError
from geo.reading import read_table
from layers.facts.package import Package
from layers.facts.schema import check_table, read_descriptor
from layers.own.places import Places, Zone

_TABLES: Final = (
    "divisions",
    "crosswalk",
    "territory_changes",
    "administrations",
    "zones",
    "aliases",
)
_STATISTICAL: Final = "statistical_code"
"""Kind of an alias that is a code of statistics."""


def places_of(package: Package) -> Places:
    """Return names and codes of counties, prefectures and zones of an edition.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts, with their tables ``zones`` and ``aliases``.

    Returns
    -------
    Places
        To be kept as long as the package: it remembers what names mean.
    """
    return _places(package.divisions, package.tables)


def places_in(directory: Path | None = None) -> Places:
    """Return them from their own tables alone, where the whole package is not needed.

    Raises
    ------
    geo.problems.DataFaultError
        With every fault of these tables.
    """
    directory = directory or attributes_folder()
    described = read_descriptor(directory)
    frames, problems = {}, []
    for name in _TABLES:
        description = described[name]
        path = directory / description.path
        frames[name], faults = read_table(path, description.columns)
        problems += faults or check_table(description, frames[name])
    if problems:
        raise DataFaultError(problems)
    divisions = Divisions(
        frames["divisions"],
        frames["crosswalk"],
        territory=frames["territory_changes"],
        administrations=frames["administrations"],
    )
    return _places(divisions, frames)


def _places(divisions: Divisions, tables: Mapping[str, pd.DataFrame]) -> Places:
    zones = tables["zones"].to_dict("records")
    aliases = tables["aliases"]
    codes = aliases[aliases["kind"] == _STATISTICAL].to_dict("records")
    return Places(
        divisions=divisions,
        zones=tuple(
            Zone(
                name=row["name"],
                also=tuple(filter(None, row["also"].split(";"))),
                kind=row["kind"],
                code=row["code"],
                prefecture=row["prefecture_adcode"],
            )
            for row in zones
        ),
        other_codes={row["alias"]: row["adcode"] for row in codes},
    )

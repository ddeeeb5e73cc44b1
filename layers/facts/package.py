"""Load the attribute package: every table, checked as a whole, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from geo import boundaries
from geo.divisions import Divisions
from geo.folders import data_folder
from geo.problems import DataFaultError, Problem
from geo.reading import read_table
from layers.facts import catalogue, checks, plan_checks
from layers.facts.catalogue import Group, Programme, Source
from layers.facts.descriptor_checks import descriptor_problems
from layers.facts.schema import (
    DESCRIPTOR,
    Table,
    check_references,
    check_table,
    read_descriptor,
    typed,
)

DIRECTORY: Final = data_folder() / "attributes"

_NAMING_TABLES: Final = {
    "memberships": "",
    "pairs": "",
    "exits": "unit == 'county'",
    "evidence": "",
}
"""Tables whose rows name a division, and which rows do."""


@dataclass(frozen=True, kw_only=True, eq=False)  # one edition equals itself only
class Package:
    """The facts, checked: tables with their types, and the registries made of them.

    Attributes
    ----------
    tables : mapping of str to pandas.DataFrame
        Each with the columns of its description; text is ``""`` where missing,
        numbers are nullable. The index is the line of the file.
    descriptions : mapping of str to Table
        The descriptor's tables.
    divisions : geo.divisions.Divisions
        Codes and names with their crosswalk.
    digest : str
        SHA-256 over descriptor and tables: another edition, another digest.
    """

    tables: Mapping[str, pd.DataFrame]
    descriptions: Mapping[str, Table]
    divisions: Divisions
    programmes: Mapping[str, Programme]
    groups: Mapping[str, Group]
    sources: Mapping[str, Source]
    digest: str

    def label(self, table: str, field: str, value: str) -> str:
        """Return the English label of a coded value (a message id)."""
        return self.descriptions[table].field(field).labels.get(value, value)


def load(directory: Path = DIRECTORY) -> Package:
    """Load and check the whole package.

    Parameters
    ----------
    directory : pathlib.Path
        Folder with ``datapackage.json`` and its tables.

    Returns
    -------
    Package
        Every table valid, every reference resolved, every count in agreement.

    Raises
    ------
    geo.problems.DataFaultError
        With every problem found; nothing is loaded in part.
    """
    package, problems = examine(directory)
    if package is None:
        raise DataFaultError(problems)
    return package


def examine(directory: Path = DIRECTORY) -> tuple[Package | None, list[Problem]]:
    """Load the package and list its faults; without faults the package comes too."""
    problems = descriptor_problems(directory)
    if problems:
        return None, problems
    descriptions = read_descriptor(directory)
    frames: dict[str, pd.DataFrame] = {}
    for description in descriptions.values():
        path = directory / description.path
        frame, faults = read_table(path, description.columns)
        problems += faults or check_table(description, frame)
        frames[description.name] = frame
    # Relations between tables mean something only when each table is sound by itself.
    if problems:
        return None, problems

    problems = [
        problem
        for name, description in descriptions.items()
        for problem in check_references(description, frames[name], frames)
    ]
    divisions = Divisions(frames["divisions"], frames["crosswalk"])
    tables = {name: typed(descriptions[name], frame) for name, frame in frames.items()}
    programmes = catalogue.programmes(tables["programmes"])
    drawn = _drawn()
    problems += chain(
        checks.programme_ids(frames),
        checks.divisions_match_boundaries(frames, drawn),
        checks.crosswalk_leads_to_divisions(frames, divisions),
        checks.published_names_resolve(frames, divisions, tables=_NAMING_TABLES),
        checks.named_once(frames, divisions),
        checks.counts_agree(frames, programmes),
        checks.kinds_are_whole(frames, programmes),
        checks.pairings_agree(frames, programmes),
        plan_checks.base_values_agree(frames),
        plan_checks.targets_have_values(frames),
        plan_checks.points_lie_in_their_county(frames, boundaries.load("county")),
        checks.partners_named(frames, divisions),
        checks.parts_lie_in_counties(frames, divisions),
        checks.zones_are_no_counties(frames, divisions),
        checks.statistical_codes_named(frames, divisions),
    )
    if problems:
        return None, problems
    package = Package(
        tables=tables,
        descriptions=descriptions,
        divisions=divisions,
        programmes=programmes,
        groups=catalogue.groups(tables["groups"]),
        sources=catalogue.sources(tables["sources"]),
        digest=digest(directory),
    )
    return package, []


def digest(directory: Path = DIRECTORY) -> str:
    """Return the SHA-256 over descriptor and tables, in order of name."""
    total = hashlib.sha256()
    for path in [directory / DESCRIPTOR, *sorted(directory.glob("*.csv"))]:
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def _drawn() -> dict[str, gpd.GeoDataFrame]:
    levels = {
        "county": "county",
        "prefecture": "prefecture",
        "province": "province",
        "district": "neighbour",
        "municipality": "municipality",
    }
    return {
        level: boundaries.load(drawn, "overview") for level, drawn in levels.items()
    }

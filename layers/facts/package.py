"""Load the attribute package: every table, checked as a whole, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.boundaries import Boundaries, BoundaryFileError
from geo.divisions import Divisions
from geo.folders import attributes_folder, boundaries_folder
from geo.language import N_
from geo.problems import DataFaultError, Problem
from layers.facts import (
    checks,
    count_checks,
    county_checks,
    date_checks,
    language_checks,
    number_checks,
    plan_checks,
    relation_checks,
    scope_checks,
    target_checks,
    variable_checks,
)
from layers.facts.descriptor_checks import descriptor_problems
from layers.facts.digest import digest
from layers.facts.figures import Figure, Numbers, carry, read_figures
from layers.facts.own import OwnFacts
from layers.facts.schema import (
    DESCRIPTOR,
    Table,
    check_references,
    read_descriptor,
    read_licence,
    typed,
)
from layers.facts.sound_tables import read_sound_table
from layers.facts.sources import Source, sources
from layers.facts.units import Unit, read_units
from layers.facts.values import Standing, Value, read_values, standing
from layers.facts.variables import (
    VALUE_TABLES,
    Group,
    Series,
    Variable,
    groups,
    variables,
)
from layers.facts.variables import series as read_series

_NAMING_TABLES: Final = {
    **dict.fromkeys(VALUE_TABLES.values(), ""),
    VALUE_TABLES["date"]: "unit == 'county'",
    VALUE_TABLES["number"]: "level != 'zone'",
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
    variables : mapping of str to Variable
        What is known of counties, in the order of the registry.
    values : tuple of Value
        Of all variables, carried over to the adcodes of today.
    numbers : Numbers
        What numbers say besides: of zones, of units of the past, totals.
    series : mapping of str to Series
        What is measured at several times, by id.
    units : mapping of str to Unit
        The units of figures, by the plan's way of writing them.
    digest : str
        SHA-256 over descriptor and tables: other tables, another digest.
    licence : str
        Terms of the tables, in the words of their descriptor.
    directory : pathlib.Path
        Folder of descriptor and tables.
    boundaries : geo.boundaries.Boundaries
        What the divisions look like, and whom to credit for it.
    """

    tables: Mapping[str, pd.DataFrame]
    descriptions: Mapping[str, Table]
    divisions: Divisions
    variables: Mapping[str, Variable]
    values: tuple[Value, ...]
    numbers: Numbers
    groups: Mapping[str, Group]
    series: Mapping[str, Series]
    units: Mapping[str, Unit]
    sources: Mapping[str, Source]
    digest: str
    licence: str
    directory: Path
    boundaries: Boundaries

    @cached_property
    def programmes(self) -> Mapping[str, Variable]:
        """The variables of the kind membership, by id."""
        return {v.id: v for v in self.variables.values() if v.is_programme}

    def beside(self, variable: str, prefecture: str = "") -> tuple[Figure, ...]:
        """Return the figures of a number that are in no county's value.

        Parameters
        ----------
        variable : str
            Id of the variable.
        prefecture : str, optional
            Adcode; without it those of the whole province.
        """
        own = self.numbers.beside.get(variable, ())
        return tuple(f for f in own if prefecture in {"", f.within})

    @cached_property
    def _by_variable(self) -> Mapping[str, Mapping[str, tuple[Value, ...]]]:
        found: dict[str, dict[str, tuple[Value, ...]]] = {v: {} for v in self.variables}
        for value in self.values:
            own = found[value.variable]
            own[value.adcode] = (*own.get(value.adcode, ()), value)
        return found

    @cached_property
    def _by_county(self) -> Mapping[str, tuple[Value, ...]]:
        order = {identifier: place for place, identifier in enumerate(self.variables)}
        found: dict[str, list[Value]] = {}
        for value in sorted(self.values, key=lambda value: order[value.variable]):
            found.setdefault(value.adcode, []).append(value)
        return {adcode: tuple(own) for adcode, own in found.items()}

    def values_by_county(self, variable: str) -> Mapping[str, tuple[Value, ...]]:
        """Return the values of one variable by adcode; several of a relation."""
        return self._by_variable[variable]

    def values_of(self, adcode: str) -> tuple[Value, ...]:
        """Return all that is known of one county, in the order of the registry."""
        return self._by_county.get(adcode, ())

    def members(self, programme: str) -> frozenset[str]:
        """Return the adcodes of the counties that are in a programme."""
        return frozenset(self._by_variable[programme])

    @cached_property
    def _reported(self) -> Mapping[str, frozenset[str]]:
        evidence = self.tables["evidence"]
        rows = evidence[
            (evidence["scope"] == "county") & (evidence["confidence"] != "stated")
        ]
        found: dict[str, set[str]] = {p: set() for p in self.programmes}
        for programme, code, name in zip(
            rows["variable"],
            rows["published_adcode"],
            rows["published_name"],
            strict=True,
        ):
            found[programme].add(self.divisions.current(code, name))
        return {p: frozenset(codes - self.members(p)) for p, codes in found.items()}

    def reported(self, programme: str) -> frozenset[str]:
        """Return the counties with outside evidence that no source's list names."""
        return self._reported[programme]

    def standing(self, programme: str, adcode: str) -> Standing:
        """Say what is known of a county and a programme: yes, no, or not said."""
        return standing(
            self.variables[programme],
            is_member=adcode in self.members(programme),
            is_reported=adcode in self.reported(programme),
            is_beyond=self.is_beyond(programme, adcode),
        )

    def is_beyond(self, variable: str, adcode: str) -> bool:
        """Return whether a county lies where the source of a variable means nobody."""
        confined_to = self.variables[variable].confined_to
        parent = self.divisions[adcode].parent
        return bool(confined_to) and parent not in confined_to

    def with_variables(self, own: OwnFacts) -> Package:
        """Return a package that holds the user's own variables beside its own.

        This one stays as it is, and nothing is written. The variables come behind
        those of the tables; whatever follows from the kind of a variable follows for
        them as well.

        Parameters
        ----------
        own : OwnFacts
            Variables and values, e.g. of :func:`layers.own.variables.own_facts`.

        Returns
        -------
        Package
            With a digest of its own, for the same facts the same.

        Raises
        ------
        ValueError
            If an id is taken, or a value is of none of the variables.
        """
        faults = [*own.faults(self.variables, self.groups, self.sources)]
        if faults:
            raise ValueError("; ".join(faults))
        return replace(
            self,
            variables={**self.variables, **{v.id: v for v in own.variables}},
            values=(*self.values, *own.values),
            groups={**self.groups, own.group.id: own.group},
            series={**self.series, **{series.id: series for series in own.series}},
            units={**{unit.unit: unit for unit in own.units}, **self.units},
            sources={**self.sources, own.source.id: own.source},
            licence=f"{self.licence}; {own.terms}",
            digest=own.digest(self.digest),
        )

    def label(self, table: str, field: str, value: str) -> str:
        """Return the English label of a coded value (a message id).

        Parameters
        ----------
        table : str
            Name of a table of the descriptor.
        field : str
            Name of one of its columns.
        value : str
            A value that the column allows.
        """
        return self.descriptions[table].field(field).labels.get(value, value)


def load(
    directory: Path | None = None, boundaries: Boundaries | None = None
) -> Package:
    """Load and check the whole package.

    Parameters
    ----------
    directory : pathlib.Path, optional
        Folder with ``datapackage.json`` and its tables; by default that of
        :func:`geo.folders.attributes_folder`.
    boundaries : geo.boundaries.Boundaries, optional
        By default those of :func:`geo.folders.boundaries_folder`: beside the tables.

    Returns
    -------
    Package
        Every table valid, every reference resolved, every count in agreement.

    Raises
    ------
    geo.problems.DataFaultError
        With every problem found; nothing is loaded in part.
    """
    package, problems = examine(directory, boundaries)
    if package is None:
        raise DataFaultError(problems)
    return package


def examine(
    directory: Path | None = None, boundaries: Boundaries | None = None
) -> tuple[Package | None, list[Problem]]:
    """Load the package and list its faults; without faults the package comes too."""
    directory = directory or attributes_folder()
    boundaries = boundaries or Boundaries(boundaries_folder(directory))
    problems = descriptor_problems(directory)
    if problems:
        return None, problems
    before = digest(directory)
    descriptions = read_descriptor(directory)
    frames: dict[str, pd.DataFrame] = {}
    for description in descriptions.values():
        path = directory / description.path
        frames[description.name], faults = read_sound_table(path, description)
        problems += faults
    try:
        drawn = _drawn(boundaries)
        shapes = boundaries.load("county")
        boundaries.metadata()
    except BoundaryFileError as error:
        problems.append(error.problem)
    # Relations between tables mean something only when each table is sound by itself.
    if problems:
        return None, problems

    problems = [
        problem
        for name, description in descriptions.items()
        for problem in check_references(description, frames[name], frames)
    ]
    divisions = Divisions(
        frames["divisions"],
        frames["crosswalk"],
        territory=frames["territory_changes"],
        administrations=frames["administrations"],
        aliases=frames["aliases"],
    )
    tables = {name: typed(descriptions[name], frame) for name, frame in frames.items()}
    registry = variables(tables["variables"], tables["classes"])
    headings = groups(tables["groups"])
    problems += chain(
        variable_checks.ids_are_free(frames),
        variable_checks.kinds_are_whole(frames, registry),
        variable_checks.values_fit_their_variable(frames, registry),
        checks.divisions_match_boundaries(frames, drawn),
        checks.crosswalk_leads_to_divisions(frames, divisions),
        checks.published_names_resolve(
            frames, divisions, tables=_NAMING_TABLES, may_be_split={"numbers"}
        ),
        checks.parts_lie_in_counties(frames, divisions),
        checks.partners_named(frames, divisions),
        variable_checks.named_once(frames, divisions),
        date_checks.dates_follow(frames, registry),
        count_checks.counts_agree(frames, registry),
        count_checks.lists_keep_within(frames, registry, divisions),
        relation_checks.relations_agree(frames, registry),
        relation_checks.reports_agree(frames, registry),
        variable_checks.values_apply(frames, registry, divisions),
        number_checks.series_are_of_one_measure(frames, registry),
        number_checks.zones_are_listed(frames),
        number_checks.totals_agree(frames, registry, divisions),
        plan_checks.base_values_agree(frames),
        plan_checks.targets_have_values(frames),
        plan_checks.points_lie_in_their_county(frames, shapes),
        target_checks.targets_in_order(frames),
        target_checks.years_have_meaning(frames),
        target_checks.notes_agree_in_figures(frames),
        target_checks.outcomes_can_be_held_against(frames),
        scope_checks.scopes_hold_somebody(frames, divisions),
        county_checks.rows_are_of_counties(frames, divisions),
        county_checks.codes_of_bodies_agree(frames, divisions),
        county_checks.ground_is_of_counties(frames, divisions),
        county_checks.other_names_are_free(frames, divisions),
        checks.zones_are_no_counties(frames, divisions),
        language_checks.english_is_english(frames, descriptions),
        language_checks.both_languages_or_none(frames, descriptions),
    )
    if digest(directory) != before:
        problems.append(
            Problem(
                table=DESCRIPTOR,
                rule=N_("the tables were changed while they were read."),
                remedy=N_("Wait until they are saved, then load them again."),
            )
        )
    if problems:
        return None, problems
    numbers = carry(read_figures(tables, divisions), divisions, registry)
    package = Package(
        tables=tables,
        descriptions=descriptions,
        divisions=divisions,
        variables=registry,
        values=(*read_values(tables, divisions), *numbers.values),
        numbers=numbers,
        groups=headings,
        series=read_series(tables["series"]),
        units=read_units(tables["units"]),
        sources=sources(tables["sources"]),
        digest=before,
        licence=read_licence(directory),
        directory=directory,
        boundaries=boundaries,
    )
    return package, []


def _drawn(boundaries: Boundaries) -> dict[str, gpd.GeoDataFrame]:
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

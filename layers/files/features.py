"""The counties of a selection as a table that can be written to a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import geopandas as gpd
import pandas as pd

from geo.language import Language, speaker
from layers.facts.columns import (
    BASE_COLUMNS,
    EVIDENCE,
    adcode_column,
    in_column_order,
    label_column,
)
from layers.facts.package import Package
from layers.facts.variables import Variable
from layers.files.evidence import evidence_by_county
from layers.files.places import former_adcodes, points, run_by
from layers.select.choices import Choices
from layers.select.rejected import Rejected, SelectionError
from layers.select.selection import Selection

__all__ = [
    "BASE_PROPERTIES",
    "EVIDENCE",
    "feature_table",
    "property_names",
    "variable_properties",
    "within",
]

BASE_PROPERTIES: Final = (
    *(c for c in BASE_COLUMNS if c != "prefecture_en"),
    "longitude",
    "latitude",
    "former_adcodes",
    "run_by",
)
"""Properties of a county that are no variable, after its ``adcode``; ``prefecture`` and
``run_by`` are in the language of the file."""


def variable_properties(variable: Variable) -> tuple[str, ...]:
    """Return the properties that hold a variable, names in the file's language."""
    if variable.kind == "relation":
        return (adcode_column(variable.id), variable.id)
    if variable.kind == "category":
        return (variable.id, label_column(variable.id))
    return (variable.id,)


def property_names(package: Package) -> tuple[str, ...]:
    """Return the properties of an exported county after its ``adcode``, in order."""
    variables = in_column_order(package.variables)
    of_variables = (name for v in variables for name in variable_properties(v))
    return (*BASE_PROPERTIES, *of_variables, EVIDENCE)


def feature_table(
    package: Package,
    counties: pd.DataFrame,
    selection: Selection,
    *,
    detail: str = "full",
    language: Language = "zh",
    programme: str | None = None,
) -> gpd.GeoDataFrame:
    """Give the counties of a selection as they are written to files.

    Parameters
    ----------
    package, counties, selection, detail, language, programme
        As for :func:`layers.files.export.export`.

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed by ``adcode``, in the order of `counties`. Columns: those of
        `BASE_PROPERTIES` (``area_km2`` in square kilometres), then of each variable by
        its kind:

        - category: code of the class, and ``<id>_label`` (its name);
        - number: Float64 in the unit of the variable, Int64 for a count of wholes;
        - date: Int64, the year;
        - relation: ``<id>_adcode`` (behind ``;`` if several) and ``<id>`` (names);
        - membership: boolean;

        missing where nothing is known, never ``""``; then ``evidence`` (a list of
        dicts, see :func:`layers.files.evidence.evidence_by_county`) and ``geometry``
        in EPSG:4326.

    Raises
    ------
    layers.select.rejected.SelectionError
        If `selection` or `programme` names something that does not exist.
    ValueError
        If there is no such detail or language.
    """
    say = speaker(language)
    chosen = within(package, selection, programme).apply(counties)
    columns = {name: counties[name] for name in BASE_PROPERTIES if name in counties}
    names = zip(counties["prefecture"], counties["prefecture_en"], strict=True)
    columns["prefecture"] = pd.Series(
        [say.pick(*pair) for pair in names], counties.index, dtype="str"
    )
    middles = points(package).loc[counties.index]
    columns |= {name: middles[name] for name in ("longitude", "latitude")}
    columns["former_adcodes"] = former_adcodes(package).loc[counties.index]
    columns["run_by"] = run_by(package, language).loc[counties.index]
    for variable in in_column_order(package.variables):
        for name in variable_properties(variable):
            columns[name] = _column(counties, variable, name, language)
    table = pd.DataFrame(columns, index=counties.index).loc[chosen]
    for name in table.columns:
        if pd.api.types.is_string_dtype(table[name]):
            table[name] = table[name].mask(table[name] == "")
    evidence = evidence_by_county(package, language)
    table[EVIDENCE] = pd.Series(
        [evidence.get(adcode, []) for adcode in chosen], chosen, dtype="object"
    )
    drawn = package.boundaries.load("county", detail).geometry
    return gpd.GeoDataFrame(table, geometry=drawn.loc[chosen], crs=drawn.crs)


def within(package: Package, selection: Selection, programme: str | None) -> Selection:
    """Narrow a selection to a programme; refuse what does not exist.

    Parameters
    ----------
    package : Package
        The facts.
    selection : Selection
        Which counties; it may name what does not exist.
    programme : str or None
        Id of a programme of which the counties must be, too.

    Raises
    ------
    layers.select.selection.SelectionError
        If one of them names something that does not exist.
    """
    choices = Choices.of(package)
    names = choices.parameters
    rejected = [
        Rejected(
            parameter=names.get(field, field),
            value=value if field in names else None,
            allowed=choices.for_field(field) if field in names else (*names.values(),),
        )
        for field, values in selection.asked()
        for value in values
        if not choices.accepts(field, value)
    ]
    if programme is not None and programme not in choices.programmes:
        rejected.append(
            Rejected(parameter="programme", value=programme, allowed=choices.programmes)
        )
    if rejected:
        raise SelectionError(rejected)
    if programme is None:
        return selection
    return replace(selection, all_of=(*selection.all_of, programme))


def _column(
    counties: pd.DataFrame, variable: Variable, name: str, language: Language
) -> pd.Series:
    """Return the column of the county table, in the language and type of files."""
    if variable.kind == "relation" and name == variable.id and language == "en":
        return counties[f"{name}_en"]
    if variable.kind == "category" and name != variable.id:
        names = {known.value: known.name(language) for known in variable.classes}
        return counties[variable.id].map(names).fillna("").astype("str")
    column = counties[name]
    if variable.kind == "number" and variable.measure == "count":
        # Of all counties, lest the type of a column depend on the selection.
        known = column.dropna()
        if (known == known.round()).all():
            return column.astype("Int64")
    return column

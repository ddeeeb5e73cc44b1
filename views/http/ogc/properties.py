"""What a property of a feature can be, and what it means, by kind of variable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from geo.language import LANGUAGES
from layers.facts.columns import adcode_column, columns_of
from layers.facts.county_table import NAME_SEPARATOR, PARTNER_SEPARATOR
from layers.facts.package import Package
from layers.facts.variables import Variable
from layers.files.document import described_columns

BETWEEN_LANGUAGES: Final = " · "

_UNIT_LANGUAGE: Final = "en"


def queryables(package: Package, types: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the JSON schema of each property by which features can be asked for.

    Parameters
    ----------
    package : Package
        The facts.
    types : mapping of str to str
        JSON types by name of the property.

    Returns
    -------
    dict of str to dict
        ``title`` in both languages and ``type``. Of a variable also ``description``:
        what it is, and what it means that a county has no value. A category lists its
        classes (``enum``, and ``oneOf`` with their names), a number has its unit
        (``x-ogc-unit`` of OGC API - Features, Part 5), a date is an integer, the year.
    """
    labels = {
        field.name: BETWEEN_LANGUAGES.join((field.label_zh, field.label_en))
        for field in described_columns(package)
    }
    variables = {
        column: variable
        for variable in package.variables.values()
        for column in columns_of(variable)
    }
    return {
        name: {
            "title": labels.get(name, name),
            "type": kind,
            **(_of_variable(package, variables[name]) if name in variables else {}),
        }
        for name, kind in types.items()
    }


def separators(package: Package) -> dict[str, str]:
    """Return what stands between several values of one county, by property."""
    found = {"published_name": NAME_SEPARATOR}
    for variable in package.variables.values():
        if variable.kind == "relation":
            found[adcode_column(variable.id)] = PARTNER_SEPARATOR
            found[variable.id] = NAME_SEPARATOR
    return found


def _of_variable(package: Package, variable: Variable) -> dict[str, Any]:
    says: dict[str, Any] = {
        "description": BETWEEN_LANGUAGES.join(
            f"{variable.definition(language)} null: {variable.missing(language)}"
            for language in LANGUAGES
        )
    }
    if variable.kind == "category":
        says["enum"] = [known.value for known in variable.classes]
        says["oneOf"] = [
            {
                "const": known.value,
                "title": BETWEEN_LANGUAGES.join((known.name_zh, known.name_en)),
            }
            for known in variable.classes
        ]
    elif variable.kind == "number":
        unit = package.units.get(variable.unit)
        says["x-ogc-unit"] = unit.name_en if unit else variable.unit
        says["x-ogc-unitLang"] = _UNIT_LANGUAGE
    elif variable.kind == "date":
        says["type"] = "integer"
    return says

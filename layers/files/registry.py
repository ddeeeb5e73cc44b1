"""What a file says of its columns: the registry of variables, for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from geo.language import LANGUAGES, Language
from layers.facts.columns import in_column_order
from layers.facts.package import Package
from layers.facts.variables import Variable
from layers.files.features import variable_properties


def described_variables(package: Package) -> list[dict[str, Any]]:
    """Describe every variable that has a column in a file, in column order.

    Returns
    -------
    list of dict
        Fit for JSON; ``docs/geojson.md`` says what each member is.
    """
    return [_described(package, v) for v in in_column_order(package.variables)]


def completeness_of(programme: Variable) -> dict[str, Any]:
    """Say how completely the members of a programme are known."""
    return {
        "id": programme.id,
        "name": names_of(programme),
        "definition": in_both(programme.definition),
        "stated_count": programme.stated_count,
        "stated_in": programme.stated_in or None,
        "confined_to": list(programme.confined_to),
        "named_count": programme.named_count,
        "completeness": programme.completeness,
        "basis": programme.basis,
        "source": list(programme.source),
    }


def names_of(variable: Variable) -> dict[str, str]:
    """Return the name of a variable in both languages."""
    return in_both(variable.name)


def in_both(text: Callable[[Language], str]) -> dict[str, str]:
    """Return a text in both languages."""
    return {language: text(language) for language in LANGUAGES}


def unit_name(package: Package, variable: Variable, language: Language) -> str:
    """Return the unit of a number as written behind it; empty if it has none.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number.
    language : {"zh", "en"}
        Language of the text.
    """
    unit = package.units[variable.unit]
    return unit.unit if language == "zh" else unit.name_en


def _described(package: Package, variable: Variable) -> dict[str, Any]:
    return {
        "id": variable.id,
        "kind": variable.kind,
        "columns": list(variable_properties(variable)),
        "name": names_of(variable),
        "definition": in_both(variable.definition),
        "unit": in_both(lambda language: unit_name(package, variable, language))
        if variable.unit
        else None,
        "period": variable.period or None,
        "among": variable.among or None,
        "classes": [
            {"value": known.value, "name": in_both(known.name)}
            for known in variable.classes
        ],
        "missing": in_both(variable.missing),
        "completeness": variable.completeness,
        "source": list(variable.source),
        "section": variable.section,
        "confidence": variable.confidence,
    }

"""Values of variables in words: one place for screen, file, sheet and command line."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geo.language import N_, Language, Speaker, speaker
from layers.facts.columns import adcode_column
from layers.facts.county_table import PARTNER_SEPARATOR
from layers.facts.date_texts import told
from layers.facts.inventory import unsaid
from layers.facts.package import Package
from layers.facts.units import figure
from layers.facts.values import Span, Standing, Value
from layers.facts.variables import Variable

STANDINGS: dict[Standing, str] = {
    "yes": N_("yes"),
    "no": N_("no"),
    "not_said": N_("not said"),
    "reported": N_("reported elsewhere"),
}
"""What is known of a county and a programme, in a word."""


def class_text(
    package: Package, variable: Variable, value: str, language: Language
) -> str:
    """Name a class of a category, a partner of a relation, a year, a programme.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A category, relation, date or membership.
    value : str
        Code of a class, adcode of a partner, or a year.
    language : {"zh", "en"}
        Language of the text.
    """
    if variable.kind == "relation" and value in package.divisions:
        partner = package.divisions[value]
        return speaker(language).pick(partner.name, partner.name_en)
    return variable.class_name(value, language)


def range_text(
    package: Package,
    variable: Variable,
    limits: tuple[float, float] | None,
    language: Language,
) -> str:
    """Say a range of numbers or years, open ends included.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number or date.
    limits : (float, float) or None
        Least and greatest value in the unit of the variable, infinite where open;
        None if it is no range.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    if limits is None:
        return ""
    low, high = (number_text(package, variable, v, language) for v in limits)
    if limits[0] == float("-inf"):
        return say(N_("{high} at most"), high=high)
    if limits[1] == float("inf"):
        return say(N_("{low} at least"), low=low)
    unit = package.units.get(variable.unit)
    if unit and variable.kind == "number":
        low = unit.number(limits[0], language)  # the unit is said once
    return say(N_("{low} to {high}"), low=low, high=high)


def number_text(
    package: Package, variable: Variable, value: float, language: Language
) -> str:
    """Write a number with its unit; a year without separators.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number or date.
    value : float
        In the unit of the variable; of a date the year.
    language : {"zh", "en"}
        Language of the text.
    """
    if variable.kind == "date":
        return f"{value:.0f}"
    unit = package.units.get(variable.unit)
    return unit.quantity(value, language) if unit else figure(value)


def cell_text(
    package: Package, variable: Variable, county: Any, language: Language
) -> str:
    """Say what the county table holds of a variable; empty where nothing is known.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        Of any kind.
    county : mapping
        A row of the county table.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    if variable.kind == "relation":
        codes = county[adcode_column(variable.id)].split(PARTNER_SEPARATOR)
        names = [class_text(package, variable, c, language) for c in codes if c]
        return say.series(names)
    cell = county[variable.id]
    if pd.isna(cell) or cell == "":
        unsaid = STANDINGS["not_said"]
        return say(unsaid) if variable.is_programme else ""
    if variable.kind == "membership":
        word = STANDINGS["yes"] if cell else STANDINGS["no"]
        return say(word)
    if variable.kind == "category":
        return variable.class_name(cell, language)
    if variable.kind == "date":
        return str(int(cell))
    return number_text(package, variable, float(cell), language)


def missing_text(package: Package, variable: Variable, language: Language) -> str:
    """Say what it means that a county has no value, and of how many it is so.

    Of a variable that applies to the members of a programme only, both are said: of
    whom it is not known, and to how many it does not apply.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        Of any kind.
    language : {"zh", "en"}
        Language of the text.
    """
    say, text = speaker(language), variable.missing(language)
    if variable.is_programme or not variable.among:
        return text
    told = []
    if unknown := len(unsaid(package, variable)):
        unsure = say(N_("{n} without a sure value"), n=unknown)
        told.append(say(N_("{text} ({mark})"), text=unsure, mark=text))
    all_counties = len(package.divisions.of_level("county"))
    beyond = all_counties - len(package.members(variable.among))
    told.append(say(N_("does not apply to {n}"), n=beyond))
    return say.clauses(told)


def value_text(package: Package, variable: Variable, value: Value, say: Speaker) -> str:
    """Say one value; of a date, how surely it is known.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        Of any kind.
    value : Value
        One of its values.
    say : Speaker
        Of the language wanted.
    """
    content = value.value
    if isinstance(content, Span):
        return told([variable], [value], say)
    if variable.kind == "membership":
        word = STANDINGS["yes"]
        return say(word)
    if variable.kind == "number":
        return number_text(package, variable, content, say.language)
    return class_text(package, variable, str(content), say.language)


def partner_text(package: Package, code: str, say: Speaker) -> str:
    """Name a partner, and the city that it lies in if the divisions have that one.

    Parameters
    ----------
    package : Package
        The facts.
    code : str
        Adcode of the partner; given back where nothing is known of it.
    say : Speaker
        Of the language wanted.
    """
    if code not in package.divisions:
        return code
    partner = package.divisions[code]
    name = say.pick(partner.name, partner.name_en)
    if partner.parent not in package.divisions:
        return name
    city = package.divisions[partner.parent]
    return say.pick(f"{city.name}{name}", f"{name}, {city.name_en}")

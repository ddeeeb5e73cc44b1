"""Zones that statistics count apart, and the counties on whose ground they lie."""

from __future__ import annotations

from collections.abc import Mapping

from geo.kept import kept_with_owner
from geo.language import N_, Speaker
from layers.facts.figures import Figure
from layers.facts.package import Package
from layers.facts.value_texts import number_text
from layers.facts.variables import Variable


@kept_with_owner
def counted_apart(package: Package, variable: Variable) -> Mapping[str, Figure]:
    """Return the zones that a number has beside the counties, by code.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number.
    """
    return {f.code: f for f in package.beside(variable.id) if f.level == "zone"}


@kept_with_owner
def counties_of_zones(package: Package) -> Mapping[str, tuple[str, ...]]:
    """Return by code of a zone the counties on whose ground a source has it.

    Parameters
    ----------
    package : Package
        The facts.
    """
    table = package.tables["zones"]
    return {
        code: tuple(filter(None, adcodes.split(";")))
        for code, adcodes in zip(table["code"], table["county_adcodes"], strict=True)
    }


def zone_name(package: Package, name: str, say: Speaker) -> str:
    """Name a zone in the reader's language; as published, if it has no other name.

    Parameters
    ----------
    package : Package
        The facts.
    name : str
        As published.
    say : Speaker
        Of the language wanted.
    """
    return say.pick(name, _in_english(package).get(name) or name)


@kept_with_owner
def _in_english(package: Package) -> Mapping[str, str]:
    table = package.tables["zones"]
    return dict(zip(table["name"], table["name_en"], strict=True))


def zones_on(package: Package, variable: Variable, adcode: str) -> tuple[Figure, ...]:
    """Return the zones on the ground of a county that its number leaves out.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number.
    adcode : str
        Of a county of today.
    """
    where = counties_of_zones(package)
    return tuple(
        figure
        for code, figure in counted_apart(package, variable).items()
        if adcode in where.get(code, ())
    )


def left_out_note(
    package: Package,
    variable: Variable,
    adcode: str,
    say: Speaker,
    *,
    numbers: bool = True,
) -> str:
    """Say which zones on the ground of a county its number leaves out; else empty.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        A number.
    adcode : str
        Of a county of today.
    say : Speaker
        Of the language wanted.
    numbers : bool
        Whether to say how much it is; what several numbers leave out is said once.
    """
    told = []
    for figure in zones_on(package, variable, adcode):
        name = zone_name(package, figure.name, say)
        if numbers:
            number = number_text(package, variable, figure.number, say.language)
            name = say(N_("{name} ({text})"), name=name, text=number)
        if len(counties_of_zones(package)[figure.code]) > 1:
            name = say(N_("{name}, in part on its territory"), name=name)
        told.append(name)
    if not told:
        return ""
    text = N_("not in it, for counted apart in {year}: {zones}")
    return say(text, year=variable.period[:4], zones=say.series(told))

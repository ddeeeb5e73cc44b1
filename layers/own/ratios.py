"""Counts divided by what they are counted over: people, households, area.

A count is large where a county is large. Divided by a denominator that the atlas knows
(its own counts, the area) or that the user brought, it compares counties of any size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, Final

import pandas as pd

from geo.language import LANGUAGES, N_, Language, heading, speaker
from layers.facts.own import OwnFacts
from layers.facts.package import Package
from layers.facts.units import Unit
from layers.facts.values import Value
from layers.facts.variables import Variable

AREA: Final = "area_km2"

_TIMES: Final[Mapping[int, tuple[str, str]]] = {
    1: ("", ""),
    100: ("百", "100 "),
    1_000: ("千", "1,000 "),
    10_000: ("万", "10,000 "),
    100_000: ("十万", "100,000 "),
}
"""Of so many of the denominator a ratio is said, with their words."""

_DIGITS: Final = 4
"""Significant digits of a ratio."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Denominator:
    """What a count can be divided by.

    Attributes
    ----------
    id : str
        Of the variable, or :data:`AREA`.
    numbers : mapping of str to float
        By adcode, above zero.
    variable : str
        By which a mean is weighted; ``""`` for the area, which is none.
    about_zh, about_en : str
        What it counts and leaves out, where the atlas says so.
    """

    id: str
    name_zh: str
    name_en: str
    unit_zh: str
    unit_en: str
    unit_en_one: str
    numbers: Mapping[str, float]
    variable: str
    about_zh: str = ""
    about_en: str = ""

    def name(self, language: Language) -> str:
        """Return the name in a language."""
        return self.name_zh if language == "zh" else self.name_en

    def about(self, language: Language) -> str:
        """Return in a language what it counts and leaves out."""
        return self.about_zh if language == "zh" else self.about_en


def denominators(
    package: Package, counties: pd.DataFrame, facts: OwnFacts
) -> Iterator[Denominator]:
    """Yield what counts can be divided by: area, counts of the atlas, own counts.

    Parameters
    ----------
    package : Package
        The facts, without the own ones.
    counties : pandas.DataFrame
        Its county table.
    facts : OwnFacts
        What the user brought: columns of which the user said that counties add up.
    """
    areas = {str(code): float(area) for code, area in counties[AREA].items()}
    name, unit_of_area = N_("area of the county"), N_("km²")
    yield Denominator(
        id=AREA,
        name_zh=speaker("zh")(name),
        name_en=speaker("en")(name),
        unit_zh=speaker("zh")(unit_of_area),
        unit_en=speaker("en")(unit_of_area),
        unit_en_one=speaker("en")(unit_of_area),
        numbers=areas,
        variable="",
    )
    units = _known(facts, package.units)
    values: dict[str, list[Value]] = {}
    for value in facts.values:
        values.setdefault(value.variable, []).append(value)
    for variable in (*package.variables.values(), *facts.variables):
        adds_up = variable.measure == "count" and variable.aggregate == "sum"
        if variable.kind != "number" or not adds_up or variable.sample:
            continue
        known = (
            values.get(variable.id, [])
            if variable.own
            else [
                v for own in package.values_by_county(variable.id).values() for v in own
            ]
        )
        numbers = {v.adcode: float(v.value) for v in known if v.is_known}
        unit = units.get(variable.unit)
        yield Denominator(
            id=variable.id,
            name_zh=variable.name("zh"),
            name_en=variable.within("en"),
            unit_zh=unit.unit if unit else "",
            unit_en=unit.name_en if unit else "",
            unit_en_one=unit.name_en_one if unit else "",
            numbers={code: number for code, number in numbers.items() if number > 0},
            variable=variable.id,
            about_zh="" if variable.own else variable.definition("zh"),
            about_en="" if variable.own else variable.definition("en"),
        )


def divided(
    facts: OwnFacts,
    variable: Variable,
    over: Denominator,
    units: Mapping[str, Unit],
) -> OwnFacts:
    """Return own facts with a count divided by a denominator as a variable more.

    Parameters
    ----------
    facts : OwnFacts
        What the user brought.
    variable : Variable
        One of its numbers.
    over : Denominator
        Counties without it, or with none of it, have no ratio: they are unknown.
    units : mapping of str to Unit
        Those that the atlas knows in both languages.

    Returns
    -------
    OwnFacts
        The ratio stands last. Its figures have four significant digits, and are said
        of one, a hundred, a thousand… of the denominator, so that the middle one is
        at least one. Several counties together are the mean weighted by the
        denominator; over the area they are none.
    """
    pairs = [
        (value, float(value.value) / over.numbers[value.adcode])
        for value in facts.values
        if value.variable == variable.id and value.adcode in over.numbers
    ]
    times = _times([ratio for _, ratio in pairs])
    unit = _unit(_known(facts, units).get(variable.unit), over, times)
    identifier = f"{variable.id}_per_{over.id}"
    about: dict[str, Any] = {}
    for language in LANGUAGES:
        say = speaker(language)
        name = say(
            N_("{name} divided by {over}"),
            name=variable.name(language),
            over=over.name(language),
        )
        text = N_("{definition} Divided by {over}.")
        definition = say(
            text, definition=variable.definition(language), over=over.name(language)
        )
        if what := over.about(language):
            # A register of a county has those whom a census counts apart from it.
            counted = say(N_("{name}: {text}"), name=over.name(language), text=what)
            definition = say.sentences([definition, heading(counted)])
        about |= {
            f"name_{language}": name,
            f"short_{language}": name,
            f"definition_{language}": definition,
        }
    ratio = replace(
        variable,
        id=identifier,
        order=variable.order + len(facts.variables),
        unit=unit.unit,
        series="",
        measure="rate",
        aggregate="mean" if over.variable else "none",
        denominator=over.variable,
        breaks=(),
        named_count=len(pairs),
        **about,
    )
    values = tuple(
        replace(
            value, variable=identifier, value=float(f"{times * number:.{_DIGITS}g}")
        )
        for value, number in pairs
    )
    return replace(
        facts,
        variables=(*facts.variables, ratio),
        values=(*facts.values, *values),
        units=tuple({u.unit: u for u in (*facts.units, unit)}.values()),
    )


def _times(ratios: list[float]) -> int:
    """Return of how many of the denominator the ratios are best said."""
    middle = median(map(abs, ratios)) if ratios else 1.0
    enough = (times for times in _TIMES if times * middle >= 1)
    return next(enough, max(_TIMES))


def _known(facts: OwnFacts, units: Mapping[str, Unit]) -> dict[str, Unit]:
    """Return the units by their signs; of the user's only those the atlas lacks."""
    return {**{unit.unit: unit for unit in facts.units}, **units}


def _unit(own: Unit | None, over: Denominator, times: int) -> Unit:
    many_zh, many_en = _TIMES[times]
    zh = f"{own.unit if own else ''}／{many_zh}{over.unit_zh}"
    of_which = over.unit_en if many_en else over.unit_en_one
    en = f"{own.name_en if own else ''} per {many_en}{of_which}".strip()
    return Unit(
        unit=zh, name_zh=zh, name_en=en, name_en_one=en, unit_base=en, factor="1"
    )

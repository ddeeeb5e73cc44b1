"""Units of the plan's figures, and how figures are written with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.language import N_, Language, Speaker
from layers.facts.rows import records

_MULTIPLES: Final = {"ten thousand ": 10_000, "hundred million ": 100_000_000}

_BILLION: Final = 1_000_000_000

_ALONE: Final = {
    "person": N_("persons"),
    "household": N_("households"),
    "village": N_("villages"),
    "township": N_("townships"),
    "county": N_("counties"),
    "prefecture": N_("prefectures"),
    "a": N_("years"),
    "h": N_("hours"),
}
"""Base units that stand alone after a number: plural words, no symbols."""

_BASE_WORDS: Final = (
    N_("person"),
    N_("household"),
    N_("village"),
    N_("township"),
    N_("county"),
    N_("prefecture"),
    N_("area"),
    N_("site"),
    N_("institution"),
    N_("class_hour"),
    N_("CNY"),
    N_("a"),
    N_("d"),
    N_("h"),
)
"""Words that base units are made of, besides symbols as m2 and kg."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of the plan's figures."""

    unit: str
    name_zh: str
    name_en: str
    name_en_one: str
    unit_base: str
    factor: str

    def quantity(self, value: float, language: Language) -> str:
        """Write a value with the unit, in Chinese as the plan writes it."""
        name = self._spoken(language)[1]
        if language == "zh" and value == 0:  # nought is not counted in 万
            name = name.removeprefix("万").removeprefix("亿")
        if language == "en" and abs(value) == 1 and name == self.name_en:
            name = self.name_en_one
        return with_unit(self.number(value, language), name, language)

    def number(self, value: float, language: Language) -> str:
        """Write a value as it stands before the unit."""
        number = value * self._spoken(language)[0]
        if language == "en" and abs(number) >= _BILLION:  # noughts are miscounted
            return f"{figure(number / _BILLION)} billion"
        return figure(number)

    def name(self, language: Language) -> str:
        """Return how the unit reads behind such a number."""
        return self._spoken(language)[1]

    def _spoken(self, language: Language) -> tuple[int, str]:
        if language == "zh":
            return 1, self.unit
        for multiple, factor in _MULTIPLES.items():
            # English does not count in 万 and 亿: 42 万人 are 420,000 persons.
            if self.name_en.startswith(multiple):
                return factor, self.name_en.removeprefix(multiple)
        return 1, self.name_en


def with_unit(number: str, unit: str, language: Language) -> str:
    """Write a number and its unit, parted as the language does.

    Chinese parts them only where the unit is in Latin letters. What is per something
    has no one of its own: 2 and 1/年 would be read as twenty-one.

    Parameters
    ----------
    number, unit : str
        As they are to be read.
    language : {"zh", "en"}
        Language of the text.

    Examples
    --------
    >>> with_unit("42", "万人", "zh"), with_unit("95", "%", "zh")
    ('42万人', '95%')
    >>> with_unit("60", "L", "zh"), with_unit("95", "per cent", "en")
    ('60 L', '95 per cent')
    >>> with_unit("2", "1/年", "zh"), with_unit("2", "1/a", "en")
    ('2/年', '2/a')
    """
    if unit.startswith("1/"):
        return f"{number}{unit.removeprefix('1')}"
    is_close = language == "zh" and not re.match("[A-Za-z]", unit)
    return f"{number}{'' if is_close else ' '}{unit}".rstrip()


def read_units(table: pd.DataFrame) -> dict[str, Unit]:
    """Read the units by the plan's way of writing them, with that of plain numbers."""
    plain = Unit(
        unit="", name_zh="", name_en="", name_en_one="", unit_base="1", factor="1"
    )
    return {"": plain} | {
        row["unit"]: Unit(**{str(name): text for name, text in row.items()})
        for row in records(table)
    }


def base_unit(symbol: str, say: Speaker) -> str:
    """Write a base unit: its words in the language, its symbols as they are."""
    if symbol in _ALONE:
        return say(_ALONE[symbol])
    words = re.sub(
        r"[A-Za-z_]+\b", lambda m: say(m[0]) if m[0] in _BASE_WORDS else m[0], symbol
    )
    return words.replace("m2", "m²").replace("m3", "m³").replace("_", " ")


def figure(value: float) -> str:
    """Write a number as people read it: 7,366 or 12.6, never an exponent."""
    return f"{value:,.0f}" if value >= 1e6 else f"{value:,.10g}"

"""What the plan wants: its targets, how to find one, and of which counties it speaks.

A target keeps the plan's own unit; words and scopes come from their tables, so that
another target is one row more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

import pandas as pd

from geo.language import N_, Language, Speaker, speaker
from layers.facts.package import Package
from layers.facts.units import Unit, base_unit, figure
from layers.select.selection import Selection

NOT_GIVEN: Final = 0
"""Value of the filters of box and year for targets that have none."""

_TABLE_1: Final = "表1"
_PART_OF: Final = "其中"
"""Begins the indicators that are part of the one before ("of which")."""

_SECTION: Final = re.compile(r"[一二三四五六七八九十]+(\([一二三四五六七八九十]+\))?")

_IN_WORDS: Final[Mapping[str, str]] = {
    "eq": N_("to reach {value}"),
    "ge": N_("at least {value}"),
    "gt": N_("more than {value}"),
    "le": N_("at most {value}"),
    "lt": N_("less than {value}"),
    "about": N_("about {value}"),
    "range": N_("between {low} and {value}"),
    "growth": N_("an increment of {value}"),
    "each": N_("exactly {value}"),
    "all": N_("all ({value})"),
    "qualitative": N_("in words, no figure"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The places or people of whom a target speaks."""

    id: str
    title_zh: str
    title_en: str
    kind: str
    programme: str
    adcodes: str
    definition_zh: str
    definition_en: str
    section: str
    source: str
    confidence: str

    def title(self, language: Language) -> str:
        """Return the name in one language."""
        return speaker(language).pick(self.title_zh, self.title_en)

    def definition(self, language: Language) -> str:
        """Return what the scope is, in one language."""
        return speaker(language).pick(self.definition_zh, self.definition_en)

    def selection(self, package: Package) -> Selection | None:
        """Return the selection of its counties; None if no list of them is known.

        A programme of which the source names too few gives those that are named:
        :meth:`is_partial` says so.
        """
        codes = tuple(filter(None, self.adcodes.split(";")))
        if self.programme in package.programmes:
            return Selection(any_of=(self.programme,))
        if [package.divisions[code].level for code in codes] == ["province"]:
            return Selection()
        if codes and all(package.divisions[c].level == "prefecture" for c in codes):
            return Selection(prefectures=codes)
        # No other list of counties can be said as a selection without changing it.
        return None

    def is_partial(self, package: Package) -> bool:
        """Whether its selection has fewer counties than the source counts."""
        programme = package.programmes.get(self.programme)
        return programme is not None and programme.completeness == "incomplete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One quantity that the plan states: a row of the table."""

    id: str
    section: str
    box: int | None
    sector: str
    subject_zh: str
    subject_en: str
    indicator_zh: str
    indicator_en: str
    comparator: str
    value: float | None
    value_high: float | None
    unit: str
    value_base: float | None
    value_high_base: float | None
    unit_base: str
    year: int | None
    year_start: int | None
    baseline: float | None
    baseline_year: int | None
    binding: str
    scope: str
    source: str
    confidence: str
    note_zh: str
    note_en: str
    searched: str = field(repr=False)
    """What a search looks through, both languages, folded."""

    def subject(self, language: Language) -> str:
        """Return of whom or what it speaks."""
        return speaker(language).pick(self.subject_zh, self.subject_en)

    def indicator(self, language: Language) -> str:
        """Return what is counted."""
        return speaker(language).pick(self.indicator_zh, self.indicator_en)

    def note(self, language: Language) -> str:
        """Return what must be said besides; empty if nothing."""
        return speaker(language).pick(self.note_zh, self.note_en)

    @property
    def chapter(self) -> str:
        """First section in the plan's numbering, e.g. ``二(一)``."""
        found = _SECTION.match(self.section)
        return found[0] if found else self.section

    @property
    def is_headline(self) -> bool:
        """Whether it is an indicator of the plan's table 1."""
        return _TABLE_1 in self.section

    @property
    def is_part(self) -> bool:
        """Whether it is part of the target before it."""
        return self.indicator_zh.startswith(_PART_OF)

    @property
    def change(self) -> tuple[float, float] | None:
        """Lengths of two bars, 0 to 1, for baseline and target; None if no change.

        Where both are one figure, the plan gives a stock, of which the target speaks:
        two bars of one length would say that nothing is to change.
        """
        if self.baseline is None or self.value is None or self.baseline == self.value:
            return None
        most = 100.0 if self.unit == "%" else max(self.baseline, self.value)
        return round(self.baseline / most, 3), round(self.value / most, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which targets to show: one of each that is given, and all words of a text."""

    sectors: tuple[str, ...] = ()
    boxes: tuple[int, ...] = ()
    scopes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    text: str = ""

    @property
    def asked(self) -> tuple[str, ...]:
        """Names of the parts that ask for something."""
        return tuple(
            f.name for f in fields(self) if folded("".join(map(str, self.part(f.name))))
        )

    def part(self, name: str) -> tuple[Any, ...]:
        """Return the values of one part; a text is one value."""
        value = getattr(self, name)
        return (value,) if isinstance(value, str) else tuple(value)

    def without(self, name: str) -> Filter:
        """Return the filter with one part dropped."""
        return replace(self, **{name: type(getattr(self, name))()})

    def apply(self, targets: Iterable[Target]) -> tuple[Target, ...]:
        """Return the targets that pass, in their order."""
        words = tuple(dict.fromkeys(folded(self.text).split()))
        return tuple(t for t in targets if self._passes(t, words))

    def _passes(self, target: Target, words: Sequence[str]) -> bool:
        return (
            (not self.sectors or target.sector in self.sectors)
            and (not self.boxes or (target.box or NOT_GIVEN) in self.boxes)
            and (not self.scopes or target.scope in self.scopes)
            and (not self.years or (target.year or NOT_GIVEN) in self.years)
            and all(word in target.searched for word in words)
        )


def targets(package: Package) -> tuple[Target, ...]:
    """Read the targets in the order of their table, which is that of the plan."""
    return tuple(
        Target(**row, searched=_searched(row)) for row in _rows(package, "targets")
    )


def scopes(package: Package) -> dict[str, Scope]:
    """Read the scopes by id."""
    return {row["id"]: Scope(**row) for row in _rows(package, "scopes")}


def headline(found: Iterable[Target]) -> list[tuple[Target, ...]]:
    """Sort the plan's table 1: each indicator with its parts, in order."""
    indicators: list[tuple[Target, ...]] = []
    for target in found:
        if not target.is_headline:
            continue
        if target.is_part and indicators:
            indicators[-1] += (target,)
        else:
            indicators.append((target,))
    return indicators


def in_words(target: Target, unit: Unit, say: Speaker) -> str:
    """Say comparator and value, e.g. ``at least 95 per cent``."""
    high = target.value if target.value_high is None else target.value_high
    return say(
        _IN_WORDS[target.comparator],
        low="" if target.value is None else unit.number(target.value, say.language),
        value="" if high is None else unit.quantity(high, say.language),
    )


def in_base_units(target: Target, say: Speaker) -> str:
    """Write the value in base units; empty if that says nothing more."""
    if target.value_base is None or target.value_base == target.value:
        return ""
    values = [v for v in (target.value_base, target.value_high_base) if v is not None]
    unit = "" if target.unit_base == "1" else base_unit(target.unit_base, say)
    return f"{'–'.join(map(figure, values))} {unit}".rstrip()


def folded(text: str) -> str:
    """Fold case and width, so that ＡＢＣ and abc are found alike."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _searched(row: Mapping[str, Any]) -> str:
    columns = ("subject", "indicator", "note")
    texts = [row[f"{c}_{language}"] for c in columns for language in ("zh", "en")]
    return folded("\n".join([*texts, row["section"]]))


def _rows(package: Package, table: str) -> list[dict[str, Any]]:
    return [
        {str(name): None if value is pd.NA else value for name, value in row.items()}
        for row in package.tables[table].to_dict("records")
    ]

"""What the plan wants: its targets, and how to find one.

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

from geo.language import LANGUAGES, N_, Language, Speaker, speaker
from layers.facts.package import Package
from layers.facts.rows import records
from layers.facts.units import Unit, base_unit, figure, with_unit

NOT_GIVEN: Final = 0
"""Value of the filters of box and year for targets that have none."""

_NONE: Final = (NOT_GIVEN,)

_TABLE_1: Final = "表1"
_PART_OF: Final = "其中"
"""Begins the indicators that are part of the one before ("of which")."""

_SECTION: Final = re.compile(r"[一二三四五六七八九十]+(\([一二三四五六七八九十]+\))?")

_GOALS: Final = frozenset({"eq", "each"})
"""Comparators whose wording says that a value is to be reached."""

_IN_WORDS: Final[Mapping[str, str]] = {
    "eq": N_("to reach {value}"),
    "ge": N_("at least {value}"),
    "gt": N_("more than {value}"),
    "le": N_("at most {value}"),
    "lt": N_("less than {value}"),
    "about": N_("about {value}"),
    "range": N_("between {low} and {value}"),
    "growth": N_("an increment of {value}"),
    "each": N_("{value} in each case"),
    "all": N_("all ({value})"),
    "qualitative": N_("in words, no figure"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One quantity that the plan states: a row of the table."""

    id: str
    section: str
    boxes: tuple[int, ...]
    sector: str
    subject_zh: str
    subject_en: str
    indicator_zh: str
    indicator_en: str
    nature: str
    comparator: str
    value: float | None
    value_high: float | None
    unit: str
    value_base: float | None
    value_high_base: float | None
    unit_base: str
    year: int | None
    deadline: str
    year_start: int | None
    baseline: float | None
    baseline_year: int | None
    binding: str
    scopes: tuple[str, ...]
    outcome: tuple[str, ...]
    """Ids of the dates that say what became of it."""
    source: str
    confidence: str
    responsible_zh: str
    responsible_en: str
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

    def responsible(self, language: Language) -> str:
        """Return who is to act, lead or pay; empty if the plan names nobody."""
        return speaker(language).pick(self.responsible_zh, self.responsible_en)

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
            and (not self.boxes or bool(set(target.boxes or _NONE) & set(self.boxes)))
            and (not self.scopes or bool(set(target.scopes) & set(self.scopes)))
            and (not self.years or (target.year or NOT_GIVEN) in self.years)
            and all(word in target.searched for word in words)
        )


def targets(package: Package) -> tuple[Target, ...]:
    """Read the targets in the order of their table, which is that of the plan."""
    titles = _titles(package)
    told = []
    for row in package.tables["targets"].to_dict("records"):
        keys = [*row["box"].split(";"), *row["scope"].split(";")]
        beside = [title for key in filter(None, keys) for title in titles[key]]
        sector = _sector_words(package, row["sector"])
        told.append(_target(row, [*sector, *beside]))
    return tuple(told)


def counted(found: Iterable[Target], say: Speaker) -> str:
    """Count targets, and beside them what describes or conditions and is none.

    Parameters
    ----------
    found : iterable of Target
        Rows of the table.
    say : Speaker
        Of the language wanted.
    """
    natures = [target.nature == "target" for target in found]
    n, m = natures.count(True), natures.count(False)
    if not m:
        return say(N_("{n} {n:target|targets}"), n=n)
    others = say(
        N_("{n} {n:description or condition|descriptions and conditions}"), n=m
    )
    if not n:
        return others
    return say(
        N_("{n} {n:target|targets}, beside {others}"),
        n=n,
        others=others,
    )


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
    """Say comparator and value, e.g. ``at least 95 per cent``.

    Parameters
    ----------
    target : Target
        A target of the plan.
    unit : Unit
        The unit of its value.
    say : Speaker
        Of the language wanted.
    """
    high = target.value if target.value_high is None else target.value_high
    wording = _IN_WORDS[target.comparator]
    if target.comparator == "eq" and high == 0:
        wording = N_("down to {value}")
    if target.comparator in _GOALS and target.nature != "target":
        # Nothing is to be reached: 500 kilovolts are what the grid has.
        wording = N_("{value}")
    return say(
        wording,
        low="" if target.value is None else unit.number(target.value, say.language),
        value="" if high is None else unit.quantity(high, say.language),
    )


def in_base_units(target: Target, say: Speaker) -> str:
    """Write the value in base units; empty if that says nothing more."""
    is_same = target.value_base in {None, target.value}
    if is_same or target.unit_base == "1":  # a part of one, beside per cent
        return ""
    values = [v for v in (target.value_base, target.value_high_base) if v is not None]
    unit = base_unit(target.unit_base, say)
    return with_unit("–".join(map(figure, values)), unit, say.language)


def period(target: Target, say: Speaker) -> str:
    """Say by when, before when, or in which years."""
    if target.year is None:
        return say(N_("no year given"))
    if target.year_start is not None:
        first, last = target.year_start, target.year
        return say(N_("{first} to {last}"), first=first, last=last)
    if target.deadline == "before":
        return say(N_("before {year}"), year=target.year)
    return say(N_("by {year}"), year=target.year)


def year_limit(target: Target) -> int | None:
    """Return the last year that is in time; None if the target has no year."""
    if target.year is None:
        return None
    return target.year - 1 if target.deadline == "before" else target.year


def folded(text: str) -> str:
    """Fold case and width, so that ＡＢＣ and abc are found alike."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _sector_words(package: Package, sector: str) -> list[str]:
    """Return what a sector is called: of relocation few targets say the word."""
    label = package.label("targets", "sector", sector)
    return [speaker(language)(label) for language in LANGUAGES]


def _titles(package: Package) -> dict[str, tuple[str, ...]]:
    """Return what boxes and scopes are called, a scope also as its programme is."""
    titles: dict[str, tuple[str, ...]] = {
        str(box["box"]): (box["title_zh"], box["title_en"])
        for box in records(package.tables["boxes"])
    }
    for scope in records(package.tables["scopes"]):
        titles[scope["id"]] = (scope["title_zh"], scope["title_en"])
        if programme := package.programmes.get(scope["programme"]):
            titles[scope["id"]] += (programme.name_zh, programme.name_en)
    return titles


def _searched(row: Mapping[str, Any], beside: Sequence[str]) -> str:
    """Join all that the card of a target says in words.

    Subject and indicator also without a break: 森林 and 覆盖率 are one term, which is
    how a reader of the plan types it.
    """
    columns = ("subject", "indicator", "responsible", "note")
    texts = [row[f"{c}_{language}"] for c in columns for language in ("zh", "en")]
    term = row["subject_zh"] + row["indicator_zh"]
    return folded("\n".join([*texts, term, row["section"], *beside]))


def _target(row: Mapping[Any, Any], beside: Sequence[str]) -> Target:
    values: dict[str, Any] = {
        str(name): None if value is pd.NA else value for name, value in row.items()
    }
    boxes = tuple(map(int, filter(None, values.pop("box").split(";"))))
    scopes = tuple(values.pop("scope").split(";"))
    outcome = tuple(filter(None, values.pop("outcome").split(";")))
    return Target(
        **values,
        boxes=boxes,
        scopes=scopes,
        outcome=outcome,
        searched=_searched(values, beside),
    )

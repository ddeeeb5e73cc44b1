"""Of whom and where a target speaks: scopes, and the counties that they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.language import Language, speaker
from layers.facts.county_table import county_values
from layers.facts.package import Package
from layers.select.choices import Choices
from layers.select.selection import Selection

_UNION: Final = "|"
_STATED: Final = "stated"


class ScopeRuleError(ValueError):
    """The rule of a scope names what does not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The places or people of whom a target speaks: a row of the table."""

    id: str
    title_zh: str
    title_en: str
    kind: str
    programme: str
    adcodes: str
    rule: str
    listed: str
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

        A scope of which too few counties are known gives those that are:
        :attr:`is_partial` says so.
        """
        codes = tuple(filter(None, self.adcodes.split(";")))
        if self.rule:
            return _ruled(package, self.rule)
        if self.programme in package.programmes:
            return Selection(any_of=(self.programme,))
        if [package.divisions[code].level for code in codes] == ["province"]:
            return Selection()
        if codes and all(package.divisions[c].level == "prefecture" for c in codes):
            return Selection(prefectures=codes)
        # No other list of counties can be said as a selection without changing it.
        return None

    @property
    def is_partial(self) -> bool:
        """Whether its selection has fewer counties than the source means."""
        return self.listed == "partial"

    @property
    def is_without_list(self) -> bool:
        """Whether no county of it is known, though it may hold some."""
        return self.listed == "none"

    def is_certain(self, package: Package) -> bool:
        """Whether the plan itself says that its counties are in it.

        A scope that is read into the plan, or whose counties follow from a rule, holds
        them by our reading only.
        """
        programme = package.programmes.get(self.programme)
        return self.confidence == _STATED and (
            programme is None or programme.basis == _STATED
        )


def scopes(package: Package) -> dict[str, Scope]:
    """Read the scopes by id."""
    return {
        row["id"]: Scope(**{str(name): value for name, value in row.items()})
        for row in package.tables["scopes"].to_dict("records")
    }


def counties_of(package: Package, selection: Selection) -> tuple[str, ...]:
    """Return the adcodes of the counties of a selection, in order."""
    return tuple(map(str, selection.apply(county_values(package))))


def _ruled(package: Package, rule: str) -> Selection:
    """Return the counties of a rule: one selection, or all that several select."""
    parts = [_part(package, query) for query in rule.split(_UNION)]
    if len(parts) == 1:
        return parts[0]
    together = {code for part in parts for code in counties_of(package, part)}
    return Selection(counties=tuple(together))


def _part(package: Package, query: str) -> Selection:
    selection, rejected = Selection.from_query(query, Choices.of(package))
    if rejected:
        raise ScopeRuleError(rejected[0].say("en"))
    return selection

"""What of an address or an option means nothing here, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from geo.divisions import Divisions
from geo.gazetteer import counties_like
from geo.language import N_, Language, speaker
from geo.resolver import resolve

LONGEST_SAID = 60
"""Characters of a wrong value that are said back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A part of a query string that means nothing here."""

    parameter: str
    value: str | None
    allowed: tuple[str, ...]

    def say(self, language: Language) -> str:
        """Say what was rejected and what exists."""
        say = speaker(language)
        allowed = ", ".join(self.allowed)
        if self.value is None:
            return say(
                N_("There is no parameter “{parameter}”; there are: {allowed}."),
                parameter=self.parameter,
                allowed=allowed,
            )
        return say(
            N_("“{value}” is no value of “{parameter}”; there are: {allowed}."),
            value=self.value[:LONGEST_SAID],
            parameter=self.parameter,
            allowed=allowed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoCounty(Rejected):
    """A text that is no county, or that may be several.

    Attributes
    ----------
    allowed : tuple of str
        Codes of the counties that may be meant: all that are or were called so, or
        else those that are written or pronounced alike.
    is_several : bool
        Whether they are or were called so.
    divisions : geo.divisions.Divisions
        Which name them.
    """

    is_several: bool
    divisions: Divisions = field(repr=False, compare=False)

    @classmethod
    def of(cls, divisions: Divisions, parameter: str, text: str) -> Self:
        """Say of a text that is not one county what may be meant."""
        found = tuple(meaning.adcode for meaning in resolve(divisions, text))
        return cls(
            parameter=parameter,
            value=text,
            allowed=found or counties_like(divisions, text),
            is_several=bool(found),
            divisions=divisions,
        )

    def say(self, language: Language) -> str:
        """Say what may be meant, each by code and a name that nothing else has."""
        say = speaker(language)
        asked = (self.value or "")[:LONGEST_SAID]
        candidates = say.series(
            self._named(adcode, language) for adcode in self.allowed
        )
        if self.is_several:
            return say(
                N_("“{value}” may be one of several counties; give a code: {names}."),
                value=asked,
                names=candidates,
            )
        answer = say(
            N_(
                "“{value}” is no county of Hebei, of today or of the past: give a code "
                "of six digits or a name."
            ),
            value=asked,
        )
        if not self.allowed:
            return answer
        alike = say(N_("Written or pronounced alike: {names}."), names=candidates)
        return say.sentences([answer, alike])

    def _named(self, adcode: str, language: Language) -> str:
        called = self.divisions.called(adcode, language)
        name = self.divisions[adcode].name
        # Whoever wrote in Chinese looks for Chinese, whatever language answers.
        return f"{adcode} {called}" + ("" if name in called else f" {name}")


class SelectionError(ValueError):
    """A query string names a parameter or value that does not exist."""

    def __init__(self, rejected: Sequence[Rejected]) -> None:
        self.rejected = tuple(rejected)
        super().__init__("; ".join(r.say("en") for r in rejected))

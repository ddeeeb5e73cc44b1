"""What an address or a command asks for that does not exist, said in few words.

No message grows with what was asked, nor with how much there is: whoever sends much
that is wrong gets little back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from geo.division_records import Administration, Division
from geo.divisions import Divisions
from geo.gazetteer import counties_like
from geo.language import N_, Language, Speaker, speaker
from geo.resolver import body_beneath, resolve, resolve_body, resolve_region
from layers.facts.own import is_own

MOST_ALLOWED: Final = 12
"""So many of the values that exist stand in a message about one that does not: no
message grows with the number of counties or programmes."""

_SHOWN: Final = 60
"""Letters of what was asked that a message says back."""

_OWN: Final = N_(
    "“{column}” is a column of own data, which links do not carry: bring the file on "
    "the page “Own figures”, or ask whoever sent the link for it."
)

_MOST_SAID: Final = 20
"""So many faults an error says; it keeps them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A part of a query string that means nothing here."""

    parameter: str
    value: str | None
    allowed: tuple[str, ...]

    def say(self, language: Language) -> str:
        """Say what was rejected and what exists."""
        say = speaker(language)
        own = self.parameter if self.value is None else self.value
        if is_own(own):
            return say(_OWN, column=own[:_SHOWN])
        few = self.allowed[:MOST_ALLOWED]
        about = {
            "value": (self.value or "")[:_SHOWN],
            "parameter": self.parameter[:_SHOWN],
            "allowed": say.series(few),
            "n": len(self.allowed),
        }
        whole = len(few) == len(self.allowed)
        if self.value is None:
            if whole:
                text = N_("There is no parameter “{parameter}”; there are: {allowed}.")
            else:
                text = N_(
                    "There is no parameter “{parameter}”; there are {n}, the first of "
                    "them: {allowed}."
                )
        elif whole:
            text = N_("“{value}” is no value of “{parameter}”; there are: {allowed}.")
        else:
            text = N_(
                "“{value}” is no value of “{parameter}”; there are {n}, the first of "
                "them: {allowed}."
            )
        return say(text, **about)


@dataclass(frozen=True, slots=True, kw_only=True)
class TooMany(Rejected):
    """A value beyond as many as a parameter takes.

    Attributes
    ----------
    most : int
        So many it takes.
    """

    most: int

    def say(self, language: Language) -> str:
        """Say which value was left out and how many there may be."""
        text = N_("“{value}” is left out: “{parameter}” takes {n} at most.")
        return speaker(language)(
            text,
            value=(self.value or "")[:_SHOWN],
            parameter=self.parameter[:_SHOWN],
            n=self.most,
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
    body : geo.division_records.Administration, optional
        Whose code or name it is, or with whose code it begins; `allowed` are then the
        counties that it runs.
    prefecture : geo.divisions.Division, optional
        Whose code or name it is; `allowed` are then none.
    divisions : geo.divisions.Divisions
        Which name them.
    """

    is_several: bool
    prefecture: Division | None = None
    body: Administration | None = None
    divisions: Divisions = field(repr=False, compare=False)

    @classmethod
    def bare(cls, divisions: Divisions, parameter: str, text: str) -> Self:
        """Say only that a text is no county.

        Parameters
        ----------
        divisions : Divisions
            Codes and names with their crosswalk.
        parameter : str
            Name of the parameter in which it stands.
        text : str
            What was asked for.
        """
        return cls(
            parameter=parameter,
            value=text,
            allowed=(),
            is_several=False,
            divisions=divisions,
        )

    @classmethod
    def of(cls, divisions: Divisions, parameter: str, text: str) -> Self:
        """Say of a text that is not one county what may be meant.

        Parameters
        ----------
        divisions : Divisions
            Codes and names with their crosswalk.
        parameter : str
            Name of the parameter in which it stands.
        text : str
            What was asked for.
        """
        found = tuple(meaning.adcode for meaning in resolve(divisions, text))
        body = None
        if not found:
            body = resolve_body(divisions, text) or body_beneath(divisions, text)
        run = divisions.administered_by(body.id) if body else ()
        regions = () if found or body else resolve_region(divisions, text)
        above = [divisions[a] for a in regions if a in divisions.of_level("prefecture")]
        return cls(
            parameter=parameter,
            value=text,
            allowed=found or run or (() if above else counties_like(divisions, text)),
            is_several=bool(found),
            body=body,
            prefecture=above[0] if above else None,
            divisions=divisions,
        )

    def say(self, language: Language) -> str:
        """Say what may be meant, each by code and a name that nothing else has."""
        say = speaker(language)
        asked = (self.value or "")[:_SHOWN]
        candidates = say.series(
            self._named(adcode, language) for adcode in self.allowed[:MOST_ALLOWED]
        )
        if self.body is not None:
            return self._of_body(self.body, asked, candidates, say)
        if self.is_several:
            return say(
                N_("“{value}” may be one of several counties; give a code: {names}."),
                value=asked,
                names=candidates,
            )
        if self.prefecture is not None:
            return say(
                N_(
                    "“{value}” is no county but the prefecture {name}: select its "
                    "counties with “prefecture={code}”, or give the code of one."
                ),
                value=asked,
                name=self.divisions.called(self.prefecture.adcode, say.language),
                code=self.prefecture.adcode,
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

    def _of_body(
        self, body: Administration, asked: str, counties: str, say: Speaker
    ) -> str:
        text = N_(
            "“{value}” is no county but “{body}”, which comprises several: {names}. "
            "Give the code of one, or select all of them with “in={all}”."
        )
        if resolve_body(self.divisions, self.value or "") is None:
            text = N_(
                "“{value}” is the code of no county. {code} is that of {body} in "
                "statistics, which give no county a code beneath it. Give the code "
                "of one of its counties, {names}, or select all of them with "
                "“in={all}”."
            )
        return say(
            text,
            value=asked,
            body=body.name(say.language),
            code=body.code,
            names=counties,
            all=body.code or body.short_zh,
        )

    def _named(self, adcode: str, language: Language) -> str:
        called = self.divisions.called(adcode, language)
        name = self.divisions[adcode].name
        # Whoever wrote in Chinese looks for Chinese, whatever language answers.
        return f"{adcode} {called}" + ("" if name in called else f" {name}")


class SelectionError(ValueError):
    """A query string names a parameter or value that does not exist."""

    def __init__(self, rejected: Sequence[Rejected]) -> None:
        self.rejected = tuple(rejected)
        said = [part.say("en") for part in self.rejected[:_MOST_SAID]]
        more = ["…"] if len(said) < len(self.rejected) else []
        super().__init__("; ".join([*said, *more]))

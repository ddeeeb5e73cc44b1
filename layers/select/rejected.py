"""What an address or a command asks for that does not exist, said in few words.

No message grows with what was asked, nor with how much there is: whoever sends much
that is wrong gets little back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.language import N_, Language, speaker

MOST_ALLOWED: Final = 12
"""So many of the values that exist stand in a message about one that does not: no
message grows with the number of counties or programmes."""

_SHOWN: Final = 60
"""Letters of what was asked that a message says back."""

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
        few = self.allowed[:MOST_ALLOWED]
        about = {
            "value": (self.value or "")[:_SHOWN],
            "parameter": self.parameter[:_SHOWN],
            "allowed": ", ".join(few),
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


class SelectionError(ValueError):
    """A query string names a parameter or value that does not exist."""

    def __init__(self, rejected: Sequence[Rejected]) -> None:
        self.rejected = tuple(rejected)
        said = [part.say("en") for part in self.rejected[:_MOST_SAID]]
        more = ["…"] if len(said) < len(self.rejected) else []
        super().__init__("; ".join([*said, *more]))

"""Faults in data are values: collected, placed, and raised once.

A reader or check yields :class:`Problem` objects; whoever called it decides when to
stop. The message names file, row, column, value, rule and remedy, in Chinese and
English.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from geo.language import LANGUAGES, N_, Language, Speaker, speaker

_LONGEST_VALUE = 60

CANNOT_BE_READ: Final = N_("the file cannot be read ({reason}).")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault, with its place and what to do about it.

    Parameters
    ----------
    table : str
        File name as the planner knows it, e.g. ``memberships.csv``.
    rule, remedy : str
        Message ids (English sentences) of what is violated and what to do.
    row : int, optional
        Line of the file, 1 for the header, as an editor counts; None when the fault
        is of the file or of a count.
    column, value : str, optional
        Where in the row, and what stands there.
    details : mapping
        Values for the named places of `rule` and `remedy`; a value that is a message
        itself, such as a field's title, is said in the language too; of several the
        language says how they are enumerated.
    """

    table: str
    rule: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    def say(self, language: Language) -> str:
        """Return the whole message in one language."""
        say = speaker(language)
        place = [self.table]
        if self.row is not None:
            place.append(say("line {row}", row=self.row))
        if self.column is not None:
            place.append(say("column {column}", column=self.column))
        if self.value is not None:
            place.append(say("value “{value}”", value=_shorten(self.value)))
        details = {name: _said(value, say) for name, value in self.details.items()}
        rule, remedy = say(self.rule, **details), say(self.remedy, **details)
        return say(
            "{place}: {rule} Remedy: {remedy}",
            place=say.series(place),
            rule=rule,
            remedy=remedy,
        )


def _said(value: object, say: Speaker) -> object:
    if isinstance(value, str):
        return say(value)
    return say.series(map(str, value)) if isinstance(value, Sequence) else value


class DataFaultError(ValueError):
    """The data package has faults; all of them are in `problems`.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        if not self.problems:
            raise ValueError("a DataFaultError needs at least one problem")
        super().__init__("\n".join(self.say(language) for language in LANGUAGES))

    def say(self, language: Language) -> str:
        """Return all messages in one language, a line each."""
        head = speaker(language)(
            N_("The data have {n} {n:fault|faults}; nothing was loaded."),
            n=len(self.problems),
        )
        return "\n".join([head, *(f"- {p.say(language)}" for p in self.problems)])


def _shorten(value: str) -> str:
    one_line = " ".join(value.split())
    if len(one_line) <= _LONGEST_VALUE:
        return one_line
    return one_line[: _LONGEST_VALUE - 1] + "…"

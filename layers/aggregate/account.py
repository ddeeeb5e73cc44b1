"""The account of a large table: what became of its rows, by what they say.

joined + set aside + unresolved = rows, whatever the table is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from geo.language import N_, Language, speaker
from layers.own.outcomes import GROUP_OF, GROUPS, SENTENCES, TITLES, Group
from layers.own.tiers import Verdict

_MOST_TOLD: Final = 200
"""Different texts that are told one by one."""

BY_POINT: Final = "joined_point"
OUTSIDE: Final = "outside"
ON_LINE: Final = "on_line"
NO_POINT: Final = "no_point"

_OF_POINTS: Final = {
    BY_POINT: N_("joined by point"),
    OUTSIDE: N_("a point outside Hebei"),
    ON_LINE: N_("a point on the line between counties"),
    NO_POINT: N_("no longitude and latitude"),
}
_GROUP_OF_POINTS: Final[dict[str, Group]] = {
    BY_POINT: "joined",
    OUTSIDE: "unresolved",
    ON_LINE: "unresolved",
    NO_POINT: "unresolved",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Rows that say the same and are not joined.

    Attributes
    ----------
    says : tuple of (str, str, str)
        Code, name and prefecture; of codes the county's six digits.
    rows : int
        How many there are.
    """

    says: tuple[str, str, str]
    rows: int
    verdict: Verdict

    def say(self, language: Language) -> str:
        """Return why they are not joined."""
        code, name, _ = self.says
        if not self.verdict.reason:
            return speaker(language)(TITLES[self.verdict.outcome])
        return speaker(language)(
            SENTENCES[self.verdict.reason], name=name or code, code=code
        )


@dataclass(slots=True)
class Account:
    """What became of the rows.

    Attributes
    ----------
    outcomes : Counter
        Rows by outcome.
    said : dict
        Rows and verdict by what they say, of those that are not joined.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    said: dict[tuple[str, str, str], tuple[int, Verdict]] = field(default_factory=dict)

    def add(self, outcome: str, rows: int) -> None:
        """Count rows."""
        if rows:
            self.outcomes[outcome] += rows

    def tell(self, says: tuple[str, str, str], rows: int, verdict: Verdict) -> None:
        """Count rows, and remember what they say if they are not joined.

        Parameters
        ----------
        says : tuple of (str, str, str)
            Code, name and prefecture.
        rows : int
            How many say so.
        verdict : Verdict
            What becomes of them.
        """
        self.add(verdict.outcome, rows)
        if GROUP_OF[verdict.outcome] != "joined":
            before = self.said[says][0] if says in self.said else 0
            self.said[says] = (before + rows, verdict)

    @property
    def rows(self) -> int:
        """All rows of the table."""
        return self.outcomes.total()

    @property
    def groups(self) -> dict[Group, int]:
        """Rows joined, set aside, unresolved; their sum is the number of rows."""
        found: dict[Group, int] = dict.fromkeys(GROUPS, 0)
        for outcome, rows in self.outcomes.items():
            found[group_of(outcome)] += rows
        return found

    @property
    def told(self) -> list[Told]:
        """What is not joined, most rows first; not more than can be read."""
        every = sorted(self.said.items(), key=lambda item: (-item[1][0], item[0]))
        return [
            Told(says=says, rows=rows, verdict=verdict)
            for says, (rows, verdict) in every[:_MOST_TOLD]
        ]

    @property
    def left_out(self) -> int:
        """How many different texts `told` leaves out."""
        return max(len(self.said) - _MOST_TOLD, 0)

    def say(self, language: Language) -> str:
        """Return the groups in one sentence."""
        groups = self.groups
        return speaker(language)(
            N_(
                "{rows} {rows:row|rows}: {joined} joined, {aside} set aside, {open} "
                "unresolved."
            ),
            rows=f"{self.rows:,}",
            joined=f"{groups['joined']:,}",
            aside=f"{groups['set_aside']:,}",
            open=f"{groups['unresolved']:,}",
        )

    def lines(self, language: Language) -> Iterator[str]:
        """Yield the outcomes in words."""
        say = speaker(language)
        for outcome, rows in self.outcomes.most_common():
            text = N_("{rows} {rows:row|rows}: {outcome}")
            yield say(text, rows=f"{rows:,}", outcome=say(title_of(outcome)))


def group_of(outcome: str) -> Group:
    """Return the group of an outcome, of points too."""
    return _GROUP_OF_POINTS.get(outcome) or GROUP_OF[outcome]


def title_of(outcome: str) -> str:
    """Return the message id of an outcome, of points too."""
    return _OF_POINTS.get(outcome) or TITLES[outcome]

"""What is said of one county, as facts and statements in sections."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from geo.language import N_, Speaker
from layers.facts.values import Standing
from layers.profile.evidence import Evidence
from layers.themes.palette import Texture

NAMES: Final = "names"
REPORTS: Final = "reports"
"""Ids of the sections that are no group and no variable."""

BaseFact = Literal[
    "", "adcode", "prefecture", "size", "name", "run_by", "past", "programmes"
]
"""What is said of every county, or of its past, and is no variable."""

_SAID: Final = frozenset({"yes", "reported"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A term and what it is for the county: of a variable, or a base fact.

    What must be said besides is the `note`.
    """

    term: str
    text: str
    variable: str = ""
    base: BaseFact = ""
    note: str = ""

    @property
    def told(self) -> str:
        """Text and note in one line, where there is no room or form for two."""
        return " · ".join(filter(None, [self.text, self.note]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that is said of the county, or that is not.

    Attributes
    ----------
    variable : str
        Id of the variable; ``""`` for a name of the past.
    text : str
        What it is about: programme, partner, date, class, number.
    notes : tuple of str
        What must be said besides.
    standing : {"yes", "no", "not_said", "reported"}
        Of a variable that is no programme: whether it has a value.
    fill : (colour, texture) or None
        Look on the map.
    evidence : tuple of Evidence
        Where it stands; of what is not said, where the list stands.
    is_known : bool
        Whether it is sure enough to be a value in a table: an inferred date, a part
        of the county or a pairing outside the list is not.
    others : tuple of str
        Variables said with it: the other times of the series of a number, the dates
        that complete a date.
    common : tuple of str
        Those of the notes that other numbers of the county may bear alike.
    """

    variable: str
    text: str
    notes: tuple[str, ...] = ()
    standing: Standing = "yes"
    fill: tuple[str, Texture] | None = None
    evidence: tuple[Evidence, ...] = ()
    is_known: bool = True
    others: tuple[str, ...] = ()
    base: BaseFact = ""
    common: tuple[str, ...] = ()

    def without(self, notes: Collection[str]) -> Statement:
        """Return the statement without some of its notes, which stand elsewhere."""
        left = tuple(note for note in self.notes if note not in notes)
        return replace(self, notes=left) if left != self.notes else self

    @property
    def is_said(self) -> bool:
        """Whether a source says something of the county itself."""
        return self.standing in _SAID

    def line(self, say: Speaker) -> str:
        """Say text and notes in one line."""
        notes = say.clauses(self.notes)
        if not notes:
            return self.text
        return say(N_("{name}: {text}"), name=self.text, text=notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Statements under a heading.

    Attributes
    ----------
    id : str
        Of a group of variables, of a variable, or :data:`NAMES`, :data:`REPORTS`.
    folded : bool
        Whether it is long, and of figures only: to be opened by who wants them.
    """

    id: str
    title: str
    statements: tuple[Statement, ...]
    note: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is said of one county, in one language.

    Attributes
    ----------
    title : str
        Its name, in English with the Chinese.
    facts : tuple of Fact
        The headline.
    sections : tuple of Section
        Names of the past, groups of variables, relations, dates, reports; the empty
        ones left out.
    sources : tuple of str
        Ids of the sources that say something of it, as registered.
    """

    adcode: str
    title: str
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    sources: tuple[str, ...]

    def statements(self) -> Iterator[Statement]:
        """Yield the statements of all sections."""
        for section in self.sections:
            yield from section.statements


def noted(facts: Iterable[Fact], say: Speaker) -> tuple[str, ...]:
    """Say once what must be said besides of several facts, and of which.

    Parameters
    ----------
    facts : iterable of Fact
        Of one county.
    say : Speaker
        Of the language of the facts.
    """
    terms: dict[str, list[str]] = {}
    for fact in facts:
        if fact.note:
            terms.setdefault(fact.note, []).append(fact.term)
    return tuple(
        say(N_("{name}: {text}"), name=say.series(own), text=note)
        for note, own in terms.items()
    )


def sources(sections: Iterable[Section]) -> frozenset[str]:
    """Return the ids of the sources of all that is said."""
    return frozenset(
        source
        for section in sections
        for statement in section.statements
        if statement.is_said
        for one in statement.evidence
        for source in one.sources
    )

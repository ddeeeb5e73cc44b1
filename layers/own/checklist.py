"""Hold a list of counties against the members of a programme."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from geo.language import N_, Language, speaker
from layers.own.joined import Detail, JoinedTable
from layers.own.places import Places
from layers.own.row_numbers import row_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCheck:
    """How a list and a programme differ.

    Attributes
    ----------
    held : tuple of str
        Members that the list has, by adcode in order; together with `outside` they are
        the counties of the list, as a selection.
    missing : tuple of str
        Members that it lacks.
    outside : tuple of str
        Counties of the list that are no members.
    unresolved : tuple of Detail
        Rows of which it is not known whether they are members: a member that is
        missing may be among them.
    """

    held: tuple[str, ...]
    missing: tuple[str, ...]
    outside: tuple[str, ...]
    unresolved: tuple[Detail, ...]

    @property
    def selection(self) -> tuple[str, ...]:
        """All counties of the list, in order of code."""
        return tuple(sorted({*self.held, *self.outside}))

    def say(self, language: Language, programme: str, places: Places) -> str:
        """Say it in one language.

        Parameters
        ----------
        language : {"zh", "en"}
            The language.
        programme : str
            Name of the programme in it.
        places : Places
            Names of counties.
        """
        say = speaker(language)

        def named(adcodes: Collection[str]) -> str:
            called = places.divisions.called
            return say.series(called(adcode, language) for adcode in adcodes)

        total = len(self.held) + len(self.missing)
        clauses = [
            say(
                N_("{programme}: {held} of {total} are in the list"),
                programme=programme,
                held=len(self.held),
                total=total,
            )
        ]
        if self.missing:
            clauses.append(say(N_("missing: {names}"), names=named(self.missing)))
        if self.outside:
            clauses.append(
                say(N_("not in the programme: {names}"), names=named(self.outside))
            )
        if self.unresolved:
            numbers = [detail.row.number for detail in self.unresolved]
            text = N_("still to be settled: {n:row|rows} {rows}")
            rows = row_numbers(numbers, language)
            clauses.append(say(text, n=len(numbers), rows=rows))
        return say.clauses(clauses)


def check_list(table: JoinedTable, members: Collection[str]) -> ListCheck:
    """Hold a joined table against the members of a programme.

    Parameters
    ----------
    table : JoinedTable
        A table with names or codes; figures do not matter. A county that stands in
        several rows is in the list.
    members : collection of str
        Adcodes of today of the members.

    Returns
    -------
    ListCheck
        Every county of list and programme in one of three groups, every row that is
        not understood in the fourth.
    """
    listed = {
        detail.verdict.adcode
        for detail in table.details
        if detail.county or detail.verdict.outcome == "duplicate"
    }
    return ListCheck(
        held=tuple(sorted(listed & set(members))),
        missing=tuple(sorted(set(members) - listed)),
        outside=tuple(sorted(listed - set(members))),
        unresolved=tuple(
            detail
            for detail in table.details
            if detail.group == "unresolved" and detail.verdict.outcome != "duplicate"
        ),
    )

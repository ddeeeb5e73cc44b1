"""A table joined to the counties, with an account of every row.

joined + set aside + unresolved = rows, whatever the table is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from geo.language import Language, speaker
from layers.own import blocks
from layers.own.figures import Figure, read_figure
from layers.own.guessing import guess
from layers.own.header import cell_at
from layers.own.layout import Column, Layout
from layers.own.outcomes import GROUP_OF, GROUPS, SENTENCES, Group
from layers.own.places import Places
from layers.own.reading import Upload
from layers.own.row_numbers import row_numbers
from layers.own.rows import Row, rows_of
from layers.own.tiers import Said, Verdict, decide

LEAVE_OUT: Final = "leave out"
"""A decision that a row is not to be joined."""

_MOST_COMPARED: Final = 100
"""Different unknown names of a table for which likely counties are looked for: each is
compared with every name."""

Decision = str
"""The adcode of a county, or `LEAVE_OUT`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What the user decided for rows, kept by what the rows say.

    Attributes
    ----------
    rows : mapping of int to Decision
        By number of the row.
    texts : mapping of tuple to Decision
        By code, name and prefecture as written: these hold for other rows that say
        the same, and for the file when it is read again.
    """

    rows: Mapping[int, Decision] = field(default_factory=dict)
    texts: Mapping[tuple[str, str, str], Decision] = field(default_factory=dict)

    def of(self, row: Row) -> Decision | None:
        """Return what was decided for a row; nothing if nothing was."""
        if row.number in self.rows:
            return self.rows[row.number]
        return self.texts.get(row.says) if any(row.says) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """The account of one row.

    Attributes
    ----------
    row : Row
        What it says.
    verdict : layers.own.tiers.Verdict
        What becomes of it; of a duplicate the adcode is the county it leads to.
    others : tuple of int
        Numbers of the rows with which it meets, its own among them; of a duplicate.
    """

    row: Row
    verdict: Verdict
    others: tuple[int, ...] = ()

    @property
    def group(self) -> Group:
        """Joined, set aside or unresolved."""
        return GROUP_OF[self.verdict.outcome]

    @property
    def county(self) -> str:
        """Adcode of the county that gets its values; "" unless joined."""
        return self.verdict.adcode if self.group == "joined" else ""

    def say(self, language: Language) -> str:
        """Return why it is not joined and how to settle that; "" for a joined row."""
        if not self.verdict.reason:
            return ""
        say = speaker(language)
        return say(
            SENTENCES[self.verdict.reason],
            name=self.row.name or self.row.code_text,
            code=self.row.code_text,
            rows=row_numbers(self.others, say.language),
            year=self.row.year or "",
        )


@dataclass(frozen=True, eq=False, kw_only=True)
class JoinedTable:
    """A file, its layout and its decisions, joined.

    Parameters
    ----------
    upload : Upload
        The file.
    layout : Layout
        How it is read.
    places : Places
        Names and codes of the edition.
    decisions : Decisions
        What the user decided.
    """

    upload: Upload
    layout: Layout
    places: Places
    decisions: Decisions = field(default_factory=Decisions)

    @cached_property
    def details(self) -> tuple[Detail, ...]:
        """The account of each row, in their order."""
        rows = rows_of(self.upload, self.layout, self.places)
        heads = blocks.heads(rows, self.places)
        details: list[Detail] = []
        unknown: set[str] = set()
        for row, head in zip(rows, heads, strict=True):
            suggest = row.name in unknown or len(unknown) < _MOST_COMPARED
            verdict = self._verdict(row, head, suggest=suggest)
            if verdict.reason in {"not_found", "name_unknown", "code_unknown"}:
                unknown.add(row.name)
            details.append(Detail(row=row, verdict=verdict))
        return tuple(_with_duplicates(details))

    def _verdict(self, row: Row, head: str, *, suggest: bool) -> Verdict:
        decided = self.decisions.of(row)
        if decided == LEAVE_OUT:
            return Verdict(outcome="left_out")
        if decided is not None:
            return Verdict(outcome="joined_decision", adcode=decided)
        if row.kind:
            return Verdict(outcome=row.kind)
        said = Said(
            code=row.code,
            name=row.name,
            column_prefecture=self.places.prefecture_of(row.prefecture),
            block_prefecture=head,
        )
        return decide(said, self.places, suggest=suggest)

    @cached_property
    def counts(self) -> Mapping[Group, int]:
        """Rows in each group; their sum is the number of rows."""
        counted = Counter(detail.group for detail in self.details)
        return {group: counted[group] for group in GROUPS}

    def decide(self, decisions: Mapping[int, Decision]) -> JoinedTable:
        """Return the table with further decisions, which it remembers.

        Parameters
        ----------
        decisions : mapping of int to str
            By number of a row: the adcode of a county of today, or `LEAVE_OUT`.

        Raises
        ------
        ValueError
            If there is no such row or county.
        """
        known = {detail.row.number: detail.row for detail in self.details}
        for number, decision in decisions.items():
            if number not in known:
                raise ValueError(f"the table has no row {number}")
            if decision != LEAVE_OUT and decision not in self.places.counties:
                raise ValueError(f"{decision!r} is no county")
        texts = dict(self.decisions.texts)
        for number, decision in decisions.items():
            row = known[number]
            # Leaving one of two equal rows out says nothing of the other.
            if any(row.says) and decision != LEAVE_OUT:
                texts[row.says] = decision
        kept = Decisions(rows={**self.decisions.rows, **decisions}, texts=texts)
        return replace(self, decisions=kept)

    def with_layout(self, layout: Layout) -> JoinedTable:
        """Return the table read otherwise; decisions stay where rows say the same."""
        kept = Decisions(texts=self.decisions.texts)
        moved = layout.sheet != self.layout.sheet or layout.first != self.layout.first
        return replace(self, layout=layout, decisions=kept if moved else self.decisions)

    def figure(self, detail: Detail, column: Column) -> Figure:
        """Return what a row says in a column of figures."""
        return self._figures[column.index][detail.row.index]

    @cached_property
    def _figures(self) -> Mapping[int, Sequence[Figure]]:
        """Figures by column and row, both from 0 in the sheet; each is read once."""
        rows = self.upload.sheets[self.layout.sheet].rows
        return {
            column.index: [read_figure(cell_at(row, column.index)) for row in rows]
            for column in self.layout.of_role("value")
        }

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years of the joined rows, in order; empty without a column of years."""
        if self.layout.only("year") is None:
            return ()
        found = {d.row.year for d in self.details if d.county and d.row.year}
        return tuple(sorted(found))


def join(
    upload: Upload,
    places: Places,
    layout: Layout | None = None,
    decisions: Decisions | None = None,
) -> JoinedTable:
    """Join a file to the counties.

    Parameters
    ----------
    upload : Upload
        The file, read.
    places : Places
        Names and codes.
    layout : Layout, optional
        How it is read; guessed if it is not given.
    decisions : Decisions, optional
        What was decided before.

    Returns
    -------
    JoinedTable

    Raises
    ------
    layers.own.refusals.RefusedError
        If the layout is to be guessed and no column holds counties.
    """
    return JoinedTable(
        upload=upload,
        layout=layout or guess(upload, places),
        places=places,
        decisions=decisions or Decisions(),
    )


def _with_duplicates(details: Sequence[Detail]) -> list[Detail]:
    """Mark all rows that lead to one county, in one year, as duplicates."""
    meeting: dict[tuple[str, int | None], list[int]] = {}
    for detail in details:
        if detail.county:
            key = (detail.county, detail.row.year)
            meeting.setdefault(key, []).append(detail.row.number)
    marked = []
    for detail in details:
        others = meeting.get((detail.county, detail.row.year), [])
        if detail.county and len(others) > 1:
            verdict = Verdict(
                outcome="duplicate",
                adcode=detail.county,
                suggestions=(detail.county,),
                reason="duplicate_year" if detail.row.year else "duplicate",
            )
            detail = Detail(row=detail.row, verdict=verdict, others=tuple(others))
        marked.append(detail)
    return marked

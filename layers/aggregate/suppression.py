"""Which rows of a county table are withheld, so that nobody is found out.

A row with figures of fewer persons than the least number is withheld (primary). It
could be had by subtraction from a total, so further rows of its group are withheld
(complementary) until what is withheld is at least two rows and together not too small.
Rows are withheld whole: figures of one row are often known from one another, a sum from
mean and count, so that a pattern for each would not hold (A. Hundepool and others,
Statistical Disclosure Control, Wiley 2012, chapters 4.2 and 4.4: primary cells,
secondary cells, tables that are linked).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Withheld = Literal["primary", "complementary"]


@dataclass(frozen=True, slots=True)
class Cell:
    """How much stands behind one row of the table.

    Attributes
    ----------
    bases : tuple of (int, float)
        Rows and persons: first of the place, then of each set of columns from which
        figures are made, of those that have a number there.
    """

    bases: tuple[tuple[int, float], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody is there, which is no secret."""
        return self.bases[0][0] == 0

    def is_small(self, least: int) -> bool:
        """Whether some figure is of fewer persons than the least number."""
        return any(rows > 0 and persons < least for rows, persons in self.bases)

    def __add__(self, other: Cell) -> Cell:
        pairs = zip(self.bases, other.bases, strict=True)
        return Cell(tuple((a + c, b + d) for (a, b), (c, d) in pairs))


def withhold(
    cells: Mapping[str, Cell], groups: Mapping[str, Sequence[str]], least: int
) -> dict[str, Withheld]:
    """Choose the rows to withhold.

    Parameters
    ----------
    cells : mapping of str to Cell
        By place, totals among them.
    groups : mapping of str to sequence of str
        Places by the place of which they are all the parts: a tree. Its root is always
        known, from the account or from the register itself, even where no row shows it.
    least : int
        Persons of a figure that may be published; 0 or 1 withholds nothing.

    Returns
    -------
    dict of str to {"primary", "complementary"}
        The places to withhold; the root among them if all there is, is too small.

    Notes
    -----
    In a group of which anything is withheld, what is withheld together is no small
    cell, at least two rows, and more persons than are certain: a withheld row is known
    to have one at least, for empty ones are published. The smallest rows go first. A
    group that has not enough takes its own total along, which then is protected in the
    group above. With this no withheld row follows from the others: in the tree of
    groups there is always a second unknown to balance the first, and a person who may
    be in either.
    """
    if least <= 1:
        return {}
    found: dict[str, Withheld] = {
        place: "primary" for place, cell in cells.items() if cell.is_small(least)
    }
    before = -1
    while before < len(found):
        before = len(found)
        for total, parts in groups.items():
            _protect(total, parts, cells, groups, found, least)
    return found


def _protect(
    total: str,
    parts: Sequence[str],
    cells: Mapping[str, Cell],
    groups: Mapping[str, Sequence[str]],
    found: dict[str, Withheld],
    least: int,
) -> None:
    """Withhold more of one group, and its total if that is not enough."""
    if total not in found and not any(part in found for part in parts):
        return
    left = sorted(
        (p for p in parts if p not in found and not cells[p].is_empty),
        key=lambda p: (cells[p].bases[0][::-1], p),
    )
    while not _is_safe([p for p in parts if p in found], cells, groups, found, least):
        if not left:
            found.setdefault(total, "complementary")
            return
        found[left.pop(0)] = "complementary"


def _is_safe(
    withheld: Sequence[str],
    cells: Mapping[str, Cell],
    groups: Mapping[str, Sequence[str]],
    found: Mapping[str, Withheld],
    least: int,
) -> bool:
    if len(withheld) < 2:
        return False
    together = cells[withheld[0]]
    for place in withheld[1:]:
        together += cells[place]
    certain = sum(_certain(place, cells, groups, found) for place in withheld)
    return not together.is_small(least) and together.bases[0][1] > certain


def _certain(
    place: str,
    cells: Mapping[str, Cell],
    groups: Mapping[str, Sequence[str]],
    found: Mapping[str, Withheld],
) -> float:
    """Return how many persons everybody knows to be in a place, at least."""
    if place not in found:
        return cells[place].bases[0][1]
    if place not in groups:
        return 1
    return sum(_certain(part, cells, groups, found) for part in groups[place])

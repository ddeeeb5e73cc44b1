"""How a table is built: its header, its columns and what each is for.

A layout is guessed by :mod:`layers.own.guessing`, shown, changed by hand, and applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal, get_args

from geo.language import N_

Role = Literal[
    "code",
    "name",
    "prefecture",
    "year",
    "value",
    "running",
    "number",
    "date",
    "longitude",
    "latitude",
    "text",
    "empty",
]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
SINGLE: Final = frozenset({"code", "name", "prefecture", "year"})
"""Roles that one column of a table has at most."""

WHY: Final = {
    "codes": N_("{n} of {total} cells looked at are codes of divisions"),
    "names": N_("{n} of {total} cells looked at are names of counties"),
    "prefectures": N_("{n} of {total} cells looked at are names of prefectures"),
    "years": N_("the cells are years and the counties repeat"),
    "figures": N_("{n} of {total} cells looked at are figures"),
    "running": N_("the header or the order says that rows are numbered"),
    "identifier": N_("the digits name something and count nothing"),
    "dates": N_("the cells are dates"),
    "coordinates": N_("the header says that it is a coordinate"),
    "words": N_("the cells are words"),
    "nothing": N_("the column is empty"),
    "by_hand": N_("you chose it"),
}
"""Reasons of a guess by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes
    ----------
    index : int
        From 0.
    name : str
        The lines of its header in one; the letter of a spreadsheet if it has none.
    unit : str
        As the header or the cells say it; "" if they do not.
    year : int or None
        The year that its header names, in a table with a column for each year.
    why, n, total : str, int, int
        Key of `WHY`, and figures for it.
    """

    index: int
    name: str
    role: Role
    unit: str = ""
    year: int | None = None
    why: str = "by_hand"
    n: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How one sheet is read.

    Attributes
    ----------
    sheet : int
        Which of the file's sheets, from 0.
    header : tuple of int
        Rows of the header, from 0 in the sheet's rows; empty if there is none.
    first : int
        First row below the header, from 0.
    """

    sheet: int
    header: tuple[int, ...]
    first: int
    columns: tuple[Column, ...]

    def only(self, role: Role) -> Column | None:
        """Return the column of a role that one column has at most."""
        return next((c for c in self.columns if c.role == role), None)

    def of_role(self, role: Role) -> tuple[Column, ...]:
        """Return all columns of a role, in their order."""
        return tuple(c for c in self.columns if c.role == role)

    def with_role(self, index: int, role: Role) -> Layout:
        """Give a column another role by hand; whoever had a single one loses it."""
        if role not in ROLES:
            raise ValueError(f"{role!r} is none of {ROLES}")
        if not any(column.index == index for column in self.columns):
            raise ValueError(f"the table has no column {index}")
        changed = []
        for column in self.columns:
            if column.index == index:
                column = replace(column, role=role, why="by_hand")
            elif role in SINGLE and column.role == role:
                column = replace(column, role="text", why="by_hand")
            changed.append(column)
        return replace(self, columns=tuple(changed))

    def to_dict(self) -> dict[str, Any]:
        """Return the layout as plain data, for a file or a session."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Layout:
        """Build a layout from plain data.

        Raises
        ------
        ValueError
            If the data are none.
        """
        try:
            columns = tuple(Column(**column) for column in data["columns"])
            layout = cls(
                sheet=int(data["sheet"]),
                header=tuple(int(row) for row in data["header"]),
                first=int(data["first"]),
                columns=columns,
            )
        except (TypeError, KeyError) as error:
            raise ValueError(f"no layout: {error}") from error
        _check(columns)
        return layout


def _check(columns: Iterable[Column]) -> None:
    seen: set[str] = set()
    for column in columns:
        if column.role not in ROLES:
            raise ValueError(f"{column.role!r} is none of {ROLES}")
        if column.role in SINGLE and column.role in seen:
            raise ValueError(f"two columns are the {column.role}")
        seen.add(column.role)

"""What is asked of a large table, and what the answer holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from layers.aggregate.account import Account
from layers.aggregate.measure_texts import Measure
from layers.aggregate.roles import Roles
from layers.aggregate.suppression import Withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a large table.

    Attributes
    ----------
    where : str
        File, folder or address.
    measures : tuple of str
        As typed.
    by : {"county", "prefecture"}
        What a row of the answer is.
    roles : mapping of str to str
        Columns by role, as typed: code, name, prefecture, lon, lat.
    persons : str
        Column with the persons that a row stands for; "" if a row is one.
    least : int
        Persons of a figure that is not withheld.
    totals : bool
        Whether rows of the prefectures and of the province follow.
    memory_mb, threads : int
        What DuckDB may take.
    """

    where: str
    measures: tuple[str, ...] = ()
    by: str = "county"
    roles: Mapping[str, str] = field(default_factory=dict)
    persons: str = ""
    least: int = 3
    totals: bool = False
    memory_mb: int = 256
    threads: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Texts where numbers are meant; they count as missing."""

    column: str
    rows: int
    examples: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Answer:
    """The county table, and the account of the rows behind it.

    Attributes
    ----------
    question : Question
        What was asked.
    source, engine, encoding : str
        What was read, without secrets, by which engine; the encoding of a text.
    roles : Roles
        Columns that led to counties.
    measures : tuple of Measure
        Figures of the table, the count of rows first.
    account : layers.aggregate.account.Account
        What became of the rows.
    is_secret : bool
        Whether even the number of all rows is not to be published.
    unreadable : tuple of Unreadable
        Texts in columns of numbers.
    withheld : mapping of str to str
        Why a row is withheld, by adcode; the table does not say it, for who knows a
        row to be small knows more.
    table : pandas.DataFrame
        Indexed by adcode: ``level``, ``count``, ``persons`` if asked, a column a
        measure, None where there is nothing or it is withheld, ``withheld`` (bool).
    """

    question: Question
    source: str
    engine: str
    encoding: str | None
    roles: Roles
    measures: tuple[Measure, ...]
    account: Account
    is_secret: bool
    unreadable: tuple[Unreadable, ...]
    withheld: Mapping[str, Withheld]
    table: pd.DataFrame = field(repr=False)

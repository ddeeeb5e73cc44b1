"""Why a table is not added up: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Self

from geo.export.faults import ExportError
from geo.language import N_

MOST_NAMED: Final = 20
"""Columns or values that a message names before it says that there are more."""

_LONGEST: Final = 80


def named(names: Iterable[object]) -> tuple[str, ...]:
    """Return names as a message says them: not too many, none too long."""
    texts = [str(name)[:_LONGEST] for name in names]
    return (*texts[:MOST_NAMED], *(["…"] if len(texts) > MOST_NAMED else []))


class AggregateError(ExportError):
    """Nothing was added up, and whoever asked can do something about it."""


class EngineError(AggregateError):
    """The engine cannot be reached, or gave up: nothing that was asked is wrong."""


class MeasureError(AggregateError):
    """A measure is none, or its column does not fit."""

    @classmethod
    def unknown(cls, text: str, kinds: Iterable[str]) -> Self:
        """Refuse what is no measure."""
        return cls(
            N_(
                "“{text}” is no measure. Write count, or one of {kinds} with a colon "
                "and a column, as in mean:income."
            ),
            text=text[:_LONGEST],
            kinds=tuple(kinds),
        )

    @classmethod
    def no_value(cls, text: str) -> Self:
        """Refuse a share that does not say of what."""
        return cls(
            N_(
                "“{text}” does not say which rows it is the share of. Write "
                "share:column=value, as in share:poor=yes."
            ),
            text=text[:_LONGEST],
        )

    @classmethod
    def twice(cls, text: str) -> Self:
        """Refuse a measure that is asked for twice."""
        return cls(
            N_("The measure “{text}” is asked for twice. Leave one of them out."),
            text=text[:_LONGEST],
        )

    @classmethod
    def no_numbers(cls, column: str, examples: Iterable[str]) -> Self:
        """Refuse a column of texts where numbers are meant."""
        return cls(
            N_(
                "Column “{column}” holds no numbers, but for example: {examples}. "
                "Choose another column, or mend it."
            ),
            column=column[:_LONGEST],
            examples=named(examples),
        )

    @classmethod
    def wrong_type(cls, column: str, kind: str) -> Self:
        """Refuse a column of dates, lists and the like."""
        return cls(
            N_(
                "Column “{column}” is of type {kind}, which cannot be added up. "
                "Choose a column of numbers."
            ),
            column=column[:_LONGEST],
            kind=kind[:_LONGEST],
        )


class ColumnError(AggregateError):
    """A column that is not there, or not once, or does not lead to counties."""

    @classmethod
    def missing(cls, column: str, there: Iterable[str]) -> Self:
        """Refuse a column that the table does not have."""
        return cls(
            N_("The table has no column “{column}”. Its columns are: {columns}."),
            column=column[:_LONGEST],
            columns=named(there),
        )

    @classmethod
    def several(cls, column: str, file: str) -> Self:
        """Refuse a table in which two columns have one name.

        Parameters
        ----------
        column, file : str
            The name, and where it stands.
        """
        return cls(
            N_(
                "{file}: two columns are called “{column}”. Give each a name of its "
                "own, else nobody knows which is meant."
            ),
            column=column[:_LONGEST],
            file=file,
        )

    @classmethod
    def used_twice(cls, column: str) -> Self:
        """Refuse a column that is named for two things."""
        return cls(
            N_(
                "Column “{column}” is named for two things, such as code and name or "
                "longitude and latitude. Name it for one."
            ),
            column=column[:_LONGEST],
        )

    @classmethod
    def none_leads(cls, there: Iterable[str]) -> Self:
        """Say that no column was recognised."""
        return cls(
            N_(
                "No column leads to counties of Hebei by itself. Looked at: "
                "{columns}. Name the column with --code or --name, or the two of a "
                "point with --lon and --lat."
            ),
            columns=named(there),
        )

    @classmethod
    def half_point(cls) -> Self:
        """Refuse a longitude without latitude, or the other way round."""
        return cls(
            N_("A point needs both: --lon with the longitude and --lat the latitude.")
        )

    @classmethod
    def point_and_place(cls) -> Self:
        """Refuse two ways to a county at once."""
        return cls(
            N_(
                "Choose one way to the county: by --code and --name, or by the point "
                "of --lon and --lat."
            )
        )

    @classmethod
    def too_many(cls, columns: Iterable[str], most: int) -> Self:
        """Refuse keys that are as many as rows."""
        return cls(
            N_(
                "{columns}: more than {most} different values; this looks like a "
                "number of persons, not of places. Choose the column of the village "
                "or county; of points, round them to three decimals."
            ),
            columns=named(columns),
            most=f"{most:,}",
        )

    @classmethod
    def swapped(cls, lon: str, lat: str) -> Self:
        """Say that longitude and latitude are the wrong way round."""
        return cls(
            N_(
                "No point lies in Hebei; with “{lon}” as latitude and “{lat}” as "
                "longitude they do. Exchange the two columns."
            ),
            lon=lon[:_LONGEST],
            lat=lat[:_LONGEST],
        )


class SourceError(AggregateError):
    """A file, folder or address that cannot be read."""

    @classmethod
    def not_there(cls, where: str) -> Self:
        """Say that there is no such file."""
        return cls(N_("There is no file or folder {file}."), file=where)

    @classmethod
    def empty(cls, where: str) -> Self:
        """Say that there are no rows."""
        return cls(
            N_("{file} has no rows. Choose another one, or look whether it was saved."),
            file=where,
        )

    @classmethod
    def no_tables(cls, where: str) -> Self:
        """Say that a folder holds nothing of ours."""
        return cls(
            N_("The folder {file} holds no Parquet and no CSV. Name the right one."),
            file=where,
        )

    @classmethod
    def mixed(cls, where: str) -> Self:
        """Refuse a folder with tables of two kinds, of which one may be a copy."""
        return cls(
            N_(
                "The folder {file} holds Parquet and CSV. Keep one of both there, "
                "else rows might count twice."
            ),
            file=where,
        )

    @classmethod
    def unlike(cls, where: str, column: str) -> Self:
        """Refuse files of a folder whose columns differ.

        Parameters
        ----------
        where, column : str
            The file that differs from the first, and one of the columns.
        """
        return cls(
            N_(
                "{file} has other columns than the first file of the folder: "
                "“{column}” is in one of them only. Take it out, or make them alike."
            ),
            file=where,
            column=column[:_LONGEST],
        )

    @classmethod
    def other_kind(cls, where: str) -> Self:
        """Refuse what is neither text nor Parquet."""
        return cls(
            N_(
                "{file} is neither CSV nor Parquet. Save the table as CSV UTF-8 "
                "(unpack it first if it is packed); the command join reads workbooks."
            ),
            file=where,
        )

    @classmethod
    def encoding(cls, where: str, line: int) -> Self:
        """Say where a text is in no encoding that is known.

        Parameters
        ----------
        where : str
            The file.
        line : int
            The first line that cannot be read, from 1.
        """
        return cls(
            N_(
                "{file}: line {line} cannot be read as UTF-8, UTF-16, GB18030 or Big5. "
                "Save the table again as CSV UTF-8, or leave out what cannot be read: "
                "iconv -c -f GB18030 -t UTF-8 old.csv > new.csv"
            ),
            file=where,
            line=line,
        )

    @classmethod
    def broken_line(cls, where: str, line: str) -> Self:
        """Say which line of a CSV cannot be read.

        Parameters
        ----------
        where, line : str
            The file, and the number of the line from 1.
        """
        return cls(
            N_(
                "{file}: line {line} does not fit the others: it has more or fewer "
                "fields, or a quotation mark that is never closed. Mend it, or save "
                "the table again as CSV."
            ),
            file=where,
            line=line,
        )

    @classmethod
    def damaged(cls, where: str) -> Self:
        """Say that a Parquet file cannot be read."""
        return cls(
            N_("{file} is damaged and cannot be read. Fetch or save it again."),
            file=where,
        )

    @classmethod
    def no_table_named(cls, where: str) -> Self:
        """Refuse the address of a database that names no table."""
        return cls(
            N_(
                "The address {file} names no table. Write it behind #, as in "
                "postgresql://user@host:5432/database#schema.table."
            ),
            file=where,
        )

    @classmethod
    def no_such_table(cls, where: str, table: str) -> Self:
        """Say that a database has no such table, or hides it.

        Parameters
        ----------
        where, table : str
            The address without what is secret, and the table.
        """
        return cls(
            N_(
                "{file} has no table “{table}”, or the role may not read it. Look at "
                "its name and schema, or ask for the right to read it."
            ),
            file=where,
            table=table,
        )

    @classmethod
    def no_scheme(cls, scheme: str, known: Iterable[str]) -> Self:
        """Refuse an address of an engine that nobody here knows.

        Parameters
        ----------
        scheme : str
            What stands before ``://``.
        known : iterable of str
            What may stand there.
        """
        return cls(
            N_("“{scheme}://” is the address of no engine known here: use {known}."),
            scheme=scheme[:_LONGEST],
            known=tuple(known),
        )

    @classmethod
    def not_installed(cls, engine: str, package: str) -> Self:
        """Say which package an engine needs.

        Parameters
        ----------
        engine : str
            The engine.
        package : str
            What pip installs.
        """
        return cls(
            N_(
                "The engine {engine} needs a package that is not installed here. Run "
                "in the project’s folder: .venv/bin/pip install '{package}'"
            ),
            engine=engine,
            package=package,
        )


def unreachable(where: str, why: str) -> EngineError:
    """Say that an engine does not answer.

    Parameters
    ----------
    where, why : str
        The address and the reason, without what is secret.
    """
    return EngineError(N_("{file} cannot be reached: {why}"), file=where, why=why[:300])


def gave_up(where: str, why: str) -> EngineError:
    """Say that an engine did not answer the question.

    Parameters
    ----------
    where, why : str
        The address or file and the reason, without what is secret.
    """
    return EngineError(
        N_("The engine could not add up {file}: {why}"), file=where, why=why[:300]
    )


def out_of_memory(limit: int) -> EngineError:
    """Say that the limit of memory was met."""
    return EngineError(
        N_(
            "Adding up takes more than {limit} MB of memory. Ask for fewer medians, "
            "or raise ATLAS_AGGREGATE_MEMORY_MB."
        ),
        limit=limit,
    )

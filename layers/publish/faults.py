"""Why nothing was published, said in both languages."""

from __future__ import annotations

from typing import Self

from geo.export.faults import ExportError
from geo.language import N_


class PublishError(ExportError):
    """The database is as it was; the message says what stood in the way."""

    @classmethod
    def address(cls) -> Self:
        """Refuse what is no address of a database."""
        return cls(
            N_(
                "The address is none of a PostgreSQL database: write "
                "postgresql://user@host:5432/database."
            )
        )

    @classmethod
    def unreachable(cls, why: str) -> Self:
        """Say that there is no connection."""
        return cls(
            N_("The database cannot be reached, nothing was written: {why}"),
            why=why,
        )

    @classmethod
    def foreign_table(cls, table: str) -> Self:
        """Refuse to write into a table of somebody else."""
        return cls(
            N_(
                "There is a table {table} already that the atlas has not made; "
                "nothing was written. Choose another schema with --schema."
            ),
            table=table,
        )

    @classmethod
    def broken_off(cls, why: str) -> Self:
        """Say that the database refused a step, and that all steps are undone."""
        return cls(
            N_("The database refused, and everything is as it was before: {why}"),
            why=why,
        )

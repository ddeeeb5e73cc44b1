"""Why nothing was published, said in both languages."""

from __future__ import annotations

from typing import Final, Self

from geo.export.faults import ExportError
from geo.language import N_

_SIGNS: Final = "@ → %40, / → %2F, : → %3A, ? → %3F, & → %26, % → %25, ␣ → %20"
"""How signs stand in an address that mean something else there (RFC 3986)."""


class PublishError(ExportError):
    """The database is as it was; the message says what stood in the way."""

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


class AddressError(PublishError):
    """The address leads to no database: nobody was asked."""

    @classmethod
    def malformed(cls) -> Self:
        """Refuse what is no address of a database."""
        return cls(
            N_(
                "The address is none of a PostgreSQL database: write "
                "postgresql://user@host:5432/database."
            )
        )

    @classmethod
    def escape(cls) -> Self:
        """Say how signs stand in an address that mean something else there."""
        return cls(
            N_(
                "The address of the database cannot be read: a sign in the user, the "
                "password or a name is not escaped, or a parameter does not exist. "
                "Escape these: {signs}."
            ),
            signs=_SIGNS,
        )

    @classmethod
    def unknown_parameter(cls, name: str) -> Self:
        """Refuse a parameter that PostgreSQL does not know.

        Parameters
        ----------
        name : str
            As it stands in the address.
        """
        return cls(
            N_(
                "The address of the database has a parameter “{name}” that PostgreSQL "
                "does not know; leave it out or mend it."
            ),
            name=name,
        )

"""A store in a PostgreSQL database: one table, each step one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg

from layers.publish.address import Address

_PATIENCE: Final = 10
"""Seconds to wait for a connection, and for a lock of somebody else."""

_LOCK: Final = 4_127_530_001
"""Taken by whoever writes: one at a time, so that the sum is bounded."""

_MAKE: Final = """
CREATE TABLE IF NOT EXISTS atlas_kept (
    key text PRIMARY KEY,
    content bytea NOT NULL,
    written timestamptz NOT NULL DEFAULT clock_timestamp()
)
"""


@dataclass(frozen=True, slots=True)
class Database:
    """The database.

    Attributes
    ----------
    address : str
        With its password; it is never said.
    """

    address: str = field(repr=False)

    def write(self, key: str, data: bytes, most: int) -> bool:
        """Write an item whole, or not at all.

        Parameters
        ----------
        key : str
            Of the item.
        data : bytes
            The item.
        most : int
            Bytes of all items.

        Returns
        -------
        bool
            Whether there was room for it.
        """
        with self._transaction() as database:
            database.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            if not _is_there(database):
                database.execute(_MAKE)
            found = database.execute(
                "SELECT coalesce(sum(octet_length(content)), 0) FROM atlas_kept"
            ).fetchone()
            if int(found[0] if found else 0) + len(data) > most:
                return False
            database.execute(
                "INSERT INTO atlas_kept (key, content) VALUES (%s, %s)", (key, data)
            )
        return True

    def read(self, key: str) -> tuple[bytes, float] | None:
        """Return an item and when it was written, in seconds; None if there is none.

        Parameters
        ----------
        key : str
            Of the item.
        """
        with self._transaction() as database:
            if not _is_there(database):
                return None
            found = database.execute(
                "SELECT content, extract(epoch FROM written)::float8"
                " FROM atlas_kept WHERE key = %s",
                (key,),
                binary=True,
            ).fetchone()
        return None if found is None else (bytes(found[0]), float(found[1]))

    def remove(self, key: str) -> bool:
        """Remove an item; return whether it was there.

        Parameters
        ----------
        key : str
            Of the item.
        """
        with self._transaction() as database:
            if not _is_there(database):
                return False
            done = database.execute("DELETE FROM atlas_kept WHERE key = %s", (key,))
            return done.rowcount > 0

    def tidy(self, before: float) -> None:
        """Remove items that are old.

        Parameters
        ----------
        before : float
            Time in seconds: what was written earlier is old.
        """
        with self._transaction() as database:
            if _is_there(database):
                database.execute(
                    "DELETE FROM atlas_kept WHERE written < to_timestamp(%s)", (before,)
                )

    @contextmanager
    def _transaction(self) -> Iterator[psycopg.Connection[Any]]:
        address = Address.read(self.address)
        limits = f"-c lock_timeout={_PATIENCE}s -c statement_timeout={6 * _PATIENCE}s"
        given = address.parts.get("options", "")
        # Commits at its end, rolls back on any error.
        with psycopg.connect(
            **{
                **address.parts,
                "client_encoding": "UTF8",
                "connect_timeout": _PATIENCE,
                "options": f"{given} {limits}".strip(),
            }
        ) as connection:
            yield connection


def _is_there(database: psycopg.Connection[Any]) -> bool:
    """Return whether the table is there: who may use it may not be let make it."""
    found = database.execute("SELECT to_regclass('atlas_kept')").fetchone()
    return found is not None and found[0] is not None


FAULTS: Final = (psycopg.Error, UnicodeError, ValueError)
"""What a database may raise; :class:`AddressError` is a ValueError."""

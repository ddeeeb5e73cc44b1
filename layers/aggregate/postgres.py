"""The PostgreSQL of an office as an engine: one session, with which our tables go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import ibis
import psycopg

from layers.aggregate import faults
from layers.publish.address import Address
from layers.publish.faults import AddressError

_PATIENCE: Final = 10
"""Seconds to wait for a connection."""


@contextmanager
def connected(text: str) -> Iterator[tuple[Any, str, tuple[str, ...]]]:
    """Connect by an address.

    Parameters
    ----------
    text : str
        ``postgresql://user:password@host:port/database``.

    Yields
    ------
    connection : ibis backend
        It writes nothing but temporary tables, which end with it.
    name : str
        The address without what is secret.
    secrets : tuple of str
        What no message may repeat.

    Raises
    ------
    layers.publish.faults.AddressError
        If the address is none.
    EngineError
        If the database cannot be reached.
    """
    address = Address.read(text)
    parts = address.parts
    host, port = parts.get("host", ""), parts.get("port", "")
    name = f"postgresql://{host}{f':{port}' if port else ''}/{parts.get('dbname', '')}"
    secrets = tuple(str(parts[key]) for key in ("password",) if parts.get(key))
    try:
        connection = psycopg.connect(
            **{**parts, "client_encoding": "UTF8", "connect_timeout": _PATIENCE}
        )
    except UnicodeError:
        raise AddressError.malformed() from None
    except psycopg.Error as error:
        raise faults.unreachable(name, address.without_secrets(str(error))) from None
    # One state of the table for all questions, also while others write into it.
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    try:
        connection.execute("SELECT 1")
        yield ibis.postgres.from_connection(connection), name, secrets
    finally:
        connection.close()

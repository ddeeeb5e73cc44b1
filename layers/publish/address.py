"""The address of a database, read so that its password is never said.

libpq repeats the parts of an address that it cannot read, and where a password holds a
sign of the address unescaped, it reads the rest of it as a host or a database. What can
be known before asking it is said here, in words that repeat nothing secret.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

import psycopg
from psycopg.conninfo import conninfo_to_dict

from layers.publish.faults import AddressError

_SCHEMES: Final = ("postgresql://", "postgres://")

_SECRETS: Final = ("password", "sslpassword", "oauth_client_secret")
"""Parameters of libpq whose values are nobody's business."""

_UNKNOWN: Final = re.compile(r'invalid URI query parameter: "(\w+)"')

_LONGEST: Final = 300
"""Characters of a reason that are said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address that libpq can read.

    Attributes
    ----------
    parts : mapping of str to str
        Its parameters, by the names that libpq gives them.
    """

    parts: Mapping[str, Any] = field(repr=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read an address.

        Parameters
        ----------
        text : str
            ``postgresql://user:password@host:port/database?parameter=value``.

        Raises
        ------
        AddressError
            If it is none; the message repeats the name of a parameter at most.
        """
        scheme = next(filter(text.startswith, _SCHEMES), None)
        if scheme is None:
            raise AddressError.malformed()
        _refuse_unescaped(text.removeprefix(scheme))
        try:
            parts = conninfo_to_dict(text)
        except psycopg.Error as error:
            # What libpq repeats may be secret: only the name of a parameter is said
            # again, where it is no end of a password with an & in it.
            unknown = _UNKNOWN.fullmatch(str(error).strip())
            if unknown and not any(f"{name}=" in text for name in _SECRETS):
                raise AddressError.unknown_parameter(unknown[1]) from None
            raise AddressError.escape() from None
        for port in str(parts.get("port", "")).split(","):
            if port and not (port.isascii() and port.isdigit()):
                raise AddressError.malformed()
        return cls(parts=parts)

    def without_secrets(self, text: str) -> str:
        """Say a reason on one line, and not too long, without what is secret.

        Parameters
        ----------
        text : str
            What libpq or the server say.
        """
        for name in _SECRETS:
            if secret := self.parts.get(name):
                text = re.sub(rf"(?<!\w){re.escape(str(secret))}(?!\w)", "…", text)
        return " ".join(text.split())[:_LONGEST]


def _refuse_unescaped(rest: str) -> None:
    """Refuse signs that end a password before its end.

    The sign @ stands once, between the password and the host, and no / before it.
    """
    before, _, after = rest.partition("@")
    slashed = "/" in before and "@" in rest
    if slashed or "@" in after or " " in rest or not rest.isprintable():
        raise AddressError.escape()

"""What is kept of own figures: the file as it came, its name, and what was decided.

It is written as a line of JSON with the file behind it, and read without trust: what
does not fit is no item.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_FORM: Final = "hebei-programme-atlas-own-1"
_ID: Final = re.compile(r"[A-Za-z0-9_-]{32}")
_BYTES: Final = 24
"""Of chance in an id: 192 bits."""

_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Own figures as they are kept.

    Attributes
    ----------
    name : str
        What the file is called.
    content : bytes
        The file as it came; it is read again like any other.
    decided : mapping of str to Any
        Plain data: what the reader decided of it.
    """

    name: str
    content: bytes = field(repr=False)
    decided: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def to_bytes(self) -> bytes:
        """Write it."""
        head = {"form": _FORM, "name": self.name, "decided": self.decided}
        digest = hashlib.sha256(self.content).hexdigest()
        line = json.dumps({**head, "sha256": digest}, ensure_ascii=True)
        return line.encode() + b"\n" + self.content

    @classmethod
    def from_bytes(cls, data: bytes) -> Item | None:
        """Read what :meth:`to_bytes` has written; None if it is anything else.

        Parameters
        ----------
        data : bytes
            As it stands in the store.
        """
        line, parted, content = data.partition(b"\n")
        try:
            head = json.loads(line)
            name, decided = head["name"], head["decided"]
            whole = hashlib.sha256(content).hexdigest() == head["sha256"]
            is_one = head["form"] == _FORM and bool(parted)
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        if not (is_one and whole and isinstance(name, str)):
            return None
        if not isinstance(decided, dict):
            return None
        return cls(name=name[:_LONGEST_NAME], content=content, decided=decided)


def new_id() -> str:
    """Return an id that nobody can guess."""
    return secrets.token_urlsafe(_BYTES)


def key_of(ident: str) -> str | None:
    """Return under what the store has an id; None if it is none.

    Parameters
    ----------
    ident : str
        As it stands in a link.
    """
    if not _ID.fullmatch(ident):
        return None
    return hashlib.sha256(ident.encode()).hexdigest()

"""Why a file is not read: told to the process that asked, which knows the words."""

from __future__ import annotations


class NotReadError(Exception):
    """A file is not read.

    Parameters
    ----------
    kind : str
        One of the kinds of :mod:`layers.own.refusals`.
    reason : str
        Key of a sentence there.
    details : str or int
        Values for the named places of the sentence.
    """

    def __init__(self, kind: str, reason: str, **details: str | int) -> None:
        self.kind, self.reason, self.details = kind, reason, details
        super().__init__(f"{kind}: {reason} {details}")

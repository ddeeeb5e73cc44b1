"""Why a file is not read: told to the process that asked, which knows the words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


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


@contextmanager
def damaged_unless_read(reason: str, **details: str) -> Iterator[None]:
    """Let whatever a library raises over a file mean that the file is damaged.

    What a library says of it is no promise: fiona lets errors of GDAL through that its
    own errors are no base of, and a panic of Rust is no ``Exception``.

    Parameters
    ----------
    reason : str
        Key of a sentence of :mod:`layers.own.refusals`.
    details : str
        Values for its named places.

    Raises
    ------
    NotReadError
        If so. What the reader itself refuses, memory and depth stay what they are.
    """
    try:
        yield
    except (NotReadError, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise NotReadError("damaged", reason, **details) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise NotReadError("damaged", reason, **details) from error

"""Zip archives that may have been made to harm: what comes out is counted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from layers.files.readback.faults import UnpackedTooLargeError

_MOST_ENTRIES: Final = 200
_PIECE: Final = 64 * 1024


class Archive:
    """An archive of which no more than a number of bytes is unpacked in all.

    Parameters
    ----------
    archive : zipfile.ZipFile
        Open for reading.
    limit : int
        Bytes, over all entries that are read.
    """

    def __init__(self, archive: zipfile.ZipFile, limit: int) -> None:
        self._archive = archive
        self._left = limit
        self.names: tuple[str, ...] = tuple(archive.namelist())
        if len(self.names) > _MOST_ENTRIES:
            raise UnpackedTooLargeError("too many entries")

    def read(self, name: str) -> bytes:
        """Unpack one entry in pieces, and stop at the limit.

        Its header may lie about its size, so the bytes are counted.
        """
        pieces = []
        with self._archive.open(name) as entry:
            while piece := entry.read(_PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise UnpackedTooLargeError(name)
                pieces.append(piece)
        return b"".join(pieces)

    def first(self, ending: str) -> str | None:
        """Return the first entry whose name ends so, in upper or lower case."""
        found = (name for name in self.names if name.lower().endswith(ending))
        return next(found, None)


@contextmanager
def opened(content: bytes, limit: int) -> Iterator[Archive]:
    """Open an archive in memory; nothing of it is written to a disk."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield Archive(archive, limit)

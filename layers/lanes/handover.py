"""Hand an edition to processes that work on it, as a file that each reads once.

The tables may have changed since the edition was built, or be faulty now: a process
that built it anew could work on another.
"""

from __future__ import annotations

import pickle
import tempfile
import threading
from pathlib import Path
from typing import Final

from geo.kept import packed
from layers.edition.edition import Edition

_MOST_FILES: Final = 3
"""Editions at one time: the one served, and those whose last work is still waiting."""


class Handover:
    """A folder of editions, readable by this user alone; it goes with the process."""

    def __init__(self) -> None:
        self._temporary = tempfile.TemporaryDirectory(
            prefix="atlas-editions-", ignore_cleanup_errors=True
        )
        self._folder = Path(self._temporary.name)
        self._lock = threading.Lock()
        self._files: dict[str, Path] = {}

    def file(self, edition: Edition) -> Path:
        """Return the file of an edition; the first who asks writes it."""
        with self._lock:
            if edition.digest not in self._files:
                while len(self._files) >= _MOST_FILES:
                    self._files.pop(next(iter(self._files))).unlink(missing_ok=True)
                file = self._folder / edition.digest
                part = file.with_suffix(".part")
                part.write_bytes(packed(edition.package))
                part.replace(file)
                self._files[edition.digest] = file
            return self._files[edition.digest]

    def close(self) -> None:
        """Remove the folder."""
        self._temporary.cleanup()


def unpacked(content: bytes) -> Edition:
    """Read what :func:`geo.kept.packed` wrote; of files of our own folder only."""
    return Edition(pickle.loads(content))  # noqa: S301 - written by this program

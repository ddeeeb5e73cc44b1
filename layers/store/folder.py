"""A store in a folder, which several servers may share: one file for each item."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_END: Final = ".own"
_PART: Final = ".part"
_STALE: Final = 3600
"""Seconds after which a file that was never finished is nobody's."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder.

    Attributes
    ----------
    path : Path
        Where it is; what else is in it stays as it is.
    """

    path: Path

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
        part = self.path / f"{key[:16]}-{secrets.token_hex(8)}{_PART}"
        # Nobody but the account of the server reads it.
        number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            # Unfinished files count: of two that are written at once, neither takes
            # the room of the other unseen.
            if sum(size for _, size, _ in self._files()) > most:
                return False
            part.replace(self.path / f"{key}{_END}")
            self._settle()
        finally:
            part.unlink(missing_ok=True)
        return True

    def read(self, key: str) -> tuple[bytes, float] | None:
        """Return an item and when it was written, in seconds; None if there is none.

        Parameters
        ----------
        key : str
            Of the item.
        """
        try:
            with (self.path / f"{key}{_END}").open("rb") as file:
                return file.read(), os.fstat(file.fileno()).st_mtime
        except FileNotFoundError:
            return None

    def remove(self, key: str) -> bool:
        """Remove an item; return whether it was there.

        Parameters
        ----------
        key : str
            Of the item.
        """
        try:
            (self.path / f"{key}{_END}").unlink()
        except FileNotFoundError:
            return False
        return True

    def tidy(self, before: float) -> None:
        """Remove items that are old, and what was never finished.

        Parameters
        ----------
        before : float
            Time in seconds: what was written earlier is old.
        """
        stale = time.time() - _STALE
        for path, _, written in self._files():
            if written < (before if path.suffix == _END else stale):
                path.unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[Path, int, float]]:
        for path in self.path.iterdir():
            if path.suffix in {_END, _PART}:
                # Another server may have removed it meanwhile.
                with contextlib.suppress(FileNotFoundError):
                    about = path.stat()
                    yield path, about.st_size, about.st_mtime

    def _settle(self) -> None:
        """Let the new name outlive a power cut, where the system knows how."""
        with contextlib.suppress(OSError):
            number = os.open(self.path, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)

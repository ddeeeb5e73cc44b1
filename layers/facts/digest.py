"""Which files make an edition of the tables, and a digest of what they hold."""

from __future__ import annotations

import hashlib
from pathlib import Path

from geo.folders import attributes_folder
from layers.facts.schema import DESCRIPTOR, read_descriptor


def described_files(directory: Path) -> list[Path]:
    """List descriptor and tables: the files that make an edition, and no others.

    Raises
    ------
    OSError, ValueError, LookupError, TypeError, AttributeError
        If the descriptor cannot be read or does not describe tables.
    """
    paths = {directory / table.path for table in read_descriptor(directory).values()}
    return [directory / DESCRIPTOR, *sorted(paths)]


def digest(directory: Path | None = None) -> str:
    """Return the SHA-256 over descriptor and the tables that it names, in order.

    A file beside them that the descriptor does not name, such as a copy, an editor's
    lock or a backup, changes nothing. A table that is missing counts as empty here.

    Raises
    ------
    OSError, ValueError, LookupError, TypeError, AttributeError
        As for :func:`described_files`.
    """
    total = hashlib.sha256()
    for path in described_files(directory or attributes_folder()):
        total.update(path.name.encode())
        if path.is_file():
            total.update(path.read_bytes())
    return total.hexdigest()

"""How large a file of others may be, and what reading it may cost.

Known to the process that reads as well as to the one that asks, so this imports
nothing of ours.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final

MEGABYTE: Final = 1024**2
ONE_THREAD: Final = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_IO_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
}
"""Environment of a process whose address space is limited: each thread reserves much of
it, and a file of some kilobytes was refused, once in sixty times, as too large."""

PREFIX: Final = "ATLAS_OWN_"
"""What the environment variables begin with: ``ATLAS_OWN_FILE_MB`` and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one reading; each may be set by an environment variable.

    Attributes
    ----------
    file_mb : int
        Megabytes of the file as it comes.
    unpacked_mb : int
        Megabytes of all that an archive holds (XLSX and ODS are archives too).
    memory_mb : int
        Megabytes of address space of the process that reads. Windows has no such
        limit.
    seconds : int
        Seconds of the processor that reading may take, and three times as many by
        the clock.
    rows, columns, cells : int
        Of one sheet or layer; cells are rows times columns.
    answer_mb : int
        Megabytes that the process that reads may hand back.
    vertices : int
        Of all shapes of a layer.
    drawn_kb : int
        Kilobytes that the shapes of a layer may take on the map.
    """

    file_mb: int = 20
    unpacked_mb: int = 200
    memory_mb: int = 1024
    seconds: int = 20
    rows: int = 100_000
    columns: int = 500
    cells: int = 2_000_000
    answer_mb: int = 64
    vertices: int = 2_000_000
    drawn_kb: int = 1500

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Limits:
        """Read the limits that are set; the others keep their defaults.

        Raises
        ------
        ValueError
            If one is no whole number above zero; the message names the variable.
        """
        chosen = {}
        for field in fields(cls):
            name = f"{PREFIX}{field.name.upper()}"
            text = environment.get(name, "").strip()
            if not text:
                continue
            if not text.isdecimal() or int(text) == 0:
                raise ValueError(f"{name} is a whole number above 0, not {text!r}")
            chosen[field.name] = int(text)
        return cls(**chosen)

    def to_dict(self) -> dict[str, int]:
        """Return the limits as plain data."""
        return asdict(self)

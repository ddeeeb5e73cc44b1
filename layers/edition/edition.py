"""The facts that the running application serves: loaded once, kept until better.

One process has one :class:`Atlas`. When the tables change on disk it is loaded again;
if the new tables have faults, the last good edition goes on being served and the
faults are shown.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from geo import boundaries
from geo.problems import DataFaultError, Problem
from layers.facts import package as packages
from layers.facts.county_table import county_table
from layers.facts.package import Package
from layers.select.choices import Choices
from layers.webmap.bundle import geometry_bundle

LOOK_EVERY_SECONDS: Final = 2.0
"""How often the files' dates are looked at; a look takes well under a millisecond."""


class Atlas:
    """One edition of the facts with everything that is derived from it once.

    Parameters
    ----------
    package : layers.facts.package.Package
        The checked facts.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self.choices = Choices.of(package)
        self._tables: dict[str, gpd.GeoDataFrame] = {}
        self._bundles: dict[str, bytes] = {}

    def counties(self, detail: str = "overview") -> gpd.GeoDataFrame:
        """Return the county table; shared, not to be changed."""
        if detail not in self._tables:
            self._tables[detail] = county_table(self.package, detail)
        return self._tables[detail]

    def bundle(self, detail: str = "overview") -> bytes:
        """Return geometry and records for the page, as JSON."""
        if detail not in self._bundles:
            content = geometry_bundle(self.package, self.counties(detail), detail)
            self._bundles[detail] = compact_json(content)
        return self._bundles[detail]

    @cached_property
    def digest(self) -> str:
        """Short hash of facts and boundaries: another edition, other addresses."""
        parts = [self.package.digest, boundaries.sha256("county", "overview")]
        parts.append(hashlib.sha256(self.bundle()).hexdigest())
        return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]


@dataclass
class Keeper:
    """Keeps the last good edition of a folder of tables.

    Attributes
    ----------
    problems : tuple of Problem
        Faults of the newest tables; empty while the edition served is the newest.
    """

    directory: Path = packages.DIRECTORY
    problems: tuple[Problem, ...] = ()
    _atlas: Atlas | None = field(default=None, repr=False)
    _seen: tuple[Any, ...] = field(default=(), repr=False)
    _next_look: float = field(default=0.0, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def atlas(self) -> Atlas:
        """Return the edition to serve.

        Raises
        ------
        geo.problems.DataFaultError
            If the tables have faults and there is no earlier edition.
        """
        with self._lock:
            now = time.monotonic()
            if self._atlas is None or now >= self._next_look:
                self._next_look = now + LOOK_EVERY_SECONDS
                self._look()
            assert self._atlas is not None
            return self._atlas

    def _look(self) -> None:
        seen = tuple(
            (path.name, stat.st_mtime_ns, stat.st_size)
            for path in sorted(self.directory.iterdir())
            for stat in [path.stat()]
        )
        if seen == self._seen:
            return
        self._seen = seen
        if (
            self._atlas
            and packages.digest(self.directory) == self._atlas.package.digest
        ):
            self.problems = ()
            return
        try:
            self._atlas = Atlas(packages.load(self.directory))
            self.problems = ()
        except (DataFaultError, OSError, ValueError) as error:
            if self._atlas is None:
                raise
            self.problems = getattr(error, "problems", ())


KEEPER: Final = Keeper()


def compact_json(content: object) -> bytes:
    """Write JSON without spaces, in UTF-8, refusing NaN."""
    text = json.dumps(
        content, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return text.encode()

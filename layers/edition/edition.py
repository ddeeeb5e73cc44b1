"""One edition of the facts, with everything that is derived from it once."""

from __future__ import annotations

import hashlib
import json
import weakref
from functools import cached_property

import geopandas as gpd

from geo.kept import kept_with_owner
from layers.facts.county_table import county_table, with_added
from layers.facts.package import Package
from layers.select.choices import Choices
from layers.webmap.bundle import geometry_bundle


class Edition:
    """One edition of the facts with everything that is derived from it once.

    What is derived lies in the edition itself and goes when it goes: a process may
    hold several editions, of several folders.

    Parameters
    ----------
    package : layers.facts.package.Package
        The checked facts.
    base : Edition, optional
        One to whose facts those of a session were added: what is common to both is
        taken from it as long as it is there.

    Attributes
    ----------
    choices : layers.select.selection.Choices
        What can be asked of it.
    """

    def __init__(self, package: Package, base: Edition | None = None) -> None:
        self.package = package
        # A session that rests must not keep an edition that is served no more.
        self._base = base and weakref.ref(base)
        self.choices = Choices.of(package)

    @kept_with_owner
    def counties(self, detail: str = "overview") -> gpd.GeoDataFrame:
        """Return the county table; shared, not to be changed."""
        base = self._base() if self._base else None
        if base is not None:
            return with_added(base.counties(detail), self.package)
        return county_table(self.package, detail)

    @kept_with_owner
    def bundle(self, detail: str = "overview") -> bytes:
        """Return geometry and records for the page, as JSON."""
        content = geometry_bundle(self.package, self.counties(detail), detail)
        return compact_json(content)

    @cached_property
    def digest(self) -> str:
        """Short hash of facts and boundaries: another edition, other addresses."""
        parts = [self.package.digest, self.package.boundaries.digest]
        parts.append(hashlib.sha256(self.bundle()).hexdigest())
        return hashlib.sha256("".join(parts).encode()).hexdigest()[:16]


def compact_json(content: object) -> bytes:
    """Write JSON without spaces, in UTF-8, refusing NaN."""
    text = json.dumps(
        content, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return text.encode()

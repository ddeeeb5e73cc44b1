"""On what terms files may be used, as links that programs follow."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from geo.kept import kept_with_owner
from layers.facts.package import Package
from layers.facts.schema import DESCRIPTOR


@dataclass(frozen=True, slots=True)
class Term:
    """A licence, or terms in words.

    Attributes
    ----------
    title : str
        What it is called.
    address : str
        Where it can be read.
    subject : {"attributes", "boundaries"}
        To what it applies.
    """

    title: str
    address: str
    subject: str


@kept_with_owner
def terms(package: Package) -> tuple[Term, ...]:
    """Return the terms of a package that have an address, as its descriptors say.

    Parameters
    ----------
    package : layers.facts.package.Package
        Checked facts: both descriptors can be read.
    """
    return (
        *_of(package.boundaries.directory, "boundaries"),
        *_of(package.directory, "attributes"),
    )


def _of(directory: Path, subject: str) -> list[Term]:
    descriptor = json.loads((directory / DESCRIPTOR).read_text("utf-8"))
    return [
        Term(licence["title"], licence["path"], subject)
        for licence in descriptor["licenses"]
        if licence.get("path")
    ]

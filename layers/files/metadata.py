"""What a file of counties says of itself: selection, sources, terms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd

from geo import boundaries
from geo.language import LANGUAGES
from layers.facts import package as attributes
from layers.facts.catalogue import Programme, Source
from layers.facts.package import Package
from layers.facts.schema import DESCRIPTOR
from layers.files.features import EVIDENCE, within
from layers.select.selection import Selection
from layers.themes.themes import Way, view_parameters

BOUNDARY_SOURCE: Final = "boundaries"
"""Id of the boundaries among the sources of a file; those of the tables are S00, …"""

_ISO_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def metadata(
    package: Package,
    features: pd.DataFrame,
    selection: Selection,
    *,
    count_total: int,
    detail: str = "full",
    programme: str | None = None,
    made_on: date | None = None,
    address: str | None = None,
    way: Way = "programmes",
) -> dict[str, Any]:
    """Say what a file of features is, on what it rests and on what terms.

    Parameters
    ----------
    package, selection, detail, programme, made_on, address
        As for :func:`layers.files.export.export`.
    features : pandas.DataFrame
        What :func:`layers.files.features.feature_table` gave for the same arguments.
    count_total : int
        How many counties there are to select from.
    way : str
        Way of seeing, a key of :data:`layers.themes.themes.WAYS`, for the link.

    Returns
    -------
    dict of str to Any
        Fit for JSON; ``docs/geojson.md`` says what each member is. ``selection`` and
        ``query`` include the condition that `programme` adds. ``link`` only with an
        `address`, ``made_on`` only with a day.

    Raises
    ------
    layers.select.selection.SelectionError
        If `selection` or `programme` names something that does not exist.
    geo.boundaries.BoundaryFileError
        If the descriptor of the boundaries is missing or damaged.
    """
    chosen = within(package, selection, programme)
    words = {language: chosen.say(language, package) for language in LANGUAGES}
    named = {*chosen.all_of, *chosen.any_of, *chosen.areas, *chosen.none_of}
    programmes = [p for p in package.programmes.values() if p.id in named]
    used = {
        source
        for evidence in features[EVIDENCE]
        for told in evidence
        for source in told["source"]
    }.union(*(p.source for p in programmes))
    sources = [source for source in package.sources.values() if source.id in used]
    drawn = boundaries.metadata()
    terms = _descriptor(attributes.DIRECTORY / DESCRIPTOR)["licenses"]

    about: dict[str, Any] = {
        "title": _names(package.programmes[programme]) if programme else words,
        "programme": programme,
        "selection": words,
        "query": chosen.to_query(),
        **({"link": link(address, chosen, way)} if address else {}),
        "count": len(features),
        "count_total": count_total,
        "programmes": [_completeness(p) for p in programmes],
        "sources": [*map(reference, sources), boundary_reference()],
        "data_date": _latest(source.date for source in sources),
        "boundary_vintage": drawn.vintage,
        "boundary_detail": detail,
        "credit": {"zh": drawn.credit_zh, "en": drawn.credit_en},
        "licence": {
            "boundaries": drawn.licence,
            "attributes": "; ".join(term["title"] for term in terms),
        },
        "data_digest": package.digest,
    }
    if made_on is not None:
        about["made_on"] = made_on.isoformat()
    return about


def link(address: str, selection: Selection, way: Way = "programmes") -> str:
    """Return where an atlas at an address shows a selection, in one way of seeing.

    Examples
    --------
    >>> link("http://atlas.example/gis/", Selection(any_of=("deep_poverty",)))
    'http://atlas.example/gis/?any=deep_poverty'
    """
    # Commas as they are: shorter where the link is printed.
    query = urlencode(view_parameters(selection, way), safe=",")
    return f"{address.rstrip('/')}/{'?' if query else ''}{query}"


def _completeness(programme: Programme) -> dict[str, Any]:
    """Say how completely the members of a programme are known."""
    return {
        "id": programme.id,
        "name": _names(programme),
        "stated_count": programme.stated_count,
        "named_count": programme.named_count,
        "completeness": programme.completeness,
        "basis": programme.basis,
        "source": list(programme.source),
    }


def _names(programme: Programme) -> dict[str, str]:
    return {language: programme.name(language) for language in LANGUAGES}


def reference(source: Source) -> dict[str, Any]:
    """Cite a source of the tables."""
    return {
        "id": source.id,
        "title": {language: source.title(language) for language in LANGUAGES},
        "publisher": source.publisher or None,
        "date": source.date or None,
        "url": source.url or None,
    }


def boundary_reference() -> dict[str, Any]:
    """Cite the boundaries like a source of the tables."""
    described = _descriptor(boundaries.DIRECTORY / boundaries.DESCRIPTOR)
    drawn = boundaries.metadata()
    return {
        "id": BOUNDARY_SOURCE,
        "title": {language: described["titles"][language] for language in LANGUAGES},
        "publisher": described["sources"][0]["title"],
        "date": drawn.vintage,
        "url": drawn.source_url,
    }


def _latest(dates: Iterable[str]) -> str | None:
    """Give the latest of those dates that are ISO dates.

    Some documents bear none, and their entry says so in words; a month or a year is an
    ISO date as well, and sorts before the days in it.
    """
    return max(filter(_ISO_DATE.fullmatch, dates), default=None)


@cache
def _descriptor(file: Path) -> dict[str, Any]:
    """Read what a data package says of itself."""
    return dict(json.loads(file.read_text(encoding="utf-8")))

"""A selection as a file: which counties, by whose word, and what the file is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo import boundaries
from geo import export as files
from geo.language import LANGUAGES, Language, speaker
from layers import package as attributes
from layers.catalogue import Programme, Source
from layers.join import Membership, memberships
from layers.package import Package
from layers.selection import (
    PARAMETERS,
    Choices,
    Rejected,
    Selection,
    SelectionError,
)

COUNTY_PROPERTIES: Final = (
    "name",
    "name_en",
    "published_name",
    "prefecture_adcode",
    "prefecture",
    "area_km2",
    "category",
    "partner_adcode",
    "partner",
    "exit_year",
)
"""Properties of a county between its ``adcode`` and the programmes."""

EVIDENCE: Final = "evidence"
"""The last property: who says that the county is in its programmes."""

BOUNDARY_SOURCE: Final = "boundaries"
"""Id of the boundaries among the sources of a file; those of the tables are S00, …"""

_TRANSLATED: Final = ("prefecture", "partner")
_ISO_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file that is ready to be saved or sent.

    Attributes
    ----------
    content : bytes
        The file.
    media_type : str
        For the ``Content-Type`` of an answer.
    file_name : str
        Of ASCII letters, digits, ``_`` and ``.`` only.
    """

    content: bytes
    media_type: str
    file_name: str


def export(
    package: Package,
    counties: pd.DataFrame,
    selection: Selection,
    *,
    format: str = "geojson",  # noqa: A002 - the word that everybody uses for it
    detail: str = "full",
    language: Language = "zh",
    programme: str | None = None,
    made_on: date | None = None,
) -> Export:
    """Write the counties of a selection as a file.

    Parameters
    ----------
    package : layers.package.Package
        The checked facts.
    counties : pandas.DataFrame
        The county table of :func:`layers.join.county_table`, of either detail.
    selection : Selection
        Which counties.
    format : str
        A key of :data:`geo.export.FORMATS`.
    detail : {"full", "overview"}
        Detail of the geometry.
    language : {"zh", "en"}
        Of the properties ``prefecture``, ``partner`` and of the details in
        ``evidence``.
    programme : str, optional
        Id of the programme that the file is about. It gives the title, and only its
        members are written; `selection` narrows them.
    made_on : datetime.date, optional
        Day to be written into the file. Without it the same facts and selection give
        the same bytes.

    Returns
    -------
    Export
        The file with its media type and a name for it.

    Raises
    ------
    layers.selection.SelectionError
        If `selection` or `programme` names something that does not exist.
    ValueError
        If there is no such format, detail or language.
    """
    form = files.format_of(format)
    features = feature_table(
        package,
        counties,
        selection,
        detail=detail,
        language=language,
        programme=programme,
    )
    about = metadata(
        package,
        features,
        selection,
        count_total=len(counties),
        detail=detail,
        programme=programme,
        made_on=made_on,
    )
    subject = programme or _subject(selection)
    generalised = "" if detail == "full" else f"_{detail}"
    return Export(
        content=files.write(features, form.id, about),
        media_type=form.media_type,
        file_name=f"hebei_{subject}_{len(features)}{generalised}{form.suffix}",
    )


def feature_table(
    package: Package,
    counties: pd.DataFrame,
    selection: Selection,
    *,
    detail: str = "full",
    language: Language = "zh",
    programme: str | None = None,
) -> gpd.GeoDataFrame:
    """Give the counties of a selection as they are written to files.

    Parameters
    ----------
    package, counties, selection, detail, language, programme
        As for :func:`export`.

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed by ``adcode``, in the order of `counties`. Columns: those of
        `COUNTY_PROPERTIES` (text missing where nothing is known, never ``""``;
        ``area_km2`` in square kilometres; ``exit_year`` Int64), a bool a programme,
        ``evidence`` (a list of dicts, one a membership) and ``geometry`` in
        EPSG:4326.

    Raises
    ------
    layers.selection.SelectionError
        If `selection` or `programme` names something that does not exist.
    ValueError
        If there is no such detail or language.
    """
    say = speaker(language)
    chosen = counties.loc[_within(package, selection, programme).apply(counties)]
    table = pd.DataFrame(index=chosen.index)
    for name in COUNTY_PROPERTIES:
        values = chosen[name]
        if name in _TRANSLATED:
            pairs = zip(values, chosen[f"{name}_en"], strict=True)
            values = pd.Series(
                [say.pick(*pair) for pair in pairs], values.index, dtype="str"
            )
        if pd.api.types.is_string_dtype(values):
            values = values.mask(values == "")
        table[name] = values
    for identifier in package.programmes:
        table[identifier] = chosen[identifier]
    told = _evidence(memberships(package), language)
    table[EVIDENCE] = pd.Series(
        [told.get(adcode, []) for adcode in table.index], table.index, dtype="object"
    )
    drawn = boundaries.load("county", detail).geometry
    return gpd.GeoDataFrame(table, geometry=drawn.loc[table.index], crs=drawn.crs)


def metadata(
    package: Package,
    features: pd.DataFrame,
    selection: Selection,
    *,
    count_total: int,
    detail: str = "full",
    programme: str | None = None,
    made_on: date | None = None,
) -> dict[str, Any]:
    """Say what a file of features is, on what it rests and on what terms.

    Parameters
    ----------
    package, selection, detail, programme, made_on
        As for :func:`export`.
    features : pandas.DataFrame
        What :func:`feature_table` gave for the same arguments.
    count_total : int
        How many counties there are to select from.

    Returns
    -------
    dict of str to Any
        Fit for JSON; ``docs/geojson.md`` says what each member is. ``selection`` and
        ``query`` include the condition that `programme` adds.

    Raises
    ------
    layers.selection.SelectionError
        If `selection` or `programme` names something that does not exist.
    geo.boundaries.BoundaryFileError
        If the descriptor of the boundaries is missing or damaged.
    """
    chosen = _within(package, selection, programme)
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
    terms = _descriptor(attributes.DIRECTORY / attributes.DESCRIPTOR)["licenses"]

    about: dict[str, Any] = {
        "title": _names(package.programmes[programme]) if programme else words,
        "programme": programme,
        "selection": words,
        "query": chosen.to_query(),
        "count": len(features),
        "count_total": count_total,
        "programmes": [_completeness(p) for p in programmes],
        "sources": [*map(_reference, sources), _boundary_reference()],
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


def _within(package: Package, selection: Selection, programme: str | None) -> Selection:
    """Narrow a selection to a programme; refuse what does not exist."""
    choices = Choices.of(package)
    asked = [
        (name, value, choices.for_field(field))
        for field, name in PARAMETERS.items()
        for value in getattr(selection, field)
    ]
    if programme is not None:
        asked.append(("programme", programme, choices.programmes))
    rejected = [
        Rejected(parameter=name, value=value, allowed=allowed)
        for name, value, allowed in asked
        if value not in allowed
    ]
    if rejected:
        raise SelectionError(rejected)
    if programme is None:
        return selection
    return replace(selection, all_of=(*selection.all_of, programme))


def _subject(selection: Selection) -> str:
    """Give a short word for a selection: its programme if it asks for just one."""
    if not selection:
        return "counties"
    values = [v for field in fields(selection) for v in getattr(selection, field.name)]
    return selection.shown[0] if [*selection.shown] == values else "selection"


def _evidence(
    members: Iterable[Membership], language: Language
) -> dict[str, list[dict[str, Any]]]:
    """Sort what is said of memberships under the adcodes of today."""
    say = speaker(language)
    told: dict[str, list[dict[str, Any]]] = {}
    for member in members:
        told.setdefault(member.adcode, []).append(
            {
                "programme": member.programme,
                "published_name": member.published_name,
                "published_adcode": member.published_adcode,
                "detail": say.pick(member.detail_zh, member.detail_en) or None,
                "source": list(member.source),
                "section": member.section or None,
                "confidence": member.confidence,
            }
        )
    return told


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


def _reference(source: Source) -> dict[str, Any]:
    """Cite a source of the tables."""
    return {
        "id": source.id,
        "title": {language: source.title(language) for language in LANGUAGES},
        "publisher": source.publisher or None,
        "date": source.date or None,
        "url": source.url or None,
    }


def _boundary_reference() -> dict[str, Any]:
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

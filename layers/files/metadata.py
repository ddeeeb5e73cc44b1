"""What a file of counties says of itself: selection, sources, terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import pandas as pd

from geo.language import LANGUAGES, N_, Language, speaker
from layers.facts.columns import EVIDENCE
from layers.facts.package import Package
from layers.facts.sources import Source
from layers.facts.territory import ground_notes
from layers.facts.variables import Variable
from layers.files.features import within
from layers.files.registry import completeness_of, described_variables, names_of
from layers.select.choices import PROGRAMME_FIELDS
from layers.select.classing import USUAL_CLASSING
from layers.select.selection import Selection
from layers.themes.open_lists import open_lists
from layers.themes.themes import USUAL, theme_of, view_parameters

BOUNDARY_SOURCE: Final = "boundaries"
"""Id of the boundaries among the sources of a file; those of the tables are S00, …"""

_SUBJECTS: Final = (N_("counties"), N_("administrative divisions"), N_("planning"))

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
    theme: str = USUAL,
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
    theme : str
        Way of seeing, what :func:`layers.themes.themes.theme_of` knows, for the link,
        and for the classes of a number.

    Returns
    -------
    dict of str to Any
        Fit for JSON; ``docs/geojson.md`` says what each member is. ``selection`` and
        ``query`` include the condition that `programme` adds. ``link`` only with an
        `address`, ``made_on`` only with a day.

    Raises
    ------
    layers.select.rejected.SelectionError
        If `selection` or `programme` names something that does not exist.
    geo.boundaries.BoundaryFileError
        If the descriptor of the boundaries is missing or damaged.
    """
    chosen = within(package, selection, programme)
    words = {lang: chosen.sentence(lang, package) for lang in LANGUAGES}
    programmes = _asked_programmes(package, chosen)
    with_values = _with_values(package, features)
    sources = _sources(package, features, [*programmes, *with_values])
    drawn = package.boundaries.metadata()
    told = [*map(str, features.index)]

    about: dict[str, Any] = {
        "title": names_of(package.programmes[programme]) if programme else words,
        "programme": programme,
        "selection": words,
        "query": chosen.to_query(),
        **({"link": link(address, chosen, theme)} if address else {}),
        **_classes(package, theme),
        "count": len(features),
        "count_total": count_total,
        "programmes": [completeness_of(p) for p in programmes],
        "variables": described_variables(package),
        "sources": [*map(reference, sources), boundary_reference(package)],
        "open_lists": {
            lang: [*open_lists(package, chosen, lang)] for lang in LANGUAGES
        },
        "other_territory": {
            lang: [*ground_notes(package, package.variables, told, speaker(lang))]
            for lang in LANGUAGES
        },
        "data_date": _latest(_dates(package, features, [*programmes, *with_values])),
        "boundary_vintage": drawn.vintage,
        "boundary_detail": detail,
        "credit": {"zh": drawn.credit_zh, "en": drawn.credit_en},
        "licence": {
            "boundaries": drawn.licence,
            "attributes": package.licence,
        },
        "keywords": _keywords(package, programmes),
        "data_digest": package.digest,
    }
    if made_on is not None:
        about["made_on"] = made_on.isoformat()
    return about


def _classes(package: Package, theme: str) -> dict[str, Any]:
    """Return how a number is parted into classes, where somebody has chosen it."""
    seen = theme_of(package, theme)
    if seen is None or seen.classing == USUAL_CLASSING:
        return {}
    values = [
        float(value.value)
        for own in package.values_by_county(seen.variables[0]).values()
        for value in own
        if value.is_known
    ]
    bounds = seen.classing.bounds(values)
    words = {
        lang: f"{seen.title(lang)}{speaker(lang).pick('：', ': ')}"
        f"{seen.classing.said(speaker(lang))}"
        for lang in LANGUAGES
    }
    told = {
        "variable": seen.variables[0],
        "method": seen.classing.called,
        # The last class has no bound but the greatest value.
        "breaks": [b for b in bounds if b < max(values, default=b)],
        "said": words,
    }
    return {"classes": told}


def _keywords(package: Package, programmes: Iterable[Variable]) -> dict[str, list[str]]:
    """Return words by which catalogues find a file: place, subject, programmes."""
    province = package.divisions.province
    return {
        language: [
            package.divisions.called(province.adcode, language),
            *(speaker(language)(word) for word in _SUBJECTS),
            *(programme.name(language) for programme in programmes),
        ]
        for language in LANGUAGES
    }


def link(address: str, selection: Selection, theme: str = USUAL) -> str:
    """Return where an atlas at an address shows a selection, in one theme.

    Parameters
    ----------
    address : str
        Where the atlas is served.
    selection : Selection
        Which counties.
    theme : str, optional
        What :func:`layers.themes.themes.theme_of` knows.

    Examples
    --------
    >>> link("http://atlas.example/gis/", Selection(any_of=("deep_poverty",)))
    'http://atlas.example/gis/?any=deep_poverty'
    """
    # Commas as they are: shorter where the link is printed.
    query = urlencode(view_parameters(selection, theme), safe=",")
    return f"{address.rstrip('/')}/{'?' if query else ''}{query}"


def reference(source: Source) -> dict[str, Any]:
    """Cite a source of the tables."""
    return {
        "id": source.id,
        "title": {language: source.title(language) for language in LANGUAGES},
        "publisher": {language: source.publisher(language) for language in LANGUAGES}
        if source.publisher_zh
        else None,
        "date": source.date or None,
        "url": source.url or None,
    }


def citation(cited: Mapping[str, Any], language: Language) -> tuple[str, ...]:
    """Return title, publisher and date of what is cited, as far as it has them.

    Parameters
    ----------
    cited : mapping
        What :func:`reference` or :func:`boundary_reference` gave.
    language : {"zh", "en"}
        Language of the texts.
    """
    publisher = (cited["publisher"] or {}).get(language)
    return tuple(filter(None, (cited["title"][language], publisher, cited["date"])))


def boundary_reference(package: Package) -> dict[str, Any]:
    """Cite the boundaries like a source of the tables."""
    drawn = package.boundaries.metadata()
    return {
        "id": BOUNDARY_SOURCE,
        "title": {"zh": drawn.title_zh, "en": drawn.title_en},
        "publisher": {"zh": drawn.publisher_zh, "en": drawn.publisher_en},
        "date": drawn.vintage,
        "url": drawn.source_url,
    }


def _asked_programmes(package: Package, selection: Selection) -> list[Variable]:
    """Return the programmes that a selection names, excluded ones too."""
    asked = {
        value
        for field, values in selection.asked()
        if field in PROGRAMME_FIELDS or field in package.groups
        for value in values
    }
    return [p for p in package.programmes.values() if p.id in asked]


def _with_values(package: Package, features: pd.DataFrame) -> list[Variable]:
    """Return the variables that say something of a county of the file.

    "No" is a value: it rests on the list that does not name the county.
    """
    return [v for v in package.variables.values() if features[v.id].notna().any()]


def _sources(
    package: Package, features: pd.DataFrame, variables: Iterable[Variable]
) -> list[Source]:
    used = {source for variable in variables for source in variable.source}
    for evidence in features[EVIDENCE]:
        used.update(source for statement in evidence for source in statement["source"])
    return [source for source in package.sources.values() if source.id in used]


def _dates(
    package: Package, features: pd.DataFrame, variables: Iterable[Variable]
) -> Iterable[str]:
    """Yield when the lists of a file were made, and of which days its values speak.

    A report of later years that only bears a value out makes it no newer.
    """
    for variable in variables:
        if variable.kind == "number":
            yield variable.period.rpartition("/")[2]
        elif variable.basis == "stated":
            yield from (package.sources[source].date for source in variable.source)
    for evidence in features[EVIDENCE]:
        for statement in evidence:
            if isinstance(statement["value"], dict):
                yield statement["value"]["latest"] or ""


def _latest(dates: Iterable[str]) -> str | None:
    """Give the latest of those dates that are ISO dates.

    Some documents bear none, and their entry says so in words; a month or a year is an
    ISO date as well, and sorts before the days in it.
    """
    return max(filter(_ISO_DATE.fullmatch, dates), default=None)

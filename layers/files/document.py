"""A selection as a document: the table, and all that travels with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.export.document import Field, Note, Theme
from geo.language import LANGUAGES, N_, Language, speaker
from layers.facts.package import Package
from layers.files.features import EVIDENCE
from layers.files.metadata import boundary_reference, reference
from layers.select.selection import Selection
from layers.themes.palette import SELECTED
from layers.themes.style import texture_of

PROGRAMMES: Final = "programmes"
SOURCES: Final = "sources"
MEMBERSHIPS: Final = "memberships"
"""Names of the tables beside the counties."""

TOLD_IN: Final = {EVIDENCE: MEMBERSHIPS}
PLAIN_COLOUR: Final = SELECTED

_MEMBERSHIP_COLUMNS: Final = (
    "adcode",
    "programme",
    "published_name",
    "published_adcode",
    "detail",
    "source",
    "section",
    "confidence",
)
_BETWEEN_SOURCES: Final = ";"
_DETAILS: Final = {
    "full": N_("full, as published"),
    "overview": N_("overview, generalised"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Described:
    """A column of every file; label and meaning are message ids."""

    short: str
    label: str
    meaning: str = ""


_COLUMNS: Final[Mapping[str, _Described]] = {
    "adcode": _Described(
        short="adcode",
        label=N_("Adcode"),
        meaning=N_("Six-digit code, GB/T 2260, as of the boundary vintage"),
    ),
    "name": _Described(short="name", label=N_("Name"), meaning=N_("Name of today")),
    "name_en": _Described(
        short="name_en",
        label=N_("Name in Latin letters"),
        meaning=N_("Name of today, in Latin letters"),
    ),
    "published_name": _Described(
        short="publ_name",
        label=N_("Name in the sources"),
        meaning=N_("Name or names under which the sources list it"),
    ),
    "prefecture_adcode": _Described(
        short="pref_code", label=N_("Code of the prefecture")
    ),
    "prefecture": _Described(short="prefecture", label=N_("Prefecture")),
    "area_km2": _Described(
        short="area_km2",
        label=N_("Area (km²)"),
        meaning=N_(
            "On the WGS 84 ellipsoid, of the full boundaries, also in files with "
            "generalised ones"
        ),
    ),
    "category": _Described(short="category", label=N_("Kind of poor county")),
    "partner_adcode": _Described(
        short="partn_code", label=N_("Code of the partner city")
    ),
    "partner": _Described(
        short="partner",
        label=N_("Partner city"),
        meaning=N_("City that the county is paired with"),
    ),
    "exit_year": _Described(
        short="exit_year",
        label=N_("Year of exit"),
        meaning=N_("Year in which the exit from poverty status was approved"),
    ),
    EVIDENCE: _Described(
        short=EVIDENCE,
        label=N_("Evidence"),
        meaning=N_("Who says that the county is in its programmes, as JSON"),
    ),
}


def described_columns(package: Package) -> tuple[Field, ...]:
    """Say what each column of a file is called and means, in both languages."""
    fields = [
        Field(
            name=name,
            short=column.short,
            **_both("label", column.label),
            **_meaning(package, name, column),
        )
        for name, column in _COLUMNS.items()
    ]
    fields += [
        Field(
            name=programme.id,
            label_zh=programme.name("zh"),
            label_en=programme.name("en"),
            meaning_zh=programme.definition("zh"),
            meaning_en=programme.definition("en"),
        )
        for programme in package.programmes.values()
    ]
    return tuple(fields)


def companions(
    package: Package, features: gpd.GeoDataFrame, about: Mapping[str, Any]
) -> dict[str, pd.DataFrame]:
    """Return the tables beside the counties: programmes, memberships, sources.

    Every programme that has a column is there, every membership of the counties, and
    every source that these or the metadata cite.
    """
    members = [
        {"adcode": adcode, **told, "source": _BETWEEN_SOURCES.join(told["source"])}
        for adcode, evidence in features[EVIDENCE].items()
        for told in evidence
    ]
    cited = {source["id"] for source in about["sources"]}
    cited.update(s for p in package.programmes.values() for s in p.source)
    rows = [reference(s) for s in package.sources.values() if s.id in cited]
    return {
        PROGRAMMES: _programmes(package),
        MEMBERSHIPS: _text_table(members, _MEMBERSHIP_COLUMNS),
        SOURCES: _text_table(
            (
                {
                    **row,
                    **{f"title_{lang}": row["title"][lang] for lang in LANGUAGES},
                }
                for row in [*rows, boundary_reference(package)]
            ),
            ("id", "title_zh", "title_en", "publisher", "date", "url"),
        ),
    }


def themes(
    package: Package, selection: Selection, language: Language
) -> tuple[Theme, ...]:
    """Return the programmes that a selection asks for, as a file draws them."""
    shown = [p for p in package.programmes.values() if p.id in selection.shown]
    return tuple(
        Theme(
            column=programme.id,
            name=programme.name(language),
            colour=programme.colour,
            hatched=texture_of(programme) == "hatch",
            description=programme.definition(language),
        )
        for programme in shown
    )


def notes(about: Mapping[str, Any], language: Language) -> tuple[Note, ...]:
    """Say the metadata of a file for people, in one language."""
    say = speaker(language)
    terms = about["licence"]
    detail = _DETAILS[about["boundary_detail"]]
    said = {
        "title": (N_("Title"), about["title"][language]),
        "selection": (N_("Selection"), about["selection"][language]),
        "query": (N_("Selection as a query"), about["query"]),
        "link": (N_("Link to the selection"), about.get("link")),
        "count": (
            N_("Number of counties"),
            say(
                N_("{n} of {total} counties"),
                n=about["count"],
                total=about["count_total"],
            ),
        ),
        "data_date": (N_("Date of the data"), about["data_date"]),
        "boundary_vintage": (N_("Boundary vintage"), about["boundary_vintage"]),
        "boundary_detail": (
            N_("Detail of the boundaries"),
            say(detail),
        ),
        "crs": (N_("Coordinate system"), about.get("crs")),
        "credit": (N_("Credit"), about["credit"][language]),
        "licence": (N_("Terms"), f"{terms['attributes']}; {terms['boundaries']}"),
        "sources": (
            N_("Sources"),
            "\n".join(_cited(source, language) for source in about["sources"]),
        ),
        "data_digest": (N_("Data digest"), about["data_digest"]),
        "made_on": (N_("Made on"), about.get("made_on")),
    }
    return tuple(
        Note(key=key, label=say(label), text=str(text))
        for key, (label, text) in said.items()
        if text is not None
    )


def _cited(source: Mapping[str, Any], language: Language) -> str:
    parts = (source["publisher"], source["date"], source["url"])
    told = ", ".join(part for part in parts if part)
    return f"{source['id']} {source['title'][language]}" + (
        f" ({told})" if told else ""
    )


def _programmes(package: Package) -> pd.DataFrame:
    rows = [
        {
            "id": p.id,
            "name_zh": p.name_zh,
            "name_en": p.name_en,
            "group": p.group,
            "kind": p.kind,
            "colour": p.colour,
            "stated_count": p.stated_count,
            "named_count": p.named_count,
            "completeness": p.completeness,
            "basis": p.basis,
            "definition_zh": p.definition_zh,
            "definition_en": p.definition_en,
            "source": _BETWEEN_SOURCES.join(p.source),
            "section": p.section,
        }
        for p in package.programmes.values()
    ]
    counts = dict.fromkeys(("stated_count", "named_count"), "Int64")
    return _text_table(rows).astype(counts)


def _text_table(
    rows: Iterable[Mapping[str, Any]], columns: Iterable[str] | None = None
) -> pd.DataFrame:
    """Return rows as a table of text, None where nothing is known."""
    names = None if columns is None else [*columns]
    table = pd.DataFrame([*rows], columns=names, dtype="object")
    return table.where(table.notna() & (table != ""), None)


def _both(part: str, message: str) -> dict[str, str]:
    return {f"{part}_{lang}": speaker(lang)(message) for lang in LANGUAGES}


def _meaning(package: Package, name: str, column: _Described) -> dict[str, str]:
    """Return what a column means; of a coded one, what each code does."""
    if name != "category":
        return _both("meaning", column.meaning)
    labels = package.descriptions[MEMBERSHIPS].field(name).labels
    return {
        f"meaning_{lang}": say.clauses(
            f"{c}: {say(text)}" for c, text in labels.items()
        )
        for lang in LANGUAGES
        for say in [speaker(lang)]
    }

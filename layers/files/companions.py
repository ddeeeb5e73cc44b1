"""The tables that travel beside the counties: registry, statements, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.language import LANGUAGES, Language, speaker
from layers.facts.columns import EVIDENCE, in_column_order
from layers.facts.package import Package
from layers.facts.value_texts import STANDINGS
from layers.facts.variables import Variable
from layers.files.metadata import boundary_reference, reference
from layers.files.places import codes

VARIABLES: Final = "variables"
CLASSES: Final = "classes"
STATEMENTS: Final = EVIDENCE
SOURCES: Final = "sources"
CODES: Final = "codes"
"""Names of the tables beside the counties. That of the statements is the column's that
holds the same in other formats; ``values`` would be a word of SQL."""

STATEMENT_COLUMNS: Final = (
    "adcode",
    "variable",
    "variable_name",
    "value",
    "value_label",
    "earliest",
    "latest",
    "standing",
    "standing_label",
    "published_name",
    "published_adcode",
    "detail",
    "source",
    "section",
    "confidence",
    "confidence_label",
)
"""Columns of the statements; `earliest` and `latest` are those of a date."""

_BETWEEN_SOURCES: Final = ";"


def companions(
    package: Package,
    features: gpd.GeoDataFrame,
    about: Mapping[str, Any],
    language: Language,
) -> dict[str, pd.DataFrame]:
    """Return the tables beside the counties.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    features : geopandas.GeoDataFrame
        What :func:`layers.files.features.feature_table` gave.
    about : mapping
        What :func:`layers.files.metadata.metadata` gave for them.
    language : {"zh", "en"}
        Of what stands beside codes.

    Returns
    -------
    dict of str to pandas.DataFrame
        `VARIABLES`, every variable that has a column, with its `CLASSES`;
        `STATEMENTS`, a row a statement of the evidence (see `STATEMENT_COLUMNS`);
        `SOURCES`, every source that these or the metadata cite, the boundaries last;
        `CODES`, every code under which a table of some year has one of the counties.
    """
    statements = [
        _row(adcode, statement, package, language)
        for adcode, evidence in features[EVIDENCE].items()
        for statement in evidence
    ]
    variables = in_column_order(package.variables)
    cited = {source["id"] for source in about["sources"]}
    cited.update(source for variable in variables for source in variable.source)
    sources = [reference(s) for s in package.sources.values() if s.id in cited]
    return {
        VARIABLES: _variables(variables),
        CLASSES: _text_table(
            (
                {
                    "variable": variable.id,
                    "value": known.value,
                    "name_zh": known.name_zh,
                    "name_en": known.name_en,
                }
                for variable in variables
                for known in variable.classes
            ),
            ("variable", "value", "name_zh", "name_en"),
        ),
        STATEMENTS: _text_table(statements, STATEMENT_COLUMNS),
        SOURCES: _text_table(
            (
                {
                    **row,
                    **{
                        f"{name}_{lang}": (row[name] or {}).get(lang)
                        for name in ("title", "publisher")
                        for lang in LANGUAGES
                    },
                }
                for row in [*sources, boundary_reference(package)]
            ),
            (
                *("id", "title_zh", "title_en", "publisher_zh", "publisher_en"),
                *("date", "url"),
            ),
        ),
        CODES: codes(package, features.index),
    }


def _row(
    adcode: str, statement: Mapping[str, Any], package: Package, language: Language
) -> dict[str, Any]:
    """Flatten a statement: a table has one kind of value in a column."""
    say = speaker(language)
    value = statement["value"]
    variable = package.variables[statement["variable"]]
    standing, confidence = statement["standing"], statement["confidence"]
    labels = {
        "variable_name": variable.name(language),
        "standing_label": say(STANDINGS[standing]),
        "confidence_label": say(package.label("evidence", "confidence", confidence)),
    }
    flat = {"value": value}
    if isinstance(value, Mapping):
        flat = {"value": None, **value}
    elif isinstance(value, bool):
        flat = {"value": "true" if value else "false"}
    elif isinstance(value, float):
        flat = {"value": f"{value:.15g}"}
    source = _BETWEEN_SOURCES.join(statement["source"])
    return {"adcode": adcode, **statement, **labels, **flat, "source": source}


def _variables(variables: Iterable[Variable]) -> pd.DataFrame:
    rows = [
        {
            "id": v.id,
            "kind": v.kind,
            "group": v.group,
            "name_zh": v.name_zh,
            "name_en": v.name_en,
            "unit": v.unit,
            "period": v.period,
            "among": v.among,
            "colour": v.colour,
            "stated_count": v.stated_count,
            "stated_in": v.stated_in,
            "confined_to": ";".join(v.confined_to),
            # Rows of dates and numbers are of units of the past too, or not sure.
            "named_count": None if v.kind in {"date", "number"} else v.named_count,
            "completeness": v.completeness,
            "basis": v.basis,
            "rule_zh": v.rule_zh,
            "rule_en": v.rule_en,
            "missing_zh": v.missing_zh,
            "missing_en": v.missing_en,
            "definition_zh": v.definition_zh,
            "definition_en": v.definition_en,
            "source": _BETWEEN_SOURCES.join(v.source),
            "section": v.section,
            "confidence": v.confidence,
        }
        for v in variables
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

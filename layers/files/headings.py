"""What the tables beside the counties and their columns are called, for readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.language import N_, Language, speaker

_COLUMNS: Final[Mapping[str, str]] = {
    "adcode": N_("Adcode"),
    "among": N_("Among"),
    "basis": N_("Basis"),
    "code": N_("Code in tables"),
    "code_name": N_("Name that goes with the code"),
    "colour": N_("Colour"),
    "completeness": N_("Completeness"),
    "confidence": N_("Confidence, code"),
    "confidence_label": N_("Confidence"),
    "date": N_("Date"),
    "definition_en": N_("Definition (English)"),
    "definition_zh": N_("Definition (Chinese)"),
    "detail": N_("Detail"),
    "earliest": N_("Earliest"),
    "group": N_("Group"),
    "id": N_("Identifier"),
    "kind": N_("Kind"),
    "latest": N_("Latest"),
    "missing_en": N_("Meaning of a missing value (English)"),
    "missing_zh": N_("Meaning of a missing value (Chinese)"),
    "name": N_("Name"),
    "name_en": N_("Name (English)"),
    "name_zh": N_("Name (Chinese)"),
    "named_count": N_("Named"),
    "period": N_("Period"),
    "published_adcode": N_("Published adcode"),
    "published_name": N_("Published name"),
    "publisher_en": N_("Publisher (English)"),
    "publisher_zh": N_("Publisher (Chinese)"),
    "rule_en": N_("Rule (English)"),
    "rule_zh": N_("Rule (Chinese)"),
    "section": N_("Section"),
    "source": N_("Source"),
    "standing": N_("Standing, code"),
    "standing_label": N_("Standing"),
    "confined_to": N_("Confined to prefectures"),
    "stated_count": N_("Counted by the source"),
    "stated_in": N_("Section of the count"),
    "title_en": N_("Title (English)"),
    "title_zh": N_("Title (Chinese)"),
    "unit": N_("Unit"),
    "until": N_("Until"),
    "url": N_("Address"),
    "value": N_("Value"),
    "value_label": N_("Name of the value"),
    "variable": N_("Variable, identifier"),
    "variable_name": N_("Variable"),
}

_TABLES: Final[Mapping[str, str]] = {
    "classes": N_("Classes"),
    "codes": N_("Codes of the past"),
    "evidence": N_("Evidence"),
    "sources": N_("Sources"),
    "variables": N_("Variables"),
}
"""In English a table goes by its own name, which programs know."""


def column_headings(language: Language) -> dict[str, str]:
    """Return the headings of the columns of companions; in English their names."""
    if language == "en":
        return {}
    return {name: speaker(language)(text) for name, text in _COLUMNS.items()}


def table_names(language: Language) -> dict[str, str]:
    """Return what sheets of companions are called; in English the table's own name."""
    if language == "en":
        return {}
    return {name: speaker(language)(text) for name, text in _TABLES.items()}

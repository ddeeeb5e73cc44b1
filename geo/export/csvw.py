"""What a CSV means, for programs: CSV on the Web (W3C Recommendation, 2015).

A client that has ``<address>.csv`` looks at ``<address>.csv-metadata.json`` for it.
"""

from __future__ import annotations

import json
from typing import Any, Final

import pandas as pd

from geo.export.csv_table import ABOUT
from geo.export.document import Document, Field

MEDIA_TYPE: Final = "application/csvm+json"
SUFFIX: Final = "-metadata.json"
"""Behind the address of the CSV."""


def write(document: Document, url: str) -> bytes:
    """Describe the CSV of a document.

    Parameters
    ----------
    document : Document
        The table.
    url : str
        Of the CSV, absolute or beside this description.

    Returns
    -------
    bytes
        JSON: the columns with headings in both languages, types and meaning, the key,
        and the metadata of the document.
    """
    table = document.attributes()
    columns = [
        _column(field, table[field.name]) for field in document.described(table.columns)
    ]
    columns.append({"name": ABOUT, "titles": ABOUT, "datatype": "json"})
    described: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": document.language}],
        "url": url,
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {"columns": columns, "primaryKey": [columns[0]["name"]]},
        "dc:title": document.title,
        "rdfs:comment": document.about_text(),
        "notes": [document.metadata],
    }
    return json.dumps(described, ensure_ascii=False, indent=1).encode()


def _column(field: Field, values: pd.Series) -> dict[str, Any]:
    return {
        "name": field.name,
        # The heading of the file first: by it a reader knows the column.
        "titles": {
            "und": [field.name],
            "zh": [field.label("zh")],
            "en": [field.label("en")],
        },
        "datatype": _datatype(values),
        "required": bool(values.notna().all()),
        "dc:description": {"zh": field.meaning_zh, "en": field.meaning_en},
    }


def _datatype(values: pd.Series) -> str:
    kinds = pd.api.types
    if kinds.is_bool_dtype(values):
        return "boolean"
    if kinds.is_integer_dtype(values):
        return "integer"
    return "number" if kinds.is_float_dtype(values) else "string"

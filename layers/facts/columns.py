"""Names of the county table's columns, and the words that no variable may take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from layers.facts.variables import Variable

BASE_COLUMNS: Final = (
    "name",
    "name_en",
    "published_name",
    "prefecture_adcode",
    "prefecture",
    "prefecture_en",
    "area_km2",
)
"""What is known of every county; the index is ``adcode``, the last column
``geometry``, between them those of the variables."""

PLACE_COLUMNS: Final = (
    "longitude",
    "latitude",
    "former_adcodes",
    "run_by",
    "wkt",
    "about",
)
"""Further columns of files."""

EVIDENCE: Final = "evidence"
"""Property of exported features: who says what of a county."""

ALL_COUNTIES: Final = "counties"
"""Name of the layer of all counties in an address."""

SELECTION_PARAMETERS: Final = ("all", "any", "none", "prefecture", "in")
"""Parameters of a selection, besides the ids of variables and groups."""

VIEW_PARAMETERS: Final = (
    "see",
    "breaks",
    "method",
    "classes",
    "lang",
    "theme",
    "county",
    "detail",
    "crs",
    "paper",
    "orientation",
    "programme",
    "encoding",
)
"""Parameters of an address besides those of a selection."""

THEMES: Final = ("programmes", "overlap", "places")
"""Ways of seeing that are no variable."""

SERVICE_WORDS: Final = frozenset(
    (
        *("bbox", "bbox_crs", "bbox_only", "collectionid", "collections"),
        *("conformance", "count", "datetime_column", "simplify", "tilematrixsetid"),
        *("x", "y", "z", "q", "press", "text", "minzoom", "maxzoom"),
        *("cql2", "datetime", "f", "fid", "filter_crs", "filter_lang", "format"),
        *("geom", "geom_column", "geometry", "id", "ids", "itemid", "items", "limit"),
        *("links", "maxfeatures", "offset", "ogc_fid", "page", "properties"),
        *("queryables", "sortby", "sql", "skipgeometry", "token", "type", "filter"),
        *("variables", "variable", "value"),
    )
)
"""Parameters and members of OGC API - Features and its relatives, and columns that
GDAL and GIS programs make themselves; compared without regard to case."""


def reserved_words() -> frozenset[str]:
    """Return the ids that no variable and no group may have."""
    return frozenset(
        {
            *BASE_COLUMNS,
            "adcode",
            *PLACE_COLUMNS,
            EVIDENCE,
            ALL_COUNTIES,
            *SELECTION_PARAMETERS,
            *VIEW_PARAMETERS,
            *THEMES,
            *SERVICE_WORDS,
        }
    )


def adcode_column(relation: str) -> str:
    """Return the column with the adcodes of the partners of a relation.

    Examples
    --------
    >>> adcode_column("twinned")
    'twinned_adcode'
    """
    return f"{relation}_adcode"


def label_column(category: str) -> str:
    """Return the property of files with the names of the classes of a category.

    Examples
    --------
    >>> label_column("size")
    'size_label'
    """
    return f"{category}_label"


def columns_of(variable: Variable) -> tuple[str, ...]:
    """Return the columns of the county table that hold a variable."""
    if variable.kind == "relation":
        return (adcode_column(variable.id), variable.id, f"{variable.id}_en")
    return (variable.id,)


def in_column_order(variables: Mapping[str, Variable]) -> tuple[Variable, ...]:
    """Return the variables in the order of their columns: the programmes last."""
    others = [v for v in variables.values() if not v.is_programme]
    return (*others, *(v for v in variables.values() if v.is_programme))

"""What is published, as tables with keys: the same that travels in a GeoPackage."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from geo.crs import WGS84
from geo.export import format_of
from geo.export.document import Document
from geo.language import LANGUAGES, N_, Language, speaker
from layers.facts.columns import ALL_COUNTIES
from layers.facts.package import Package
from layers.files.companions import CLASSES, CODES, SOURCES, STATEMENTS, VARIABLES
from layers.files.export import described
from layers.files.headings import column_headings
from layers.select.selection import Selection

GEOMETRY: Final = "geom"
GEOJSON: Final = "geojson"
"""Columns with the boundaries: with PostGIS, and without."""

METADATA: Final = "metadata"

_FORM: Final = "gpkg"
"""Of whose documents the tables are taken: it has all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A column whose values are keys of another table."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """A table to be published.

    Attributes
    ----------
    rows : pandas.DataFrame
        Columns of text, bool, Int64 or float64; missing is None or NA.
    key : tuple of str
        Columns that tell its rows apart.
    comments : mapping of str to str
        What columns mean.
    shapes : list of shapely.Geometry or None
        Multipolygons in WGS 84, one a row; none for a table without places.
    """

    name: str
    comment: str
    rows: pd.DataFrame = field(repr=False)
    key: tuple[str, ...]
    comments: Mapping[str, str] = field(repr=False)
    references: tuple[Reference, ...] = ()
    shapes: list[Any] | None = field(default=None, repr=False)


def tables(
    package: Package, counties: gpd.GeoDataFrame, language: Language
) -> tuple[Table, ...]:
    """Return the tables, those that others refer to first.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table, in full detail.
    language : {"zh", "en"}
        Of names of places, of labels beside codes and of details.
    """
    document, _ = described(
        package, counties, Selection(), form=format_of(_FORM), language=language
    )
    companions = document.companions
    headings = column_headings(language)
    evidence = companions[STATEMENTS].copy()
    numbers = evidence.groupby(["adcode", "variable"]).cumcount() + 1
    evidence.insert(2, "number", numbers.astype("Int64"))
    to_county = Reference(column="adcode", table=ALL_COUNTIES, key="adcode")
    to_variable = Reference(column="variable", table=VARIABLES, key="id")

    def companion(name: str, key: tuple[str, ...], *to: Reference) -> Table:
        rows = evidence if name == STATEMENTS else companions[name]
        return Table(
            name=name,
            comment=speaker(language)(_COMMENTS[name]),
            rows=rows.drop_duplicates([*key]),
            key=key,
            comments={c: headings.get(c, c) for c in rows.columns},
            references=to,
        )

    return (
        _counties(package, document),
        companion(VARIABLES, ("id",)),
        companion(SOURCES, ("id",)),
        companion(CLASSES, ("variable", "value"), to_variable),
        companion(CODES, ("code", "code_name", "adcode"), to_county),
        companion(STATEMENTS, ("adcode", "variable", "number"), to_county, to_variable),
        _metadata(document, language),
    )


_COMMENTS: Final = {
    VARIABLES: N_("Variables: what they mean, their unit, source and completeness"),
    SOURCES: N_("Sources"),
    CLASSES: N_("Classes of categories, and partners of relations"),
    CODES: N_("Codes under which tables of some year have a county"),
    STATEMENTS: N_("Who says what of a county"),
}


def _counties(package: Package, document: Document) -> Table:
    rows = document.attributes(nested=False)
    comments = {
        field.name: " · ".join(
            filter(
                None,
                (field.label_zh, field.label_en, field.meaning_zh, field.meaning_en),
            )
        )
        for field in document.described(rows.columns)
    }
    drawn = package.boundaries.metadata()
    shapes = document.table.geometry.to_crs(WGS84)
    return Table(
        name=ALL_COUNTIES,
        comment=f"{document.title} · {drawn.credit_zh} · {drawn.credit_en}",
        rows=rows,
        key=("adcode",),
        comments=comments,
        shapes=[
            shape
            if shape.geom_type == "MultiPolygon"
            else shapely.multipolygons([shape])
            for shape in shapely.force_2d(shapes.to_numpy())
        ],
    )


def _metadata(document: Document, language: Language) -> Table:
    records = {
        "json": json.dumps(document.metadata, ensure_ascii=False),
        **{standard: text for standard, (_, text) in document.metadata_records.items()},
        "data_digest": str(document.metadata["data_digest"]),
    }
    return Table(
        name=METADATA,
        comment=speaker(language)(N_("What the tables are, on which terms")),
        rows=pd.DataFrame({"key": [*records], "value": [*records.values()]}),
        key=("key",),
        comments={},
    )


def views(package: Package) -> Iterator[tuple[str, str]]:
    """Yield name and comment of a view for each programme: its members."""
    for programme in package.programmes.values():
        yield (
            programme.id,
            " · ".join(
                f"{programme.name(one)}: {programme.definition(one)}"
                for one in LANGUAGES
            ),
        )

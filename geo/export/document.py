"""What a writer is given: a table of places, and all that is to be said beside it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.crs import WGS84
from geo.language import Language

UNDATED: Final = datetime.date(2000, 1, 1)
"""Day in the containers of a file that bears none, so that equal facts make equal
bytes."""

WKT: Final = "wkt"
"""Column of tables with the geometry as text, in longitude and latitude of WGS 84."""

_DECIMALS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What a column is called and means.

    Attributes
    ----------
    short : str
        Name for formats with short ones: at most ten ASCII characters. Without it
        one is derived from `name`.
    values : mapping of str to tuple of str and str
        What the codes of the column are called, in Chinese and in English.
    """

    name: str
    short: str = ""
    label_zh: str = ""
    label_en: str = ""
    meaning_zh: str = ""
    meaning_en: str = ""
    values: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def value_labels(self, language: Language) -> dict[str, str]:
        """Return what the codes of the column are called, in one language."""
        at = 0 if language == "zh" else 1
        return {code: names[at] for code, names in self.values.items()}

    def label(self, language: Language) -> str:
        """Return the heading in one language; without one, the name."""
        return (self.label_zh if language == "zh" else self.label_en) or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A bool column that the file shows in a colour of its own.

    A missing value says that it is not known whether the place is in the theme.

    Attributes
    ----------
    colour : str
        As ``#RRGGBB``.
    hatched : bool
        Whether the column follows from a rule, which hatching shows.
    """

    column: str
    name: str
    colour: str
    hatched: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueClass:
    """A class of a column, or of the places without a value there.

    Attributes
    ----------
    name, colour : str
        What it is called; as ``#RRGGBB``.
    texture : {"solid", "hatch", "lines", "dots"}
        How the colour is laid on.
    limits : tuple of (float, float) or None
        Least and greatest value, both in the class.
    value : str or None
        The value itself, of a column of codes. With neither the class is of places
        without a value.
    among : tuple of (str, bool) or None
        A bool column that must be true, or not be true, as well.
    """

    name: str
    colour: str
    texture: str = "solid"
    limits: tuple[float, float] | None = None
    value: str | None = None
    among: tuple[str, bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Circles:
    """Circles above the classes, whose areas are as large as the numbers of the column.

    Attributes
    ----------
    most : float
        The number of the largest circle.
    colour : str
        As ``#RRGGBB``.
    keys : tuple of (float, str)
        Round numbers and how they are written: circles of the legend, largest first.
    """

    most: float
    colour: str
    keys: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A column that the file shows in the colours of its classes, or as circles."""

    column: str
    name: str
    classes: tuple[ValueClass, ...]
    circles: Circles | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing said of the file as a whole, in the language of the file."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLayer:
    """A layer beside that of the places, for formats that hold several.

    Attributes
    ----------
    name : str
        Of lower-case ASCII letters, digits and ``_``.
    title, description : str
        What people read of it.
    table : geopandas.GeoDataFrame
        With a CRS; the index is a column of its name.
    """

    name: str
    title: str
    description: str
    table: gpd.GeoDataFrame = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file before it has a format.

    Attributes
    ----------
    name : str
        Name of the layer, of lower-case ASCII letters, digits and ``_``.
    title : str
        Heading in the language of the file.
    table : geopandas.GeoDataFrame
        One place a row, in the CRS to be written. Its index holds the identifiers.
    metadata : mapping of str to Any
        What is to be said of the file, for programs: fit for JSON.
    notes : tuple of Note
        The same for people.
    fields : tuple of Field
        What the columns mean; those left out have their names only.
    companions : mapping of str to pandas.DataFrame
        Further tables without geometry, by name.
    row_tables : mapping of str to str
        Companion that holds a column of nested values as rows, by the column.
    themes : tuple of Theme
        Columns to be drawn, in order; the first is drawn below the others.
    graded : Graded or None
        A column that is drawn by its classes, instead of the themes.
    plain_colour : str
        Colour of a place in no theme.
    not_said_colour : str
        Colour of a place of which it is not known whether it is in a theme; hatched.
    name_column : str or None
        Column with what a place is called.
    headings, sheet_names : mapping of str to str
        What the columns of companions, and these themselves, are called in the
        language of the file, where a format has room for it.
    metadata_records : mapping of str to tuple of str and str
        The metadata by the address of their standard: media type and text.
    layers : tuple of OtherLayer
        Further layers, for formats that hold several.
    mark : str
        A word by which the file is known when it comes back, for formats that have
        room for text only.
    encoding : {"utf-8", "gbk"}
        Of the text, for a format that can be in several.
    wkt : bool
        Whether tables have the geometry as text, in a column `WKT`.
    made_on : datetime.date
        Day for the containers of the file.
    """

    name: str
    title: str
    table: gpd.GeoDataFrame = field(repr=False)
    metadata: Mapping[str, Any] = field(repr=False)
    notes: tuple[Note, ...] = ()
    fields: tuple[Field, ...] = ()
    companions: Mapping[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    row_tables: Mapping[str, str] = field(default_factory=dict)
    themes: tuple[Theme, ...] = ()
    graded: Graded | None = None
    plain_colour: str = "#6F94B8"
    not_said_colour: str = "#9A9A9A"
    name_column: str | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    sheet_names: Mapping[str, str] = field(default_factory=dict)
    metadata_records: Mapping[str, tuple[str, str]] = field(
        default_factory=dict, repr=False
    )
    layers: tuple[OtherLayer, ...] = ()
    mark: str = ""
    encoding: str = "utf-8"
    wkt: bool = False
    language: Language = "zh"
    made_on: datetime.date = UNDATED

    @property
    def timestamp(self) -> str:
        """The day as SQLite databases write it."""
        return f"{self.made_on.isoformat()}T00:00:00.000Z"

    def described(self, columns: Collection[str]) -> list[Field]:
        """Return the fields of columns, in order, those nobody described too."""
        known = {field.name: field for field in self.fields}
        return [known.get(name, Field(name=name)) for name in columns]

    def attributes(self, *, nested: bool = True) -> pd.DataFrame:
        """Return the table without geometry, as any table format can hold it.

        Parameters
        ----------
        nested : bool
            Whether to keep columns that a companion holds as rows.

        Returns
        -------
        pandas.DataFrame
            On a fresh index; the identifiers are the first column, named like the
            index or ``id``. Columns are bool (boolean where values are missing),
            Int64, float64, or str in object arrays with None where missing; lists
            and mappings are JSON text.

        Raises
        ------
        ValueError
            If a column is named like the index.
        TypeError
            If a value has no counterpart in JSON; the message names its column.
        """
        drop = [self.table.geometry.name, *([] if nested else self.row_tables)]
        plain = pd.DataFrame(self.table.drop(columns=drop))
        plain.index = plain.index.rename(plain.index.name or "id")
        plain = plain.reset_index()
        columns = {str(name): _flat(plain[name], name) for name in plain.columns}
        if self.wkt:
            columns[WKT] = pd.Series(self._texts(), plain.index, dtype="object")
        return pd.DataFrame(columns, index=plain.index)

    def _texts(self) -> list[str | None]:
        shapes = self.table.geometry.to_crs(WGS84)
        return [
            None if text is None else str(text)
            for text in shapely.to_wkt(shapes.to_numpy(), rounding_precision=_DECIMALS)
        ]

    def dictionary(self, columns: Collection[str]) -> pd.DataFrame:
        """Return a table that says what columns mean, in both languages."""
        fields = self.described(columns)
        return pd.DataFrame(
            {
                "field": [f.name for f in fields],
                "label_zh": [f.label_zh or None for f in fields],
                "label_en": [f.label_en or None for f in fields],
                "meaning_zh": [f.meaning_zh or None for f in fields],
                "meaning_en": [f.meaning_en or None for f in fields],
            },
            dtype="object",
        )

    def about(self) -> pd.DataFrame:
        """Return the notes as a table."""
        return pd.DataFrame(
            [(note.key, note.label, note.text) for note in self.notes],
            columns=["key", "label", "text"],
            dtype="object",
        )

    def about_text(self) -> str:
        """Return the notes as text, one a paragraph."""
        parts = [f"{note.label}\n{note.text}" for note in self.notes]
        return "\n\n".join([self.title, *parts]) + "\n"


def as_text(value: Any) -> str | None:
    """Return any value of a table as text; nested ones as JSON, missing ones as None.

    Examples
    --------
    >>> as_text("县"), as_text([{"a": None}]), as_text(float("nan")), as_text(1)
    ('县', '[{"a":null}]', None, '1')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if pd.isna(value):
        return None
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool | int | float | np.generic):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no counterpart in JSON")


def _flat(values: pd.Series, name: Hashable) -> pd.Series:
    """Bring one column to a kind that every table format has."""
    kinds = pd.api.types
    if kinds.is_bool_dtype(values):
        return values.astype("boolean" if values.isna().any() else "bool")
    if kinds.is_integer_dtype(values):
        return values.astype("Int64")
    if kinds.is_float_dtype(values):
        numbers = values.astype("float64")
        return numbers.where(np.isfinite(numbers))
    try:
        return pd.Series([as_text(v) for v in values], values.index, dtype="object")
    except (TypeError, ValueError) as error:
        raise TypeError(f"column {name!r} cannot be written: {error}") from error

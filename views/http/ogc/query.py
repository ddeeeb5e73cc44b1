"""What a request for features asks of the county table: a box, values, an order."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from geo.divisions import Divisions
from geo.language import LANGUAGES, N_, Label, speaker
from layers.select.choices import Choices
from layers.select.rejected import NoCounty

SHOWN: Final = 60
"""Letters of a wrong value that are said back."""

_TRUTH: Final = {"true": True, "false": False, "1": True, "0": False}
"""With digits, as GDAL asks."""


class RefusedQueryError(ValueError):
    """A request asks for what does not exist.

    Parameters
    ----------
    message : str
        Message id.
    status : int
        Of the answer.
    values : object
        For the places of the message.

    Attributes
    ----------
    say : mapping of str to str
        The message by language.
    """

    def __init__(self, message: str, *, status: int = 400, **values: object) -> None:
        super().__init__(message)
        self.status = status
        short = {
            name: value if isinstance(value, Label) else str(value)[:SHOWN]
            for name, value in values.items()
        }
        self.say: Mapping[str, str] = {
            language: speaker(language)(message, **short) for language in LANGUAGES
        }


def no_value(name: str, value: object) -> RefusedQueryError:
    """Say that a parameter cannot have a value."""
    return RefusedQueryError(
        N_("The parameter “{name}” cannot be “{value}”."), name=name, value=value
    )


def no_property(name: str) -> RefusedQueryError:
    """Say that there is no property of a name, or none that can be compared."""
    return RefusedQueryError(N_("There is no property “{name}” to ask for."), name=name)


def counties(choices: Choices, text: str) -> list[str]:
    """Read the value of ``ids``: counties by any of their codes and names.

    Parameters
    ----------
    choices : layers.select.choices.Choices
        What exists.
    text : str
        With commas between.

    Raises
    ------
    RefusedQueryError
        If one of them is no county, or may be several; the message says which.
    """
    found: list[str] = []
    for piece, meant in choices.read("counties", text):
        if len(meant) != 1:
            raise not_one_county(choices.divisions, "ids", piece)
        found += meant
    return found


def not_one_county(
    divisions: Divisions, name: str, text: str, *, status: int = 400
) -> RefusedQueryError:
    """Say that a text is no county, or that it may be several.

    Parameters
    ----------
    divisions : Divisions
        Codes and names with their crosswalk.
    name : str
        Name of the parameter.
    text : str
        What was asked for.
    status : int, optional
        HTTP status of the refusal.
    """
    wrong = NoCounty.of(divisions, name, text)
    refused = RefusedQueryError(name, status=status)
    refused.say = {language: wrong.say(language) for language in LANGUAGES}
    return refused


def box(text: str) -> list[float]:
    """Read the value of ``bbox``.

    Parameters
    ----------
    text : str
        West, south, east, north in degrees, or six numbers with heights.

    Raises
    ------
    RefusedQueryError
        If these are not such numbers.

    Examples
    --------
    >>> box("114,40,115.5,42")
    [114.0, 40.0, 115.5, 42.0]
    """
    bounds = numbers(text)
    west, south, east, north = _flat(bounds)
    # Comparisons with NaN are false: these are told so that they fail then.
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        raise no_value("bbox", text)
    if not -90 <= south <= north <= 90:
        raise no_value("bbox", text)
    return bounds


def numbers(text: str) -> list[float]:
    """Read four or six numbers of a box, in whatever system."""
    try:
        bounds = [float(part) for part in text.split(",")]
    except ValueError:
        raise no_value("bbox", text) from None
    if len(bounds) not in (4, 6) or not all(map(math.isfinite, bounds)):
        raise no_value("bbox", text)
    return bounds


def period(text: str) -> list[str]:
    """Read the value of ``datetime``: an instant, or two of them with a slash between.

    Counties bear no date, so that all of them are in any period (OGC 17-069r4 asks so);
    but a value that is none is refused.

    Examples
    --------
    >>> period("2020-01-01T00:00:00Z/..")
    ['2020-01-01T00:00:00Z', '..']
    """
    ends = text.split("/")
    open_ended = {"", ".."} if len(ends) == 2 else set()
    try:
        if len(ends) > 2:
            raise ValueError(text)
        moments = [datetime.fromisoformat(end) for end in ends if end not in open_ended]
        if len(moments) == 2 and moments[0].replace(tzinfo=None) > moments[1].replace(
            tzinfo=None
        ):
            raise ValueError(text)
    except ValueError:
        raise no_value("datetime", text) from None
    return ends


def within_box(table: gpd.GeoDataFrame, bounds: Sequence[float]) -> gpd.GeoDataFrame:
    """Choose the rows whose geometry meets a box.

    A west that is greater than the east means a box across the antimeridian.
    """
    west, south, east, north = _flat(bounds)
    if west <= east:
        area = shapely.box(west, south, east, north)
    else:
        area = shapely.union(
            shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)
        )
    return table[table.intersects(area)]


def having(
    table: gpd.GeoDataFrame,
    name: str,
    value: str,
    *,
    allowed: Collection[str] | None = None,
    separator: str | None = None,
) -> gpd.GeoDataFrame:
    """Choose the rows in which a property has a value, given as text.

    A row in which nothing is known has no value: it is not chosen, not even by
    ``false``.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        The rows.
    name, value : str
        The property, and what it must be.
    allowed : collection of str, optional
        Values that it can have, if they are listed.
    separator : str, optional
        Between several values of one row: the row is chosen by each of them, and by
        all of them as they stand.

    Raises
    ------
    RefusedQueryError
        If the property cannot have such a value.
    """
    if name == table.index.name:
        return table[table.index == value]
    if allowed is not None and value not in allowed:
        raise no_value(name, value)
    column = table[name]
    if pd.api.types.is_bool_dtype(column):
        if value not in _TRUTH:
            raise no_value(name, value)
        return table[(column == _TRUTH[value]).fillna(False).astype(bool)]
    if separator is not None:
        cells = column.fillna("")
        return table[
            [value == cell or value in cell.split(separator) for cell in cells]
        ]
    wanted: str | float = value
    if pd.api.types.is_numeric_dtype(column):
        try:
            wanted = float(value)
        except ValueError:
            raise no_value(name, value) from None
        if not math.isfinite(wanted):
            raise no_value(name, value)
    return table[(column == wanted).fillna(False).astype(bool)]


def in_order(
    table: gpd.GeoDataFrame, sortby: str, known: Iterable[str]
) -> gpd.GeoDataFrame:
    """Sort rows by properties, missing values last.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        The rows.
    sortby : str
        Names of properties, ``-`` before one for descending.
    known : iterable of str
        By which properties rows can be sorted.

    Raises
    ------
    RefusedQueryError
        If there is no such property.
    """
    names, ascending = [], []
    for part in sortby.split(","):
        # A plus sign in an address is a space, unless it is escaped.
        word = part.strip()
        name = word[1:] if word.startswith(("+", "-")) else word
        if name not in known:
            raise no_property(name)
        if name not in names:
            names.append(name)
            ascending.append(not word.startswith("-"))
    return table.sort_values(names, ascending=ascending, kind="stable")


def _flat(bounds: Sequence[float]) -> tuple[float, float, float, float]:
    half = len(bounds) // 2
    return bounds[0], bounds[1], bounds[half], bounds[half + 1]

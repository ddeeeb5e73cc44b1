"""Files of a table of places, one writer a format behind one call.

A format more is a module with a function ``write(table, metadata) -> bytes`` and a
row in `FORMATS`. A writer whose library is slow to import does so when it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import geopandas as gpd

from geo.export import geojson

Writer = Callable[[gpd.GeoDataFrame, Mapping[str, Any]], bytes]
"""Takes a table and what is to be said of it as a whole, gives the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What can be known of a format before anything is written.

    Attributes
    ----------
    id : str
        Name in calls and addresses.
    media_type : str
        For the ``Content-Type`` of an answer.
    suffix : str
        End of a file name, with its dot.
    takes_crs : bool
        Whether a file may be in another coordinate system than WGS 84.
    writer : callable
        Makes the file.
    """

    id: str
    media_type: str
    suffix: str
    takes_crs: bool
    writer: Writer = field(repr=False)


FORMATS: Final[Mapping[str, Format]] = {
    form.id: form
    for form in (
        Format(
            id="geojson",
            media_type="application/geo+json",
            suffix=".geojson",
            takes_crs=False,
            writer=geojson.write,
        ),
    )
}
"""Every format by its id, in the order in which to offer them."""


def format_of(name: str) -> Format:
    """Give the format of a name.

    Parameters
    ----------
    name : str
        A key of `FORMATS`.

    Returns
    -------
    Format
        Its description and writer.

    Raises
    ------
    ValueError
        If there is no such format; the message names those that exist.

    Examples
    --------
    >>> format_of("geojson").media_type
    'application/geo+json'
    """
    if name not in FORMATS:
        raise ValueError(
            f"no format {name!r} to export to: choose one of {', '.join(FORMATS)}"
        )
    return FORMATS[name]


def write(
    table: gpd.GeoDataFrame,
    format: str,  # noqa: A002 - the word that everybody uses for it
    metadata: Mapping[str, Any],
) -> bytes:
    """Write a table as a file of one format.

    Parameters
    ----------
    table : geopandas.GeoDataFrame
        One place a row, in a known CRS; its index holds the identifiers.
    format : str
        A key of `FORMATS`.
    metadata : mapping of str to Any
        What is to be said of the table as a whole: text, numbers, lists, mappings.

    Returns
    -------
    bytes
        The file. The same input gives the same bytes.

    Raises
    ------
    ValueError
        If there is no such format, or the format cannot hold the geometries.
    TypeError
        If the format cannot hold a value; the message names its column.
    """
    return format_of(format).writer(table, metadata)

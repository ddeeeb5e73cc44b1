"""Read a file of others in a process of its own, under limits, and take what it says.

How it is asked, and what becomes of its end, is said in :mod:`layers.own.process`.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from layers.own.limits import MEGABYTE, Limits
from layers.own.process import ask, prepare
from layers.own.refusals import RefusedError

Cell = str | int | float | bool | list[str] | None
"""A cell: text, number, truth value, ``["date", iso]``, or nothing."""


_CHILD: Final = "layers.own.child"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of a workbook, a table of a page, a layer, or the one of a text.

    Attributes
    ----------
    name : str or None
        None where there are no sheets.
    rows : sequence of sequence of Cell
        From the first row of the sheet on, header and all; rows may differ in length.
    merged : sequence of (int, int, int, int)
        First row, first column, last row, last column of merged cells, from 0.
    crs : str or None
        Coordinate reference system of a layer as it names it; None if it does not.
    shapes : sequence of bytes or None
        Of a layer, one for each row but the first: WKB in that system, None where a
        row has no shape, no bytes where it has one that cannot be read.
    """

    name: str | None
    visible: bool
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    crs: str | None = None
    shapes: Sequence[bytes | None] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What a file holds, before anything is made of it.

    Attributes
    ----------
    format : str
        ``csv``, ``xlsx``, ``xls``, ``ods``, ``html``, ``geojson``, ``gpkg``, ``kml``,
        ``shapefile``, ``flatgeobuf``, ``parquet`` or ``topojson``.
    encoding : str or None
        Of a text; None where the format brings its own.
    is_layer : bool
        Whether rows are features: row 1 is then the first feature, not the header.
    notes : sequence of mapping
        What was met on the way, each with its ``code``.
    """

    name: str
    format: str
    encoding: str | None
    sheets: Sequence[Sheet]
    is_layer: bool = False
    notes: Sequence[Mapping[str, Any]] = ()


def read(content: bytes, name: str, limits: Limits | None = None) -> Upload:
    """Read a file.

    Parameters
    ----------
    content : bytes
        The file; a table pasted as text is its UTF-8.
    name : str
        What it is called.
    limits : Limits, optional
        By default those of the environment.

    Returns
    -------
    Upload
        All of its sheets or layers.

    Raises
    ------
    RefusedError
        If it is not read; the message says why and what to do.
    """
    limits = limits or Limits.from_environment()
    if len(content) > limits.file_mb * MEGABYTE:
        raise RefusedError("too_large", "file", {"limit": limits.file_mb})
    answer = ask(_CHILD, {"name": name}, content, limits)
    return Upload(
        name=name,
        format=answer["format"],
        encoding=answer["encoding"],
        sheets=tuple(map(_sheet, answer["sheets"])),
        is_layer=any("shapes" in sheet for sheet in answer["sheets"]),
        notes=answer["notes"],
    )


def expect() -> None:
    """Have a process wait for a file that is probably brought soon."""
    prepare(_CHILD)


def _sheet(sheet: Mapping[str, Any]) -> Sheet:
    return Sheet(
        name=sheet["name"],
        visible=sheet["visible"],
        rows=sheet["rows"],
        merged=[tuple(span) for span in sheet["merged"]],
        crs=sheet.get("crs"),
        shapes=[
            None if shape is None else base64.b64decode(shape)
            for shape in sheet.get("shapes", ())
        ],
    )

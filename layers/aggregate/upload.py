"""An upload that was read already, as the text that the process adds up.

Its heading, its titles and the layout that was corrected by hand are known: what goes
there is one row of names and the rows below it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Final

from layers.own.cells import text_of
from layers.own.figures import read_figure
from layers.own.header import cell_at
from layers.own.layout import Layout
from layers.own.reading import Cell, Upload

_ROLES: Final = {
    "code": "code",
    "name": "name",
    "prefecture": "prefecture",
    "longitude": "lon",
    "latitude": "lat",
}
"""What a column of an upload is called when it is added up."""


def names_of(layout: Layout) -> list[str]:
    """Return the names of columns, each another.

    Parameters
    ----------
    layout : Layout
        How the upload is read.
    """
    names: list[str] = []
    taken: set[str] = set()
    for column in layout.columns:
        name, number = column.name, 1
        while name.casefold() in taken:
            number += 1
            name = f"{column.name} {number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def roles_in(layout: Layout) -> dict[str, str]:
    """Return names of columns by what they say of a place.

    Parameters
    ----------
    layout : Layout
        How the upload is read.
    """
    found: dict[str, str] = {}
    for column, name in zip(layout.columns, names_of(layout), strict=True):
        if column.role in _ROLES:
            found.setdefault(_ROLES[column.role], name)
    return found


def as_text(upload: Upload, layout: Layout) -> bytes:
    """Return the rows of an upload as CSV, in memory.

    Parameters
    ----------
    upload : Upload
        The file, read.
    layout : Layout
        Which of its rows, and what its columns are: figures are written as plain
        numbers, also where they stand as 1.2万 or —, all else as it is.
    """
    figures = {column.index for column in layout.of_role("value")}
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(names_of(layout))
    for row in upload.sheets[layout.sheet].rows[layout.first :]:
        cells = [_cell(row, column.index, figures) for column in layout.columns]
        if any(cells):
            writer.writerow(cells)
    return target.getvalue().encode("utf-8", "replace")


def _cell(row: Sequence[Cell], index: int, figures: set[int]) -> str:
    cell = cell_at(row, index)
    if index in figures:
        figure = read_figure(cell)
        if figure.kind == "missing":
            return ""
        if figure.number is not None:
            return repr(figure.number)
    return text_of(cell)

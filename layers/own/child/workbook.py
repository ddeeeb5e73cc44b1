"""Workbooks: XLSX, XLS and ODS, by calamine.

It reads all three, formulas by their stored result and cells as what they are. Too
large a sheet makes it abort its process, which is why that process is a child.
"""

from __future__ import annotations

import datetime
import io
import math
from typing import Any

from layers.own.child import archive
from layers.own.child.faults import NotReadError, damaged_unless_read
from layers.own.limits import Limits


def read(content: bytes, form: str, limits: Limits) -> dict[str, Any]:
    """Read all sheets of a workbook; see :func:`layers.own.child.formats.read`.

    Parameters
    ----------
    content : bytes
        The file.
    form : str
        ``xlsx``, ``xls`` or ``ods``.
    limits : Limits
        What the reader may take.
    """
    import python_calamine as calamine

    if form == "ods":
        content = archive.without_indents(content, "content.xml")
    with damaged_unless_read("workbook"):
        try:
            book = calamine.load_workbook(io.BytesIO(content))
        except calamine.PasswordError as error:
            raise NotReadError("unsupported", "password") from error
        sheets = [
            _sheet(book, about, limits)
            for about in book.sheets_metadata
            if about.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    if not any(sheet["rows"] for sheet in sheets):
        raise NotReadError("empty", "empty")
    return {"format": form, "encoding": None, "sheets": sheets, "notes": []}


def _sheet(book: Any, about: Any, limits: Limits) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(about.name)
    if sheet.total_height > limits.rows:
        raise NotReadError("too_large", "rows", limit=limits.rows)
    if sheet.total_width > limits.columns:
        raise NotReadError("too_large", "columns", limit=limits.columns)
    if sheet.total_height * sheet.total_width > limits.cells:
        raise NotReadError("too_large", "cells", limit=limits.cells)
    rows = sheet.to_python(skip_empty_area=False)
    spans = sheet.merged_cell_ranges or ()  # None where the format's reader knows none
    merged = [[*first, *last] for first, last in spans]
    return {
        "name": about.name,
        "visible": str(about.visible).endswith("Visible"),
        "rows": [[plain(cell) for cell in row] for row in rows],
        "merged": merged,
    }


def plain(cell: object) -> Any:
    """Return a cell as what JSON can hold: a date as ``["date", iso]``, no NaN."""
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, int):
        return cell if abs(cell) < 2**53 else str(cell)
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return None
        return int(cell) if cell.is_integer() and abs(cell) < 2**53 else cell
    if isinstance(cell, datetime.datetime | datetime.date | datetime.time):
        return ["date", cell.isoformat()]
    if isinstance(cell, datetime.timedelta):
        return ["date", str(cell)]
    return str(cell) if cell != "" else None

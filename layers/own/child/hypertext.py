"""The HTML table that portals save under the name .xls."""

from __future__ import annotations

import contextlib
import re
from html.parser import HTMLParser
from typing import Any, Final

from layers.own.child.faults import NotReadError
from layers.own.limits import Limits

_WIDEST: Final = 1000
"""Cells that a colspan or rowspan may name; browsers stop at 1,000 too."""

_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)


def read(content: bytes, decoded: str, encoding: str, limits: Limits) -> dict[str, Any]:
    """Read the tables of a page, each as a sheet.

    Parameters
    ----------
    content : bytes
        The file.
    decoded : str
        The same as text.
    encoding : str
        Encoding of the text, for the answer.
    limits : Limits
        Tables, rows and cells that are read at most.
    """
    declared = _CHARSET.search(content[:4096])
    if declared and declared[1].lower() in {b"gb2312", b"gbk", b"gb18030"}:
        # If it does not hold, what was found by looking is better.
        with contextlib.suppress(UnicodeDecodeError):
            decoded, encoding = content.decode("gb18030"), "gb18030"
    parser = _Tables(limits)
    parser.feed(decoded)
    parser.close()
    for table in parser.tables:
        if sum(map(len, table["rows"])) > limits.cells:
            raise NotReadError("too_large", "cells", limit=limits.cells)
    sheets = [table for table in parser.tables if table["rows"]]
    if not sheets:
        raise NotReadError("not_a_table", "other_format", format="HTML")
    # A sheet has no name here: a page has only tables.
    return {"format": "html", "encoding": encoding, "sheets": sheets, "notes": []}


class _Tables(HTMLParser):
    """Collects the cells of the tables; text of nested tables stays in its cell."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self._limits = limits
        self.tables: list[dict[str, Any]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._hidden += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(
                    {"name": None, "visible": True, "rows": [], "merged": []}
                )
                self._reserved: dict[tuple[int, int], None] = {}
        elif self._depth != 1:
            return
        elif tag == "tr":
            self._end_cell()
            if len(self.tables[-1]["rows"]) >= self._limits.rows:
                raise NotReadError("too_large", "rows", limit=self._limits.rows)
            self.tables[-1]["rows"].append([])
        elif tag in {"td", "th"}:
            self._end_cell()
            if not self.tables[-1]["rows"]:
                self.tables[-1]["rows"].append([])
            self._cell = []
            about = dict(attrs)
            self._span = (_number(about.get("rowspan")), _number(about.get("colspan")))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
            self._depth -= 1
        elif tag in {"td", "th", "tr"} and self._depth == 1:
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._hidden:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text = " ".join("".join(self._cell).split())
        self._cell = None
        table = self.tables[-1]
        down, across = self._span
        row = len(table["rows"]) - 1
        cells = table["rows"][-1]
        while (row, len(cells)) in self._reserved:
            cells.append(None)
        column = len(cells)
        if column + across > self._limits.columns:
            raise NotReadError("too_large", "columns", limit=self._limits.columns)
        cells += [text or None] + [None] * (across - 1)
        if down > 1:
            self._reserved.update(
                dict.fromkeys(
                    (below, beside)
                    for below in range(row + 1, row + down)
                    for beside in range(column, column + across)
                )
            )
            if len(self._reserved) > self._limits.rows * 10:
                raise NotReadError("too_large", "rows", limit=self._limits.rows)
        if down > 1 or across > 1:
            table["merged"].append([row, column, row + down - 1, column + across - 1])


def _number(text: str | None) -> int:
    text = (text or "").strip()
    if not text.isascii() or not text.isdigit():
        return 1
    return min(max(int(text[:6]), 1), _WIDEST)

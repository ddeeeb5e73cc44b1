"""Read the CSV tables that planners edit, without guessing.

Everything is text until a schema says otherwise: ``130722`` stays ``130722``, ``NA``
stays ``NA``. The encoding is UTF-8, with or without a byte-order mark (Excel writes
one); another encoding is named in the message, never converted silently.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from geo.language import N_
from geo.problems import CANNOT_BE_READ, Problem

LARGEST_TABLE_BYTES = 20 * 1024 * 1024


def read_table(
    path: Path, columns: Sequence[str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a CSV table as text.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    columns : sequence of str
        The header it must have, in any order.

    Returns
    -------
    table : pandas.DataFrame, shape (n_rows, len(columns))
        Text cells, stripped of outer white space; an empty cell is ``""``. The index
        is the line of the file on which the row begins. Empty if the file could not
        be read.
    problems : list of Problem
        Everything found wrong with encoding, header and shape.
    """
    empty = pd.DataFrame(columns=list(columns), dtype="str")
    text, problems = _read_text(path)
    if text is None:
        return empty, problems

    # Not str.splitlines: it also breaks at U+2028 and the like, inside a cell.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
    except csv.Error as error:
        return empty, [_not_csv(path.name, 1, error)]
    problems += _check_header(path.name, header, columns)
    if problems:
        return empty, problems

    lines: list[int] = []
    rows: list[list[str]] = []
    begins = reader.line_num + 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                problems.append(
                    Problem(
                        table=path.name,
                        row=line,
                        rule=N_("the row has {found} cells, the header {expected}."),
                        remedy=N_(
                            "Look for a missing or surplus comma, or for a text with "
                            "a comma that is not in quotation marks."
                        ),
                        details={"found": len(cells), "expected": len(header)},
                    )
                )
                continue
            lines.append(line)
            rows.append([cell.strip() for cell in cells])
    except csv.Error as error:
        # The reader stops where it noticed, maybe at the end of the file; the row
        # begins where somebody has to look.
        problems.append(_not_csv(path.name, begins, error))
    table = pd.DataFrame(rows, columns=header, index=lines, dtype="str")
    return table[list(columns)], problems


def _read_text(path: Path) -> tuple[str | None, list[Problem]]:
    if not path.is_file():
        return None, [
            Problem(
                table=path.name,
                rule=N_("the file does not exist."),
                remedy=N_("Put the file back, e.g. from the version control."),
            )
        ]
    try:
        too_large = path.stat().st_size > LARGEST_TABLE_BYTES
        raw = b"" if too_large else path.read_bytes()
    except OSError as error:
        return None, [
            Problem(
                table=path.name,
                rule=CANNOT_BE_READ,
                remedy=N_("Let the atlas read it: see the rights of the file."),
                details={"reason": error.strerror or str(error)},
            )
        ]
    if too_large:
        return None, [
            Problem(
                table=path.name,
                rule=N_("the file is larger than {limit} MB."),
                remedy=N_("Check that this is the right file."),
                details={"limit": LARGEST_TABLE_BYTES // 1024**2},
            )
        ]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problem = Problem(
            table=path.name,
            row=line,
            rule=N_("the file is not UTF-8; it looks like {encoding}."),
            remedy=N_(
                "Save it again as “CSV UTF-8” (in Excel: Save as, type CSV UTF-8)."
            ),
            details={"encoding": _name_encoding(raw)},
        )
        return None, [problem]


def _name_encoding(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "binary"
    return "GBK"


def _check_header(
    table: str, header: Sequence[str], columns: Sequence[str]
) -> list[Problem]:
    problems = []
    for column in sorted({name for name in header if header.count(name) > 1}):
        problems.append(
            Problem(
                table=table,
                row=1,
                column=column or "∅",
                rule=N_("the header names this column more than once."),
                remedy=N_("Give each column its own name; the names are {columns}."),
                details={"columns": columns},
            )
        )
    for column in columns:
        if column not in header:
            problems.append(
                Problem(
                    table=table,
                    row=1,
                    column=column,
                    rule=N_("the header lacks this column; it has: {found}."),
                    remedy=N_(
                        "The first line of the file is the header: {columns}. "
                        "Restore it, without merged cells or a title above it."
                    ),
                    details={
                        "found": ", ".join(header)[:200],
                        "columns": ",".join(columns),
                    },
                )
            )
    for column in header:
        if column not in columns:
            problems.append(
                Problem(
                    table=table,
                    row=1,
                    column=column or "∅",
                    rule=N_("the header has a column that the table does not know."),
                    remedy=N_("Remove it, or describe it in datapackage.json."),
                )
            )
    return problems


def _not_csv(table: str, line: int, error: csv.Error) -> Problem:
    return Problem(
        table=table,
        row=line,
        rule=N_("the line is not valid CSV ({reason})."),
        remedy=N_("Look for a quotation mark that is not closed or not doubled."),
        details={"reason": str(error)},
    )

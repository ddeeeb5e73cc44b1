"""CSV of any encoding made readable for an engine that knows UTF-8 only.

What is UTF-8 is read where it lies. All else is written anew beside, piece by piece, so
that no size of file needs memory.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layers.aggregate.faults import SourceError
from layers.own.child.faults import NotReadError
from layers.own.child.text import decode, separator_of

LOOKED_AT: Final = 1 << 20
"""Bytes by which encoding and separator are known."""

_PIECE: Final = 1 << 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A CSV that DuckDB reads.

    Attributes
    ----------
    path : pathlib.Path
        In UTF-8: the file itself, or what was made of it.
    separator : str
        What parts fields.
    encoding : str
        That of the file as it came.
    header : tuple of str
        Names of its columns.
    """

    path: Path
    separator: str
    encoding: str
    header: tuple[str, ...]


def readable(file: Path, folder: Path, number: int = 0) -> Text:
    """Make a CSV readable.

    Parameters
    ----------
    file : pathlib.Path
        The CSV.
    folder : pathlib.Path
        Where a text in UTF-8 is made, if the file is none.
    number : int
        Of the file, for the name there.

    Raises
    ------
    SourceError
        If it is empty, no text, in no known encoding, or has a column twice.
    """
    with file.open("rb") as stream:
        head = stream.read(LOOKED_AT)
        is_whole = not stream.read(1)
    if not head.strip():
        raise SourceError.empty(file.name)
    encoding, separator, header = look(head, file.name, is_whole=is_whole)
    made = file
    # DuckDB leaves a mark of UTF-8 out by itself.
    if encoding not in {"utf-8", "utf-8-sig"} or len(separator) > 1:
        made = folder / f"{number}.csv"
        _transcode(file, made, encoding, separator)
        separator = separator[0]
    return Text(path=made, separator=separator, encoding=encoding, header=header)


def look(head: bytes, name: str, *, is_whole: bool) -> tuple[str, str, tuple[str, ...]]:
    """Return encoding and separator of a text, and the names of its columns.

    Parameters
    ----------
    head : bytes
        What the text begins with.
    name : str
        What it is called, for messages.
    is_whole : bool
        Whether that is all of it.

    Raises
    ------
    SourceError
        If it is no text, or in no known encoding.
    """
    sample, encoding = _decoded(name, head, is_whole=is_whole)
    separator = separator_of(sample)
    return encoding, separator, _header(sample, separator)


def _decoded(name: str, head: bytes, *, is_whole: bool) -> tuple[str, str]:
    if not is_whole:
        # Ends at a line: a character in the middle would count as broken.
        wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        end = head.rfind(b"\n") + 1
        head = head[: len(head) // 2 * 2] if wide or not end else head[:end]
    try:
        return decode(head)
    except NotReadError as error:
        if error.kind == "not_a_table":
            raise SourceError.other_kind(name) from None
        line = int(error.details.get("line") or _broken_line(head))
        raise SourceError.encoding(name, line) from None


def _broken_line(head: bytes) -> int:
    """Return the line at which the encoding ends that goes farthest."""
    ends = []
    for encoding in ("utf-8", "gb18030", "big5"):
        try:
            head.decode(encoding)
        except UnicodeDecodeError as error:
            ends.append(error.start)
    return head[: max(ends, default=0)].count(b"\n") + 1


def _header(sample: str, separator: str) -> tuple[str, ...]:
    """Return the names of the columns; one without a name is called by its number."""
    if len(separator) > 1:
        sample = sample.replace(separator[1], separator[0])
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=separator[0])
    return tuple(
        name.strip() or f"column{number}"
        for number, name in enumerate(next(rows, []), start=1)
    )


def _transcode(file: Path, made: Path, encoding: str, separator: str) -> None:
    lines = 1
    with made.open("w", encoding="utf-8", newline="") as target:
        try:
            for piece in _pieces(file, encoding):
                lines += piece.count("\n")
                if len(separator) > 1:
                    piece = piece.replace(separator[1], separator[0])
                target.write(piece)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].count(b"\n")
            raise SourceError.encoding(file.name, lines + before) from None


def _pieces(file: Path, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    with file.open("rb") as stream:
        marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
        mark = marks.get(encoding, b"")
        if not mark or stream.read(len(mark)) != mark:
            stream.seek(0)
        while piece := stream.read(_PIECE):
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)

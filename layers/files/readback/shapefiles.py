"""Zipped Shapefiles: what ``about.txt`` says, and the codes in the dBASE table."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from geo.export import shapefile
from geo.language import LANGUAGES, N_, speaker
from layers.files.readback.archives import opened
from layers.files.readback.faults import (
    MOST_BYTES,
    MOST_COUNTIES,
    ForeignError,
    UnpackedTooLargeError,
)
from layers.files.readback.findings import Findings, checked_findings

_LABELS: Final = {
    "query": N_("Selection as a query"),
    "selection": N_("Selection"),
    "count": N_("Number of counties"),
    "data_digest": N_("Data digest"),
    "boundary_vintage": N_("Boundary vintage"),
}
"""Headings in ``about.txt``, which is for people and has no keys."""

_HEAD: Final = struct.Struct("<4xIHH")
_FIELD: Final = struct.Struct("<11sc4xB15x")
_END_OF_FIELDS: Final = b"\r"
_DELETED: Final = b"*"


def read_shapefile(content: bytes) -> Findings:
    """Read an archive with a Shapefile."""
    with opened(content, MOST_BYTES) as archive:
        names = {PurePosixPath(name).name: name for name in archive.names}
        table = archive.first(".dbf")
        if shapefile.ABOUT not in names or table is None:
            raise ForeignError("other files")
        about = archive.read(names[shapefile.ABOUT]).decode("utf-8-sig")
        texts = _paragraphs(about)
        adcodes = _column(archive.read(table), "adcode")
        return checked_findings("shapefile", texts, adcodes, texts.get("selection"))


def _paragraphs(text: str) -> dict[str, str]:
    """Return the text under each heading that is wanted, in either language."""
    keys = {
        speaker(language)(label): key
        for language in LANGUAGES
        for key, label in _LABELS.items()
    }
    lines = [*text.splitlines(), ""]
    texts: dict[str, str] = {}
    for before, line, after in zip(["", *lines], lines, lines[1:], strict=False):
        # Only what follows an empty line is a heading.
        if line in keys and not before:
            texts.setdefault(keys[line], after)
    return texts


def _column(table: bytes, name: str) -> Iterator[str]:
    """Read one column of a dBASE table; rows marked as deleted are left out."""
    count, begin, length = _HEAD.unpack_from(table)
    if count > MOST_COUNTIES:
        raise UnpackedTooLargeError("too many rows")
    at, offset = 32, 1
    while table[at : at + 1] != _END_OF_FIELDS:
        label, _kind, width = _FIELD.unpack_from(table, at)
        if label.split(b"\0")[0].decode("ascii").lower() == name:
            break
        at += _FIELD.size
        offset += width
    else:
        raise ForeignError("no such column")
    if len(table) < begin + count * length:
        raise ValueError("the table is cut off")
    for row in range(begin, begin + count * length, length):
        if table[row : row + 1] != _DELETED:
            yield table[row + offset : row + offset + width].decode("utf-8").strip()

"""Sheets, pages and drawings: their marker; and the metadata beside a GML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from geo.export import gml
from layers.files.marker import marked
from layers.files.readback.archives import opened
from layers.files.readback.faults import MEGABYTE, ForeignError
from layers.files.readback.findings import (
    Findings,
    checked_findings,
    findings_of_metadata,
)
from layers.files.readback.markup import parse

_TITLE: Final = "name"
"""Element that begins a GML with its title, in the language of the file; names of the
counties come after it."""

_MOST_GML: Final = 16 * MEGABYTE
"""Unpacked; all counties take a tenth."""

_ENDS: Final[Mapping[str, bytes]] = {
    "pdf": b"%%eof",
    "png": b"iend",
    "svg": b"</svg>",
    "html": b"</html>",
    "dxf": b"eof",
}
"""What stands at the end of a file that is whole, in small letters: the marker may
stand at its head."""

_TAIL: Final = 1024
"""Bytes in which it is looked for; programs that save a file again add to it."""


def read_marked(form: str, content: bytes) -> Findings:
    """Read what a file says of itself in its marker."""
    told = marked(content)
    if told is None:
        raise ForeignError("no marker")
    if _ENDS[form] not in content[-_TAIL:].lower():
        raise ValueError("cut off")
    return checked_findings(form, told, told["adcodes"], told.get("selection"))


def read_gml(content: bytes) -> Findings:
    """Read the metadata of a zipped GML, and the codes of its features."""
    adcodes: list[str] = []
    texts: list[str] | None = None
    titles: list[str] = []

    def begin(name: str, _: Mapping[str, str]) -> None:
        nonlocal texts
        wanted = name == "adcode" or (name == _TITLE and not titles)
        texts = [] if wanted else None

    def text(part: str) -> None:
        if texts is not None:
            texts.append(part)

    def end(name: str) -> None:
        nonlocal texts
        if texts is not None:
            (titles if name == _TITLE else adcodes).append("".join(texts))
        texts = None

    with opened(content, _MOST_GML) as archive:
        metadata = json.loads(archive.read(gml.ABOUT))
        name = archive.first(".gml")
        if name is None:
            raise ForeignError("no GML")
        parse(archive.read(name), begin, end, text)
    return findings_of_metadata("gml", metadata, adcodes, "".join(titles))

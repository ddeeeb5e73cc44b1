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

_MOST_GML: Final = 16 * MEGABYTE
"""Unpacked; all counties take a tenth."""


def read_marked(form: str, content: bytes) -> Findings:
    """Read what a file says of itself in its marker."""
    told = marked(content)
    if told is None:
        raise ForeignError("no marker")
    return checked_findings(form, told, told["adcodes"], told.get("selection"))


def read_gml(content: bytes) -> Findings:
    """Read the metadata of a zipped GML, and the codes of its features."""
    adcodes: list[str] = []
    texts: list[str] | None = None

    def begin(name: str, _: Mapping[str, str]) -> None:
        nonlocal texts
        texts = [] if name == "adcode" else None

    def text(part: str) -> None:
        if texts is not None:
            texts.append(part)

    def end(name: str) -> None:
        nonlocal texts
        if name == "adcode" and texts is not None:
            adcodes.append("".join(texts))
        texts = None

    with opened(content, _MOST_GML) as archive:
        metadata = json.loads(archive.read(gml.ABOUT))
        name = archive.first(".gml")
        if name is None:
            raise ForeignError("no GML")
        parse(archive.read(name), begin, end, text)
    title = metadata.get("title") if isinstance(metadata, dict) else None
    sample = next(iter(title.values()), "") if isinstance(title, dict) else ""
    return findings_of_metadata("gml", metadata, adcodes, sample)

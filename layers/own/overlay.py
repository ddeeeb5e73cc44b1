"""A placed layer as it is drawn over the map: shapes, and their columns as text."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from geo.language import N_, Language, Speaker, speaker
from layers.own.file_facts import OWN_DATA
from layers.own.placing import Placed

_MOST_COLUMNS: Final = 12
_LONGEST: Final = 80
"""Characters of a cell beside the pointer."""

_MOST_BYTES: Final = 600_000
"""Of all cells; a layer with more has fewer columns."""


def whose(placed: Placed, say: Speaker, brought: date | None) -> list[str]:
    """Say whose a layer is, when it was brought, and how it was located.

    Parameters
    ----------
    placed : Placed
        The layer.
    say : Speaker
        Of the language wanted.
    brought : datetime.date, optional
        The day on which the file was brought.
    """
    told = [say(OWN_DATA)]
    if brought is not None:
        told.append(say(N_("brought on {date}"), date=brought.isoformat()))
    text = N_("read in {crs}, which the file says")
    if placed.chosen:
        text = N_("read in {crs}, which the user says")
    elif placed.layer.assumed:
        text = N_("longitude and latitude, taken as {crs}")
    told.append(say(text, crs=placed.crs))
    return told


def overlay(placed: Placed, language: Language, brought: date | None = None) -> str:
    """Return what the map draws of a layer, as JSON.

    Parameters
    ----------
    placed : Placed
        The layer.
    language : {"zh", "en"}
        Language of the map.
    brought : datetime.date, optional
        The day on which the file was brought.

    Returns
    -------
    str
        ``name``, ``told`` (whose it is, when it was brought, in which system it was
        read), ``note`` (how many of its shapes are drawn), ``columns`` and
        ``features``: GeoJSON geometry, and the texts of the columns. "" if nothing of
        it lies in or around the province.
    """
    drawn = placed.answer["drawn"]
    if not drawn:
        return ""
    say, layer = speaker(language), placed.layer
    columns = [c for c in layer.layout.columns if c.role != "empty"][:_MOST_COLUMNS]
    rows: list[list[str]] = []
    while True:
        rows = [
            [layer.text(row, column)[:_LONGEST] for column in columns]
            for row, _ in drawn
        ]
        size = sum(len(text.encode("utf-8", "replace")) for row in rows for text in row)
        if size <= _MOST_BYTES or not columns:
            break
        columns = columns[:-1]
    total = sum(kind >= 0 for kind in placed.kinds)
    told: dict[str, Any] = {
        "name": layer.upload.name[:_LONGEST],
        "told": whose(placed, say, brought),
        "note": say(N_("{n} of {total} shapes drawn"), n=len(drawn), total=total),
        "columns": [column.name[:_LONGEST] for column in columns],
        "features": [
            [shape, texts] for (_, shape), texts in zip(drawn, rows, strict=True)
        ],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

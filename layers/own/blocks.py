"""Prefectures that stand at the head of a block of rows, where that is certain.

A prefecture's row may stand above its counties or below them, as their sum. It places
a county only if every county of the block that can be known without it lies in that
prefecture, at least one does, and none stands above the first such row.
"""

from __future__ import annotations

from collections.abc import Sequence

from layers.own.places import Places
from layers.own.rows import Row


def heads(rows: Sequence[Row], places: Places) -> list[str]:
    """Return the prefecture at the head of each row's block, "" where none is certain.

    Parameters
    ----------
    rows : sequence of Row
        All rows of the table.
    places : Places
        Names and codes.

    Returns
    -------
    list of str
        Adcodes, one for each row.
    """
    regions = [_region(row, places) for row in rows]
    starts = [i for i, region in enumerate(regions) if region]
    found = [""] * len(rows)
    if not starts:
        return found
    if any(_known(row, places) for row in rows[: starts[0]]):
        return found
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        known = {_known(row, places) for row in rows[start + 1 : end]} - {""}
        if known == {regions[start]}:
            found[start + 1 : end] = [regions[start]] * (end - start - 1)
    return found


def _region(row: Row, places: Places) -> str:
    if row.kind:
        return ""
    meaning = places.meaning(row.name)
    if meaning.kind == "prefecture":
        return meaning.prefecture
    coded = row.code.form == "code" and row.code.digits in places.prefectures
    return row.code.digits if coded and meaning.kind in {"blank", "unknown"} else ""


def _known(row: Row, places: Places) -> str:
    """Return the prefecture of a row whose name only one county has."""
    if row.kind:
        return ""
    meaning = places.meaning(row.name)
    adcodes = meaning.adcodes if meaning.kind == "county" else ()
    if len(adcodes) != 1 or len({b.adcodes for b in meaning.bearers}) != 1:
        return ""
    return places.parent(adcodes[0])

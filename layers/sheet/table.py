"""The table of a sheet: each county where there is room, else counts by prefecture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.select.facets import by_prefecture
from layers.sheet.font import LINE_SPACING, MM_PER_POINT, plain
from layers.sheet.legend import swatch
from layers.sheet.page import FAINT, INK, Box, Page
from layers.sheet.texture import Fill

MOST_ROWS: Final = 36
"""A longer list of counties is harder to read than counts by prefecture."""

_SIZES: Final = (7.2, 6.8, 6.4, 6, 5.6, 5.2, 4.8)
_GAP: Final = 2.2
_BETWEEN_BLOCKS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A county in the table."""

    number: int
    adcode: str
    name: str
    prefecture: str
    area: str
    fills: tuple[Fill, ...]


def rows(
    counties: pd.DataFrame,
    chosen: Sequence[str],
    looks: dict[str, tuple[Fill, ...]],
    language: Language,
) -> list[Row]:
    """Return the rows of the counties selected; none if they are too many."""
    if len(chosen) > MOST_ROWS:
        return []
    say = speaker(language)
    return [
        Row(
            number=number,
            adcode=str(adcode),
            name=plain(say.pick(county["name"], county["name_en"])),
            prefecture=plain(say.pick(county["prefecture"], county["prefecture_en"])),
            area=f"{county['area_km2']:,.0f}",
            fills=looks[str(adcode)],
        )
        for number, (adcode, county) in enumerate(
            counties.loc[list(chosen)].iterrows(), start=1
        )
    ]


def draw_rows(
    page: Page, box: Box, table: Sequence[Row], language: Language, scale: float
) -> bool:
    """Draw the table of counties if it fits; say whether it does."""
    say = speaker(language)
    head = [
        "",
        say(N_("County")),
        say(N_("Code")),
        say(N_("Prefecture")),
        say(N_("km²")),
    ]
    cells = [[str(r.number), r.name, r.adcode, r.prefecture, r.area] for r in table]
    for points in _SIZES:
        size = points * scale
        step = size * MM_PER_POINT * LINE_SPACING * 1.08
        widths = [
            max(page.face.width(row[column], size) for row in [head, *cells])
            for column in range(len(head))
        ]
        marks = _marks(table)
        mark = size * MM_PER_POINT * 0.9
        shown_marks = marks * (mark + 0.5) + _GAP if marks else 0
        need = sum(widths) + (len(head) - 1) * _GAP + shown_marks
        blocks = int((box.width + _BETWEEN_BLOCKS) // (need + _BETWEEN_BLOCKS))
        fitting = int(box.height // step) - 1
        if blocks < 1 or blocks * fitting < len(table):
            continue
        blocks = min(blocks, 4, math.ceil(len(table) / min(fitting, 6)))
        while blocks * fitting < len(table):
            blocks += 1
        each = math.ceil(len(table) / blocks)
        for block in range(blocks):
            part = slice(block * each, (block + 1) * each)
            left = box.left + block * (need + _BETWEEN_BLOCKS)
            _block(
                page, left, box.top, head, cells[part], table[part], widths, marks, size
            )
        return True
    return False


def draw_by_prefecture(
    page: Page,
    box: Box,
    package: Package,
    counties: pd.DataFrame,
    chosen: pd.Index,
    language: Language,
    scale: float,
) -> None:
    """Draw counts by prefecture, with the names of the counties where there is room."""
    say = speaker(language)
    counts = by_prefecture(counties, chosen)
    names = {
        str(adcode): say.series(
            plain(say.pick(name, name_en))
            for name, name_en in own[["name", "name_en"]].itertuples(index=False)
        )
        for adcode, own in counties.loc[chosen].groupby("prefecture_adcode")
    }
    lines = []
    for adcode, count in counts.iterrows():
        division = package.divisions[str(adcode)]
        head = say(
            N_("{prefecture} {n}/{total}"),
            prefecture=say.pick(division.name, division.name_en),
            n=int(count["selected"]),
            total=int(count["total"]),
        )
        lines.append((plain(head), names.get(str(adcode), "")))
    for number in (2, 1, 3):
        if _named(page, box, lines, number, scale):
            return
    _counted(page, box, [head for head, _ in lines], scale)


def _marks(table: Sequence[Row]) -> int:
    """Return how many looks to show a row; none where all rows look alike."""
    alike = len({row.fills for row in table}) == 1
    return 0 if alike else max(len(row.fills) for row in table)


def _block(
    page: Page,
    left: float,
    top: float,
    head: Sequence[str],
    cells: Sequence[Sequence[str]],
    table: Sequence[Row],
    widths: Sequence[float],
    marks: int,
    size: float,
) -> None:
    step = size * MM_PER_POINT * LINE_SPACING * 1.08
    starts = [left]
    for width in widths:
        starts.append(starts[-1] + width + _GAP)
    mark = size * MM_PER_POINT * 0.9
    right = starts[-1] + marks * (mark + 0.5)
    for i, row in enumerate([head, *cells]):
        baseline = top - (i + 0.76) * step
        for column, text in enumerate(row):
            numeric = column in (0, 4)
            page.text(
                starts[column] + (widths[column] if numeric else 0),
                baseline,
                text,
                size,
                colour=FAINT if i == 0 or column == 0 else INK,
                align="right" if numeric else "left",
            )
        if i:
            for j, fill in enumerate(table[i - 1].fills[:marks]):
                square = Box(
                    left=starts[-1] + j * (mark + 0.5),
                    bottom=baseline - 0.1 * mark,
                    width=mark,
                    height=mark,
                )
                swatch(page, square, (fill,), band=0.8)
        rule = top - (i + 1) * step
        weight, colour = (0.5, INK) if i == 0 else (0.2, "#c9c4b8")
        page.line([(left, rule), (right, rule)], colour, weight)


def _named(
    page: Page,
    box: Box,
    lines: Sequence[tuple[str, str]],
    columns: int,
    scale: float,
) -> bool:
    gap = 5 * scale
    width = (box.width - (columns - 1) * gap) / columns
    for points in _SIZES[1:]:
        size = points * scale
        unit = size * MM_PER_POINT * LINE_SPACING
        laid = [
            (page.face.wrap(head, size, width), page.face.wrap(names, size, width))
            for head, names in lines
        ]
        heights = [
            (len(head) + (len(names) if names[0] else 0) + 0.45) * unit
            for head, names in laid
        ]
        parts = _split(heights, columns, box.height)
        if parts is None:
            continue
        for column, (first, last) in enumerate(parts):
            left, top = box.left + column * (width + gap), box.top
            for head, names in laid[first:last]:
                top = page.lines(left, top, head, size)
                page.line([(left, top), (left + width, top)], "#c9c4b8", 0.25)
                top = page.lines(
                    left, top, names if names[0] else [], size, colour=FAINT
                )
                top -= 0.45 * unit
        return True
    return False


def _counted(page: Page, box: Box, heads: Sequence[str], scale: float) -> None:
    size = 6.4 * scale
    width = max(page.face.width(head, size) for head in heads) + 6 * scale
    columns = max(1, int(box.width // width))
    each = math.ceil(len(heads) / columns)
    for column in range(columns):
        part = heads[column * each : (column + 1) * each]
        page.lines(box.left + column * width, box.top, part, size)


def _split(
    heights: Sequence[float], columns: int, most: float
) -> list[tuple[int, int]] | None:
    """Divide heights over columns as evenly as their order lets; None if too high."""
    for limit in (sum(heights) / columns * f for f in (1.0, 1.05, 1.1, 1.2, 1.35, 1.6)):
        parts, first, used = [], 0, 0.0
        for i, height in enumerate(heights):
            if used + height > min(limit, most) + 1e-6 and i > first:
                parts.append((first, i))
                first, used = i, 0.0
            used += height
        parts.append((first, len(heights)))
        highest = max(sum(heights[a:b]) for a, b in parts)
        if len(parts) <= columns and highest <= most:
            return parts
    return None

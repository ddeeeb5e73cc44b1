"""The table of a sheet: each county where there is room, else counts by prefecture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final

import pandas as pd

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.select.facets import by_prefecture
from layers.sheet.box import Box
from layers.sheet.font import LINE_SPACING, MM_PER_POINT, plain
from layers.sheet.legend import swatch
from layers.sheet.page import FAINT, INK, Page
from layers.sheet.table_rows import Row, Table
from layers.sheet.texture import Fill

_MOST_MARKS: Final = 12
"""More looks of a county than these cannot be told apart in a line."""

_SIZES: Final = (7.2, 6.8, 6.4, 6, 5.6, 5.2, 4.8)
_GAP: Final = 2.2
_BETWEEN_BLOCKS: Final = 6


def draw_rows(
    page: Page, box: Box, table: Table, scale: float, *, only_ask: bool = False
) -> bool:
    """Draw the table of counties if it fits; say whether it does.

    Parameters
    ----------
    page : Page
        The page to draw on; its lengths are millimetres.
    box : Box
        Where on the page, in millimetres.
    table : Table
        Heads and cells.
    scale : float
        Of text and lines; 1 on A4.
    only_ask : bool
        Draw nothing, only say whether it would fit.
    """
    head, rows = table.head, table.rows
    cells = [row.cells for row in rows]
    for points in _SIZES:
        size = points * scale
        step = size * MM_PER_POINT * LINE_SPACING * 1.08
        widths = [
            max(page.face.width(row[column], size) for row in [head, *cells])
            for column in range(len(head))
        ]
        marks = _marks(rows)
        mark = size * MM_PER_POINT * 0.9
        shown_marks = marks * (mark + 0.5) + _GAP if marks else 0
        need = sum(widths) + (len(head) - 1) * _GAP + shown_marks
        blocks = int((box.width + _BETWEEN_BLOCKS) // (need + _BETWEEN_BLOCKS))
        fitting = int(box.height // step) - 1
        if blocks < 1 or blocks * fitting < len(rows):
            continue
        if only_ask:
            return True
        blocks = min(blocks, 4, math.ceil(len(rows) / min(fitting, 6)))
        while blocks * fitting < len(rows):
            blocks += 1
        each = math.ceil(len(rows) / blocks)
        for block in range(blocks):
            part = slice(block * each, (block + 1) * each)
            left = box.left + block * (need + _BETWEEN_BLOCKS)
            own = Table(head=head, numeric=table.numeric, rows=rows[part])
            _block(page, left, box.top, own, widths, marks, size)
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
    *,
    short: Mapping[str, str],
    numbers: Mapping[str, str],
    only_ask: bool = False,
) -> bool:
    """Draw counts by prefecture, with the names of the counties where there is room.

    Parameters
    ----------
    page : Page
        Where to draw.
    box : Box
        The room for it, in millimetres.
    package : Package
        The facts.
    counties : pandas.DataFrame
        The county table.
    chosen : pandas.Index
        Adcodes selected.
    language : {"zh", "en"}
        Language of headings and names.
    scale : float
        By which the sizes are multiplied.
    short : mapping of str to str
        As the map names counties, by adcode; for a list without room for more.
    numbers : mapping of str to str
        By which the map names counties that have no room for more, by adcode.
    only_ask : bool
        Whether to draw nothing.

    Returns
    -------
    bool
        Whether there is room for the names, too.
    """
    say = speaker(language)
    whole = counties[say.pick("name", "name_en")]
    heads: dict[str, str] = {}
    for adcode, count in by_prefecture(counties, chosen).iterrows():
        division = package.divisions[str(adcode)]
        head = say(
            N_("{prefecture} {n}/{total}"),
            prefecture=say.pick(division.name, division.name_en),
            n=int(count["selected"]),
            total=int(count["total"]),
        )
        heads[str(adcode)] = plain(head)
    for names, columns in product((whole, short), (2, 1, 3)):
        listed = {
            str(adcode): say.series(
                " ".join(filter(None, (numbers.get(str(a)), plain(names[a]))))
                for a in own.index
            )
            for adcode, own in counties.loc[chosen].groupby("prefecture_adcode")
        }
        lines = [(head, listed.get(adcode, "")) for adcode, head in heads.items()]
        if _named(page, box, lines, columns, scale, only_ask=only_ask):
            return True
    if only_ask:
        return False
    _counted(page, box, [*heads.values()], scale)
    return False


def _marks(table: Sequence[Row]) -> int:
    """Return how many looks to show a row; none where they would tell nothing."""
    alike = len({row.fills for row in table}) == 1
    most = max(len(row.fills) for row in table)
    return 0 if alike or most > _MOST_MARKS else most


def _block(
    page: Page,
    left: float,
    top: float,
    table: Table,
    widths: Sequence[float],
    marks: int,
    size: float,
) -> None:
    step = size * MM_PER_POINT * LINE_SPACING * 1.08
    starts = [left]
    for width in widths:
        starts.append(starts[-1] + width + _GAP)
    mark = size * MM_PER_POINT * 0.9
    right = starts[-1] + (marks * (mark + 0.5) if marks else -_GAP)
    with page.tags.within("Table"):
        for i, cells in enumerate([table.head, *(row.cells for row in table.rows)]):
            baseline = top - (i + 0.76) * step
            with page.tags.within("TR"):
                for column, text in enumerate(cells):
                    numeric = table.numeric[column]
                    with page.tags.within("TD" if i else "TH"):
                        page.text(
                            starts[column] + (widths[column] if numeric else 0),
                            baseline,
                            text,
                            size,
                            colour=FAINT if i == 0 or column == 0 else INK,
                            align="right" if numeric else "left",
                        )
            if i:
                looks = table.rows[i - 1].fills[:marks]
                _draw_marks(page, looks, starts[-1], baseline, mark)
            rule = top - (i + 1) * step
            weight, colour = (0.5, INK) if i == 0 else (0.2, "#c9c4b8")
            page.line([(left, rule), (right, rule)], colour, weight)


def _draw_marks(
    page: Page, fills: Sequence[Fill], left: float, baseline: float, side: float
) -> None:
    for number, fill in enumerate(fills):
        square = Box(
            left=left + number * (side + 0.5),
            bottom=baseline - 0.1 * side,
            width=side,
            height=side,
        )
        swatch(page, square, (fill,), band=0.8)


def _named(
    page: Page,
    box: Box,
    lines: Sequence[tuple[str, str]],
    columns: int,
    scale: float,
    *,
    only_ask: bool,
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
        if only_ask:
            return True
        for column, (first, last) in enumerate(parts):
            left, top = box.left + column * (width + gap), box.top
            with page.tags.within("L"):
                for head, names in laid[first:last]:
                    with page.tags.within("LI"):
                        top = page.lines(left, top, head, size, role="Lbl")
                        page.line([(left, top), (left + width, top)], "#c9c4b8", 0.25)
                        kept = names if names[0] else []
                        top = page.lines(
                            left, top, kept, size, colour=FAINT, role="LBody"
                        )
                    top -= 0.45 * unit
        return True
    return False


def _counted(page: Page, box: Box, heads: Sequence[str], scale: float) -> None:
    for points in (6.4, *_SIZES[4:], 4):
        size = points * scale
        widest = max(page.face.width(head, size) for head in heads)
        width = widest + 6 * scale
        columns = int((box.width + 6 * scale) // width)
        if columns and -(-len(heads) // columns) * _unit(size) <= box.height:
            break
    else:
        return
    each = math.ceil(len(heads) / columns)
    for column in range(columns):
        top = box.top
        with page.tags.within("L"):
            for head in heads[column * each : (column + 1) * each]:
                with page.tags.within("LI"):
                    left = box.left + column * width
                    top = page.lines(left, top, [head], size, role="LBody")


def _unit(size: float) -> float:
    """Return the height of a line of text in millimetres."""
    return size * MM_PER_POINT * LINE_SPACING


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

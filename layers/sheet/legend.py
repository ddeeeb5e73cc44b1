"""The legend: the same lines as on the screen, and what the lines of the map mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from geo.language import N_, Language, Speaker, speaker
from layers.sheet.box import Box
from layers.sheet.circles import CircleKey
from layers.sheet.font import LINE_SPACING, MM_PER_POINT, Face, plain
from layers.sheet.map_panel import LAND, LINE, LINE_WEIGHTS, NEIGHBOUR, PREFECTURE
from layers.sheet.notes import draw_number
from layers.sheet.own_layer import OwnLayer, draw_key
from layers.sheet.page import FAINT, INK, Page
from layers.sheet.pair_key import PairKey
from layers.sheet.relations import DASHES, PAIR, draw_symbol, symbol_size
from layers.sheet.texture import Fill, pieces
from layers.themes.palette import SEVERAL
from layers.themes.themes import PLACES, PROGRAMMES, Theme
from layers.webmap.map_texts import TEXTS

SIZES: Final = (6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2)
"""Sizes of text in points that are tried one after another."""

_SWATCH: Final = (6.2, 3.4)
_GAP: Final = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One sign and what it means: fills, a symbol, or the level of a line.

    A symbol that is not `exact` has the ring of a place of which only the county is
    known. A `number` is that of a reader's note on the map. A `figure` takes the whole
    width and says what it means itself. `own` is a layer of the reader's.
    """

    fills: tuple[Fill, ...] = ()
    level: str = ""
    symbol: str = ""
    number: str = ""
    exact: bool = True
    figure: CircleKey | PairKey | None = None
    own: OwnLayer | None = None
    name: str = ""
    faint: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """A legend laid out: its columns of entries in one size, and where they stand.

    `left_out` is how many entries have no room; its last line says so.
    """

    size: float
    columns: tuple[tuple[Entry, ...], ...]
    boxes: tuple[Box, ...]
    left_out: int = 0


def entries(
    state: Mapping[str, Any],
    theme: Theme,
    symbols: Mapping[str, tuple[int, int]],
    language: Language,
    *,
    whole: bool,
    notes: Sequence[tuple[str, bool]] = (),
    own: OwnLayer | None = None,
    scale: float = 1,
) -> list[Entry]:
    """Return the entries for a message of :func:`layers.webmap.map_state.map_state`.

    Parameters
    ----------
    state : mapping
        The message.
    theme : Theme
        Its theme.
    symbols : mapping of str to (int, int)
        Of the places on the map, see :func:`layers.sheet.relations.symbols`.
    language : {"zh", "en"}
        Language of the message.
    whole : bool
        Whether every county is selected.
    notes : sequence of (str, bool)
        The reader's texts in the order of their numbers, and whether each lies on the
        map.
    own : OwnLayer, optional
        The reader's layer over the counties.
    scale : float
        Of the map's circles; 1 on A4.
    """
    say = speaker(language)
    figures = CircleKey.of(state, scale), PairKey.of(state)
    found = [Entry(figure=figure) for figure in figures if figure is not None]
    found += [
        Entry(
            fills=((line["colour"], line["texture"]),),
            name=line["name"],
            faint=tuple(filter(None, (line["count"], line["note"]))),
        )
        for line in state["legend"]
        # The nine lines of two numbers are the cells of their figure.
        if not (state.get("axes") and line["value"])
    ]
    found += [Entry(fills=fills, name=say(text)) for fills, text in _keys(state, theme)]
    if theme.has_lines:
        drawn = {level for _, _, level in state["lines"]}
        found += [
            Entry(level=level, name=say(TEXTS[f"pair_{level}"]))
            for level in DASHES
            if level in drawn
        ]
    if theme.kind == PLACES:
        found += _of_places(symbols, say)
    beyond = N_("note of the reader, beyond this map")
    found += [
        Entry(
            number=str(number),
            name=text,
            # Not to be taken for something that a source says.
            faint=(say(N_("note of the reader") if inside else beyond),),
        )
        for number, (text, inside) in enumerate(notes, start=1)
    ]
    if own is not None:
        found.append(Entry(own=own, name=own.name, faint=own.notes))
    if not whole:
        name = say(N_("county not in the selection"))
        found.append(Entry(fills=((LAND, "solid"),), name=name))
    found += [
        Entry(level="province", name=say(N_("boundary of the province"))),
        Entry(level="prefecture", name=say(N_("boundary of a prefecture"))),
        Entry(level="county", name=say(N_("boundary of a county"))),
        Entry(fills=((NEIGHBOUR, "solid"),), name=say(N_("Beijing and Tianjin"))),
    ]
    return found


def _of_places(symbols: Mapping[str, tuple[int, int]], say: Speaker) -> Iterator[Entry]:
    """Yield the signs of places with how many there are, and the ring of some."""
    text = TEXTS["place_count"]
    for symbol, (n, _) in symbols.items():
        name = say(TEXTS[f"symbol_{symbol}"])
        yield Entry(symbol=symbol, name=say(text, name=name, n=n))
    ring = TEXTS["place_inexact"]
    inexact = sum(n for _, n in symbols.values())
    for symbol in [*symbols][-1:] if inexact else ():
        name = say(text, name=say(ring), n=inexact)
        yield Entry(symbol=symbol, exact=False, name=name)


def _keys(
    state: Mapping[str, Any], theme: Theme
) -> Iterator[tuple[tuple[Fill, ...], str]]:
    """Yield the looks that need a word: on paper a line may stand without its note."""
    used = [state["legend"][i] for look in state["classes"] for i in look]
    if any(len(look) > 1 for look in state["classes"]):
        of_programmes = theme.kind in {PROGRAMMES, PLACES, "group"}
        several = TEXTS["several" if of_programmes else "several_values"]
        yield SEVERAL, several
    # What no source says is hatched too, and has a line of its own.
    if any(line["texture"] == "hatch" and line["programme"] for line in used):
        yield (("#777777", "hatch"),), TEXTS["derived"]


def condensed(lines: Sequence[Entry]) -> list[Entry]:
    """Return entries that say how many, and no more, each in one line of faint text."""
    return [replace(line, faint=line.faint[:1]) for line in lines]


def cut(
    face: Face,
    lines: Sequence[Entry],
    boxes: Sequence[Box],
    scale: float,
    language: Language,
) -> Legend:
    """Fill columns in the smallest size and say how many entries are left out.

    Parameters
    ----------
    face, lines, boxes, scale
        As for :func:`arrange`.
    language : {"zh", "en"}
        Language of the last entry, which says how many more there are.
    """
    for shown in range(len(lines) - 1, 0, -1):
        text = speaker(language)(N_("and {n} more"), n=len(lines) - shown)
        kept = [*lines[:shown], Entry(name=text)]
        found = arrange(face, kept, boxes, scale, SIZES[-1:])
        if found is not None:
            return replace(found, left_out=len(lines) - shown)
    return Legend(
        size=SIZES[-1] * scale,
        columns=((),),
        boxes=tuple(boxes[:1]),
        left_out=len(lines),
    )


def arrange(
    face: Face,
    lines: Sequence[Entry],
    boxes: Sequence[Box],
    scale: float,
    sizes: Sequence[float] = SIZES,
) -> Legend | None:
    """Find the largest size in which entries fill columns of these heights in order.

    Parameters
    ----------
    face : Face
        The font, which measures.
    lines : sequence of Entry
        What is to be placed.
    boxes : sequence of Box
        The columns, from the first; the narrowest says how wide lines are.
    scale : float
        By which the sizes are multiplied.
    sizes : sequence of float
        Points, from the largest.

    Returns
    -------
    Legend or None
        None if there is not enough room in any size.
    """
    width, heights = min(box.width for box in boxes), [box.height for box in boxes]
    for points in sizes:
        size = points * scale
        columns: list[list[Entry]] = [[]]
        left = heights[0]
        for entry in lines:
            need = _height(face, entry, width, size)
            if need > left and len(columns) < len(heights):
                columns.append([])
                left = heights[len(columns) - 1]
            columns[-1].append(entry)
            left -= need
            if left < 0:
                break
        else:
            placed = tuple(boxes[: len(columns)])
            return Legend(size=size, columns=tuple(map(tuple, columns)), boxes=placed)
    return None


def draw_all(page: Page, legend: Legend) -> None:
    """Draw a legend in its boxes."""
    for column, box in zip(legend.columns, legend.boxes, strict=True):
        draw(page, column, box.left, box.top, box.width, legend.size)


def draw(
    page: Page,
    lines: Sequence[Entry],
    left: float,
    top: float,
    width: float,
    size: float,
) -> float:
    """Draw one column of entries and return the y below it.

    Parameters
    ----------
    page : Page
        Where to draw.
    lines : sequence of Entry
        From top to bottom.
    left, top, width : float
        Of the column, in millimetres.
    size : float
        Of the letters, in points.
    """
    with page.tags.within("L"):
        for entry in lines:
            with page.tags.within("LI"), page.tags.within("LBody"):
                top = _draw_entry(page, entry, left, top, width, size)
    return top


def _draw_entry(
    page: Page, entry: Entry, left: float, top: float, width: float, size: float
) -> float:
    if entry.figure is not None:
        entry.figure.draw(page, left, top, width, size)
        return top - _height(page.face, entry, width, size)
    unit = size * MM_PER_POINT
    swatch_width, swatch_height = _swatch(size)
    name, faint = _wrapped(page.face, entry, width, size)
    box = Box(
        left=left,
        bottom=top - unit * LINE_SPACING / 2 - swatch_height / 2,
        width=swatch_width,
        height=swatch_height,
    )
    _draw_sign(page, entry, box, size)
    indent = left + swatch_width + _GAP
    top = page.lines(indent, top, name, size)
    top = page.lines(indent, top, faint, size * 0.88, colour=FAINT)
    return top - _between(size)


def _draw_sign(page: Page, entry: Entry, box: Box, size: float) -> None:
    x, y = box.left + box.width / 2, box.bottom + box.height / 2
    if entry.fills:
        swatch(page, box, entry.fills)
    elif entry.symbol:
        relative = box.height * 1.1 / symbol_size(1)
        draw_symbol(page, x, y, entry.symbol, exact=entry.exact, scale=relative)
    elif entry.own is not None:
        draw_key(page, box, entry.own)
    elif entry.number:
        draw_number(page, x, y, entry.number, box.height / 2)
    elif entry.level in DASHES:
        ends = [(box.left, y), (box.right, y)]
        page.line(ends, PAIR, 1, dashes=DASHES[entry.level])
    elif entry.level:
        page.line(
            [(box.left, y), (box.right, y)],
            LINE if entry.level == "county" else PREFECTURE,
            max(LINE_WEIGHTS[entry.level] * size / SIZES[0], 0.5),
        )


def swatch(page: Page, box: Box, fills: Sequence[Fill], *, band: float = 1.3) -> None:
    """Draw a rectangle with the look of a county.

    Parameters
    ----------
    page : Page
        The page to draw on; its lengths are millimetres.
    box : Box
        Where on the page, in millimetres.
    fills : sequence of Fill
        Colours and textures, from the left.
    band : float, optional
        Width of a stripe in millimetres, where there are several.
    """
    for colour, piece in pieces(box.polygon(), fills, band):
        page.shapes([piece], fill=colour)
    page.rectangle(box, stroke=INK, weight=0.35)


def _wrapped(
    face: Face, entry: Entry, width: float, size: float
) -> tuple[list[str], list[str]]:
    room = width - _swatch(size)[0] - _GAP
    name = face.wrap(plain(entry.name), size, room)
    faint = [
        line
        for text in entry.faint
        for line in face.wrap(plain(text), size * 0.88, room)
    ]
    return name, faint


def _height(face: Face, entry: Entry, width: float, size: float) -> float:
    if entry.figure is not None:
        return entry.figure.height(face, width, size) + 2 * _between(size)
    name, faint = _wrapped(face, entry, width, size)
    unit = size * MM_PER_POINT * LINE_SPACING
    return len(name) * unit + len(faint) * unit * 0.88 + _between(size)


def _swatch(size: float) -> tuple[float, float]:
    factor = size / SIZES[0]
    return _SWATCH[0] * factor, _SWATCH[1] * factor * 0.9


def _between(size: float) -> float:
    return size * MM_PER_POINT * 0.4

"""One selection on one sheet of paper."""

from __future__ import annotations

import io
from datetime import date
from typing import Final, Literal, get_args

import geopandas as gpd
from pypdf import PdfReader, PdfWriter

from geo.language import LANGUAGES, Language
from layers.facts.package import Package
from layers.select.selection import Selection
from layers.sheet import (
    inset,
    layout,
    legend,
    legend_room,
    map_panel,
    marginalia,
    picture,
    relations,
    table,
    table_rows,
)
from layers.sheet.about import footer, told_of, told_of_map
from layers.sheet.box import Box
from layers.sheet.circles import radii
from layers.sheet.drawing import drawing
from layers.sheet.facts import (
    Facts,
    map_names,
    subtitle_of,
    title_of,
)
from layers.sheet.layout import Orientation, Paper
from layers.sheet.map_content import MapContent
from layers.sheet.own_layer import read_layer
from layers.sheet.page import FAINT, PAPER, Page
from layers.sheet.pdf_document import describe, place
from layers.sheet.pdf_fonts import mend_fonts, written
from layers.sheet.pdf_structure import write_structure
from layers.sheet.projection import MapFrame
from layers.sheet.texture import Fill
from layers.themes.style import MapStyle
from layers.themes.themes import USUAL, asked_for, style_theme
from layers.webmap.map_notes import Note
from layers.webmap.map_state import map_state
from layers.webmap.map_window import read_window

Format = Literal["png", "svg", "pdf"]

FORMATS: Final[tuple[Format, ...]] = get_args(Format)
DPI_RANGE: Final = (30, 600)
USUAL_DPI: Final = 300

_MOST_LINES: Final = 80
"""Selected counties up to which those without room for their name have a line to it."""


def draw(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    *,
    paper: Paper = "A4",
    orientation: Orientation = "portrait",
    format: Format = "pdf",  # noqa: A002 - the word that everybody uses for it
    language: Language = "zh",
    dpi: int = USUAL_DPI,
    title: str | None = None,
    made_on: date | None = None,
    theme: str = USUAL,
    address: str | None = None,
    text_as_text: bool = False,
    notes: tuple[Note, ...] = (),
    window: str | None = None,
    until: int | None = None,
    own_layer: str = "",
) -> bytes:
    """Draw a selection as a map sheet.

    Parameters
    ----------
    package : layers.facts.package.Package
        The checked facts.
    counties : geopandas.GeoDataFrame
        The table of :func:`layers.facts.county_table.county_table`, of either detail;
        lines are drawn in full detail.
    selection : Selection
        Which counties.
    paper : {"A4", "A3"}
        Size of the paper.
    orientation : {"portrait", "landscape"}
        How it lies.
    format : {"png", "svg", "pdf"}
        Of the file. Text in a PDF is text, with the font embedded; in an SVG it is
        outlines, because the font is not where that is opened.
    language : {"zh", "en"}
        Of everything on the sheet; only the terms of use stand in both.
    dpi : int
        Dots an inch of a PNG.
    title : str, optional
        Instead of the one made of the selection.
    made_on : datetime.date, optional
        Day to be printed. Without it the same facts give the same bytes.
    theme : str
        What :func:`layers.themes.themes.theme_of` knows.
    address : str, optional
        As for :func:`layers.files.export.export`; the link is printed.
    text_as_text : bool
        Whether the text of an SVG stays text, to be edited where the font is.
    notes : tuple of Note
        The reader's own texts at places: numbers on the map, texts in the legend.
    window : str, optional
        Asks for a picture of the map instead of a sheet of paper, which is as large as
        it needs to be; see :func:`layers.webmap.map_window.read_window`.
    until : int, optional
        Of a picture with a theme of dates: the last year shown.
    own_layer : str
        A layer of the reader's own to be drawn over the counties, as
        :func:`layers.own.overlay.overlay` writes it.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    ValueError
        If there is no such paper, orientation, format, language, theme, resolution or
        window.
    layers.select.rejected.SelectionError
        If the selection names something that does not exist.
    layers.sheet.font.FontMissingError
        If there is no font for Chinese.
    """
    for word, value, choices in (
        ("paper", paper, layout.PAPERS),
        ("orientation", orientation, layout.ORIENTATIONS),
        ("format", format, FORMATS),
        ("language", language, LANGUAGES),
        ("theme", theme, asked_for(package, [theme])),
    ):
        if value not in choices:
            raise ValueError(f"{word} is one of {', '.join(choices)}, not {value!r}")
    if not DPI_RANGE[0] <= dpi <= DPI_RANGE[1]:
        low, high = DPI_RANGE
        raise ValueError(f"dpi is a number from {low} to {high}, not {dpi!r}")
    facts = Facts(
        package=package,
        counties=counties,
        selection=selection,
        language=language,
        theme=theme,
        title=title,
        made_on=made_on,
        address=address,
        notes=notes,
        own=read_layer(own_layer),
    )
    with drawing(text_as_text=text_as_text):
        if window is None:
            page, frame = laid_out(facts, paper, orientation)
        else:
            page, frame = picture.laid_out(facts, read_window(window), until)
        told = told_of(facts, title_of(facts))
        content = page.render(format, dpi=dpi, told=told)
    if format != "pdf":
        return content
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    mend_fonts(writer)
    describe(writer, told)
    write_structure(writer, [page.tags.root])
    place(writer, 0, frame)
    return written(writer)


def compose(facts: Facts, paper: Paper, orientation: Orientation) -> Page:
    """Lay out and draw a sheet; to be called while :func:`drawing` is in force.

    Parameters
    ----------
    facts : Facts
        What the sheet says.
    paper : Paper
        ``A4`` or ``A3``.
    orientation : Orientation
        ``portrait`` or ``landscape``.
    """
    return laid_out(facts, paper, orientation)[0]


def laid_out(
    facts: Facts, paper: Paper, orientation: Orientation
) -> tuple[Page, MapFrame]:
    """Lay out and draw a sheet; to be called while :func:`drawing` is in force.

    Parameters
    ----------
    facts : Facts
        What the sheet says.
    paper : Paper
        ``A4`` or ``A3``.
    orientation : Orientation
        ``portrait`` or ``landscape``.

    Returns
    -------
    Page
        The sheet.
    MapFrame
        The map on it.
    """
    package, counties, language = facts.package, facts.counties, facts.language
    page = Page(*layout.paper_size(paper, orientation))
    width = layout.content_of(paper, orientation).width
    scale = layout.scale_of(paper)
    gap = 1.4 * scale
    chosen = facts.selection.apply(counties)
    head = marginalia.heading(
        page.face, title_of(facts), subtitle_of(facts), width, scale
    )
    foot = footer(facts, page, width, scale)
    plan = layout.arrange(
        paper,
        orientation,
        marginalia.height(head, gap),
        marginalia.height(foot, gap),
    )
    content = plan.content
    marginalia.draw(page, head, content.left, content.top, gap, titled=True)
    below = content.bottom + marginalia.height(foot, gap)
    page.line(
        [(content.left, below + gap), (content.right, below + gap)], FAINT, 0.4 * scale
    )

    style = style_theme(package, counties, facts.selection, facts.theme, language)
    # So many names that their lines would be a thicket: numbers, with the list as key.
    key = (
        {a: str(number) for number, a in enumerate(chosen, start=1)}
        if len(chosen) > _MOST_LINES
        else {}
    )
    names = {a: map_names(facts, a) for a in chosen}
    short = {a: own[0] for a, own in names.items()}
    looks = looks_of(style)
    listed = table_rows.of_counties(
        package, counties, [*chosen], looks, facts.seen, language
    )
    rows = listed.rows
    state = map_state(
        package, counties, facts.selection, theme=facts.theme, language=language
    )

    listing_beside = (
        orientation == "landscape"
        and bool(rows)
        and table.draw_rows(page, plan.table, listed, scale, only_ask=True)
    )
    tables = table_rows.narrower(listed, short, beside=listing_beside) if rows else []

    def listing(box: Box, *, only_ask: bool = False) -> bool:
        """List the counties in a box, each with its values where that has room."""
        for tried in tables:
            if table.draw_rows(page, box, tried, scale, only_ask=only_ask):
                return True
        # Values are not left out where the other layout has room for them.
        if only_ask and rows and listing_beside:
            return False
        return table.draw_by_prefecture(
            *(page, box, package, counties, chosen, language, scale),
            short=short,
            numbers=key,
            only_ask=only_ask,
        )

    plans = [plan]
    if orientation == "landscape":
        wide = layout.filled_where(
            plan,
            len(state["legend"]),
            lambda box: listing(box, only_ask=True),
            tabulated=listing_beside,
        )
        # A legend that is cut there may have all its lines beside a smaller map.
        plans = [wide, plan]
    bounds = map_panel.extent(package.boundaries, [*chosen])
    for plan in plans:
        frame = MapFrame.around(plan.map_room or plan.frame, bounds, 4 * scale)
        if plan.map_room is not None:
            frame = frame.widened(plan.frame)
        plan, arranged = legend_room.laid_out(facts, page, plan, frame, state)
        if not arranged.left_out:
            break
    whole = bounds == map_panel.extent(package.boundaries, [])
    around = [] if whole else [a for a in counties.index if a not in set(chosen)]
    map_content = MapContent(
        looks=looks,
        hints=hints_of(style),
        names=names,
        numbers=key,
        whole=whole,
        relations=relations.of_theme(package, chosen, facts.seen),
        circles={a: r for a, r in radii(state, counties.index).items() if a in looks},
        quiet={a: map_names(facts, a) for a in around},
        notes=facts.notes,
        own=facts.own,
    )
    map_panel.draw(
        page,
        frame,
        map_content,
        package,
        language,
        scale=scale,
        taken=[box for box in (plan.inset, *arranged.boxes) if box.height > 0],
        told=told_of_map(facts, title_of(facts), frame),
    )
    if plan.inset.height > 0:
        window = None if whole else frame.bounds
        colours = {a: own[0][0] for a, own in looks.items() if own}
        inset.draw(page, plan.inset, package, colours, window, language, scale)
    for box in [] if plan.panel is None else arranged.boxes[1:]:
        page.rectangle(box, fill=PAPER)
    legend.draw_all(page, arranged)
    listing(plan.table)
    # Last, so that it is also read last.
    marginalia.draw(page, foot, content.left, below, gap)
    return page, frame


def looks_of(style: MapStyle) -> dict[str, tuple[Fill, ...]]:
    """Return the fills of the selected counties by adcode."""
    return {a: style.classes[look].fills for a, look in style.counties.items()}


def hints_of(style: MapStyle) -> dict[str, tuple[Fill, ...]]:
    """Return the fills of the counties that are drawn, but not selected."""
    return {a: style.classes[look].fills for a, look in style.hints.items()}

"""The atlas as one PDF: cover, contents, overview, programmes, counties, sources."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

import geopandas as gpd
from matplotlib.backends.backend_pdf import PdfPages
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import Fit, NameObject, RectangleObject, TextStringObject

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.facts.variables import by_group
from layers.profile.county_profile import cited
from layers.select.selection import Selection
from layers.sheet import book_pages
from layers.sheet.about import told_of
from layers.sheet.book_pages import ContentsLine, LinkArea
from layers.sheet.drawing import about, drawing
from layers.sheet.facts import Facts, title_of
from layers.sheet.page import FAINT, Page
from layers.sheet.pdf_document import POINTS_PER_MM, describe, label_pages
from layers.sheet.pdf_fonts import mend_fonts, written
from layers.sheet.pdf_structure import write_structure
from layers.sheet.sheet import compose
from layers.sheet.tags import ARTIFACT, Element
from layers.sheet.texture import Fill
from layers.sheet.told import Told
from layers.themes.style import texture_of

Progress = Callable[[int, int], None]

_CONTENTS_AT: Final = 1
"""Pages before the contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A page, or a heading of the contents that leads to the next page.

    Attributes
    ----------
    title : str
        In the contents and the outline.
    depth : int
        Under which heading.
    draw : callable or None
        Draws the page; None for a heading.
    fill : tuple or None
        Look that stands before the title.
    """

    title: str
    depth: int
    draw: Callable[[], Page] | None = None
    fill: Fill | None = None


def make(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    *,
    language: Language = "zh",
    progress: Progress | None = None,
    title: str | None = None,
    made_on: date | None = None,
    address: str | None = None,
) -> bytes:
    """Make the atlas of a selection.

    Parameters
    ----------
    package : layers.facts.package.Package
        The checked facts.
    counties : geopandas.GeoDataFrame
        The county table of :func:`layers.facts.county_table.county_table`.
    selection : Selection
        Which counties have a page.
    language : {"zh", "en"}
        Of all pages.
    progress : callable, optional
        Called after each page with the number of pages done and the number of all.
        An exception that it raises ends the work.
    title : str, optional
        On the cover, instead of the atlas's name.
    made_on : datetime.date, optional
        Day to be printed. Without it the same facts give the same bytes.
    address : str, optional
        Where this atlas is served, for the links on its pages.

    Returns
    -------
    bytes
        A PDF of A4 pages, with an outline and links in its contents.

    Raises
    ------
    layers.select.rejected.SelectionError
        If the selection names something that does not exist.
    layers.sheet.font.FontMissingError
        If there is no font for Chinese.
    """
    facts = Facts(
        package=package,
        counties=counties,
        selection=selection,
        language=language,
        title=title,
        made_on=made_on,
        address=address,
    )
    leaves = [*_leaves(facts)]
    lines = _numbered(leaves)
    parts = _parts(lines)
    pages = sum(leaf.draw is not None for leaf in leaves)
    total = _CONTENTS_AT + len(parts) + pages
    links: list[tuple[int, LinkArea]] = []

    def draw_contents(part: int) -> Page:
        page, areas = book_pages.contents(parts[part], language, first=part == 0)
        links.extend((_CONTENTS_AT + part, area) for area in areas)
        return page

    drawers: list[Callable[[], Page]] = [
        partial(book_pages.cover, facts),
        *[partial(draw_contents, part) for part in range(len(parts))],
        *[leaf.draw for leaf in leaves if leaf.draw is not None],
    ]
    named = title or speaker(language)(N_("Hebei Programme Atlas"))
    told = told_of(facts, named)
    content, said = _print(drawers, told, total, progress)
    return _linked(content, lines, links, told, said)


def _leaves(facts: Facts) -> Iterator[Leaf]:
    """Yield the pages after the contents, with their headings."""
    say = speaker(facts.language)
    package, counties = facts.package, facts.counties
    chosen = counties.loc[facts.selection.apply(counties)]
    sheet = replace(facts, title=None)
    yield Leaf(
        title=say(N_("Overview: {title}"), title=title_of(sheet)),
        depth=0,
        draw=partial(compose, sheet, "A4", "portrait"),
    )
    here = {*map(str, chosen.index)}
    shown = [p for p in package.programmes.values() if here & package.members(p.id)]
    if shown:
        yield Leaf(title=say(N_("Programmes")), depth=0)
    for group, programmes in by_group(shown, package.groups).items():
        yield Leaf(title=group.name(facts.language), depth=1)
        for programme in programmes:
            alone = replace(
                sheet,
                selection=Selection(
                    all_of=(programme.id,), prefectures=facts.selection.prefectures
                ),
            )
            yield Leaf(
                title=programme.name(facts.language),
                depth=2,
                draw=partial(compose, alone, "A4", "portrait"),
                fill=(programme.colour, texture_of(programme)),
            )
    if len(chosen):
        yield Leaf(title=say(N_("County pages")), depth=0)
    for prefecture, own in chosen.groupby("prefecture_adcode", sort=True):
        division = package.divisions[str(prefecture)]
        yield Leaf(title=say.pick(division.name, division.name_en), depth=1)
        for adcode in own.index:
            yield Leaf(
                title=package.divisions.named(str(adcode), facts.language),
                depth=2,
                draw=partial(book_pages.county, sheet, str(adcode)),
            )
    yield Leaf(
        title=say(N_("Sources")),
        depth=0,
        draw=partial(book_pages.sources, facts, _cited(package, [*chosen.index])),
    )


def _numbered(leaves: Sequence[Leaf]) -> list[ContentsLine]:
    """Give every line of the contents the page to which it leads."""
    contents = -(-len(leaves) // book_pages.lines_per_page())
    page = _CONTENTS_AT + contents + 1
    lines = []
    for leaf in leaves:
        lines.append(
            ContentsLine(title=leaf.title, depth=leaf.depth, page=page, fill=leaf.fill)
        )
        page += leaf.draw is not None
    return lines


def _parts(lines: Sequence[ContentsLine]) -> list[Sequence[ContentsLine]]:
    most = book_pages.lines_per_page()
    return [lines[i : i + most] for i in range(0, len(lines), most)]


def _cited(package: Package, adcodes: Sequence[str]) -> list[str]:
    used = {s for adcode in adcodes for s in cited(package, adcode)}
    used |= {s for v in package.variables.values() for s in v.source}
    return [source for source in package.sources if source in used]


def _print(
    drawers: Sequence[Callable[[], Page]],
    told: Told,
    total: int,
    progress: Progress | None,
) -> tuple[bytes, list[Element]]:
    """Draw the pages into one document, so that the font is embedded once.

    Returned with the document is what each page says.
    """
    target, said = io.BytesIO(), []
    with drawing():
        document = PdfPages(target, metadata=about("pdf", told))
    for number, draw in enumerate(drawers, start=1):
        # Others may draw between two pages.
        with drawing():
            page = draw()
            if number > 1:
                with page.tags.within(ARTIFACT):
                    page.text(
                        page.width / 2,
                        5.5,
                        str(number),
                        8,
                        colour=FAINT,
                        align="center",
                    )
            page.mark()
            said.append(page.tags.root)
            document.savefig(page.figure)
        if progress is not None:
            progress(number, total)
    with drawing():
        document.close()
    return target.getvalue(), said


def _linked(
    content: bytes,
    lines: Sequence[ContentsLine],
    links: Sequence[tuple[int, LinkArea]],
    told: Told,
    said: Sequence[Element],
) -> bytes:
    """Add an outline, the links of the contents, labels, and what the book is."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    mend_fonts(writer)
    above: list[Any] = []
    for line in lines:
        del above[line.depth :]
        parent = above[-1] if above else None
        above.append(
            writer.add_outline_item(
                title=line.title,
                page_number=line.page - 1,
                parent=parent,
                is_open=line.depth == 0,
            )
        )
    followed = {}
    for page, area in links:
        box = area.box
        corners = (box.left, box.bottom, box.right, box.top)
        rectangle = RectangleObject([POINTS_PER_MM * edge for edge in corners])
        to = area.line.page - 1
        link = writer.add_annotation(
            page, Link(rect=rectangle, target_page_index=to, fit=Fit.fit())
        )
        link[NameObject("/Contents")] = TextStringObject(area.line.title)
        followed[area.element] = link
    writer.page_mode = "/UseOutlines"
    describe(writer, told)
    write_structure(writer, said, followed)
    cover = "封面" if told.language == "zh" else "Cover"
    label_pages(writer, {0: cover, 1: ""})
    return written(writer)

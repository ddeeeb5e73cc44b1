"""Pages of the atlas: cover, contents, counties, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.language import LANGUAGES, N_, Language, speaker
from layers.facts.package import Package
from layers.files.metadata import link
from layers.profile.blocks import Block, blocks
from layers.profile.county_profile import county_profile
from layers.sheet import inset, map_panel, text_flow
from layers.sheet.box import Box
from layers.sheet.facts import Facts, map_names, subtitle_of, variables_shown
from layers.sheet.legend import swatch
from layers.sheet.map_content import MapContent
from layers.sheet.marginalia import INTERNAL_USE, draw, fitted, printed_link
from layers.sheet.page import FAINT, Page
from layers.sheet.projection import MapFrame
from layers.sheet.sheet import looks_of
from layers.sheet.tags import Element
from layers.sheet.texture import Fill, pale
from layers.themes.palette import SELECTED
from layers.themes.themes import style_theme
from layers.webmap.map_texts import credit

WIDTH: Final = 210
HEIGHT: Final = 297
CONTENT: Final = Box(left=0, bottom=0, width=WIDTH, height=HEIGHT).inside(15)

_STEP: Final = 6.1
"""Millimetres from line to line of the contents."""

_MAP_HEIGHT: Final = 104
_LEAST_LEADER: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsLine:
    """A line of the contents: a title, its depth and the page it leads to."""

    title: str
    depth: int
    page: int
    fill: Fill | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkArea:
    """Where a line of the contents stands, and its element of what the page says."""

    box: Box
    line: ContentsLine
    element: Element


def lines_per_page() -> int:
    """Return how many lines of contents a page holds."""
    return int((CONTENT.height - 24) // _STEP)


def cover(facts: Facts) -> Page:
    """Draw the cover: title, selection, a picture of it, edition and terms."""
    say = speaker(facts.language)
    page = Page(WIDTH, HEIGHT)
    left, width = CONTENT.left, CONTENT.width
    other: Language = next(code for code in LANGUAGES if code != facts.language)
    name = N_("Hebei Programme Atlas")
    top = draw(
        page,
        [
            fitted(page.face, facts.title or say(name), width, (32, 28, 24, 20, 16), 3),
            fitted(page.face, speaker(other)(name), width, (13,), 1, FAINT),
            fitted(page.face, subtitle_of(facts), width, (11, 10, 9, 8), 5),
        ],
        left,
        CONTENT.top - 8,
        3,
        titled=True,
    )
    chosen = [*facts.selection.apply(facts.counties)]
    drawn = facts.package.boundaries
    about = [
        say(N_("Boundary vintage {year}"), year=drawn.metadata().vintage),
        say(N_("Edition of the data: {digest}"), digest=facts.package.digest[:12]),
    ]
    if facts.made_on is not None:
        about.append(say(N_("Made on {date}"), date=facts.made_on.isoformat()))
    if facts.address:
        about += printed_link(link(facts.address, facts.selection, facts.theme))
    foot = [
        fitted(page.face, " · ".join(about), width, (8, 7), 2, FAINT),
        fitted(page.face, credit(drawn, facts.language), width, (8, 7), 3, FAINT),
        fitted(page.face, say(INTERNAL_USE), width, (9, 8), 2),
        fitted(page.face, speaker(other)(INTERNAL_USE), width, (9, 8), 2, FAINT),
    ]
    height = sum(paragraph.height + 1.5 for paragraph in foot)
    draw(page, foot, left, CONTENT.bottom + height, 1.5)
    bottom = CONTENT.bottom + height + 8
    tall = min(top - 8 - bottom, width / 0.86)
    picture = Box(left=left, bottom=bottom, width=0.86 * tall, height=tall)
    inset.draw(
        page,
        picture,
        facts.package,
        dict.fromkeys(chosen, SELECTED),
        None,
        facts.language,
        2,
    )
    return page


def contents(
    lines: Sequence[ContentsLine], language: Language, *, first: bool
) -> tuple[Page, list[LinkArea]]:
    """Draw one page of contents.

    Parameters
    ----------
    lines : sequence of ContentsLine
        What stands on this page, and the pages to which it leads.
    language : {"zh", "en"}
        Language of the text.
    first : bool
        Whether the page has the heading.

    Returns
    -------
    Page
        The page.
    list of LinkArea
        Where each line stands, and what it says.
    """
    say = speaker(language)
    page = Page(WIDTH, HEIGHT)
    title = say(N_("Contents")) if first else say(N_("Contents, continued"))
    with page.tags.within("H1"):
        page.text(CONTENT.left, CONTENT.top - 7, title, 17)
    areas = []
    baseline = CONTENT.top - 20
    with page.tags.within("TOC"):
        for line in lines:
            with page.tags.within("TOCI"), page.tags.within("Link") as element:
                _contents_line(page, line, baseline)
            area = Box(
                left=CONTENT.left,
                bottom=baseline - 1.6,
                width=CONTENT.width,
                height=_STEP - 0.4,
            )
            areas.append(LinkArea(box=area, line=line, element=element))
            baseline -= _STEP
    return page, areas


def _contents_line(page: Page, line: ContentsLine, baseline: float) -> None:
    size = 9.5 if line.depth == 0 else 8.5
    left = CONTENT.left + 6 * line.depth
    if line.fill is not None:
        box = Box(left=left, bottom=baseline - 0.3, width=5, height=2.8)
        swatch(page, box, (line.fill,))
        left += 7
    number = str(line.page)
    room = CONTENT.right - left - 14
    text = page.face.shorten(line.title, size, room)
    page.text(left, baseline, text, size)
    page.text(CONTENT.right, baseline, number, size, align="right")
    start = left + page.face.width(text, size) + 2
    end = CONTENT.right - page.face.width(number, size) - 2
    if end - start > _LEAST_LEADER:
        leader = [(start, baseline + 0.3), (end, baseline + 0.3)]
        page.line(leader, FAINT, 0.6, dashes=(1, 3))


def title_of_county(package: Package, adcode: str, language: Language) -> str:
    """Name a county in both languages, that of the book first.

    Parameters
    ----------
    package : Package
        The facts.
    adcode : str
        Code of a county of today.
    language : {"zh", "en"}
        Of the book.
    """
    named = package.divisions.named(adcode, language)
    if language == "en":
        return named
    return f"{named} {package.divisions[adcode].name_en}"


def county(facts: Facts, adcode: str) -> Page:
    """Draw the page of a county: where it lies, and all that is said of it."""
    package, language = facts.package, facts.language
    say = speaker(language)
    row = facts.counties.loc[adcode]
    page = Page(WIDTH, HEIGHT)
    about = [
        say.pick(row["prefecture"], row["prefecture_en"]),
        adcode,
        say(N_("{area:,.0f} km²"), area=row["area_km2"]),
    ]
    title = title_of_county(package, adcode, language)
    top = draw(
        page,
        [
            fitted(page.face, title, CONTENT.width, (17, 15, 13, 11, 9), 2),
            fitted(page.face, " · ".join(about), CONTENT.width, (9, 8), 1, FAINT),
        ],
        CONTENT.left,
        CONTENT.top,
        1.2,
        titled=True,
    )
    box = Box(
        left=CONTENT.left, bottom=top - 2 - _MAP_HEIGHT, width=128, height=_MAP_HEIGHT
    )
    looks = looks_of(
        style_theme(package, facts.counties, facts.selection, facts.theme, language)
    )
    boundaries = package.boundaries
    frame = MapFrame.around(box, map_panel.extent(boundaries, [adcode]), 4)
    content = MapContent(
        looks={a: fills for a, fills in looks.items() if a == adcode},
        hints={a: pale(fills) for a, fills in looks.items() if a != adcode},
        names={adcode: map_names(facts, adcode)},
        quiet={a: map_names(facts, a) for a in facts.counties.index if a != adcode},
        focus=adcode,
        whole=False,
    )
    told = say(
        N_("Map: where {county} lies, with the counties around it."),
        county=package.divisions.named(adcode, language),
    )
    map_panel.draw(page, frame, content, package, language, told=told)
    wide = CONTENT.right - box.right - 4
    locator = Box(
        left=box.right + 4, bottom=box.top - wide / 0.86, width=wide, height=wide / 0.86
    )
    here = {adcode: SELECTED}
    inset.draw(page, locator, package, here, frame.bounds, language, 1)
    shown = variables_shown(facts)
    profile = county_profile(package, row, adcode, language, shown)
    sources = [package.sources[s] for s in profile.sources]
    listed = say.clauses(f"[{s.id}] {s.title(language)}" for s in sources)
    cited = fitted(
        page.face,
        say(N_("Sources: {sources}"), sources=listed),
        CONTENT.width,
        (6, 5.6, 5.2, 4.8, 4.4),
        6,
        FAINT,
    )
    foot = [
        *([cited] if sources else []),  # of a county of which no source says anything
        fitted(
            page.face,
            f"{credit(boundaries, language)} · {say(INTERNAL_USE)}",
            CONTENT.width,
            (5.8, 5.4, 5),
            2,
            FAINT,
        ),
    ]
    height = sum(paragraph.height + 0.8 for paragraph in foot)
    draw(page, foot, CONTENT.left, CONTENT.bottom + height, 0.8)
    low = CONTENT.bottom + height + 2
    half = (CONTENT.width - 6) / 2
    columns = [
        Box(left=left, bottom=low, width=half, height=box.bottom - 1 - low)
        for left in (CONTENT.left, CONTENT.left + half + 6)
    ]
    text_flow.draw(page, columns, blocks(profile, say), language)
    return page


def sources(facts: Facts, ids: Sequence[str]) -> Page:
    """Draw the page of all sources that the atlas cites."""
    say = speaker(facts.language)
    page = Page(WIDTH, HEIGHT)
    with page.tags.within("H1"):
        page.text(CONTENT.left, CONTENT.top - 7, say(N_("Sources")), 17)
    cites = [facts.package.sources[identifier] for identifier in ids]
    references = [
        Block(
            text=f"[{source.id}] {source.title(facts.language)}",
            notes=tuple(
                filter(
                    None,
                    [
                        " · ".join(source.published(facts.language)),
                        source.url,
                    ],
                )
            ),
        )
        for source in cites
    ]
    half = (CONTENT.width - 6) / 2
    columns = [
        Box(left=left, bottom=CONTENT.bottom, width=half, height=CONTENT.height - 14)
        for left in (CONTENT.left, CONTENT.left + half + 6)
    ]
    text_flow.draw(page, columns, references, facts.language)
    return page

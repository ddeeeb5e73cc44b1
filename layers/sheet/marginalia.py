"""What stands around the map: title and subtitle above, sources and terms below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.language import LANGUAGES, N_, Language, Speaker, speaker
from layers.files.metadata import BOUNDARY_SOURCE, citation
from layers.sheet.font import LINE_SPACING, MM_PER_POINT, Face, plain
from layers.sheet.page import FAINT, INK, Page

INTERNAL_USE: Final = N_(
    "For internal use only: this map has not been reviewed for publication."
)
"""Maps may be published in China only after review by the authority."""


_LONG: Final = 250
"""Millimetres on A4 from which a line is one of a landscape."""

_LONGEST_LINK: Final = 160
"""Characters of a link that is printed: nobody types a longer one, nor has it room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A text laid out in lines of one size."""

    lines: tuple[str, ...]
    size: float
    colour: str = INK

    @property
    def height(self) -> float:
        """Millimetres that it takes."""
        return len(self.lines) * self.size * MM_PER_POINT * LINE_SPACING


def fitted(
    face: Face,
    text: str,
    width: float,
    sizes: Sequence[float],
    most_lines: int,
    colour: str = INK,
    *,
    smaller: Sequence[float] = (),
) -> Paragraph:
    """Set a text in the largest size in which it takes no more lines than allowed.

    In a `smaller` size it may take twice as many. In the smallest of all the last line
    ends with an ellipsis if even that is too large.

    Parameters
    ----------
    face : Face
        The font, which measures.
    text : str
        What is to be set.
    width : float
        Of a line, in millimetres.
    sizes : sequence of float
        Points, from the largest.
    most_lines : int
        How many lines it may take in `sizes`.
    colour : str
        Of the letters.
    smaller : sequence of float
        Points to be tried when none of `sizes` does.
    """
    text = plain(text)
    tries = [(size, most_lines) for size in sizes]
    for size, most in [*tries, *((size, 2 * most_lines) for size in smaller)]:
        lines = face.wrap(text, size, width)
        if len(lines) <= most:
            return Paragraph(lines=tuple(lines), size=size, colour=colour)
    rest = "".join(
        line if line.endswith("-") or not line.isascii() else f"{line} "
        for line in lines[most - 1 :]
    )
    last = face.shorten(rest, size, width)
    return Paragraph(lines=(*lines[: most - 1], last), size=size, colour=colour)


def heading(
    face: Face, title: str, subtitle: str, width: float, scale: float
) -> list[Paragraph]:
    """Set title and subtitle.

    Parameters
    ----------
    face : Face
        The font, which measures.
    title, subtitle : str
        What is to be set.
    width : float
        Of a line, in millimetres.
    scale : float
        By which the sizes are multiplied.
    """
    large = [size * scale for size in (17, 15.5, 14, 12.5, 11.5)]
    small = [size * scale for size in (8.5, 7.8, 7.2, 6.6, 6)]
    return [
        fitted(face, title, width, large, 2, smaller=[10 * scale, 9 * scale]),
        # Across a landscape the lines are long, and each takes from the map.
        fitted(face, subtitle, width, small, 2 if width > _LONG * scale else 3, FAINT),
    ]


def footer(
    face: Face,
    about: Mapping[str, Any],
    definition: str,
    projection: str,
    made_on: date | None,
    language: Language,
    width: float,
    scale: float,
    further: Sequence[str] = (),
) -> list[Paragraph]:
    """Set what values are, sources, credit, how the map was made, and terms.

    Parameters
    ----------
    face : Face
        The font, which measures.
    about : mapping
        What :func:`layers.files.export.metadata` says of the same counties.
    definition : str
        What the values drawn are; ``""`` where nothing must be said.
    projection : str
        What is said of the map's projection.
    made_on : datetime.date, optional
        Day to be printed.
    language : {"zh", "en"}
        Language of the text.
    width : float
        Of a line, in millimetres.
    scale : float
        By which the sizes are multiplied.
    further : sequence of str
        What else is to be said of what is drawn, and whose it is.
    """
    say = speaker(language)
    facts = [
        about["credit"][language],
        say(N_("Boundary vintage {year}"), year=about["boundary_vintage"]),
        projection,
        *further,
    ]
    if made_on is not None:
        facts.append(say(N_("Made on {date}"), date=made_on.isoformat()))
    facts += printed_link(about.get("link"))
    other: Language = next(code for code in LANGUAGES if code != language)
    terms = f"{say(INTERNAL_USE)} {speaker(other)(INTERNAL_USE)}"
    small = [size * scale for size in (5.8, 5.4, 5, 4.6, 4.3)]
    told = [fitted(face, definition, width, small[:3], 2)] if definition else []
    return [
        *told,
        _sources(face, about["sources"], width, small, say),
        fitted(face, " · ".join(map(plain, facts)), width, small[:3], 3, FAINT),
        fitted(face, terms, width, [6.6 * scale, 6 * scale, 5.4 * scale], 2),
    ]


def _sources(
    face: Face,
    sources: Sequence[Mapping[str, Any]],
    width: float,
    sizes: Sequence[float],
    say: Speaker,
) -> Paragraph:
    """Cite all sources: with publishers and dates, else by title, else by id alone.

    None is cut off: who reads a value must find on what it rests.
    """
    for most in (3, 1, 0):
        text = say.clauses(_cited(source, most, say) for source in sources)
        if not most:
            text = say(N_("{ids} (titles under “About the data”)"), ids=text)
        told = say(N_("Sources: {sources}"), sources=text)
        laid = fitted(face, told, width, sizes, 5, FAINT)
        if not laid.lines[-1].endswith("…"):
            break
    return laid


def _cited(source: Mapping[str, Any], most: int, say: Speaker) -> str:
    """Cite a source by its id and of title, publisher and date so many."""
    # Without a mark, an English title would run on into the publisher's name.
    text = say.pick("，", ", ").join(citation(source, say.language)[:most])
    if source["id"] == BOUNDARY_SOURCE:
        return text or citation(source, say.language)[0]
    return f"[{source['id']}] {text}".strip()


def printed_link(link: str | None) -> list[str]:
    """Return a link as a list of one if there is one that somebody would type."""
    return [link] if link and len(link) <= _LONGEST_LINK else []


def height(paragraphs: Sequence[Paragraph], gap: float) -> float:
    """Return the millimetres that paragraphs take with gaps between them."""
    return sum(p.height for p in paragraphs) + gap * max(0, len(paragraphs) - 1)


def draw(
    page: Page,
    paragraphs: Sequence[Paragraph],
    left: float,
    top: float,
    gap: float,
    *,
    titled: bool = False,
) -> float:
    """Draw paragraphs below each other and return the y below the last.

    Parameters
    ----------
    page : Page
        Where to draw.
    paragraphs : sequence of Paragraph
        From top to bottom.
    left, top : float
        Upper left corner, in millimetres.
    gap : float
        Between two paragraphs, in millimetres.
    titled : bool
        Whether the first is the title of the page.
    """
    for number, paragraph in enumerate(paragraphs):
        top = page.lines(
            left,
            top,
            paragraph.lines,
            paragraph.size,
            colour=paragraph.colour,
            role="H1" if titled and not number else "P",
        )
        top -= gap
    return top

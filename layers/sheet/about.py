"""What a sheet or a picture says of itself, in its foot and to programs."""

from __future__ import annotations

from geo.language import N_, speaker
from layers.files.marker import marker
from layers.files.metadata import boundary_reference, reference
from layers.sheet import marginalia
from layers.sheet.facts import Facts, definition_shown, sources_shown
from layers.sheet.page import Page
from layers.sheet.projection import MapFrame
from layers.sheet.told import Told


def told_of(facts: Facts, title: str) -> Told:
    """Return what a file of the selection says of itself to programs."""
    mark = marker(facts.metadata, facts.features.index, facts.language)
    return Told.of(facts.metadata, title, facts.language, mark, facts.made_on)


def told_of_map(facts: Facts, title: str, frame: MapFrame) -> str:
    """Say in words what a map shows, for who does not see it.

    Parameters
    ----------
    facts : Facts
        What the map is of.
    title : str
        What it is called.
    frame : MapFrame
        Its scale.
    """
    say = speaker(facts.language)
    text = N_(
        "Map “{title}”. {n} of {total} counties are selected; which they are, and what "
        "the colours mean, stands in the text. Scale {ratio}."
    )
    return say(
        text,
        title=title,
        n=len(facts.selection.apply(facts.counties)),
        total=len(facts.counties),
        ratio=f"1:{frame.denominator}",
    )


def footer(
    facts: Facts, page: Page, width: float, scale: float
) -> list[marginalia.Paragraph]:
    """Set sources, credit, projection and terms of what is drawn.

    Parameters
    ----------
    facts : Facts
        What the sheet says.
    page : Page
        Whose font measures.
    width, scale
        As for :func:`layers.sheet.marginalia.footer`.
    """
    say = speaker(facts.language)
    # What a file holds rests on more than a sheet has room for, or shows.
    shown = sources_shown(facts)
    sources = [s for s in facts.package.sources.values() if s.id in shown]
    references = [*map(reference, sources), boundary_reference(facts.package)]
    about = {**facts.metadata, "sources": references}
    projection = say(
        N_(
            "Albers equal-area projection, parallels 37° and 42° N, "
            "meridian 116.5° E, WGS 84"
        )
    )
    own = facts.own
    further = [f"{own.name}{say.pick('：', ': ')}{own.notes[0]}"] if own else []
    return marginalia.footer(
        page.face,
        about,
        definition_shown(facts),
        projection,
        facts.made_on,
        facts.language,
        width,
        scale,
        further=further,
    )

"""What is said of one county, as blocks of text: for print and the one-file map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geo.language import Speaker
from layers.profile.statements import Profile, Section, Statement
from layers.themes.palette import Texture


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, or a statement with notes about it.

    Attributes
    ----------
    fill : (colour, texture) or None
        Look to be shown before the text.
    quiet : bool
        Whether it says only that nothing is said of the county.
    """

    text: str
    notes: tuple[str, ...] = ()
    heading: bool = False
    quiet: bool = False
    fill: tuple[str, Texture] | None = None


def blocks(profile: Profile, say: Speaker) -> list[Block]:
    """Return the sections of a profile, each statement with its evidence.

    Of what is not said of the county the evidence is left out: it is that of the
    variable, the same for every county.

    Parameters
    ----------
    profile : layers.profile.statements.Profile
        What is said.
    say : Speaker
        Of the language of the profile.
    """
    return [block for section in profile.sections for block in _section(section, say)]


def _section(section: Section, say: Speaker) -> Iterator[Block]:
    yield Block(text=section.title, heading=True)
    if section.note:
        yield Block(text=section.note, quiet=True)
    for statement in section.statements:
        yield _block(statement, say)


def _block(statement: Statement, say: Speaker) -> Block:
    if not statement.is_said:
        return Block(text=statement.line(say), quiet=True)
    return Block(
        text=statement.text,
        notes=(*statement.notes, *(one.cited(say) for one in statement.evidence)),
        fill=statement.fill,
    )

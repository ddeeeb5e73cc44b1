"""What a map of a sheet shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from layers.sheet.own_layer import OwnLayer
from layers.sheet.relations import Relations
from layers.sheet.texture import Fill
from layers.webmap.map_notes import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class MapContent:
    """What a map shows.

    Attributes
    ----------
    looks : mapping of str to sequence of Fill
        Fills of the counties that are drawn as selected, by adcode.
    hints : mapping of str to sequence of Fill
        Likewise for counties that are drawn, but not selected.
    names : mapping of str to tuple of str
        Names of the counties that are to be named, the best first.
    quiet : mapping of str to tuple of str
        Names of the counties around, written smaller and lighter.
    focus : str or None
        A county to be outlined.
    whole : bool
        Whether the map shows the whole province, and not a region of it.
    relations : Relations
        Lines and places above the counties.
    circles : mapping of str to float
        Radii of circles in millimetres on A4, by adcode, largest first.
    notes : sequence of Note
        The reader's own texts at places, of which the map has the numbers.
    own : OwnLayer or None
        A layer of the reader's own, over the counties.
    """

    looks: Mapping[str, Sequence[Fill]]
    hints: Mapping[str, Sequence[Fill]] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    quiet: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    focus: str | None = None
    whole: bool = True
    relations: Relations = field(default_factory=Relations)
    circles: Mapping[str, float] = field(default_factory=dict)
    notes: Sequence[Note] = ()
    own: OwnLayer | None = None

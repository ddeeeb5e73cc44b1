"""What is said of how far a layer lies beside the county lines; it is never moved."""

from __future__ import annotations

from typing import Final

from geo.displacement import FARTHEST, FEWEST
from geo.language import N_, Speaker
from layers.own.placing import Placed

_DIRECTIONS: Final = (
    N_("north"),
    N_("northeast"),
    N_("east"),
    N_("southeast"),
    N_("south"),
    N_("southwest"),
    N_("west"),
    N_("northwest"),
)

_LEVELS: Final = {
    "county": N_("{n} {n:county|counties}"),
    "prefecture": N_("{n} {n:prefecture|prefectures}"),
}


def told(placed: Placed, say: Speaker) -> str:
    """Say how far a layer lies beside our lines, or why that cannot be measured.

    Parameters
    ----------
    placed : Placed
        The layer.
    say : Speaker
        Of the language wanted.
    """
    if placed.dimension < 2:
        return say(
            N_(
                "Whether the layer is shifted cannot be measured: only polygons of "
                "counties or prefectures can be held against their lines."
            )
        )
    if placed.moved is None:
        return say(
            N_(
                "Whether the layer is shifted cannot be measured: none of its polygons "
                "is a county or prefecture, nor are three of them alike in size and "
                "outline within {km} km."
            ),
            km=round(FARTHEST / 1000),
        )
    level, found = placed.moved
    about = {
        "areas": say(_LEVELS[level], n=found.areas),
        "metres": round(found.metres),
        "spread": round(found.spread),
        "direction": say(_DIRECTIONS[round(found.bearing / 45) % 8]),
        "like": found.like,
    }
    if found.is_small:
        return say(
            N_(
                "Measured against the lines of {areas}, the layer lies where it "
                "should: {metres} m beside them, half within ±{spread} m."
            ),
            **about,
        )
    text = N_(
        "Measured against the lines of {areas}, the layer lies {metres} m to the "
        "{direction} (half within ±{spread} m). It is like no known shift of web maps; "
        "look whether its system is the right one. It was not moved."
    )
    if found.like:
        text = N_(
            "Measured against the lines of {areas}, the layer lies {metres} m to the "
            "{direction} (half within ±{spread} m), as the shift {like} of Chinese web "
            "maps would move it here. It was not moved back: take the data in WGS 84 "
            "or CGCS2000 from their publisher."
        )
    if found.areas < FEWEST:
        text = N_(
            "Measured against the lines of {areas} only, the layer lies {metres} m to "
            "the {direction}: too few to say why. It was not moved."
        )
    told = say(text, **about)
    if not found.searched:
        return told
    far = N_(
        "The areas lie too far beside ours to overlap them as the same; they were "
        "recognised by their size and outline, all moved alike."
    )
    return say.sentences([told, say(far)])

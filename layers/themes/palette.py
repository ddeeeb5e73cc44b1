"""Colours and textures, chosen so that they stay apart for every kind of eye.

`tests/layers/test_palette.py` simulates deuteranopia, protanopia and tritanopia and
holds neighbouring classes apart; textures say the same without any colour.
"""

from __future__ import annotations

from typing import Final, Literal

Texture = Literal["solid", "hatch", "dots", "lines", "grid", "spots", "bars"]

STATED_TEXTURES: Final[tuple[Texture, ...]] = (
    "solid",
    "lines",
    "spots",
    "grid",
    "bars",
)
"""For programmes shown together, in turn; the first has its plain colour."""

SELECTED: Final = "#8FB0CF"
"""Fill of selected counties when the selection names no programme."""

NOT_KNOWN: Final = "#9A9A9A"
"""For what no source says; always hatched."""

NONE: Final = "#D0C7BD"
"""For selected counties that have nothing of what is shown."""

SEQUENTIAL: Final = ("#B3E48F", "#5CBD8A", "#009091", "#00627B", "#282D7E")
"""Green to blue, ever darker. ColorBrewer's YlGnBu, which it resembles, has two steps
that tritanopia runs together and one that protanopia takes for `NONE`."""

CATEGORICAL: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00")
"""Okabe and Ito's colours in an order that keeps neighbours apart."""


def steps(n: int) -> tuple[str, ...]:
    """Return `n` steps of the sequential palette, spread over its whole length.

    Examples
    --------
    >>> steps(2)
    ('#B3E48F', '#282D7E')
    """
    if not 1 <= n <= len(SEQUENTIAL):
        raise ValueError(f"1 to {len(SEQUENTIAL)} steps, not {n}")
    if n == 1:
        return (SEQUENTIAL[2],)
    last = len(SEQUENTIAL) - 1
    return tuple(SEQUENTIAL[round(i * last / (n - 1))] for i in range(n))

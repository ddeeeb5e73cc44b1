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

NOT_SAID: Final = "#B5AFA6"
"""For selected counties of which no source says whether they are in what is shown;
always lined."""

SEVERAL: Final = (("#777777", "solid"), ("#CCCCCC", "solid"))
"""Sign of several at once in a legend: stripes in colours of no programme. The map gets
it with its geometry."""

NONE: Final = "#D0C7BD"
"""For selected counties that have nothing of what is shown."""

SEQUENTIAL: Final = ("#B3E48F", "#5CBD8A", "#009091", "#00627B", "#282D7E")
"""Green to blue, ever darker. ColorBrewer's YlGnBu, which it resembles, has two steps
that tritanopia runs together and one that protanopia takes for `NONE`."""

PAIRED: Final = (
    ("#C7CCD8", "#D4937F", "#D35000"),
    ("#869BC0", "#7A626D", "#64281E"),
    ("#496BA6", "#2A3870", "#090310"),
)
"""For two numbers at once: ever more blue with the first, from row to row, ever more
orange with the second, both ever darker. Found by a search among mixtures of four
corners in OKLab for the one whose nearest two colours are farthest apart, for every
kind of eye: the usual pink and teal run together for a deuteranope."""

BELOW_CIRCLES: Final = "#C9DCEB"
"""For counties under the circle of their number."""

CIRCLE: Final = "#B5432A"
"""Fill of the circles, half transparent; as ``.atlas-circle`` in the map's styles."""

CATEGORICAL: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00")
"""Okabe and Ito's colours in an order that keeps neighbours apart."""


def steps(n: int) -> tuple[str, ...]:
    """Return `n` steps of the sequential palette, spread over its whole length.

    More steps than the palette has colours lie between them.

    Examples
    --------
    >>> steps(2)
    ('#B3E48F', '#282D7E')
    >>> len(set(steps(9)))
    9
    """
    if n < 1:
        raise ValueError(f"at least 1 step, not {n}")
    if n == 1:
        return (SEQUENTIAL[2],)
    last = len(SEQUENTIAL) - 1
    if n <= len(SEQUENTIAL):
        return tuple(SEQUENTIAL[round(i * last / (n - 1))] for i in range(n))
    return tuple(_between(i * last / (n - 1)) for i in range(n))


def ordered_looks(n: int) -> tuple[tuple[str, Texture], ...]:
    """Return colour and texture of `n` classes in order.

    Where there are more classes than colours that stay apart, every second one is
    textured as well.
    """
    many = n > len(SEQUENTIAL)
    return tuple(
        (colour, "lines" if many and place % 2 else "solid")
        for place, colour in enumerate(steps(n))
    )


def unordered_looks(n: int) -> tuple[tuple[str, Texture], ...]:
    """Return colour and texture of `n` classes without order.

    The colours come again with another texture when all are in use.
    """
    count = len(CATEGORICAL)
    return tuple(
        (
            CATEGORICAL[place % count],
            STATED_TEXTURES[place // count % len(STATED_TEXTURES)],
        )
        for place in range(n)
    )


def _between(place: float) -> str:
    """Mix the two colours of the sequential palette on either side of a place."""
    first = min(int(place), len(SEQUENTIAL) - 2)
    share = place - first
    pair = [
        [int(SEQUENTIAL[k][i : i + 2], 16) for i in (1, 3, 5)]
        for k in (first, first + 1)
    ]
    mixed = [round(a + (b - a) * share) for a, b in zip(*pair, strict=True)]
    return "#" + "".join(f"{value:02X}" for value in mixed)

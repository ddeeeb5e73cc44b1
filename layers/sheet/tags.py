"""What a page says, as a tree beside what it looks like: for readers who hear it.

While a page is drawn, :class:`Tags` keeps to which element each sign on it belongs. In
a PDF the signs are then enclosed in marked content, and
:mod:`layers.sheet.pdf_structure` writes the tree; what belongs to no element is
decoration. Other formats have no tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from matplotlib.artist import Artist
from matplotlib.backends.backend_pdf import PdfFile, Verbatim

from layers.sheet.box import Box

FIGURE: Final = "Figure"
"""Its lines and letters together are one thing, which `alt` tells."""

ARTIFACT: Final = "Artifact"
"""What is not read: numbers of pages."""

_TEXTS: Final = frozenset({FIGURE, "H1", "H2", "P", "TH", "TD", "Lbl", "LBody", "Link"})
"""Elements that hold what is drawn; others hold elements."""


@dataclass(slots=True, kw_only=True, eq=False)
class Element:
    """A part of what a page says.

    Attributes
    ----------
    role : str
        Of the standard structure types of ISO 32000.
    alt : str
        What a figure shows, in words.
    box : Box or None
        Where a figure stands.
    parts : list of Element or int
        What it consists of: elements, and marks of its page by their numbers.
    """

    role: str
    alt: str = ""
    box: Box | None = None
    parts: list[Element | int] = field(default_factory=list)


class Tags:
    """To which element of a page each thing drawn belongs, in the order of drawing."""

    def __init__(self) -> None:
        self.root = Element(role="Sect")
        self._open = [self.root]
        self._drawn: list[Element | None] = []

    @contextmanager
    def within(
        self,
        role: str,
        *,
        alt: str = "",
        box: Box | None = None,
    ) -> Iterator[Element]:
        """Let what is drawn meanwhile belong to a new element.

        Parameters
        ----------
        role, alt, box
            As for :class:`Element`.
        """
        above = self._open[-1]
        if above.role in _TEXTS or above.role == ARTIFACT:
            yield above  # a text in a figure is a part of the picture
            return
        element = Element(role=role, alt=alt, box=box)
        if role != ARTIFACT:
            above.parts.append(element)
        self._open.append(element)
        try:
            yield element
        finally:
            self._open.pop()

    def order(self, *, text: bool = False) -> float:
        """Return the place of the next thing drawn, and keep whose it is.

        Parameters
        ----------
        text : bool
            Whether it can be read: a line of text that no element claims is a
            paragraph; other things that none claims are decoration.
        """
        owner: Element | None = self._open[-1]
        if owner is not None and not (
            owner.role == FIGURE or (text and owner.role in _TEXTS)
        ):
            owner = None
            if text and self._open[-1].role != ARTIFACT:
                with self.within("P") as owner:
                    pass
        self._drawn.append(owner)
        return float(len(self._drawn) + 1)

    def marks(self) -> list[Artist]:
        """Return what encloses the things drawn, to be drawn between them; once."""
        marks: list[Artist] = []
        numbers = 0
        for position, owner in enumerate(self._drawn):
            if position and owner is self._drawn[position - 1]:
                continue
            begin = "/Artifact BMC"
            if owner is not None:
                begin = f"/{owner.role} <</MCID {numbers}>> BDC"
                owner.parts.append(numbers)
                numbers += 1
            end = "EMC\n" if position else ""
            marks.append(_Mark(end + begin, position + 1.5))
        if marks:
            marks.append(_Mark("EMC", len(self._drawn) + 1.5))
        return marks


class _Mark(Artist):
    """Operators of marked content in the stream of a page."""

    def __init__(self, operators: str, order: float) -> None:
        super().__init__()
        self._operators = operators.encode()
        self.set_zorder(order)

    def draw(self, renderer: Any) -> None:
        """Write the operators, if a PDF is drawn."""
        file = getattr(renderer, "file", None)
        if isinstance(file, PdfFile):
            file.output(Verbatim(self._operators))

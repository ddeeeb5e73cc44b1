"""The font of printed sheets: where it is, how wide its text runs, where lines break.

Widths are read from the font itself, so that a text is laid out before anything is
drawn and comes out alike in PNG, SVG and PDF.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]
from matplotlib.font_manager import FontPath, FontProperties
from matplotlib.path import Path as Outline
from matplotlib.textpath import text_to_path

from geo.language import N_

MM_PER_POINT: Final = 25.4 / 72

LINE_SPACING: Final = 1.35
"""Distance of baselines, in multiples of the size; Chinese needs this much."""

ELLIPSIS: Final = "…"

FEATURES: Final = ("-liga", "-locl")
"""One glyph for each character, the one that :meth:`Face.width` measures; a second
glyph of a character would have Matplotlib embed the font in a PDF a second time."""

_PACKAGE: Final = "pylopdf_fonts_zh_cn"
_PACKAGED_FILE: Final = "NotoSansSC-Regular.otf"
_SYSTEM_FAMILY: Final = "Noto Sans CJK SC"
_SYSTEM_FILES: Final = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/local/share/fonts/NotoSansCJK-Regular.ttc",
)

_BREAKS_AFTER: Final = frozenset(" 、，。；：！？）》」』”—,;:·-/")
_STAYS_WITH_BEFORE: Final = frozenset("、，。；：！？）》」』”…,.;:!?)]}%·")
_STAYS_WITH_AFTER: Final = frozenset("（《「『“([{")


NO_FONT: Final = N_(
    "no font for printed sheets: install the Python package pylopdf-fonts-zh-cn "
    "(requirements.lock has it) or the system font Noto Sans CJK SC"
)


class FontMissingError(RuntimeError):
    """There is no font on this machine with which Chinese can be set."""

    def __init__(self) -> None:
        super().__init__(NO_FONT)


class Face:
    """One face of a font file, in which everything on a sheet is set.

    Parameters
    ----------
    file : pathlib.Path
        An OpenType or TrueType font, or a collection.
    index : int
        Which face of a collection.
    """

    def __init__(self, file: Path, index: int = 0) -> None:
        self.file = file
        self.index = index
        font = TTFont(file, fontNumber=index, lazy=True)
        self._glyphs: dict[int, str] = font.getBestCmap()
        self._advances: Any = font["hmtx"]
        self._em: int = font["head"].unitsPerEm
        self.cap_height = font["OS/2"].sCapHeight / self._em
        self._widths: dict[str, float] = {}

    def __contains__(self, character: str) -> bool:
        return ord(character) in self._glyphs

    def properties(self, size: float) -> FontProperties:
        """Return the face in a size in points, as Matplotlib wants it."""
        return FontProperties(fname=FontPath(str(self.file), self.index), size=size)

    def width(self, text: str, size: float) -> float:
        """Return the length of a line of text in millimetres; size in points."""
        return sum(map(self._advance, text)) * size * MM_PER_POINT

    def outline(self, text: str, size: float) -> Outline:
        """Return the outline of a text in millimetres, its baseline from (0, 0)."""
        vertices, codes = text_to_path.get_text_path(
            self.properties(size),
            text,
            ismath=False,
            features=FEATURES,  # type: ignore[arg-type]  # any number of them
        )
        return Outline(
            np.asarray(vertices).reshape(-1, 2) * _outline_scale(size), codes
        )

    def wrap(self, text: str, size: float, width: float) -> list[str]:
        """Break a text into lines that are no longer than `width` millimetres.

        Chinese breaks between any two characters, but no line begins with a closing
        mark or ends with an opening one; other text breaks at spaces, and within a
        word only if the word alone is too long.

        Parameters
        ----------
        text : str
            One paragraph.
        size : float
            Of the letters, in points.
        width : float
            Millimetres.
        """
        lines, line, length = [], "", 0.0
        for piece in _pieces(text):
            need = self.width(piece, size)
            if line and length + self.width(piece.rstrip(), size) > width:
                lines.append(line.rstrip())
                line, length = "", 0.0
            while need > width and len(piece) > 1:
                head = self._head(piece, size, width)
                lines.append(head)
                piece = piece[len(head) :]
                need = self.width(piece, size)
            line, length = line + piece, length + need
        return [*lines, line.rstrip()] if line.strip() or not lines else lines

    def shorten(self, text: str, size: float, width: float) -> str:
        """Return a text that fits on one line, with an ellipsis where it was cut.

        Parameters
        ----------
        text : str
            One line.
        size : float
            Of the letters, in points.
        width : float
            Millimetres.
        """
        if self.width(text, size) <= width:
            return text
        room = width - self.width(ELLIPSIS, size)
        return self._head(text, size, room).rstrip() + ELLIPSIS

    def _head(self, text: str, size: float, width: float) -> str:
        length = 0.0
        for i, character in enumerate(text):
            length += self.width(character, size)
            if length > width:
                return text[: max(i, 1)]
        return text

    def _advance(self, character: str) -> float:
        if character not in self._widths:
            # A character that the font lacks is drawn as .notdef, one em wide.
            glyph = self._glyphs.get(ord(character))
            width = self._advances[glyph][0] / self._em if glyph else 1.0
            self._widths[character] = width
        return self._widths[character]


@cache
def face() -> Face:
    """Return the face in which sheets are set: the packaged one, else the system's.

    Raises
    ------
    FontMissingError
        If there is neither.
    """
    if find_spec(_PACKAGE) is not None:
        packaged = Path(str(files(_PACKAGE) / _PACKAGED_FILE))
        if packaged.is_file():
            return Face(packaged)
    for name in _SYSTEM_FILES:
        file = Path(name)
        if file.is_file():
            return Face(file, _index_of(file, _SYSTEM_FAMILY))
    raise FontMissingError


def plain(text: object) -> str:
    """Return a text of the data as one line that can be printed.

    Line breaks, tabs and control characters would move or split what is drawn; marks
    that turn the direction of writing could make a name look like another. The
    apostrophe of romanised names (Chang’an) is made straight: a Chinese font sets the
    curved one as wide as a character.
    """
    spaced = re.sub(r"\s+", " ", str(text))
    kept = (
        character
        for character in re.sub(r"(?<=[A-Za-z])’(?=[A-Za-z])", "'", spaced)
        if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return "".join(kept).strip()


def _pieces(text: str) -> list[str]:
    """Split a text where a line may break."""
    pieces: list[str] = []
    for character in text:
        before = pieces[-1][-1] if pieces else ""
        if not before or _may_break(before, character):
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


def _may_break(before: str, after: str) -> bool:
    if after in _STAYS_WITH_BEFORE or after == " " or before in _STAYS_WITH_AFTER:
        return False
    return _is_wide(before) or _is_wide(after) or before in _BREAKS_AFTER


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _outline_scale(size: float) -> float:
    """Return what makes millimetres of the units of `text_to_path`."""
    # It lays text out in pixels of its own dpi, scaled as if drawn at 72 to the inch.
    return size / text_to_path.FONT_SCALE * MM_PER_POINT


def _index_of(collection: Path, family: str) -> int:
    fonts = TTCollection(str(collection), lazy=True).fonts
    names = [font["name"].getBestFamilyName() for font in fonts]
    return names.index(family) if family in names else 0

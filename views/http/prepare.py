"""Prepare Streamlit's files once: ``python -m views.http.prepare``.

Scripts and styles are packed as tightly as can be, which takes a minute and saves a
tenth of each first visit; fonts keep the signs that are shown. What is prepared lies in
the environment, by the version of Streamlit, and goes with it. Without it the server
packs quickly when it is asked.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import brotli  # type: ignore[import-untyped]
import streamlit

FOLDER: Final = Path(streamlit.__file__).parent / "static"

PREPARED: Final = (
    Path(sys.prefix) / "share" / "atlas" / f"static-{streamlit.__version__}"
)
"""Where it lies."""

PACKABLE: Final = frozenset({".js", ".css", ".json", ".svg"})

_TIGHT, _LARGE_TIGHT = 11, 9
_LARGE: Final = 1_000_000
"""Bytes of a script from which on tightest packing takes its time for nothing: the
atlas loads none of these."""

_ICON: Final = re.compile(r":material/([a-z0-9_]+)")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789_"


def prepare(folder: Path = FOLDER, target: Path = PREPARED) -> Iterator[Path]:
    """Prepare all files that are worth it; yield each that was written.

    Parameters
    ----------
    folder : pathlib.Path
        Streamlit's files.
    target : pathlib.Path
        Where to write; files bear the names there, those packed with ``.br`` behind.
    """
    for path in sorted(folder.glob("static/**/*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix in PACKABLE:
            content = path.read_bytes()
            quality = _LARGE_TIGHT if len(content) > _LARGE else _TIGHT
            yield _write(
                target / f"{name}.br", brotli.compress(content, quality=quality)
            )
        elif path.suffix == ".woff2" and (signs := _shown(path.name, folder)):
            glyphs, letters = signs
            yield _write(target / name, subset(path, glyphs, letters))


def subset(path: Path, glyphs: Iterable[str], letters: str) -> bytes:
    """Return a font with some glyphs and letters only, as WOFF2.

    Parameters
    ----------
    path : pathlib.Path
        The font.
    glyphs : iterable of str
        Names of glyphs that ligatures lead to; those that it has are kept.
    letters : str
        Letters that are kept.
    """
    from fontTools import subset as fonttools  # type: ignore[import-untyped]

    # Letters of names reach every icon: which are kept is said, not followed.
    options = fonttools.Options(flavor="woff2", layout_closure=False)
    options.layout_features = ["*"]
    font = fonttools.load_font(str(path), options)
    known = {*font.getGlyphOrder()}
    subsetter = fonttools.Subsetter(options)
    subsetter.populate(
        glyphs=[glyph for glyph in glyphs if glyph in known],
        unicodes=[ord(letter) for letter in letters],
    )
    subsetter.subset(font)
    written = io.BytesIO()
    fonttools.save_font(font, written, options)
    return written.getvalue()


def icons(folders: Iterable[Path]) -> set[str]:
    """Return the names of the icons that scripts and pages show."""
    texts = (
        path.read_text("utf-8", errors="ignore")
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".js", ".py"}
    )
    return {name for text in texts for name in _ICON.findall(text)}


def _shown(name: str, folder: Path) -> tuple[set[str], str] | None:
    """Return what is shown of a font; None where it stays as it is."""
    if name.startswith("MaterialSymbols"):
        views = Path(__file__).parents[1]
        return icons((folder / "static" / "js", views)), _LETTERS
    # The atlas's own theme names other fonts; this one is shown for a moment at most.
    return (set(), " .") if name.startswith("SourceSans") else None


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    return part.replace(path)


if __name__ == "__main__":
    written = [*prepare()]
    print(f"{len(written)} files in {PREPARED}")

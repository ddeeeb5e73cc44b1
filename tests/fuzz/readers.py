"""The readers that are fuzzed, what they start from, and how they may refuse."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from layers.files.export import export
from layers.files.readback.faults import ReadBackError
from layers.files.readback.reading import READABLE, read_back
from layers.own.child import formats
from layers.own.child.faults import NotReadError
from layers.own.limits import Limits
from layers.select.selection import Selection
from tests import real

CORPUS = Path(__file__).parent / "corpus"
"""A folder a reader; in it what was found once, and what might be."""

OWN_FILES = {
    "csv": ("value_forms.csv", "title_and_notes.csv", "unicode_text_utf16.txt"),
    "xlsx": ("workbook.xlsx", "merged_header.xlsx"),
    "xls": ("old_excel.xls",),
    "ods": ("office.ods",),
    "html": ("portal_export.xls",),
    "geojson": ("layer_codes.geojson",),
    "kml": ("layer_names.kml",),
    "shapefile": ("layer_gbk.zip",),
}
LIMITS = Limits(file_mb=1, unpacked_mb=20, rows=2000, columns=100, cells=20_000)

FILES = Path(__file__).parents[1] / "layers" / "own" / "files"


def home(content: bytes) -> None:
    """Read a file that says it came from here; a refusal is an answer."""
    try:
        read_back(content, "x")
    except ReadBackError as refusal:
        cause = refusal.__cause__
        if isinstance(cause, MemoryError):
            raise cause from None


def own(content: bytes) -> None:
    """Read a planner's file; a refusal is an answer, any other exception none."""
    with contextlib.suppress(NotReadError, RecursionError):
        formats.read(content, "x", LIMITS)


READERS: dict[str, Callable[[bytes], None]] = {
    **{f"home-{form}": home for form in READABLE},
    **{f"own-{form}": own for form in (*OWN_FILES, "gpkg")},
}


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """Return small files of the format of a reader, whole and right.

    Parameters
    ----------
    name : str
        A key of :data:`READERS`.
    """
    kind, form = name.split("-")
    if kind == "own" and form in OWN_FILES:
        return tuple((FILES / file).read_bytes() for file in OWN_FILES[form])
    chosen = Selection(counties=("130726", "130709"))
    made = export(
        real.package(), real.counties(), chosen, format=form, detail="overview"
    )
    return (made.content,)

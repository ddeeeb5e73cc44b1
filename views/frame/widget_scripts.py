"""Streamlit's scripts of widgets that a page is going to show, to be fetched before.

Each kind of widget comes as a script of its own when it is first shown, with all that
it imports: for a page of many kinds that is sixty requests at the moment when the
server has most to do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

_FOLDER: Final = Path(st.__file__).parent / "static" / "static" / "js"
_IMPORTED: Final = re.compile(r'(?:\bfrom|\bimport)\s*"\./([\w.-]+\.js)"')
_ENTRY: Final = "index"


def addresses(widgets: Sequence[str], prefix: str) -> list[str]:
    """Return where the scripts of widgets are, each before those that it imports.

    Parameters
    ----------
    widgets : sequence of str
        As Streamlit calls their scripts; what it has no script for is left out.
    prefix : str
        Path under which the application runs.
    """
    return [f"{prefix}/static/js/{name}" for name in _names(tuple(widgets))]


@cache
def _names(widgets: tuple[str, ...]) -> tuple[str, ...]:
    there = {*_with_imported([_ENTRY])}
    return tuple(name for name in _with_imported(widgets) if name not in there)


def _with_imported(chunks: Sequence[str]) -> tuple[str, ...]:
    wanted = [path.name for c in chunks for path in sorted(_FOLDER.glob(f"{c}.*.js"))]
    found: dict[str, None] = {}
    for name in wanted:
        if name not in found:
            found[name] = None
            wanted += _IMPORTED.findall((_FOLDER / name).read_text("utf-8"))
    return tuple(found)

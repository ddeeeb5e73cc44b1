"""Places that a drawn file shows alike: those in the same themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.export.document import Document, Theme

BETWEEN_NAMES: Final = " + "


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Look:
    """One combination of themes that occurs.

    Attributes
    ----------
    themes : tuple of Theme
        Those that the places are in; none for places in no theme.
    name : str
        Names of the themes, or the title of the file.
    rows : numpy.ndarray of bool
        Which rows of the table look so.
    """

    themes: tuple[Theme, ...]
    name: str
    rows: np.ndarray


def looks(document: Document) -> list[Look]:
    """Sort the places of a file by the themes that they are in.

    Every place has one look. A folder a theme would show a place in two themes twice,
    or leave it out of one of them.
    """
    columns = [theme.column for theme in document.themes]
    if not columns:
        rows = np.ones(len(document.table), dtype=bool)
        return [Look(themes=(), name=document.title, rows=rows)]
    flags = pd.DataFrame(document.table[columns]).to_numpy(dtype=bool)
    found = sorted({tuple(row) for row in flags.tolist()}, reverse=True)
    return [
        _look(document, combination, (flags == combination).all(axis=1))
        for combination in found
    ]


def _look(document: Document, combination: tuple[bool, ...], rows: np.ndarray) -> Look:
    pairs = zip(document.themes, combination, strict=True)
    themes = tuple(theme for theme, present in pairs if present)
    name = BETWEEN_NAMES.join(theme.name for theme in themes) or document.title
    return Look(themes=themes, name=name, rows=rows)

"""Combinations of themes in a file: the places that it draws alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from geo.export.document import Document, Theme
from geo.language import N_, speaker

BETWEEN_NAMES: Final = " + "


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Combination:
    """One combination of themes that occurs.

    Attributes
    ----------
    themes : tuple of Theme
        Those that the places are in; none for places in no theme.
    not_said : bool
        Whether the places are in no theme, and of one of the themes it is not known
        whether they are.
    name : str
        Names of the themes, or the title of the file.
    rows : numpy.ndarray of bool
        Which rows of the table are in the combination.
    """

    themes: tuple[Theme, ...]
    not_said: bool = False
    name: str
    rows: np.ndarray


def combinations(document: Document) -> list[Combination]:
    """Sort the places of a file by the themes that they are in.

    Every place has one combination. A folder a theme would show a place in two themes
    twice, or leave it out of one of them. A missing value is not in a theme; a place
    in no theme that may be in one for all that is known is told from those in none.
    """
    columns = [document.table[theme.column] for theme in document.themes]
    if not columns:
        rows = np.ones(len(document.table), dtype=bool)
        return [Combination(themes=(), name=document.title, rows=rows)]
    missing: np.ndarray = np.column_stack([column.isna() for column in columns])
    inside: np.ndarray = np.column_stack(
        [column.fillna(False).astype(bool) for column in columns]
    )
    not_said = np.asarray(missing.any(axis=1) & ~inside.any(axis=1))
    rows_inside: list[list[bool]] = inside.tolist()
    keys = [
        (tuple(row), open_)
        for row, open_ in zip(rows_inside, not_said.tolist(), strict=True)
    ]
    return [
        _combination(document, key, np.array([own == key for own in keys], dtype=bool))
        for key in sorted(set(keys), reverse=True)
    ]


def _combination(
    document: Document, key: tuple[tuple[bool, ...], bool], rows: np.ndarray
) -> Combination:
    inside, not_said = key
    pairs = zip(document.themes, inside, strict=True)
    themes = tuple(theme for theme, present in pairs if present)
    name = BETWEEN_NAMES.join(theme.name for theme in themes) or document.title
    if not_said:
        say = speaker(document.language)
        name = say(N_("selected; no source says whether they are in these"))
    return Combination(themes=themes, not_said=not_said, name=name, rows=rows)

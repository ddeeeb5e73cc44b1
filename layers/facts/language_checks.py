"""Checks that each text of the tables is in the language in which it is shown.

Readers of English see every column that the descriptor does not call Chinese; sections
are said to them in English words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from geo.language import N_, speaker
from geo.problems import Problem
from layers.facts.schema import Table
from layers.facts.sections import section_name

Frames = Mapping[str, pd.DataFrame]
Descriptions = Mapping[str, Table]

_CHINESE: Final = re.compile("[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uffef]")
"""Characters, and marks as Chinese texts have them."""

_SECTIONS: Final = ("section", "code_section", "stated_in")
"""Columns that say where in a source something stands, in its own words."""


def english_is_english(frames: Frames, described: Descriptions) -> Iterator[Problem]:
    """Yield Chinese in what readers of English are shown."""
    say = speaker("en")
    for name, table in described.items():
        for field in table.fields:
            if field.language == "zh" or field.type != "string":
                continue
            rule = N_("readers of English are shown this text, and it holds Chinese.")
            remedy = N_("Write it in English, or without words.")
            frame = frames[name]
            cells = frame[field.name].tolist()
            shown = {cell: cell for cell in cells}
            if field.name in _SECTIONS:
                rule = N_("the section holds a word that has no English.")
                remedy = N_("Use the numbers of the plan and the words of other rows.")
                shown = {cell: section_name(cell, say) for cell in shown}
            # Of ten thousand rows of a census few differ: each cell is read once.
            wrong = {cell for cell, text in shown.items() if _CHINESE.search(text)}
            if not wrong:
                continue
            for line, cell in zip(frame.index, cells, strict=True):
                if cell in wrong:
                    yield Problem(
                        table=table.path,
                        row=int(line),
                        column=field.name,
                        value=cell,
                        rule=rule,
                        remedy=remedy,
                    )


def both_languages_or_none(
    frames: Frames, described: Descriptions
) -> Iterator[Problem]:
    """Yield texts that stand in one of the two languages only."""
    for name, table in described.items():
        for chinese in table.columns:
            english = f"{chinese.removesuffix('_zh')}_en"
            if not chinese.endswith("_zh") or english not in table.columns:
                continue
            frame = frames[name]
            pairs = zip(frame[chinese].tolist(), frame[english].tolist(), strict=True)
            for line, (zh, en) in zip(frame.index, pairs, strict=True):
                if bool(zh) == bool(en):
                    continue
                yield Problem(
                    table=table.path,
                    row=int(line),
                    column=chinese if en else english,
                    rule=N_("the text stands in one of the two languages only."),
                    remedy=N_("Write it in both, or in neither."),
                )

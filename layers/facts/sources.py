"""The documents that everything rests on."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geo.language import Language, speaker
from layers.facts.variables import records


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that values rest on."""

    id: str
    title_zh: str
    title_en: str
    publisher: str
    date: str
    url: str
    kind: str
    read_as: str

    def title(self, language: Language) -> str:
        """Return the title in one language."""
        return speaker(language).pick(self.title_zh, self.title_en)


def sources(table: pd.DataFrame) -> dict[str, Source]:
    """Build the sources by id from their table."""
    return {row["id"]: Source(**row) for row in records(table)}

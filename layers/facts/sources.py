"""The documents that everything rests on."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geo.language import N_, Language, speaker
from layers.facts.rows import records


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that values rest on.

    Attributes
    ----------
    publisher_zh, publisher_en : str
        Who published it, in its own words and in English; ``""`` where the copy
        names none.
    date : str
        Day, month or year of publication (ISO 8601); ``""`` if not known.
    dated_zh, dated_en : str
        How the date is known, or what is known instead; ``""`` where the document
        bears it.
    """

    id: str
    title_zh: str
    title_en: str
    publisher_zh: str
    publisher_en: str
    date: str
    url: str
    kind: str
    read_as: str
    dated_zh: str = ""
    dated_en: str = ""

    def title(self, language: Language) -> str:
        """Return the title in one language."""
        return speaker(language).pick(self.title_zh, self.title_en)

    def publisher(self, language: Language) -> str:
        """Return who published it, in one language."""
        return speaker(language).pick(self.publisher_zh, self.publisher_en)

    def published(self, language: Language) -> tuple[str, ...]:
        """Return who published it and when, as far as either is known."""
        say = speaker(language)
        date, dated = self.date, say.pick(self.dated_zh, self.dated_en)
        if date and dated:
            dated = say(N_("{text} ({mark})"), text=date, mark=dated)
        return tuple(filter(None, (self.publisher(language), dated or date)))


def sources(table: pd.DataFrame) -> dict[str, Source]:
    """Build the sources by id from their table."""
    return {row["id"]: Source(**row) for row in records(table)}

"""The county table of a large table as a file, in the formats that the atlas writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.boundaries import Boundaries
from geo.export import FORMATS, Format
from geo.export.document import Document, Field, Note
from geo.language import N_, Language, speaker
from layers.aggregate.faults import AggregateError
from layers.aggregate.measure_texts import PERSONS_TITLE, ROWS_TITLE
from layers.aggregate.question import Answer
from layers.own.places import Places

_SUFFIXES: Final = {
    form.suffix: form.id for form in FORMATS.values() if form.id != "dxf"
}
"""Formats by the end of a name; a drawing has no room for figures."""


def format_of_file(name: str) -> Format:
    """Return the format that the end of a file's name says.

    Raises
    ------
    AggregateError
        If it says none.
    """
    for suffix, form in _SUFFIXES.items():
        if name.lower().endswith(suffix):
            return FORMATS[form]
    raise AggregateError(
        N_("The end of “{file}” says no format: use one of {suffixes}."),
        file=name,
        suffixes=tuple(_SUFFIXES),
    )


def document(
    answer: Answer,
    places: Places,
    boundaries: Boundaries,
    *,
    with_shapes: bool,
    language: Language,
) -> Document:
    """Return the table with names, shapes and all that is to be said beside it.

    Parameters
    ----------
    answer : Answer
        The figures.
    places : layers.own.places.Places
        Names of the edition.
    boundaries : geo.boundaries.Boundaries
        Its boundaries.
    with_shapes : bool
        Whether the format has geometry; a total has none, so that nothing lies twice.
    language : {"zh", "en"}
        Of headings and notes.
    """
    table = answer.table
    divisions = places.divisions
    names: dict[str, list[Any]] = {
        "level": table["level"].to_list(),
        "name": [divisions[a].name for a in table.index],
        "name_en": [divisions[a].name_en for a in table.index],
        "prefecture": [_above(a, places, "zh") for a in table.index],
        "prefecture_en": [_above(a, places, "en") for a in table.index],
    }
    shapes: Any = [None] * len(table)
    vintage = boundaries.metadata()
    if with_shapes:
        drawn = boundaries.load(answer.question.by, "full").geometry
        shapes = drawn.reindex(table.index).to_list()
    frame = pd.DataFrame(names, index=table.index)
    figures = table.drop(columns=["level", "withheld"])
    whole = gpd.GeoDataFrame(
        pd.concat([frame, figures, table[["withheld"]]], axis=1),
        geometry=shapes,
        crs=vintage.crs,
    )
    say = speaker(language)
    title = say(N_("{file} by county"), file=answer.source)
    if answer.question.by == "prefecture":
        title = say(N_("{file} by prefecture"), file=answer.source)
    notes = tuple(_notes(answer, language))
    credit = Note(
        key="credit",
        label=say(N_("Credit")),
        text=say.pick(vintage.credit_zh, vintage.credit_en),
    )
    return Document(
        name="aggregate",
        title=title,
        table=whole,
        metadata={
            "title": title,
            "account": None if answer.is_secret else dict(answer.account.groups),
            "suppressed_below": answer.question.least,
            "boundary_vintage": vintage.vintage,
            "credit": {"zh": vintage.credit_zh, "en": vintage.credit_en},
            "licence": {"boundaries": vintage.licence},
        },
        notes=(Note(key="title", label=say(N_("Title")), text=title), *notes, credit),
        fields=tuple(_fields(answer)),
        name_column="name",
        language=language,
    )


def _above(adcode: str, places: Places, language: Language) -> str:
    divisions = places.divisions
    if adcode not in places.counties:
        return ""
    above = divisions[places.parent(adcode)]
    return speaker(language).pick(above.name, above.name_en)


def _notes(answer: Answer, language: Language) -> Iterator[Note]:
    say = speaker(language)
    if not answer.is_secret:
        label, text = say(N_("Account")), answer.account.say(language)
        yield Note(key="account", label=label, text=text)
    if answer.question.least > 1:
        yield Note(
            key="withheld",
            label=say(N_("Withheld")),
            text=say(
                N_(
                    "Rows of fewer than {least} persons are withheld, and further ones "
                    "so that none can be had by subtraction."
                ),
                least=answer.question.least,
            ),
        )


def _fields(answer: Answer) -> Iterator[Field]:
    zh, en = speaker("zh"), speaker("en")

    def field(name: str, message: str, **values: Any) -> Field:
        return Field(
            name=name, label_zh=zh(message, **values), label_en=en(message, **values)
        )

    yield field("adcode", N_("Adcode"))
    yield field("level", N_("Level"))
    yield field("name", N_("Name (Chinese)"))
    yield field("name_en", N_("Name (English)"))
    yield field("prefecture", N_("Prefecture (Chinese)"))
    yield field("prefecture_en", N_("Prefecture (English)"))
    yield field("count", ROWS_TITLE)
    if "persons" in answer.table:
        yield field("persons", PERSONS_TITLE)
    for measure in answer.measures[1:]:
        text, about = measure.title
        yield field(measure.name, text, **about)
    yield field("withheld", N_("Withheld"))

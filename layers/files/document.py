"""A selection as a document: the table, and all that travels with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from geo.export.document import Circles, Graded, Note, Theme, ValueClass
from geo.language import N_, Language, speaker
from layers.facts.columns import EVIDENCE
from layers.facts.package import Package
from layers.files.companions import (
    CLASSES,
    CODES,
    SOURCES,
    STATEMENTS,
    VARIABLES,
    companions,
)
from layers.files.fields import described_columns
from layers.files.metadata import citation
from layers.select.selection import Selection
from layers.themes.circles import circle_bins, circles
from layers.themes.palette import CIRCLE, NOT_KNOWN, SELECTED
from layers.themes.style import texture_of
from layers.themes.themes import theme_bins, theme_of

__all__ = [
    "CLASSES",
    "CODES",
    "NOT_SAID_COLOUR",
    "PLAIN_COLOUR",
    "ROW_TABLES",
    "SOURCES",
    "STATEMENTS",
    "VARIABLES",
    "companions",
    "described_columns",
    "graded",
    "notes",
    "themes",
]

ROW_TABLES: Final = {EVIDENCE: STATEMENTS}
PLAIN_COLOUR: Final = SELECTED
NOT_SAID_COLOUR: Final = NOT_KNOWN

_GRADED: Final = frozenset({"number", "category", "date"})
"""Kinds of variables whose column has the values by which a map is coloured."""

_DETAILS: Final = {
    "full": N_("full, as published"),
    "overview": N_("overview, generalised"),
}


def themes(
    package: Package, selection: Selection, language: Language
) -> tuple[Theme, ...]:
    """Return the programmes that a selection asks for, as a file draws them.

    Parameters
    ----------
    package : Package
        The facts.
    selection : Selection
        Which counties.
    language : {"zh", "en"}
        Language of the text.
    """
    shown = [package.programmes[p] for p in selection.shown(package)]
    return tuple(
        Theme(
            column=programme.id,
            name=programme.name(language),
            colour=programme.colour,
            hatched=texture_of(programme) == "hatch",
            description=programme.definition(language),
        )
        for programme in shown
    )


def graded(
    package: Package, counties: pd.DataFrame, theme: str, language: Language
) -> Graded | None:
    """Return the classes of the variable that a map shows, as a file draws them.

    Parameters
    ----------
    package : Package
        The facts.
    counties : pandas.DataFrame
        The table of all counties, whose classes they are.
    theme : str
        How the map is seen, what :func:`layers.themes.themes.theme_of` knows.
    language : {"zh", "en"}
        Language of the text.

    Returns
    -------
    Graded or None
        None where a map shows no values of one column: programmes, partners, two
        numbers at once.
    """
    seen = theme_of(package, theme)
    if seen is None or seen.kind not in _GRADED:
        return None
    say = speaker(language)
    shown: Circles | None = None
    if seen.way == "circles":
        variable = package.variables[seen.variables[0]]
        told = circles(package, variable, counties, language)
        shown = Circles(
            most=float(told["most"]),
            colour=CIRCLE,
            keys=tuple((float(value), text) for value, text in told["keys"]),
        )
        bins = circle_bins(package, variable, counties, say)
        # All that have a number are one class, from nought to the largest.
        bins[0] = replace(bins[0], limits=(0.0, shown.most))
    elif seen.way == "classes":
        bins = theme_bins(package, seen, counties, say)
    else:
        return None
    return Graded(
        column=seen.variables[0],
        name=seen.title(language),
        circles=shown,
        classes=tuple(
            ValueClass(
                name=bin_.name,
                colour=bin_.colour,
                texture=bin_.texture,
                limits=bin_.limits,
                value=None if bin_.limits else bin_.value,
                among=bin_.among,
            )
            for bin_ in bins
        ),
    )


def notes(about: Mapping[str, Any], language: Language) -> tuple[Note, ...]:
    """Say the metadata of a file for people, in one language."""
    say = speaker(language)
    terms = about["licence"]
    detail = _DETAILS[about["boundary_detail"]]
    contents = {
        "title": (N_("Title"), about["title"][language]),
        "selection": (N_("Selection"), about["selection"][language]),
        "query": (N_("Selection as a query"), about["query"]),
        "link": (N_("Link to the selection"), about.get("link")),
        "classes": (
            N_("Classes on the map"),
            about["classes"]["said"][language] if "classes" in about else None,
        ),
        "count": (
            N_("Number of counties"),
            say(
                N_("{n} of {total} counties"),
                n=about["count"],
                total=about["count_total"],
            ),
        ),
        "open_lists": (
            N_("Lists that are not complete"),
            "\n".join(about["open_lists"][language]) or None,
        ),
        "other_territory": (
            N_("Values of another territory"),
            "\n".join(about["other_territory"][language]) or None,
        ),
        "data_date": (N_("Newest list or value"), about["data_date"]),
        "boundary_vintage": (N_("Boundary vintage"), about["boundary_vintage"]),
        "boundary_detail": (
            N_("Detail of the boundaries"),
            say(detail),
        ),
        "crs": (N_("Coordinate system"), about.get("crs")),
        "distortion": (N_("Lengths in this system"), _distortion(about, language)),
        "credit": (N_("Credit"), about["credit"][language]),
        "licence": (N_("Terms"), f"{terms['attributes']}; {terms['boundaries']}"),
        "sources": (
            N_("Sources"),
            "\n".join(_cited(source, language) for source in about["sources"]),
        ),
        "data_digest": (N_("Data digest"), about["data_digest"]),
        "made_on": (N_("Made on"), about.get("made_on")),
    }
    return tuple(
        Note(key=key, label=say(label), text=str(text))
        for key, (label, text) in contents.items()
        if text is not None
    )


def _distortion(about: Mapping[str, Any], language: Language) -> str | None:
    """Say how far lengths in a zone are from those on the ground, if it matters."""
    told = about.get("distortion")
    if not told or not told["wide"]:
        return None
    say = speaker(language)
    error = told["greatest"]
    return say(
        N_(
            "The counties reach into the 3-degree zones around {meridians}; in this "
            "one lengths are off by up to {metres} m a kilometre (1/{part})."
        ),
        meridians=say.series(f"{meridian}°E" for meridian in told["meridians"]),
        metres=f"{1000 * error:+.2f}",
        part=f"{abs(1 / error):,.0f}",
    )


def _cited(source: Mapping[str, Any], language: Language) -> str:
    title, *parts = citation(source, language)
    say = speaker(language)
    known = say.phrases(filter(None, [*parts, source["url"]]))
    name = f"{source['id']} {title}"
    return say(N_("{name} ({text})"), name=name, text=known) if known else name

"""What to heed under numbers that stand side by side, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.select import figure_notes
from views.frame.components import Node


def under_figures(
    package: Package, language: Language, *, more: Iterable[str] = ()
) -> list[Node]:
    """Return cautions as lines, and what each number counts on demand.

    Parameters
    ----------
    package : Package
        The facts.
    language : {"zh", "en"}
        Of the page.
    more : iterable of str
        What is to be heeded besides.
    """
    defined = figure_notes.definitions(package, language)
    lines = [*more, *figure_notes.cautions(package, language)]
    title = speaker(language)(N_("What the figures count"))
    return [
        *(["p", {}, ["small", {}, line]] for line in lines),
        [
            "details",
            {},
            ["summary", {}, title],
            ["ul", {}, *(["li", {}, text] for text in defined)],
        ],
    ]

"""What is said wherever counties are chosen by a list that is not complete."""

from __future__ import annotations

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.select.selection import Selection
from layers.themes.style import completeness_note
from layers.themes.themes import PROGRAMMES, themes


def open_lists(
    package: Package,
    selection: Selection,
    language: Language,
    *,
    theme: str | None = None,
) -> tuple[str, ...]:
    """Say of which programmes asked for not all counties are known, and what follows.

    Parameters
    ----------
    package : Package
        The facts.
    selection : Selection
        Which counties.
    language : {"zh", "en"}
        Of the text.
    theme : str, optional
        A key of :func:`layers.themes.themes.themes`; what its legend says of a
        programme need not be said again.

    Returns
    -------
    tuple of str
        A sentence for each programme.
    """
    asked = {*selection.shown(package), *selection.none_of}
    if theme is not None:
        asked -= _in_legend(package, selection, theme)
    say = speaker(language)
    return tuple(
        say(
            N_("{programme}: {note}; a county that is not named may be in it"),
            programme=programme.name(language),
            note=completeness_note(programme, language),
        )
        for programme in package.programmes.values()
        if programme.id in asked and not programme.is_whole
    )


def _in_legend(package: Package, selection: Selection, theme: str) -> set[str]:
    seen = themes(package)[theme]
    if seen.kind == PROGRAMMES:
        return {*selection.shown(package)}
    if seen.kind == "group":
        return {p.id for p in package.programmes.values() if p.group == seen.id}
    return set()

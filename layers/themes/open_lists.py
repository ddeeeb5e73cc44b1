"""What is said wherever counties are shown of which not all is known."""

from __future__ import annotations

from collections.abc import Iterator

from geo.language import N_, Language, Speaker, speaker
from layers.facts.package import Package
from layers.select.apart import explained
from layers.select.classing import USUAL_CLASSING
from layers.select.possible import may_be_in, may_belong, only_for, within
from layers.select.selection import Selection
from layers.themes.relations import place_points
from layers.themes.style import completeness_note
from layers.themes.themes import (
    OVERLAP,
    PLACES,
    PROGRAMMES,
    Theme,
    overlap_programmes,
    theme_of,
)


def open_lists(
    package: Package,
    selection: Selection,
    language: Language,
    *,
    theme: str | None = None,
) -> tuple[str, ...]:
    """Say of what is asked for not all counties are known, and what follows.

    Programmes whose list is not complete, dates and numbers that are not known of all;
    nothing where what else is asked leaves no county that could be meant.

    Parameters
    ----------
    package : Package
        The facts.
    selection : Selection
        Which counties.
    language : {"zh", "en"}
        Of the text.
    theme : str, optional
        What :func:`layers.themes.themes.theme_of` knows; what its legend says of a
        programme need not be said again.

    Returns
    -------
    tuple of str
        A sentence for each programme and date.
    """
    asked = {*selection.shown(package), *selection.none_of}
    # A condition may be on a group: its values are programmes.
    asked.update(*(values for _, values in selection.where))
    say = speaker(language)
    if theme is not None:
        asked -= _in_legend(package, selection, theme)
    lists = tuple(
        say(
            N_("{programme}: {note}; a county that is not named may be in it"),
            programme=programme.name(language),
            note=completeness_note(programme, language),
        )
        for programme in package.programmes.values()
        if programme.id in asked
        and not programme.is_whole
        and may_be_in(package, selection, programme.id)
    )
    return (*lists, *_not_known(package, selection, language))


def _not_known(
    package: Package, selection: Selection, language: Language
) -> Iterator[str]:
    """Say of dates and numbers asked for which more counties may have them."""
    say = speaker(language)
    for identifier in dict(selection.where):
        variable = package.variables.get(identifier)
        if variable is None or variable.kind not in {"date", "number"}:
            continue
        unsure = may_belong(package, selection, identifier)
        alone = only_for(package, selection, identifier, unsure)
        told = []
        inside = within(package, selection, identifier, alone)
        if inside:
            text = N_(
                "{n} more {n:lies|lie} within it by what is known, and {n:is|are} not "
                "counted: the year itself is not known, or only inferred"
            )
            told.append(say(text, n=len(inside)))
        alone = tuple(adcode for adcode in alone if adcode not in inside)
        if alone:
            text = N_("{n} more {n:county|counties} may belong; {why}")
            told.append(say(text, n=len(alone), why=variable.missing(language)))
        others = len(unsure) - len(alone) - len(inside)
        if others:
            text = N_(
                "{n} more {n:county|counties} may belong, of which it is not known "
                "either whether the other conditions are met"
            )
            told.append(say(text, n=others))
        if told:
            name = variable.name(language)
            yield say(N_("{name}: {text}"), name=name, text=say.clauses(told))


def _prefectures(package: Package, selection: Selection) -> set[str]:
    """Return prefectures asked for, and those of chosen counties that others run."""
    divisions = package.divisions
    chosen = {
        divisions[adcode].parent
        for adcode in selection.counties or ()
        if divisions.administration(adcode)
    }
    return {*selection.prefectures, *chosen}


def remarks(
    package: Package, selection: Selection, theme: str, language: Language
) -> tuple[str, ...]:
    """Say what the legend of a theme leaves unsaid.

    What a number counts and leaves out; of lists that they are not complete; who runs
    counties of a prefecture asked for or counties chosen, where it does not; what is
    not drawn.

    Parameters
    ----------
    package, selection, theme, language
        As for :func:`open_lists`.
    """
    say = speaker(language)
    shown = theme_of(package, theme)
    names = dict.fromkeys([*(shown.variables if shown else ()), *dict(selection.where)])
    seen = map(package.variables.get, names)
    told = (
        *(v.definition(language) for v in seen if v and v.kind == "number"),
        *(classes_said(shown, say) if shown else ()),
        *(_counted(package, selection, say) if theme == OVERLAP else ()),
        *open_lists(package, selection, language, theme=theme),
        *explained(package, say, _prefectures(package, selection)),
    )
    if shown is None or shown.kind != PLACES:
        return told
    left = len(package.tables["places"]) - len(place_points(package))
    if not left:
        return told
    text = N_(
        "In the whole province, {n} more {n:place|places} of the plan {n:is|are} on no "
        "map: most are works along a line or in a region, of some the county could not "
        "be found"
    )
    return (*told, say(text, n=left))


def classes_said(seen: Theme, say: Speaker) -> Iterator[str]:
    """Say how the classes of a number are made, where somebody has chosen it.

    Parameters
    ----------
    seen : Theme
        What is seen.
    say : Speaker
        Of the language wanted.
    """
    if seen.classing != USUAL_CLASSING:
        yield say(N_("Classes: {method}."), method=seen.classing.said(say))


def _counted(package: Package, selection: Selection, say: Speaker) -> Iterator[str]:
    """Say which programmes are counted, and of how many not all counties are known."""
    programmes = [package.programmes[p] for p in overlap_programmes(package, selection)]
    if len(programmes) < len(package.programmes):
        text = N_(
            "counted: {n} {n:programme|programmes} asked for ({names}); a county may "
            "be in others"
        )
        names = say.series(programme.name(say.language) for programme in programmes)
        yield say(text, n=len(programmes), names=names)
    unknown = sum(not programme.is_whole for programme in programmes)
    if unknown:
        text = N_(
            "of {n} of the programmes counted not all counties are known: a county may "
            "be in more of them than its colour says"
        )
        yield say(text, n=unknown)


def _in_legend(package: Package, selection: Selection, theme: str) -> set[str]:
    seen = theme_of(package, theme)
    if seen is None:
        return set()
    if seen.kind == PROGRAMMES:
        return {*selection.shown(package)}
    if seen.kind == "group":
        return {p.id for p in package.programmes.values() if p.group == seen.id}
    return set()

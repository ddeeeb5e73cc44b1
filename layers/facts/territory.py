"""What ground values mean: another than is drawn, and of which counties that is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from geo.division_records import TerritoryChange
from geo.divisions import Divisions
from geo.kept import kept_with_owner
from geo.language import N_, Speaker
from geo.names import beside, normalise
from layers.facts import date_texts
from layers.facts.date_texts import date_text
from layers.facts.package import Package
from layers.facts.values import Value
from layers.facts.variables import Variable, in_sentences


def ground_note(package: Package, adcode: str, since: str, say: Speaker) -> str:
    """Say that values of a date mean another ground than is drawn; else empty.

    Ground moved after them and the boundary with it; or it is run by another county
    before them while the boundary stays.

    Parameters
    ----------
    package : Package
        The facts.
    adcode : str
        Of a county of today.
    since : str
        ISO date from which on the ground must have been the same; ``""`` asks nothing.
    say : Speaker
        Of the language.
    """
    if not since:
        return ""
    after = package.divisions.territory_changes(adcode, since)
    moved = [t for t in after if t.boundary == "moved"]
    sure = [day_text(t, say) for t in moved if not _may_be_before(t, since)]
    unsure = [day_text(t, say) for t in moved if _may_be_before(t, since)]
    told = []
    if sure:
        text = N_(
            "Its territory changed ({days}): the source means another than today’s."
        )
        told.append(say(text, days=say.series(dict.fromkeys(sure))))
    if unsure:
        text = N_(
            "Its territory changed ({days}): the source may mean another than today’s."
        )
        told.append(say(text, days=say.series(dict.fromkeys(unsure))))
    told.append(_run_by_another(package, adcode, since, say))
    return say.sentences(filter(None, told))


def day_text(change: TerritoryChange, say: Speaker) -> str:
    """Say when ground changed hands: the day, or between which two dates it was.

    Parameters
    ----------
    change : TerritoryChange
        Of a division.
    say : Speaker
        Of the language.
    """
    last = date_text(change.approved, say)
    if not change.not_before:
        return last
    first = date_text(change.not_before, say)
    return say(N_("between {first} and {last}"), first=first, last=last)


def _may_be_before(change: TerritoryChange, since: str) -> bool:
    return "" < change.not_before < since


def may_be_as_it_was(divisions: Divisions, adcode: str, since: str) -> bool:
    """Say whether all ground that a county gave or got may have moved before a date.

    Parameters
    ----------
    divisions : geo.divisions.Divisions
        With the changes of territory.
    adcode : str
        Of a county of today.
    since : str
        ISO date.

    Returns
    -------
    bool
        False where some has surely moved since, and where none is known to have.
    """
    moved = divisions.moved_since(adcode, since)
    return bool(moved) and all(_may_be_before(change, since) for change in moved)


@kept_with_owner
def _run_by_another(package: Package, adcode: str, since: str, say: Speaker) -> str:
    """Say what ground values of a date count with another county than the boundary."""
    return say.sentences(
        say(
            N_(
                "Values since {day} count {what} with {receiver}, which runs this "
                "ground; the boundary and area shown have it in {giver}."
            ),
            day=date_text(t.approved, say),
            what=say.pick(t.what_zh, t.what_en),
            receiver=called(package, t.to_adcode, t.to_name, say),
            giver=called(package, t.from_adcode, t.from_name, say),
        )
        for t in package.divisions.territory_changes(adcode, until=since)
        if t.boundary == "stayed"
    )


def value_note(package: Package, value: Value, say: Speaker) -> str:
    """Say that one value means another territory; empty if it does not.

    What is reported outside the list of its variable is of its own day, under the name
    of that day. Of a number, units of the day that became one county are added up, and
    any other ground that moved leaves the county none.

    Parameters
    ----------
    package : Package
        The facts.
    value : Value
        What is said of a county of today.
    say : Speaker
        Of the language.
    """
    variable = package.variables[value.variable]
    if variable.own:
        year, name = variable.period, value.published_name
        since = own_since(package.divisions, value.adcode, year, name)
        return ground_note(package, value.adcode, since, say)
    if value.of_other_ground or not value.listed:
        return ""
    if variable.kind == "number":
        since = variable.since
        return _run_by_another(package, value.adcode, since, say) if since else ""
    return ground_note(package, value.adcode, variable.since, say)


def own_since(divisions: Divisions, adcode: str, year: str, name: str) -> str:
    """Return since when a figure of a file of the reader's needs the same ground.

    A figure of a year counts the ground of its end. Without a year, a name of the past
    dates it: whoever writes it had the county as it was until it lost the name.

    Parameters
    ----------
    divisions : geo.divisions.Divisions
        Codes and names with their crosswalk.
    adcode : str
        County of today to which the row was joined.
    year : str
        Of the figure; ``""`` if the file says none.
    name : str
        As the row has it.

    Returns
    -------
    str
        For :func:`ground_note`; ``""`` if nothing dates the figure.
    """
    if year:
        return f"{int(year[:4]) + 1}"
    written, own = normalise(name), normalise(divisions[adcode].name)
    lost = [
        change.dated
        for change in divisions.changes_to(adcode)
        for former in [normalise(change.former_name)]
        if former != own and written.endswith(former)
    ]
    return max(lost, default="")


def has_moved(divisions: Divisions, adcode: str, year: str, name: str) -> bool:
    """Say whether a figure of a reader's file means, or may mean, another ground.

    Parameters
    ----------
    divisions, adcode, year, name
        As for :func:`own_since`.
    """
    since = own_since(divisions, adcode, year, name)
    return bool(since) and (
        any(t.boundary == "moved" for t in divisions.territory_changes(adcode, since))
        or any(
            t.boundary == "stayed"
            for t in divisions.territory_changes(adcode, until=since)
        )
    )


def ground_notes(
    package: Package, variables: Iterable[str], adcodes: Iterable[str], say: Speaker
) -> tuple[str, ...]:
    """Say of which counties values of variables mean another territory, each once.

    A date of a part of a county is said as well: the county has none of its own then,
    or another. For whatever shows values of many counties: a file, a sheet.

    Parameters
    ----------
    package : Package
        The facts.
    variables : iterable of str
        Ids of the variables shown.
    adcodes : iterable of str
        Of counties of today.
    say : Speaker
        Of the language.
    """
    noted = [*_noted(package, frozenset(variables), say)]
    counties: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for adcode in adcodes:
        meant: dict[str, list[str]] = {}
        for name, notes in noted:
            for note in notes.get(adcode, ()):
                names = meant.setdefault(note, [])
                if name and name not in names:
                    names.append(name)
        if not meant:
            continue
        name = package.divisions.called(adcode, say.language)
        for note, of_what in meant.items():
            counties.setdefault((note, tuple(of_what)), []).append(name)
    told = []
    for (note, variables_meant), names in counties.items():
        who = say.series(names)
        if variables_meant:
            text, what = N_("{name} ({what}): {text}"), say.series(variables_meant)
            told.append(say(text, name=who, what=what, text=note))
        else:
            told.append(say(N_("{name}: {text}"), name=who, text=note))
    return tuple(told)


def _noted(
    package: Package, shown: frozenset[str], say: Speaker
) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    """Yield what must be said of values by county, with the name of the value.

    The name is left out of numbers, of which the note names the day since when it is
    so, and of parts of a county, which name themselves.
    """
    for variable in package.variables.values():
        if variable.id in shown:
            is_dated = variable.kind == "number" and not variable.own
            name = "" if is_dated else variable.short(say.language)
            yield name, _noted_of(package, variable.id, say)
    for dates in in_sentences(package.variables.values()).values():
        # Whichever of the dates is shown: the part left on a day of its own.
        if dates[0].kind == "date" and shown & {date.id for date in dates}:
            yield "", _noted_of_parts(package, tuple(date.id for date in dates), say)


@kept_with_owner
def _noted_of(package: Package, variable: str, say: Speaker) -> dict[str, list[str]]:
    """Return the notes on values of one variable; few counties have any.

    Whoever shows values of all counties asks for them, in both languages.
    """
    found: dict[str, list[str]] = {}
    for adcode, own in package.values_by_county(variable).items():
        notes = [note for value in own if (note := value_note(package, value, say))]
        if notes:
            found[adcode] = notes
    return found


@kept_with_owner
def _noted_of_parts(
    package: Package, dates: tuple[str, ...], say: Speaker
) -> dict[str, list[str]]:
    variables = [package.variables[date] for date in dates]
    counties = package.divisions.of_level("county")
    return {
        adcode: texts
        for adcode in counties
        if (texts := [*_of_parts(package, variables, adcode, say)])
    }


def _of_parts(
    package: Package, dates: Sequence[Variable], adcode: str, say: Speaker
) -> Iterator[str]:
    values = [
        value
        for variable in dates
        for value in package.values_by_county(variable.id).get(adcode, ())
        if value.of_part
    ]
    for own in date_texts.in_sentences(values):
        yield date_texts.told(dates, own, say)


def called(package: Package, adcode: str, name: str, say: Speaker) -> str:
    """Name a division of today, or one of the past as it was called.

    Parameters
    ----------
    package : Package
        The facts.
    adcode, name : str
        Of the division, as a table has them.
    say : Speaker
        Of the language.
    """
    if adcode in package.divisions:
        return package.divisions.called(adcode, say.language)
    return beside(name, say.language)

"""Who runs a county, its codes and names of the past, ground that moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from geo.division_records import Administration, Change, TerritoryChange
from geo.kept import kept_with_owner
from geo.language import N_, Speaker
from geo.names import beside
from layers.facts import date_texts
from layers.facts.date_texts import date_text
from layers.facts.package import Package
from layers.facts.sections import section_name
from layers.facts.values import Value
from layers.facts.variables import Variable, in_sentences
from layers.profile.evidence import Evidence
from layers.profile.statements import Fact, Statement


def facts(package: Package, adcode: str, say: Speaker) -> Iterator[Fact]:
    """Yield who runs a county, what it was called, and when its ground changed.

    Parameters
    ----------
    package : Package
        The facts.
    adcode : str
        Code of a county of today.
    say : Speaker
        Of the language wanted.
    """
    divisions = package.divisions
    if body := divisions.administration(adcode):
        yield Fact(term=say(N_("Run by")), text=_run_by(body, say), base="run_by")
    for change in divisions.changes_to(adcode):
        yield Fact(term=_was(change, say), text=_former(change, say), base="past")
    days = [t.approved for t in divisions.territory_changes(adcode)]
    if days:
        text = say.series(date_text(day, say) for day in dict.fromkeys(days))
        yield Fact(term=say(N_("Territory changed")), text=text, base="past")


def statements(package: Package, adcode: str, say: Speaker) -> Iterator[Statement]:
    """Yield the same, each with what must be said besides and where it stands.

    Parameters
    ----------
    package : Package
        The facts.
    adcode : str
        Code of a county of today.
    say : Speaker
        Of the language wanted.
    """
    divisions = package.divisions
    if body := divisions.administration(adcode):
        yield Statement(
            variable="",
            text=say(N_("Run by: {text}"), text=_run_by(body, say)),
            notes=tuple(filter(None, [say.pick(body.note_zh, body.note_en)])),
            evidence=(_evidence(package, "administrations", body, say),),
            base="run_by",
        )
        if body.code:
            yield Statement(
                variable="",
                text=say(
                    N_("Code of {name} in statistics: {code}"),
                    name=body.name(say.language),
                    code=body.code,
                ),
                notes=(
                    say(
                        N_("A unit of prefecture level there; its counties keep theirs")
                    ),
                ),
                evidence=(_of_code(package, body, say),),
            )
    told = set()
    for change in divisions.changes_to(adcode):
        told.add((change.former_adcode, change.adcode, change.dated))
        kind = say(package.label("crosswalk", "kind", change.kind))
        note = say.pick(change.note_zh, change.note_en)
        yield Statement(
            variable="",
            text=say(
                N_("{name}: {text}"),
                name=_was(change, say),
                text=_former(change, say),
            ),
            notes=tuple(filter(None, [kind, note])),
            evidence=(_evidence(package, "crosswalk", change, say),),
        )
    for moved in divisions.territory_changes(adcode):
        if (moved.from_adcode, moved.to_adcode, moved.approved) not in told:
            yield Statement(
                variable="",
                text=_moved(package, moved, adcode, say),
                evidence=(_evidence(package, "territory_changes", moved, say),),
            )


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
    days = [date_text(t.approved, say) for t in after if t.boundary == "moved"]
    told = [_run_by_another(package, adcode, since, say)]
    if days:
        text = N_(
            "Its territory changed ({days}): the source means another than today’s."
        )
        told.insert(0, say(text, days=say.series(dict.fromkeys(days))))
    return say.sentences(filter(None, told))


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
            receiver=_called(package, t.to_adcode, t.to_name, say),
            giver=_called(package, t.from_adcode, t.from_name, say),
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
    if value.of_other_ground or not value.listed:
        return ""
    if variable.kind == "number":
        since = variable.since
        return _run_by_another(package, value.adcode, since, say) if since else ""
    return ground_note(package, value.adcode, variable.since, say)


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
    shown = [package.variables[v] for v in variables]
    dates = [
        own
        for own in in_sentences(package.variables.values()).values()
        if own[0].kind == "date" and own[0] in shown
    ]
    told = []
    for adcode in adcodes:
        notes = dict.fromkeys(
            value_note(package, value, say)
            for variable in shown
            for value in package.values_by_county(variable.id).get(adcode, ())
        )
        notes |= dict.fromkeys(
            text for own in dates for text in _of_parts(package, own, adcode, say)
        )
        name = package.divisions.called(adcode, say.language)
        told += [
            say(N_("{name}: {text}"), name=name, text=note) for note in notes if note
        ]
    return tuple(told)


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


def _was(change: Change, say: Speaker) -> str:
    """Say in what way a county is what it was: one that was split left a part here."""
    return say(N_("Formerly in part") if change.kind == "split" else N_("Formerly"))


def _former(change: Change, say: Speaker) -> str:
    """Say a name of the past: when its end was approved, when the lists followed."""
    text = N_("{name} ({code}), until {month}")
    if change.approved:
        text = N_("{name} ({code}); changed {day}, code lists followed by {month}")
    if change.kind == "split":
        text = N_("{name} ({code}), divided {day}; code lists followed by {month}")
    return say(
        text,
        name=beside(change.former_name, say.language),
        code=change.former_adcode,
        day=date_text(change.dated, say),
        month=date_text(change.changed_by, say),
    )


def _run_by(body: Administration, say: Speaker) -> str:
    """Say who runs a county, and since when."""
    name = body.name(say.language)
    since = date_text(body.since, say)
    return say(N_("{name}, since {day}"), name=name, day=since)


def _moved(package: Package, moved: TerritoryChange, adcode: str, say: Speaker) -> str:
    """Say what ground a county gave or received; a division of the past by its name."""
    received = moved.to_adcode == adcode
    text = N_("Gave to {name} ({day}): {what}")
    if received:
        text = N_("Received from {name} ({day}): {what}")
    if moved.boundary == "stayed":
        text = N_(
            "Partly run by {name} since {day}: {what}; the administrative division "
            "itself stays, and the boundary still has this ground here"
        )
        if received:
            text = N_(
                "Runs a part of {name} since {day}: {what}; the administrative "
                "division itself stays, and the boundary still has this ground there"
            )
    other = moved.from_adcode if received else moved.to_adcode
    name = moved.from_name if received else moved.to_name
    return say(
        text,
        name=_called(package, other, name, say),
        day=date_text(moved.approved, say),
        what=say.pick(moved.what_zh, moved.what_en),
    )


def _called(package: Package, adcode: str, name: str, say: Speaker) -> str:
    """Name a division of today, or one of the past as it was called."""
    if adcode in package.divisions:
        return package.divisions.called(adcode, say.language)
    return beside(name, say.language)


def _of_code(package: Package, body: Administration, say: Speaker) -> Evidence:
    label = package.label("administrations", "confidence", body.code_confidence)
    return Evidence(
        section=section_name(body.code_section, say),
        confidence=say(label),
        sources=tuple(body.code_source.split(";")),
    )


def _evidence(
    package: Package,
    table: str,
    row: Administration | Change | TerritoryChange,
    say: Speaker,
) -> Evidence:
    return Evidence(
        section=section_name(row.section, say),
        confidence=say(package.label(table, "confidence", row.confidence)),
        sources=tuple(row.source.split(";")),
    )

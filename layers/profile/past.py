"""Who runs a county, its codes and names of the past, ground that moved."""

from __future__ import annotations

from collections.abc import Iterator

from geo.division_records import Administration, Change, TerritoryChange
from geo.language import N_, Speaker
from geo.names import beside
from layers.facts.date_texts import date_text
from layers.facts.package import Package
from layers.facts.sections import section_name
from layers.facts.territory import called, day_text
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
    days = [day_text(t, say) for t in divisions.territory_changes(adcode)]
    if days:
        text = say.series(dict.fromkeys(days))
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
        name=called(package, other, name, say),
        day=day_text(moved, say),
        what=say.pick(moved.what_zh, moved.what_en),
    )


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

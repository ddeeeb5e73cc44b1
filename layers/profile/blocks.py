"""What is said of one county, as blocks of text: for print and the one-file map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.language import N_, Speaker
from layers.facts.county_table import rows_of
from layers.facts.package import Package
from layers.profile.sentences import (
    administration_sentence,
    evidence_line,
    exit_sentence,
    former_name,
    quantity,
)
from layers.themes.palette import Texture
from layers.themes.style import texture_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, or a statement with notes about it.

    Attributes
    ----------
    fill : (colour, texture) or None
        Look to be shown before the text.
    """

    text: str
    notes: tuple[str, ...] = ()
    heading: bool = False
    fill: tuple[str, Texture] | None = None


def blocks(
    package: Package, county: Mapping[str, Any], adcode: str, say: Speaker
) -> list[Block]:
    """Return names, programmes, pairs, exit and reports, each with its evidence.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    county : mapping
        The county's row of the county table.
    adcode : str
        Its code.
    say : Speaker
        Of the language wanted.
    """
    found = [Block(text=say(N_("Names and codes")), heading=True)]
    found += _names(package, county, adcode, say)
    for table, title, describe in (
        ("memberships", N_("Programmes"), _membership),
        ("pairs", N_("Supported by"), _pair),
        ("exits", N_("Exit from the list of poor counties"), _exit),
        ("evidence", N_("Reports from outside the plan"), _report),
    ):
        rows = [
            row
            for row in rows_of(package, table, adcode)
            # What the plan itself says is among the memberships already.
            if table != "evidence" or row["confidence"] != "stated"
        ]
        if not rows and table != "memberships":
            continue
        found.append(Block(text=say(title), heading=True))
        found += [describe(package, row, say) for row in rows]
        if not rows:
            none = N_("The plan names this county in no programme.")
            found.append(Block(text=say(none)))
    return found


def cited(package: Package, adcode: str) -> list[str]:
    """Return the ids of the sources on which the page of a county rests."""
    body = package.divisions.administration(adcode)
    used = set(body.source.split(";")) if body else set()
    used |= {
        source
        for table in ("memberships", "pairs", "exits", "evidence")
        for row in rows_of(package, table, adcode)
        for source in row["source"].split(";")
    }
    return [source for source in package.sources if source in used]


def _names(
    package: Package, county: Mapping[str, Any], adcode: str, say: Speaker
) -> list[Block]:
    now = say(
        N_("{name} ({code}), today"),
        name=f"{county['name']} {county['name_en']}",
        code=adcode,
    )
    found = [Block(text=now)]
    if body := package.divisions.administration(adcode):
        sources = say.series(body.source.split(";"))
        run_by = say(N_("Run by: {text}"), text=administration_sentence(body, say))
        note = say.pick(body.note_zh, body.note_en)
        found.append(Block(text=run_by, notes=(note, f"[{sources}]")))
    for change in package.divisions.changes_to(adcode):
        former = former_name(change, say)
        kind = say(package.label("crosswalk", "kind", change.kind))
        note = say.pick(change.note_zh, change.note_en)
        sources = say.series(change.source.split(";"))
        found.append(
            Block(text=former, notes=(*filter(None, [kind, note]), f"[{sources}]"))
        )
    if county["published_name"] != county["name"]:
        text = say(N_("In the sources: {names}"), names=county["published_name"])
        found.append(Block(text=text))
    return found


def _membership(package: Package, row: Mapping[str, Any], say: Speaker) -> Block:
    programme = package.programmes[row["programme"]]
    category = row["category"] and say(
        package.label("memberships", "category", row["category"])
    )
    detail = say.pick(row["detail_zh"], row["detail_en"])
    return Block(
        text=programme.name(say.language),
        notes=(
            *filter(None, [category, detail]),
            _evidence(package, "memberships", row, say),
        ),
        fill=(programme.colour, texture_of(programme)),
    )


def _pair(package: Package, row: Mapping[str, Any], say: Speaker) -> Block:
    partner = package.divisions[row["partner_adcode"]]
    later = say(N_("not in the plan’s list")) if row["in_plan"] == "no" else ""
    about = " · ".join(filter(None, [row["evidence_date"], later]))
    return Block(
        text=say.pick(partner.name, partner.name_en),
        notes=(*filter(None, [about]), _evidence(package, "pairs", row, say)),
    )


def _exit(package: Package, row: Mapping[str, Any], say: Speaker) -> Block:
    text = exit_sentence(row, say)
    if row["unit"] == "part_of_county":
        text = say(
            N_("{name}, a part of this county: {text}"),
            name=row["published_name"],
            text=text,
        )
    return Block(text=text, notes=(_evidence(package, "exits", row, say),))


def _report(package: Package, row: Mapping[str, Any], say: Speaker) -> Block:
    programme = package.programmes[row["programme"]]
    statement = say.pick(row["statement_zh"], row["statement_en"]) + quantity(row, say)
    note = say.pick(row["note_zh"], row["note_en"])
    return Block(
        text=programme.name(say.language),
        notes=(
            *filter(None, [statement, note]),
            _evidence(package, "evidence", row, say),
        ),
        fill=(programme.colour, "dots"),
    )


def _evidence(
    package: Package, table: str, row: Mapping[str, Any], say: Speaker
) -> str:
    sources = say.series(row["source"].split(";"))
    return f"{evidence_line(package, table, row, say)} [{sources}]"

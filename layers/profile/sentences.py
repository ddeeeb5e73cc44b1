"""Sentences that page, command line and printed atlas share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.divisions import Administration, Change
from geo.language import N_, Speaker
from layers.facts.package import Package
from layers.facts.sections import section_name


def evidence_line(
    package: Package, table: str, row: Mapping[str, Any], say: Speaker
) -> str:
    """Say where a row of a table comes from: section, and degree of certainty."""
    section = section_name(row["section"], say)
    confidence = say(package.label(table, "confidence", row["confidence"]))
    return say.clauses([say(N_("Evidence: {section}"), section=section), confidence])


def county_facts(
    package: Package, county: Mapping[str, Any], adcode: str, say: Speaker
) -> list[tuple[str, str]]:
    """List code, prefecture, area, names and kind of a county as terms and texts.

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
    prefecture = say.pick(county["prefecture"], county["prefecture_en"])
    facts = [
        (say(N_("Adcode")), adcode),
        (say(N_("Prefecture")), prefecture),
        (say(N_("Area")), say(N_("{area:,.0f} km²"), area=county["area_km2"])),
    ]
    if county["published_name"] != county["name"]:
        facts.append((say(N_("Name in the sources")), county["published_name"]))
    if administration := package.divisions.administration(adcode):
        text = administration_sentence(administration, say)
        facts.append((say(N_("Run by")), text))
    facts += [
        (say(N_("Formerly")), former_name(change, say))
        for change in package.divisions.changes_to(adcode)
    ]
    if county["category"]:
        label = package.label("memberships", "category", county["category"])
        facts.append((say(N_("Kind of poor county")), say(label)))
    return facts


def former_name(change: Change, say: Speaker) -> str:
    """Say a name of the past: when its end was approved, when the lists followed."""
    text = N_("{name} ({code}), until {month}")
    if change.approved:
        text = N_("{name} ({code}); changed {day}, code lists followed by {month}")
    return say(
        text,
        name=change.former_name,
        code=change.former_adcode,
        day=change.approved,
        month=change.changed_by,
    )


def administration_sentence(body: Administration, say: Speaker) -> str:
    """Say who runs a county, and since when."""
    name = say.pick(body.name_zh, body.name_en)
    return say(N_("{name}, since {day}"), name=name, day=body.since)


def exit_sentence(row: Mapping[str, Any], say: Speaker) -> str:
    """Say when an exit was approved, and whether that is known or inferred."""
    earliest, latest = row["approved_from"], row["approved_to"]
    if earliest == latest:
        text = say(N_("approved {date}"), date=latest)
    elif earliest:
        text = say(
            N_("approved {earliest} or {latest}; which is not known"),
            earliest=earliest,
            latest=latest,
        )
    else:
        text = say(N_("approved by {latest}; the date is not known"), latest=latest)
    if row["confidence"] == "inferred":
        return say(N_("{text} (inferred)"), text=text)
    return text


def quantity(row: Mapping[str, Any], say: Speaker) -> str:
    """Write the figure of an evidence row with its unit; empty if it has none."""
    if row["comparator"] == "":
        return ""
    text = N_(" ({figure} {unit})")
    if row["comparator"] == "ge":
        text = N_(" (at least {figure} {unit})")
    unit = say.pick(row["unit_zh"], row["unit_en"])
    return say(text, figure=f"{float(row['quantity']):,.0f}", unit=unit)

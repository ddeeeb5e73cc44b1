"""What the command line answers of one county, and which county is meant."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from geo.divisions import Divisions
from geo.language import N_, Language, Speaker, speaker
from geo.resolver import resolve
from layers.cli.answers import aligned, blocks, indented
from layers.facts.county_table import rows_of
from layers.facts.package import Package
from layers.profile.sentences import (
    county_facts,
    evidence_line,
    exit_sentence,
    quantity,
)


def counties_called(divisions: Divisions, text: str) -> list[str]:
    """Return the adcodes of the counties that a code or name may mean."""
    return [meaning.adcode for meaning in resolve(divisions, text)]


def not_found_text(divisions: Divisions, text: str, language: Language) -> str:
    """Say that no county has a name, and which are written like it."""
    say = speaker(language)
    answer = say(
        N_("No county of Hebei has, or had, the code or name “{name}”."), name=text
    )
    names = [county.name for county in divisions.of_level("county").values()]
    similar = difflib.get_close_matches(text, names, n=5)
    if not similar:
        return answer
    return f"{answer}\n" + say(N_("Similar: {names}"), names=say.series(similar))


def ambiguous_text(
    divisions: Divisions, text: str, adcodes: Sequence[str], language: Language
) -> str:
    """Say that a name means several counties, and what tells them apart."""
    say = speaker(language)
    head = say(
        N_("“{name}” may be one of these counties; give the code of one:"), name=text
    )
    rows = []
    for adcode in adcodes:
        county, above = divisions[adcode], divisions.parent(adcode)
        former = say.series(dict.fromkeys(county.former_names))
        note = say(N_("formerly {names}"), names=former) if former else ""
        prefecture = say.pick(above.name, above.name_en)
        rows.append((adcode, county.name, county.name_en, prefecture, note))
    return "\n".join([head, *indented(aligned(rows))])


def county_text(
    package: Package, county: Mapping[str, Any], adcode: str, language: Language
) -> str:
    """Say what is known of one county, where it stands, and how surely.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    county : mapping
        Its row of the county table.
    adcode : str
        Its code.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    facts = county_facts(package, county, adcode, say)
    sections: list[tuple[str, list[str]]] = []
    cited: dict[str, None] = {}
    for table, title, describe in (
        ("memberships", N_("Programmes"), _membership),
        ("pairs", N_("Supported by"), _pair),
        ("exits", N_("Exit from the list of poor counties"), _exit),
        ("evidence", N_("Reports from outside the plan"), _report),
    ):
        lines = []
        for row in rows_of(package, table, adcode):
            # What the plan itself says of a county is among the memberships.
            if table == "evidence" and row["confidence"] == "stated":
                continue
            lines += [describe(package, row, say), _evidence(package, table, row, say)]
            cited |= dict.fromkeys(row["source"].split(";"))
        if table == "memberships" and not lines:
            lines = [say(N_("The plan names this county in no programme."))]
        sections.append((say(title), lines))
    sources = [package.sources[identifier] for identifier in sorted(cited)]
    rows = [(s.id, s.title(language), s.publisher, s.date, s.url) for s in sources]
    cites = [f"{i} {' · '.join(filter(None, about))}" for i, *about in rows]
    sections.append((say(N_("Sources")), cites))
    head = [f"{county['name']} {county['name_en']}", *indented(aligned(facts))]
    return "\n\n".join(["\n".join(head), *blocks(sections)])


def _membership(package: Package, row: Mapping[str, Any], say: Speaker) -> str:
    name = package.programmes[row["programme"]].name(say.language)
    detail = say.pick(row["detail_zh"], row["detail_en"])
    return " · ".join(filter(None, [name, detail]))


def _pair(package: Package, row: Mapping[str, Any], say: Speaker) -> str:
    partner = package.divisions[row["partner_adcode"]]
    name = say.pick(partner.name, partner.name_en)
    later = say(N_("not in the plan’s list")) if row["in_plan"] == "no" else ""
    return " · ".join(filter(None, [name, row["evidence_date"], later]))


def _exit(package: Package, row: Mapping[str, Any], say: Speaker) -> str:  # noqa: ARG001 - one shape for all four tables
    text = exit_sentence(row, say)
    if row["unit"] == "part_of_county":
        text = say(
            N_("{name}, a part of this county: {text}"),
            name=row["published_name"],
            text=text,
        )
    return text


def _report(package: Package, row: Mapping[str, Any], say: Speaker) -> str:
    programme = package.programmes[row["programme"]].name(say.language)
    text = say.pick(row["statement_zh"], row["statement_en"]) + quantity(row, say)
    note = say.pick(row["note_zh"], row["note_en"])
    return " · ".join(filter(None, [programme, text, note]))


def _evidence(
    package: Package, table: str, row: Mapping[str, Any], say: Speaker
) -> str:
    sources = say.series(row["source"].split(";"))
    return f"  {evidence_line(package, table, row, say)} [{sources}]"

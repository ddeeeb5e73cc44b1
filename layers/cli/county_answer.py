"""What the command line answers of one county, and which county is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geo.divisions import Divisions
from geo.language import N_, Language, Speaker, speaker
from geo.names import beside
from geo.resolver import resolve
from layers.cli.answers import aligned, blocks, indented
from layers.facts.package import Package
from layers.profile.county_profile import county_profile
from layers.profile.statements import Section
from layers.select.rejected import NoCounty


def counties_called(divisions: Divisions, text: str) -> list[str]:
    """Return the adcodes of the counties that a code or name may mean."""
    return [meaning.adcode for meaning in resolve(divisions, text)]


def not_found_text(divisions: Divisions, text: str, language: Language) -> str:
    """Say that no county has a name, and which are written like it.

    Parameters
    ----------
    divisions : Divisions
        Codes and names with their crosswalk.
    text : str
        What was asked for.
    language : {"zh", "en"}
        Language of the text.
    """
    return NoCounty.of(divisions, "county", text).say(language)


def ambiguous_text(
    divisions: Divisions, text: str, adcodes: Sequence[str], language: Language
) -> str:
    """Say that a name means several counties, and what tells them apart.

    Parameters
    ----------
    divisions : Divisions
        Codes and names with their crosswalk.
    text : str
        What was asked for.
    adcodes : sequence of str
        The counties that it may mean.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    head = say(
        N_("“{name}” may be one of these counties; give the code of one:"), name=text
    )
    rows = []
    for adcode in adcodes:
        county, above = divisions[adcode], divisions.parent(adcode)
        past = dict.fromkeys(county.former_names)
        former = say.series(beside(name, language) for name in past)
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
    profile = county_profile(package, county, adcode, language)
    sections = [
        (section.title, [*_lines(section, say)]) for section in profile.sections
    ]
    sources = [package.sources[identifier] for identifier in profile.sources]
    rows = [(s.id, s.title(language), *s.published(language), s.url) for s in sources]
    cites = [f"{i} {' · '.join(filter(None, about))}" for i, *about in rows]
    sections.append((say(N_("Sources")), cites))
    facts = aligned((fact.term, fact.told) for fact in profile.facts)
    division = package.divisions[adcode]
    head = [f"{division.name} {division.name_en}", *indented(facts)]
    return "\n\n".join(["\n".join(head), *blocks(sections)])


def _lines(section: Section, say: Speaker) -> Iterator[str]:
    """Say the statements of a section, below each where it stands."""
    if section.note:
        yield section.note
    for statement in section.statements:
        if not statement.is_said:
            # Where its list stands is the same for every county.
            yield statement.line(say)
            continue
        yield " · ".join([statement.text, *statement.notes])
        for one in statement.evidence:
            yield f"  {one.cited(say)}"

"""What is said of one county: the one home from which every renderer takes it.

Facts come first, then what is known under every variable that applies to the county,
whatever its kind; a variable more is rows more. That a source does not name the county
is said as well, and never as more than that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from geo.language import N_, Language, Speaker, heading, speaker
from geo.names import beside
from layers.facts import date_texts
from layers.facts.county_table import NAME_SEPARATOR, rows_of
from layers.facts.package import Package
from layers.facts.territory import ground_note, value_note
from layers.facts.value_texts import (
    STANDINGS,
    cell_text,
    partner_text,
    value_text,
)
from layers.facts.values import Value
from layers.facts.variables import Variable, by_group, in_sentences, leading_numbers
from layers.facts.zones import left_out_note
from layers.profile import dates, evidence, figures, past
from layers.profile.statements import (
    NAMES,
    REPORTS,
    Fact,
    Profile,
    Section,
    Statement,
    sources,
)
from layers.themes.style import texture_of


def county_profile(
    package: Package,
    county: Mapping[str, Any],
    adcode: str,
    language: Language,
    numbers: Collection[str] | None = None,
    seen: Collection[str] = (),
) -> Profile:
    """Say what is known of one county, where it stands, and how surely.

    Parameters
    ----------
    package : layers.facts.package.Package
        The checked facts.
    county : mapping
        The county's row of the county table.
    adcode : str
        Its code.
    language : {"zh", "en"}
        Language of the texts; Chinese names stay beside the romanised.
    numbers : collection of str, optional
        The numbers that are said, where not all are wanted: a census has dozens.
    seen : collection of str
        The variables that the map beside it shows: each is a fact, known or not.
    """
    say = speaker(language)
    sections = tuple(_sections(package, adcode, say, numbers))
    return Profile(
        adcode=adcode,
        title=package.divisions.named(adcode, language),
        facts=tuple(_facts(package, county, adcode, say, seen)),
        sections=sections,
        sources=_registered(package, sections),
    )


def cited(package: Package, adcode: str) -> tuple[str, ...]:
    """Return the ids of the sources that say something of a county, as registered."""
    return _registered(package, _sections(package, adcode, speaker("en")))


def _registered(package: Package, sections: Iterable[Section]) -> tuple[str, ...]:
    used = sources(sections)
    return tuple(source for source in package.sources if source in used)


def _facts(
    package: Package,
    county: Mapping[str, Any],
    adcode: str,
    say: Speaker,
    seen: Collection[str],
) -> Iterator[Fact]:
    prefecture = say.pick(county["prefecture"], county["prefecture_en"])
    yield Fact(term=say(N_("Adcode")), text=adcode, base="adcode")
    yield Fact(term=say(N_("Prefecture")), text=prefecture, base="prefecture")
    area = say(N_("{area:,.0f} km²"), area=county["area_km2"])
    yield Fact(term=say(N_("Area")), text=area, base="size")
    if county["published_name"] != county["name"]:
        term = say(N_("Name in the sources"))
        names = str(county["published_name"]).split(NAME_SEPARATOR)
        yield Fact(
            term=term,
            text=say.series(beside(name, say.language) for name in names),
            base="name",
        )
    yield from past.facts(package, adcode, say)
    numbers = {*leading_numbers(package.variables.values()), *seen}
    for own in in_sentences(package.variables.values()).values():
        variable = own[0]
        text = (
            ""
            if variable.is_programme
            or (variable.kind == "number" and variable.id not in numbers)
            else _headline(package, own, county, adcode, say)
        )
        variable = next((v for v in own if v.id in seen), variable)
        if not text and variable.id in seen and not variable.is_programme:
            text = _without(package, variable, adcode, say)
        if text:
            values = package.values_by_county(variable.id).get(adcode, ())
            notes = dict.fromkeys(value_note(package, value, say) for value in values)
            left_out = ""
            if variable.kind == "number":
                left_out = left_out_note(package, variable, adcode, say)
            yield Fact(
                term=variable.name(say.language),
                text=text,
                variable=variable.id,
                note=say.clauses(filter(None, [*notes, left_out])),
            )
    standings = _standings(package, adcode, say)
    yield Fact(term=say(N_("Programmes")), text=standings, base="programmes")


def _without(package: Package, variable: Variable, adcode: str, say: Speaker) -> str:
    """Say why a county has no value: the variable does not apply, or none is known."""
    if _applies(package, variable, adcode):
        return variable.missing(say.language)
    among = package.variables[variable.among]
    return say(N_("not among {name}"), name=among.within(say.language))


def _headline(
    package: Package,
    variables: Sequence[Variable],
    county: Mapping[str, Any],
    adcode: str,
    say: Speaker,
) -> str:
    """Say the value of a variable that is no programme; empty if it has none."""
    variable = variables[0]
    if variable.kind == "date":
        # The table has no year for what is not sure; here it is said as it is.
        return date_texts.of_county(package, variables, adcode, say)
    text = cell_text(package, variable, county, say.language)
    return text and _dated(variable, text, say)


def _standings(package: Package, adcode: str, say: Speaker) -> str:
    """Count the programmes by what is known of the county; the counts add up."""
    found = [package.standing(p, adcode) for p in package.programmes]
    parts = [
        say(N_("{value}: {n}"), value=say(word), n=found.count(standing))
        for standing, word in STANDINGS.items()
        if standing in found
    ]
    if "yes" not in found:
        parts.insert(0, say(N_("named in none")))
    return say.series(parts)


def _sections(
    package: Package,
    adcode: str,
    say: Speaker,
    numbers: Collection[str] | None = None,
) -> Iterator[Section]:
    names = tuple(past.statements(package, adcode, say))
    if names:
        title = say(N_("Codes and names of the past"))
        yield Section(id=NAMES, title=title, statements=names)
    applying = [v for v in package.variables.values() if _applies(package, v, adcode)]
    # A relation or a date has several statements: it is a section by itself.
    alone = [v for kind in ("relation", "date") for v in applying if v.kind == kind]
    grouped = [v for v in applying if v not in alone]
    grouped = figures.chosen(grouped, numbers)
    for group, members in by_group(grouped, package.groups).items():
        others = [v for v in members if v.kind != "number"]
        statements = [
            statement
            for variable in others
            for statement in _of_variable(package, variable, adcode, say)
        ]
        counted = [v for v in members if v.kind == "number"]
        told, notes = figures.told_once(
            [*figures.statements(package, counted, adcode, say)]
        )
        statements += told
        yield Section(
            id=group.id,
            title=group.name(say.language),
            statements=tuple(statements),
            note=heading(say.clauses(notes)),
            folded=not others and len(statements) > figures.FEW,
        )
    for own in in_sentences(alone).values():
        yield Section(
            id=own[0].id,
            title=own[0].name(say.language),
            statements=tuple(_alone(package, own, adcode, say)),
        )
    reports = tuple(_reports(package, adcode, say))
    if reports:
        yield Section(
            id=REPORTS,
            title=say(N_("Reports from outside the plan")),
            statements=reports,
            note=say(N_("Evidence, not the official list.")),
        )


def _alone(
    package: Package, variables: Sequence[Variable], adcode: str, say: Speaker
) -> Iterator[Statement]:
    """Say a relation, or a date with those that complete it."""
    if variables[0].kind != "date":
        yield from _of_variable(package, variables[0], adcode, say)
        return
    yield from dates.statements(package, variables, adcode, say)
    for variable in variables:
        values = package.values_by_county(variable.id).get(adcode, ())
        if all(value.of_part for value in values):
            yield _without_value(package, variable, say)


def _applies(package: Package, variable: Variable, adcode: str) -> bool:
    return (
        not variable.among
        or adcode in package.members(variable.among)
        or adcode in package.values_by_county(variable.id)
    )


def _of_variable(
    package: Package, variable: Variable, adcode: str, say: Speaker
) -> Iterator[Statement]:
    values = package.values_by_county(variable.id).get(adcode, ())
    if variable.is_programme:
        yield _programme(package, variable, adcode, values, say)
        return
    for value in _in_order(package, values):
        text = _value(package, variable, value, say)
        listed = "" if value.listed else say(N_("not in the list of the source"))
        ground = value_note(package, value, say)
        yield Statement(
            variable=variable.id,
            text=text,
            notes=tuple(
                filter(
                    None,
                    [_when(value, say), listed, *_details([value], say), ground],
                )
            ),
            evidence=(evidence.of_value(package, variable, value, say),),
            is_known=value.is_known,
        )
    if all(
        value.of_part or value.of_other_ground or not value.listed for value in values
    ):
        yield _without_value(package, variable, say)


def _programme(
    package: Package,
    programme: Variable,
    adcode: str,
    values: tuple[Value, ...],
    say: Speaker,
) -> Statement:
    """Say what is known of a programme, and if it is not "yes", why not."""
    standing = package.standing(programme.id, adcode)
    if standing == "yes":
        texture = texture_of(programme)
        ground = ground_note(package, adcode, programme.since, say)
        notes = tuple(filter(None, [*_details(values, say), ground]))
        rests = tuple(evidence.of_value(package, programme, v, say) for v in values)
        return Statement(
            variable=programme.id,
            text=programme.name(say.language),
            notes=notes,
            fill=(programme.colour, texture),
            evidence=rests,
        )
    reported = standing == "reported"
    return Statement(
        variable=programme.id,
        text=programme.name(say.language),
        notes=(say(STANDINGS[standing]), _why_not(package, programme, adcode, say)),
        standing=standing,
        fill=(programme.colour, "dots") if reported else None,
        # What is reported stands with its evidence among the reports.
        evidence=() if reported else (evidence.of_variable(package, programme, say),),
        is_known=False,
    )


def _why_not(package: Package, programme: Variable, adcode: str, say: Speaker) -> str:
    if not package.is_beyond(programme.id, adcode):
        return programme.missing(say.language)
    where = [package.divisions[code] for code in programme.confined_to]
    return say(
        N_("the source means counties of {prefectures} only"),
        prefectures=say.series(say.pick(w.name, w.name_en) for w in where),
    )


def _without_value(package: Package, variable: Variable, say: Speaker) -> Statement:
    return Statement(
        variable=variable.id,
        text=variable.name(say.language),
        notes=(variable.missing(say.language),),
        standing="no" if variable.is_whole else "not_said",
        evidence=(evidence.of_variable(package, variable, say),),
        is_known=False,
    )


def _when(value: Value, say: Speaker) -> str:
    return say.pick(value.dated_zh, value.dated_en)


def _details(values: Iterable[Value], say: Speaker) -> Iterator[str]:
    for value in values:
        detail = say.pick(value.detail_zh, value.detail_en)
        if detail:
            yield detail


def _in_order(package: Package, values: tuple[Value, ...]) -> list[Value]:
    """Put a partner that lies in another partner behind it: a district, its city."""
    codes = [value.value for value in values]

    def place(value: Value) -> int:
        above = _above(package, value)
        return codes.index(above if above in codes else value.value)

    return sorted(values, key=place)


def _above(package: Package, value: Value) -> str:
    """Return the adcode of the division that a partner lies in; empty if none."""
    partner = value.value
    if not isinstance(partner, str) or partner not in package.divisions:
        return ""
    return package.divisions[partner].parent


def _value(
    package: Package,
    variable: Variable,
    value: Value,
    say: Speaker,
) -> str:
    if variable.kind == "relation":
        return partner_text(package, str(value.value), say)
    text = value_text(package, variable, value, say)
    if variable.kind in {"category", "number"}:
        text = _dated(variable, text, say)
        return say(N_("{name}: {text}"), name=variable.name(say.language), text=text)
    return text


def _dated(variable: Variable, text: str, say: Speaker) -> str:
    """Put the period of a number behind it."""
    if variable.kind == "number" and variable.period:
        return say(N_("{value} ({period})"), value=text, period=variable.period)
    return text


def _reports(package: Package, adcode: str, say: Speaker) -> Iterator[Statement]:
    for row in rows_of(package, "evidence", adcode):
        # What a source's own list says stands among the programmes already.
        if row["confidence"] == "stated":
            continue
        programme = package.variables[row["variable"]]
        yield Statement(
            variable=programme.id,
            text=programme.name(say.language),
            notes=evidence.reported(row, say),
            standing="reported",
            fill=(programme.colour, "dots"),
            evidence=(evidence.of_row(package, "evidence", row, say),),
            is_known=False,
        )

"""What is said of a county: all that is known, and what no source says."""

import calendar
import csv
from collections import Counter
from functools import cache

import pytest

from geo.folders import attributes_folder
from geo.language import LANGUAGES, speaker
from layers.profile.blocks import blocks
from layers.profile.county_profile import cited, county_profile
from layers.profile.figures import FEW
from layers.profile.statements import NAMES, REPORTS

each_language = pytest.mark.parametrize("language", LANGUAGES)

TWO_PARTNERS = "130722"
"""Paired with two cities in the made-up relation."""

NOT_KNOWN = ("not_said", "no")


def rows(table):
    with (attributes_folder() / f"{table}.csv").open(
        encoding="utf-8", newline=""
    ) as source:
        return list(csv.DictReader(source))


@pytest.fixture(scope="module")
def profile_of(package, counties):
    @cache
    def make(adcode, language="en"):
        return county_profile(package, counties.loc[adcode], adcode, language)

    return make


@pytest.fixture(scope="module")
def every_profile(counties, profile_of):
    return {adcode: profile_of(adcode) for adcode in counties.index}


def made_up(package):
    """The made-up variables by kind; of the programmes the one with members."""
    found = {}
    for variable in package.variables.values():
        if variable.group == "made_up":
            found.setdefault(variable.kind, variable)
    assert len(found) == 5
    return found


def section(profile, identifier):
    return next(s for s in profile.sections if s.id == identifier)


def test_every_programme_has_one_line_with_yes_or_why_not(package, every_profile):
    for adcode, profile in every_profile.items():
        lines = [
            s
            for part in profile.sections
            if part.id not in (NAMES, REPORTS)
            for s in part.statements
            if s.variable in package.programmes
        ]
        assert Counter(s.variable for s in lines) == Counter([*package.programmes])
        for line in lines:
            programme = package.programmes[line.variable]
            assert line.standing == package.standing(programme.id, adcode)
            if line.standing != "yes":
                beyond = package.is_beyond(programme.id, adcode)
                assert (programme.missing("en") in line.notes) != beyond
                assert not line.is_known


def test_no_list_that_is_not_whole_says_no(package, every_profile):
    # By the tables themselves, not by the code that reads them.
    whole = {r["id"] for r in rows("variables") if r["completeness"] == "complete"}
    confined = {r["id"]: r["confined_to"].split(";") for r in rows("variables")}
    parents = {r["adcode"]: r["parent_adcode"] for r in rows("divisions")}
    said = Counter()
    for adcode, profile in every_profile.items():
        for statement in profile.statements():
            said[statement.standing] += 1
            if statement.standing == "no":
                within = parents[adcode] in confined[statement.variable]
                assert statement.variable in whole or (
                    any(confined[statement.variable]) and not within
                )
            if statement.standing == "not_said":
                assert statement.variable not in whole or (
                    statement.variable not in package.programmes
                )
    assert min(said[s] for s in ("yes", "no", "not_said", "reported")) > 0


@each_language
def test_the_headline_counts_add_up_to_the_programmes(
    package, counties, profile_of, language
):
    name = speaker(language)("Programmes")
    for adcode in counties.index:
        facts = {fact.term: fact.text for fact in profile_of(adcode, language).facts}
        digits = "".join(c if c.isdigit() else " " for c in facts[name]).split()
        assert sum(map(int, digits)) == len(package.programmes)


def test_every_value_of_the_tables_is_said_with_its_sources(package, every_profile):
    for value in package.values:
        own = [
            s
            for s in every_profile[value.adcode].statements()
            if value.variable in {s.variable, *s.others} and s.is_said
        ]
        assert any(
            set(value.source) == set(one.sources) for s in own for one in s.evidence
        ), value


def test_a_variable_that_applies_is_answered_and_no_other(package, every_profile):
    for adcode, profile in every_profile.items():
        answered = {v for s in profile.statements() for v in (s.variable, *s.others)}
        for variable in package.variables.values():
            applies = not variable.among or adcode in package.members(variable.among)
            has_value = adcode in package.values_by_county(variable.id)
            assert (variable.id in answered) == (applies or has_value)


@each_language
def test_dates_say_how_surely_they_are_known(package, profile_of, language):
    say = speaker(language)
    seen = set()
    first = {row["id"]: row["after"] or row["id"] for row in rows("variables")}
    for row in rows("dates"):
        of_part = row["unit"] == "part_of_county"
        code = row["published_adcode"]
        adcode = code
        if not of_part:
            adcode = package.divisions.current(code, row["published_name"])
        own = section(profile_of(adcode, language), first[row["variable"]]).statements
        texts = " | ".join(s.text for s in own)
        headline = " | ".join(f.text for f in profile_of(adcode, language).facts)
        for text in (texts, headline):
            assert in_words(row["latest"], language) in text
            assert in_words(row["earliest"], language) in text
            if of_part:
                assert row["published_name"] in text
        if row["earliest"] != row["latest"]:
            why = "which is not known" if row["earliest"] else "the date is not known"
            assert say(why) in texts
            assert say(why) in headline
            seen.add(why)
        if row["confidence"] == "inferred":
            assert say("inferred") in texts
            assert say("inferred") in headline
            seen.add("inferred")
    assert len(seen) == 3


# As the country tells an exit: the year assessed, then when it was approved.
EXITS = {
    "130125": (
        "2018年度退出，2019年5月批准",
        "exit assessed for 2018, approved in May 2019",
    ),
    "130827": None,
    "130924": (
        "2016年度退出，2017年11月批准",
        "exit assessed for 2016, approved in November 2017",
    ),
    "130881": (
        "2017年度退出，2018年9月29日批准",
        "exit assessed for 2017, approved on 29 September 2018",
    ),
    "130929": (
        "2017年或2018年度退出，2018年9月或2019年5月批准（何者不详）",
        "exit assessed for 2017 or 2018, approved in September 2018 or in May 2019 "
        "(which is not known)",
    ),
    "131121": (
        "不晚于2018年度退出，不晚于2019年5月批准（具体时间不详）",
        "exit assessed for 2018 or before, approved in May 2019 or before "
        "(the date is not known)",
    ),
    "130523": (
        "2017年度退出，2018年9月批准（出自推断）",
        "exit assessed for 2017, approved in September 2018 (inferred)",
    ),
}


@each_language
@pytest.mark.parametrize("adcode", EXITS)
def test_an_exit_is_one_sentence_of_year_and_approval(profile_of, adcode, language):
    profile = profile_of(adcode, language)
    heads = [f for f in profile.facts if f.variable.startswith("exit")]
    if EXITS[adcode] is None:
        assert heads == []
        return
    expected = EXITS[adcode][language == "en"]
    (fact,) = heads
    (statement,) = section(profile, fact.variable).statements

    assert fact.text == statement.text == expected
    assert fact.term == {"zh": "退出年度", "en": "Year of exit (assessed)"}[language]
    assert {statement.variable, *statement.others} == {
        "exit_assessed_year",
        "exit_approved_year",
    }


def in_words(iso, language):
    """A second writing of dates: as an office writes them in either language."""
    parts = [int(part) for part in iso.split("-") if part]
    if language == "zh":
        return "".join(f"{n}{u}" for n, u in zip(parts, "年月日", strict=False))
    month = calendar.month_name[parts[1]] if len(parts) > 1 else ""
    return " ".join(str(p) for p in [*parts[2:], month, *parts[:1]] if p)


def test_a_date_of_a_part_does_not_answer_for_the_county(package, every_profile):
    parts = {
        (r["published_adcode"], r["variable"])
        for r in rows("dates")
        if r["unit"] == "part_of_county"
    }
    assert parts
    for adcode, variable in parts:
        first = package.variables[variable].after or variable
        own = section(every_profile[adcode], first).statements
        own = [s for s in own if s.variable == variable or not s.others]
        whole = [v for v in package.values_by_county(variable)[adcode] if not v.of_part]
        missing = [s for s in own if s.standing in NOT_KNOWN]
        assert len(missing) == (0 if whole else 1)


def test_partners_come_with_their_districts_and_dates(package, every_profile):
    for row in rows("relations"):
        adcode = package.divisions.current(
            row["published_adcode"], row["published_name"]
        )
        own = section(every_profile[adcode], row["variable"]).statements
        partner = package.divisions[row["partner_adcode"]]
        line = next(s for s in own if s.text.startswith(partner.name_en))
        assert row["dated_en"] in line.notes
        listed = "not in the list of the source" not in line.notes
        assert listed == (row["listed"] == "yes") == line.is_known
        if partner.parent:
            city = package.divisions[partner.parent].name_en
            assert line.text == f"{partner.name_en}, {city}"
            if city in (texts := [s.text for s in own]):
                assert texts.index(city) == texts.index(line.text) - 1


@each_language
def test_a_made_up_variable_of_each_kind_is_said(
    made_up_package, made_up_counties, language
):
    variables = made_up(made_up_package)
    for adcode in ("130102", TWO_PARTNERS, "130723"):
        profile = county_profile(
            made_up_package, made_up_counties.loc[adcode], adcode, language
        )
        said = {s.variable: s for s in profile.statements() if s.is_said}
        facts = {fact.variable for fact in profile.facts}
        for kind, variable in variables.items():
            has_value = adcode in made_up_package.values_by_county(variable.id)
            assert (variable.id in said) == has_value
            if kind != "membership":
                assert (variable.id in facts) == has_value
        texts = " | ".join(
            [*(f.text for f in profile.facts), *(s.text for s in profile.statements())]
        )
        number = variables["number"]
        for value in made_up_package.values_by_county(number.id)[adcode]:
            assert f"{value.value:g}" in texts


@each_language
def test_two_partners_are_both_said(made_up_package, made_up_counties, language):
    variable = made_up(made_up_package)["relation"]
    profile = county_profile(
        made_up_package, made_up_counties.loc[TWO_PARTNERS], TWO_PARTNERS, language
    )
    names = [
        speaker(language).pick(d.name, d.name_en)
        for d in map(made_up_package.divisions.__getitem__, ("110000", "120000"))
    ]

    assert [s.text for s in section(profile, variable.id).statements] == names
    (fact,) = (f for f in profile.facts if f.variable == variable.id)
    assert all(name in fact.text for name in names)


def test_a_programme_without_members_is_named_by_nobody(
    made_up_package, made_up_counties
):
    empty = [p for p in made_up_package.programmes if not made_up_package.members(p)]
    assert empty
    profile = county_profile(
        made_up_package, made_up_counties.loc["130722"], "130722", "en"
    )
    lines = [s for s in profile.statements() if s.variable in empty]

    assert [s.standing for s in lines] == ["not_said"] * len(empty)


def test_cited_are_the_sources_of_what_is_said(package, every_profile):
    for adcode, profile in every_profile.items():
        assert cited(package, adcode) == profile.sources
        said = {s for v in package.values_of(adcode) for s in v.source}
        assert said <= set(profile.sources)


@each_language
def test_the_blocks_of_print_hold_every_statement(
    package, counties, profile_of, language
):
    say = speaker(language)
    for adcode in counties.index:
        profile = profile_of(adcode, language)
        made = blocks(profile, say)
        headings = [block.text for block in made if block.heading]
        assert headings == [part.title for part in profile.sections]
        text = "\n".join(line for b in made for line in (b.text, *b.notes))
        for statement in profile.statements():
            assert statement.text in text
            assert all(note in text for note in statement.notes)
            if statement.is_said:
                assert all(one.cited(say) in text for one in statement.evidence)
        quiet = [b for b in made if b.quiet and not b.notes]
        unsaid = [s for s in profile.statements() if not s.is_said]
        assert len(quiet) == len(unsaid) + sum(bool(p.note) for p in profile.sections)


@each_language
def test_nothing_is_left_of_a_message_or_of_a_missing_value(
    counties, profile_of, language
):
    for adcode in counties.index:
        profile = profile_of(adcode, language)
        words = [w for f in profile.facts for w in (f.term, f.text)]
        words += [w for s in profile.statements() for w in (s.text, *s.notes)]
        assert all(words)
        assert not {"nan", "None", "<NA>"} & set(" ".join(words).split())
        assert "{" not in "".join(words)


@each_language
def test_the_times_of_a_series_stand_together_and_a_change_only_of_the_same_ground(
    package, profile_of, language
):
    later, earlier = (package.variables[f"population_{y}"] for y in (2020, 2010))
    change = speaker(language)("change: {text}", text="").rstrip(":： ")
    for adcode, has_change in (
        ("130725", True),
        ("130722", False),
        ("130705", False),
        ("130111", False),
    ):
        own = section(profile_of(adcode, language), later.group)
        assert own.folded
        (line,) = (s for s in own.statements if s.variable == later.id)
        assert line.others == (earlier.id,)
        assert later.period in line.text
        assert earlier.period in line.text
        assert any(note.startswith(change) for note in line.notes) == has_change
        assert line.notes or own.note


@each_language
def test_what_the_figures_of_a_county_have_in_common_is_said_once(
    package, counties, profile_of, language
):
    moved = 0
    for adcode in counties.index:
        for part in profile_of(adcode, language).sections:
            borne = Counter(note for one in part.statements for note in one.notes)
            common = {note for one in part.statements for note in one.common}
            assert [note for note in common if borne[note] > FEW] == []
            # In English a note of its own begins with a capital.
            lost = [note for note in common if note not in borne]
            assert [note for note in lost if note[1:] not in part.note] == []
            moved += bool(common and part.note)
    assert moved > len(counties) / 4


def test_only_the_numbers_that_are_wanted_are_said(package, counties):
    wanted = {"age_65_share_2020"}
    profile = county_profile(package, counties.loc["130722"], "130722", "en", wanted)
    numbers = {v.id for v in package.variables.values() if v.kind == "number"}

    assert {s.variable for s in profile.statements()} & numbers == wanted


@each_language
def test_who_runs_a_county_is_said_in_the_readers_language(
    package, profile_of, language
):
    for row in rows("administrations"):
        profile = profile_of(row["adcode"], language)
        own, other = row["name_zh"], row["name_en"]
        if language == "en":
            own, other = other, own
        told = [fact.text for fact in profile.facts]
        told += [line.text for line in section(profile, NAMES).statements]

        day = in_words(row["since"], language)
        assert sum(own in text and day in text for text in told) == 2
        assert not any(other in text for text in told)


def test_a_number_is_said_with_its_period_and_nothing_else_is(package, every_profile):
    with_period = {v.id: v for v in package.variables.values() if v.period}
    assert {v.kind for v in with_period.values()} > {"number", "category"}

    for profile in every_profile.values():
        told = [(fact.variable, fact.text) for fact in profile.facts]
        for part in profile.sections:
            told += [(s.variable, s.text) for s in part.statements if s.is_known]
        for identifier, text in told:
            if identifier in with_period:
                variable = with_period[identifier]
                dated = f"({variable.period})" in text
                assert dated == (variable.kind == "number"), text

"""The headlines of a county: what the tables make the first thing to be asked of it."""

from dataclasses import replace

import pytest

from geo.language import LANGUAGES, speaker
from layers.profile.county_profile import county_profile
from layers.profile.headline import KINDS, headlines, leading
from tests import real

each_language = pytest.mark.parametrize("language", LANGUAGES)


def leads(adcode, language="zh", package=None, counties=None):
    package = package or real.package()
    table = real.counties() if counties is None else counties
    said = county_profile(package, table.loc[adcode], adcode, language)
    return said, headlines(package, said, speaker(language))


@each_language
def test_every_county_has_its_headlines_and_none_is_invented(language):
    package = real.package()
    variables = {v.kind: v for v in leading(package)}
    assert [*variables] == [k for k in KINDS if k in variables]
    for adcode in real.counties().index:
        said, found = leads(adcode, language)
        for variable in variables.values():
            own = package.values_by_county(variable.id).get(adcode, ())
            applies = not variable.among or adcode in package.members(variable.among)
            (lead,) = [
                one
                for one in found
                if (variable.id if applies or own else variable.among) in one.variables
            ]
            known = any(v.is_known and not v.of_part for v in own)
            if known:
                facts = {f.variable: f.text for f in said.facts}
                assert facts[variable.id].startswith(lead.text)
            elif applies and not own:
                assert lead.text == variable.missing(language)
            assert lead.rests, (adcode, variable.id)
        terms = [one.term for one in found]
        assert len({*terms}) == len(terms)


def test_who_is_in_no_programme_of_poor_counties_is_not_asked_when_it_left():
    package = real.package()
    for adcode in real.counties().index:
        _, found = leads(adcode)
        said = {name for one in found for name in one.variables}
        poor = adcode in package.members("poor_county")
        assert ("exit_assessed_year" in said) is poor
        assert ("poor_county" in said) is not poor


def test_a_part_of_the_county_and_a_mere_report_stand_below_what_holds_of_it():
    _, found = leads("130731")
    exit_, partner = (
        one
        for name in ("exit_assessed_year", "partner")
        for one in found
        if name in one.variables
    )
    assert "赵家蓬区" not in exit_.text
    assert any("赵家蓬区" in line for line in exit_.more)
    assert partner.text == "北京市"
    assert len(partner.more) == 1
    assert "门头沟" in partner.more[0]
    assert "报道" in partner.more[0]


def test_a_county_that_another_body_runs_says_so_with_its_evidence():
    for adcode in real.counties().index:
        body = real.package().divisions.administration(adcode)
        told = [one for one in leads(adcode)[1] if one.term == "管理归属"]
        assert len(told) == (body is not None)
        for one in told:
            assert body.name("zh") in one.text
            assert one.rests[0].evidence


def test_headlines_follow_the_tables(made_up_package, made_up_counties):
    """Another order of the registry makes another variable the first of its kind."""
    mine = next(
        v
        for v in made_up_package.variables.values()
        if v.group == "made_up" and v.kind == "category"
    )
    others = {k: v for k, v in made_up_package.variables.items() if k != mine.id}
    package = replace(made_up_package, variables={mine.id: mine, **others})
    assert mine in leading(package)
    _, found = leads("130722", "zh", package, made_up_counties)
    assert found[0].term == mine.name("zh")

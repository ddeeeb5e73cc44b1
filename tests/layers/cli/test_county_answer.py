"""The command line says of a county what its profile says."""

import pytest

from geo.language import LANGUAGES, speaker
from layers.cli.county_answer import county_text
from layers.profile.county_profile import county_profile

each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
@pytest.mark.parametrize("adcode", ["130722", "130709", "130731", "130728", "130102"])
def test_it_says_all_of_the_profile(package, counties, adcode, language):
    say = speaker(language)
    county = counties.loc[adcode]
    profile = county_profile(package, county, adcode, language)
    text = county_text(package, county, adcode, language)

    for fact in profile.facts:
        assert fact.text in text
    for section in profile.sections:
        assert f"\n\n{section.title}\n" in text
    for statement in profile.statements():
        assert statement.text in text
        assert all(note in text for note in statement.notes)
        if statement.is_said:
            assert all(one.cited(say) in text for one in statement.evidence)


@each_language
def test_a_made_up_variable_of_each_kind_is_said(
    made_up_package, made_up_counties, language
):
    text = county_text(
        made_up_package, made_up_counties.loc["130722"], "130722", language
    )
    made_up = [v for v in made_up_package.variables.values() if v.group == "made_up"]

    assert len({v.kind for v in made_up}) == 5
    for variable in made_up:
        assert variable.name(language) in text
    for code in ("110000", "120000"):
        partner = made_up_package.divisions[code]
        assert speaker(language).pick(partner.name, partner.name_en) in text

"""A list that is not complete may say where it ends: beyond, "not said" is "no"."""

import pytest

from layers.profile.county_profile import county_profile

AREA = "contiguous_heilonggang"
FOUR = {"130400", "130500", "130900", "131100"}


def said_of(package, counties, adcode, language):
    profile = county_profile(package, counties.loc[adcode].to_dict(), adcode, language)
    return next(
        statement
        for section in profile.sections
        for statement in section.statements
        if statement.variable == AREA
    )


def test_beyond_its_prefectures_a_list_says_no(package, counties):
    for adcode, prefecture in counties["prefecture_adcode"].items():
        is_member = adcode in package.members(AREA)
        expected = "yes" if is_member else "not_said" if prefecture in FOUR else "no"
        assert package.standing(AREA, adcode) == expected
        cell = {"yes": True, "no": False}.get(expected)
        assert (counties[AREA].astype(object).where(counties[AREA].notna(), None))[
            adcode
        ] is cell


def test_a_list_that_says_no_end_says_no_to_nobody(package, counties):
    open_ended = [
        p.id for p in package.programmes.values() if not p.is_whole and p.id != AREA
    ]
    assert open_ended
    for programme in open_ended:
        assert not package.programmes[programme].confined_to
        assert not (~counties[programme].fillna(True)).any()


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("zh", "来源只涉及邯郸市、邢台市、沧州市、衡水市"),
        ("en", "the source means counties of Handan, Xingtai, Cangzhou"),
    ],
)
def test_a_county_beyond_is_told_why(package, counties, language, why):
    beyond = said_of(package, counties, "130705", language)
    within = said_of(package, counties, "130522", language)

    assert beyond.standing == "no"
    assert any(note.startswith(why) for note in beyond.notes)
    assert within.standing == "not_said"
    assert package.variables[AREA].missing(language) in within.notes

"""What goes with a county: likeness by what sources name, places, scopes."""

import pytest

from geo.language import speaker
from layers.profile.related import (
    neighbours_of,
    place_kind,
    places_of,
    scopes_of,
    similar_counties,
)


def programmes_of(package, adcode):
    return {v.variable for v in package.values_of(adcode)} & set(package.programmes)


@pytest.mark.parametrize("adcode", ["130722", "130828", "130127", "130102"])
def test_likeness_is_that_of_the_sets_of_named_programmes(package, counties, adcode):
    own = programmes_of(package, adcode)
    expected = {}
    for other in counties.index:
        theirs = programmes_of(package, other)
        if other != adcode and own & theirs:
            expected[other] = len(own & theirs) / len(own | theirs)
    best = sorted(expected, key=lambda a: (-expected[a], a))[:6]
    found = similar_counties(package, counties, adcode)

    assert [one.adcode for one in found] == best
    for one in found:
        assert one.jaccard == pytest.approx(expected[one.adcode], abs=0.0006)
        assert set(one.common) == own & programmes_of(package, one.adcode)


def test_what_is_not_said_makes_no_likeness(made_up_package, made_up_counties):
    # An open list without a member is "not said" for all: nobody is alike by it.
    empty = [p for p in made_up_package.programmes if not made_up_package.members(p)]
    assert made_up_counties[empty].isna().all(axis=None)
    for one in similar_counties(made_up_package, made_up_counties, "130722", 200):
        assert not set(empty) & set(one.common)


def test_neighbours_have_the_programmes_that_name_them(package, counties):
    near = neighbours_of(package, counties, "130722", speaker("zh"))

    assert near
    for county in near:
        assert county.name == package.divisions.called(county.adcode, "zh")
        assert {p.id for p in county.programmes} == programmes_of(
            package, county.adcode
        )


def test_a_made_up_kind_of_place_has_its_name(made_up_package):
    kinds = {row["kind"] for row in places_of(made_up_package, "130722")}

    assert "made_up_kind" in kinds
    assert place_kind(made_up_package, "made_up_kind", speaker("zh")) == "编造的地点"
    assert place_kind(made_up_package, "made_up_kind", speaker("en")) == "made-up place"


def test_scopes_hold_the_counties_of_their_programmes(package, counties):
    scopes = package.tables["scopes"].to_dict("records")
    for adcode in counties.index:
        found = scopes_of(package, adcode)
        ids = [scope.id for scope in found]
        assert len(set(ids)) == len(ids)
        assert [s.certain for s in found] == sorted(s.certain for s in found)[::-1]
        for scope in scopes:
            if scope["programme"] and not scope["rule"]:
                is_member = scope["programme"] in programmes_of(package, adcode)
                assert (scope["id"] in ids) == is_member

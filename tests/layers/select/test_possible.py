"""Which counties a selection leaves out only for want of knowledge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.facts.county_table import county_values
from layers.facts.values import Span
from layers.select.possible import may_be_in, may_belong, within
from layers.select.selection import Selection
from layers.themes.open_lists import open_lists

YEAR = "exit_assessed_year"


@pytest.mark.parametrize(
    ("selection", "field", "counties"),
    [
        # All whose year of approval is not sure had it approved before.
        (Selection(where={"exit_approved_year": ("2020",)}), "exit_approved_year", ()),
        # All ten are shown, and no other county is one of the ten.
        (Selection(all_of=("deep_poverty",), where={YEAR: ("2019",)}), YEAR, ()),
        # No county of Langfang was poor.
        (Selection(prefectures=("131000",), where={YEAR: ("2018",)}), YEAR, ()),
        # Xinglong left in 2017 or 2018.
        (Selection(where={"partner": ("120000",), YEAR: ("2017",)}), YEAR, ("130822",)),
    ],
)
def test_only_what_may_be_meant_is_counted(package, selection, field, counties):
    assert may_belong(package, selection, field) == counties
    for language in ("zh", "en"):
        name = package.variables[field].name(language)
        said = [t for t in open_lists(package, selection, language) if name in t]
        assert len(said) == bool(counties)


def test_a_number_that_is_not_known_may_be_any(package):
    selection = Selection(where={"population_2010": ("..200000",)})
    unknown = county_values(package)["population_2010"].isna()

    found = may_belong(package, selection, "population_2010")

    assert set(found) == set(unknown.index[unknown])
    assert f"{len(found)} more counties" in " ".join(
        open_lists(package, selection, "en")
    )


def test_a_list_is_open_only_where_somebody_may_be_in_it(package):
    # Of the Heilonggang area the plan names four prefectures: beyond them it is “no”.
    programme = "contiguous_heilonggang"
    assert may_be_in(package, Selection(all_of=(programme,)), programme)
    beyond = Selection(all_of=(programme,), prefectures=("130700",))
    assert not may_be_in(package, beyond, programme)
    assert open_lists(package, beyond, "en") == ()
    outside = Selection(none_of=(programme,), prefectures=("130700",))
    assert not may_be_in(package, outside, programme)
    unsure = Selection(none_of=(programme,), prefectures=("131100",))
    assert may_be_in(package, unsure, programme)


def test_two_unknowns_do_not_hide_one_another(package):
    years = {YEAR: ("2017",), "exit_approved_year": ("2018",)}
    both = Selection(where={"partner": ("120000",), **years})

    for field in years:
        assert "130822" in may_belong(package, both, field)


YEARS = st.integers(2015, 2021)


@given(year=YEARS, prefecture=st.sampled_from(["130700", "130800", "130600"]))
def test_whoever_may_belong_does_in_a_year_of_its_span(package, year, prefecture):
    selection = Selection(prefectures=(prefecture,), where={YEAR: (str(year),)})
    chosen = {*selection.apply(county_values(package))}

    for adcode in may_belong(package, selection, YEAR):
        assert adcode not in chosen
        assert package.divisions[adcode].parent == prefecture
        spans = [
            value.value
            for value in package.values_by_county(YEAR)[adcode]
            if isinstance(value.value, Span) and not value.is_known
        ]
        assert any(
            (s.earliest or "0000")[:4] <= str(year) <= (s.latest or "9999")[:4]
            for s in spans
        )


@pytest.mark.parametrize(
    ("years", "known", "inside", "possible"),
    [
        # Of the provincial counties the year is 2017 or 2018, or not after 2018.
        (("..2018",), 33, 16, 0),
        (("2017..2018",), 30, 14, 2),
        (("2017", "2018"), 30, 14, 2),
        (("2017",), 12, 4, 12),
        (("2018",), 18, 0, 12),
        (("2019..",), 13, 0, 0),
    ],
)
def test_a_range_says_who_lies_in_it_though_the_year_is_not_sure(
    package, years, known, inside, possible
):
    selection = Selection(where={YEAR: years})
    counties = county_values(package)
    assert selection.mask(YEAR, counties).sum() == known
    unsure = may_belong(package, selection, YEAR)
    lying = within(package, selection, YEAR, unsure)
    assert (len(lying), len(unsure) - len(lying)) == (inside, possible)
    told = " ".join(open_lists(package, selection, "en"))
    assert (f"{inside} more lie within it" in told) == bool(inside)
    assert (f"{possible} more counties may belong" in told) == bool(possible)


def test_every_year_that_a_county_within_a_range_may_have_is_in_it(package):
    low, high = 2017, 2018
    selection = Selection(where={YEAR: (f"{low}..{high}",)})
    for adcode in within(
        package, selection, YEAR, may_belong(package, selection, YEAR)
    ):
        values = package.values_by_county(YEAR)[adcode]
        spans = [v.value for v in values if not v.of_part]
        years = {int(t[:4]) for s in spans for t in (s.earliest, s.latest)}
        assert years <= {low, high}

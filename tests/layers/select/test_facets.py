"""What a filter value would leave is what asking for it leaves."""

import pytest

from layers.select.choices import Choices
from layers.select.facets import by_prefecture, facets, with_programme
from layers.select.selection import Selection

SELECTIONS = {
    "all": Selection(),
    "one": Selection(all_of=("poor_county",)),
    "two lists": Selection(any_of=("relocation",), none_of=("deep_poverty",)),
    "region": Selection(prefectures=("130700", "130800"), all_of=("poor_county",)),
    "variables": Selection(
        where={"partner": ("120000",), "exit_assessed_year": ("2017..2018",)}
    ),
    "group": Selection(
        where={"area": ("contiguous_heilonggang",)}, prefectures=("130400",)
    ),
    "nothing": Selection(all_of=("deep_poverty", "paired_with_tianjin")),
}


@pytest.fixture(scope="module")
def choices(made_up_package):
    return Choices.of(made_up_package)


@pytest.fixture(scope="module")
def wanted(choices, made_up):
    """Numbers that are counted: a census has dozens, all in the same way."""
    numbers = [f for f, choice in choices.where.items() if choice.kind == "number"]
    return (made_up["number"], numbers[0])


@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_a_count_is_the_number_left_when_the_value_is_asked_for(
    made_up_counties, choices, wanted, selection
):
    found = facets(made_up_counties, selection, choices, wanted)

    for field in found:
        for value in choices.for_field(field):
            only = selection.with_values(field, [value])
            left = len(only.apply(made_up_counties))
            assert found[field][value] == left, (field, value)


def test_every_field_with_values_is_counted_in_the_order_of_offering(
    made_up_counties, choices, wanted
):
    found = facets(made_up_counties, Selection(), choices, wanted)
    offered = [
        field
        for field in ("prefectures", *choices.where)
        if choices.for_field(field)
        if field == "prefectures"
        or choices.where[field].kind != "number"
        or field in wanted
    ]

    assert [*found] == offered
    for field in offered:
        assert tuple(found[field]) == choices.for_field(field)
    assert sum(found["prefectures"].values()) == len(made_up_counties)


def test_a_made_up_variable_of_each_kind_is_counted(
    made_up_counties, choices, wanted, made_up
):
    found = facets(made_up_counties, Selection(), choices, wanted)

    own = made_up["membership"]
    assert with_programme(made_up_counties, Selection(), [own])["all_of"] == [3]
    assert found[made_up["category"]] == {"low": 1, "middle": 1, "high": 2}
    assert sum(found[made_up["number"]].values()) == 4
    # Zhangbei has both partners.
    assert found[made_up["relation"]] == {"110000": 1, "120000": 2}


def test_no_number_is_counted_unasked(made_up_counties, choices, wanted):
    kinds = {field: choice.kind for field, choice in choices.where.items()}
    counted = {
        asked: [f for f in found if kinds.get(f) == "number"]
        for asked in ((), wanted)
        for found in [facets(made_up_counties, Selection(), choices, asked)]
    }

    assert counted[()] == []
    assert {*counted[wanted]} == {*wanted}


def test_prefectures_are_counted_with_those_that_have_none(counties):
    chosen = Selection(all_of=("deep_poverty",)).apply(counties)
    table = by_prefecture(counties, chosen)

    assert list(table.index) == sorted(counties["prefecture_adcode"].unique())
    for code, row in table.iterrows():
        own = counties[counties["prefecture_adcode"] == code]
        inside = own.loc[own.index.isin(chosen)]
        assert (row["selected"], row["total"]) == (len(inside), len(own))
        assert row["area_km2"] == pytest.approx(inside["area_km2"].sum(), abs=0.05)
    assert (table["selected"] == 0).any()
    assert table["selected"].dtype == int

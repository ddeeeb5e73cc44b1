"""A count divided by a denominator compares counties of any size."""

import math

import pytest

from layers.facts.county_table import county_table
from layers.own.joined import join
from layers.own.ratios import AREA, Denominator, denominators, divided
from layers.own.reading import read
from layers.own.variables import own_facts
from layers.select.summaries import summarise

TABLE = "县,户数,收入(元)\n张北县,120,5000\n尚义县,80,4000\n长安区,200,9000\n"


@pytest.fixture(scope="module")
def facts(places, package):
    table = join(read(TABLE.encode(), "户.csv"), places)
    return own_facts(table, package.divisions, summed=[1])


@pytest.fixture(scope="module")
def known(package, counties, facts):
    return {d.id: d for d in denominators(package, counties, facts)}


def test_area_counts_of_the_atlas_and_own_counts_can_divide(known, package, facts):
    assert next(iter(known)) == AREA
    assert "own_1" in known
    assert "own_2" not in known  # nobody said that incomes add up
    for identifier in set(known) - {AREA, "own_1"}:
        variable = package.variables[identifier]
        assert (variable.measure, variable.aggregate) == ("count", "sum")
        assert not variable.sample
    assert len(known) > 3


def test_a_ratio_is_the_count_over_the_area(known, facts, counties, package):
    (count, *_) = facts.variables

    found = divided(facts, count, known[AREA], package.units)

    ratio = found.variables[-1]
    values = {v.adcode: v.value for v in found.values if v.variable == ratio.id}
    assert set(values) == {"130722", "130725", "130102"}
    times = {"／平方千米": 1, "／百平方千米": 100, "／千平方千米": 1000}[ratio.unit]
    for adcode, households in {"130722": 120, "130725": 80, "130102": 200}.items():
        exact = times * households / counties.loc[adcode, "area_km2"]
        assert math.isclose(values[adcode], exact, rel_tol=5e-4)
    assert sorted(values.values())[1] >= 1
    assert ratio.measure == "rate" and ratio.aggregate == "none"


def test_several_counties_are_the_mean_weighted_by_the_denominator(
    known, facts, package
):
    (count, *_) = facts.variables
    over = next(d for d in known.values() if d.variable and not d.id.startswith("own"))

    found = divided(facts, count, over, package.units)
    with_own = package.with_variables(found)
    ratio = with_own.variables[found.variables[-1].id]
    table = county_table(with_own, "overview")
    both = summarise(with_own, ratio, table, ["130722", "130725"])

    people = over.numbers["130722"] + over.numbers["130725"]
    values = {v.adcode: v.value for v in found.values if v.variable == ratio.id}
    times = values["130722"] / (120 / over.numbers["130722"])
    assert math.isclose(both.number, times * (120 + 80) / people, rel_tol=1e-3)


def test_a_county_without_the_denominator_is_unknown(known, facts, package):
    (count, *_) = facts.variables
    own = known["own_1"]
    bare = type(own)(
        **{
            name: getattr(own, name)
            for name in (
                "id",
                "name_zh",
                "name_en",
                "unit_zh",
                "unit_en",
                "unit_en_one",
                "variable",
            )
        },
        numbers={"130722": 60.0},
    )

    found = divided(facts, count, bare, package.units)

    ratio = found.variables[-1]
    assert [v.adcode for v in found.values if v.variable == ratio.id] == ["130722"]
    assert ratio.named_count == 1


def test_a_unit_that_the_atlas_knows_is_said_in_english(package, places, counties):
    table = join(read("县,户数（户）\n张北县,120\n".encode(), "户.csv"), places)
    facts = own_facts(table, package.divisions, summed=[1])
    area = next(denominators(package, counties, facts))

    found = divided(facts, facts.variables[0], area, package.units)

    unit = next(u for u in found.units if u.unit == found.variables[-1].unit)
    assert unit.name_zh.startswith("户／")
    assert unit.name_en.startswith("households per ")


@pytest.mark.parametrize(
    ("each", "zh", "en"),
    [
        (2, "户／人", "households per person"),
        (0.02, "户／百人", "households per 100 persons"),
        (0.002, "户／千人", "households per 1,000 persons"),
        (0.0002, "户／万人", "households per 10,000 persons"),
        (0.00002, "户／十万人", "households per 100,000 persons"),
    ],
)
def test_a_ratio_is_said_of_so_many_that_it_is_at_least_one(
    package, places, each, zh, en
):
    table = join(read("县,户数（户）\n张北县,120\n".encode(), "户.csv"), places)
    facts = own_facts(table, package.divisions, summed=[1])
    over = Denominator(
        id="people",
        name_zh="人口",
        name_en="population",
        unit_zh="人",
        unit_en="persons",
        unit_en_one="person",
        numbers={"130722": 120 / each},
        variable="",
    )

    found = divided(facts, facts.variables[0], over, package.units)

    ratio = found.variables[-1]
    unit = next(u for u in found.units if u.unit == ratio.unit)
    (value,) = (v.value for v in found.values if v.variable == ratio.id)
    assert (unit.name_zh, unit.name_en, value) == (zh, en, 2)
    assert ratio.name_zh == "户数（户）与人口之比"
    assert ratio.name_en.endswith("divided by population")


@pytest.mark.parametrize(("language", "zones"), [("zh", "开发区"), ("en", "zones")])
def test_a_ratio_says_whom_its_denominator_leaves_out(
    known, facts, package, language, zones
):
    """A register of a county has the people of the zone that a census counts apart."""
    (count, *_) = facts.variables

    (*_, over_people) = divided(
        facts, count, known["population_2020"], package.units
    ).variables
    (*_, over_own) = divided(facts, count, known["own_1"], package.units).variables

    assert package.variables["population_2020"].definition(
        language
    ) in over_people.definition(language)
    assert zones in over_people.definition(language)
    assert zones not in over_own.definition(language)

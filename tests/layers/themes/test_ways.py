"""A number as circles, two numbers at once: of the atlas and of a planner alike."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language import LANGUAGES
from layers.facts.county_table import county_table
from layers.own.joined import join
from layers.own.reading import read
from layers.own.register import places_of
from layers.own.variables import own_facts
from layers.select.selection import Selection
from layers.sheet import circles as paper
from layers.themes.circles import round_values, share_of_radius, sizes
from layers.themes.palette import BELOW_CIRCLES, NOT_KNOWN, PAIRED
from layers.themes.themes import style_theme, theme_id, theme_of, themes
from layers.webmap.map_state import map_state

EVERY = Selection()


def numbers(package, *, sized):
    return [
        v.id
        for v in package.variables.values()
        if v.kind == "number" and bool(sizes(package, v.id)) == sized
    ]


def counts(package):
    return [
        name
        for name in numbers(package, sized=True)
        if package.variables[name].measure == "count"
    ]


@pytest.fixture(scope="module")
def of_a_planner(package):
    """The atlas with two columns of a table: people, of whom one county has 0."""
    table = "县,人数,比例（%）\n蔚县,100,1\n张北县,25,2\n涞源县,0,3\n阜平县,,4\n"
    upload = read(table.encode(), "own.csv")
    facts = own_facts(
        joined := join(upload, places_of(package)), package.divisions, summed=(1,)
    )
    assert joined.counts["joined"] == 4
    return package.with_variables(facts), [v.id for v in facts.variables]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", ["", "-circles", "-classes"])
def test_a_count_is_circles_unless_colours_are_asked_for(
    package, counties, way, language
):
    for name in counts(package)[::9]:
        state = map_state(package, counties, EVERY, theme=name + way, language=language)

        assert ("circles" in state) == (way != "-classes")
        assert [see for see, _ in state["ways"]] == [name, f"{name}-classes"]
        assert state["theme"] == name + way
        assert state["variables"] == [name]


def test_a_rate_is_never_circles(package, counties):
    for name in numbers(package, sized=False)[::9]:
        assert theme_of(package, name).way == "classes"
        assert theme_of(package, f"{name}-circles") is None
        assert map_state(package, counties, EVERY, theme=name)["ways"] == []


def test_what_an_address_asks_for_has_one_form(package):
    count, other = counts(package)[:2]

    assert theme_id(package, f"{count}-circles") == count
    assert theme_id(package, f"{count}-classes") == f"{count}-classes"
    assert theme_id(package, f"{count}.{other}") == f"{count}.{other}"
    rate = numbers(package, sized=False)[0]
    assert theme_id(package, f"{rate}-classes") == rate
    category = next(v.id for v in package.variables.values() if v.kind == "category")
    for nothing in (
        *(f"{count}-", f"{count}-stars", f"{count}.", f".{count}", "-", "."),
        *(f"{count}.{count}", f"{count}.{category}", f"{count}.{other}.{rate}"),
        *("programmes-circles", "programmes.overlap", f"{count}-classes.{other}"),
    ):
        assert theme_id(package, nothing) is None, nothing
    assert all(theme_id(package, name) == name for name in themes(package))


@given(
    st.floats(1e-6, 1e9, allow_subnormal=False), st.floats(0, 1, allow_subnormal=False)
)
def test_the_area_of_a_circle_is_proportional_to_its_number(most, share):
    value = most * share

    area = share_of_radius(value, most) ** 2

    assert area * most == pytest.approx(value, rel=1e-9, abs=1e-300)


@given(st.floats(1e-6, 1e12, allow_subnormal=False), st.booleans())
def test_the_circles_of_the_legend_are_round_and_within_the_largest(most, whole):
    found = round_values(most, whole=whole)

    assert list(found) == sorted(set(found), reverse=True)
    assert all(float(f"{value:.0e}") == value for value in found)
    assert all(f"{value:e}"[0] in "125" for value in found)
    assert all(value <= most * (1 + 1e-9) for value in found)
    if not whole or most >= 1:
        assert found
        assert found[0] > most / 2.5001
    if whole:
        assert all(value == int(value) for value in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_planners_count_is_circles_with_nought_and_missing_said(
    of_a_planner, language
):
    package, (people, _) = of_a_planner
    counties = county_table(package, "overview")
    state = map_state(package, counties, EVERY, theme=people, language=language)
    drawn = paper.radii(state, counties.index)

    assert set(drawn) == {"130726", "130722"}
    assert drawn["130726"] == 2 * drawn["130722"]
    known, missing = state["legend"]
    style = style_theme(package, counties, EVERY, people, language)
    assert [entry.selected for entry in style.legend] == [3, 164]
    assert known["colour"] == BELOW_CIRCLES
    assert "0" in known["note"]
    assert missing["texture"] == "hatch"
    assert missing["note"] in {"no circle", "不画圆"}
    assert state["circles"]["values"].count(None) == 164
    keys = [value for value, _ in state["circles"]["keys"]]
    assert keys == [100, 20, 5]


def test_numbers_below_nought_have_no_circles(of_a_planner):
    package, (people, _) = of_a_planner
    below = package.values_by_county(people)
    assert min(value[0].value for value in below.values()) == 0
    table = "县,人数\n蔚县,100\n张北县,-25\n"
    joined = join(read(table.encode(), "own.csv"), places_of(package))
    facts = own_facts(joined, package.divisions, prefix="less", summed=(1,))
    more = package.with_variables(facts)

    assert theme_of(more, facts.variables[0].id).way == "classes"


def test_two_numbers_at_once_are_their_terciles_crossed(package, counties):
    first, second = numbers(package, sized=False)[:2]
    style = style_theme(package, counties, EVERY, f"{first}.{second}")
    place = {PAIRED[r][c]: (r, c) for r in range(3) for c in range(3)}
    expected = []
    for name in (first, second):
        known = counties[name].astype(float).dropna()
        thirds = np.quantile(known, [1 / 3, 2 / 3], method="inverted_cdf")
        codes = pd.cut(known, [-np.inf, *thirds, np.inf]).cat.codes
        expected.append(codes.to_dict())

    for adcode, look in style.counties.items():
        ((colour, _),) = style.classes[look].fills
        if colour == NOT_KNOWN:
            assert not all(adcode in own for own in expected)
        else:
            assert place[colour] == tuple(own[adcode] for own in expected)
    assert sum(entry.selected for entry in style.legend) == len(counties)
    assert len(style.legend) == 10


def test_who_has_one_of_two_numbers_is_missing_and_a_count_is_warned_of(of_a_planner):
    package, (people, rate) = of_a_planner
    counties = county_table(package, "overview")
    state = map_state(package, counties, EVERY, theme=f"{people}.{rate}", language="en")

    assert [axis["note"] != "" for axis in state["axes"]] == [True, False]
    # Three people, four shares: one county with a share only is missing as well.
    assert state["sizes"][-1] == 164
    assert sum(state["sizes"][:-1]) == 3
    cells = [entry for entry in state["legend"] if entry["value"]]
    for axis, side in enumerate(state["axes"]):
        places = {at for at, _ in side["classes"]}
        assert {int(entry["value"][axis]) for entry in cells} == places


def test_one_value_for_all_has_one_class(of_a_planner):
    package, (people, rate) = of_a_planner
    counties = county_table(package, "overview")
    counties[rate] = counties[rate].where(counties[rate].isna(), 7.0)
    style = style_theme(package, counties, EVERY, f"{people}.{rate}")

    rows = {entry.value for entry in style.legend if entry.value}
    assert {value[1] for value in rows} == {"1"}


def test_values_follow_the_counties_of_the_selection(package, counties):
    count = counts(package)[0]
    few = Selection(prefectures=("130800",))
    every = map_state(package, counties, EVERY, theme=count)
    some = map_state(package, counties, few, theme=count)

    assert some["circles"] == every["circles"]  # sizes do not change with a filter
    style = style_theme(package, counties, few, count)
    assert sum(e.selected for e in style.legend) == len(few.apply(counties))


def test_a_former_id_leads_to_both_ways(package):
    count, other = counts(package)[:2]
    known = package.variables[count]
    renamed = replace(known, former_ids=("as_it_was",))
    changed = replace(package, variables={**package.variables, count: renamed})

    assert theme_id(changed, "as_it_was-classes") == f"{count}-classes"
    assert theme_id(changed, f"{other}.as_it_was") == f"{other}.{count}"

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Point

from geo.boundaries import Boundaries
from geo.folders import boundaries_folder
from layers.select import comparison
from layers.select.differences import differences, only_for_sure
from layers.select.selection import Selection

DRAWN = Boundaries(boundaries_folder())

ELLIPSOID = Geod(ellps="WGS84")

SOME = ("130722", "130828", "130102", "130633")


def test_distances_are_those_of_pyproj():
    table = comparison.distances(DRAWN, SOME)
    towards = comparison.reference_points(DRAWN)

    assert list(table.index) == list(SOME)
    assert list(table.columns) == ["110000", "120000", "130100"]
    for adcode in SOME:
        point = comparison.points(DRAWN, "county")[adcode]
        for reference, (lon, lat) in towards.items():
            metres = ELLIPSOID.inv(point.x, point.y, lon, lat)[2]
            assert table.at[adcode, reference] == pytest.approx(metres / 1000)


def test_points_lie_in_what_they_stand_for():
    for reference, (lon, lat) in comparison.reference_points(DRAWN).items():
        shapes = DRAWN.load(comparison.references(DRAWN)[reference], "full")
        assert shapes.geometry[reference].contains(Point(lon, lat))
    counties = DRAWN.load("county", "full").geometry
    assert counties.contains(comparison.points(DRAWN, "county")).all()


def test_distances_are_plausible():
    table = comparison.distances(DRAWN, ["130722", "130102"])

    # Zhangbei lies about 200 km north-west of Beijing; Chang'an is in Shijiazhuang.
    assert 140 < table.at["130722", "110000"] < 220
    assert table.at["130102", "130100"] < 30


def test_distances_of_no_county_are_an_empty_table():
    assert comparison.distances(DRAWN, []).shape == (0, 3)


names = st.sampled_from(["A", "B", "C", "D", "E"])


@given(st.dictionaries(names, st.sets(st.sampled_from("uvwxyz")), min_size=2))
def test_differences_are_a_partition(sets):
    parts = differences(sets)
    listed = [
        *parts.shared,
        *parts.some,
        *(m for own in parts.only.values() for m in own),
    ]

    assert len(listed) == len(set(listed))
    assert set(listed) == set().union(*sets.values())
    assert set(parts.shared) == set.intersection(*sets.values())
    for name, own in parts.only.items():
        others = set().union(*(s for n, s in sets.items() if n != name))
        assert set(own) == sets[name] - others
    assert len(sets) > 2 or not parts.some


@pytest.mark.parametrize("sets", [{}, {"A": ["x"]}])
def test_one_set_alone_has_no_difference(sets):
    with pytest.raises(ValueError, match="two sets"):
        differences(sets)


def test_sums_are_those_of_the_table(package, counties):
    chosen = Selection(all_of=("poor_county",)).apply(counties)
    one = comparison.summed(package, counties, list(chosen))
    away = comparison.distances(DRAWN, chosen)

    assert one.counties == 62
    assert one.variables["poor_county"].counts == {"yes": 62}
    assert one.area_km2 == pytest.approx(counties.loc[chosen, "area_km2"].sum())
    assert sum(one.prefectures.values()) == 62
    assert sum(one.variables["category"].counts.values()) == 62
    exits = one.variables["exit_approved_year"]
    assert (
        sum(exits.counts.values()) == counties.loc[chosen, "exit_approved_year"].count()
    )
    assert sum(exits.counts.values()) + exits.missing == 62
    assert one.distances["110000"] == (away["110000"].min(), away["110000"].max())


def test_the_sum_of_nothing_is_nothing(package, counties):
    one = comparison.summed(package, counties, [])

    assert (one.counties, one.area_km2, one.distances) == (0, 0, {})
    assert all(not v.counts and not v.missing for v in one.variables.values())
    for line in comparison.selection_lines(package, [one, one], "zh"):
        assert len(line.texts) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_lines_have_a_column_for_each_county(package, counties, language):
    lines = comparison.county_lines(package, counties, SOME, language)

    assert all(len(line.texts) == len(SOME) for line in lines)
    assert all(all(line.texts) for line in lines)
    shown = {line.programme: line.has for line in lines if line.programme}
    assert shown == {
        p: tuple(a in package.members(p) for a in SOME)
        for p in package.programmes
        if package.members(p) & set(SOME)
    }


def test_facts_lead_then_programmes_then_figures_by_group(package, counties):
    one = comparison.summed(package, counties, SOME)
    for lines in (
        comparison.county_lines(package, counties, SOME, "en"),
        comparison.selection_lines(package, [one, one], "en"),
    ):
        headings = [heading for heading, _ in groupby(line.group for line in lines)]
        assert headings[:2] == ["", "Programmes"] and headings[-1] == "Distances"
        assert len(headings) == len(set(headings)) > 3
        leading = [line.head for line in lines if not line.group]
        assert "Resident population, 2020" in leading and len(leading) < 16
        assert all(
            (line.group == "Programmes") == bool(line.programme) for line in lines
        )


def test_what_a_source_does_not_say_is_not_compared_as_no(package, counties):
    lines = comparison.county_lines(package, counties, SOME, "en")
    texts = {line.programme: line.texts for line in lines if line.programme}

    # Zhangbei, Weichang, Chang'an, Yi County: the plan names ten of 38.
    assert texts["relocation"] == ("yes", "yes", "not said", "not said")
    assert texts["poor_county"] == ("yes", "yes", "no", "yes")


def test_what_is_not_said_of_the_others_is_not_one_county_s_alone(package):
    # Relocation and the grassland subsidy are open lists: Chicheng may be in the
    # first, Guyuan in the second.
    only = {
        "130724": ("deep_poverty", "relocation"),
        "130732": ("grassland_subsidy_around_capital",),
    }
    assert package.standing("relocation", "130732") == "reported"
    assert package.standing("grassland_subsidy_around_capital", "130724") == "not_said"

    alone, unsure = only_for_sure(package, only)

    assert alone == {"130724": ("deep_poverty",), "130732": ()}
    assert unsure == {
        "130724": ("relocation",),
        "130732": ("grassland_subsidy_around_capital",),
    }


@pytest.mark.parametrize("adcode", ["130728", "130705"])
def test_what_is_only_reported_is_told_whoever_else_is_compared(
    package, counties, adcode
):
    lines = comparison.county_lines(package, counties, [adcode, "130102"], "en")

    (line,) = [line for line in lines if line.programme == "paired_with_beijing"]
    assert line.texts[0].startswith("reported") and not any(line.has)

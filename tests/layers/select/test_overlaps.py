import csv
from itertools import combinations as subsets

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.folders import attributes_folder
from layers.select import overlaps
from layers.select.selection import Selection

DIRECTORY = attributes_folder()


@pytest.fixture(scope="module")
def ids(package):
    return list(package.programmes)


@pytest.fixture(scope="module")
def sets(package):
    """Members by programme, straight from the file, by name and code of the sources.

    Two rows of a programme may be one county under two names: the pair is led to the
    code of today by nothing but the crosswalk's file.
    """
    with (DIRECTORY / "crosswalk.csv").open(encoding="utf-8-sig", newline="") as file:
        today = {
            (r["former_adcode"], r["former_name"]): r["adcode"]
            for r in csv.DictReader(file)
        }
    members = {p: set() for p in package.programmes}
    with (DIRECTORY / "memberships.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            published = (row["published_adcode"], row["published_name"])
            members[row["variable"]].add(today.get(published, published[0]))
    return members


@pytest.fixture(scope="module")
def found(counties, ids):
    return overlaps.combinations(counties, ids)


def test_exact_combinations_are_disjoint_and_add_up(found, sets):
    listed = [a for one in found for a in one.adcodes]

    assert len(listed) == len(set(listed))
    assert set(listed) == set().union(*sets.values())


def test_exact_combinations_are_those_of_plain_sets(found, sets):
    for one in found:
        inside = set.intersection(*(sets[p] for p in one.programmes))
        outside = set().union(*(sets[p] for p in sets if p not in one.programmes))

        assert set(one.adcodes) == inside - outside
        assert one.adcodes


def test_exact_combinations_are_sorted_by_size(found):
    sizes = [len(one.adcodes) for one in found]

    assert sizes == sorted(sizes, reverse=True)
    assert len({one.id for one in found}) == len(found)


def test_the_matrix_is_symmetric_with_counts_on_the_diagonal(counties, ids, sets):
    counts = overlaps.co_membership(counties, ids)

    assert (counts.to_numpy() == counts.to_numpy().T).all()
    assert {p: counts.at[p, p] for p in ids} == {p: len(sets[p]) for p in ids}


def test_pairs_are_those_of_plain_sets(counties, ids, sets):
    table = overlaps.pairs(counties, ids)

    assert len(table) == len(ids) ** 2
    for row in table.itertuples():
        a, b = sets[row.programme], sets[row.other]
        assert row.counties == len(a & b)
        assert row.jaccard == pytest.approx(len(a & b) / len(a | b))


def test_programmes_without_a_county_have_no_index():
    nothing = pd.DataFrame({"a": [False, False], "b": [True, False]})
    table = overlaps.pairs(nothing, ["a", "b"]).set_index(["programme", "other"])

    assert table["counties"].to_list() == [0, 0, 0, 1]
    assert table["jaccard"].isna().to_list() == [True, False, False, False]
    assert overlaps.combinations(nothing.iloc[:0], ["a", "b"]) == []


def test_shares_are_those_of_plain_sums(counties, ids, sets):
    chosen = Selection(prefectures=("130700", "130800")).apply(counties)
    table = overlaps.shares(counties, chosen, ids)
    area = counties["area_km2"].to_dict()
    home = counties["prefecture_adcode"].to_dict()
    everything = {*sets, ""}
    members = sets | {"": set().union(*sets.values())}

    assert {*zip(table["prefecture_adcode"], table["programme"], strict=True)} == {
        (prefecture, programme)
        for prefecture in {*home.values(), ""}
        for programme in everything
    }
    for row in table.itertuples():
        there = {a for a in home if row.prefecture_adcode in ("", home[a])}
        own = there & members[row.programme] & set(chosen)
        size = sum(area[a] for a in own)
        assert row.counties == len(own)
        assert row.area_km2 == pytest.approx(size, abs=0.06)
        assert row.share_of_prefecture == pytest.approx(
            size / sum(area[a] for a in there)
        )
        assert row.share_of_programme == pytest.approx(
            size / sum(area[a] for a in members[row.programme])
        )


def test_coverage_is_that_of_plain_sets(counties, ids, sets):
    table = overlaps.coverage(counties, "poor_county", ids)

    assert set(table["programme"]) == set(ids) - {"poor_county"}
    assert table["covered"].is_monotonic_decreasing
    for row in table.itertuples():
        shared = sets[row.programme] & sets["poor_county"]
        assert row.covered == len(shared)
        assert row.members == len(sets[row.programme])
        assert row.share_of_base == pytest.approx(len(shared) / 62)


def test_coverage_of_nothing_has_no_share(counties, ids):
    table = overlaps.coverage(counties.iloc[:0], "poor_county", ids)

    assert table["covered"].eq(0).all()
    assert table["share_of_base"].isna().all()


BASES = (
    Selection(),
    Selection(prefectures=("130700", "130800")),
    Selection(any_of=("paired_with_beijing", "paired_with_tianjin")),
    Selection(all_of=("poor_county",), none_of=("deep_poverty",)),
    Selection(where={"area": ("contiguous_yanshan_taihang",), "partner": ("110000",)}),
    Selection(counties=("130722", "130723", "130102")),
)


@pytest.mark.parametrize("base", BASES)
def test_a_bar_opens_just_its_counties(package, counties, ids, base):
    chosen = counties.loc[base.apply(counties)]

    for one in overlaps.combinations(chosen, ids):
        opened = overlaps.target(package, base, "exactly", one.id)
        assert tuple(opened.apply(counties)) == one.adcodes
        assert (
            overlaps.chart_target(package, base, {"bar": [{"combination": one.id}]})
            == opened
        )


@pytest.mark.parametrize("base", BASES)
def test_a_cell_opens_just_its_counties(package, counties, ids, base):
    chosen = counties.loc[base.apply(counties)]

    for a, b in subsets(ids, 2):
        expected = list(chosen.index[chosen[a] & chosen[b]])
        event = {"pair": [{"programme": a, "other": b}]}
        opened = overlaps.chart_target(package, base, event)
        if expected:
            assert list(opened.apply(counties)) == expected


@pytest.mark.parametrize("base", BASES)
def test_a_figure_of_the_table_opens_just_its_counties(package, counties, ids, base):
    chosen = base.apply(counties)

    for row in overlaps.shares(counties, chosen, ids).itertuples():
        action = "together" if row.programme else "any"
        opened = overlaps.target(
            package, base, action, row.programme, row.prefecture_adcode
        )
        if row.counties:
            assert len(opened.apply(counties)) == row.counties


@pytest.mark.parametrize("base", BASES)
def test_the_counties_outside_all_programmes_open_too(package, counties, ids, base):
    chosen = counties.loc[base.apply(counties)]
    opened = overlaps.target(package, base, "none")

    # Outside all programmes and in one of them at once is nowhere.
    expected = chosen.index[~chosen[ids].any(axis=1)]
    if len(expected):
        assert list(opened.apply(counties)) == list(expected)


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("exactly", ()),
        ("exactly", ("no_such",)),
        ("together", ("",)),
        ("together", ("poor_county", "110000")),
        ("together", ("poor_county,'; drop table", "")),
        ("together", (None,)),
        ("no_such", ("poor_county",)),
    ],
)
def test_a_message_that_means_nothing_opens_nothing(package, action, values):
    assert overlaps.target(package, Selection(), action, *values) is None


@pytest.mark.parametrize(
    "event", [{}, {"bar": []}, {"bar": None}, {"bar": [{"x": 1}]}, {"bar": [{}]}]
)
def test_an_event_without_a_mark_opens_nothing(package, event):
    assert overlaps.chart_target(package, Selection(), event) is None


@given(
    st.lists(
        st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=0, max_size=30
    )
)
def test_any_table_is_partitioned(rows):
    table = pd.DataFrame(rows, columns=["a", "b", "c"], dtype=bool)
    table.index = table.index.astype(str)
    found = overlaps.combinations(table, ["a", "b", "c"])
    listed = [a for one in found for a in one.adcodes]

    assert sorted(listed) == sorted(table.index[table.any(axis=1)])
    for one in found:
        for adcode in one.adcodes:
            assert {p for p in table if table.at[adcode, p]} == set(one.programmes)

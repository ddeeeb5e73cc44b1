"""What is withheld cannot be had back from what is published."""

from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.aggregate.suppression import Cell, withhold

LEAST = 3


@st.composite
def nested(draw):
    """Persons of a few counties in a few prefectures, many of them few or none."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    few = st.integers(0, 3)
    return [[draw(few) for _ in range(size)] for size in sizes]


def tree(prefectures: list[list[int]], *, is_nested: bool):
    """Cells and groups as the command has them, with totals of prefectures or not."""
    counties = {
        f"{p}{c}": n
        for p, members in enumerate(prefectures)
        for c, n in enumerate(members)
    }
    groups = {f"{p}": [] for p in range(len(prefectures))}
    for name in counties:
        groups[name[0]].append(name)
    totals = {p: sum(counties[c] for c in members) for p, members in groups.items()}
    if is_nested:
        every = counties | totals | {"all": sum(totals.values())}
        groups["all"] = [*totals]
    else:
        every = counties | {"all": sum(totals.values())}
        groups = {"all": [*counties]}
    return {name: Cell(((n, n),)) for name, n in every.items()}, groups


def guesses(prefectures, withheld, *, is_nested):
    """All counts of each prefecture's counties that fit what is published.

    Independent of the code under test: nothing but trying and adding.
    """
    total = sum(map(sum, prefectures))
    tried = []
    for p, members in enumerate(prefectures):
        # Empty places are published as empty: a withheld one has somebody.
        choices = [
            range(1, total + 1) if f"{p}{c}" in withheld else [n]
            for c, n in enumerate(members)
        ]
        sums = range(total + 1)
        if is_nested and f"{p}" not in withheld:
            sums = [sum(members)]
        tried.append([*compositions(choices, {*sums})])
    for p, options in enumerate(tried):
        others = {0}
        for q, of_other in enumerate(tried):
            if q != p:
                possible = {sum(counts) for counts in of_other}
                others = {a + b for a, b in product(others, possible) if a + b <= total}
        yield [counts for counts in options if total - sum(counts) in others]


def compositions(choices, sums):
    """Choose one number of each so that their sum is allowed."""
    if not choices:
        yield from [()] if 0 in sums else []
        return
    for n in choices[0]:
        left = {total - n for total in sums if total >= n}
        if left:
            for rest in compositions(choices[1:], left):
                yield (n, *rest)


@given(nested(), st.booleans())
def test_no_withheld_count_follows_from_what_is_published(prefectures, is_nested):
    cells, groups = tree(prefectures, is_nested=is_nested)

    withheld = withhold(cells, groups, LEAST)

    for place, cell in cells.items():
        assert (withheld.get(place) == "primary") == (0 < cell.bases[0][0] < LEAST)
        assert not (cell.is_empty and place in withheld)
    if "all" in withheld:
        return  # there are not enough persons in all: nothing can be published
    for p, possible in enumerate(guesses(prefectures, withheld, is_nested=is_nested)):
        assert tuple(prefectures[p]) in possible
        for c in range(len(prefectures[p])):
            if f"{p}{c}" in withheld:
                assert len({counts[c] for counts in possible}) > 1
        if is_nested and f"{p}" in withheld:
            assert len({sum(counts) for counts in possible}) > 1


@given(nested(), st.booleans())
def test_what_is_withheld_together_is_no_small_group(prefectures, is_nested):
    cells, groups = tree(prefectures, is_nested=is_nested)

    withheld = withhold(cells, groups, LEAST)

    for total, parts in groups.items():
        hidden = [cells[part].bases[0][0] for part in parts if part in withheld]
        if hidden and total not in withheld:
            assert len(hidden) >= 2
            assert sum(hidden) >= LEAST


def test_persons_who_must_be_one_in_each_row_are_not_told_apart():
    cells, groups = tree([[1, 1, 1]], is_nested=False)
    assert "all" in withhold(cells, groups, LEAST)

    cells, groups = tree([[1, 1, 1, 5, 9]], is_nested=False)
    assert sorted(withhold(cells, groups, LEAST)) == ["00", "01", "02", "03"]


def test_no_more_is_withheld_than_needed():
    cells, groups = tree([[2, 50, 40, 9], [8, 9], [0, 7]], is_nested=True)

    assert withhold(cells, groups, LEAST) == {"00": "primary", "03": "complementary"}
    assert withhold(cells, groups, 0) == {}


def test_a_lonely_county_takes_its_prefecture_along():
    cells, groups = tree([[2], [8, 9, 30], [50, 60]], is_nested=True)

    assert withhold(cells, groups, LEAST) == {
        "00": "primary",
        "0": "primary",
        "1": "complementary",
        "10": "complementary",
        "11": "complementary",
    }


def test_few_values_of_a_column_are_few_persons(ask, tmp_path):
    codes = ["130722"] * 9 + ["130723"] * 9 + ["130724"] * 9
    values = [1.0] * 7 + [None] * 2 + [5.0] + [None] * 8 + [2.0] * 9
    pd.DataFrame({"code": codes, "v": values}).to_parquet(tmp_path / "t.parquet")

    alone = ask(tmp_path / "t.parquet", least=3)
    with_values = ask(tmp_path / "t.parquet", "mean:v", least=3)

    assert alone.withheld == {}
    assert with_values.withheld == {"130723": "primary", "130722": "complementary"}
    hidden = with_values.table.loc[["130722", "130723"], ["count", "mean_v"]]
    assert hidden.isna().all(axis=None)
    assert with_values.table.loc["130724", "mean_v"] == 2


@pytest.mark.parametrize("persons", [[1, 1], [2, None], [2, -7]])
def test_persons_count_not_rows(ask, tmp_path, persons):
    table = pd.DataFrame(
        {"code": ["130722", "130722", "130723", "130724"], "n": [*persons, 30, 40]}
    )
    table.to_parquet(tmp_path / "t.parquet")

    found = ask(tmp_path / "t.parquet", least=3, persons="n")

    assert found.withheld == {"130722": "primary", "130723": "complementary"}
    assert found.table.loc["130724", ["count", "persons"]].to_list() == [1, 40]


def test_rows_of_nobody_knows_how_many_are_withheld(ask, tmp_path):
    table = pd.DataFrame({"code": ["130722", "130723", "130724"], "n": [None, 30, 40]})
    table.to_parquet(tmp_path / "t.parquet")

    assert "130722" in ask(tmp_path / "t.parquet", least=3, persons="n").withheld


@pytest.mark.parametrize("totals", [False, True])
def test_totals_of_a_real_register_tell_nothing(ask, register, tmp_path, totals, known):
    rare = register[register["truth"].isin(sorted(register["truth"].unique())[::9])]
    kept = register.drop(index=rare.index[rare["truth"].duplicated()])
    kept.to_parquet(tmp_path / "t.parquet")

    found = ask(tmp_path / "t.parquet", "sum:persons", least=3, totals=totals)

    table = found.table
    true = kept.groupby("truth").size().reindex(table.index, fill_value=0)
    counties = table["level"] == "county"
    assert (
        (true[counties] < 3) & (true[counties] > 0) <= table["count"].isna()[counties]
    ).all()
    assert table.loc[~table["count"].isna() & counties, "count"].eq(true).any()
    hidden = table[counties & table["count"].isna()]
    assert hidden["withheld"].all()
    assert true[hidden.index].sum() >= 3
    if totals:
        for prefecture, members in hidden.groupby(known.parent):
            if not pd.isna(table.loc[prefecture, "count"]):
                assert len(members) >= 2
                assert true[members.index].sum() >= 3

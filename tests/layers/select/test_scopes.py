"""Of which counties a target speaks: lists, rules, and what nobody can say."""

import csv
from pathlib import Path

import pytest

from layers.facts.package import examine, load
from layers.profile.related import ScopeOf, scopes_of
from layers.select.scopes import counties_of, scopes
from layers.select.selection import Selection

ATTRIBUTES = Path(__file__).parents[3] / "data" / "attributes"


def rows(table: str) -> list[dict[str, str]]:
    with (ATTRIBUTES / f"{table}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


SCOPES = {row["id"]: row for row in rows("scopes")}


def members(package, *, programme="", categories=()) -> set[str]:
    """Today's codes by the table of memberships alone."""
    return {
        package.divisions.current(row["published_adcode"], row["published_name"])
        for row in [*rows("memberships"), *rows("categories")]
        if row["variable"] == programme or row.get("value") in categories
    }


@pytest.fixture(scope="module")
def held(package) -> dict[str, set[str] | None]:
    found = {}
    for scope in scopes(package).values():
        selection = scope.selection(package)
        found[scope.id] = (
            None if selection is None else set(counties_of(package, selection))
        )
    return found


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_selects_the_counties_that_it_says(package, counties, held, scope):
    row = SCOPES[scope]
    if row["listed"] == "none":
        assert held[scope] is None
        assert not row["programme"] + row["adcodes"] + row["rule"]
        return
    chosen = held[scope]
    codes = set(filter(None, row["adcodes"].split(";")))
    if codes == {"130000"}:
        assert len(chosen) == 167
    elif codes <= set(counties["prefecture_adcode"]) and codes:
        assert chosen == {c for c in counties.index if c[:4] + "00" in codes}
    elif codes:
        assert chosen == codes
    stated = package.programmes.get(row["programme"])
    if stated is not None and stated.stated_count:
        assert (row["listed"] == "partial") == (len(chosen) < stated.stated_count)


def test_the_scopes_that_follow_from_lists_have_the_counts_of_the_plan(package, held):
    """45 of national level, 17 provincial, the other 105; by another way as well."""
    poor = members(package, programme="poor_county")
    every = set(package.divisions.of_level("county"))
    yanshan = members(package, programme="contiguous_yanshan_taihang")
    heilonggang = members(package, programme="contiguous_heilonggang")
    key = members(package, categories=("national_key",))
    only = members(package, categories=("contiguous_area_only",))
    provincial = members(package, categories=("provincial_key",))

    assert held["national_level_poor_county"] == key | only
    assert len(key | only) == 45
    assert held["provincial_poor_county"] == provincial == poor - key - only
    assert len(provincial) == 17
    assert held["non_poor_county"] == every - poor
    assert len(every - poor) == 105
    assert held["national_key_county"] == key
    assert len(key) == 39
    assert held["contiguous_heilonggang"] == heilonggang
    assert held["contiguous_poor_area"] == yanshan | heilonggang
    assert held["contiguous_or_national_key"] == yanshan | heilonggang | key
    assert held["land_quota_area"] == yanshan | key


def test_what_a_scope_selects_can_be_put_into_a_link(package):
    for scope in scopes(package).values():
        selection = scope.selection(package)
        assert selection is None or isinstance(selection, Selection)


@pytest.mark.parametrize(
    ("county", "certain", "derived"),
    [
        ("130125", {"poor_county", "hebei"}, {"national_level_poor_county"}),
        ("130638", {"hebei"}, {"non_poor_county"}),
        ("130533", {"poor_county", "hebei"}, {"contiguous_heilonggang", "poor_area"}),
        (
            "130722",
            {"deep_poverty", "contiguous_yanshan_taihang", "zhangjiakou_chengde"},
            {"land_quota_area", "poor_area"},
        ),
    ],
    ids=["行唐县", "雄县", "威县", "张北县"],
)
def test_what_holds_a_county_is_told_from_what_is_read_so(
    package, county, certain, derived
):
    found = scopes_of(package, county)

    assert certain <= {s.id for s in found if s.certain}
    assert derived <= {s.id for s in found if not s.certain}
    assert [s.certain for s in found] == sorted(
        (s.certain for s in found), reverse=True
    )


def test_the_scopes_of_a_county_are_those_whose_counties_have_it(package, held):
    for county in package.divisions.of_level("county"):
        assert {s.id for s in scopes_of(package, county)} == {
            scope for scope, codes in held.items() if codes and county in codes
        }


def test_a_made_up_rule_is_read_without_knowing_it(spoiled):
    copy = spoiled()
    line = copy.line("scopes.csv", id="bashang")
    copy.set_cell("scopes.csv", line, "rule", "all=deep_poverty&prefecture=130800")
    copy.set_cell("scopes.csv", line, "listed", "complete")

    package = load(copy.directory)

    assert scopes(package)["bashang"].selection(package) == Selection(
        all_of=("deep_poverty",), prefectures=("130800",)
    )
    assert ScopeOf(id="bashang", certain=True) in scopes_of(package, "130828")


@pytest.mark.parametrize(
    ("scope", "column", "value", "said"),
    [
        ("bashang", "listed", "complete", "“none” is for scopes without"),
        ("non_poor_county", "rule", "", "“none” is for scopes without"),
        ("non_poor_county", "rule", "none=rich", "“none=rich” selects nothing"),
        ("non_poor_county", "rule", "category=rich", "“category=rich” selects"),
        ("non_poor_county", "rule", "gibberish", "“gibberish=” selects nothing"),
        ("non_poor_county", "rule", "in=130799", "“in=130799” selects nothing"),
        ("poor_county", "rule", "any=poor_county", "say already which counties"),
    ],
)
def test_a_scope_that_names_nobody_is_refused(spoiled, scope, column, value, said):
    copy = spoiled()
    line = copy.line("scopes.csv", id=scope)
    copy.set_cell("scopes.csv", line, column, value)

    package, problems = examine(copy.directory)

    assert package is None
    assert any(
        p.row == line and p.table == "scopes.csv" and said in p.say("en")
        for p in problems
    )

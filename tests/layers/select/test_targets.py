"""The plan's targets: table 1 first, filters, words and the counties of a scope."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language import LANGUAGES, speaker
from layers.facts.units import base_unit, figure
from layers.select import targets as plan
from layers.select.selection import Selection
from layers.select.targets import Filter

ATTRIBUTES = Path(__file__).parents[3] / "data" / "attributes"


def rows(table: str) -> list[dict[str, str]]:
    with (ATTRIBUTES / f"{table}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


# The second implementation reads the file itself and compares text with text.

ROWS = rows("targets")
SCOPES = {row["id"]: row for row in rows("scopes")}
SEARCHED = ("subject_zh", "subject_en", "indicator_zh", "indicator_en")
SEARCHED += ("note_zh", "note_en", "section")


def expected(asked: Filter) -> list[str]:
    def kept(row: dict[str, str]) -> bool:
        text = unicodedata.normalize("NFKC", "\n".join(row[c] for c in SEARCHED))
        words = unicodedata.normalize("NFKC", asked.text).lower().split()
        return (
            row["sector"] in (asked.sectors or [row["sector"]])
            and int(row["box"] or 0) in (asked.boxes or [int(row["box"] or 0)])
            and row["scope"] in (asked.scopes or [row["scope"]])
            and int(row["year"] or 0) in (asked.years or [int(row["year"] or 0)])
            and not [word for word in words if word not in text.lower()]
        )

    return [row["id"] for row in ROWS if kept(row)]


@pytest.fixture(scope="module")
def targets(package):
    return plan.targets(package)


def test_every_row_is_a_target(targets):
    assert [t.id for t in targets] == [row["id"] for row in ROWS]


def test_the_ten_indicators_of_table_1(targets):
    """As the plan prints them: 2015, comparator and 2020, binding or expected."""
    found = [
        [(t.baseline, t.comparator, t.value, t.unit, t.binding) for t in indicator]
        for indicator in plan.headline(targets)
    ]

    assert found == [
        [(310, "eq", 310, "万人", "binding")],
        [(62, "eq", 0, "个县", "binding")],
        [(42, "eq", 42, "万人", "binding"), (19, "eq", 19, "万人", "binding")],
        [(9.9, "qualitative", None, "%", "expected")],
        [(91.1, "eq", 100, "%", "binding")],
        [(90, "eq", 95, "%", "expected")],
        [(44.7, "qualitative", None, "%", "expected")],
        [(83, "gt", 88, "%", "expected")],
        [(93.7, "eq", 100, "%", "expected")],
        [(2, "ge", 5, "万元/(村·年)", "expected")],
    ]


def test_the_indicators_stand_before_everything_else(targets):
    first = [t for indicator in plan.headline(targets) for t in indicator]

    assert list(targets[: len(first)]) == first


def one_of(column: str, number: bool = False) -> st.SearchStrategy:
    values = sorted({row[column] for row in ROWS})
    offered = [int(v or 0) for v in values] if number else values
    return st.lists(st.sampled_from(offered), max_size=3).map(tuple)


WORDS = ["贫困县", "relocation", "POOR", "1", "Ｔable", "表1", "二(一)", "不存在"]
WORDS += ["%", "<b>", "😀", "", "　"]


@given(
    sectors=one_of("sector"),
    boxes=one_of("box", number=True),
    scopes=one_of("scope"),
    years=one_of("year", number=True),
    words=st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=3),
)
def test_a_filter_is_an_independent_computation(
    package, sectors, boxes, scopes, years, words
):
    asked = Filter(
        sectors=sectors, boxes=boxes, scopes=scopes, years=years, text=" ".join(words)
    )

    assert [t.id for t in asked.apply(plan.targets(package))] == expected(asked)


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "<script>alert(1)</script>", "😀🏔️", "\0", "%", "(", "\\"]
)
def test_any_text_may_be_searched(targets, text):
    found = [t.id for t in Filter(text=text).apply(targets)]

    assert found == expected(Filter(text=text))


def test_dropping_every_part_of_a_filter_gives_everything(targets):
    asked = Filter(
        sectors=("health",), boxes=(0,), scopes=("hebei",), years=(0,), text=" x "
    )

    assert asked.asked == ("sectors", "boxes", "scopes", "years", "text")
    for part in asked.asked:
        asked = asked.without(part)
    assert asked == Filter()
    assert asked.apply(targets) == targets
    assert Filter(text=" 　\n").asked == ()


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_selects_the_counties_that_it_says(package, counties, scope):
    row = SCOPES[scope]
    found = plan.scopes(package)[scope]
    selection = found.selection(package)
    if selection is None:
        assert not row["programme"]
        assert not row["adcodes"]
        return
    chosen = set(selection.apply(counties))
    codes = set(filter(None, row["adcodes"].split(";")))
    prefectures = set(counties["prefecture_adcode"])
    if codes == {"130000"}:
        assert selection == Selection()
        assert len(chosen) == 167
    elif codes and codes <= prefectures:
        assert {c[:4] + "00" for c in chosen} == codes
        assert chosen == {c for c in counties.index if c[:4] + "00" in codes}
    elif codes:
        assert chosen == codes
    stated = package.programmes.get(row["programme"])
    if stated is not None and stated.stated_count and row["programme"]:
        assert found.is_partial(package) == (len(chosen) < stated.stated_count)


@pytest.mark.parametrize(
    ("identifier", "zh", "en"),
    [
        ("T003", "42 万人", "to reach 420,000 persons"),
        ("T009", "88%", "more than 88 per cent"),
        ("T019", "5 个/县", "between 3 and 5 items in a county"),
        ("T112", "252 亿元", "about 25,200,000,000 yuan"),
        ("T162", "7.5 元/(亩·年)", "exactly 7.5 yuan for a mu and year"),
    ],
)
def test_a_value_is_said_with_its_unit(package, targets, identifier, zh, en):
    target = next(t for t in targets if t.id == identifier)
    unit = package.units[target.unit]

    assert plan.in_words(target, unit, speaker("en")) == en
    assert zh in plan.in_words(target, unit, speaker("zh"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_target_can_be_said(package, targets, language):
    say, known = speaker(language), package.units
    for target in targets:
        text = plan.in_words(target, known[target.unit], say)
        base = plan.in_base_units(target, say)
        assert text.strip()
        assert "None" not in text + base
        assert "e+" not in text + base


def test_base_units_are_shown_where_they_say_more(targets):
    by_id = {t.id: plan.in_base_units(t, speaker("en")) for t in targets}

    assert by_id["T003"] == "420,000 person"
    assert by_id["T162"] == "0.01125 CNY/(m²·a)"
    assert by_id["T171"] == "0.0015–0.003 CNY/m²"
    assert by_id["T184"] == ""
    assert by_id["T005"] == ""


def test_a_change_is_drawn_only_where_there_is_one(targets):
    drawn = {t.id: t.change for t in targets if t.change}

    assert drawn == {
        "T002": (1, 0),
        "T006": (0.911, 1),
        "T007": (0.9, 0.95),
        "T009": (0.83, 0.88),
        "T010": (0.937, 1),
        "T011": (0.4, 1),
    }


def test_figures_never_have_an_exponent():
    assert figure(17_000_000_000) == "17,000,000,000"
    assert figure(12.6) == "12.6"
    assert base_unit("m3/(person·d)", speaker("en")) == "m³/(person·d)"

"""The plan's targets: table 1 first, filters, words and the counties of a scope."""

import csv
import json
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language import LANGUAGES, speaker
from layers.facts.units import base_unit, figure
from layers.select import targets as plan
from layers.select.outcomes import outcomes
from layers.select.targets import Filter

ATTRIBUTES = Path(__file__).parents[3] / "data" / "attributes"


@cache
def rows(table: str) -> list[dict[str, str]]:
    with (ATTRIBUTES / f"{table}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


# The second implementation reads the file itself and compares text with text.

ROWS = rows("targets")
SEARCHED = ("subject_zh", "subject_en", "indicator_zh", "indicator_en")
SEARCHED += ("responsible_zh", "responsible_en", "note_zh", "note_en", "section")


def sectors() -> dict[str, list[str]]:
    """Return what each sector is called, from the descriptor itself."""
    text = (ATTRIBUTES / "datapackage.json").read_text(encoding="utf-8")
    tables = {one["name"]: one for one in json.loads(text)["resources"]}
    fields = {one["name"]: one for one in tables["targets"]["schema"]["fields"]}
    return {
        one["value"]: [speaker(language)(one["label"]) for language in LANGUAGES]
        for one in fields["sector"]["categories"]
    }


SECTORS = sectors()


def titles(row: dict[str, str]) -> list[str]:
    """Return what the boxes and scopes of a target are called, and their programmes."""
    kept = [b for b in rows("boxes") if b["box"] in several(row["box"])]
    scopes = [s for s in rows("scopes") if s["id"] in several(row["scope"])]
    named = [p for s in scopes for p in rows("variables") if p["id"] == s["programme"]]
    columns = [("title_zh", "title_en")] * len(kept + scopes)
    columns += [("name_zh", "name_en")] * len(named)
    told = zip(kept + scopes + named, columns, strict=True)
    return [one[column] for one, both in told for column in both]


def several(cell: str) -> set[str]:
    return set(cell.split(";"))


TITLES = {row["id"]: titles(row) for row in ROWS}


def expected(asked: Filter) -> list[str]:
    def kept(row: dict[str, str]) -> bool:
        boxes = {int(box or 0) for box in several(row["box"])}
        parts = [*(row[c] for c in SEARCHED), *SECTORS[row["sector"]]]
        parts += [row["subject_zh"] + row["indicator_zh"], *TITLES[row["id"]]]
        text = unicodedata.normalize("NFKC", "\n".join(parts))
        words = unicodedata.normalize("NFKC", asked.text).lower().split()
        return (
            row["sector"] in (asked.sectors or [row["sector"]])
            and boxes & set(asked.boxes or boxes)
            and several(row["scope"]) & set(asked.scopes or several(row["scope"]))
            and int(row["year"] or 0) in (asked.years or [int(row["year"] or 0)])
            and not [word for word in words if word not in text.lower()]
        )

    return [row["id"] for row in ROWS if kept(row)]


@pytest.fixture(scope="module")
def targets(package):
    return plan.targets(package)


# Read in the plan: where the clause stands, and whom it names.
RESPONSIBLE = {
    "T087": ("三(一)", "政府"),
    "T112": ("四(二)", "省农业发展银行"),
    "T126": ("五(三)", "河北省"),
    "T136": ("六(一)", "三级医院"),
    "T171": ("七(三)", "政府"),
    "T183": ("九(一)", "北京市"),
    "T188": ("九(一)", "天津市"),
    "T192": ("九(三)", "省属国有企业"),
    "T202": ("九(四)", "人民武装部"),
    "T207": ("九(四)", "省军区"),
    "T217": ("十(一)", "省属大型企业"),
    "T306": ("十一(二)", "责任银行"),
    "T313": ("十一(三)", "省扶贫开发领导小组"),
    "T315": ("四(一)", "省国家开发银行"),
    "T337": ("十一(一)", "省政府"),
    "T338": ("十一(一)", "国务院扶贫开发领导小组"),
}
NOBODY = ("T001", "T007", "T041", "T116", "T153", "T246", "T287", "T302")


@pytest.mark.parametrize(("identifier", "where"), RESPONSIBLE.items())
def test_a_target_names_whom_the_plan_names(targets, identifier, where):
    section, name = where
    (target,) = (t for t in targets if t.id == identifier)

    assert target.section.startswith(section)
    assert name in target.responsible("zh")
    assert target.responsible("en")
    found = Filter(text=name).apply(targets)
    assert target in found


@pytest.mark.parametrize("identifier", NOBODY)
def test_a_target_for_which_the_plan_names_nobody_has_nobody(targets, identifier):
    (target,) = (t for t in targets if t.id == identifier)

    assert target.responsible("zh") == target.responsible("en") == ""


def test_names_of_bodies_are_no_sentences_of_the_plan(targets):
    named = [t for t in targets if t.responsible("zh")]

    assert 60 < len(named) < len(targets) / 2
    for target in named:
        assert not any(mark in target.responsible("zh") for mark in "。；，")
        assert all(len(n) <= 25 for n in target.responsible("zh").split("、"))


def test_every_row_is_a_target(targets):
    assert [t.id for t in targets] == [row["id"] for row in ROWS]


def test_the_ten_indicators_of_table_1(targets):
    """As the plan prints them: 2015, comparator and 2020, binding or expected."""
    found = [
        [(t.baseline, t.comparator, t.value, t.unit, t.binding) for t in indicator]
        for indicator in plan.headline(targets)
    ]

    assert found == [
        [(310, "eq", 0, "万人", "binding")],
        [(62, "eq", 0, "个县", "binding")],
        [(42, "eq", 0, "万人", "binding"), (19, "eq", 0, "万人", "binding")],
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
    values = sorted({value for row in ROWS for value in several(row[column])})
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


# What a reader of the plan types, each a term of the plan that has a quantity there.
@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("宽带", "T293"),
        ("broadband", "T295"),
        ("农村饮水", "T284"),
        ("drinking water", "T283"),
        ("森林覆盖率", "T153"),
        ("易地扶贫搬迁", "T315"),
        ("农民工", "T089"),
        ("技能培训", "T096"),
        ("革命老区", "T192"),
        ("危房改造率", "T006"),
        ("有效灌溉率", "T247"),
    ],
)
def test_terms_of_the_plan_find_its_targets(targets, text, identifier):
    """A search that finds nothing reads as if the plan wanted nothing of it."""
    found = [t.id for t in Filter(text=text).apply(targets)]

    assert identifier in found


@pytest.mark.parametrize("text", ["relocation", "易地搬迁", "易地扶贫搬迁"])
def test_a_sector_is_found_by_its_name(targets, text):
    """Few targets of relocation say the word, and who searches it means them all."""
    found = {t.id for t in Filter(text=text).apply(targets)}

    assert found >= {row["id"] for row in ROWS if row["sector"] == "relocation"}


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


@pytest.mark.parametrize(
    ("identifier", "zh", "en"),
    [
        ("T003", "0人", "down to 0 persons"),
        ("T009", "88%", "more than 88 per cent"),
        ("T019", "5个/县", "between 3 and 5 per county"),
        ("T026", "1,200万只", "to reach 12,000,000 head"),
        ("T045", "1小时", "1 hour"),
        ("T060", "1个/村", "at least 1 per village"),
        ("T088", "10万人", "to reach 100,000 persons"),
        ("T107", "1处/户", "1 plot per household"),
        ("T112", "252亿元", "about 25.2 billion yuan"),
        ("T162", "7.5元/(亩·年)", "7.5 yuan per mu per year in each case"),
        ("T184", "16个县", "16 counties"),
        ("T260", "220千伏", "220 kilovolts"),
        ("T306", "1家/乡", "1 bank per township in each case"),
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

    assert by_id["T088"] == "100,000 persons"
    assert by_id["T003"] == ""
    assert by_id["T162"] == "0.01125 CNY/(m²·a)"
    assert by_id["T171"] == "0.0015–0.003 CNY/m²"
    assert by_id["T184"] == ""
    assert by_id["T005"] == ""
    # Twice a year is no twenty-one.
    assert by_id["T305"] == "2/a"


def test_a_change_is_drawn_only_where_there_is_one(targets):
    drawn = {t.id: t.change for t in targets if t.change}

    assert drawn == {
        "T001": (1, 0),
        "T002": (1, 0),
        "T003": (1, 0),
        "T004": (1, 0),
        "T006": (0.911, 1),
        "T007": (0.9, 0.95),
        "T009": (0.83, 0.88),
        "T010": (0.937, 1),
        "T011": (0.4, 1),
    }


def test_a_stock_of_table_1_is_not_what_is_to_be_reached(targets):
    """What was there in 2015 and what is to be left: 310 and 310 would read as done."""
    with_baseline = [t for t in targets if t.baseline is not None]

    assert not [t.id for t in with_baseline if t.baseline == t.value]


def test_before_a_year_is_not_by_it(targets):
    said = {
        (t.id, language): plan.period(t, speaker(language))
        for t in targets
        for language in LANGUAGES
    }

    assert said["T262", "en"] == said["T263", "en"] == "before 2018"
    assert said["T180", "zh"] == "2020年前"
    assert said["T295", "en"] == "by 2018"
    before = {t.id for t in targets if t.deadline == "before"}
    assert {t.id for t in targets if "年前，" in t.note_zh} == before


def test_a_target_may_stand_in_two_boxes_and_have_two_scopes(targets):
    for asked in (Filter(boxes=(2,)), Filter(boxes=(19,))):
        assert "T071" in [t.id for t in asked.apply(targets)]
    for scope in ("hebei", "mountain_area"):
        assert "T071" in [t.id for t in Filter(scopes=(scope,)).apply(targets)]


def test_the_targets_stand_under_each_heading_once(targets):
    chapters = [t.chapter for t in targets if not t.is_headline]
    headings = [
        c for c, before in zip(chapters, ["", *chapters], strict=False) if c != before
    ]

    assert len(headings) == len(set(headings))


def test_conditions_and_descriptions_are_no_goals(package, targets):
    other = [t for t in targets if t.nature != "target"]

    assert {"T107", "T125", "T173", "T259", "T260"} <= {t.id for t in other}
    for target in other:
        unit = package.units[target.unit]
        text = plan.in_words(target, unit, speaker("en"))
        assert not text.startswith(("to reach", "exactly", "down to"))


def test_a_thing_alone_is_not_plural(package, targets):
    for target in targets:
        if target.value == 1 and target.value_high is None:
            unit = package.units[target.unit]
            text = plan.in_words(target, unit, speaker("en"))
            assert f"1 {unit.name_en}" not in text or unit.name_en == unit.name_en_one


def test_english_counts_by_per(package):
    for unit in package.units.values():
        assert not set(unit.name_en.split()) & {"a", "an", "for", "in"}, unit


def test_deep_poverty_counties_are_told_with_what_happened(package, targets):
    """The plan expected three exits by 2019; all ten were assessed for 2019, and
    approved in February 2020."""
    expected_three = next(t for t in targets if t.id == "T227")

    assessed, approved = outcomes(package, expected_three)

    assert (assessed.in_time, assessed.later, assessed.unsure) == (10, 0, 0)
    assert (approved.in_time, approved.later, approved.unsure) == (0, 10, 0)
    assert assessed.text("zh") == "退出年度：截至2019年底，10个县中有10个"
    assert approved.text("en") == (
        "Year the exit was approved: 0 of 10 counties by the end of 2019; 10 later"
    )


@given(year=st.integers(2015, 2022), before=st.booleans())
def test_an_outcome_counts_every_county_once(package, targets, year, before):
    """Against the dates as the table has them, whatever the year of the target."""
    target = replace(
        next(t for t in targets if t.id == "T002"),
        year=year,
        deadline="before" if before else "by",
    )
    last = year - before
    for one in outcomes(package, target):
        own = [
            row
            for row in rows("dates")
            if (row["variable"], row["unit"]) == (one.variable.id, "county")
        ]
        done = [row for row in own if int(row["latest"][:4]) <= last]
        begin = [row["earliest"] for row in own if row["earliest"]]
        later = [date for date in begin if int(date[:4]) > last]
        assert (one.year, one.counties) == (last, 62)
        assert (one.in_time, one.later) == (len(done), len(later))


def test_a_target_without_dates_has_no_outcome(package, targets):
    named = {t.id for t in targets if outcomes(package, t)}

    assert named == {row["id"] for row in ROWS if row["outcome"]}
    assert named == {"T002", "T227", "T229", "T232"}


@pytest.mark.parametrize(
    ("word", "scope"),
    [
        ("劳务协作", "poor_county_around_beijing_tianjin"),
        ("秸秆", "plain_poor_county"),
        ("教师培训", "contiguous_poor_area"),
        ("生活补助", "contiguous_yanshan_taihang"),
        ("重点保障入园", "national_key_county"),
        ("营养改善计划", "contiguous_poor_area"),
        ("定向招生", "contiguous_poor_area"),
        ("标准化建设倾斜", "contiguous_or_national_key"),
        ("新生儿疾病筛查", "contiguous_yanshan_taihang"),
        ("优先纳入保护", "national_key_county"),
        ("改种经济林果", "contiguous_yanshan_taihang"),
        ("补偿标准动态调整", "contiguous_yanshan_taihang"),
        ("冬小麦", "contiguous_heilonggang"),
        ("脱贫先后", "contiguous_heilonggang"),
        ("批准机关", "provincial_poor_county"),
        ("评估检查机关", "national_level_poor_county"),
        ("增减挂钩", "land_quota_area"),
        ("挂牌上市", "national_level_poor_county"),
    ],
)
def test_provisions_of_the_plan_with_a_scope_are_held(targets, word, scope):
    found = [t for t in targets if word in t.subject_zh + t.indicator_zh]

    assert scope in {s for t in found for s in t.scopes}


def test_figures_never_have_an_exponent():
    assert figure(17_000_000_000) == "17,000,000,000"
    assert figure(12.6) == "12.6"
    assert base_unit("m3/(person·d)", speaker("en")) == "m³/(person·d)"

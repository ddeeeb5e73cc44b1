"""A second reader's second reading: places where a value could mislead, in all forms.

As in :mod:`tests.test_as_shown` nothing is taken from the tables: each expectation was
typed from the plan, from a report, or from a volume of the census, and is looked for in
a profile, in a GeoJSON and on a printed sheet, in both languages.
"""

import io
import json
import re
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from geo.language import LANGUAGES, speaker
from layers.facts import date_texts
from layers.files.export import export
from layers.profile.county_profile import county_profile
from layers.select.choices import Choices
from layers.select.contrast import contrast
from layers.select.selection import Selection
from layers.select.totals import totals
from layers.sheet.sheet import draw
from tests import real
from views.pages import about
from views.pages.target_cards import board, listing

# County, what its profile says in Chinese and in English, and what it must not say.
SAID = [
    # The year of a provincial county is not known; a part of it left by itself.
    (
        "130731",
        "2017年或2018年度退出，2018年9月或2019年5月批准（何者不详）；赵家蓬区",
        "(which is not known); 赵家蓬区, a part of this county: exit assessed for 2019",
    ),
    ("130506", "2017年度退出，2018年9月批准（出自推断）", "2018 (inferred)"),
    (
        "131121",
        "不晚于2018年度退出，不晚于2019年5月批准",
        "for 2018 or before, approved in May 2019 or before",
    ),
    ("130407", "2017年度退出，2018年9月29日批准", "approved on 29 September 2018"),
    # The territory of a county that was merged is not that of the list.
    ("130705", "来源所指与现行范围不同", "the source means another than today’s"),
    ("130705", "曾用名: 宣化县（130721），2016年1月7日批准变更", "7 January 2016"),
    ("130503", "邢台县（130521）", "divided 5 June 2020"),
    ("130427", "行政区域变动: 2016年9月14日", "Gave to Fuxing District (14 September"),
    # Districts that pair: since when, or when a report says so.
    (
        "130822",
        "天津市北辰区: 2017年4月6日报道",
        "Beichen District, Tianjin: reported 6",
    ),
    (
        "130828",
        "天津市武清区: 2017年4月6日、2020年9月15日报道",
        "Wuqing District, Tianjin",
    ),
    ("130709", "北京市东城区: 2020年5月24日报道", "Beijing: reported 24 May 2020"),
    ("130732", "北京市海淀区: 报道所述为2019年", "Beijing: reported for 2019"),
    (
        "130824",
        "北京市密云区: 2018年1月起",
        "Miyun District, Beijing: since January 2018",
    ),
    ("130724", "北京市顺义区: 2019年起", "Shunyi District, Beijing: since 2019"),
    (
        "130708",
        "北京市顺义区: 2020年7月22日报道；不在来源名单内",
        "not in the list of the",
    ),
    (
        "130728",
        "北京市怀柔区: 2018年4月起；不在来源名单内",
        "since April 2018; not in the",
    ),
    # Relocation by reports: of what the number is.
    ("130724", "沿坝14个村搬迁（1,435人）", "plateau edge moved (1,435 persons)"),
    ("130723", "只是该社区，不是全县总数", "this community only, not the county total"),
    (
        "130523",
        "与临城县是同一数字，不可相加",
        "The same figure as for Lincheng: do not",
    ),
    ("130722", "全县完成搬迁（9,426人）", "Moved in the whole county (9,426 persons)"),
    # Poverty in four counties.
    ("130624", "贫困发生率（48%）；2014年1月", "Incidence of poverty (48 per cent)"),
    ("130624", "贫困发生率（14.79%）", "14.79 per cent"),
    ("130732", "建档立卡贫困人口（68,242人）", "Registered poor (68,242 persons)"),
    ("130723", "当年脱贫人口（16,053人）", "In that one year; 8,089 households"),
    ("130722", "贫困村（174个村）", "Poor villages (174 villages)"),
    # Who runs a county.
    ("130638", "河北雄安新区", "Xiong’an New Area, since April 2017"),
    ("130632", "河北雄安新区", "Xiong’an New Area, since April 2017"),
    ("130682", "省直管市（2013年起）", "City directly under the province, since 2013"),
    ("130181", "省直管市（2013年起）", "City directly under the province, since 2013"),
]

# Section, words, the target in Chinese and in English: each is another kind of goal.
GOALS = [
    ("二(一)", ("家庭手工业企业和合作社",), "达到10家/县", "to reach 10 firms per"),
    ("二(二)", ("乡村旅游公路",), "均为1条/片区", "exactly 1"),
    ("四(二)", ("旧房", "奖励"), "均为1.5万元/人", "exactly 15,000 yuan per person"),
    ("五(三)", ("定向招生",), "增幅10%", "an increment of 10 per cent"),
    ("七(一)", ("造林",), "达到1,000万亩", "to reach 10,000,000 mu"),
    ("八(一)", ("集中供养",), "不少于70%", "at least 70 per cent"),
    ("九(四)", ("贫困学生",), "3,000名", "3,000"),
    ("十(三)", ("骨干河流",), "20至50年一遇", "between 20 and 50"),
]

# Names and codes of any time, and the one county each of them means.
NAMES = {
    "崇礼县": "130709",
    "Chongli County": "130709",
    "130733": "130709",
    "Xuanhua County": "130705",
    "130721": "130705",
    "Luan County": "130284",
    "河北省张家口市蔚县": "130726",
    "蔚县(张家口)": "130726",
    "130726000000": "130726",
    "130726.0": "130726",
    "１３０７２６": "130726",
    "139001": "130682",
    "139002": "130181",
    "唐海县": "130209",
    "丰润县": "130208",
    "丰南市": "130207",
    "平泉县": "130881",
    "任县": "130505",
    "赵家蓬区": "130731",
    "威县": "130533",
    "魏县": "130434",
}
TWINS = {
    "新华区": {"130105", "130902"},
    "Weixian": {"130434", "130533"},
    "邢台县": {"130502", "130503"},
}

# The census: county, variable, persons and shares as the volumes print them.
CENSUS = [
    ("130726", "population_2020", 411824),
    ("130709", "population_2020", 105501),
    ("130709", "population_2010", 106122),
    ("130709", "age_65_share_2020", 18.13),
    ("130881", "population_2010", 446939),
    ("130284", "population_2010", 554315),
    ("130506", "population_2010", 325332),
    ("130682", "population_2020", 1095986),
    # No number of 2010 on ground that is not that of today.
    ("130503", "population_2010", None),
    ("130427", "population_2010", None),
    ("130705", "population_2010", None),
    ("130408", "population_2010", None),
]

# The bulletins: prefecture, with the counties that others run and without.
TOTALS = {
    ("130600", 2020): {11544036, 9242610},
    ("130100", 2020): {11235086, 10640458},
    ("130700", 2020): {4118908},
    ("130000", 2020): {74610235},
    ("130000", 2010): {71854210},
}


def flat(node) -> str:
    if isinstance(node, str):
        return node
    return "".join(flat(child) for child in node[2:])


def spoken(adcode, language) -> str:
    """The profile of a county as lines, without numbers of the census."""
    say = speaker(language)
    profile = county_profile(
        real.package(), real.counties().loc[adcode], adcode, language, numbers=()
    )
    facts = [f"{fact.term}: {fact.text}" for fact in profile.facts]
    said = [say_line(s.line(say)) for s in profile.statements()]
    return "\n".join([*facts, *said])


def say_line(text: str) -> str:
    # A statement of Chinese has a full-width colon; facts are joined by this test.
    return text.replace("：", ": ", 1)


@pytest.fixture(scope="module")
def made():
    found = export(real.package(), real.counties(), Selection(), detail="overview")
    return json.loads(found.content)


@pytest.fixture(scope="module")
def features(made):
    return {f["properties"]["adcode"]: f["properties"] for f in made["features"]}


def sheet(language, theme, **asked) -> str:
    drawn = draw(
        real.package(),
        real.counties(),
        Selection(**asked),
        language=language,
        theme=theme,
    )
    pages = PdfReader(io.BytesIO(drawn)).pages
    text = "\n".join(page.extract_text() for page in pages)
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(("adcode", "zh", "en"), SAID)
def test_a_profile_says_it_in_both_languages(adcode, zh, en):
    assert zh in spoken(adcode, "zh")
    assert en in spoken(adcode, "en")


@pytest.mark.parametrize(("section", "words", "zh", "en"), GOALS)
def test_a_goal_is_worded_as_the_plan_words_it(section, words, zh, en):
    shown = board(SimpleNamespace(package=real.package(), counties=real.counties))
    own = [t for t in shown.targets if t.chapter == section]
    texts = {
        language: [flat(node) for node in listing(shown, own, language)[1:]]
        for language in LANGUAGES
    }
    found = [
        place
        for place, text in enumerate(texts["zh"])
        if zh in text and all(word in text for word in words)
    ]
    assert found, texts["zh"]
    assert any(en in texts["en"][place] for place in found)


def test_names_and_codes_of_any_time_lead_to_one_county():
    choices = Choices.of(real.package())
    for text, adcode in NAMES.items():
        assert choices.meant("counties", text) == (adcode,), text
    for text, adcodes in TWINS.items():
        assert set(choices.meant("counties", text)) == adcodes, text


@pytest.mark.parametrize(("adcode", "variable", "number"), CENSUS)
def test_a_number_of_the_census_is_that_of_the_volume(
    features, adcode, variable, number
):
    assert features[adcode][variable] == number


def test_totals_of_prefectures_are_those_of_the_bulletins():
    package = real.package()
    for (adcode, year), numbers in TOTALS.items():
        found = totals(package, package.variables[f"population_{year}"])
        assert {t.number for t in found if t.adcode == adcode} == numbers


def test_a_geojson_says_what_its_numbers_leave_out(made, features):
    told = {v["id"]: v["definition"] for v in made["metadata"]["variables"]}
    assert "未计入所在县" in told["population_2020"]["zh"]
    assert "not in the county" in told["population_2020"]["en"]
    assert "按2010年行政区域" in told["population_2010"]["zh"]
    # A county whose year is not known has none, and its evidence says between which.
    assert features["130731"]["exit_assessed_year"] is None
    spans = [
        (e["published_name"], e["value"]["earliest"], e["value"]["latest"])
        for e in features["130731"]["evidence"]
        if e["variable"] == "exit_assessed_year"
    ]
    assert set(spans) == {("涿鹿县", "2017", "2018"), ("赵家蓬区", "2019", "2019")}
    dated = {
        e["detail"]
        for e in features["130822"]["evidence"]
        if e["variable"] == "partner"
    }
    assert "2017年4月6日报道" in dated


@pytest.mark.parametrize(
    ("language", "told", "year", "unsure"),
    [
        (
            "zh",
            "开发区、管理区单独统计，未计入所在县",
            "涿鹿县 130731 张家口市 2,788 2017年或",
            "不详，或出自推断 1个县",
        ),
        (
            "en",
            "zones are counted separately",
            "Zhuolu County 130731 Zhangjiakou 2,788 2017 or",
            "or only inferred 1 county",
        ),
    ],
)
def test_a_sheet_says_what_its_numbers_leave_out(language, told, year, unsure):
    asked = {"counties": ("130705", "130731")}
    printed = sheet(language, "population_2020", **asked)
    assert told in printed
    assert "542,358" in printed  # 宣化区
    exits = sheet(language, "exit_assessed_year", **asked)
    assert year in exits
    assert unsure in exits
    assert told not in exits


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_about_the_data_counts_what_is_sure(language):
    """Of 62 years of exit 16 are not sure; the other 105 counties were never poor."""
    sentence = {
        "zh": "46个县有数据 · 16个县没有确定的数据 · 105个县不适用",
        "en": "46 with a value · 16 without a sure value · does not apply to 105",
    }[language]
    texts = [flat(node) for node in about.variables(real.package(), language)]
    assert sum(sentence in text for text in texts) == 2
    full = {"zh": "167个县有数据 · 完整", "en": "167 with a value · complete"}[language]
    assert any(full in text for text in texts)


def test_a_change_of_many_counties_names_the_zones_it_may_lack():
    """2,978,929 of 2020 live in zones; of 304,675 and 56,147 it is known whose."""
    package, counties = real.package(), real.counties()
    (every,) = contrast(package, counties, [list(counties.index)])["population"]
    placed = 269950 + 34725 + 56147
    assert sum(zone.number for zone in every.zones) == 2978929 - placed
    (one,) = contrast(package, counties, [["130121"]])["population"]
    assert one.zones == ()  # all zones of 石家庄 have their county


def test_what_a_report_dates_is_told_from_what_begins():
    """A bare date of a report would be read as the day on which two were paired."""
    relations = real.package().tables["relations"]
    reports = relations[relations["section"] == "报道"]
    assert len(reports)
    for row in reports.to_dict("records"):
        assert re.search("报道|起", row["dated_zh"]), row
        assert re.search("reported|since", row["dated_en"]), row


def test_a_part_of_a_county_is_said_behind_the_county():
    package = real.package()
    exits = [v for v in package.variables.values() if v.kind == "date"]
    for language in LANGUAGES:
        text = date_texts.of_county(package, exits, "130731", speaker(language))
        whole, part = re.split("[；;]", text)
        assert "赵家蓬区" in part
        assert "赵家蓬区" not in whole


def test_sixty_more_values_were_picked():
    assert sum(map(len, [SAID, GOALS, NAMES, TWINS, CENSUS, TOTALS])) >= 60

"""A second reader: values picked from the plan's own text, as a reader is shown them.

Nothing here is read from the tables. Each constant was read in the plan (or, of exits,
in the reports and lists that tell them) and stands with its section; it is looked for
on screen, in a GeoJSON and on a printed sheet, in both languages.
"""

import json
import re
from types import SimpleNamespace

import pytest

from geo.language import LANGUAGES
from layers.files.export import export
from layers.profile.county_profile import county_profile
from layers.select.selection import Selection
from layers.sheet.sheet import draw
from tests import real
from tests.pictures import text_of
from views.pages.target_cards import board, listing

# Section, words of the plan, the value in Chinese and in English. In English the value
# is written out: nobody there counts in ten thousands.
QUANTITIES = [
    ("一(三)", ("贫困人口",), "310万人", "3,100,000 persons"),
    ("一(三)", ("贫困村", "出列"), "7,366个村", "7,366 villages"),
    ("一(三)", ("贫困县",), "62个县", "62 counties"),
    ("一(三)", ("贫困村", "危房改造率"), "91.1%", "91.1 per cent"),
    ("一(三)", ("义务教育巩固率",), "90%", "90 per cent"),
    ("一(三)", ("义务教育巩固率",), "达到95%", "95 per cent"),
    ("一(三)", ("集中供水率",), "高于88%", "more than 88 per cent"),
    ("一(三)", ("村集体年收入",), "不少于5万元", "at least 50,000 yuan"),
    ("二(一)", ("林果", "带动脱贫"), "60万人", "600,000 persons"),
    ("二(一)", ("林果", "贮藏率"), "不少于42%", "at least 42 per cent"),
    ("二(一)", ("林果", "加工率"), "不少于32%", "at least 32 per cent"),
    ("二(一)", ("特色产业",), "3至5个/县", "between 3 and 5"),
    ("二(一)", ("家庭手工业专业村",), "不少于20个/县", "at least 20"),
    ("二(一)", ("家庭手工业", "人数"), "不少于10万人", "at least 100,000 persons"),
    ("二(一)", ("光伏", "脱贫人数"), "不少于15万人", "at least 150,000 persons"),
    ("二(一)", ("光伏", "增收"), "不少于3,000元", "at least 3,000 yuan"),
    ("二(二)", ("每年启动",), "100个村/年", "100 villages per year"),
    ("二(二)", ("景村共建", "贫困村"), "350个村", "350 villages"),
    ("二(二)", ("休闲农业", "贫困村"), "150个村", "150 villages"),
    ("二(二)", ("旅游专业户",), "10,000户", "10,000 households"),
    ("二(三)", ("营销队伍",), "2万人", "20,000 persons"),
    ("四(一)", ("首批搬迁",), "12.6万人", "126,000 persons"),
    ("四(一)", ("第二批搬迁",), "29.4万人", "294,000 persons"),
    ("四(二)", ("人均住房面积",), "不超过25平方米", "at most 25 square metres"),
    ("四(二)", ("人均各类投资",), "6万元", "60,000 yuan"),
    ("四(二)", ("同步搬迁", "补助"), "1.5万元", "15,000 yuan"),
    ("四(二)", ("总投资",), "约252亿元", "25.2 billion yuan"),
    ("五(一)", ("普惠性幼儿园",), "不少于85%", "at least 85 per cent"),
    ("五(一)", ("教师", "学时"), "360学时", "360 class hours"),
    ("五(三)", ("一本招生",), "不少于3%", "at least 3 per cent"),
    ("六(一)", ("就诊率",), "约90%", "about 90 per cent"),
    ("六(一)", ("村卫生室", "中医药服务"), "70%", "70 per cent"),
    ("六(三)", ("接种率",), "不少于90%", "at least 90 per cent"),
    ("七(三)", ("森林管护", "就业"), "1万人", "10,000 persons"),
    ("七(三)", ("森林管护", "带动脱贫"), "3万人", "30,000 persons"),
    ("十(一)", ("深度贫困县", "摘帽"), "3个县 · 到2019年", "3 counties · by 2019"),
    ("十(一)", ("深度贫困县", "摘帽"), "7个县 · 到2020年", "7 counties · by 2020"),
    ("十(一)", ("深度贫困村",), "206个村", "206 villages"),
    ("十(一)", ("深度贫困县", "脱贫人数"), "40.6万人", "406,000 persons"),
    ("十(二)", ("片区", "摘帽"), "22个县", "22 counties"),
    ("十(三)", ("有效灌溉率",), "60%", "60 per cent"),
    (
        "十(四)",
        ("美丽乡村",),
        "不少于1,000个村/年",
        "at least 1,000 villages per year",
    ),
]

# Ten deep-poverty counties (sec. 10(1)), by their names in both languages.
DEEP = {
    "130624": ("阜平县", "Fuping County"),
    "130722": ("张北县", "Zhangbei County"),
    "130723": ("康保县", "Kangbao County"),
    "130724": ("沽源县", "Guyuan County"),
    "130828": ("围场满族蒙古族自治县", "Weichang"),
    "130630": ("涞源县", "Laiyuan County"),
    "130826": ("丰宁满族自治县", "Fengning"),
    "130725": ("尚义县", "Shangyi County"),
    "130825": ("隆化县", "Longhua County"),
    "130727": ("阳原县", "Yangyuan County"),
}

# Box 14: eight of Zhangjiakou, two of Chengde, six of Baoding with Beijing; five of
# Chengde with Tianjin. 崇礼区 and 平泉县 by their codes of today.
BEIJING = {
    "130722",
    "130723",
    "130724",
    "130725",
    "130731",
    "130732",
    "130709",
    "130730",
    "130824",
    "130826",
    "130630",
    "130623",
    "130636",
    "130633",
    "130624",
    "130627",
}
TIANJIN = {"130825", "130881", "130821", "130822", "130828"}

# Sec. 2(2), 10(3), 7(2): named as examples, so that no other county is said not to be.
NAMED = {
    "whole_area_tourism_demonstration": {
        "130131",
        "130623",
        "130633",
        "130630",
        "130726",
        "130709",
        "130828",
    },
    "red_tourism_site": {"130131", "130624", "130426", "130633"},
    "folk_culture_brand": {"130726", "131123"},
    "general_airport": {"130828", "130722", "130624", "130533"},
    "pumped_storage": {"130826", "130633", "130725"},
    "supporting_power_source": {"130726"},
    "grassland_subsidy_around_capital": {
        "130730",
        "130732",
        "130731",
        "130822",
        "130824",
    },
}

# Year assessed and approval, as the country's list and the notices tell them.
EXITS = {
    "130631": (2016, "2017年11月", "November 2017"),  # 望都
    "130131": (2017, "2018年9月", "September 2018"),  # 平山
    "130881": (2017, "2018年9月29日", "29 September 2018"),  # 平泉
    "130125": (2018, "2019年5月", "May 2019"),  # 行唐
    "130709": (2018, "2019年5月", "May 2019"),  # 崇礼
    "130726": (2019, "2020年2月29日", "29 February 2020"),  # 蔚县
    "130722": (2019, "2020年2月29日", "29 February 2020"),  # 张北
}


def flat(node) -> str:
    """The text of a node as it stands on the page."""
    if isinstance(node, str):
        return node
    return "".join(flat(child) for child in node[2:])


@pytest.fixture(scope="module")
def cards():
    """The texts of the cards of targets, by language and section, in order."""
    edition = SimpleNamespace(package=real.package(), counties=real.counties)
    shown = board(edition)
    chapters = dict.fromkeys(target.chapter for target in shown.targets)
    return {
        language: {
            chapter: [
                flat(node)
                for node in listing(
                    shown, [t for t in shown.targets if t.chapter == chapter], language
                )[1:]
            ]
            for chapter in chapters
        }
        for language in LANGUAGES
    }


@pytest.fixture(scope="module")
def features():
    """The features of one GeoJSON of all counties."""
    made = export(real.package(), real.counties(), Selection(), detail="overview")
    found = json.loads(made.content)["features"]
    return {feature["properties"]["adcode"]: feature["properties"] for feature in found}


@pytest.fixture(scope="module", params=LANGUAGES)
def sheet(request):
    """The language and the text of a sheet of the deep-poverty counties, by exit."""
    made = draw(
        real.package(),
        real.counties(),
        Selection(all_of=("deep_poverty",)),
        language=request.param,
        theme="exit_assessed_year",
    )
    return request.param, text_of(made)


@pytest.mark.parametrize(
    ("section", "words", "zh", "en"),
    QUANTITIES,
    ids=[f"{q[0]} {q[2]}" for q in QUANTITIES],
)
def test_a_quantity_of_the_plan_stands_in_its_section(cards, section, words, zh, en):
    found = [
        place
        for place, text in enumerate(cards["zh"][section])
        if zh in text and all(word in text for word in words)
    ]
    assert found, f"{section} {words} {zh}"
    assert any(en in cards["en"][section][place] for place in found), en


def profile_of(adcode, language):
    county = real.counties().loc[adcode]
    return county_profile(real.package(), county, adcode, language, numbers=())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exit_is_told_by_the_year_assessed_and_the_approval(language):
    for adcode, (year, zh, en) in EXITS.items():
        facts = profile_of(adcode, language).facts
        text = "\n".join(f"{fact.term}: {fact.text}" for fact in facts)
        if language == "zh":
            assert f"退出年度: {year}年度退出，{zh}批准" in text
        else:
            assert f"exit assessed for {year}, approved " in text
            assert f" {en}" in text.split("approved", 1)[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pairings_and_lists_stand_in_the_profile(language):
    package = real.package()
    cities = {"zh": ("北京市", "天津市"), "en": ("Beijing", "Tianjin")}[language]
    for adcode in sorted(BEIJING | TIANJIN | {"130131", "130102"}):
        profile = profile_of(adcode, language)
        partners = [
            s.text
            for s in profile.statements()
            if s.variable == "partner" and s.is_said
        ]
        for city, own in zip(cities, (BEIJING, TIANJIN), strict=True):
            assert (city in partners) == (adcode in own), (adcode, city)
    for programme, own in {**NAMED, "deep_poverty": set(DEEP)}.items():
        name = package.programmes[programme].name(language)
        for adcode in own:
            said = profile_of(adcode, language).statements()
            standing = {s.text: s.standing for s in said}
            assert standing[name] == "yes", (programme, adcode)


def test_the_geojson_says_what_the_plan_says(features):
    assert {a for a, p in features.items() if p["deep_poverty"]} == set(DEEP)
    assert {a for a, p in features.items() if p["paired_with_beijing"]} == BEIJING
    assert {a for a, p in features.items() if p["paired_with_tianjin"]} == TIANJIN
    assert sum(p["poor_county"] for p in features.values()) == 62
    for programme, own in NAMED.items():
        named = {a for a, p in features.items() if p[programme]}
        assert named == own, programme
    for adcode, (year, _, _) in EXITS.items():
        assert features[adcode]["exit_assessed_year"] == year
        assert features[adcode]["exit_approved_year"] == year + 1
    years = [p["exit_assessed_year"] for p in features.values()]
    # The official list: 3, 11, 18 and 13 of the 45; one provincial county is reported.
    assert [years.count(year) for year in (2016, 2017, 2018, 2019)] == [3, 12, 18, 13]


def test_an_open_list_never_says_no(features):
    for programme in ("whole_area_tourism_demonstration", "general_airport"):
        rest = {p[programme] for a, p in features.items() if a not in NAMED[programme]}
        assert rest == {None}
    assert {p["deep_poverty"] for a, p in features.items() if a not in DEEP} == {False}


def test_the_sheet_names_the_ten_with_their_year(sheet):
    language, text = sheet
    plain = re.sub(r"\s+", " ", text)
    for adcode, names in DEEP.items():
        name = names[language == "en"]
        assert name in plain, name
        assert adcode in plain
    assert plain.count("2019") >= len(DEEP)
    assert {"zh": "退出年度", "en": "Year of exit (assessed)"}[language] in plain
    assert {"zh": "行唐县", "en": "Xingtang"}[language] not in plain


def test_sixty_values_and_more_were_picked():
    lists = sum(map(len, [DEEP, BEIJING, TIANJIN, EXITS, *NAMED.values()]))
    assert len(QUANTITIES) + lists >= 60

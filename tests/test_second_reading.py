"""A second reader's second reading: places where a value could mislead, in all forms.

As in :mod:`tests.test_as_shown` nothing is taken from the tables: each expectation was
typed from the plan, from a report, or from a volume of the census, and is looked for in
a profile, in a GeoJSON and on a printed sheet, in both languages.
"""

import json
import re
from types import SimpleNamespace

import pytest

from geo.language import LANGUAGES, speaker
from layers.edition.served import SERVED
from layers.facts import date_texts
from layers.facts.territory import ground_notes
from layers.facts.value_texts import missing_text
from layers.files.export import export
from layers.own.joined import join
from layers.own.reading import Sheet, Upload
from layers.own.register import places_of
from layers.own.variables import own_facts
from layers.profile.county_profile import county_profile
from layers.select.choices import Choices
from layers.select.contrast import contrast
from layers.select.selection import Selection
from layers.select.targets import targets
from layers.select.totals import totals
from layers.sheet.facts import Facts, definition_shown
from layers.sheet.sheet import draw
from layers.themes.open_lists import open_lists
from layers.webmap.map_state import map_state
from tests import real
from tests.pictures import text_of
from tests.readings import CENSUS, GOALS, NAMES, NO_CHANGE, SAID, TOTALS, TWINS
from views.pages import about
from views.pages import county_related as related
from views.pages.county_card import county_card
from views.pages.target_cards import board, listing

NUMBERS = {"population_2010", "population_2020"}


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
    return re.sub(r"\s+", " ", text_of(drawn))


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


@pytest.mark.parametrize(
    ("adcode", "is_sure"), [("130582", False), ("130202", False), ("130207", True)]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_ground_that_may_have_moved_before_the_census_is_said_to_perhaps(
    adcode, is_sure, language
):
    """沙河城镇 and 稻地镇 changed hands between 2006 and 2015, nobody says when."""
    profile = county_profile(
        real.package(), real.counties().loc[adcode], adcode, language, NUMBERS
    )
    (people,) = (s for s in profile.statements() if s.variable == "population_2020")
    told = " ".join([people.text, *people.notes, *(p.note for p in profile.sections)])
    perhaps = {
        "zh": ("区域可能不同", "其间行政区域可能有变动"),
        "en": ("perhaps another territory", "may have changed since"),
    }
    surely = {"zh": "区域不同", "en": "another territory"}
    for words in perhaps[language]:
        assert (words in told) != is_sure
    assert (surely[language] in told.replace(perhaps[language][0], "")) == is_sure


@pytest.mark.parametrize(("adcode", "variable", "number"), CENSUS)
def test_a_number_of_the_census_is_that_of_the_volume(
    features, adcode, variable, number
):
    assert features[adcode][variable] == number


@pytest.mark.parametrize("adcode", NO_CHANGE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_change_is_told_of_people_on_another_ground(adcode, language):
    profile = county_profile(
        real.package(), real.counties().loc[adcode], adcode, language, NUMBERS
    )
    (people,) = (s for s in profile.statements() if s.variable == "population_2020")
    told = " ".join([*people.notes, *(part.note for part in profile.sections)])

    assert {"zh": "不可比", "en": "o comparison"}[language] in told
    assert "%" not in told


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
    """Of one zone of 2020 no list says whose ground it is: 沧州高新区, 14,953."""
    package, counties = real.package(), real.counties()
    (every,) = contrast(package, counties, [list(counties.index)])["population"]
    assert [zone.number for zone in every.zones] == [14953]
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


@pytest.mark.parametrize("shown", ["exit_assessed_year", "exit_approved_year"])
def test_whatever_date_of_an_exit_is_shown_the_part_that_left_later_is_said(shown):
    """By 2019-05 not all of 涿鹿 was out: 赵家蓬 was approved on 29 February 2020."""
    package = real.package()
    for language, day in (("zh", "2020年2月29日"), ("en", "29 February 2020")):
        (told,) = ground_notes(package, [shown], ["130731"], speaker(language))
        assert "赵家蓬区" in told
        assert day in told
    both = ["exit_assessed_year", "exit_approved_year"]
    assert len(ground_notes(package, both, ["130731"], speaker("zh"))) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_beside_the_map_says_whose_ground_the_list_means(language):
    """The year of exit of 宣化区 is that of the list's 宣化县."""
    shown = board(SimpleNamespace(package=real.package(), counties=real.counties))
    note = {"zh": "来源所指与现行范围不同", "en": "the source means another than today"}
    for adcode, times in (("130705", 1), ("130708", 0)):
        card = county_card(shown, real.counties(), adcode, language)
        classes = [node[1].get("class") for node in card]
        below = card[classes.index("atlas-headlines") + 1]
        assert flat(below).count(note[language]) == times


RUN_BY_ANOTHER = {"130628": "龙化乡", "130632": "龙化乡"} | dict.fromkeys(
    ("130638", "130982"), "鄚州"
)


@pytest.mark.parametrize("adcode", RUN_BY_ANOTHER)
def test_townships_run_by_another_county_part_the_two_censuses(adcode):
    """Gaoyang's bulletin of 2020 leaves Longhua out and compares with 317,866.

    The volume of 2010 has 345,160 for the county, Longhua in it: a fall by 7.6 per cent
    would be one of ground, not of people.
    """
    package, counties = real.package(), real.counties()
    assert counties.at[adcode, "population_2010"] > 300_000  # as it is drawn
    assert counties.at[adcode, "population_2020"] > 300_000
    profile = county_profile(package, counties.loc[adcode], adcode, "zh")
    said = [line.line(speaker("zh")) for line in profile.statements()]
    moved, *_ = [line for line in said if RUN_BY_ANOTHER[adcode] in line]
    assert "2018年4月" in moved and "界线仍在" in moved
    (people,) = [line for line in said if line.startswith("常住人口：")]
    # Once above all figures of the censuses, not under each.
    (census,) = [part for part in profile.sections if part.folded]
    assert "不可比" in census.note and "变化" not in people
    assert RUN_BY_ANOTHER[adcode] in people and "图上界线和面积" in people
    (one,) = contrast(package, counties, [[adcode]])["population"]
    assert one.change is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_and_sheets_say_that_numbers_of_2020_are_of_another_ground(language):
    """A county's density would be of people here and there by the area of here."""
    package, counties = real.package(), real.counties()
    words = {"zh": "图上界线和面积", "en": "the boundary and area shown have it in"}
    made = export(package, counties, Selection(), format="geojson", language=language)
    told = json.loads(made.content)
    noted = {
        f["properties"]["adcode"]: [
            one["variable"]
            for one in f["properties"]["evidence"]
            if words[language] in (one["detail"] or "")
        ]
        for f in told["features"]
    }
    assert {adcode for adcode, own in noted.items() if own} == set(RUN_BY_ANOTHER)
    numbers = {v.id for v in package.variables.values() if v.kind == "number"}
    assert all(v.endswith("2020") for own in noted.values() for v in own)
    assert numbers.issuperset(v for own in noted.values() for v in own)
    notes = told["metadata"]["other_territory"][language]
    said = [note for note in notes if words[language] in note]
    for adcode in RUN_BY_ANOTHER:
        name = package.divisions.called(adcode, language)
        assert len([note for note in said if name in note.partition("2018")[0]]) == 1
    # Two districts that were united are added up: that is the ground of today.
    assert not [n for n in notes if package.divisions.called("130606", language) in n]
    for theme, is_said in (("population_2020", True), ("population_2010", False)):
        facts = Facts(
            package=package,
            counties=counties,
            selection=Selection(),
            language=language,
            theme=theme,
        )
        assert (words[language] in definition_shown(facts)) == is_said


def test_a_pairing_that_is_only_reported_is_drawn_and_counted_as_that():
    """Box 14 of the plan names eight counties of 张家口市; three more are reported."""
    package, counties = real.package(), real.counties()
    selection = Selection(prefectures=("130700",))
    state = map_state(package, counties, selection, theme="partner", language="en")
    told = {line["name"]: line["count"] for line in state["legend"]}
    assert told["Beijing"] == "8 counties"
    assert told["Beijing: reported only"] == "3 counties"
    drawn = {county: level for _, county, level in state["lines"]}
    assert {c for c, level in drawn.items() if level == "reported"} == {
        *("130705", "130708", "130728")
    }
    assert len(drawn) == 11


@pytest.mark.parametrize(
    ("adcode", "by_plan", "by_others"),
    [("130634", 0, 1), ("130822", 1, 1), ("130826", None, 1)],
)
def test_a_place_that_others_put_in_a_county_is_not_named_there_by_the_plan(
    adcode, by_plan, by_others
):
    """The plan has 曲港高速 and G234 by name alone."""
    edition = SimpleNamespace(package=real.package())
    heads = [
        node[2] for node in related.places(edition, adcode, "zh") if node[0] == "h2"
    ]
    text = " ".join(heads)
    assert f"据公开资料对应到本县的地点和项目：{by_others}个" in text
    if by_plan is not None:
        assert ("规划在本县列明的地点和项目" in text) == bool(by_plan)


def test_who_may_belong_but_for_the_year_is_told_from_who_may_not_be_meant_at_all():
    """Of 27 counties of Heilonggang twelve have no year; 内丘 may be none of the 27."""
    selection, rejected = Selection.from_query(
        "all=contiguous_heilonggang&exit_approved_year=2018",
        Choices.of(real.package()),
    )
    assert not rejected
    text = " ".join(open_lists(real.package(), selection, "en"))
    assert "3 more lie within it" in text
    assert "9 more counties may belong; " in text
    assert "1 more county may belong, of which it is not known either" in text


def test_who_left_no_later_than_a_year_left_within_the_years_of_the_plan():
    """枣强县 and 故城县 remain for 2018 or before; none left before the plan began."""
    package = real.package()
    told = {}
    for asked in ("2016..2018", "..2018", "2017..2018"):
        selection, _ = Selection.from_query(
            f"exit_assessed_year={asked}", Choices.of(package)
        )
        (told[asked],) = open_lists(package, selection, "en")
    assert "16 more lie within it" in told["2016..2018"]
    assert told["2016..2018"] == told["..2018"]
    assert "14 more lie within it" in told["2017..2018"]
    assert "2 more counties may belong" in told["2017..2018"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "16个县没有确定的数据"), ("en", "16 without a sure value")],
)
def test_a_date_says_of_whom_it_is_not_known_and_to_whom_it_does_not_apply(
    language, words
):
    package = real.package()
    year = package.variables["exit_assessed_year"]
    text = missing_text(package, year, language)
    assert words in text and year.missing(language) in text
    assert "105" in text
    kind = missing_text(package, package.variables["category"], language)
    assert "105" in kind and "62" not in kind


def test_grassland_wardens_are_of_the_counties_that_box_13_names():
    """Box 12 speaks of pastoral counties, of the ban's subsidy and the reward only."""
    own = {
        target.id: target.scopes[0]
        for target in targets(real.package())
        if target.scopes[0] in {"pastoral_county", "grassland_subsidy_poor_county"}
    }
    wardens = {i for i, scope in own.items() if scope != "pastoral_county"}
    assert wardens == {"T169", "T170", "T171", "T341"}
    assert {*own} - wardens == {"T162", "T163", "T164"}


def test_twice_sixty_more_values_were_picked():
    assert sum(map(len, [SAID, GOALS, NAMES, TWINS, CENSUS, TOTALS])) >= 120


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_county_page_says_how_much_has_no_list_by_county(language):
    """Every poor county has poor villages and registered poor (sec. 1(3)); of the 340
    statements of the plan 90 mean such scopes, and no county page counts them."""
    told = "".join(map(flat, related.targets(SERVED.edition(), "130531", language)))
    beyond = {"zh": "没有分县名单", "en": "no list by county"}
    assert beyond[language] in told
    assert ("贫困村" if language == "zh" else "poor villages") in told
    numbers = [int(n) for n in re.findall(r"\d+", told.split(beyond[language])[0])]
    assert numbers[-2:] == [83, 7]


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_figures_of_another_territory_say_so_where_they_are_shown(language):
    """517,073 people of 2010 are those of Funing with four towns more than today."""
    upload = Upload(
        name="own.csv",
        format="csv",
        encoding="utf-8",
        sheets=(
            Sheet(
                name=None,
                visible=True,
                rows=(["县名", "人口2010"], ["抚宁县", "517073"], ["蔚县", "424180"]),
                merged=(),
            ),
        ),
    )
    package = real.package()
    facts = own_facts(join(upload, places_of(package)), package.divisions)
    package = package.with_variables(facts)
    (own,) = [v for v in package.variables.values() if v.own]
    told = ground_notes(
        package, [own.id], [*package.divisions.of_level("county")], speaker(language)
    )
    name = package.divisions.called("130306", language)
    (line,) = told
    assert name in line and "人口2010" in line and "2015" in line


@pytest.mark.parametrize(
    ("adcode", "zone", "people"),
    [
        ("130502", "河北邢台经济开发区", "182,585"),  # beside ground that was received
        ("130403", "邯郸经济技术开发区", "294,436"),
        ("130802", "承德高新技术产业开发区", "135,375"),
        ("130202", "河北唐山芦台经济开发区", "43,558"),
    ],
)
def test_a_county_says_whose_people_on_its_ground_its_figures_leave_out(
    adcode, zone, people
):
    """Zones counted apart in 2020, with the people of the volume by county."""
    package, counties = real.package(), real.counties()
    profile = county_profile(package, counties.loc[adcode], adcode, "zh")
    fact = next(f for f in profile.facts if f.variable == "population_2020")
    line = next(s for s in profile.statements() if s.variable == "population_2020")
    for told in (fact.told, line.line(speaker("zh"))):
        assert zone in told and f"（{people}人）" in told
        assert "2020年另有单独统计、未计入" in told
    census = next(part for part in profile.sections if part.folded)
    assert zone in census.note and "不可比" in census.note


def test_a_county_without_a_zone_says_nothing_of_zones():
    assert "单独统计" not in spoken("130732", "zh")

"""What a county was: ground that moved is told, and a part is no follower."""

import csv
import re

import pytest

from geo.folders import attributes_folder
from geo.language import LANGUAGES
from layers.profile.county_profile import county_profile
from layers.profile.statements import NAMES
from layers.select.comparison import county_lines
from tests import real


def rows(table):
    path = attributes_folder() / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def profile(adcode, language="zh"):
    county = real.counties().loc[adcode]
    return county_profile(real.package(), county, adcode, language, numbers=())


def past(adcode, language="zh"):
    sections = profile(adcode, language).sections
    return [one for s in sections if s.id == NAMES for one in s.statements]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_of_territory_is_told_by_both_sides(language):
    for row in rows("territory_changes"):
        for side in ("from", "to"):
            adcode = row[f"{side}_adcode"]
            if adcode not in real.counties().index:
                continue
            told = [
                s for s in past(adcode, language) if row[f"what_{language}"] in s.text
            ]
            assert told, row
            assert told[0].evidence[0].sources == tuple(row["source"].split(";"))
            terms = [fact.term for fact in profile(adcode, language).facts]
            assert {"zh": "行政区域变动", "en": "Territory changed"}[language] in terms


def test_a_county_whose_ground_never_moved_says_nothing_of_it():
    assert past("130722") == []
    assert "行政区域变动" not in [fact.term for fact in profile("130722").facts]


@pytest.mark.parametrize("adcode", ["130629", "130632", "130638"])
def test_the_code_of_the_body_that_runs_a_county_is_told_with_its_source(adcode):
    (code,) = [one for one in past(adcode) if "133100" in one.text]

    assert code.text == "河北雄安新区的统计用代码：133100"
    assert code.evidence[0].sources == ("S70",)
    assert not [one for one in past("130682") if "统计用代码" in one.text]


def test_of_a_division_that_was_split_only_a_part_is_here():
    for row in rows("crosswalk"):
        terms = [
            f.term for f in profile(row["adcode"]).facts if row["former_name"] in f.text
        ]
        assert terms
        expected = "部分地域原属" if row["kind"] == "split" else "曾用名"
        assert expected in terms, row


def test_a_name_of_the_past_shows_the_approval_then_the_lists():
    (fact,) = [f for f in profile("130709").facts if f.term == "曾用名"]

    assert fact.text == (
        "崇礼县（130733），2016年1月7日批准变更，2016年7月起不再列入代码表"
    )


def test_in_english_no_name_of_the_past_is_in_chinese_only():
    for row in rows("crosswalk"):
        told = [
            s.text for s in past(row["adcode"], "en") if row["former_name"] in s.text
        ]
        assert told, row
        for text in told:
            before = text.split(row["former_name"])[0]
            assert re.search(r"[a-z] (County|District|City) $", before), text


def test_lists_and_dates_of_another_ground_say_so():
    """宣化区 of today is most of 宣化县, which the list of 2012 and the exit mean."""
    note = "行政区域有过变动（2016年1月7日），来源所指与现行范围不同。"
    said = {s.variable: s.notes for s in profile("130705").statements() if s.is_said}

    assert note in said["poor_county"]
    assert note in said["exit_assessed_year"]
    headlines = {f.variable: f.note for f in profile("130705").facts}
    assert headlines["category"] == headlines["exit_assessed_year"] == note
    assert headlines["population_2020"] == ""
    assert {f.note for f in profile("130723").facts} == {""}
    same = [s for s in profile("130722").statements() if note[:8] in "".join(s.notes)]
    assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_says_whose_territory_changed(language):
    found = county_lines(
        real.package(), real.counties(), ["130427", "130722"], language
    )
    head = {"zh": "行政区域变动", "en": "Territory changed"}[language]
    (line,) = [line for line in found if line.head == head]
    day = {"zh": "2016年9月14日", "en": "14 September 2016"}[language]

    assert line.texts == (day, "–")
    unmoved = county_lines(real.package(), real.counties(), ["130722"], language)
    assert head not in [line.head for line in unmoved]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_tells_an_exit_once_and_whole(language):
    found = county_lines(
        real.package(), real.counties(), ["130125", "130102"], language
    )
    told = {
        "zh": "2018年度退出，2019年5月批准",
        "en": "exit assessed for 2018, approved in May 2019",
    }[language]

    assert [line.texts for line in found if told in line.texts] == [(told, "–")]

"""Values in words: with their unit, as surely as they are known, in both languages."""

from dataclasses import replace
from math import inf

import pytest

from geo.language import speaker
from layers.facts.date_texts import span_text
from layers.facts.value_texts import (
    STANDINGS,
    cell_text,
    class_text,
    number_text,
    range_text,
    value_text,
)
from layers.facts.values import Span

ZHANGBEI, GUYUAN, CHANGAN, NOBODY = "130722", "130724", "130102", "130127"


@pytest.fixture(scope="module")
def cell(made_up_package, made_up_counties, made_up):
    def said(kind, adcode, language="en"):
        variable = made_up_package.variables[made_up[kind]]
        return cell_text(
            made_up_package, variable, made_up_counties.loc[adcode], language
        )

    return said


def test_a_cell_is_said_by_the_kind_of_its_variable(cell):
    assert cell("membership", ZHANGBEI) == "yes"
    assert cell("category", GUYUAN) == "made-up middle"
    assert cell("category", GUYUAN, "zh") == "编造的middle"
    assert cell("number", GUYUAN) == "33.25 per cent"
    assert cell("number", GUYUAN, "zh") == "33.25%"
    assert cell("date", GUYUAN) == "2013"
    assert cell("relation", ZHANGBEI) == "Beijing, Tianjin"
    assert cell("relation", ZHANGBEI, "zh") == "北京市、天津市"


def test_a_cell_of_which_nothing_is_known_is_empty_but_a_programme_says_so(cell):
    for kind in ("category", "number", "date", "relation"):
        assert cell(kind, NOBODY) == ""
    assert cell("membership", NOBODY) == "not said"
    assert cell("membership", NOBODY, "zh") == "未说明"


def test_a_whole_list_says_no(package, counties):
    poor = package.variables["poor_county"]

    assert cell_text(package, poor, counties.loc[CHANGAN], "en") == "no"
    assert set(STANDINGS) == {"yes", "no", "not_said", "reported"}


def test_zero_is_a_number_and_not_a_gap(cell):
    assert cell("number", "130723") == "0 per cent"


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        (None, ""),
        ((-inf, 40), "40 per cent at most"),
        ((12.5, inf), "12.5 per cent at least"),
        ((12.5, 40), "12.5 to 40 per cent"),
    ],
)
def test_a_range_says_which_end_is_open(made_up_package, made_up, limits, text):
    variable = made_up_package.variables[made_up["number"]]

    assert range_text(made_up_package, variable, limits, "en") == text


def test_years_have_no_separators_and_numbers_of_no_known_unit_no_unit(
    made_up_package, made_up
):
    year = made_up_package.variables[made_up["date"]]
    rate = made_up_package.variables[made_up["number"]]

    assert number_text(made_up_package, year, 2013.0, "en") == "2013"
    assert number_text(made_up_package, rate, 7366, "en") == "7,366 per cent"
    strange = replace(rate, unit="made-up unit")
    assert number_text(made_up_package, strange, 7366, "en") == "7,366"


def test_a_span_says_what_is_not_known():
    say = speaker("en")

    assert span_text(Span("2019-05", "2019-05"), say) == "May 2019"
    assert span_text(Span("2018", "2019"), say) == "2018 or 2019"
    assert span_text(Span("", "2019"), say) == "2019 or before"


def test_a_date_says_how_surely_and_of_what_part_it_is_known(made_up_package, made_up):
    say = speaker("en")
    variable = made_up_package.variables[made_up["date"]]
    (told,) = made_up_package.values_by_county(variable.id)[GUYUAN]

    def said(**about) -> str:
        return value_text(made_up_package, variable, replace(told, **about), say)

    assert said() == "2013"
    assert said(confidence="inferred") == "2013 (inferred)"
    part = said(of_part=True, published_name="某区")
    assert part == "某区, a part of this county: 2013"


def test_a_value_is_said_by_the_kind_of_its_variable(made_up_package, made_up):
    def said(kind, adcode):
        variable = made_up_package.variables[made_up[kind]]
        own = made_up_package.values_by_county(variable.id)[adcode]
        say = speaker("en")
        return say.series(value_text(made_up_package, variable, v, say) for v in own)

    assert said("membership", ZHANGBEI) == "yes"
    assert said("category", ZHANGBEI) == "made-up high"
    assert said("number", CHANGAN) == "12.5 per cent"
    assert said("date", CHANGAN) == "2001"
    assert said("relation", ZHANGBEI) == "Beijing, Tianjin"


def test_classes_have_names_also_programmes_and_years(package):
    partner = package.variables["partner"]
    year = package.variables["exit_approved_year"]
    category = package.variables["category"]

    assert class_text(package, partner, "110000", "en") == "Beijing"
    assert class_text(package, partner, "110000", "zh") == "北京市"
    assert class_text(package, year, "2018", "en") == "2018"
    for known in category.classes:
        assert class_text(package, category, known.value, "zh") == known.name_zh


def test_a_class_whose_code_is_also_an_adcode_keeps_its_own_name(package):
    category = package.variables["category"]
    first = replace(category.classes[0], value="110000")
    strange = replace(category, classes=(first,))

    assert class_text(package, strange, "110000", "en") == first.name_en

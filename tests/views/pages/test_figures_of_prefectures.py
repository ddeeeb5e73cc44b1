"""Totals by prefecture as shown and downloaded; what became of a target."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from geo.language import LANGUAGES, speaker
from layers.select.apart import run_apart, without
from layers.select.totals import totals
from tests import real
from views.pages.statistics_figures import totals_as_table, totals_table
from views.pages.target_cards import board, box_name, listing

# What the script of AppTest cannot import by itself is imported in the function.


def statistics(language):
    import streamlit as st

    from layers.edition.served import SERVED
    from views.frame import session as state
    from views.pages import statistics as statistics_page

    state.restore(SERVED.edition())
    if "told" not in st.session_state:
        st.session_state.told = True
        state.speak(language)
    statistics_page.show()


def flat(node):
    if isinstance(node, str):
        return node
    return "".join(flat(child) for child in node[2:])


def lines(node):
    """The rows of a table as lists of texts."""
    if node[0] == "tr":
        return [[flat(cell) for cell in node[2:]]]
    return [
        line for child in node[2:] if isinstance(child, list) for line in lines(child)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("section", "tables"), [("prefectures", 1), ("figures", 2)])
def test_the_sections_offer_their_tables(section, tables, language):
    app = AppTest.from_function(statistics, args=(language,), default_timeout=60).run()
    sections = next(
        group for group in app.get("button_group") if group.key == "statistics_section"
    )
    sections.set_value(section)
    app.run()

    assert not app.exception
    said = [button.label for button in app.get("download_button")]
    assert said == [speaker(language)("Download the table as CSV")] * tables


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prefecture_stands_twice_where_others_run_some_of_its_counties(language):
    package, say = real.package(), speaker(language)
    shown = SimpleNamespace(package=package, say=say, language=language)
    head, *rows = lines(totals_table(shown, package.variables["population_2020"]))
    names = [row[0] for row in rows]

    for prefecture, apart in run_apart(package).items():
        division = package.divisions[prefecture]
        place = names.index(say.pick(division.name, division.name_en))
        assert names[place + 1] == without(package, prefecture, say)
        assert int(rows[place][1]) - int(rows[place + 1][1]) == len(apart)
    assert len(rows) == 11 + len(run_apart(package)) + 1
    assert len(head) == len(rows[0])


def test_the_download_has_what_is_shown():
    package = real.package()
    variable = package.variables["population_2020"]
    table = totals_as_table(package, [variable])
    found = totals(package, variable)

    assert [*table["adcode"]] == [total.adcode for total in found]
    assert [*table["together"]] == [total.number for total in found]
    assert [*table["left_out"]] == [";".join(total.left_out) for total in found]


@pytest.fixture(scope="module")
def cards():
    edition = SimpleNamespace(package=real.package(), counties=real.counties)
    return board(edition)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_what_became_of_the_target(cards, language):
    (three,) = [t for t in cards.targets if t.id == "T227"]
    text = flat(listing(cards, [three], language)[1])

    happened = {
        "zh": "实际情况退出年度：截至2019年底，10个县中有10个"
        "退出批准年份：截至2019年底，10个县中有0个；此后10个",
        "en": "What happenedYear of exit (assessed): 10 of 10 counties by the end of "
        "2019Year the exit was approved: 0 of 10 counties by the end of 2019; 10 later",
    }
    assert happened[language] in text


def test_boxes_have_the_titles_of_the_plan(cards):
    assert len(cards.boxes) == 22
    assert box_name(cards, 14, "zh").endswith("京津对口帮扶及携手奔小康行动")
    assert box_name(cards, 18, "zh").endswith("张承坝上等10个深度贫困县定点帮扶制度")
    assert box_name(cards, 6, "en") == "Box 6: Relocation for poverty alleviation"
    used = {box for target in cards.targets for box in target.boxes}
    assert used <= set(cards.boxes)

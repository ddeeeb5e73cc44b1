"""The pages of plan targets and about the data run, in both languages."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from geo.language import LANGUAGES
from layers.edition.served import SERVED
from layers.facts import inventory
from layers.select.targets import Filter
from layers.webmap.script_files import asset
from views.frame.page_parts import LONGEST
from views.pages import about as about_page
from views.pages import target_cards
from views.pages import targets as targets_page

TAGS = {"swatch"}
for line in asset("page/panel-view.js").decode().splitlines():
    TAGS |= {part for part in line.split('"') if part.isalnum() and len(part) < 8}

each_language = pytest.mark.parametrize("language", LANGUAGES)


def texts(nodes) -> list[str]:
    """All text of nodes, and a check that the panel knows every tag."""
    found = []
    for node in nodes:
        if isinstance(node, str):
            found.append(node)
        else:
            tag, attributes, *children = node
            assert tag in TAGS, tag
            assert isinstance(attributes, dict)
            found += texts(children)
    return found


def tags(nodes, wanted: str) -> list[list]:
    found = []
    for node in nodes:
        if not isinstance(node, str):
            found += [node] if node[0] == wanted else []
            found += tags(node[2:], wanted)
    return found


def targets_script(language: str) -> None:
    import streamlit as st

    from layers.edition.served import SERVED
    from views.frame import session as state
    from views.pages import targets as targets_page

    if "restored" not in st.session_state:
        st.query_params["lang"] = language
    state.restore(SERVED.edition())
    targets_page.show()


def about_script(language: str) -> None:
    import streamlit as st

    from layers.edition.served import SERVED
    from views.frame import session as state
    from views.pages import about as about_page

    if "restored" not in st.session_state:
        st.query_params["lang"] = language
    state.restore(SERVED.edition())
    about_page.show()


@pytest.fixture(scope="module")
def board():
    return target_cards.board(SERVED.edition())


def run(script, language: str) -> AppTest:
    return AppTest.from_function(script, args=(language,), default_timeout=60).run()


@each_language
def test_the_targets_page_runs_and_filters(language):
    page = run(targets_script, language)
    assert not page.exception
    assert len(page.multiselect) == 4

    page.multiselect(key="targets_sectors").set_value(["health"]).run()
    assert not page.exception
    assert page.multiselect(key="targets_sectors").value == ["health"]


@pytest.mark.parametrize("text", ["x" * 10_000, "<img src=x onerror=alert(1)>", "😀"])
def test_any_search_text_is_answered(text):
    page = run(targets_script, "en")
    page.text_input(key="targets_text").set_value(text).run()

    assert not page.exception
    # No longer than a link bears; a browser lets nobody type more.
    assert page.text_input(key="targets_text").value == text[:LONGEST]


def test_filters_survive_a_change_of_language():
    page = run(targets_script, "en")
    page.multiselect(key="targets_years").set_value([2020]).run()
    for language in ("zh", "en"):
        page.session_state["language"] = language
        page.run()

        assert not page.exception
        chosen = page.multiselect(key="targets_years")
        assert chosen.value == [2020]
        # A browser knows the choice by its label: it must be sent in this language.
        assert chosen.proto.set_value


@each_language
def test_table_1_comes_first_with_an_evidence_mark_a_row(board, language):
    nodes = target_cards.headline(board, language)
    rows = tags(tags(nodes, "tbody"), "tr")

    assert len(rows) == 11
    assert [len(tags(row[2:], "details")) for row in rows] == [1] * 11
    assert texts(nodes)


@each_language
def test_every_card_says_whom_the_plan_names_or_that_it_names_nobody(board, language):
    nobody = {
        "zh": "责任或出资主体：本条未点名",
        "en": "This clause of the plan names nobody who acts or pays",
    }[language]
    named = {
        "zh": "责任或出资主体（规划点名）：",
        "en": "Who acts or pays, as the plan names it: ",
    }
    for target in board.targets:
        (_, card) = target_cards.listing(board, [target], language)
        text = json.dumps(card, ensure_ascii=False)
        names = target.responsible(language)
        assert (named[language] + names in text) if names else (nobody in text)


@each_language
def test_every_target_has_a_card_with_evidence_and_scope(board, language):
    nodes = target_cards.listing(board, board.targets, language)
    marks = tags(nodes, "details")
    links = [button[1]["send"] for button in tags(nodes, "button")]
    named = [scope for target in board.targets for scope in target.scopes]

    assert len(marks) == len(board.targets)
    assert links == [["scope", scope] for scope in named if scope in board.counties]
    assert "None" not in " ".join(texts(nodes))


def test_a_partial_scope_says_how_many_are_named(board):
    relocation = [t for t in board.targets if "relocation" in t.scopes]
    nodes = target_cards.listing(board, relocation[:1], "en")

    assert "10 counties that are known, of 38" in " ".join(texts(nodes))


@each_language
def test_an_empty_result_offers_to_drop_each_part(board, language):
    asked = Filter(sectors=("health",), text="y" * 10_000)
    nodes = targets_page.summary(board, asked, (), language)
    sent = [button[1]["send"] for button in tags(nodes, "button")]

    assert sent == [["drop", "sectors"], ["drop", "text"]]
    assert len(" ".join(texts(nodes))) < 500


def test_fifty_cards_are_a_light_message(board):
    nodes = target_cards.listing(board, board.targets[: targets_page.PAGE_SIZE], "zh")

    assert len(json.dumps(nodes, ensure_ascii=False).encode()) < 100_000


@each_language
def test_the_about_page_runs_section_by_section(language):
    page = run(about_script, language)
    assert not page.exception
    for section in about_page.SECTIONS:
        page.pills(key="about_section").set_value(section).run()
        assert not page.exception


@each_language
@pytest.mark.parametrize("section", about_page.SECTIONS)
def test_every_section_has_text(package, language, section):
    text = " ".join(texts(about_page.SECTIONS[section][1](package, language)))

    assert len(text) > 100
    assert "None" not in text
    assert "nan" not in text.split()


def test_the_dictionary_has_every_table_and_field(package):
    text = texts(about_page.dictionary(package, "zh"))

    for table in package.descriptions.values():
        assert any(table.path in part for part in text)
        assert set(table.columns) <= set(text)


def test_relocation_is_told_apart(package):
    text = " ".join(texts(about_page.outside(package, "en")))

    assert "counted 38 · named 10 · with outside evidence only 7" in text
    assert text.count("[E") >= 19


@each_language
def test_the_gaps_name_what_is_not_known(package, language):
    text = " ".join(texts(about_page.gaps(package, language)))

    for words in ("38", "28", "36", "27", "206"):
        assert words in text
    for variable in package.variables.values():
        undated = [
            value
            for value in inventory.undated(package, variable)
            if variable.kind == "date" and not value.of_part
        ]
        if undated or not (variable.is_programme or variable.is_whole):
            assert variable.name(language) in text
        if undated:
            assert str(len(undated)) in text
    for county in ("张北县", "怀来县", "顺平县", "易县", "唐县"):
        assert county in text


def test_every_source_is_on_the_page(package):
    text = " ".join(texts(about_page.sources(package, "zh")))

    assert all(source in text for source in package.sources)

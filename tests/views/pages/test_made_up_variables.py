"""A variable that is only rows of the tables is on every page, whatever its kind."""

import json
from types import SimpleNamespace

import pytest

from geo.language import LANGUAGES, speaker
from layers.facts.date_texts import date_text
from layers.select import comparison
from layers.select.selection import Selection, members
from layers.select.summaries import summarise
from views.pages import about, statistics_variables
from views.pages.county import page_parts
from views.pages.statistics_board import Board

each_language = pytest.mark.parametrize("language", LANGUAGES)

COUNTY = "130722"
"""Has a value of every made-up variable, and two partners."""


def said(nodes) -> str:
    return json.dumps(nodes, ensure_ascii=False)


@pytest.fixture(scope="module")
def made_up(made_up_package):
    found = [v for v in made_up_package.variables.values() if v.group == "made_up"]
    assert {v.kind for v in found} == {
        "membership",
        "category",
        "number",
        "date",
        "relation",
    }
    return found


def board_of(package, counties, selection, language):
    chosen = counties.loc[selection.apply(counties)]
    inside = members(chosen, [*package.programmes]).any(axis=0)
    there = zip(package.programmes.values(), inside, strict=True)
    return Board(
        package,
        counties,
        selection,
        language,
        speaker(language),
        chosen,
        tuple(p for p, some in there if some),
    )


@pytest.fixture
def board(made_up_package, made_up_counties, language):
    return board_of(made_up_package, made_up_counties, Selection(), language)


@pytest.fixture
def summaries(board):
    return {
        v.id: summarise(board.package, v, board.counties, board.chosen.index)
        for v in board.package.variables.values()
    }


@each_language
def test_in_the_profile_of_a_county(
    made_up_package, made_up_counties, made_up, language
):
    edition = SimpleNamespace(
        package=made_up_package, counties=lambda: made_up_counties
    )
    text = said(page_parts(edition, COUNTY, language))

    for variable in made_up:
        assert variable.name(language) in text
    for code in ("110000", "120000"):
        partner = made_up_package.divisions[code]
        assert speaker(language).pick(partner.name, partner.name_en) in text


@each_language
def test_in_the_comparison(made_up_package, made_up_counties, made_up, language):
    shown = [v for v in made_up if made_up_package.values_by_county(v.id)]
    lines = comparison.county_lines(
        made_up_package, made_up_counties, [COUNTY, "130102"], language
    )
    assert {v.name(language) for v in shown} <= {line.head for line in lines}

    both = [
        comparison.summed(made_up_package, made_up_counties, codes)
        for codes in ([COUNTY, "130102"], ["130723"])
    ]
    lines = comparison.selection_lines(made_up_package, both, language)
    assert {v.name(language) for v in shown} <= {line.head for line in lines}


@each_language
def test_on_the_page_about_the_data(made_up_package, made_up, language):
    text = said(about.variables(made_up_package, language))
    for variable in made_up:
        assert variable.name(language) in text
        assert variable.definition(language) in text
        assert variable.missing(language) in text
    (date,) = (v for v in made_up if v.kind == "date")
    text = said(about.dates(made_up_package, language))
    assert date.name(language) in text
    for value in made_up_package.values:
        if value.variable == date.id:
            division = made_up_package.divisions[value.adcode]
            assert division.name in text
            assert date_text(value.value.latest, speaker(language)) in text
    (relation,) = (v for v in made_up if v.kind == "relation")
    # No district is known of either partner: that is a gap of this relation too.
    assert relation.name(language) in said(about.gaps(made_up_package, language))


@each_language
def test_in_the_statistics(board, summaries, made_up, language):
    standings = said(statistics_variables.standings_table(board, summaries))
    others = said(statistics_variables.others(board, summaries))
    table = statistics_variables.as_table(board, summaries)
    for variable in made_up:
        where = standings if variable.is_programme else others
        shown = variable.short if variable.is_programme else variable.name
        assert shown(language) in where
        assert variable.id in set(table["variable"])


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(any_of=("poor_county",)),
        Selection(none_of=("poor_county",), prefectures=("130100",)),
    ],
)
def test_what_is_known_of_a_programme_adds_up(
    made_up_package, made_up_counties, selection, language
):
    board = board_of(made_up_package, made_up_counties, selection, language)
    summaries = {
        v.id: summarise(board.package, v, board.counties, board.chosen.index)
        for v in board.package.variables.values()
    }
    _, _, head, body = statistics_variables.standings_table(board, summaries)
    rows = body[2:]

    assert len(rows) == len(made_up_package.programmes)
    assert len(head[2]) == 2 + 5  # "tr", attributes, programme and four standings
    for programme, row in zip(made_up_package.programmes, rows, strict=True):
        cells = [cell[2] for cell in row[3:]]
        counts = [int(c if isinstance(c, str) else c[2]) for c in cells]
        assert sum(counts) == len(board.chosen)
        assert counts[0] == len(
            made_up_package.members(programme) & {*board.chosen.index}
        )


@pytest.mark.parametrize("language", ["en"])
def test_the_table_of_a_category_and_a_relation_counts_every_county(board, summaries):
    table = statistics_variables.as_table(board, summaries)
    for variable in board.package.variables.values():
        own = table[table["variable"] == variable.id]
        if variable.kind in {"category", "date"}:
            assert own["number"].sum() == len(board.chosen)
        if variable.kind in {"category", "date"} and variable.among:
            among = board.package.programmes[variable.among]
            outside = own[own["label"] == f"not among {among.within('en')}"]
            inside = board.package.members(among.id)
            assert [*outside["number"]] == [len(board.chosen) - len(inside)]
        if variable.kind == "relation":
            # A county with two partners counts under both.
            assert own["number"].sum() >= len(board.chosen)

"""No two entries of a list read the same, though two counties may have one name."""

from collections.abc import Sequence
from importlib import import_module

import pytest

from geo.language import LANGUAGES, speaker
from layers.facts import report
from layers.files.features import feature_table
from layers.profile.related import neighbours_of
from layers.select.selection import Selection
from layers.select.words import value_names
from layers.sheet.book_pages import title_of_county
from views.pages.compare import Desk
from views.pages.county_choice import county_label
from views.pages.statistics_board import Board

EVERY = {
    "sentence of a selection": lambda package, codes, language: value_names(
        "counties", codes, package, language
    ),
    "report of check": lambda package, codes, language: [
        report._county(package, adcode).name(language) for adcode in codes
    ],
    "choice of counties": lambda package, codes, language: [
        county_label(package.divisions, adcode, language) for adcode in codes
    ],
    "titles of profiles": lambda package, codes, language: [
        package.divisions.named(adcode, language) for adcode in codes
    ],
    "pages of the book": lambda package, codes, language: [
        title_of_county(package, adcode, language) for adcode in codes
    ],
}


def repeated(names: Sequence[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("listed", EVERY.values(), ids=EVERY)
def test_all_counties_in_one_list_read_differently(package, listed, language):
    names = [*listed(package, [*package.divisions.of_level("county")], language)]

    assert len(names) == len(package.divisions.of_level("county"))
    assert repeated(names) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_counties_side_by_side_name_them_differently(
    package, counties, language
):
    codes = [*counties.index]
    desk = Desk(package, counties, language, speaker(language))
    board = Board.of(Selection(), language)

    assert repeated([desk.name(adcode) for adcode in codes]) == set()
    assert repeated(board.names(codes)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_neighbours_and_what_a_file_lost_are_named_so_too(package, counties, language):
    twins = {"zh": "新华区（石家庄市）", "en": "Xinhua District (Shijiazhuang)"}
    near = neighbours_of(package, counties, "130104", speaker(language))
    assert twins[language] in [one.name for one in near]
    changes = import_module("layers.files.readback.changes")
    assert twins[language] in changes._names(["130105"], [], package, language)


def test_files_have_romanised_names_that_no_two_counties_share(package, counties):
    table = feature_table(package, counties, Selection())

    assert repeated([*table["name_en"]]) == set()
    assert table["name_en"]["130533"] == "Weixian County (威县)"
    # Chinese names stay the official ones; their prefecture stands beside.
    assert table["name"]["130104"] == table["name"]["130703"] == "桥西区"
    pairs = [*zip(table["name"], table["prefecture"], strict=True)]
    assert len({*pairs}) == len(pairs)

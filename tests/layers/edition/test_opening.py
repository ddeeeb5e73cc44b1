"""What an address means that asks for nothing, and how all counties are asked for."""

import json
from dataclasses import replace

import pytest

from layers.edition import opening
from layers.edition.address import Address, Beside
from layers.edition.edition import Edition
from layers.edition.page_state import page_state, pressed
from layers.facts import package as packages
from layers.select.selection import Selection
from layers.themes.themes import USUAL


@pytest.fixture(scope="module")
def edition(package):
    return Edition(package)


@pytest.fixture(scope="module")
def main(package):
    return opening.opening(package)


def read(edition, parameters, main, language="zh"):
    address, rejected = opening.read(parameters, edition, bare=main, language=language)
    assert rejected == ()
    return address


def test_the_tables_say_which_programmes_the_map_opens_with(package, main):
    groups = package.groups

    assert main.any_of == tuple(
        sorted(p.id for p in package.programmes.values() if groups[p.group].opening)
    )
    assert main == Selection(any_of=main.any_of)


def test_another_group_opens_by_a_change_of_the_tables_alone(spoiled):
    copy = spoiled()
    for line, row in copy.rows("groups.csv").items():
        copy.set_cell("groups.csv", line, "opening", "no")
        if row["id"] == "care":
            copy.set_cell("groups.csv", line, "opening", "yes")
    package = packages.load(copy.directory)

    ids = {p.id for p in package.programmes.values() if p.group == "care"}
    assert set(opening.opening(package).any_of) == ids != set()


def test_without_such_a_group_the_map_opens_with_all_counties(spoiled):
    copy = spoiled()
    for line in copy.rows("groups.csv"):
        copy.set_cell("groups.csv", line, "opening", "no")

    assert opening.opening(packages.load(copy.directory)) == Selection()


@pytest.mark.parametrize(
    "parameters", [[], [("lang", "en")], [("theme", "contrast")]], ids=str
)
def test_an_address_that_asks_for_nothing_is_the_opening(edition, main, parameters):
    asked = [pair for pair in parameters if pair[0] != "theme"]
    address = read(edition, asked, main)

    assert (address.selection, address.theme) == (main, USUAL)


@pytest.mark.parametrize(
    ("parameters", "selection"),
    [
        ([("see", "programmes")], Selection()),
        ([("see", "overlap")], Selection()),
        ([("all", "deep_poverty")], Selection(all_of=("deep_poverty",))),
    ],
    ids=str,
)
def test_an_address_that_asks_means_what_it_meant(edition, main, parameters, selection):
    assert read(edition, parameters, main).selection == selection


@pytest.mark.parametrize("bare", ["main", "everything"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("browser", ["zh", "en"])
@pytest.mark.parametrize("theme", [USUAL, "overlap"])
@pytest.mark.parametrize(
    "selection", [None, Selection(), Selection(none_of=("deep_poverty",))], ids=str
)
def test_what_is_written_is_read_again(
    edition, main, bare, language, browser, theme, selection
):
    means = main if bare == "main" else Selection()
    address = Address(
        selection=main if selection is None else selection,
        theme=theme,
        language=language,
    )
    written = opening.write(address, bare=means, language=browser)

    again, rejected = opening.read(
        written.items(), edition, bare=means, language=browser
    )
    assert rejected == ()
    assert again == address


def test_the_opening_says_nothing_and_a_link_its_language(main):
    address = Address(selection=main, theme=USUAL, language="zh")

    assert opening.write(address, bare=main, language="zh") == {}
    assert opening.write(address, bare=main, language="en") == {"lang": "zh"}
    everything = Address(selection=Selection(), theme=USUAL, language="en")
    written = opening.write(everything, bare=main, language="en")
    assert written == {"see": USUAL, "lang": "en"}


@pytest.mark.parametrize(
    ("press", "led"),
    [
        ("clear", Selection()),
        ("opening", None),
        ("drop:prefectures", Selection(all_of=("deep_poverty",))),
        (
            "move:all_of:none_of",
            Selection(none_of=("deep_poverty",), prefectures=("130700",)),
        ),
        ("drop:nothing", "refused"),
        ("move:all_of:prefectures", "refused"),
        ("nothing:at_all", "refused"),
    ],
)
def test_where_a_press_leads(edition, main, press, led):
    start = Selection(all_of=("deep_poverty",), prefectures=("130700",))
    address = Address(selection=start, theme="overlap", language="zh")

    found = pressed(address, press, edition.choices, edition.package)

    if led == "refused":
        assert found is None
    else:
        assert found.selection == (main if led is None else led)


@pytest.mark.parametrize(
    ("presses", "query"),
    [
        (
            ["keep"],
            "all=deep_poverty&see=overlap&beside=all%3Ddeep_poverty%26see%3Doverlap",
        ),
        (["keep", "clear"], "see=overlap&beside=all%3Ddeep_poverty%26see%3Doverlap"),
        (
            ["keep", "clear", "split:side", "swap"],
            "all=deep_poverty&see=overlap&beside=see%3Doverlap&split=side",
        ),
        (
            ["keep", "split:side", "clear", "keep"],
            "see=overlap&beside=see%3Doverlap&split=side",
        ),
        (["keep", "clear", "alone"], "see=overlap"),
        (["alone"], "all=deep_poverty&see=overlap"),
        (["swap"], None),
        (["split:side"], None),
        (["keep", "split:diagonal"], None),
    ],
)
def test_where_presses_on_two_maps_lead(edition, presses, query):
    start = Selection(all_of=("deep_poverty",))
    address = Address(selection=start, theme="overlap", language="zh")
    for press in presses:
        address = pressed(address, press, edition.choices, edition.package)
    assert (address and address.query()) == query


def test_the_opening_beside_another_map_is_said(edition, main):
    kept = Beside(selection=Selection(all_of=("deep_poverty",)), theme=USUAL)
    address = Address(selection=main, theme=USUAL, language="zh", beside=kept)

    written = opening.write(address, bare=main, language="zh")

    assert written["any"] == ",".join(main.any_of)
    assert read(edition, [*written.items()], main) == address


def test_a_state_says_where_a_second_map_is_and_carries_none_of_it(edition):
    alone = Address(selection=Selection(), theme=USUAL, language="zh")
    kept = Beside(selection=Selection(all_of=("deep_poverty",)), theme="overlap")
    both = json.loads(page_state(edition, replace(alone, beside=kept)))
    one = json.loads(page_state(edition, alone))

    assert one["beside"] is None
    assert both["beside"] == {"query": kept.query(), "split": "swipe"}
    assert {name for name in both if both[name] != one[name]} == {
        "beside",
        "query",
        "version",
    }


def test_a_state_stays_below_four_kilobytes(edition, main):
    every = tuple(edition.package.programmes)
    many = Selection(all_of=every[:4], none_of=every[4:9])
    for selection in (main, Selection(), many):
        for language in ("zh", "en"):
            address = Address(selection=selection, theme=USUAL, language=language)
            assert len(page_state(edition, address)) <= 4096


def test_what_is_kept_beside_a_view_changes_nothing_of_it(edition, main):
    kept = opening.read_page(
        [("kept", "a" * 32)], edition, on_the_map=True, language="zh"
    )

    assert kept.address.selection == main
    assert kept.rejected == ()

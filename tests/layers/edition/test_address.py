"""An address comes back as it was written, and says what of it means nothing."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.edition.address import Address, Beside
from layers.select.breaks import METHODS
from layers.select.choices import Choices
from layers.select.selection import Selection
from layers.themes.themes import theme_id, themes
from layers.webmap.second_map import SPLITS
from tests import real

PACKAGE = real.package()
CHOICES = Choices.of(PACKAGE)


def some(field):
    values = st.sampled_from(CHOICES.for_field(field))
    return st.lists(values, max_size=3).map(tuple)


selections = st.builds(
    Selection,
    **{field: some(field) for field in ("any_of", "prefectures", "counties")},
    where=st.fixed_dictionaries({}, optional={f: some(f) for f in CHOICES.where}),
)
PAIR = "age_65_share_2020.illiterate_share_2020"

NUMBERS = [t.id for t in themes(PACKAGE).values() if t.kind == "number"]

classes = st.one_of(
    st.builds("{}.{}".format, st.sampled_from(METHODS), st.integers(2, 7)),
    st.lists(st.integers(-50, 10**9), min_size=1, max_size=6).map(
        lambda breaks: ",".join(map(str, breaks))
    ),
)
seen = st.sampled_from([*themes(PACKAGE)]) | st.builds(
    "{}:{}".format, st.sampled_from(NUMBERS), classes
).map(lambda asked: theme_id(PACKAGE, asked))
besides = st.builds(
    Beside, selection=selections, theme=seen, split=st.sampled_from(SPLITS)
)
addresses = st.builds(
    Address,
    selection=selections,
    theme=seen,
    language=st.sampled_from(["zh", "en"]),
    beside=st.none() | besides,
)


@given(addresses)
def test_an_address_comes_back_as_it_was_written(address):
    assert Address.read(address.parameters(), PACKAGE, CHOICES) == (address, ())


@given(addresses)
def test_the_query_is_that_of_the_first_language(address):
    read, rejected = Address.read(dict(parse_qsl(address.query())), PACKAGE, CHOICES)

    assert not rejected
    assert read.selection == address.selection
    assert read.theme == address.theme
    assert read.beside == address.beside
    assert read.language == "zh"


def test_what_means_nothing_is_named_and_left_out():
    parameters = {"lang": "fr", "see": "stars", "all": "deep_poverty,no", "x": "1"}

    address, rejected = Address.read(parameters, PACKAGE, CHOICES)

    assert address == Address(
        selection=Selection(all_of=("deep_poverty",)), theme="programmes", language="zh"
    )
    assert {(part.parameter, part.value) for part in rejected} == {
        ("lang", "fr"),
        ("see", "stars"),
        ("all", "no"),
        ("x", None),
    }


def test_a_theme_of_an_earlier_edition_is_found_under_its_former_name():
    address, rejected = Address.read({"see": "exit"}, PACKAGE, CHOICES)

    assert (address.theme, rejected) == ("exit_approved_year", ())


def test_a_parameter_with_one_value_is_refused_when_it_has_two():
    pairs = [
        ("lang", "zh"),
        ("lang", "en"),
        ("all", "deep_poverty"),
        ("see", "overlap"),
    ]

    address, rejected = Address.read(pairs, PACKAGE, CHOICES)

    assert (address.language, address.theme) == ("zh", "overlap")
    assert [part.parameter for part in rejected] == ["lang"]


def test_classes_stand_in_parameters_of_their_own():
    asked = {"see": "population_2020", "breaks": "500000,100000"}

    address, rejected = Address.read(asked, PACKAGE, CHOICES)

    # What has classes is seen in colours, not as circles.
    assert address.theme == "population_2020-classes:100000,500000"
    assert address.parameters() == {
        "see": "population_2020-classes",
        "breaks": "100000,500000",
    }
    assert not rejected


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"breaks": "10,many"}, "“10,many” are no class breaks"),
        ({"breaks": "1,2,3,4,5,6,7"}, "6 numbers at most"),
        ({"method": "guess"}, "“guess” is no value of “method”"),
        ({"classes": "12"}, "“12” is no value of “classes”"),
        ({"breaks": "10", "method": "natural"}, "has no use beside “breaks”"),
        ({"see": "overlap", "breaks": "10"}, "no number in colours"),
        ({"see": PAIR, "classes": "4"}, "no number in colours"),
    ],
)
def test_classes_that_mean_nothing_are_said_in_a_line_and_left_out(asked, said):
    address, rejected = Address.read(
        {"see": "age_65_share_2020", **asked}, PACKAGE, CHOICES
    )

    (one,) = rejected
    assert said in one.say("en")
    assert "\n" not in one.say("zh")
    usual = asked.get("see", "age_65_share_2020")
    left = {"10": "age_65_share_2020:10"} if "method" in asked else {}
    assert address.theme == left.get(asked.get("breaks"), theme_id(PACKAGE, usual))


def test_an_address_of_before_has_no_second_map():
    address, rejected = Address.read({"all": "deep_poverty"}, PACKAGE, CHOICES)

    assert (address.beside, rejected) == (None, ())


def test_nothing_beside_is_all_counties_beside():
    address, rejected = Address.read({"beside": ""}, PACKAGE, CHOICES)

    assert (address.beside, rejected) == (
        Beside(selection=Selection(), theme="programmes"),
        (),
    )


def test_what_means_nothing_in_the_second_map_is_said_of_it_and_left_out():
    asked = {"beside": "all=deep_poverty,no&see=stars&x=1&beside=", "split": "diagonal"}

    address, rejected = Address.read(asked, PACKAGE, CHOICES)

    kept = Selection(all_of=("deep_poverty",))
    assert address.beside == Beside(selection=kept, theme="programmes")
    said = [part.say("en") for part in rejected]
    assert said[0] == "“diagonal” is no value of “split”; there are: swipe, side."
    assert {text.split(":")[0] for text in said[1:]} == {"Second map"}
    for wrong in ("“no”", "“stars”", "“x”", "“beside”"):
        assert sum(wrong in text for text in said[1:]) == 1, wrong


def test_two_second_maps_are_none():
    asked = [("beside", "all=deep_poverty"), ("beside", "see=area")]

    address, rejected = Address.read(asked, PACKAGE, CHOICES)

    assert address.beside is None
    assert [part.parameter for part in rejected] == ["beside"]

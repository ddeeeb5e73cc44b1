"""An address comes back as it was written, and says what of it means nothing."""

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from layers.edition.address import Address
from layers.select.selection import Choices, Selection
from layers.themes.themes import WAYS
from tests import real

CHOICES = Choices.of(real.package())

selections = st.builds(
    Selection,
    **{
        field: st.lists(st.sampled_from(CHOICES.for_field(field)), max_size=3).map(
            tuple
        )
        for field in ("any_of", "prefectures", "areas", "partners", "counties")
    },
)
addresses = st.builds(
    Address,
    selection=selections,
    way=st.sampled_from([*WAYS]),
    language=st.sampled_from(["zh", "en"]),
)


@given(addresses)
def test_an_address_comes_back_as_it_was_written(address):
    assert Address.read(address.parameters(), CHOICES) == (address, ())


@given(addresses)
def test_the_query_is_that_of_the_first_language(address):
    read, rejected = Address.read(dict(parse_qsl(address.query())), CHOICES)

    assert not rejected
    assert read.selection == address.selection
    assert read.way == address.way
    assert read.language == "zh"


def test_what_means_nothing_is_named_and_left_out():
    parameters = {"lang": "fr", "see": "stars", "all": "deep_poverty,no", "x": "1"}

    address, rejected = Address.read(parameters, CHOICES)

    assert address == Address(
        selection=Selection(all_of=("deep_poverty",)), way="programmes", language="zh"
    )
    assert {(part.parameter, part.value) for part in rejected} == {
        ("lang", "fr"),
        ("see", "stars"),
        ("all", "no"),
        ("x", None),
    }

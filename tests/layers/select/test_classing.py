"""How a number is parted, as an address says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.select.breaks import FEWEST, METHODS, MOST, breaks_by
from layers.select.classing import (
    USUAL_CLASSING,
    Classing,
    plain,
    read_breaks,
    read_classing,
)

BREAKS = st.lists(
    st.floats(-1e14, 1e14, allow_nan=False).map(lambda x: float(plain(x))),
    min_size=1,
    max_size=MOST - 1,
    unique=True,
).map(lambda found: tuple(sorted(found)))

CLASSINGS = st.one_of(
    st.builds(Classing, st.sampled_from(METHODS), st.integers(FEWEST, MOST)),
    BREAKS.map(lambda breaks: Classing(breaks=breaks)),
)


@given(CLASSINGS)
def test_each_way_comes_back_as_it_was_written(classing):
    if classing == USUAL_CLASSING:
        assert classing.text == ""
        assert classing.parameters() == {}
    else:
        assert read_classing(classing.text) == classing


@given(BREAKS)
def test_breaks_of_an_address_have_no_exponent_and_their_order_does_not_matter(breaks):
    text = Classing(breaks=breaks).parameters()["breaks"]

    assert "e" not in text
    assert read_breaks(text) == breaks
    assert read_breaks("，".join(reversed(text.split(",")))) == breaks


@pytest.mark.parametrize(
    "text",
    ["", "many", "1,,x", "1,2,3,4,5,6,7", "nan", "inf", "1e3", "٣", "1..2", "10 000k"],
)
def test_what_are_no_breaks_is_not_taken_for_some(text):
    assert read_breaks(text) is None


@pytest.mark.parametrize(
    "text", ["natural", "natural.1", "natural.8", "guess.4", "x.5"]
)
def test_a_method_that_is_none_is_not_taken_for_one(text):
    assert read_classing(text) is None


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.sampled_from(METHODS))
def test_bounds_are_those_of_the_method_and_own_ones_are_left_alone(values, method):
    assert Classing(method, 4).bounds(values) == breaks_by(method, values, 4)
    assert Classing(method, 4, (1.0, 7.0)).bounds(values) == (1.0, 7.0)

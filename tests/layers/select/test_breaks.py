"""Class breaks: every value in one class, by methods that the field knows."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.select.breaks import METHODS, MOST, breaks_by, classes_of

NUMBERS = st.lists(
    st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3)),
    min_size=1,
    max_size=40,
)


@given(NUMBERS, st.sampled_from(METHODS), st.integers(2, MOST))
def test_each_value_is_in_one_class_and_none_is_lost(values, method, classes):
    found = classes_of(values, breaks_by(method, values, classes))

    assert 1 <= len(found) <= classes
    for value in values:
        assert sum(low <= value <= high for low, high in found) == 1
    for (_, before), (after, _) in itertools.pairwise(found):
        assert before < after


@given(NUMBERS, st.sampled_from(METHODS), st.integers(2, MOST))
def test_what_is_no_number_changes_nothing(values, method, classes):
    spoiled = [*values, float("nan"), float("inf"), float("-inf")]

    assert breaks_by(method, spoiled, classes) == breaks_by(method, values, classes)
    assert classes_of(spoiled) == classes_of(values)


def squares(parts: list[list[float]]) -> float:
    return sum(float(((np.array(p) - np.mean(p)) ** 2).sum()) for p in parts)


@given(
    st.lists(st.integers(0, 50), min_size=4, max_size=9, unique=True),
    st.integers(2, 4),
)
def test_natural_breaks_are_the_best_of_all_partitions(values, classes):
    ordered = sorted(map(float, values))

    found = classes_of(ordered, breaks_by("natural", ordered, classes))

    ours = [[v for v in ordered if low <= v <= high] for low, high in found]
    cuts = itertools.combinations(range(1, len(ordered)), classes - 1)
    best = min(
        squares([ordered[a:b] for a, b in itertools.pairwise([0, *cut, len(ordered)])])
        for cut in cuts
    )
    assert squares(ours) == pytest.approx(best, abs=1e-6)


def test_without_a_word_there_are_five_classes_of_as_many_values():
    assert classes_of(range(1, 11)) == [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]
    assert len(breaks_by("equal", [0, 1])) == 5


def test_equal_intervals_are_equal():
    assert breaks_by("equal", [0, 3, 100], 4) == (25, 50, 75, 100)


def test_standard_deviations_are_whole_steps_about_the_mean():
    values = [2.0, 4, 4, 4, 5, 5, 7, 9]  # mean 5, deviation 2

    assert breaks_by("deviation", values, 4) == (3, 5, 7, 9)
    assert breaks_by("deviation", values, 5) == (2, 4, 6, 8, 9)


@pytest.mark.parametrize("method", METHODS)
def test_one_value_many_times_is_one_class(method):
    assert classes_of([7, 7, 7], breaks_by(method, [7, 7, 7], 5)) == [(7, 7)]


@pytest.mark.parametrize("method", METHODS)
def test_without_a_value_there_is_no_class(method):
    assert breaks_by(method, [], 5) == ()
    assert classes_of([float("nan")]) == []


def test_breaks_of_ones_own_may_leave_classes_empty_and_values_above():
    assert classes_of([1, 2, 30, 99], (0, 2, 10, 20, 50)) == [
        (1, 2),
        (30, 30),
        (99, 99),
    ]

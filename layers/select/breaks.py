"""Class breaks of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, get_args

import jenkspy
import numpy as np

Method = Literal["quantiles", "natural", "equal", "deviation"]

METHODS: Final[tuple[Method, ...]] = get_args(Method)
"""Quantiles; natural breaks by Fisher and Jenks, which part a column where its values
leave gaps; equal intervals; whole standard deviations about the mean."""

FEWEST, USUAL, MOST = 2, 5, 7
"""Numbers of classes: more than seven are not told apart on a map."""


def breaks_by(
    method: Method, values: Sequence[float] | np.ndarray, classes: int = USUAL
) -> tuple[float, ...]:
    """Return the upper bounds of classes by a method.

    Parameters
    ----------
    method : {"quantiles", "natural", "equal", "deviation"}
        See :data:`METHODS`. Natural breaks are the partition with the least sum of
        squared deviations from the means of the classes (Fisher 1958).
    values : sequence of float
        Those that are known; not finite ones are left out.
    classes : int
        How many at most: values that repeat, or that leave a class empty, give fewer.

    Returns
    -------
    tuple of float
        Ascending; the last is not below the greatest value. Empty without a value.

    Examples
    --------
    >>> breaks_by("natural", [1, 2, 10, 11, 50], 3)
    (2.0, 11.0, 50.0)
    >>> breaks_by("equal", [0, 1, 10], 2)
    (5.0, 10.0)
    """
    finite = _sorted(values)
    if not len(finite):
        return ()
    if method == "quantiles":
        return quantile_breaks(finite, classes)
    least, most = finite[0], finite[-1]
    if method == "natural":
        different = len(np.unique(finite))
        bounds = jenkspy.jenks_breaks(finite, n_classes=min(classes, different))[1:]
    elif method == "equal":
        bounds = np.linspace(least, most, classes + 1)[1:]
    else:
        steps = np.arange(classes - 1) - (classes - 2) / 2
        bounds = [*(finite.mean() + steps * finite.std()), most]
    within = np.unique([min(float(bound), most) for bound in bounds if bound >= least])
    return tuple(float(bound) for bound in within)


def quantile_breaks(
    values: Sequence[float] | np.ndarray, classes: int = USUAL
) -> tuple[float, ...]:
    """Return the upper bounds of classes that hold about as many values each.

    Parameters
    ----------
    values : sequence of float
        Those that are known; not finite ones are left out.
    classes : int
        How many at most: where values repeat there are fewer.

    Returns
    -------
    tuple of float
        Ascending; the last is the greatest value. Empty if there is no value.

    Examples
    --------
    >>> quantile_breaks([1, 2, 3, 4], 2)
    (2.0, 4.0)
    >>> quantile_breaks([7, 7, 7])
    (7.0,)
    """
    finite = _sorted(values)
    if not len(finite):
        return ()
    shares = np.arange(1, classes + 1) / classes
    # Bounds are values that occur, so that a reader finds the county of each.
    bounds = np.quantile(finite, shares, method="inverted_cdf")
    return tuple(float(b) for b in np.unique(bounds))


def classes_of(
    values: Sequence[float] | np.ndarray, breaks: Sequence[float] = ()
) -> list[tuple[float, float]]:
    """Return the least and the greatest value of each class, in order.

    No value is in two classes: each class begins with the value that follows the
    greatest of the one before.

    Parameters
    ----------
    values : sequence of float
        Those that are known; not finite ones are left out.
    breaks : sequence of float, optional
        Upper bounds of the classes, ascending; values above the last are a class
        more, and a class without a value is none. By default the quantiles.

    Examples
    --------
    >>> classes_of([1, 2, 3, 4], (2,))
    [(1.0, 2.0), (3.0, 4.0)]
    >>> classes_of([1, 2, 30], (2, 10, 20))
    [(1.0, 2.0), (30.0, 30.0)]
    """
    finite = _sorted(values)
    found, start = [], 0
    for bound in (*(breaks or quantile_breaks(finite)), np.inf):
        end = int(np.searchsorted(finite, bound, side="right"))
        if end > start:
            found.append((float(finite[start]), float(finite[end - 1])))
        start = end
    return found


def _sorted(values: Sequence[float] | np.ndarray) -> np.ndarray:
    numbers = np.asarray(values, dtype=float)
    return np.sort(numbers[np.isfinite(numbers)])

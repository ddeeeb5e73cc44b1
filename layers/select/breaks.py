"""Class breaks of numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def quantile_breaks(
    values: Sequence[float] | np.ndarray, classes: int = 5
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
    values: Sequence[float] | np.ndarray, classes: int = 5
) -> list[tuple[float, float]]:
    """Return the least and the greatest value of each class, in order.

    No value is in two classes: each class begins with the value that follows the
    greatest of the one before.

    Examples
    --------
    >>> classes_of([1, 2, 3, 4], 2)
    [(1.0, 2.0), (3.0, 4.0)]
    """
    finite = _sorted(values)
    found, start = [], 0
    for bound in quantile_breaks(finite, classes):
        end = int(np.searchsorted(finite, bound, side="right"))
        found.append((float(finite[start]), float(finite[end - 1])))
        start = end
    return found


def _sorted(values: Sequence[float] | np.ndarray) -> np.ndarray:
    numbers = np.asarray(values, dtype=float)
    return np.sort(numbers[np.isfinite(numbers)])

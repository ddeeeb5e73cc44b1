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
    finite = np.sort([v for v in values if np.isfinite(v)])
    if not len(finite):
        return ()
    shares = np.arange(1, classes + 1) / classes
    # Bounds are values that occur, so that a reader finds the county of each.
    bounds = np.quantile(finite, shares, method="inverted_cdf")
    return tuple(float(b) for b in np.unique(bounds))

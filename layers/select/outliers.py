"""Which counties lie far from all others in a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

_FEWEST: Final = 8
"""Of fewer values no middle half can be told."""

_FAR: Final = 1.5


@dataclass(frozen=True, slots=True)
class Outliers:
    """Counties below and above the others, the farthest first."""

    low: tuple[str, ...] = ()
    high: tuple[str, ...] = ()


def outliers(values: Mapping[str, float]) -> Outliers:
    """Return who lies beyond the fences of Tukey (1977).

    Parameters
    ----------
    values : mapping of str to float
        By adcode; not finite ones are left out.

    Returns
    -------
    Outliers
        Who lies beyond the quartiles by more than one and a half times what lies
        between them; nobody where half of the values are alike.

    Examples
    --------
    >>> outliers({**{str(n): n for n in range(10)}, "far": 90.0}).high
    ('far',)
    """
    finite = {a: float(v) for a, v in values.items() if np.isfinite(v)}
    if len(finite) < _FEWEST:
        return Outliers()
    lower, upper = np.percentile([*finite.values()], (25, 75))
    room = _FAR * (upper - lower)
    if room <= 0:
        return Outliers()
    by_value = sorted(finite, key=lambda a: (finite[a], a))
    return Outliers(
        low=tuple(a for a in by_value if finite[a] < lower - room),
        high=tuple(a for a in reversed(by_value) if finite[a] > upper + room),
    )

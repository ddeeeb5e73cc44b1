"""Field names of at most ten ASCII characters, for Shapefiles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 10


def short_names(names: Iterable[str], given: Iterable[str] = ()) -> dict[str, str]:
    """Shorten names so that each stays unlike the others and readable.

    Parameters
    ----------
    names : iterable of str
        Names to shorten, each once. Names that fit keep their form.
    given : iterable of str
        Short names that are taken already.

    Returns
    -------
    dict of str to str
        Short names by name: lower-case letters, digits and ``_``, a letter first.

    Notes
    -----
    A long name keeps its words' beginnings, as many letters of each as there is
    room for; the same names in the same order are always shortened alike.

    Examples
    --------
    >>> short_names(["deep_poverty", "paired_with_beijing", "adcode", "县"])
    {'deep_poverty': 'deep_pover', 'paired_with_beijing': 'pai_wit_be', \
'adcode': 'adcode', '县': 'field'}
    """
    listed = list(names)
    taken = {*given, *(name for name in listed if _abbreviated(name) == name)}
    short: dict[str, str] = {}
    for name in listed:
        wanted = _abbreviated(name)
        if wanted != name:
            wanted = _free(wanted, taken)
            taken.add(wanted)
        short[name] = wanted
    return short


def _abbreviated(name: str) -> str:
    words = re.findall(r"[a-z0-9]+", name.lower())
    if not words or not words[0][0].isalpha():
        words = ["field", *words]
    words = words[: (LONGEST + 1) // 2]
    lengths = [len(word) for word in words]
    while sum(lengths) + len(words) - 1 > LONGEST:
        # The longest gives first; of equals the last, because it says least.
        at = max(range(len(words)), key=lambda i: (lengths[i], i))
        lengths[at] -= 1
    return "_".join(word[:n] for word, n in zip(words, lengths, strict=True))


def _free(wanted: str, taken: set[str]) -> str:
    """Return a name, numbered if it is taken."""
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted[: LONGEST - len(str(number))]}{number}"
    return free

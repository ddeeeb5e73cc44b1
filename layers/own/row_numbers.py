"""Numbers of rows in a sentence, as a spreadsheet shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo.language import Language

MOST_NAMED: Final = 12
"""Rows that a sentence names before it says how many more there are."""


def row_numbers(numbers: Sequence[int], language: Language) -> str:
    """Say which rows are meant, the first of many.

    Parameters
    ----------
    numbers : sequence of int
        Of the rows.
    language : {"zh", "en"}
        Of the sentence.

    Examples
    --------
    >>> row_numbers([3, 4, 9], "en"), row_numbers([3, 4, 9], "zh")
    ('3, 4 and 9', '3、4、9')
    >>> row_numbers(range(1, 301), "en")
    '1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 288 more'
    """
    if not numbers:
        return ""
    shown = [str(number) for number in numbers[:MOST_NAMED]]
    more = len(numbers) - len(shown)
    if language == "zh":
        return "、".join(shown) + ("等" if more else "")
    last = f"{more} more" if more else shown.pop()
    return " and ".join([*filter(None, [", ".join(shown)]), last])

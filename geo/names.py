"""Names in any script, as one types them: reduced, simplified, read aloud, compared."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Final

from rapidfuzz.distance import OSA

CHARACTERS: Final = Path(__file__).with_name("characters.csv")
"""Characters of our names with their traditional forms and readings; see the test."""

LONGEST: Final = 100
"""Characters of a text that are looked at."""

FOREIGN: Final = (
    "[^0-9a-z\u0370-\u167f\u1681-\u1fff\u2c00-\u2dff\u3005-\u3007\u3040-\ud7ff\uf900-\ufdff"
    "\U00010000-\U0001efff\U00020000-\U0003ffff]"
)
"""What is no letter or digit. By ranges: Python and browsers know different editions
of Unicode, and both must leave out the same."""


@cache
def characters() -> tuple[dict[int, str], dict[str, tuple[str, ...]]]:
    """Return simplified forms of traditional characters, and readings of characters."""
    simplified, readings = {}, {}
    with CHARACTERS.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            readings[row["character"]] = tuple(row["pinyin"].split())
            for form in row["traditional"]:
                simplified[ord(form)] = row["character"]
    return simplified, readings


def normalise(text: str) -> str:
    """Reduce a text to what its search depends on.

    Full-width forms, case, accents, spaces, punctuation and invisible characters do
    not count; ü is v, as one types it; traditional characters are their simplified
    forms, as far as our names have them.

    Examples
    --------
    >>> normalise(" １３０７２２ "), normalise("Zhāng běi"), normalise("圍場")
    ('130722', 'zhangbei', '围场')
    """
    text = unicodedata.normalize("NFKD", text[:LONGEST])
    text = re.sub("[A-Z]", lambda letter: letter[0].lower(), text)
    text = re.sub(FOREIGN, "", text.replace("u\u0308", "v"))
    return text.translate(characters()[0])


def read_aloud(text: str) -> list[tuple[str, str]]:
    """Return pinyin and initials of a Chinese name, once for each way to read it.

    Nothing comes back for a name with a character of unknown reading, and no more than
    four ways.

    Examples
    --------
    >>> read_aloud("张北县")
    [('zhangbeixian', 'zbx')]
    """
    readings = characters()[1]
    each = [readings.get(sign, (sign,)) for sign in normalise(text)]
    if not each or any(not way.isascii() for ways in each for way in ways):
        return []
    spoken = islice(product(*each), 4)
    return [("".join(ways), "".join(way[0] for way in ways)) for ways in spoken]


_GENERICS: Final = {"县": "County", "区": "District", "市": "City"}


def in_english(name: str) -> list[str]:
    """Return the English names that a Chinese one may have, once for each reading.

    A name of two characters keeps its generic part or not: both are written.

    Examples
    --------
    >>> in_english("崇礼县"), in_english("威县")
    (['Chongli County'], ['Wei County', 'Weixian County'])
    """
    generic = _GENERICS.get(name[-1:])
    if generic is None:
        return []
    stems = [name[:-1], name] if len(name) == 2 else [name[:-1]]
    return [
        f"{spoken.capitalize()} {generic}"
        for stem in stems
        for spoken, _ in read_aloud(stem)
    ]


def distance(one: str, other: str, allowed: int) -> int | None:
    """Count the letters to change, add, drop or swap; nothing if more than allowed.

    The optimal string alignment distance: what was swapped is not changed again.

    Parameters
    ----------
    one, other : str
        Normalised texts; which is which does not matter.
    allowed : int
        The most that counts.

    Returns
    -------
    int or None

    Examples
    --------
    >>> distance("zhangbie", "zhangbei", 2), distance("zhao", "zhangbei", 2)
    (1, None)
    """
    found = OSA.distance(one, other, score_cutoff=allowed)
    return found if found <= allowed else None

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

from geo.language import Language

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


_DESCRIPTIVE: Final = ("自治县", "矿区", "新区")
"""Ends of names that are translated, not spelled; a name that is no more is spelled."""


def spelled(name: str) -> str:
    """Spell a Chinese name as lists of divisions do; empty where that is not certain.

    A name of two characters keeps its generic part, syllables that begin with a vowel
    are set apart; a character of several readings leaves it open which is meant.

    Examples
    --------
    >>> spelled("宣化县"), spelled("滦县"), spelled("迁安市")
    ('Xuanhua County', 'Luanxian County', 'Qian’an City')
    >>> spelled("乐亭县"), spelled("丰宁满族自治县"), spelled("赵家蓬")
    ('', '', '')
    """
    generic = _GENERICS.get(name[-1:])
    if generic is None or (len(name) > 2 and name.endswith(_DESCRIPTIVE)):
        return ""
    each = [characters()[1].get(sign, ()) for sign in name]
    if any(len(ways) != 1 for ways in each):
        return ""
    syllables = [ways[0] for ways in each]
    stem = syllables if len(name) == 2 else syllables[:-1]
    apart = [f"’{s}" if s[0] in "aeo" else s for s in stem[1:]]
    return f"{''.join([stem[0], *apart]).capitalize()} {generic}"


def beside(name: str, language: Language) -> str:
    """Write a Chinese name for readers of a language: in English as it is spelled too.

    Examples
    --------
    >>> beside("宣化县", "en"), beside("宣化县", "zh"), beside("乐亭县", "en")
    ('Xuanhua County 宣化县', '宣化县', '乐亭县')
    """
    english = spelled(name) if language == "en" else ""
    return f"{english} {name}" if english else name


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


_MISREAD: Final = (
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("gb18030", "utf-8"),
    ("cp1252", "gb18030"),
    ("latin-1", "gb18030"),
)
"""Encodings in which programs read files without asking, and the true ones."""


def misread(text: str) -> tuple[str, ...]:
    """Return what a text was, should a program have read it in a wrong encoding.

    Parameters
    ----------
    text : str
        A name that nobody knows as it stands.

    Examples
    --------
    >>> misread("Huaiâ€™an County")[0], misread("è”šåŽ¿")[0], misread("钄氬幙")
    ('Huai’an County', '蔚县', ('蔚县',))
    >>> misread("Yuxian County"), misread("蔚县")
    ((), ())
    """
    found: dict[str, None] = {}
    for read, true in _MISREAD if not text.isascii() else ():
        try:
            found[text.encode(read).decode(true)] = None
        except UnicodeError:
            continue
    return tuple(found)

"""How well a text fits a key of something: all of it, its beginning, nearly."""

from __future__ import annotations

from enum import IntEnum, auto
from typing import Final

from geo.names import distance


class Key(IntEnum):
    """What a key of an entry is; the better comes first."""

    CODE = 0
    NAME = auto()
    ENGLISH = auto()
    QUALIFIED = auto()
    FORMER = auto()
    SHORT = auto()
    FORMER_SHORT = auto()
    PINYIN = auto()
    FORMER_PINYIN = auto()
    INITIALS = auto()
    FORMER_INITIALS = auto()
    FORMER_CODE = auto()

    @property
    def is_past(self) -> bool:
        """Whether it is a name or code of the past."""
        return self.name.startswith("FORMER")

    @property
    def is_written(self) -> bool:
        """Whether it is in Chinese and may be miswritten."""
        return self in {Key.NAME, Key.FORMER, Key.SHORT}

    @property
    def is_spoken(self) -> bool:
        """Whether it says how a name sounds."""
        return self in {Key.PINYIN, Key.FORMER_PINYIN}

    @property
    def is_latin(self) -> bool:
        """Whether it is in Latin letters and may be miswritten."""
        return self.is_spoken or self is Key.ENGLISH


RANKS: Final[tuple[tuple[int, int | None, int | None], ...]] = (
    (0, 5, None),  # CODE
    (1, 5, 11),  # NAME
    (6, 10, 11),  # ENGLISH
    (1, 12, None),  # QUALIFIED: only its end tells the counties of a prefecture apart
    (2, 5, 11),  # FORMER
    (3, 5, 11),  # SHORT
    (4, 5, None),  # FORMER_SHORT
    (6, 10, 11),  # PINYIN
    (7, 10, None),  # FORMER_PINYIN
    (8, 10, None),  # INITIALS
    (9, None, None),  # FORMER_INITIALS
    (0, 5, None),  # FORMER_CODE
)
"""Rank of a key of which all, the beginning, something inside was typed."""

SUGGESTED: Final = 13
"""Rank of what is only written or pronounced like the text."""


def rank(kind: Key, key: str, wanted: str) -> int:
    """Rank how a normalised text fits a key; ``SUGGESTED`` if it does not.

    Parameters
    ----------
    kind : Key
        What the key is: a name, a code, a pronunciation.
    key : str
        Normalised text under which something is found.
    wanted : str
        Normalised text that was typed.
    """
    whole, beginning, inside = RANKS[kind]
    place = key.find(wanted)
    if place < 0:
        return SUGGESTED
    if len(key) == len(wanted):
        return whole
    if place == 0 and beginning is not None:
        return beginning
    # Two Latin letters are inside of nearly everything.
    if inside is None or (len(wanted) < 3 and wanted.isascii()):
        return SUGGESTED
    return inside


def unlike(kind: Key, key: str, wanted: str, *aloud: str) -> int | None:
    """Say how unlike a key a text is, 0 least; nothing if they have little in common.

    A syllable of the same sound is the likeliest slip, for Chinese is typed by sound.

    Parameters
    ----------
    kind : Key
        What the key is: a name, a code, a pronunciation.
    key : str
        Normalised text under which something is found.
    wanted : str
        Normalised text that was typed.
    *aloud : str
        Ways to read it in pinyin.
    """
    scores = []
    if wanted.isascii():
        if kind.is_latin:
            allowed = 0 if len(wanted) < 4 else 1 if len(wanted) < 8 else 2
            scores.append((distance(wanted, key, allowed), 0))
    elif kind.is_written:
        allowed = 0 if len(wanted) < 3 else 1 if len(wanted) < 6 else 2
        scores.append((distance(wanted, key, allowed), 0))
    if kind.is_spoken:
        allowed = 0 if len(wanted) < 3 else 1
        scores += [(distance(spoken, key, allowed), 1) for spoken in aloud]
    return min((2 * d + more for d, more in scores if d is not None), default=None)

"""Where in a source a row stands, for readers of either language.

The tables say it as the sources do, e.g. ``九(一)专栏14``; English readers get the same
in figures: ``sec. 9(1), box 14``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from geo.language import N_, Speaker, speaker

_FIGURES: Final = "一二三四五六七八九"
_FULL_WIDTH: Final = str.maketrans({"(": "（", ")": "）", ";": "；"})

_NUMERAL: Final = f"十[{_FIGURES}]?|[{_FIGURES}]"
_PLACE: Final = rf"(?P<part>{_NUMERAL})(?:\((?P<paragraph>{_NUMERAL})\))?"

_DOCUMENT: Final = r"(?P<body>国函|民函|冀政函)〔(?P<year>\d{4})〕(?P<number>\d+)号"
"""Official letters: of the State Council, the ministry, the provincial government."""

_ROW: Final = r"第(?P<row>\d+)行"
"""A row of a file of the user."""

_BODIES: Final = {"国函": "Guohan", "民函": "Minhan", "冀政函": "Jizhenghan"}

_WORDS: Final = (
    N_("list of 2012"),
    N_("number of counties in the plan:"),
    N_("number of counties:"),
    N_("list of 832 counties"),
    N_("volume by county"),
    N_("census bulletin"),
    N_("township lists"),
    N_("encyclopaedia entry"),
    N_("county register"),
    N_("register"),
    N_("report of the approval"),
    N_("reports"),
    N_("approval"),
    N_("monthly code tables"),
    N_("yearly code tables"),
    N_("code table"),
    N_("ends of names"),
    N_("derived by the rule"),
    N_("derived from the name"),
    N_("box"),
    N_("table"),
    N_("and"),
)
"""What stands in sections besides their numbers; the Chinese is that of the tables."""


def section_name(section: str, say: Speaker) -> str:
    """Name a section of a source.

    Parameters
    ----------
    section : str
        As it stands in a table.
    say : geo.language.Speaker
        Of the language wanted.

    Returns
    -------
    str
        In Chinese the section itself, with full-width marks as in an office's text. A
        word that is not known stays Chinese.

    Examples
    --------
    >>> section_name("九(一)专栏14", speaker("en"))
    'sec. 9(1), box 14'
    >>> section_name("九(一);专栏14", speaker("zh"))
    '九（一）；专栏14'
    >>> section_name("十(二);按规则推导", speaker("en"))
    'sec. 10(2); derived by the rule'
    >>> section_name("国函〔2016〕157号", speaker("en"))
    'Guohan [2016] No. 157'
    >>> section_name("第4行", speaker("en"))
    'row 4'
    """
    if say.language == "zh":
        return section.translate(_FULL_WIDTH)
    text = " ".join(_tokens().sub(_in_english, section).split())
    text = re.sub(r"\s*;\s*", "; ", text.replace("( ", "(").replace(" )", ")"))
    return re.sub(r"(?<=[\d)]) (?=(?:box|table) )", ", ", text)


def place_in_order(section: str) -> tuple[int, int] | None:
    """Return where in the plan a section stands; nothing if it is none of the plan's.

    Of several the first counts.

    Examples
    --------
    >>> place_in_order("十(一); 一(一)"), place_in_order("五"), place_in_order("报道")
    ((10, 1), (5, 0), None)
    """
    found = re.match(_PLACE, section)
    if found is None:
        return None
    paragraph = found["paragraph"]
    return _number(found["part"]), _number(paragraph) if paragraph else 0


@cache
def _english() -> dict[str, str]:
    in_chinese = speaker("zh")
    return {in_chinese(word): word for word in _WORDS}


@cache
def _tokens() -> re.Pattern[str]:
    # The longest first: 批复报道 before 批复.
    words = sorted(_english(), key=len, reverse=True)
    return re.compile("|".join([_DOCUMENT, _ROW, *map(re.escape, words), _PLACE]))


def _in_english(found: re.Match[str]) -> str:
    if found["body"]:
        body = _BODIES[found["body"]]
        return f" {body} [{found['year']}] No. {found['number']} "
    if found["row"]:
        return f" row {found['row']} "
    part, paragraph = found["part"], found["paragraph"]
    if part is None:
        return f" {_english()[found[0]]} "
    within = f"({_number(paragraph)})" if paragraph else ""
    return f" sec. {_number(part)}{within} "


def _number(numeral: str) -> int:
    tens, last = ("十" in numeral), numeral.removeprefix("十")
    return 10 * tens + (_FIGURES.index(last) + 1 if last else 0)

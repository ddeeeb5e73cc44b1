"""The two languages of the atlas, from one gettext catalogue.

English sentences in the code are the message ids; ``locale/zh/LC_MESSAGES/atlas.po``
holds the Chinese. The catalogue is read from its source form, so a translator's edit
shows at the next start and no compiled file can go stale.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final, Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["zh", "en"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
CATALOGUE: Final = Path(__file__).parents[1] / "locale" / "zh" / "LC_MESSAGES"


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a message for the catalogue without translating it yet."""
    return message


class CatalogueError(OSError):
    """The Chinese of the interface is not there: said in both languages all the same.

    Parameters
    ----------
    file : pathlib.Path
        Where it ought to be.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"界面文字文件缺失或损坏，请重新安装本图集：{file}\n"
            "The catalogue of the interface is missing or damaged; install the atlas "
            f"again: {file}"
        )


class Label(str):
    """A message id that stands as a value inside another message, translated too."""

    __slots__ = ()


class _Forms(Formatter):
    """Fills messages; ``{n:county|counties}`` is the one for 1, the other else."""

    def format_field(self, value: object, form: str) -> str:
        if "|" not in form:
            return str(super().format_field(value, form))
        one, other = form.split("|")
        return one if str(value) == "1" else other


_FORMS: Final = _Forms()


class Speaker:
    """Says messages in one language.

    Parameters
    ----------
    language : {"zh", "en"}
        The language spoken.

    Examples
    --------
    >>> Speaker("en")("{n} of {total} counties", n=10, total=167)
    '10 of 167 counties'
    >>> Speaker("en")("{n} {n:county|counties}", n=1)
    '1 county'
    >>> Speaker("zh").series(["张北县", "康保县"])
    '张北县、康保县'
    """

    def __init__(self, language: Language) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"language is one of {LANGUAGES}, not {language!r}")
        self.language: Language = language
        self._translations = _translations(language)

    def __call__(self, message: str, /, **values: object) -> str:
        """Translate `message` and put `values` into its named places.

        Values are inserted as they are, braces inside a value are never parsed; a
        :class:`Label` is translated first.
        """
        text = self._translations.gettext(message) if message else ""
        if not values:
            return text
        spoken = {k: self(v) if isinstance(v, Label) else v for k, v in values.items()}
        return _FORMS.vformat(text, (), spoken)

    def pick(self, zh: str, en: str) -> str:
        """Choose between two texts of the data, Chinese where English is missing."""
        return zh if self.language == "zh" else (en or zh)

    def series(self, items: Iterable[str]) -> str:
        """Join items as an enumeration in this language."""
        return ("、" if self.language == "zh" else ", ").join(items)

    def phrases(self, items: Iterable[str]) -> str:
        """Join parts of one clause, loosely, in this language."""
        return ("，" if self.language == "zh" else ", ").join(items)

    def clauses(self, items: Iterable[str]) -> str:
        """Join clauses into one sentence in this language."""
        return ("；" if self.language == "zh" else "; ").join(items)

    def sentences(self, items: Iterable[str]) -> str:
        """Join whole sentences in this language."""
        return ("" if self.language == "zh" else " ").join(items)


def heading(name: str) -> str:
    """Begin a name with a capital, as a heading does.

    Examples
    --------
    >>> heading("poor counties"), heading("Yanshan–Taihang"), heading("贫困县")
    ('Poor counties', 'Yanshan–Taihang', '贫困县')
    """
    return name[:1].upper() + name[1:]


@cache
def speaker(language: Language) -> Speaker:
    """Return the one speaker of a language."""
    return Speaker(language)


def preferred(accepted: str) -> Language:
    """Return the language of ours that a browser asks for first; Chinese if none.

    Parameters
    ----------
    accepted : str
        The header ``Accept-Language`` (RFC 9110, section 12.5.4).

    Examples
    --------
    >>> preferred("fr, en-GB;q=0.8, zh-CN;q=0.5"), preferred("de"), preferred("")
    ('en', 'zh', 'zh')
    """
    asked = []
    for place, part in enumerate(accepted.split(",")):
        tag, _, rest = part.strip().partition(";")
        weight = re.search(r"q=([01](?:\.\d{1,3})?)", rest)
        asked.append((-float(weight[1]) if weight else -1.0, place, tag[:2].lower()))
    for weight_below, _, code in sorted(asked):
        for language in LANGUAGES:
            if code == language and weight_below:
                return language
    return LANGUAGES[0]


@cache
def _translations(language: Language) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    file = CATALOGUE / "atlas.po"
    try:
        with file.open("rb") as source:
            catalogue = read_po(source, locale="zh")
    except (OSError, ValueError) as fault:
        raise CatalogueError(file) from fault
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)

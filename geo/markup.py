"""Markup that is written by hand: whatever is not markup already is escaped.

No template: text that comes from data can say anything and stays text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

_EMPTY: Final = frozenset({"br", "hr", "img", "input", "link", "meta"})
"""Elements of HTML that have no end."""


class Markup(str):
    """Text that is markup: nothing escapes it again."""

    __slots__ = ()


def element(
    tag: str, attributes: Mapping[str, object] | None = None, /, *children: str
) -> Markup:
    """Write an element.

    Parameters
    ----------
    tag : str
        Its name.
    attributes : mapping of str to object, optional
        What is None or False is left out; True stands without a value.
    *children : str
        What stands in it: markup as it is, text escaped.

    Examples
    --------
    >>> element("p", {"class": 'a"b', "hidden": True}, "1 < 2", element("br"))
    '<p class="a&quot;b" hidden>1 &lt; 2<br></p>'
    """
    said = "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in (attributes or {}).items()
        if value is not None and value is not False
    )
    if tag in _EMPTY:
        return Markup(f"<{tag}{said}>")
    return Markup(f"<{tag}{said}>{joined(children)}</{tag}>")


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """Write parts one after another.

    Parameters
    ----------
    parts : iterable of str
        Markup, or text to be escaped.
    between : str
        What stands between two of them, likewise.

    Examples
    --------
    >>> joined(["a & b", Markup("<br>")], "; ")
    'a &amp; b; <br>'
    """
    return Markup(_safe(between).join(_safe(part) for part in parts))


def _safe(part: str) -> str:
    return part if isinstance(part, Markup) else escape(part)

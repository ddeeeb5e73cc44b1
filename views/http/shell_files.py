"""Styles and scripts that stand in a page itself, as text."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from layers.webmap.script_files import asset

_COMMENT: Final = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


@cache
def text(name: str) -> str:
    """Return a file of ``scripts/shell`` without what is said to who reads it there.

    Parameters
    ----------
    name : str
        Of the file.
    """
    return _COMMENT.sub("", asset(f"shell/{name}").decode()).strip()


@cache
def styles(light: tuple[str, ...], dark: tuple[str, ...]) -> str:
    """Return style sheets, dark or in high contrast as reader or machine choose.

    Parameters
    ----------
    light, dark : tuple of str
        Names of style sheets; the rules of dark ones begin with ``html``.
    """
    by_day, by_night = ("\n".join(map(text, names)) for names in (light, dark))
    own = "html:not([data-atlas-look])"
    return "\n".join(
        (
            by_day,
            f"@media (prefers-color-scheme: dark) {{\n{_under(own, by_night)}\n}}",
            _under("html[data-atlas-look=dark]", by_night),
            _under("html[data-atlas-contrast]", text("contrast.css")),
        )
    )


def _under(root: str, rules: str) -> str:
    """Let rules that begin with ``html`` hold under a condition of the root."""
    return re.sub(r"\bhtml(?=[\s.])", root, rules)

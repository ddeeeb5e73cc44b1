"""Text of data where Streamlit reads Markdown: labels of boxes, captions, messages."""

from __future__ import annotations

import string
from typing import Final

_SIGNS: Final = str.maketrans({sign: f"\\{sign}" for sign in string.punctuation})


def literal(text: str) -> str:
    r"""Return a text so that Markdown sees nothing but text in it.

    A column or a file may be called like a link, a picture of another host, a formula.

    Parameters
    ----------
    text : str
        Of data.

    Examples
    --------
    >>> print(literal("![a](b) $x$"))
    \!\[a\]\(b\) \$x\$
    """
    return " ".join(text.split()).translate(_SIGNS)

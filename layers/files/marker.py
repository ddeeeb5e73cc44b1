"""What pictures, pages and drawings say of their making, in one word of text.

A PDF, a PNG, an SVG, a page or a drawing each has a place for text of its own, and each
escapes it otherwise. So what leads a file home is written in letters that none of them
escapes, and found by looking for it.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from geo.language import Language

KEYS: Final = ("query", "view", "count", "data_digest", "boundary_vintage")

_MARK: Final = re.compile(rb"atlas-file:([A-Za-z0-9_-]{20,40000});")
_LOOKED_AT: Final = 2


def marker(about: Mapping[str, Any], adcodes: Iterable[str], language: Language) -> str:
    """Return a marker.

    Parameters
    ----------
    about : mapping
        What :func:`layers.files.metadata.metadata` gave; of it `KEYS` are kept.
    adcodes : iterable of str
        Of the counties in the file.
    language : {"zh", "en"}
        Of the file.

    Examples
    --------
    >>> about = {"query": "all=x", "selection": {"en": "all of x"}, "count": 1}
    >>> word = marker(about, ["130102"], "en")
    >>> marked(b"<desc>" + word.encode() + b"</desc>")["adcodes"]
    ['130102']
    """
    told = {key: about[key] for key in KEYS if key in about}
    told |= {"selection": about["selection"][language], "adcodes": [*adcodes]}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    word = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return f"atlas-file:{word};"


def marked(content: bytes) -> dict[str, Any] | None:
    """Find what a file says of its making; None if it says nothing, or damaged."""
    for number, found in enumerate(_MARK.finditer(content)):
        if number == _LOOKED_AT:
            break
        try:
            told = json.loads(base64.urlsafe_b64decode(found[1] + b"=="))
        except (ValueError, binascii.Error, RecursionError):
            continue
        if isinstance(told, dict) and isinstance(told.get("adcodes"), list):
            return told
    return None

"""Tables as text: which encoding, which separator; every record stays a row.

Encodings are tried, strictly and in order, never guessed by statistics of letters:
short GBK would be taken for anything. Where Big5 and GB18030 both fit, the one decides
in which more characters of the names of Hebei stand.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
from collections import Counter
from typing import Any, Final

from geo.names import characters
from layers.own.child.faults import NotReadError
from layers.own.limits import Limits

_SEPARATORS: Final = ("\t", ",", ";", "，", "|", "；")
"""What parts fields, the likeliest first among equals."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT: Final = 500
"""Lines by which a separator is chosen."""

_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(content: bytes) -> tuple[str, str]:
    """Decode a text strictly.

    Returns
    -------
    text, encoding : str
        Without byte order mark; the encoding is one of utf-8, utf-8-sig, utf-16-le,
        utf-16-be, gb18030, big5.

    Raises
    ------
    NotReadError
        ``encoding`` if none fits, ``not_a_table`` if it is no text at all.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], name), name
    if b"\0" in content:
        return _without_mark(content)
    try:
        return _printable(content.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        if _nearly_utf8(content):
            line = content[: error.start].count(b"\n") + 1
            raise NotReadError("encoding", "broken_utf8", line=line) from error
    fitting = []
    for name in ("gb18030", "big5"):
        try:
            fitting.append((content.decode(name), name))
        except UnicodeDecodeError:
            continue
    if not fitting:
        raise NotReadError("encoding", "no_encoding")
    # GB18030 has nearly every pair of bytes; it comes first, and stays among equals.
    best = max(fitting, key=lambda pair: _familiar(pair[0]))
    return _printable(best[0]), best[1]


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode("utf-8" if encoding == "utf-8-sig" else encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise NotReadError("encoding", "broken", name=encoding, line=line) from error


def _without_mark(content: bytes) -> tuple[str, str]:
    """Decode UTF-16 without its mark: zero bytes stand on one side of the pairs."""
    sides = content[0::2].count(0), content[1::2].count(0)
    if min(sides) == 0 and len(content) % 2 == 0:
        name = "utf-16-be" if sides[0] else "utf-16-le"
        with contextlib.suppress(UnicodeDecodeError):
            return _printable(content.decode(name)), name
    raise NotReadError("not_a_table", "binary")


def _printable(decoded: str) -> str:
    if len(_CONTROLS.findall(decoded[:100_000])) > len(decoded[:100_000]) // 100:
        raise NotReadError("not_a_table", "binary")
    return decoded


def _nearly_utf8(content: bytes) -> bool:
    """Whether a text is UTF-8 but for a few broken places, not another encoding."""
    lenient = content.decode("utf-8", "replace")
    broken = lenient.count("\N{REPLACEMENT CHARACTER}")
    whole = sum(character > "\x7f" for character in lenient) - broken
    return whole > 8 * broken


def _familiar(decoded: str) -> float:
    """Return the share of characters beyond ASCII that names of Hebei have."""
    simplified, readings = characters()
    seen = [c for c in decoded[:100_000] if c > "\u2fff"]
    known = sum(c in readings or ord(c) in simplified for c in seen)
    return known / len(seen) if seen else 0.0


def read(decoded: str, encoding: str, name: str, limits: Limits) -> dict[str, Any]:
    """Read a text whose fields are parted by whatever parts them.

    Parameters
    ----------
    decoded : str
        The file as text.
    encoding : str
        Encoding of the text, for the answer.
    name : str
        Name of the file; it decides nothing.
    limits : Limits
        What the reader may take.
    """
    del name
    notes: list[dict[str, Any]] = []
    separator = None
    first, _, rest = decoded.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, decoded = first.strip()[4], rest  # spreadsheets hide this line too
    if separator is None:
        separator = separator_of(decoded)
    rows = _records(decoded, separator, notes)
    if len(rows) > limits.rows:
        raise NotReadError("too_large", "rows", limit=limits.rows)
    if max(map(len, rows), default=0) > limits.columns:
        raise NotReadError("too_large", "columns", limit=limits.columns)
    if sum(map(len, rows)) > limits.cells:
        raise NotReadError("too_large", "cells", limit=limits.cells)
    cells = [[cell if cell.strip() else None for cell in row] for row in rows]
    sheet = {"name": None, "visible": True, "rows": cells, "merged": []}
    return {"format": "csv", "encoding": encoding, "sheets": [sheet], "notes": notes}


def separator_of(decoded: str) -> str:
    """Choose what parts most lines into the same number of fields, one if nothing."""
    lines = decoded.splitlines()[:_LOOKED_AT]
    sample = "\n".join(lines)
    scores: list[tuple[float, int, str]] = []
    choices = [*_SEPARATORS]
    if '"' not in sample and "，" in sample and "," in sample:
        choices.append(",，")  # typed by hand, now with one and now with the other
    for place, separator in enumerate(choices):
        widths = Counter(
            len(row)
            for row in _parse(sample, separator, strict=False)
            if any(cell.strip() for cell in row)
        )
        parted = [(count, width) for width, count in widths.items() if width > 1]
        if parted:
            count, _ = max(parted)
            scores.append((count / sum(widths.values()), -place, separator))
    best = max(scores, default=(0.0, 0, ","))
    return best[2] if best[0] >= 0.5 else "\t"


def _records(
    decoded: str, separator: str, notes: list[dict[str, Any]]
) -> list[list[str]]:
    try:
        return _parse(decoded, separator, strict=True)
    except csv.Error as error:
        if "unexpected end" not in str(error):
            return _parse(decoded, separator, strict=False)
    # A quotation mark is never closed and would swallow all rows below it.
    notes.append({"code": "open_quote"})
    return _parse(decoded, separator, strict=False, quoting=csv.QUOTE_NONE)


def _parse(
    decoded: str, separator: str, *, strict: bool, quoting: int = csv.QUOTE_MINIMAL
) -> list[list[str]]:
    if len(separator) > 1:
        decoded = decoded.translate(dict.fromkeys(map(ord, separator), separator[0]))
    # csv keeps one limit for the whole process, so it is given back whatever happens.
    before = csv.field_size_limit(len(decoded) + 1)
    try:
        reader = csv.reader(
            io.StringIO(decoded, newline=""),
            delimiter=separator[0],
            strict=strict,
            quoting=quoting,  # type: ignore[arg-type] # an int by csv's own constants
        )
        return list(reader)
    finally:
        csv.field_size_limit(before)

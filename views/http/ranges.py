"""Parts of an answer by their bytes (RFC 9110, section 14): who asks for which.

Programs that read a file where it lies ask for parts of it: QGIS and GDAL by
``/vsicurl/``, readers of FlatGeobuf and GeoParquet in a browser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

UNIT: Final = "bytes"

MOST_RANGES: Final = 16
"""Parts of one request. Who asks for more, or for overlapping ones, gets the whole:
RFC 9110, 14.2, lets a server do so against requests that would make it work."""

_SPECIFIER: Final = re.compile(r"(\d{1,18})-(\d{0,18})|-(\d{1,18})", re.ASCII)

Span = tuple[int, int]
"""First byte, and the one after the last."""


class UnsatisfiableError(ValueError):
    """No part that was asked for is in the content."""


def spans(header: str, size: int) -> tuple[Span, ...]:
    """Read a header ``Range``.

    Parameters
    ----------
    header : str
        Its value.
    size : int
        Bytes of the content.

    Returns
    -------
    tuple of tuple of int and int
        The parts in the order in which they were asked for; none if the whole is to
        be sent: the header is in another unit or no list of ranges, asks for too
        many, or for more than the whole.

    Raises
    ------
    UnsatisfiableError
        If all of them lie beyond the content.

    Examples
    --------
    >>> spans("bytes=0-99", 1000), spans("bytes=-10", 1000), spans("bytes=990-", 1000)
    (((0, 100),), ((990, 1000),), ((990, 1000),))
    >>> spans("bytes=0-0, 5-9", 8), spans("rows=1-2", 8), spans("bytes=3-1", 8)
    (((0, 1), (5, 8)), (), ())
    """
    unit, _, listed = header.partition("=")
    parts = [part.strip() for part in listed.split(",") if part.strip()]
    if unit.strip().lower() != UNIT or not 0 < len(parts) <= MOST_RANGES:
        return ()
    found: list[Span] = []
    for part in parts:
        specifier = _SPECIFIER.fullmatch(part)
        if specifier is None:
            return ()
        first, last, suffix = specifier.groups()
        if suffix is not None:
            start, end = max(size - int(suffix), 0), size
        else:
            start, end = int(first), min(int(last) + 1, size) if last else size
            if last and int(last) < int(first):
                return ()
        if start < end:
            found.append((start, end))
    if not found:
        raise UnsatisfiableError(header)
    if sum(end - start for start, end in found) > size:
        return ()
    return tuple(found)


def content_range(span: Span | None, size: int) -> str:
    """Return the value of ``Content-Range``; without a span, of a refusal.

    Examples
    --------
    >>> content_range((0, 100), 1000), content_range(None, 1000)
    ('bytes 0-99/1000', 'bytes */1000')
    """
    if span is None:
        return f"{UNIT} */{size}"
    start, end = span
    return f"{UNIT} {start}-{end - 1}/{size}"


def multipart(
    content: bytes, wanted: Sequence[Span], media_type: str, boundary: str
) -> bytes:
    """Put several parts into one body, ``multipart/byteranges`` (RFC 9110, 14.6).

    Parameters
    ----------
    content : bytes
        The whole.
    wanted : sequence of tuple of int and int
        Which parts.
    media_type : str
        Of the whole.
    boundary : str
        What stands between the parts; it must not occur in them.
    """
    pieces = []
    for span in wanted:
        head = (
            f"\r\n--{boundary}\r\nContent-Type: {media_type}\r\n"
            f"Content-Range: {content_range(span, len(content))}\r\n\r\n"
        )
        pieces += [head.encode("latin-1"), content[slice(*span)]]
    return b"".join([*pieces, f"\r\n--{boundary}--\r\n".encode()])

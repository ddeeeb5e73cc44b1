"""Answers of the service: tags, compression, refusals, the same for every address.

Tags are of the content. No answer bears a ``Last-Modified``: the date of a file says
when it was written here, not whether it is newer; a table put back from a backup, or
copied with its date, would be answered with 304 to whoever has the later one.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any, Final

from cachetools import LRUCache, cached
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from geo.language import LANGUAGES, N_, speaker
from views.http import ranges

FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"

MOST_FAULTS: Final = 10
"""So many faults of a request are said one by one."""

OPEN_TO_ALL: Final[Mapping[str, str]] = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Ranges, Allow, Content-Crs, Content-Disposition, Content-Encoding, "
        "Content-Length, Content-Range, ETag, Link"
    ),
}
"""Headers that let pages of other hosts read an answer, and these headers of it."""

_PACKED_ALREADY: Final = (
    "application/pdf",
    "application/vnd.apache.parquet",
    "application/vnd.google-earth.kmz",
    "application/vnd.openxmlformats-",
    "application/zip",
    "image/png",
    "image/webp",
)
"""Beginnings of media types whose content is compressed by itself."""

_TAG: Final = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
"""An entity tag (RFC 9110, 8.8.3); the weak ones are compared like the strong ones."""

_SMALL: Final = 16 * 1024
"""Bytes that are packed sooner than another thread gets its turn to pack them."""

_PACKED: Final[LRUCache[str, bytes]] = LRUCache(maxsize=32 * 1024**2, getsizeof=len)


async def answer(
    request: Request,
    content: bytes,
    media_type: str,
    cache: str,
    *,
    file_name: str | None = None,
    headers: Mapping[str, str] | None = None,
    shared: bool = True,
) -> Response:
    """Answer with a content or the parts asked for, or with 304 to whoever has it.

    Parts are of the content as it is, never of a compressed one: who asks for them
    finds in them what the file has at these places.

    Parameters
    ----------
    request : starlette.requests.Request
        With what the client accepts and has.
    content : bytes
        Not compressed.
    media_type : str
        With its charset, if it is not text in UTF-8.
    cache : str
        Header ``Cache-Control``, e.g. `FOR_EVER` or `ASK_AGAIN`.
    file_name : str, optional
        Name under which to keep it.
    headers : mapping, optional
        Further headers.
    shared : bool
        Whether pages of other hosts may read it. What only the atlas's own pages ask
        for is not theirs to read, and a press on the map waits for every byte of it.
    """
    tag = hashlib.sha256(content).hexdigest()[:24]
    wanted = request.headers.get("range") if request.method == "GET" else None
    packs = (
        wanted is None
        and not media_type.startswith(_PACKED_ALREADY)
        and accepts_gzip(request.headers.get("accept-encoding", ""))
    )
    if media_type.startswith("text/") and "charset" not in media_type:
        media_type = f"{media_type}; charset=utf-8"
    known = {
        "Cache-Control": cache,
        "ETag": f'"{tag}-gz"' if packs else f'"{tag}"',
        "Vary": "Accept-Encoding",
        "Accept-Ranges": ranges.UNIT,
        **(OPEN_TO_ALL if shared else {}),
        "X-Content-Type-Options": "nosniff",
    }
    if file_name:
        known["Content-Disposition"] = f'inline; filename="{file_name}"'
    known |= headers or {}
    lists = {
        name: ", ".join(request.headers.getlist(name))
        for name in ("if-match", "if-none-match")
    }
    if lists["if-match"] and not has_it(lists["if-match"], known["ETag"]):
        return refuse(412, N_("The file is no longer the one that you have."), [])
    if has_it(lists["if-none-match"], known["ETag"]):
        return Response(status_code=304, headers=known)
    if media_type.startswith("text/") and "charset" not in media_type:
        media_type = f"{media_type}; charset=utf-8"
    # As a header, because Starlette adds a charset to every media type it is given.
    known["Content-Type"] = media_type
    if wanted is not None and _is_same(request, known["ETag"]):
        return _parts(content, wanted, known)
    if packs:
        known["Content-Encoding"] = "gzip"
        if len(content) > _SMALL:
            # Half a second for the largest: not where all other requests wait.
            content = await run_in_threadpool(packed, tag, content)
        else:
            content = packed(tag, content)
    return Response(content, headers=known)


def _is_same(request: Request, tag: str) -> bool:
    """Whether parts that a client has already are of this content (``If-Range``).

    Only a strong tag says so; a date says it of no answer here, none bears one.
    """
    return request.headers.get("if-range", tag).strip() == tag


def _parts(content: bytes, wanted: str, known: Mapping[str, str]) -> Response:
    """Answer the parts of a content that a header ``Range`` asks for."""
    size = len(content)
    try:
        spans = ranges.spans(wanted, size)
    except ranges.UnsatisfiableError:
        answer = refuse(
            416,
            N_("The file has {size} bytes; the range asked for lies beyond them."),
            [],
            {"size": size},
        )
        answer.headers["Content-Range"] = ranges.content_range(None, size)
        return answer
    if not spans:
        return Response(content, headers=known)
    if len(spans) == 1:
        placed = {"Content-Range": ranges.content_range(spans[0], size)}
        body = content[slice(*spans[0])]
        return Response(body, status_code=206, headers={**known, **placed})
    # The tag is a hash of the content: it does not stand in it.
    boundary = known["ETag"].strip('"')
    body = ranges.multipart(content, spans, known["Content-Type"], boundary)
    kind = {"Content-Type": f"multipart/byteranges; boundary={boundary}"}
    return Response(body, status_code=206, headers={**known, **kind})


def missing(message: str, **exist: list[str] | str) -> Response:
    """Answer 404, with a message and with what there is instead."""
    return refuse(404, message, [], None, **exist)


def refuse(
    status: int,
    message: str,
    faults: Sequence[Mapping[str, Any]],
    values: Mapping[str, object] | None = None,
    /,
    **more: object,
) -> Response:
    """Answer that something cannot be answered, and why, in both languages.

    Parameters
    ----------
    status : int
        Of the answer.
    message : str
        Message id.
    faults : sequence of mapping
        What is wrong, one by one; `MOST_FAULTS` of them are said.
    values : mapping of str to object, optional
        For the places of the message.
    more : object
        Further members of the answer, of bounded size.
    """
    body: dict[str, Any] = {
        "status": status,
        "message": {
            lang: speaker(lang)(message, **(values or {})) for lang in LANGUAGES
        },
    }
    if faults:
        body["faults"] = [*faults[:MOST_FAULTS]]
    return Response(
        as_json(body | more),
        status_code=status,
        media_type="application/json",
        headers={**OPEN_TO_ALL, "Cache-Control": "no-store"},
    )


def as_json(body: object) -> bytes:
    """Write JSON to be read by people too."""
    return json.dumps(body, ensure_ascii=False, indent=2).encode()


def qualities(header: str) -> dict[str, float]:
    """Read a list of wishes with their weights, of a header such as ``Accept``.

    Examples
    --------
    >>> qualities("text/html, application/json;q=0.5, x;q=no")
    {'text/html': 1.0, 'application/json': 0.5, 'x': 0.0}
    """
    wishes: dict[str, float] = {}
    for part in header.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                try:
                    quality = float(value)
                except ValueError:
                    quality = 0.0
        if name:
            wishes.setdefault(name.lower(), quality)
    return wishes


def quality(wishes: Mapping[str, float], media_type: str) -> float:
    """Say how much a client wants a media type: the closest of its wishes counts.

    Examples
    --------
    >>> wishes = qualities("text/*;q=0.5, application/json, */*;q=0.1")
    >>> [quality(wishes, t) for t in ("text/html", "application/json", "image/png")]
    [0.5, 1.0, 0.1]
    """
    group = f"{media_type.partition('/')[0]}/*"
    return wishes.get(media_type, wishes.get(group, wishes.get("*/*", 0.0)))


def accepts_gzip(header: str) -> bool:
    """Whether a client takes gzip, and would not rather have it plain.

    Examples
    --------
    >>> accepts_gzip("gzip, br"), accepts_gzip("gzip;q=0"), accepts_gzip("*")
    (True, False, True)
    >>> accepts_gzip("identity, gzip;q=0.5"), accepts_gzip("")
    (False, False)
    """
    wishes = qualities(header)
    gzip_wish = wishes.get("gzip", wishes.get("x-gzip", wishes.get("*", 0.0)))
    return gzip_wish > 0 and gzip_wish >= wishes.get("identity", 0.0)


def has_it(if_none_match: str, tag: str) -> bool:
    """Whether a client has this very answer (RFC 9110, 13.1.2).

    Examples
    --------
    >>> has_it('"a", W/"b"', '"b"'), has_it("*", '"b"'), has_it('"abc"', '"b"')
    (True, True, False)
    """
    return if_none_match.strip() == "*" or tag in _TAG.findall(if_none_match)


@cached(_PACKED, key=lambda tag, content: tag, lock=Lock())  # noqa: ARG005
def packed(tag: str, content: bytes) -> bytes:  # noqa: ARG001 - the key
    """Pack a content with gzip; the same is packed once."""
    # mtime=0: the same content has the same bytes.
    return gzip.compress(content, compresslevel=9, mtime=0)

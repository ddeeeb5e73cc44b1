"""Letters that a client has not percent-encoded in the address that it asks.

HTTP allows only ASCII there, and the parsers of servers end such a request with a
line of English, before anything of ours has seen it. Yet old clients and tools of the
command line send 蔚县 as it is typed. Here its bytes are encoded as the client ought to
have done: what is UTF-8 is then read like any other address, and what is not, GBK for
one, is refused by :mod:`views.http.bounds` with the reason. Each server hands over what
it receives: :mod:`views.http.process_letters`, :mod:`views.http.front_server`.
"""

from __future__ import annotations

import re
from typing import Final

_LINE: Final = re.compile(rb"[A-Z]+ ([!-~\x80-\xff]+) HTTP/1\.[01]\r?\n")
"""The first line of a request, which may have such letters."""

_RAW: Final = re.compile(rb"[\x80-\xff]")


def encoded(data: bytes) -> bytes:
    r"""Percent-encode the letters beyond ASCII in the first line of a request.

    Parameters
    ----------
    data : bytes
        What has come of it so far; nothing but its first line is changed.

    Examples
    --------
    >>> encoded("GET /layers?in=蔚 HTTP/1.1\r\nHost: 蔚\r\n".encode())[:40]
    b'GET /layers?in=%E8%94%9A HTTP/1.1\r\nHost:'
    >>> encoded("GET /蔚 x HTTP/1.1\r\n".encode("gbk"))
    b'GET /\xce\xb5 x HTTP/1.1\r\n'
    """
    line = _LINE.match(data)
    if not line:
        return data
    target = _RAW.sub(lambda letter: b"%%%02X" % letter[0][0], line[1])
    return data[: line.start(1)] + target + data[line.end(1) :]

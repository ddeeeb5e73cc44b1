"""Letters that a client has not percent-encoded in the address that it asks.

HTTP allows only ASCII there, and the parser of the server ends such a request with a
line of English, before anything of ours has seen it. Yet old clients and tools of the
command line send 蔚县 as it is typed. Here its bytes are encoded as the client ought to
have done: what is UTF-8 is then read like any other address, and what is not, GBK for
one, is refused by :mod:`views.http.bounds` with the reason.
"""

from __future__ import annotations

import re
from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

_LINE: Final = re.compile(rb"[A-Z]+ ([!-~\x80-\xff]+) HTTP/1\.[01]\r?\n")
"""The first line of a request, which may have such letters."""

_RAW: Final = re.compile(rb"[\x80-\xff]")

_received: Final = H11Protocol.data_received


def let_in() -> None:
    """Encode such letters in what the server receives from now on.

    Streamlit makes the server and lets nobody choose its parser, so that the method of
    uvicorn's is replaced. Where another parser is installed, it decides.
    """
    setattr(H11Protocol, "data_received", _data_received)  # noqa: B010 - a method


def _data_received(protocol: H11Protocol, data: bytes) -> None:
    if not data.isascii() and _begins(protocol.conn):
        data = encoded(data)
    _received(protocol, data)


def _begins(connection: h11.Connection) -> bool:
    """Whether what comes next is the first line of a request, from its first byte."""
    return connection.their_state is h11.IDLE and not connection.trailing_data[0]


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

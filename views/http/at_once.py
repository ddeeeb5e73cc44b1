"""Each answer leaves when it is written, all of it.

An answer is written twice, head and body, and so are the messages of a session. Unless
told otherwise the kernel keeps the second part until the client has confirmed the
first, and clients confirm 40 ms later, hoping to have something to say by then: on a
first visit, of a hundred files over six connections, that was half a second (Nagle’s
algorithm against delayed acknowledgement).
"""

from __future__ import annotations

import socket
from asyncio import Transport
from contextlib import suppress

from uvicorn.protocols.http.h11_impl import H11Protocol

_made = H11Protocol.connection_made


def send_at_once() -> None:
    """Let nothing that the server writes from now on wait for a confirmation.

    The event loop does so for sockets that it has made itself. Streamlit makes its own,
    without naming the protocol by which the loop would know them for TCP, and hands
    them on to nobody; so the method of uvicorn's that meets each connection is
    replaced. Where another parser is installed, its connections stay as they were.
    """
    setattr(H11Protocol, "connection_made", _connection_made)  # noqa: B010 - a method


def _connection_made(protocol: H11Protocol, transport: Transport) -> None:
    connection = transport.get_extra_info("socket")
    if connection is not None and connection.family != getattr(socket, "AF_UNIX", None):
        with suppress(OSError):  # it has gone already
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    _made(protocol, transport)

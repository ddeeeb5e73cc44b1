"""Raw letters in addresses are let in where a process is asked: uvicorn's parser."""

from __future__ import annotations

from typing import Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from views.http.raw_letters import encoded

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

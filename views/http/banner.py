"""No answer says by what it was made: the names of servers and their versions go.

Who looks for a server with a known fault asks thousands for their banner. A proxy can
take it off, but not every office has one.
"""

from __future__ import annotations

from typing import Any, Final

import uvicorn

_SERVER: Final = b"server"
_HELD: Final = "encoded_headers"
"""Of uvicorn’s configuration: what each answer bears, that to a WebSocket as well."""


class _WithoutServer:
    """Stands for the headers of every configuration, those made before it too.

    Streamlit makes uvicorn’s configuration by itself, gives it no word on its headers,
    and loads the application out of it: nothing of ours runs earlier.
    """

    def __get__(self, owner: uvicorn.Config | None, _: type) -> Any:
        if owner is None:
            return self
        held = vars(owner).get(_HELD, [])
        return [(name, value) for name, value in held if name != _SERVER]

    def __set__(self, owner: uvicorn.Config, headers: Any) -> None:
        vars(owner)[_HELD] = headers


def take_off() -> None:
    """Let uvicorn name itself in no answer of this process, with an error or without.

    Examples
    --------
    >>> made_before = uvicorn.Config("no:app")
    >>> vars(made_before)["encoded_headers"] = [(b"server", b"uvicorn"), (b"a", b"b")]
    >>> take_off()
    >>> made_before.encoded_headers
    [(b'a', b'b')]
    """
    setattr(uvicorn.Config, _HELD, _WithoutServer())

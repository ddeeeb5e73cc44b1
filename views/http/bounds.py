"""What an address may be at most, and in which bytes it is written.

Held before anything reads it, for pages, files and services alike: whoever sends much
gets little back, and nothing of it is worked on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.types import ASGIApp, Receive, Scope, Send

from geo.language import N_
from views.http.answers import refuse

MOST_PATH: Final = 1024
"""Bytes of a path as it is sent; the longest of ours takes a tenth of that."""

MOST_QUERY: Final = 8192
"""Bytes of a query as it is sent; the codes of all counties take 1,500."""

MOST_PARAMETERS: Final = 120
"""Of one address: as many as there are names, each of which is needed once."""

_BETWEEN: Final = re.compile(rb"[&;]")


class Bounds:
    """Refuses addresses that are too long or in bytes that are no UTF-8.

    Parameters
    ----------
    app : ASGI application
        What answers the others.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 400 or 414, or hand on."""
        if scope["type"] == "http":
            path = scope.get("raw_path") or scope["path"].encode()
            wrong = fault_of(path, scope.get("query_string", b""))
            if wrong:
                status, message, values = wrong
                answer = refuse(status, message, [], values)
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)


def fault_of(path: bytes, query: bytes) -> tuple[int, str, Mapping[str, int]] | None:
    """Say what is wrong with an address as it is sent.

    Parameters
    ----------
    path, query : bytes
        Percent-encoded, without the question mark between.

    Returns
    -------
    tuple of int, str and mapping, or None
        Status of the answer, message id, values for its places.

    Examples
    --------
    >>> fault_of(b"/layers", b"all=%E5%86%80") is None
    True
    >>> fault_of(b"/layers", b"all=%BC%BD")[0]
    400
    >>> fault_of(b"/layers", b"x" * 9000)[0]
    414
    """
    for part, most in ((path, MOST_PATH), (query, MOST_QUERY)):
        if len(part) > most:
            message = N_("The address is too long: {n} bytes; {most} are the most.")
            return 414, message, {"n": len(part), "most": most}
    parameters = len(_BETWEEN.split(query))
    if parameters > MOST_PARAMETERS:
        message = N_("The address has {n} parameters; {most} are the most.")
        return 400, message, {"n": parameters, "most": MOST_PARAMETERS}
    try:
        for part in (path, query):
            unquote_to_bytes(part).decode()
    except UnicodeDecodeError:
        message = N_(
            "The address is not in UTF-8: letters beyond ASCII are percent-encoded "
            "UTF-8."
        )
        return 400, message, {}
    return None

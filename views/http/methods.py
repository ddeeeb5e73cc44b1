"""Which methods an address answers: reading, and asking what may be asked.

Pages of other hosts ask before they send more than a plain request (CORS).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.language import N_
from views.http import answers

ALLOWED: Final = "GET, HEAD, OPTIONS"

_READING: Final = frozenset({"GET", "HEAD"})

_ASKED_WITH: Final = (
    "Accept, Accept-Language, Cache-Control, Content-Type, If-Match, "
    "If-Modified-Since, If-None-Match, If-Range, Range"
)
"""Headers that a page of another host may send."""

Answering = Callable[[Request], Awaitable[Response]]


def preflight() -> Response:
    """Tell pages of other hosts that they may ask, and with which headers."""
    return Response(
        status_code=204,
        headers={
            **answers.OPEN_TO_ALL,
            "Access-Control-Allow-Methods": ALLOWED,
            "Access-Control-Allow-Headers": _ASKED_WITH,
            "Access-Control-Max-Age": "86400",
            "Allow": ALLOWED,
        },
    )


def not_allowed() -> Response:
    """Refuse a method that would change something."""
    answer = answers.refuse(
        405, N_("This address is only read: ask with GET or HEAD."), []
    )
    answer.headers["Allow"] = ALLOWED
    return answer


class Readable:
    """An ASGI application that answers reading, and nothing else.

    Parameters
    ----------
    endpoint : callable
        Answers a request with GET or HEAD.
    """

    def __init__(self, endpoint: Answering) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope, receive)
        answer: ASGIApp
        if request.method in _READING:
            answer = await self._endpoint(request)
        elif request.method == "OPTIONS":
            answer = preflight()
        else:
            answer = not_allowed()
        await answer(scope, receive, send)

"""The server before several processes: aiohttp's, which answers as the processes do.

What it does by itself is done otherwise here: no answer names it, what it cannot read
is answered with the headers of all others, and letters that a client has not
percent-encoded are let in as the processes let them in.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Final

from aiohttp import web

from layers import settings
from views.http.hand_on import Desk
from views.http.headers import Headers
from views.http.raw_letters import encoded

_NO_PAGE: Final = ".json"
"""Whose policy an answer has that is made here: it loads nothing."""

LONGEST_LINE: Final = 64 * 1024
"""Of a request, as a process takes it: which address is too long, that one says."""

_received: Final = web.RequestHandler.data_received


class _Request(web.Request):
    """A request, also one that is none: its answer bears the headers of all others.

    What aiohttp answers by itself to what it cannot read goes through no signal.
    """

    async def _prepare_hook(self, response: web.StreamResponse) -> None:
        await super()._prepare_hook(response)
        response.headers.popall("Server", None)
        for name, value in _of_all(settings.current()).items():
            response.headers.setdefault(name, value)


@cache
def _of_all(own: settings.Settings) -> Mapping[str, str]:
    """Return what every answer bears, as the processes say it of theirs."""
    return Headers(own, ()).of(_NO_PAGE)


def front(desk: Desk) -> web.Application:
    """Return the application that stands before the processes."""
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", desk.answer)
    return application


def without_banner(runner: web.AppRunner) -> None:
    """Let no answer of a runner that is set up name what made it.

    Parameters
    ----------
    runner : aiohttp.web.AppRunner
        Of :func:`front`.
    """
    assert runner.server
    make = runner.app._make_request  # the server’s own factory, but for the class
    runner.server.request_factory = partial(make, _cls=_Request)


def let_in() -> None:
    """Encode raw letters in what such servers receive from now on.

    aiohttp makes the protocol of a connection and lets nobody choose another, so that
    its method is replaced.
    """
    setattr(web.RequestHandler, "data_received", _data_received)  # noqa: B010 - a method


def _data_received(handler: web.RequestHandler, data: bytes) -> None:
    if not data.isascii() and _begins(handler):
        data = encoded(data)
    _received(handler, data)


def _begins(handler: web.RequestHandler) -> bool:
    """Whether a request may begin here: the first, or one after all were answered."""
    waiter = handler._waiter
    return handler._request_count == 0 or (waiter is not None and not waiter.done())

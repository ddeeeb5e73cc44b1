"""Where the OGC API is reached: its routes, and what is asked before it is loaded.

What answers is in :mod:`views.http.ogc.service`; it is loaded when it is first asked,
so that the pages start without it.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from layers import settings
from views.http.ogc import LIMIT_MOST, PATH

_ONE_AT_A_TIME: Final = Lock()


def routes(prefix: str = "") -> list[BaseRoute]:
    """Return the routes, under the path at which the application runs.

    Parameters
    ----------
    prefix : str
        E.g. ``/gis``; ``""`` at the root.
    """
    service = _Door(f"{prefix}{PATH}")
    # The first without a slash at its end, which Streamlit would take for a page.
    return [Route(service.path, service), Mount(service.path, service)]


class _Door:
    """Hands requests on as if the service were alone at its path.

    tipg makes its links from the outermost application's path.
    """

    def __init__(self, path: str) -> None:
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        inner = {
            name: value
            for name, value in scope.items()
            if name not in {"app", "router", "endpoint", "route", "path_params"}
        }
        inner["root_path"] = inner["app_root_path"] = self.path
        if inner["path"] == self.path:
            inner["path"] = f"{self.path}/"
        _put_at(settings.current().address, self.path, inner)
        inner["query_string"] = _bounded(inner.get("query_string", b""))
        application = await run_in_threadpool(_application)
        await application(inner, receive, send)


def _put_at(address: str, path: str, scope: Scope) -> None:
    """Let the service believe that it is asked at the atlas's own address."""
    if not address:
        return
    parts = urlsplit(address)
    root = f"{parts.path}{PATH}"
    scope["scheme"] = parts.scheme
    scope["root_path"] = scope["app_root_path"] = root
    scope["path"] = root + scope["path"].removeprefix(path)
    others = [header for header in scope["headers"] if header[0] != b"host"]
    scope["headers"] = [*others, (b"host", parts.netloc.encode())]


def _application() -> ASGIApp:
    with _ONE_AT_A_TIME:
        return _built()


@lru_cache(maxsize=1)
def _built() -> ASGIApp:
    from views.http.ogc.service import application

    return application()


def _bounded(query: bytes) -> bytes:
    """Bring a limit that is too great down to the greatest.

    Examples
    --------
    >>> _bounded(b"limit=99999&offset=10")
    b'limit=10000&offset=10'
    """
    if b"limit=" not in query:
        return query
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    for number, (name, value) in enumerate(pairs):
        if name == "limit" and value.isascii() and value.isdigit():
            # Compared by length first: thousands of digits are no number to read.
            digits = value.lstrip("0")
            if len(digits) > len(str(LIMIT_MOST)) or int(digits or 0) > LIMIT_MOST:
                pairs[number] = (name, str(LIMIT_MOST))
                return urlencode(pairs).encode()
    return query

"""Where the atlas runs, as whoever asks reaches it."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from layers import settings


def own_address(request: Request, path: str) -> str:
    """Return the address of the atlas, without a final slash.

    Parameters
    ----------
    request : starlette.requests.Request
        What is asked.
    path : str
        Path of the part that answers, e.g. ``/layers``; the application's own path is
        what stands before it.

    Returns
    -------
    str
        The address that the office has set; else the one asked.
    """
    configured = settings.current().address
    if configured:
        return configured
    before = request.url.path.partition(path)[0]
    return str(request.url.replace(path=before or "/", query="", fragment="")).rstrip(
        "/"
    )


def own_path(prefix: str) -> str:
    """Return the path under which a reader's browser finds the atlas.

    Parameters
    ----------
    prefix : str
        Path under which the application runs: what is right unless the office has set
        an address, whose proxy may lead to it from another path.

    Examples
    --------
    >>> own_path("/gis")
    '/gis'
    """
    configured = settings.current().address
    return urlsplit(configured).path.rstrip("/") if configured else prefix

"""Where the atlas runs, as whoever asks reaches it."""

from __future__ import annotations

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

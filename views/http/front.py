"""What stands before every answer of the server, in its order."""

from __future__ import annotations

import logging
from typing import Final

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from geo.language import N_
from layers import settings
from layers.webmap.basemaps import base_maps
from views.http.answers import refuse
from views.http.bounds import Bounds
from views.http.door import Door
from views.http.headers import Headers

_LOG: Final = logging.getLogger(__name__)


def front(prefix: str = "") -> list[Middleware]:
    """Return the middleware of the application.

    Parameters
    ----------
    prefix : str
        Path under which the application runs.
    """
    return [
        Middleware(
            Door, settings=settings.current(), base_maps=base_maps(), prefix=prefix
        ),
        Middleware(Bounds),
    ]


async def failed(request: Request, fault: Exception) -> Response:
    """Answer 500 when something of ours fails; what it was is for the log only."""
    _LOG.error("no answer to %s", request.url.path, exc_info=fault)
    answer = refuse(500, N_("Something went wrong here; it is in the log."), [])
    # What stands before other answers does not see this one.
    answer.headers.update(Headers(settings.current(), ()).of(request.url.path))
    return answer

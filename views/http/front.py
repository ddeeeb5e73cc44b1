"""What stands before every answer of the server, in its order."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from geo.language import LANGUAGES, N_, speaker
from layers import settings
from layers.edition.served import SERVED
from layers.store.store import tidy_meanwhile
from layers.webmap.basemaps import base_maps
from views.http import watch
from views.http.answers import refuse
from views.http.at_once import send_at_once
from views.http.bounds import Bounds
from views.http.door import Door
from views.http.headers import Headers
from views.http.health import State
from views.http.lanes import LANES
from views.http.nowhere import Nowhere
from views.http.open_files import allow_many
from views.http.process_letters import let_in
from views.http.shell import Shell
from views.http.static import Static
from views.http.uploads import Uploads
from views.http.watch import Watch

_LOG: Final = logging.getLogger(__name__)


def front(
    prefix: str = "", pages: Mapping[str, tuple[str, str]] | None = None
) -> list[Middleware]:
    """Return the middleware of the application.

    Parameters
    ----------
    prefix : str
        Path under which the application runs.
    pages : mapping, optional
        Its pages as :class:`views.http.shell.Shell` takes them.
    """
    own = settings.current()
    return [
        Middleware(Watch, prefix=prefix),
        Middleware(Door, settings=own, base_maps=base_maps(), prefix=prefix),
        Middleware(Bounds),
        Middleware(
            Uploads, session_mb=own.upload_mb, all_mb=own.uploads_mb, prefix=prefix
        ),
        Middleware(Static, prefix=prefix),
        Middleware(Shell, prefix=prefix, pages=pages or {}),
        Middleware(Nowhere, prefix=prefix),
    ]


@asynccontextmanager
async def life(_: object) -> AsyncIterator[None]:
    """Begin what runs beside the answers, and end it when the server stops.

    Raises
    ------
    SystemExit
        If the port of the metrics is taken.
    """
    own = settings.current()
    allow_many()
    let_in()
    send_at_once()
    try:
        server = watch.metrics(own)
    except OSError as fault:
        say = N_("Port {port} of the metrics is taken: {reason}")
        for language in LANGUAGES:
            text = speaker(language)(say, port=own.metrics_port, reason=fault.strerror)
            _LOG.critical("%s", text)
        raise SystemExit(1) from fault
    watch.log_as(own.log)
    tidy_meanwhile(own)
    try:
        yield
    finally:
        State.stops = True
        SERVED.stop()
        # Threads wait for the processes that are ended here.
        await run_in_threadpool(LANES.close)
        if server:
            await run_in_threadpool(server.shutdown)
            server.server_close()


async def failed(request: Request, fault: Exception) -> Response:
    """Answer 500 when something of ours fails; what it was is for the log only."""
    _LOG.error("no answer to %s", request.url.path, exc_info=fault)
    answer = refuse(500, N_("Something went wrong here; it is in the log."), [])
    # What stands before other answers does not see this one.
    answer.headers.update(Headers(settings.current(), ()).of(request.url.path))
    return answer

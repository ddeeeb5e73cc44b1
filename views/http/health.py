"""Whether the process lives, and whether it can answer: for who watches over it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from geo import __version__
from layers.edition.served import SERVED
from views.http.lanes import LANES

_NOT_KEPT = {"Cache-Control": "no-store"}


class State:
    """Whether the process is about to end."""

    stops = False


def routes(prefix: str = "") -> list[BaseRoute]:
    """Return the routes, under the path at which the application runs."""
    return [
        Route(f"{prefix}/health", health),
        Route(f"{prefix}/ready", ready),
    ]


async def health(_: Request) -> JSONResponse:
    """Answer that the process lives and its loop turns."""
    return JSONResponse({"status": "ok", "version": __version__}, headers=_NOT_KEPT)


async def ready(_: Request) -> JSONResponse:
    """Answer whether to send readers here: 503 while it stops.

    Tables with faults are no reason to send nobody: the last good edition is served,
    and ``faults`` says so.
    """
    body = {
        "status": "stops" if State.stops else "ok",
        "edition": SERVED.edition().digest,
        "faults": len(SERVED.problems),
        "waiting": {name: lane.waiting for name, lane in LANES.every.items()},
    }
    status = 503 if State.stops else 200
    return JSONResponse(body, status_code=status, headers=_NOT_KEPT)

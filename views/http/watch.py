"""What is counted and logged of requests: nothing that says who asked for what."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from typing import Any, Final

from prometheus_client import REGISTRY, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from layers.edition.served import SERVED
from layers.settings import Settings
from views.http.lanes import LANES

_LOG: Final = logging.getLogger("atlas.requests")

_PARTS: Final = (
    "layers",
    "ogc",
    "help",
    "assets",
    "boundaries",
    "static",
    "_stcore",
    "health",
    "ready",
)
"""First parts of paths that are told apart; all others are pages."""

REQUESTS: Final = Counter(
    "atlas_requests", "Requests answered", ["part", "method", "status"]
)
SECONDS: Final = Histogram(
    "atlas_request_seconds",
    "Time until a request was answered whole",
    ["part"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120),
)


class Watch:
    """Counts and logs each request: its part of the service, status, size and time.

    No address of a client, no query, no header stands in a line: what somebody looks
    for is nobody else's business.

    Parameters
    ----------
    app : ASGI application
        What answers.
    prefix : str
        Path under which the application runs.
    """

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        self.app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, and look at what goes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, status, size = time.perf_counter(), 0, 0

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            took = time.perf_counter() - begun
            part = part_of(scope["path"].removeprefix(self._prefix))
            method = scope["method"] if scope["method"] in _METHODS else "other"
            REQUESTS.labels(part, method, status or 500).inc()
            SECONDS.labels(part).observe(took)
            about = {"part": part, "method": method, "status": status or 500}
            measured = {"bytes": size, "ms": round(took * 1000, 1)}
            _LOG.info("request", extra={"about": about | measured})


_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})


def part_of(path: str) -> str:
    """Return the part of the service at a path.

    Examples
    --------
    >>> part_of("/layers/deep_poverty.csv"), part_of("/county"), part_of("/")
    ('layers', 'page', 'page')
    """
    first = path.lstrip("/").partition("/")[0]
    return first if first in _PARTS else "page"


class _State(Collector):
    """What there is when it is asked for: lanes and edition."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        lanes = GaugeMetricFamily(
            "atlas_lane_works", "Works of a lane", labels=["lane", "state"]
        )
        for name, lane in LANES.every.items():
            lanes.add_metric([name, "waiting"], lane.waiting)
            lanes.add_metric([name, "running"], lane.running)
            lanes.add_metric([name, "done"], lane.done)
            lanes.add_metric([name, "refused"], lane.refused)
            lanes.add_metric([name, "left"], lane.ended)
        yield lanes
        yield GaugeMetricFamily(
            "atlas_edition_faults",
            "Faults of the newest tables, while an older edition is served",
            value=len(SERVED.problems),
        )


def metrics(settings: Settings) -> Any:
    """Serve the metrics on their own port, if there is one; return what closes it.

    Raises
    ------
    OSError
        If the port is taken.
    """
    if not settings.metrics_port:
        return None
    if "atlas_state" not in _STARTED:
        _STARTED.add("atlas_state")
        REGISTRY.register(_State())
    server, _ = start_http_server(settings.metrics_port, settings.metrics_address)
    return server


_STARTED: Final[set[str]] = set()


class JsonLines(logging.Formatter):
    """Writes a log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "about", {}),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def log_as(form: str) -> None:
    """Send the log of the atlas and of its server to standard error.

    Parameters
    ----------
    form : {"text", "json"}
        Lines to be read, or to be collected; with those to be collected, each request
        is one.
    """
    handler = logging.StreamHandler()
    if form == "json":
        handler.setFormatter(JsonLines())
    else:
        text = "%(asctime)s %(levelname)s %(name)s: %(message)s"
        handler.setFormatter(logging.Formatter(text))
    _LOG.setLevel(logging.INFO if form == "json" else logging.WARNING)
    for name in ("atlas", "layers", "views", "geo"):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.propagate = False
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.INFO)
    if form == "json":
        for name in ("uvicorn", "uvicorn.error", "streamlit"):
            logging.getLogger(name).handlers[:] = [handler]
            logging.getLogger(name).propagate = False

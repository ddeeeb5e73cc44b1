"""What every request passes first: proxies, hosts, origins, and the answer's headers.

Streamlit answers foreign origins of a WebSocket by asking an outside host for this
machine's address, and stumbles over malformed ones. Here an origin is believed if it is
the host asked, or the atlas's own address; Streamlit sees none but such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.language import N_
from layers.settings import Settings
from views.http.answers import accepts_gzip, refuse
from views.http.headers import Headers
from views.http.origins import host_name, is_named, is_proxy, origin_host

PROBES: Final = ("/health", "/ready")
"""Paths that are asked by address, not by name."""

_DOORS: Final[Mapping[str, tuple[str, ...]]] = {
    "metrics": ("_stcore/metrics",),
    "agent": ("_stcore/agent", "_stcore/script-health-check"),
}
"""Parts of Streamlit that are closed unless the setting ``open`` names them."""

_SCHEMES: Final = frozenset({"http", "https", "ws", "wss"})


class Door:
    """Lets in what may be asked here, and gives each answer its headers.

    Parameters
    ----------
    app : ASGI application
        What answers.
    settings : layers.settings.Settings
        What the office has set.
    base_maps : sequence of mapping
        Whose hosts pages may load images from.
    prefix : str
        Path under which the application runs.
    """

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        base_maps: Iterable[Mapping[str, Any]] = (),
        prefix: str = "",
    ) -> None:
        self.app = app
        self._settings = settings
        self._headers = Headers(settings, base_maps)
        self._prefix = prefix
        self._own = urlsplit(settings.address).netloc.lower()
        self._closed = tuple(
            f"{prefix}/{path}"
            for door, paths in _DOORS.items()
            if door not in settings.open
            for path in paths
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or hand on with what is believed."""
        if scope["type"] == "http":
            await self._http(self._believed(scope), receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(self._believed(scope), receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        headers = self._headers.of(path)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = MutableHeaders(scope=message)
                for name, value in headers.items():
                    known.setdefault(name, value)
                del known["x-powered-by"]
                _say_once(known, "vary")
                self._lead_here(known, scope)
            await send(message)

        if not self._is_asked_here(scope) and not path.endswith(PROBES):
            refusal = refuse(400, N_("This server is not known by that name."), [])
            await refusal(scope, receive, answer)
        elif path.startswith(self._closed):
            refusal = refuse(404, N_("There is nothing at this address."), [])
            await refusal(scope, receive, answer)
        else:
            await self.app(scope, receive, answer)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = MutableHeaders(scope=scope)
        host = headers.get("host", "").lower()
        origins = headers.getlist("origin")
        asked = [origin_host(origin) for origin in origins]
        known = {host, self._own} - {""}
        if not self._is_asked_here(scope) or any(one not in known for one in asked):
            # Before it is accepted: the server answers 403.
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if origins:
            # As of the host asked, so that Streamlit has nothing to look up.
            scheme = "https" if scope["scheme"] == "wss" else "http"
            headers["origin"] = f"{scheme}://{headers['host']}"
        await self.app(scope, receive, send)

    def _is_asked_here(self, scope: Scope) -> bool:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            return False
        name = host_name(hosts[0].decode("latin-1"))
        if name is None:
            return False
        named = self._settings.hosts
        return not named or is_named(name, named) or name == host_name(self._own)

    def _believed(self, scope: Scope) -> Scope:
        """Return a scope of our own, with what named proxies say of the client."""
        believed = {**scope, "headers": list(scope["headers"])}
        _settle_codings(MutableHeaders(scope=believed))
        client = scope.get("client")
        if client and is_proxy(client[0], self._settings.proxies):
            headers = MutableHeaders(scope=believed)
            scheme = headers.get("x-forwarded-proto", "").strip().lower()
            if scheme in _SCHEMES:
                is_safe = scheme in {"https", "wss"}
                kind = "ws" if scope["type"] == "websocket" else "http"
                believed["scheme"] = f"{kind}s" if is_safe else kind
            chain = ",".join(headers.getlist("x-forwarded-for")).split(",")
            # The last that is no proxy of ours; those before it anyone may have said.
            others = [c.strip() for c in chain if c.strip()]
            while others and is_proxy(others[-1], self._settings.proxies):
                others.pop()
            if others:
                believed["client"] = (others[-1], 0)
        return believed

    def _lead_here(self, headers: MutableHeaders, scope: Scope) -> None:
        """Let a redirection lead to the atlas's own address, if it has one."""
        own = self._settings.address
        leads = headers.get("location", "")
        host = MutableHeaders(scope=scope).get("host", "")
        start = f"{scope['scheme']}://{host}"
        if own and host and leads.startswith(f"{start}/"):
            rest = leads.removeprefix(start).removeprefix(self._prefix)
            headers["location"] = f"{own}{rest}"


def _settle_codings(headers: MutableHeaders) -> None:
    """Leave gzip out of what a client takes if it takes none: Streamlit reads no q."""
    wishes = headers.get("accept-encoding", "")
    if "gzip" in wishes and not accepts_gzip(wishes):
        # Nor any: what is left of “gzip;q=0, *” would take it again.
        others = [w for w in wishes.split(",") if "gzip" not in w and "*" not in w]
        headers["accept-encoding"] = ",".join(others) or "identity"


def _say_once(headers: MutableHeaders, name: str) -> None:
    """Say each word of a list once: what answers and what packs both say it."""
    words = ",".join(headers.getlist(name)).split(",")
    once = {word.strip().lower(): word.strip() for word in words if word.strip()}
    if once:
        headers[name] = ", ".join(once.values())

"""Hand requests and WebSockets on to the process where their session lives."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final, Protocol

import aiohttp
from aiohttp import WSMsgType, web
from multidict import CIMultiDict
from yarl import URL

from views.http.origins import is_proxy

COOKIE: Final = "atlas-process"
"""Holds the number of a process, and nothing else."""

_PIECE: Final = 64 * 1024

_OF_A_CONNECTION: Final = frozenset(
    {
        "connection",
        "expect",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that are not handed on (RFC 9110, section 7.6.1)."""

_FORWARDED: Final = ("X-Forwarded-For", "X-Forwarded-Proto")


class Process(Protocol):
    """What is asked of a process."""

    number: int
    port: int
    is_ready: bool


class Desk:
    """Knows the processes, and hands each request on to one.

    Parameters
    ----------
    processes : sequence of Process
        Those there are.
    proxies : iterable of str
        Networks of the proxies whose word on a client is believed.
    prefix : str
        Path under which the application runs, or empty.
    """

    def __init__(
        self, processes: Sequence[Process], proxies: Iterable[str], prefix: str
    ) -> None:
        self._processes = processes
        self._proxies = tuple(proxies)
        self._path = f"{prefix}/"
        self._open = dict.fromkeys((one.number for one in processes), 0)
        self._next = 0
        self._session: aiohttp.ClientSession | None = None

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request with what its process answers."""
        process, is_new = self._process(request)
        if process is None:
            return _unavailable()
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._socket(request, process)
        return await self._page(request, process, is_new=is_new)

    async def close(self) -> None:
        """Close the connections to the processes."""
        if self._session:
            await self._session.close()

    def _process(self, request: web.Request) -> tuple[Process | None, bool]:
        """Choose a process; say whether the client has to be told of it."""
        ready = {one.number: one for one in self._processes if one.is_ready}
        if not ready:
            return None, False
        known = request.cookies.get(COOKIE, "")
        if known.isascii() and known.isdecimal() and int(known) in ready:
            return ready[int(known)], False
        if request.headers.get("Sec-Fetch-Mode") == "navigate":
            # A browser that comes: where the fewest pages are open, in turn if as many.
            self._next += 1
            count = len(self._processes)
            number = min(
                ready, key=lambda one: (self._open[one], (one - self._next) % count)
            )
            return ready[number], True
        client = f"{self._client(request)} {request.headers.get('User-Agent', '')}"
        digest = hashlib.sha256(client.encode("utf-8", "surrogateescape")).digest()
        numbers = sorted(ready)
        return ready[numbers[digest[0] % len(numbers)]], False

    def _client(self, request: web.Request) -> str:
        peer = request.remote or ""
        chain = request.headers.get("X-Forwarded-For", "")
        if chain and is_proxy(peer, self._proxies):
            return chain
        return peer

    def _headers(self, request: web.Request) -> CIMultiDict[str]:
        headers = _handed_on(request.headers)
        if not is_proxy(request.remote or "", self._proxies):
            for name in _FORWARDED:
                headers.popall(name, None)
        said = [*headers.popall("X-Forwarded-For", []), request.remote or ""]
        headers["X-Forwarded-For"] = ", ".join(filter(None, said))
        return headers

    async def _page(
        self, request: web.Request, process: Process, *, is_new: bool
    ) -> web.StreamResponse:
        try:
            asked = await self._client_session().request(
                request.method,
                _address(process, request),
                headers=self._headers(request),
                data=request.content if request.body_exists else None,
                allow_redirects=False,
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
            )
        except aiohttp.ClientConnectionError:
            return _unavailable()
        async with asked as told:
            answer = web.StreamResponse(
                status=told.status,
                reason=told.reason,
                headers=_handed_on(told.headers),
            )
            if is_new:
                answer.set_cookie(
                    COOKIE,
                    str(process.number),
                    path=self._path,
                    httponly=True,
                    samesite="Lax",
                )
            await answer.prepare(request)
            async for piece in told.content.iter_chunked(_PIECE):
                await answer.write(piece)
            await answer.write_eof()
        return answer

    async def _socket(
        self, request: web.Request, process: Process
    ) -> web.StreamResponse:
        offered = request.headers.get("Sec-WebSocket-Protocol", "").split(",")
        headers = self._headers(request)
        for name in [name for name in headers if name.lower().startswith("sec-web")]:
            headers.popall(name, None)
        try:
            inner = await self._client_session().ws_connect(
                _address(process, request),
                protocols=[one.strip() for one in offered if one.strip()],
                headers=headers,
                max_msg_size=0,
                autoclose=False,
            )
        except aiohttp.WSServerHandshakeError as refusal:
            return web.Response(status=refusal.status)
        except aiohttp.ClientError:
            return _unavailable()
        async with inner:
            outer = web.WebSocketResponse(
                protocols=[inner.protocol] if inner.protocol else [],
                max_msg_size=0,
                compress=False,
                autoclose=False,
            )
            self._open[process.number] += 1
            try:
                await outer.prepare(request)
                ways = {
                    asyncio.ensure_future(_carry(outer, inner)),
                    asyncio.ensure_future(_carry(inner, outer)),
                }
                try:
                    await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for way in ways:
                        way.cancel()
            finally:
                self._open[process.number] -= 1
        return outer

    def _client_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                cookie_jar=aiohttp.DummyCookieJar(),
                # A book takes minutes; the processes have limits of their own.
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=10),
                auto_decompress=False,
            )
        return self._session


_Socket = web.WebSocketResponse | aiohttp.ClientWebSocketResponse


async def _carry(source: _Socket, target: _Socket) -> None:
    """Carry messages one way until the source closes."""
    with suppress(ConnectionError, aiohttp.ClientError):
        while True:
            message = await source.receive()
            if message.type == WSMsgType.BINARY:
                await target.send_bytes(message.data)
            elif message.type == WSMsgType.TEXT:
                await target.send_str(message.data)
            else:
                code = source.close_code or 1001
                # Codes that only a peer which is gone has cannot be sent.
                await target.close(code=1001 if code in {1005, 1006} else code)
                return


def _handed_on(headers: Iterable[tuple[str, str]] | object) -> CIMultiDict[str]:
    """Return headers without those that are of one connection only."""
    given: CIMultiDict[str] = CIMultiDict(headers)  # type: ignore[arg-type]
    named = {
        name.strip().lower()
        for value in given.getall("Connection", [])
        for name in value.split(",")
    }
    for name in {*given}:
        if name.lower() in _OF_A_CONNECTION | named:
            given.popall(name, None)
    return given


def _address(process: Process, request: web.Request) -> URL:
    # As it was asked: what is wrong in it, the process says.
    return URL(f"http://127.0.0.1:{process.port}{request.raw_path}", encoded=True)


def _unavailable() -> web.Response:
    return web.Response(
        status=503,
        text="图集正在启动，请稍候。\nThe atlas is starting; please wait a moment.\n",
        headers={"Retry-After": "5", "Cache-Control": "no-store", "Refresh": "5"},
    )

"""Streamlit's own scripts and styles, packed once, without a proxy in front.

Streamlit sends them as they lie: 2.4 MB on a first visit. Here they are sent as
:mod:`views.http.prepare` has prepared them; what it has not is packed when it is first
asked for, quickly, and kept.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import brotli  # type: ignore[import-untyped]
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from views.http.answers import FOR_EVER, has_it, packed, qualities
from views.http.prepare import FOLDER, PACKABLE, PREPARED

_QUICK: Final = 5
_FONT: Final = ".woff2"


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    media_type: str
    tag: str


class Static:
    """Answers Streamlit's scripts and styles packed; hands on the rest.

    Parameters
    ----------
    app : ASGI application
        What answers the rest.
    prefix : str
        Path under which the application runs.
    folder, prepared : pathlib.Path
        Streamlit's files, and what was prepared of them.
    """

    def __init__(
        self,
        app: ASGIApp,
        prefix: str = "",
        folder: Path = FOLDER,
        prepared: Path = PREPARED,
    ) -> None:
        self.app = app
        self._folder, self._prepared = folder, prepared
        self._names = {
            f"{prefix}/{path.relative_to(folder).as_posix()}": path
            for path in sorted(folder.glob("static/**/*"))
            if path.suffix in {*PACKABLE, _FONT}
        }
        self._files: dict[Path, _File] = {}
        self._packed: dict[Path, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        file = self._names.get(scope["path"])
        if file is None:
            await self.app(scope, receive, send)
            return
        answer = await run_in_threadpool(self._answer, file, Headers(scope=scope))
        await answer(scope, receive, send)

    def _answer(self, path: Path, headers: Headers) -> Response:
        file = self._file(path)
        return respond(
            headers,
            file.content,
            file.media_type,
            file.tag,
            FOR_EVER,  # their names hold their hash
            None if path.suffix == _FONT else lambda: self._brotli(path, file),
        )

    def _file(self, path: Path) -> _File:
        if path not in self._files:
            ready = self._prepared / path.relative_to(self._folder)
            content = (ready if ready.is_file() else path).read_bytes()
            kind = mimetypes.guess_type(path.name)[0] or "font/woff2"
            self._files[path] = _File(
                content,
                kind if path.suffix == _FONT else f"{kind}; charset=utf-8",
                hashlib.sha256(content).hexdigest()[:24],
            )
        return self._files[path]

    def _brotli(self, path: Path, file: _File) -> bytes:
        found = self._packed.get(path)
        if found is None:
            name = path.relative_to(self._folder).as_posix()
            ready = self._prepared / f"{name}.br"
            if ready.is_file():
                found = ready.read_bytes()
            else:
                found = brotli.compress(file.content, quality=_QUICK)
            self._packed[path] = found
        return found


def respond(
    headers: Headers,
    content: bytes,
    media_type: str,
    tag: str,
    cache: str,
    brotlied: Callable[[], bytes] | None,
    vary: str = "Accept-Encoding",
) -> Response:
    """Answer with a content as the client takes it, or with 304 to whoever has it.

    Parameters
    ----------
    headers : starlette.datastructures.Headers
        Of the request.
    content : bytes
        Not packed.
    media_type : str
        With its charset.
    tag : str
        Hash of the content.
    cache : str
        Header ``Cache-Control``.
    brotlied : callable, optional
        Gives the content packed by Brotli; None where it is packed by itself.
    vary : str
        On which headers of a request the answer depends.
    """
    wishes = qualities(headers.get("accept-encoding", ""))
    codings = ("br", "gzip") if brotlied else ()
    coding = next((c for c in codings if wishes.get(c, 0) > 0), None)
    known = {
        "Cache-Control": cache,
        "ETag": f'"{tag}-{coding or "plain"}"',
        "Vary": vary,
        "Content-Type": media_type,
    }
    if has_it(", ".join(headers.getlist("if-none-match")), known["ETag"]):
        return Response(status_code=304, headers=known)
    if coding and brotlied:
        known["Content-Encoding"] = coding
        content = brotlied() if coding == "br" else packed(tag, content)
    return Response(content, headers=known)

"""Streamlit's own scripts and page, packed once, without a proxy in front.

Streamlit sends them as they lie: 2.4 MB on a first visit. Here they are sent as
:mod:`views.http.prepare` has prepared them; what it has not is packed when it is first
asked for, quickly, and kept.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import brotli  # type: ignore[import-untyped]
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from views.http.answers import ASK_AGAIN, FOR_EVER, has_it, packed, qualities
from views.http.prepare import FOLDER, PACKABLE, PREPARED

_QUICK: Final = 5
_FONT: Final = ".woff2"
_HASH: Final = "<script>window.atlasHash=location.hash</script>"

_NOT_SHOWN: Final = re.compile(
    r"\s*<link\b[^>]*(?:rel=\"preload\"[^>]*as=\"font\"|as=\"font\"|_stcore/agent)"
    r"[^>]*>"
)
"""A font in which nothing of the atlas is set, and an interface that is closed."""


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    media_type: str
    tag: str
    cache: str


class Static:
    """Answers Streamlit's scripts, styles and page packed; hands on the rest.

    Parameters
    ----------
    app : ASGI application
        What answers the rest.
    prefix : str
        Path under which the application runs.
    pages : sequence of str
        Paths of the application's pages, without the prefix and a slash.
    folder, prepared : pathlib.Path
        Streamlit's files, and what was prepared of them.
    """

    def __init__(
        self,
        app: ASGIApp,
        prefix: str = "",
        pages: tuple[str, ...] = ("",),
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
        self._pages = {f"{prefix}/{page}" for page in pages}
        self._files: dict[Path, _File] = {}
        self._packed: dict[Path, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        if path in self._pages:
            file = self._folder / "index.html"
        elif path in self._names:
            file = self._names[path]
        else:
            await self.app(scope, receive, send)
            return
        answer = await run_in_threadpool(self._answer, file, Headers(scope=scope))
        await answer(scope, receive, send)

    def _answer(self, path: Path, headers: Headers) -> Response:
        file = self._file(path)
        wishes = qualities(headers.get("accept-encoding", ""))
        codings = () if path.suffix == _FONT else ("br", "gzip")
        coding = next((c for c in codings if wishes.get(c, 0) > 0), None)
        known = {
            "Cache-Control": file.cache,
            "ETag": f'"{file.tag}-{coding or "plain"}"',
            "Vary": "Accept-Encoding",
            "Content-Type": file.media_type,
        }
        if has_it(", ".join(headers.getlist("if-none-match")), known["ETag"]):
            return Response(status_code=304, headers=known)
        content = file.content
        if coding:
            known["Content-Encoding"] = coding
            is_brotli = coding == "br"
            content = (
                self._brotli(path, file) if is_brotli else packed(file.tag, content)
            )
        return Response(content, headers=known)

    def _file(self, path: Path) -> _File:
        if path not in self._files:
            ready = self._prepared / path.relative_to(self._folder)
            content = (ready if ready.is_file() else path).read_bytes()
            if path.name == "index.html":
                content = shell(content.decode()).encode()
            kind = mimetypes.guess_type(path.name)[0] or "font/woff2"
            # The names of scripts hold their hash; the page is asked for again.
            is_page = path.suffix == ".html"
            self._files[path] = _File(
                content,
                kind if path.suffix == _FONT else f"{kind}; charset=utf-8",
                hashlib.sha256(content).hexdigest()[:24],
                ASK_AGAIN if is_page else FOR_EVER,
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


def shell(page: str) -> str:
    """Return Streamlit's page without what the atlas does not show.

    What stands behind the # of the address is noted before Streamlit writes the address
    anew without it.

    Examples
    --------
    >>> shell('<a><link rel="preload" href="./x.woff2" as="font" crossorigin /></a>')
    '<a></a>'
    >>> shell("<head><title>")
    '<head><script>window.atlasHash=location.hash</script><title>'
    """
    return _NOT_SHOWN.sub("", page).replace("<head>", f"<head>{_HASH}", 1)

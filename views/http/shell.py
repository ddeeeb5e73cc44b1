"""The shell: the document that the server sends for each page, in place of Streamlit's.

It is Streamlit's own, so that its scripts find what they look for, with a title, a
language and a still picture of what will be there; scripts and styles are asked for
behind it, so that something true is painted before any of them has come.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Final
from urllib.parse import parse_qsl

import brotli  # type: ignore[import-untyped]
from cachetools import LRUCache
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.language import Language, preferred
from geo.markup import Markup, element
from layers.edition.edition import Edition
from layers.edition.opening import Opened, read_page
from layers.edition.served import SERVED
from views.http.answers import ASK_AGAIN
from views.http.place import own_path
from views.http.prepare import FOLDER
from views.http.shell_files import styles, text
from views.http.shell_links import links
from views.http.shell_page import TAGS, parts
from views.http.static import respond

MOST_BYTES: Final = 8 * 1024**2
"""Of shells that are kept, packed and not."""

_TIGHT: Final = 9

_NOT_SHOWN: Final = re.compile(
    r"\s*<link\b[^>]*(?:rel=\"preload\"[^>]*as=\"font\"|as=\"font\"|_stcore/agent)"
    r"[^>]*>|<noscript>.*?</noscript>|<!--(?! Copyright|\s*Copyright).*?-->",
    re.DOTALL,
)
"""A font in which nothing of the atlas is set, an interface that is closed, and what
Streamlit says to whoever runs no scripts."""

_FETCHED: Final = re.compile(
    r"\s*<(?:link\b[^>]*rel=\"(?:modulepreload|stylesheet)\"[^>]*>"
    r"|script type=\"module\"[^>]*></script>)"
)
"""What is fetched before the page can be painted, or while it still comes."""

_TITLE: Final = re.compile(r"<title>.*?</title>", re.DOTALL)
_LANGUAGE: Final = re.compile(r"<html\b[^>]*>")
_ROOT: Final = re.compile(r"<div id=\"root\">\s*</div>")

_LIGHT: Final = ("picture.css", "shell.css")
_DARK: Final = ("dark.css",)

_RUN: Final = "../page/run.js"
"""What the components of the page are run by."""

_SYNTAX: Final = "window.atlasSyntax=class{static{}}"
"""In the newest syntax of Streamlit's scripts; a browser without it skips the line."""


class Shell:
    """Answers the application's pages with their shells; hands on the rest.

    Parameters
    ----------
    app : ASGI application
        What answers the rest.
    prefix : str
        Path under which the application runs.
    pages : mapping of str to (str, str)
        Name and purpose, message ids, of each page by its path without a slash.
    folder : pathlib.Path
        Streamlit's files.
    """

    def __init__(
        self,
        app: ASGIApp,
        prefix: str = "",
        pages: Mapping[str, tuple[str, str]] | None = None,
        folder: Path = FOLDER,
    ) -> None:
        self.app = app
        self._prefix = prefix
        self._pages = {f"{prefix}/{page}": page for page in pages or {}}
        self._about = dict(pages or {})
        self._document = folder / "index.html"
        self._kept: LRUCache[object, tuple[bytes, str, bytes]] = LRUCache(
            maxsize=MOST_BYTES, getsizeof=lambda kept: len(kept[0]) + len(kept[2])
        )
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        is_read = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        page = self._pages.get(scope["path"]) if is_read else None
        if page is None:
            await self.app(scope, receive, send)
            return
        answer = await run_in_threadpool(self._answer, page, scope)
        await answer(scope, receive, send)

    def _answer(self, page: str, scope: Scope) -> Response:
        headers = Headers(scope=scope)
        asked = parse_qsl(scope["query_string"].decode("latin-1"), True)
        content, tag, small = self._made(
            SERVED.edition(), page, asked, preferred(headers.get("accept-language", ""))
        )
        return respond(
            headers,
            content,
            "text/html; charset=utf-8",
            tag,
            ASK_AGAIN,
            lambda: small,
            "Accept-Encoding, Accept-Language",
        )

    def _made(
        self,
        edition: Edition,
        page: str,
        asked: list[tuple[str, str]],
        language: Language,
    ) -> tuple[bytes, str, bytes]:
        """Return a shell with its tag and packed; the same is made once."""
        opened = read_page(asked, edition, on_the_map=not page, language=language)
        at = own_path(self._prefix)
        key = edition.digest, page, opened.address, opened.county, opened.contrast, at
        with self._lock:
            kept = self._kept.get(key)
        if kept:
            return kept
        about = self._about[page]
        title, body = parts(edition, opened, page, about, at)
        streamlits = self._document.read_text("utf-8")
        early = "" if page else links(edition, opened, self._prefix)
        content = document(streamlits, opened, title, body, early).encode()
        tag = hashlib.sha256(content).hexdigest()[:24]
        made = content, tag, brotli.compress(content, quality=_TIGHT)
        with self._lock:
            self._kept[key] = made
        return made


def document(
    streamlits: str,
    opened: Opened,
    title: str,
    body: Markup,
    early: str = "",
) -> str:
    """Put the shell's parts into Streamlit's document.

    Parameters
    ----------
    streamlits : str
        Its own document.
    opened : layers.edition.opening.Opened
        What the address says.
    title : str
        Of the document.
    body : Markup
        What stands before its root.
    early : str
        Links to what will be asked for, behind what Streamlit needs.

    Raises
    ------
    ValueError
        If it is not such a document as is known.
    """
    page = _NOT_SHOWN.sub("", streamlits)
    fetched = "".join(match.group() for match in _FETCHED.finditer(page))
    page = _FETCHED.sub("", page)
    language = TAGS[opened.address.language]
    opening = element(
        "html", {"lang": language, "data-atlas-contrast": opened.contrast}
    )
    head = (
        f"{element('title', None, title)}{_script(text('first.js'))}"
        f"<style>{styles(_LIGHT, _DARK)}</style>{_script(_SYNTAX)}"
        f"{_script(text(_RUN))}"
    )
    end = f"{body}{_script(text('watch.js'))}"
    root = f'{end}<div id="root"></div>{fetched}{early}'
    begin = opening.removesuffix("</html>")
    for pattern, new in ((_LANGUAGE, begin), (_TITLE, head), (_ROOT, root)):
        before, found, after = _parted(pattern, page)
        if not found:
            raise ValueError(f"Streamlit's page has no {pattern.pattern}")
        page = f"{before}{new}{after}"
    return page


def _parted(pattern: re.Pattern[str], page: str) -> tuple[str, str, str]:
    found = pattern.search(page)
    if not found:
        return page, "", ""
    return page[: found.start()], found.group(), page[found.end() :]


def _script(code: str) -> str:
    # Ours, and nothing in them ends them: tests/views/http/test_shell.py.
    return f"<script>{code}</script>"

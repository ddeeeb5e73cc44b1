"""How many bytes of files sessions may have uploaded: each, and all together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from geo.language import N_
from layers.own.limits import MEGABYTE
from views.http.answers import refuse

Stored = Callable[[], Mapping[str, Mapping[str, Any]]]
"""Files by session and id; each has its bytes as ``data``."""

_PATH: Final = "/_stcore/upload_file/"


def permit(megabytes: int) -> None:
    """Let Streamlit take files as large as a session may have.

    It has one limit for all boxes; each box and each reader has its own below it.

    Parameters
    ----------
    megabytes : int
        Of one session.
    """
    config.set_option("server.maxUploadSize", megabytes)


def stored() -> Mapping[str, Mapping[str, Any]]:
    """Return the files that Streamlit keeps."""
    from streamlit import runtime

    if not runtime.exists():
        return {}
    manager: Any = runtime.get_instance().uploaded_file_mgr
    return dict(manager.file_storage)


def give_back(file: str) -> None:
    """Let go a file of the session that runs, which no box shows any more.

    Parameters
    ----------
    file : str
        Its id.
    """
    from streamlit import runtime
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    if context is not None and runtime.exists():
        manager: Any = runtime.get_instance().uploaded_file_mgr
        manager.remove_file(context.session_id, file)


class Uploads:
    """Refuses a file beyond what a session, or all together, may have uploaded.

    Streamlit gives the files of a session back some time after it has ended.

    Parameters
    ----------
    app : ASGI application
        What takes the files.
    session_mb, all_mb : int
        Megabytes.
    prefix : str
        Path under which the application runs.
    stored : callable
        What there is.
    """

    def __init__(
        self,
        app: ASGIApp,
        session_mb: int,
        all_mb: int,
        prefix: str = "",
        stored: Stored = stored,
    ) -> None:
        self.app = app
        self._session, self._all = session_mb * MEGABYTE, all_mb * MEGABYTE
        self._start = f"{prefix}{_PATH}"
        self._stored = stored
        self._coming: defaultdict[str, int] = defaultdict(int)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count, refuse or hand on."""
        is_upload = scope["type"] == "http" and scope["method"] == "PUT"
        if not is_upload or not scope["path"].startswith(self._start):
            await self.app(scope, receive, send)
            return
        session = scope["path"].removeprefix(self._start).partition("/")[0]
        length = Headers(scope=scope).get("content-length", "")
        if not (length.isascii() and length.isdecimal()) or len(length) > 12:
            message = N_("A file is taken only with its length.")
            await refuse(411, message, [])(scope, receive, send)
            return
        size = int(length)
        held = {
            name: sum(len(file.data) for file in files.values())
            for name, files in self._stored().items()
        }
        own = held.get(session, 0) + self._coming[session] + size
        every = sum(held.values()) + sum(self._coming.values()) + size
        if own > self._session or every > self._all:
            text = N_("More files than a session may have: close those not needed.")
            if own <= self._session:
                text = N_("Too many files are open here at the moment: try later.")
            await refuse(413, text, [])(scope, receive, send)
            return
        self._coming[session] += size
        try:
            await self.app(scope, receive, send)
        finally:
            self._coming[session] -= size
            if not self._coming[session]:
                del self._coming[session]

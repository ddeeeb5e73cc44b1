"""404 for what is no address of the atlas, in both languages.

Streamlit answers every path that it does not know with the page of the application, and
with 200: whoever asks for a service that is not here, a machine above all, takes that
for one. The pages there are have been answered before (:mod:`views.http.shell`), so
that a page which comes from Streamlit's own files is no page of the atlas.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.language import N_
from views.http import answers, layer_page
from views.http.place import own_path

NOTHING: Final = N_("There is nothing at this address.")

_WAYS: Final = (
    ("/", N_("Interactive map")),
    ("/plain", N_("All counties and programmes")),
    ("/layers?f=html", N_("Every layer in every format")),
    ("/ogc/?f=html", N_("Address for QGIS: OGC API – Features")),
)
"""Where to go instead."""


class Nowhere:
    """Answers 404 where Streamlit would answer with its page; hands on the rest.

    Parameters
    ----------
    app : ASGI application
        What answers the rest, Streamlit's own files at last.
    prefix : str
        Path under which the application runs.
    """

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        self.app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_nothing = False

        async def answer(message: Message) -> None:
            nonlocal is_nothing
            if message["type"] == "http.response.start":
                is_nothing = _is_streamlits_page(scope, message)
                if is_nothing:
                    told = missing(Request(scope), NOTHING, self._prefix)
                    await told(scope, receive, send)
            if not is_nothing:
                await send(message)

        await self.app(scope, receive, answer)


def missing(request: Request, message: str, prefix: str) -> Response:
    """Answer 404: a page for a browser, JSON for everybody else.

    Parameters
    ----------
    request : starlette.requests.Request
        What is asked.
    message : str
        Message id: what there is not.
    prefix : str
        Path under which the application runs.
    """
    at = own_path(prefix)
    if layer_page.form(request) != "html":
        return answers.missing(message, catalogue=f"{at}/layers?f=json")
    ways = "".join(
        f"<li>{layer_page.linked(f'{at}{path}', layer_page.said(text))}</li>"
        for path, text in _WAYS
    )
    return Response(
        layer_page.frame(layer_page.said(message), f"<ul>{ways}</ul>"),
        status_code=404,
        headers={
            **layer_page.POLICY,
            "Content-Type": layer_page.MEDIA_TYPE,
            "Cache-Control": "no-store",
        },
    )


def _is_streamlits_page(scope: Scope, message: Message) -> bool:
    """Whether an answer is the page of the application, from Streamlit's files."""
    # The router writes there what it has asked.
    is_file = isinstance(scope.get("endpoint"), StaticFiles)
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return is_file and message["status"] == 200 and kind.startswith("text/html")

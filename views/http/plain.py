"""Plain pages by address: an index, one a county, one a variable, one a scope.

The address chooses the language (``lang=``), else the reader's browser does.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.language import LANGUAGES, N_, Language, preferred
from layers.edition.served import SERVED
from layers.select.scopes import scopes
from views.http import answers, layer_page, plain_county, plain_pages
from views.http.methods import Readable
from views.http.nowhere import missing
from views.http.place import own_path
from views.http.plain_pages import PATH, Desk


def routes(prefix: str = "") -> list[BaseRoute]:
    """Return the routes of the plain pages.

    Parameters
    ----------
    prefix : str
        Path under which the application runs.
    """

    async def index(request: Request) -> Response:
        desk = _desk(request, prefix)
        return await _answer(request, lambda: plain_pages.index(desk))

    async def county(request: Request) -> Response:
        desk, asked = _desk(request, prefix), request.path_params["county"]
        # By any code or name that the address of a page may say.
        meant = desk.edition.choices.meant("counties", asked)
        if len(meant) != 1:
            return missing(request, N_("There is no such county."), prefix)
        return await _answer(request, lambda: plain_county.county(desk, meant[0]))

    async def variable(request: Request) -> Response:
        desk, asked = _desk(request, prefix), request.path_params["variable"]
        if asked not in desk.package.variables:
            return missing(request, N_("There is no such variable."), prefix)
        return await _answer(request, lambda: plain_pages.variable(desk, asked))

    async def scope(request: Request) -> Response:
        desk, asked = _desk(request, prefix), request.path_params["scope"]
        if asked not in scopes(desk.package):
            return missing(request, N_("There is no such scope of targets."), prefix)
        return await _answer(request, lambda: plain_county.scope(desk, asked))

    return [
        Route(f"{prefix}{PATH}", Readable(index)),
        Route(f"{prefix}{PATH}/county/{{county}}", Readable(county)),
        Route(f"{prefix}{PATH}/scope/{{scope}}", Readable(scope)),
        Route(f"{prefix}{PATH}/variable/{{variable}}", Readable(variable)),
    ]


def _desk(request: Request, prefix: str) -> Desk:
    return Desk(SERVED.edition(), _language(request), own_path(prefix))


def _language(request: Request) -> Language:
    asked = request.query_params.get("lang")
    accepted = preferred(request.headers.get("accept-language", ""))
    return next((known for known in LANGUAGES if known == asked), accepted)


async def _answer(request: Request, make: Callable[[], bytes]) -> Response:
    answer = await answers.answer(
        request,
        await run_in_threadpool(make),
        layer_page.MEDIA_TYPE,
        answers.ASK_AGAIN,
    )
    answer.headers.update(layer_page.POLICY)
    answer.headers["Vary"] = "Accept-Encoding, Accept-Language"
    return answer

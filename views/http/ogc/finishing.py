"""What every answer of the OGC API gets after tipg has made it.

tipg is asked for JSON, whatever the client wants. Here the links to the same answer in
every other form are added, and to the terms; it becomes a page for who likes that
better; and it leaves like any other answer of this server, with tag and parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

import orjson
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.export import FORMATS
from layers.edition.served import SERVED
from layers.files.terms import terms as licences
from views.http import answers, layer_page
from views.http.layer_page import Form
from views.http.methods import Readable
from views.http.ogc import PATH, systems
from views.http.ogc.page import page
from views.http.ogc.provider import collections
from views.http.ogc.query import no_value

_JSON: Final = ("application/json", "application/geo+json", "application/schema+json")

_HERE: Final = frozenset({"self", "alternate"})
"""Relations of the links that are made here, not by tipg."""


_TOLD_AGAIN: Final = frozenset({"items", "collection"})
"""Relations of the links of a collection that are made here, not by tipg."""


_QUERYABLES: Final = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
"""Relation that Part 3 prescribes; tipg's short one is kept beside it."""

_TEMPLATED: Final[Mapping[str, str]] = {
    "/{itemId}": "item",
    "/items": "items",
    "/queryables": _QUERYABLES,
    "/{collectionId}": "collection",
}
"""Relations of links with places for names, by their ends; to tipg all are ``data``."""


class Finished:
    """An application whose answers are finished here.

    Parameters
    ----------
    application : ASGI application
        Answers JSON, at the root.
    """

    def __init__(self, application: ASGIApp) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        await Readable(self._answer)(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        form = layer_page.form(request)
        if form is None:
            asked = no_value("f", request.query_params.get("f"))
            return _refusal(fault_answer(400, asked.say))
        made = await _made(self._application, request)
        media_type = made.headers["content-type"].partition(";")[0]
        content = bytes(made.body)
        headers = {**layer_page.POLICY}
        if made.status_code != 200:
            return _refusal(made)
        if media_type in _JSON:
            data = completed(orjson.loads(content), request, form, media_type)
            if "features" in data or data.get("type") == "Feature":
                headers["Content-Crs"] = f"<{_moved(data, request)}>"
            if form == "html":
                content, media_type = page(data), layer_page.MEDIA_TYPE
            else:
                content = orjson.dumps(data)
        else:
            media_type = made.headers["content-type"]
        return await answers.answer(
            request,
            content,
            media_type,
            answers.ASK_AGAIN,
            headers=headers,
        )


def completed(
    data: dict[str, Any], request: Request, form: Form, media_type: str
) -> dict[str, Any]:
    """Add to an answer where it stands in other forms, and on what terms.

    OGC 17-069r4 wants links to every other media type in each of its answers
    (requirements 13, 15, 28, 33).

    Parameters
    ----------
    data : dict
        The answer, changed in place; returned as well.
    request : Request
        Of the client.
    form : {"html", "json"}
        Which form is answered.
    media_type : str
        Of the answer as JSON.
    """
    if "links" not in data:  # of conformance and queryables the standard wants none
        return data
    kept = [_named(link) for link in data["links"] if link["rel"] not in _HERE]
    data["links"] = [*_forms(str(_without_form(request)), form, media_type), *kept]
    if "title" not in data and data.get("type") == "Feature":
        data["title"] = data["properties"].get("name")
    for known in data.get("collections", [data] if "itemType" in data else []):
        _complete_collection(known, request)
    if data.get("type") in {"Feature", "FeatureCollection"}:
        data["attribution"] = credit()
    if "collections" in data or "features" in data or data.get("type") == "Feature":
        data["links"] += terms()
    return data


def _named(link: dict[str, Any]) -> dict[str, Any]:
    """Name a link with places for names by what it leads to: ``data`` is the list."""
    if not link.get("templated"):
        return link
    ends = (known for known in _TEMPLATED if link["href"].endswith(known))
    return {**link, "rel": _TEMPLATED[next(ends)]}


def fault_answer(status: int, message: Mapping[str, str]) -> JSONResponse:
    """Refuse as OGC API - Common does, and in both languages."""
    body = {"code": str(status), "description": message["en"], "message": {**message}}
    return JSONResponse(body, status_code=status)


def _moved(data: dict[str, Any], request: Request) -> str:
    """Bring features into the system asked for; return its address."""
    asked = request.query_params.get("crs", systems.CRS84)
    address = systems.offered("crs", asked)
    if address != systems.CRS84:
        for feature in data.get("features", [data]):
            feature["geometry"] = systems.placed(feature["geometry"], address)
    return address


def credit() -> str:
    """Return the credit of the boundaries, with its map-approval number."""
    return SERVED.edition().package.boundaries.metadata().credit_zh


def terms() -> list[dict[str, str]]:
    """Return links to the terms of attributes and of boundaries."""
    return [
        {
            "rel": "license",
            "href": term.address,
            "type": "text/html",
            "title": f"{term.subject}: {term.title}",
        }
        for term in licences(SERVED.edition().package)
    ]


def _forms(here: str, form: Form, media_type: str) -> list[dict[str, str]]:
    """Link to an answer itself, and to it in every other form."""
    kinds: Mapping[Form, str] = {"json": media_type, "html": "text/html"}
    between = "&" if "?" in here else "?"
    return [
        {
            "rel": "self" if kind == form else "alternate",
            "href": f"{here}{between}f={kind}",
            "type": kinds[kind],
            "title": "JSON" if kind == "json" else "HTML",
        }
        for kind in sorted(kinds, key=lambda kind: kind != form)
    ]


def _without_form(request: Request) -> Any:
    pairs = [p for p in request.query_params.multi_items() if p[0] != "f"]
    return request.url.replace(query=urlencode(pairs, safe=",/:"))


def _complete_collection(known: dict[str, Any], request: Request) -> None:
    """Say of a collection what tipg leaves out, and where its files are."""
    own = collections(SERVED.edition())[known["id"]]
    base = str(request.base_url).rstrip("/")
    layers = base.removesuffix(PATH) + "/layers"
    here = f"{base}/collections/{own.id}"
    known["title"] = own.title
    known["attribution"] = credit()
    known["crs"] = [*systems.OFFERED]
    known["storageCrs"] = systems.CRS84
    relations = {link["rel"] for link in known["links"]}
    known["links"] = [
        *([] if "self" in relations else _forms(here, "json", "application/json")),
        # tipg's alternatives are rows of text, and it links to a collection in the list
        # only: what the list has, the collection has too (/req/core/sfc-md-success).
        *(link for link in known["links"] if link["rel"] not in _TOLD_AGAIN),
        {
            "rel": _QUERYABLES,
            "href": f"{here}/queryables",
            "type": "application/schema+json",
            "title": "Queryables",
        },
        {"rel": "collection", "href": here, "type": "application/json"},
        {
            "rel": "items",
            "href": f"{here}/items",
            "type": "application/geo+json",
            "title": "GeoJSON",
        },
        {
            "rel": "items",
            "href": f"{here}/items?f=html",
            "type": "text/html",
            "title": "HTML",
        },
        *(
            {
                "rel": "enclosure",
                "href": f"{layers}/{own.id}{file.suffix}",
                "type": file.media_type,
                "title": file.name("zh"),
            }
            for file in FORMATS.values()
        ),
        *terms(),
    ]


async def _made(application: ASGIApp, request: Request) -> Response:
    """Let an application answer into memory; it is asked for JSON and for the whole."""
    scope = dict(request.scope)
    query = [p for p in request.query_params.multi_items() if p[0] != "f"]
    scope["query_string"] = str(QueryParams(query)).encode()
    # tipg knows GET only; the server leaves the body out by itself.
    scope["method"] = "GET"
    scope["headers"] = [
        (name, value)
        for name, value in scope["headers"]
        if name not in {b"accept", b"accept-encoding", b"range"}
    ]
    status, headers = 500, []
    pieces: list[bytes] = []

    async def keep(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], message["headers"]
        elif message["type"] == "http.response.body":
            pieces.append(message.get("body", b""))

    await application(scope, request.receive, keep)
    answer = Response(b"".join(pieces), status_code=status)
    for name, value in headers:
        answer.headers[name.decode("latin-1")] = value.decode("latin-1")
    answer.headers.setdefault("content-type", "application/json")
    return answer


def _refusal(made: Response) -> Response:
    """Say a refusal of tipg's or ours to all, and let nobody keep it."""
    for name, value in {**answers.OPEN_TO_ALL, "Cache-Control": "no-store"}.items():
        made.headers[name] = value
    return made

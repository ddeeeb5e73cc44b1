"""The OGC API itself: tipg's routes, models and links over collections of our own.

tipg is made for PostGIS and has a base class for other collections. Two parts of it
are not reached here: its pages, which load scripts from other hosts, and its way to the
filter language, whose parser a deep filter overflows, and the whole server with it.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, nullcontext
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp
from tipg import dependencies as tipg_dependencies
from tipg.collections import Collection, CollectionList
from tipg.errors import NotFound
from tipg.factory import OGCFeaturesFactory
from tipg.openapi import _update_openapi
from tipg.resources.enums import MediaType
from tipg.resources.response import ORJSONResponse, SchemaJSONResponse

from geo.language import N_
from layers.edition.served import SERVED
from views.http import layer_page
from views.http.ogc import cql, systems
from views.http.ogc import query as ogc_query
from views.http.ogc.description import CONFORMS_TO, PARAMETERS, described
from views.http.ogc.finishing import Finished, fault_answer
from views.http.ogc.page import TITLE, page
from views.http.ogc.provider import CountyCollection, Filter, collections


def application() -> ASGIApp:
    """Build the service; it answers at the root of whatever calls it."""
    return Finished(_features())


def _features() -> FastAPI:
    app = _Application(
        title=" · ".join(TITLE.values()),
        openapi_url="/api",
        docs_url=None,
        redoc_url=None,
    )
    app.state.pool = _NoPool()
    app.dependency_overrides = {
        tipg_dependencies.OutputType: form,
        tipg_dependencies.QueryablesOutputType: form,
        tipg_dependencies.ItemsOutputType: form,
        tipg_dependencies.ItemOutputType: form,
        tipg_dependencies.bbox_query: bbox,
        tipg_dependencies.ids_query: ids,
        tipg_dependencies.datetime_query: period,
        tipg_dependencies.filter_query: condition,
    }
    service = Service(
        title=app.title,
        router=APIRouter(dependencies=[Depends(known_parameters)]),
        collection_dependency=collection,
        collections_dependency=every_collection,
    )
    app.include_router(service.router)
    # The name by which tipg's first page links to what the service says of itself.
    app.add_route("/api.html", description_page, name="swagger_ui_html")
    # tipg's: what the link to the document says of it, its answer has to say too.
    _update_openapi(app)
    for fault, answer in {
        ogc_query.RefusedQueryError: _refused,
        RequestValidationError: _invalid,
        NotFound: _no_feature,
        HTTPException: _failed,
    }.items():
        app.add_exception_handler(fault, answer)
    return app


class _Application(FastAPI):
    def openapi(self) -> dict[str, Any]:
        return described(SERVED.edition())


class _NoPool:
    """Stands where tipg takes a connection to a database from."""

    def acquire(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()


class Service(OGCFeaturesFactory):
    """tipg's routes with our pages, titles and conformance."""

    def _conformance_route(self) -> None:
        # tipg's own claims filters and lists of collections by parts as well.
        @self.router.get("/conformance", response_class=ORJSONResponse)
        def conformance() -> Response:
            data = {"conformsTo": [*CONFORMS_TO]}
            return ORJSONResponse(data)

    def _queryables_route(self) -> None:
        # tipg's model lets a property have texts only: no list of classes.
        @self.router.get(
            "/collections/{collectionId}/queryables",
            response_class=SchemaJSONResponse,
        )
        def queryables(
            request: Request,
            known: Annotated[CountyCollection, Depends(collection)],
        ) -> Response:
            data = {
                "$schema": "https://json-schema.org/draft/2019-09/schema",
                "$id": self.url_for(request, "queryables", collectionId=known.id),
                "title": known.title,
                "type": "object",
                "properties": known.queryables,
            }
            return SchemaJSONResponse(data)


def form() -> MediaType:
    """Answer JSON, whatever the client wants: pages are made of it afterwards.

    To tipg, JSON of features would be rows of a table; GeoJSON stands for JSON.
    """
    return MediaType.geojson


def ids(ids: Annotated[str | None, Query()] = None) -> list[str] | None:
    """Read the counties that are asked for, by any of their codes and names.

    An empty list is a list: of no county.
    """
    if ids is None:
        return None
    return ogc_query.counties(SERVED.edition().choices, ids)


def bbox(
    bbox: Annotated[str | None, Query()] = None,
    bbox_crs: Annotated[str | None, Query(alias="bbox-crs")] = None,
) -> list[float] | None:
    """Read the box; tipg's own stumbles over what is no number."""
    address = systems.offered("bbox-crs", bbox_crs or systems.CRS84)
    if bbox is None:
        return None
    if address == systems.CRS84:
        return ogc_query.box(bbox)
    return systems.in_degrees(ogc_query.numbers(bbox), address)


def period(datetime: Annotated[str | None, Query()] = None) -> list[str] | None:
    """Read the period, which all counties are in."""
    return None if datetime is None else ogc_query.period(datetime)


def condition(
    text: Annotated[str | None, Query(alias="filter")] = None,
    language: Annotated[str, Query(alias="filter-lang")] = cql.LANGUAGES[0],
    crs: Annotated[str, Query(alias="filter-crs")] = systems.CRS84,
) -> Filter | None:
    """Read the filter; tipg's own would hand it to its parser unbounded.

    Parameters
    ----------
    text : str, optional
        The filter as written; None if there is none.
    language : str, optional
        Of the filter, e.g. ``cql2-text``.
    crs : str, optional
        Address of the system of its coordinates.
    """
    if language not in cql.LANGUAGES:
        raise ogc_query.no_value("filter-lang", language)
    address = systems.offered("filter-crs", crs)
    if text is None:
        return None
    return Filter(
        condition=cql.read(text, language),
        place=partial(systems.to_degrees, address=address)
        if address != systems.CRS84
        else _as_it_is,
    )


def _as_it_is(geometry: Any) -> Any:
    return geometry


def every_collection() -> CollectionList:
    """Return all collections of the edition that is served now."""
    every: list[Collection] = [*collections(SERVED.edition()).values()]
    return CollectionList(collections=every, matched=len(every), next=None, prev=None)


def collection(collectionId: str) -> CountyCollection:  # noqa: N803 - OGC's name
    """Return a collection of the edition that is served now."""
    every = collections(SERVED.edition())
    if collectionId not in every:
        raise ogc_query.RefusedQueryError(N_("There is no such layer."), status=404)
    return every[collectionId]


def known_parameters(request: Request) -> None:
    """Refuse parameters that do not exist, or stand more than once."""
    known: tuple[str, ...] = PARAMETERS[request.scope["route"].path]
    if "limit" in known:
        known = (*known, *collection(request.path_params["collectionId"]).queryables)
    asked = [name for name, _ in request.query_params.multi_items()]
    for name in asked:
        today = SERVED.edition().choices.former.get(name)
        if name not in known and today in known:
            raise ogc_query.RefusedQueryError(
                N_("The parameter “{name}” is called “{today}” now."),
                name=name,
                today=today,
            )
        if name not in known:
            raise ogc_query.RefusedQueryError(
                N_("There is no parameter “{name}” here."), name=name
            )
        if asked.count(name) > 1:
            raise ogc_query.RefusedQueryError(
                N_("The parameter “{name}” stands more than once."), name=name
            )
    if "crs" in request.query_params:
        systems.offered("crs", request.query_params["crs"])
    limit = request.query_params.get("limit")
    if limit is not None and limit.strip("0") == "":
        raise ogc_query.no_value("limit", limit)


async def description_page(_: Request) -> Response:
    """Answer the OpenAPI document as a page."""
    content = page(described(SERVED.edition()), "OpenAPI")
    return Response(content, media_type=layer_page.MEDIA_TYPE)


async def _refused(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, ogc_query.RefusedQueryError)
    return fault_answer(fault.status, fault.say)


async def _invalid(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, RequestValidationError)
    name = str(fault.errors()[0]["loc"][-1])
    value = request.query_params.get(name, "")
    return fault_answer(400, ogc_query.no_value(name, value).say)


async def _no_feature(_: Request, __: Exception) -> Response:
    return fault_answer(
        404, layer_page.said(N_("There is no such county in this layer."))
    )


async def _failed(_: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    text = str(fault.detail)
    answer = fault_answer(fault.status_code, {"zh": text, "en": text})
    answer.headers.update(fault.headers or {})
    return answer

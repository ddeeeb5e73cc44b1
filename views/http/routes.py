"""HTTP routes beside the pages: assets, geometry, layers by address.

They give the page its geometry once, and QGIS, ogr2ogr and scripts every layer by
URL, with the same selection parameters as the page's own address.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from operator import itemgetter
from pathlib import PurePosixPath
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo import boundaries
from geo.crs import WGS84
from geo.export import FORMATS
from geo.export.faults import ExportError
from geo.export.systems import SYSTEMS
from geo.language import LANGUAGES, N_, Language, speaker
from layers.edition import assets, page_state
from layers.edition.address import Address
from layers.edition.edition import KEEPER, Atlas
from layers.facts.checks import ALL_COUNTIES
from layers.files import map_files
from layers.files.export import Export, export
from layers.select.selection import PARAMETERS, Rejected, Selection
from views.frame import chrome
from views.http import layer_page, sheets
from views.http.ogc import api as ogc

FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"

OTHER_EDITION: Final = N_("This file belongs to another edition: reload the page.")

OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "detail": boundaries.DETAILS,
    "lang": LANGUAGES,
    "crs": tuple(SYSTEMS),
    **sheets.OPTIONS,
}
"""Parameters of a layer besides those of a selection."""


def routes(prefix: str = "") -> list[BaseRoute]:
    """Return the routes, under the path at which the application runs."""

    async def asset_file(request: Request) -> Response:
        files = assets.bundle(KEEPER.atlas(), prefix)
        name = request.path_params["name"]
        if request.path_params["digest"] != files.digest or name not in files.files:
            return _missing(OTHER_EDITION)
        media_type = assets.MEDIA_TYPES.get(
            PurePosixPath(name).suffix, "application/octet-stream"
        )
        return _answer(request, files.files[name], media_type, FOR_EVER)

    async def state(request: Request) -> Response:
        atlas = KEEPER.atlas()
        same = request.path_params["digest"] == assets.bundle(atlas, prefix).digest
        return await _state(request, atlas, FOR_EVER if same else "no-store")

    return [
        Route(f"{prefix}/assets/{{digest}}/state.json", state),
        Route(f"{prefix}/assets/{{digest}}/{{name:path}}", asset_file),
        Route(f"{prefix}/boundaries/{{digest}}/{{detail}}.json", geometry),
        Route(f"{prefix}/layers", layer_list),
        Route(f"{prefix}/layers/{{file}}", layer_file),
        Route(f"{prefix}/layers", preflight, methods=["OPTIONS"]),
        Route(f"{prefix}/layers/{{file}}", preflight, methods=["OPTIONS"]),
        *ogc.routes(prefix),
    ]


async def preflight(_: Request) -> Response:
    """Tell pages of other hosts that they may ask, and with which headers."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
        "Access-Control-Allow-Headers": "If-Modified-Since, If-None-Match",
        "Access-Control-Max-Age": "86400",
        "Allow": "GET, HEAD, OPTIONS",
    }
    return Response(status_code=204, headers=headers)


async def geometry(request: Request) -> Response:
    """Answer the geometry and records of the page."""
    atlas = KEEPER.atlas()
    detail = request.path_params["detail"]
    if request.path_params["digest"] != atlas.digest:
        return _missing(OTHER_EDITION)
    if detail not in boundaries.DETAILS:
        return _missing(N_("There is no such detail."), details=[*boundaries.DETAILS])
    content = await run_in_threadpool(atlas.bundle, detail)
    return _answer(request, content, "application/json", FOR_EVER)


async def _state(request: Request, atlas: Atlas, cache: str) -> Response:
    """Answer what the map page shows at an address, or after a press on it.

    A page of another edition than the one served gets what is right now, and does not
    keep it: it learns of the new edition with Streamlit's next run.
    """
    parameters = dict(request.query_params)
    press = parameters.pop("press", None)
    address, rejected = Address.read(parameters, atlas.choices)
    faults = [_fault(part) for part in rejected]
    if press is not None:
        led = page_state.pressed(address, press)
        if led is None:
            faults.append({"parameter": "press", "value": press[:60]})
        else:
            address, rejected = Address.read(led.parameters(), atlas.choices)
            faults += [_fault(part) for part in rejected]
    if faults:
        return _refuse(400, N_("The address asks for what does not exist."), faults)
    content = await run_in_threadpool(page_state.page_state, atlas, address)
    return _answer(request, content, "application/json", cache)


async def layer_list(request: Request) -> Response:
    """Answer the catalogue of layers, as JSON or as a page."""
    form = layer_page.form(request)
    if form is None:
        faults = [{"parameter": "f", "allowed": [*layer_page.FORMS]}]
        return _refuse(400, N_("The address asks for what does not exist."), faults)
    here = request.url.path.rstrip("/")
    service = here.removesuffix("/layers") + ogc.PATH
    body = layer_page.catalogue(KEEPER.atlas(), here, service, OPTIONS)
    if form == "html":
        # With the host, to be copied into QGIS.
        address = str(request.url.replace(path=service, query=""))
        page = layer_page.layer_page(body["layers"], here, address)
        answer = _answer(request, page, layer_page.MEDIA_TYPE, ASK_AGAIN)
    else:
        answer = _answer(request, _json(body), "application/json", ASK_AGAIN)
    answer.headers.update(layer_page.POLICY)
    return answer


async def layer_file(request: Request) -> Response:
    """Answer a programme's counties as a file, narrowed by the selection of the query.

    The address is ``/layers/<layer>.<suffix>``; the suffix chooses the format.
    """
    atlas = KEEPER.atlas()
    layer, _, suffix = request.path_params["file"].partition(".")
    layers = [ALL_COUNTIES, *atlas.package.programmes]
    if layer not in layers:
        return _missing(N_("There is no such layer."), layers=layers)
    known = {form.suffix.lstrip("."): form for form in FORMATS.values()}
    if suffix not in {*known, *map_files.SUFFIXES}:
        exist = [*known, *map_files.SUFFIXES]
        return _missing(N_("There is no such format."), formats=exist)
    parameters = dict(request.query_params)
    options, faults = _options(parameters)
    selection, rejected = Selection.from_query(parameters, atlas.choices)
    faults += [_fault(part) for part in rejected]
    if faults:
        return _refuse(400, N_("The address asks for what does not exist."), faults)
    programme = None if layer == ALL_COUNTIES else layer
    what: tuple[Any, ...] = (atlas, programme, selection)
    address = _own_address(request)
    try:
        if suffix == map_files.ONE_FILE:
            about = itemgetter("see", "lang")(options)
            made = await run_in_threadpool(sheets.one_file, *what, *about, address)
        elif suffix in map_files.SHEETS:
            about = itemgetter("paper", "orientation", "see", "lang")(options)
            what = (*what, suffix, *about, address)
            made = await run_in_threadpool(sheets.sheet, *what)
        else:
            about = itemgetter("detail", "crs", "lang")(options)
            what = (*what, known[suffix].id, *about, address)
            made = await run_in_threadpool(_made, *what)
    except ExportError as refusal:
        faults = [{"message": {lang: refusal.say(lang) for lang in LANGUAGES}}]
        return _refuse(400, N_("This file cannot be made."), faults)
    return _answer(
        request, made.content, made.media_type, ASK_AGAIN, file_name=made.file_name
    )


@lru_cache(maxsize=256)
def _made(
    atlas: Atlas,
    programme: str | None,
    selection: Selection,
    form: str,
    detail: str,
    crs: str,
    language: Language,
    address: str,
) -> Export:
    return export(
        atlas.package,
        atlas.counties(detail),
        selection,
        format=form,
        detail=detail,
        crs=crs,
        language=language,
        programme=programme,
        address=address,
    )


def _own_address(request: Request) -> str:
    """Say where this atlas runs, as whoever asks reaches it."""
    if chrome.ADDRESS:
        return chrome.ADDRESS
    here = request.url
    path = here.path.rpartition("/layers/")[0]
    return str(here.replace(path=path or "/", query="", fragment=""))


def _fault(part: Rejected) -> dict[str, Any]:
    known = [*PARAMETERS.values(), *OPTIONS]
    return {
        "parameter": part.parameter,
        "value": part.value,
        "allowed": known if part.value is None else [*part.allowed],
        "message": {lang: part.say(lang) for lang in LANGUAGES},
    }


def _options(parameters: dict[str, str]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    options = {"detail": "full", "lang": "zh", "crs": WGS84}
    options |= {name: values[0] for name, values in sheets.OPTIONS.items()}
    faults = []
    for name, allowed in OPTIONS.items():
        value = parameters.pop(name, options[name])
        if value in allowed:
            options[name] = value
        else:
            faults.append(
                {"parameter": name, "value": value[:60], "allowed": [*allowed]}
            )
    return options, faults


@lru_cache(maxsize=128)
def _compressed(content: bytes) -> tuple[bytes, str]:
    # mtime=0: the same content has the same bytes and the same tag.
    packed = gzip.compress(content, compresslevel=9, mtime=0)
    return packed, hashlib.sha256(content).hexdigest()[:24]


def _answer(
    request: Request,
    content: bytes,
    media_type: str,
    cache: str,
    file_name: str | None = None,
) -> Response:
    packed, tag = _compressed(content)
    accepts = "gzip" in request.headers.get("accept-encoding", "")
    etag = f'"{tag}-gz"' if accepts else f'"{tag}"'
    headers = {
        "Cache-Control": cache,
        "ETag": etag,
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
    }
    if file_name:
        headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    if cache == ASK_AGAIN:
        # What is cached for ever is never asked for again: it needs no date.
        headers["Last-Modified"] = _edited(KEEPER.atlas())
    if _has_it(request, headers):
        return Response(status_code=304, headers=headers)
    if accepts:
        headers["Content-Encoding"] = "gzip"
    if media_type.startswith("text/") and "charset" not in media_type:
        media_type = f"{media_type}; charset=utf-8"
    # As a header, because Starlette adds a charset to every media type it is given.
    headers["Content-Type"] = media_type
    return Response(packed if accepts else content, headers=headers)


@lru_cache(maxsize=4)
def _edited(atlas: Atlas) -> str:  # noqa: ARG001 - another edition, another date
    """Say when the tables of an edition, or their descriptor, were last changed."""
    newest = max(path.stat().st_mtime for path in KEEPER.directory.iterdir())
    return formatdate(newest, usegmt=True)


def _has_it(request: Request, headers: Mapping[str, str]) -> bool:
    """Whether the client has this very answer: by its tag, else by its date."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return headers["ETag"] in tags
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        edited = parsedate_to_datetime(headers.get("Last-Modified", ""))
        return edited.timestamp() <= since.timestamp()
    except (ValueError, OverflowError):
        return False


def _missing(message: str, **exist: list[str]) -> Response:
    return _refuse(404, message, [], **exist)


def _refuse(
    status: int, message: str, faults: list[dict[str, Any]], **exist: list[str]
) -> Response:
    body = {
        "status": status,
        "message": {lang: speaker(lang)(message) for lang in LANGUAGES},
        **({"faults": faults} if faults else {}),
        **exist,
    }
    return Response(
        _json(body),
        status_code=status,
        media_type="application/json",
        headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"},
    )


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, indent=2).encode()

"""HTTP routes beside the pages: assets, geometry, layers by address.

They give the page its geometry once, and QGIS, ogr2ogr and scripts every layer by
URL, with the same selection parameters as the page's own address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo import boundaries
from geo.crs import WGS84
from geo.export import ENCODINGS, FORMATS
from geo.export.faults import ExportError
from geo.export.systems import SYSTEMS
from geo.export.zones import canonical
from geo.language import LANGUAGES, N_, Language
from layers.edition import assets, page_state
from layers.edition.address import Address
from layers.edition.asked import SEE, GivenTwice, take_one, take_theme
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.facts.columns import ALL_COUNTIES
from layers.facts.package import Package
from layers.files import map_files
from layers.files.export import Export, export
from layers.publish.catalogue import MEDIA_TYPE as LINKED_DATA
from layers.select.classing import PARAMETERS
from layers.select.rejected import MOST_ALLOWED, Rejected
from layers.select.selection import Selection
from layers.webmap.map_notes import PARAMETER as NOTE
from layers.webmap.map_notes import read_notes
from layers.webmap.map_window import take_picture
from views.http import answers, descriptions, health, lanes, layer_page, plain, sheets
from views.http import help as guide
from views.http.made import kept
from views.http.measure import measure
from views.http.methods import Readable
from views.http.ogc import PATH as OGC_PATH
from views.http.ogc import api as ogc
from views.http.place import own_address
from views.http.plain_pages import PATH as PLAIN

GEOMETRY: Final = ("none", "wkt")
"""Whether a table has the geometry as text."""

OTHER_EDITION: Final = N_("This file belongs to another edition: reload the page.")

_SHOWN: Final = 60
"""Letters of what was asked that are said back."""


def allowed(package: Package) -> dict[str, tuple[str, ...]]:
    """Return the parameters of a layer besides those of a selection."""
    return {
        "detail": boundaries.DETAILS,
        "lang": LANGUAGES,
        "crs": tuple(SYSTEMS),
        "geometry": GEOMETRY,
        "encoding": ENCODINGS,
        **sheets.options(package),
    }


def routes(prefix: str = "") -> list[BaseRoute]:
    """Return the routes, under the path at which the application runs."""

    async def asset_file(request: Request) -> Response:
        files = assets.bundle(SERVED.edition(), prefix)
        name = request.path_params["name"]
        if request.path_params["digest"] != files.digest or name not in files.files:
            return answers.missing(OTHER_EDITION)
        media_type = assets.MEDIA_TYPES.get(
            PurePosixPath(name).suffix, "application/octet-stream"
        )
        return await answers.answer(
            *(request, files.files[name], media_type, answers.FOR_EVER), shared=False
        )

    async def state(request: Request) -> Response:
        edition = SERVED.edition()
        same = request.path_params["digest"] == assets.bundle(edition, prefix).digest
        cache = answers.FOR_EVER if same else "no-store"
        return await _state(request, edition, cache, prefix)

    return [
        Route(f"{prefix}/assets/{{digest}}/state.json", Readable(state)),
        Route(f"{prefix}/assets/{{digest}}/measure.json", Readable(measure)),
        Route(f"{prefix}/assets/{{digest}}/{{name:path}}", Readable(asset_file)),
        Route(f"{prefix}/boundaries/{{digest}}/{{detail}}.json", Readable(geometry)),
        Route(f"{prefix}/layers", Readable(layer_list)),
        Route(f"{prefix}/layers/{{file}}", Readable(layer_file)),
        *plain.routes(prefix),
        *guide.routes(prefix),
        *health.routes(prefix),
        *ogc.routes(prefix),
    ]


async def geometry(request: Request) -> Response:
    """Answer the geometry and records of the page."""
    edition = SERVED.edition()
    detail = request.path_params["detail"]
    if request.path_params["digest"] != edition.digest:
        return answers.missing(OTHER_EDITION)
    if detail not in boundaries.DETAILS:
        return answers.missing(
            N_("There is no such detail."), details=[*boundaries.DETAILS]
        )
    content = await run_in_threadpool(edition.bundle, detail)
    return await answers.answer(
        *(request, content, "application/json", answers.FOR_EVER), shared=False
    )


async def _state(
    request: Request, edition: Edition, cache: str, prefix: str
) -> Response:
    """Answer what the map page shows at an address, or after a press on it.

    A page of another edition than the one served gets what is right now, and does not
    keep it: it learns of the new edition with Streamlit's next run.
    """
    parameters = request.query_params.multi_items()
    presses = {value for name, value in parameters if name == "press"}
    parameters = [pair for pair in parameters if pair[0] != "press"]
    address, rejected = Address.read(parameters, edition.package, edition.choices)
    faults = [*rejected]
    if len(presses) > 1:
        several = " ≠ ".join(sorted(presses)[:2])
        faults.append(GivenTwice(parameter="press", value=several, allowed=()))
    else:
        for press in presses:
            led = page_state.pressed(address, press, edition.choices, edition.package)
            if led is None:
                known = (*page_state.PRESSES, *edition.choices.parameters)
                faults.append(Rejected(parameter="press", value=press, allowed=known))
            else:
                address, rejected = Address.read(
                    led.parameters(), edition.package, edition.choices
                )
                faults += rejected
    if faults:
        return _refused(edition.package, faults, prefix)
    content = await run_in_threadpool(page_state.page_state, edition, address)
    return await answers.answer(
        *(request, content, "application/json", cache), shared=False
    )


async def layer_list(request: Request) -> Response:
    """Answer the catalogue of layers, as JSON or as a page."""
    form = layer_page.form(request)
    if form is None:
        faults = [{"parameter": "f", "allowed": [*layer_page.FORMS]}]
        return answers.refuse(
            400, N_("The address asks for what does not exist."), faults
        )
    here = request.url.path.rstrip("/")
    service = here.removesuffix("/layers") + OGC_PATH
    edition = SERVED.edition()
    body = layer_page.catalogue(edition, here, service, allowed(edition.package))
    if form == "html":
        # With the host, to be copied into QGIS.
        asked = own_address(request, "/layers")
        about = descriptions.in_page(edition, f"{asked}/layers")
        drawn = edition.package.boundaries.metadata()
        page = layer_page.layer_page(
            *(body, here, f"{asked}{OGC_PATH}", about),
            plain=here.removesuffix("/layers") + PLAIN,
            credit={"zh": drawn.credit_zh, "en": drawn.credit_en},
        )
        answer = await answers.answer(
            request, page, layer_page.MEDIA_TYPE, answers.ASK_AGAIN
        )
    else:
        answer = await answers.answer(
            request, answers.as_json(body), "application/json", answers.ASK_AGAIN
        )
    answer.headers.update(layer_page.POLICY)
    return answer


async def _catalogue(request: Request, edition: Edition) -> Response:
    """Answer the catalogue for portals."""
    here = request.url.path.rpartition("/")[0]
    service = here.removesuffix("/layers") + OGC_PATH
    content = descriptions.catalogue(
        edition,
        str(request.url.replace(path=here, query="")),
        str(request.url.replace(path=service, query="")),
    )
    return await answers.answer(request, content, LINKED_DATA, answers.ASK_AGAIN)


async def layer_file(request: Request) -> Response:
    """Answer a programme's counties as a file, narrowed by the selection of the query.

    The address is ``/layers/<layer>.<suffix>``; the suffix chooses the format.
    """
    edition = SERVED.edition()
    layer, _, suffix = request.path_params["file"].partition(".")
    layers = [ALL_COUNTIES, *edition.package.programmes]
    if request.path_params["file"] == descriptions.CATALOGUE:
        return await _catalogue(request, edition)
    if layer not in layers:
        return answers.missing(N_("There is no such layer."), layers=layers)
    known = {form.suffix.lstrip("."): form for form in FORMATS.values()}
    exist = [*known, *map_files.SUFFIXES, *descriptions.SUFFIXES]
    if suffix not in exist:
        return answers.missing(N_("There is no such format."), formats=exist)
    parameters = request.query_params.multi_items()
    notes: tuple[str, ...] = ()
    faults: list[Rejected] = []
    if suffix in map_files.SUFFIXES:
        notes = tuple(value for name, value in parameters if name == NOTE)
        parameters = [pair for pair in parameters if pair[0] != NOTE]
        faults += read_notes(notes)[1]
    shown: dict[str, str] = {}
    if suffix == map_files.ONE_FILE:
        shown, parameters, unread = sheets.take_shown(edition, parameters)
        faults += unread
    picture: dict[str, str] = {}
    if suffix in map_files.SHEETS:
        picture, parameters, unread = take_picture(parameters)
        faults += unread
    options, parameters, wrong = _options(edition, parameters)
    faults += wrong
    selection, rejected = Selection.from_query(parameters, edition.choices)
    faults += rejected
    if faults:
        prefix = request.url.path.rpartition("/layers/")[0]
        return _refused(edition.package, faults, prefix)
    programme = None if layer == ALL_COUNTIES else layer
    address = own_address(request, "/layers/")
    about = {"language": options["lang"], "address": address}
    try:
        if suffix in descriptions.SUFFIXES:
            what = (edition, programme, selection)
            make = partial(
                descriptions.description, *what, suffix, options["lang"], address
            )
            made = await run_in_threadpool(make)
        elif suffix == map_files.ONE_FILE:
            about["theme"] = options[SEE]
            made = await sheets.one_file(
                request, edition, programme, selection, notes=notes, **about, **shown
            )
        elif suffix in {*map_files.SHEETS, *map_files.PLACES}:
            about |= {name: options[name] for name in ("paper", "orientation", "text")}
            about |= {"theme": options[SEE], **picture}
            made = await sheets.sheet(
                *(request, edition, programme, selection, suffix),
                notes=notes,
                **about,
            )
        else:
            form = known[suffix].id
            lines = options["detail"], options["crs"]
            text = options["geometry"] == "wkt", options["encoding"]
            make = partial(
                _made,
                *(edition, programme, selection, form, *lines),
                *(options["lang"], address, options[SEE], *text),
            )
            made = await run_in_threadpool(make)
    except lanes.FAULTS as fault:
        return lanes.unavailable(fault)
    except ExportError as refusal:
        told = {"message": {lang: refusal.say(lang) for lang in LANGUAGES}}
        return answers.refuse(400, N_("This file cannot be made."), [told])
    return await answers.answer(
        request,
        made.content,
        made.media_type,
        answers.ASK_AGAIN,
        file_name=made.file_name,
    )


@kept
def _made(
    edition: Edition,
    programme: str | None,
    selection: Selection,
    form: str,
    detail: str,
    crs: str,
    language: Language,
    address: str,
    theme: str,
    wkt: bool,
    encoding: str,
) -> Export:
    return export(
        edition.package,
        edition.counties(detail),
        selection,
        format=form,
        detail=detail,
        crs=crs,
        language=language,
        programme=programme,
        address=address,
        theme=theme,
        wkt=wkt,
        encoding=encoding,
    )


def _refused(package: Package, parts: Sequence[Rejected], prefix: str) -> Response:
    """Say what does not exist: a few of its faults, a few of the values there are."""
    said = [_fault(package, part) for part in parts[: answers.MOST_FAULTS]]
    # Where all parameters and values are listed.
    more: dict[str, object] = {"catalogue": f"{prefix}/layers?f=json"}
    if len(said) < len(parts):
        more["faults_in_all"] = len(parts)
    message = N_("The address asks for what does not exist.")
    return answers.refuse(400, message, said, **more)


def _fault(package: Package, part: Rejected) -> dict[str, Any]:
    more = allowed(package) if part.value is None else ()
    exist = [*part.allowed, *more]
    told: dict[str, Any] = {
        "parameter": part.parameter[:_SHOWN],
        "value": part.value and part.value[:_SHOWN],
        "allowed": exist[:MOST_ALLOWED],
        "message": {lang: part.say(lang) for lang in LANGUAGES},
    }
    if len(exist) > MOST_ALLOWED:
        told["allowed_in_all"] = len(exist)
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shifted(Rejected):
    """A coordinate system that no file is made in, and why."""

    refusal: ExportError

    def say(self, language: Language) -> str:
        return self.refusal.say(language)


def _system(name: str, value: str, faults: list[Rejected]) -> tuple[str, str]:
    """Take a coordinate system by the name that people have for it."""
    if name != "crs":
        return name, value
    try:
        return name, canonical(value)
    except ExportError as refusal:
        faults.append(
            _Shifted(parameter=name, value=value, allowed=(*SYSTEMS,), refusal=refusal)
        )
        return name, WGS84


def _options(
    edition: Edition, parameters: list[tuple[str, str]]
) -> tuple[dict[str, Any], list[tuple[str, str]], list[Rejected]]:
    """Take what a layer can be asked besides a selection out of the parameters."""
    options = {"detail": "full", "lang": "zh", "crs": WGS84}
    options |= {"geometry": GEOMETRY[0], "encoding": ENCODINGS[0]}
    package = edition.package
    more = sheets.options(package).items()
    # How a number is parted is part of what is seen.
    options |= {name: values[0] for name, values in more if name not in PARAMETERS}
    faults: list[Rejected] = []
    options[SEE], parameters, rejected = take_theme(parameters, package)
    faults += rejected
    parameters = [_system(*pair, faults) for pair in parameters]
    for name, known in allowed(package).items():
        if name == SEE or name in PARAMETERS:
            continue
        options[name], parameters, rejected = take_one(
            parameters, name, known, options[name]
        )
        faults += rejected
    return options, parameters, faults

"""What harvesters and search engines ask a server first: robots.txt and sitemap.xml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.language import LANGUAGES
from geo.markup import element
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.facts.columns import ALL_COUNTIES
from layers.files.map_files import ONE_FILE, SHEETS
from views.http import answers, descriptions
from views.http.methods import Readable
from views.http.ogc import PATH as OGC_PATH
from views.http.place import own_address, own_path
from views.http.plain_pages import PATH as PLAIN

_ROBOTS: Final = "/robots.txt"
_SITEMAP: Final = "/sitemap.xml"
_SCHEMA: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def routes(prefix: str = "", pages: Iterable[str] = ()) -> list[BaseRoute]:
    """Return the routes, under the path at which the application runs.

    Parameters
    ----------
    prefix : str
        That path.
    pages : iterable of str
        Paths of the application's pages, without a slash.
    """
    known = tuple(pages)

    async def robots(request: Request) -> Response:
        text = allowed(own_path(prefix), own_address(request, _ROBOTS))
        return await answers.answer(
            request, text.encode(), "text/plain; charset=utf-8", answers.ASK_AGAIN
        )

    async def sitemap(request: Request) -> Response:
        own = own_address(request, _SITEMAP)
        listed = addresses(SERVED.edition(), own, known)
        content = await run_in_threadpool(_written, listed)
        return await answers.answer(
            request, content, "application/xml", answers.ASK_AGAIN
        )

    return [
        Route(f"{prefix}{_ROBOTS}", Readable(robots)),
        Route(f"{prefix}{_SITEMAP}", Readable(sitemap)),
    ]


def allowed(path: str, own: str) -> str:
    """Say what robots may read: all but what is drawn for each that asks.

    Parameters
    ----------
    path : str
        Path of the atlas, without a final slash.
    own : str
        Its address, likewise.

    Examples
    --------
    >>> allowed("/gis", "https://example.org/gis").splitlines()[1:3]
    ['Disallow: /gis/_stcore/', 'Disallow: /gis/layers/*?']
    """
    drawn = (f"layers/*.{suffix}$" for suffix in (*SHEETS, ONE_FILE))
    # A layer narrowed by its parameters is without number, and so are parts of a list.
    closed = ("_stcore/", "layers/*?", *drawn, f"{OGC_PATH[1:]}/*/items")
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}/{rest}" for rest in closed),
        "",
        f"Sitemap: {own}{_SITEMAP}",
    ]
    return "\n".join(lines) + "\n"


def addresses(edition: Edition, own: str, pages: Iterable[str]) -> Iterator[str]:
    """List the addresses to be found: pages, plain pages, layers.

    Parameters
    ----------
    edition : Edition
        The edition served.
    own : str
        Address of the atlas, without a final slash.
    pages : iterable of str
        Paths of the application's pages, without a slash.
    """
    package = edition.package
    plain = [
        "",
        *(f"/county/{adcode}" for adcode in edition.counties().index),
        *(f"/variable/{name}" for name in package.variables),
    ]
    for language in LANGUAGES:
        for page in pages:
            yield f"{own}/{page}?lang={language}"
        for page in plain:
            yield f"{own}{PLAIN}{page}?lang={language}"
    yield f"{own}/layers?f=html"
    yield f"{own}/layers/{descriptions.CATALOGUE}"
    for layer in (ALL_COUNTIES, *package.programmes):
        yield f"{own}{OGC_PATH}/collections/{layer}?f=html"


def _written(listed: Iterable[str]) -> bytes:
    places = (element("url", None, element("loc", None, one)) for one in listed)
    whole = element("urlset", {"xmlns": _SCHEMA}, *places)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'.encode()

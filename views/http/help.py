"""The help: the built documentation under ``/help``, Chinese first, English below it.

It is made by ``python -m deploy.site`` (``make site``) and lies in ``site/``; where it
was not made, the address says so and what to do.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.language import N_, Language
from views.http import answers, layer_page
from views.http.methods import Readable

FOLDER: Final = Path(__file__).parents[2] / "site"

ROOTS: Final[dict[Language, str]] = {"zh": "", "en": "en/"}
"""Where each language begins, below ``/help/``."""

MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
"""What is served, by the end of its name; nothing else is."""

_HASHED: Final = re.compile(r"\.[0-9a-f]{8}\.min\.\w+$")
_INDEX: Final = "index.html"


def routes(prefix: str = "", folder: Path = FOLDER) -> list[BaseRoute]:
    """Return the routes, under the path at which the application runs.

    Parameters
    ----------
    prefix : str
        That path.
    folder : pathlib.Path
        Where the site was built.
    """

    async def page(request: Request) -> Response:
        return await _answer(request, folder, request.path_params["path"], prefix)

    return [
        Route(f"{prefix}/help", Readable(_into)),
        Route(f"{prefix}/help/{{path:path}}", Readable(page)),
    ]


async def _into(request: Request) -> Response:
    """Lead to the address with a slash, on which links of the page rest.

    Only its last part is said: how the host and the path before it are called is known
    to whoever asks, and to proxies.
    """
    last = request.url.path.rpartition("/")[2]
    return Response(status_code=308, headers={"Location": f"{last}/"})


async def _answer(request: Request, folder: Path, name: str, prefix: str) -> Response:
    found = await run_in_threadpool(_file, folder, name)
    if found is None:
        return await run_in_threadpool(_nothing, folder, prefix)
    if found.is_dir():
        return await _into(request)
    content = await run_in_threadpool(found.read_bytes)
    cache = answers.FOR_EVER if _HASHED.search(found.name) else answers.ASK_AGAIN
    return await answers.answer(request, content, MEDIA_TYPES[found.suffix], cache)


def _file(folder: Path, name: str) -> Path | None:
    """Find what a path means: a file of the site, a folder to be led into, nothing."""
    parts = PurePosixPath(name).parts
    if "\0" in name or "\\" in name or ".." in parts or name.startswith("/"):
        return None
    path = folder / name
    if (path / _INDEX).is_file():
        return path if name and not name.endswith("/") else path / _INDEX
    if name.endswith("/") or path.suffix not in MEDIA_TYPES or not path.is_file():
        return None
    return path if path.resolve().is_relative_to(folder.resolve()) else None


def _nothing(folder: Path, prefix: str) -> Response:
    """Say that there is no such page, or that the help was not built."""
    if (folder / _INDEX).is_file():
        title = layer_page.said(N_("The help has no such page"))
        first = layer_page.said(N_("First page of the help"))
        body = "".join(
            f"<p>{layer_page.link(f'{prefix}/help/{root}', first[language])}</p>"
            for language, root in ROOTS.items()
        )
    else:
        title = layer_page.said(N_("The help is not built here"))
        told = N_(
            "Whoever runs this atlas builds it with “make site”; README.md tells how. "
            "The pages of the atlas itself work without it."
        )
        body = f"<p>{layer_page.both(layer_page.said(told))}</p>"
    body += f"<p>{layer_page.link(f'{prefix}/', '冀图 · Hebei Programme Atlas')}</p>"
    return Response(
        layer_page.frame(title, body),
        status_code=404,
        headers={
            **layer_page.POLICY,
            "Content-Type": layer_page.MEDIA_TYPE,
            "Cache-Control": "no-store",
        },
    )

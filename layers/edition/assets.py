"""Scripts and styles of the page, under one name that changes with their content.

Everything comes from the project or from installed packages; the page asks no other
host for anything.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from geo.kept import kept_with_owner
from layers.edition.edition import Edition, compact_json
from layers.edition.texts import catalogue, number_columns, request_texts
from layers.select import search
from layers.webmap.bundle import county_numbers
from layers.webmap.folium_map import AtlasMap
from layers.webmap.script_files import page_files

MEDIA_TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".map": "application/json",
}


@dataclass(frozen=True, slots=True)
class Bundle:
    """All files of one edition.

    Attributes
    ----------
    digest : str
        Hash over names and contents; part of every file's address, so that a file may
        be cached for ever.
    files : dict of str to bytes
        By name.
    prefix : str
        Path under which the application runs, e.g. ``/gis``; ``""`` at the root.
    """

    digest: str
    files: dict[str, bytes]
    prefix: str

    def address(self, name: str) -> str:
        """Return the absolute path of a file on this server."""
        return f"{self.prefix}/assets/{self.digest}/{name}"


def bundle_address(edition: Edition, detail: str, prefix: str = "") -> str:
    """Return the absolute path of the geometry bundle on this server.

    Parameters
    ----------
    edition : Edition
        The edition served.
    detail : str
        ``full`` or ``overview``.
    prefix : str, optional
        Path under which the server stands, without a slash behind.
    """
    return f"{prefix}/boundaries/{edition.digest}/{detail}.json"


@kept_with_owner
def bundle(edition: Edition, prefix: str = "") -> Bundle:
    """Collect the files of the page for one edition of the facts.

    Parameters
    ----------
    edition : Edition
        The edition.
    prefix : str
        Path under which the application runs.
    """
    texts = compact_json(request_texts()).decode()
    files = page_files(
        {
            "page/folium-map.js": _map_module(
                bundle_address(edition, "overview", prefix),
                bundle_address(edition, "full", prefix),
            ),
            "page/request-texts.js": f"export const texts = {texts};\n",
        }
    )
    files["catalogue.json"] = compact_json(
        catalogue(
            edition.package,
            edition.choices,
            bundle_address(edition, "overview", prefix),
            prefix,
        )
    )
    numbers = county_numbers(edition.package, edition.counties())
    files["numbers.json"] = compact_json(
        {**numbers, "columns": number_columns(edition.package)}
    )
    files["search.json"] = compact_json(search.index(edition.package))
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        total.update(name.encode() + b"\0" + content)
    return Bundle(digest=total.hexdigest()[:16], files=files, prefix=prefix)


def _map_module(url: str, full: str) -> str:
    fragment = AtlasMap(url=url, full=full).fragment()
    return (
        # Asked for now, read by the map's own script when that has come.
        'const early = document.createElement("link");\n'
        'Object.assign(early, { rel: "preload", as: "fetch", '
        f'crossOrigin: "anonymous", href: {json.dumps(url)} }});\n'
        "document.head.append(early);\n"
        "/* Rendered by Folium. */\n"
        "export function mount(parent, AtlasMap) {\n"
        f"  parent.innerHTML = {json.dumps(fragment.html)};\n"
        f"{fragment.script}\n"
        f"  return {fragment.variable};\n"
        "}\n"
    )

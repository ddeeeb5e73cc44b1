"""The scripts as files: as they are served one by one, and joined where they must be.

A module that stands in a page cannot be imported by another, and a map that is asked
for in a dozen pieces opens late. So what the map needs is written one after another
into one scope: the lines that import fall away, nothing else is changed. For this a
script names at its top level nothing that another one of the same file names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from posixpath import normpath
from typing import Final

FOLDER: Final = Path(__file__).parent / "scripts"
LEAFLET: Final = files("js_lib_leaflet") / "static" / "js_lib_leaflet"

MAP: Final = (
    "map/elements.js",
    "map/fill-patterns.js",
    "map/place-symbols.js",
    "map/control.js",
    "map/pixel-origin.js",
    "map/classes.js",
    "map/class-limits.js",
    "map/label-choice.js",
    "map/labels.js",
    "map/circles.js",
    "map/pair-key.js",
    "map/legend.js",
    "map/painting.js",
    "map/relations.js",
    "map/tools.js",
    "map/notes.js",
    "map/own-layer.js",
    "map/county-map.js",
    "map/paper.js",
    "map/attach.js",
)
"""Scripts of the map, each after those from which it imports."""

SEARCH: Final = ("search/rank.js", "search/box.js")

TWO_MAPS: Final = (
    "two_maps/share.js",
    "two_maps/swipe-handle.js",
    "two_maps/second-map.js",
    "two_maps/two-maps.js",
)

ONE_FILE: Final = (
    *MAP,
    *SEARCH,
    "page/filled.js",
    *TWO_MAPS,
    "one_file/file-two-maps.js",
    "one_file/one-file.js",
)
"""Scripts of a map in a file of its own."""

STYLES: Final = ("leaflet.css", "map/atlas.css")

FIRST: Final = (
    "page/map-view.js",
    "map/atlas.js",
    "page/folium-map.js",
    "page/appearance.js",
    "page/shared-data.js",
    "page/page-state.js",
    "page/map-host.js",
    "page/map-gestures.js",
    "page/map-address.js",
    "page/head-view.js",
    "page/card-view.js",
    "page/drawer-view.js",
    "page/bar-view.js",
)
"""Modules without which the page of the map is not painted.

Those of its components, and what the map's asks for at once.
"""

FIRST_STYLES: Final = (*STYLES, "page/page.css", "search/search.css")

_STATIC: Final = re.compile(
    r"^(?:import|export)\b[^;\"]*\bfrom \"(?P<name>\.[\w./-]+)\";", re.MULTILINE
)
_IMPORT: Final = re.compile(
    r"^import \{[^}]*\} from \"(?P<name>\.[\w./-]+)\";\n", re.MULTILINE
)
_EXPORT: Final = re.compile(
    r"^export (?=(?:async function|function|class|const) (?P<name>\w+))", re.MULTILINE
)


def asset(name: str) -> bytes:
    """Return a script, style or image that the map needs, from its package.

    Parameters
    ----------
    name : str
        Path below the folder of the scripts, or a name of Leaflet's.

    Raises
    ------
    FileNotFoundError
        If neither has it.
    """
    own = FOLDER / name
    return own.read_bytes() if own.is_file() else (LEAFLET / name).read_bytes()


def page_files() -> dict[str, bytes]:
    """Return scripts and styles of the page by the path at which they are served.

    ``map/atlas.js`` is Leaflet with the scripts of the map, one request instead of
    fifteen; it exports what its source of that name does, and more.
    """
    names = [
        *(f"page/{path.name}" for path in sorted((FOLDER / "page").iterdir())),
        *SEARCH,
        *TWO_MAPS,
        "search/search.css",
        *STYLES,
    ]
    found = {name: asset(name) for name in names if not name.endswith(".d.ts")}
    leaflet = asset("leaflet.js").decode()
    return found | {"map/atlas.js": f"{leaflet}\n;{joined(MAP)}".encode()}


def with_imported(files: Mapping[str, bytes], names: Iterable[str]) -> tuple[str, ...]:
    """Return modules with all that they import, each once, the first asked for first.

    Parameters
    ----------
    files : mapping of str to bytes
        The files of the page, as :func:`page_files` returns them.
    names : iterable of str
        Modules among them.
    """
    found: dict[str, None] = {}
    wanted = [*names]
    for name in wanted:
        if name not in found:
            found[name] = None
            wanted += [
                normpath(f"{Path(name).parent}/{match['name']}")
                for match in _STATIC.finditer(files[name].decode())
            ]
    return tuple(found)


def inline(names: Iterable[str]) -> str:
    """Return Leaflet and scripts for a page that carries them.

    Returns
    -------
    str
        Content of one ``<script>``; what the scripts export is in ``AtlasMap``.
    """
    code = joined(names)
    exported = ", ".join(match["name"] for match in _EXPORT.finditer(code))
    body = _EXPORT.sub("", code)
    return (
        f"{asset('leaflet.js').decode()}\n"
        f'const AtlasMap = (() => {{\n"use strict";\n{body}\n'
        f"return {{ {exported} }};\n}})();\n"
    )


def joined(names: Iterable[str]) -> str:
    """Write modules one after another, without the lines by which they import.

    Parameters
    ----------
    names : iterable of str
        Each after those from which it imports.

    Raises
    ------
    ValueError
        If a module imports one that does not come before it, or in another form than
        ``import { a, b } from "./c.js";``.
    """
    before = {(FOLDER / "map" / "atlas.js").resolve()}
    parts = []
    for name in names:
        path = (FOLDER / name).resolve()
        code = path.read_text("utf-8")
        for match in _IMPORT.finditer(code):
            if (path.parent / match["name"]).resolve() not in before:
                raise ValueError(f"{name} imports {match['name']}, not before it")
        code = _IMPORT.sub("", code)
        if re.search(r"^(import|export (?:default|\{|\*))", code, re.MULTILINE):
            raise ValueError(f"{name} imports or exports in a form that is not joined")
        before.add(path)
        parts.append(code)
    return "\n".join(parts)

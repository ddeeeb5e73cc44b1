"""The scripts as files: which modules each file of the page holds.

An office has no Node, so what joins them is ours (`joining.py`) and runs when an
edition is built. The files that the first view of the map needs are few; what a reader
may never ask for is fetched when it is asked for, in a file of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from layers.webmap.joining import File, JoiningError, Modules

FOLDER: Final = Path(__file__).parent / "scripts"
LEAFLET: Final = files("js_lib_leaflet") / "static" / "js_lib_leaflet"

MAP: Final = ("map/atlas.js",)
"""What a page with nothing but a map needs."""

ONE_FILE: Final = (*MAP, "one_file/one-file.js")
"""What a map in a file of its own needs."""

FRAMED: Final = (*ONE_FILE, "one_file/framed.js")
"""The same in a frame of a page."""

_LEAFLET_FIRST: Final = "map/atlas.js"

FIRST: Final = {
    "page/frame.js": (
        "page/bar-view.js",
        "page/panel-view.js",
        "page/class-histogram.js",
        "page/component-run.js",
        "page/shared-data.js",
    ),
    _LEAFLET_FIRST: MAP,
    "page/map-page.js": (
        "page/map-view.js",
        "page/head-view.js",
        "page/card-view.js",
        "page/drawer-view.js",
        "page/map-presses.js",
    ),
}
"""Files without which the map is not painted, and the modules that each is there for.

Each holds these and what they import, but for what files before it hold. The first one
is all that pages without the map need at once.
"""

LATER: Final = {
    "page/measure.js": ("page/measure.js",),
    "page/note-tool.js": ("page/note-tool.js",),
    "page/picture-tool.js": ("page/picture-tool.js",),
    "two_maps/two-maps.js": ("two_maps/two-maps.js", "page/page-two-maps.js"),
    "page/locator-view.js": ("page/locator-view.js",),
    "page/county-list-view.js": ("page/county-list-view.js",),
    "page/own-histogram-view.js": ("page/own-histogram-view.js",),
    "page/map-frame-view.js": (
        "page/map-frame-view.js",
        "page/map-answers-view.js",
    ),
}
"""Files fetched when they are asked for. None holds what another one needs."""

STYLES: Final = ("leaflet.css", "map/atlas.css")
"""Style sheets of a map."""

PAGE_STYLES: Final = {
    "page/styles.css": (*STYLES, "search/search.css", "page/page.css"),
    "page/county.css": ("page/county.css",),
}
"""Style sheets of the page, and what stands in each."""

FIRST_STYLES: Final = ("page/styles.css",)


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


def sources() -> dict[str, str]:
    """Return the modules as they are written, by path below their folder."""
    return {
        path.relative_to(FOLDER).as_posix(): path.read_text("utf-8")
        for path in sorted(FOLDER.rglob("*.js"))
        if path.parent.name != "shell"
    }


def page_files(made: Mapping[str, str]) -> dict[str, bytes]:
    """Return scripts and styles of the page by the path at which they are served.

    Parameters
    ----------
    made : mapping of str to str
        Modules that are made of the edition.

    Raises
    ------
    JoiningError
        If a module cannot be joined, or two files that are fetched later would hold it.
    """
    found = {name: b"\n".join(map(asset, parts)) for name, parts in PAGE_STYLES.items()}
    for file in scripts(made):
        end = f"//# sourceMappingURL={Path(file.name).name}.map\n"
        found[file.name] = (file.script() + end).encode()
        found[f"{file.name}.map"] = file.source_map()
    return found


def scripts(made: Mapping[str, str]) -> list[File]:
    """Return the files of the page's scripts.

    Parameters
    ----------
    made : mapping of str to str
        Modules that are made of the edition.

    Raises
    ------
    JoiningError
        As of :func:`page_files`.
    """
    modules = Modules(sources() | dict(made))
    elsewhere: dict[str, str] = {}
    found = []
    for name, entries in (*FIRST.items(), *LATER.items()):
        file = modules.file(name, entries, elsewhere)
        if name == _LEAFLET_FIRST:
            file.before = f"{asset('leaflet.js').decode()}\n;"
        for other in {*file.imports} - {*FIRST}:
            raise JoiningError(f"{name}: imports from {other}, which is fetched later")
        elsewhere |= {module.name: name for module in file.modules}
        found.append(file)
    return found


def inline(entries: tuple[str, ...]) -> str:
    """Return Leaflet and scripts for a page that carries them.

    Parameters
    ----------
    entries : tuple of str
        `MAP`, `ONE_FILE` or `FRAMED`.

    Returns
    -------
    str
        Content of one ``<script>``; what the scripts export is in ``AtlasMap``.
    """
    file = Modules(sources()).file("", entries, {})
    end = f"return {{ {', '.join(file.exports())} }};\n}})();\n"
    return (
        f"{asset('leaflet.js').decode()}\n"
        f'const AtlasMap = (() => {{\n"use strict";\n{file.script(end)}'
    )

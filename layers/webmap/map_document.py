"""The HTML round a map that carries its geometry: as a file, or in a frame of a page.

Data come as JSON that the page's script shows by ``textContent`` only.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any, Final

from layers.webmap.folium_map import AtlasMap, embed
from layers.webmap.script_files import STYLES, asset, inline

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
"""Even if the page were made to ask for something, the browser would not fetch it."""

_STYLES: Final = (*STYLES, "search/search.css", "one_file/one-file.css")


def document(
    carried: dict[str, Any],
    page: dict[str, Any],
    title: str,
    scripts: tuple[str, ...],
    opened_by: str,
) -> str:
    """Put the page together; only `title` is text that HTML parses, escaped.

    Parameters
    ----------
    carried : dict
        What the map shows: ``bundle`` and ``state``.
    page : dict
        What the script of the page reads; its ``language`` is that of the page.
    title : str
        Heading of the page.
    scripts : tuple of str
        Those that the page needs, see :mod:`layers.webmap.script_files`.
    opened_by : str
        The one of their functions that opens the page, given the map.
    """
    fragment = AtlasMap().fragment()
    appearance = carried["state"]["appearance"]
    return (
        f'<!DOCTYPE html>\n<html lang="{page["language"]}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_styles()}</style>\n</head>\n"
        f'<body class="one-file" data-appearance="{appearance}">\n'
        f'<header class="one-file-head"><h1>{escape(title)}</h1>'
        '<div id="one-file-search"></div></header>\n'
        f'<main class="one-file-main">{fragment.html}<div class="one-file-side">'
        '<section id="one-file-legends" hidden></section>'
        '<aside id="one-file-panel"></aside></div></main>\n'
        '<footer><dl id="one-file-notes"></dl></footer>\n'
        f'<script type="application/json" id="atlas-data">{embed(carried)}</script>\n'
        f'<script type="application/json" id="one-file-data">{embed(page)}</script>\n'
        f"<script>{_code(scripts)}</script>\n<script>{fragment.script}\n"
        f"AtlasMap.{opened_by}({fragment.variable});</script>\n"
        "</body>\n</html>\n"
    )


# The files of the program do not change while it runs.
@cache
def _styles() -> str:
    return "\n".join(asset(name).decode() for name in _STYLES)


@cache
def _code(scripts: tuple[str, ...]) -> str:
    return inline(scripts)

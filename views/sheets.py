"""Map sheets by address: ``/layers/<layer>.pdf``, ``.png``, ``.svg``."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from geo.language import Language
from layers.export import Export
from layers.selection import Selection
from layers.ways import WAYS, Way
from views.atlas import Atlas

MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
}
"""Media types by suffix."""

OPTIONS: Final[dict[str, tuple[str, ...]]] = {
    "paper": ("A4", "A3"),
    "orientation": ("portrait", "landscape"),
    "see": tuple(WAYS),
}
"""Parameters of a sheet besides selection and language; the first is the default."""

_ONE_AT_A_TIME: Final = threading.Lock()
"""Drawing takes a core for a second or two: more at once would starve the pages."""


@lru_cache(maxsize=32)
def sheet(
    atlas: Atlas,
    programme: str | None,
    selection: Selection,
    suffix: str,
    paper: Any,
    orientation: Any,
    way: Way,
    language: Language,
) -> Export:
    """Draw the sheet of a selection, narrowed to a programme if one is given.

    Parameters
    ----------
    suffix : {"pdf", "png", "svg"}
        Which kind of file.
    paper, orientation, way : str
        Values of `OPTIONS`.
    """
    # Matplotlib takes a second to import, which only who wants a sheet should wait for.
    from layers import sheet as sheets

    if programme is not None:
        selection = replace(selection, all_of=(*selection.all_of, programme))
    with _ONE_AT_A_TIME:
        content = sheets.draw(
            atlas.package,
            atlas.counties("full"),
            selection,
            paper=paper,
            orientation=orientation,
            format=suffix,  # type: ignore[arg-type] # one of MEDIA_TYPES
            language=language,
            way=way,
        )
    name = "_".join(["hebei", *(selection.shown[:2] or ("counties",)), paper.lower()])
    return Export(
        content=content,
        media_type=MEDIA_TYPES[suffix],
        file_name=f"{name}.{suffix}",
    )

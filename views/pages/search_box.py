"""The search box of the page; it searches in the browser, see ``search-view.js``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from geo.language import Language
from layers.edition.assets import Bundle
from layers.webmap.search_texts import search_texts
from views.frame.components import _component

INDEX: Final = "search.json"
"""Name in the bundle of what :func:`layers.select.search.index` returns."""

_search = _component("atlas_search")


def search_box(
    files: Bundle,
    *,
    language: Language,
    on_choose: Callable[[], None],
    key: str = "search",
) -> None:
    """Show the search box.

    Parameters
    ----------
    files : Bundle
        With the file :data:`INDEX`.
    language : {"zh", "en"}
        Language of the page.
    on_choose : callable
        Runs before the rerun that a choice causes; then ``state.event(key, "choose")``
        is ``{"kind": …, "id": …}``, for :func:`layers.select.search.target`.
    key : str
        Key of the component.
    """
    data: dict[str, Any] = {
        "m": files.address("page/search-view.js"),
        "index": files.address(INDEX),
        "language": language,
        "texts": search_texts(language),
    }
    _search(key=key, data=data, on_choose_change=on_choose)

"""The search box of the page; it searches in the browser, see ``search-view.js``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from geo.language import N_, Language, speaker
from views.assets import Bundle
from views.components import _component

INDEX: Final = "search.json"
"""Name in the bundle of what :func:`layers.search.index` returns."""

TEXTS: Final = {
    "label": N_("Find a county, programme or place"),
    "placeholder": N_("Name, code or pinyin"),
    "results": N_("Search results"),
    "one": N_("1 result."),
    "many": N_("{n} results."),
    "none": N_(
        "Nothing found. Names of today and of the past, codes and pinyin count."
    ),
    "suggestions": N_("Nothing has that name. Did you mean:"),
    "failed": N_("The search could not be loaded; the next key tries again."),
    "formerly": N_("formerly {names}"),
    "kind_county": N_("County"),
    "kind_district": N_("District"),
    "kind_prefecture": N_("Prefecture"),
    "kind_municipality": N_("Municipality"),
    "kind_province": N_("Province"),
    "kind_programme": N_("Programme"),
    "kind_place": N_("Place of the plan"),
}

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
        is ``{"kind": …, "id": …}``, for :func:`layers.search.target`.
    key : str
        Key of the component.
    """
    say = speaker(language)
    data: dict[str, Any] = {
        "m": files.address("search-view.js"),
        "index": files.address(INDEX),
        "language": language,
        "texts": {name: say(text) for name, text in TEXTS.items()},
    }
    _search(key=key, data=data, on_choose_change=on_choose)

"""What the search box says, wherever it stands."""

from __future__ import annotations

from typing import Final

from geo.language import N_, Language, speaker

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
    "kind_zone": N_("Zone that statistics count apart"),
    "kind_part": N_("Part of a county"),
    "kind_administration": N_("Way of administration"),
}


def search_texts(language: Language) -> dict[str, str]:
    """Return the texts in one language, for ``search/box.js``."""
    say = speaker(language)
    return {name: say(text) for name, text in TEXTS.items()}

"""All counties by prefecture, for a page without a county: filtered as one types."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from geo.language import N_, Language, speaker
from layers.edition.assets import Bundle
from layers.edition.edition import Edition
from layers.facts.value_texts import cell_text
from layers.profile.headline import leading
from views.frame import chrome
from views.frame.components import COUNTY_LIST, INDEX

TEXTS: Final = {
    "label": N_("Name, former name, code, pinyin or initials; also of a prefecture"),
    "placeholder": N_("Name, code or pinyin"),
    "one": N_("1 county"),
    "many": N_("{n} counties"),
    "none": N_(
        "Nothing found. Names of today and of the past, codes and pinyin count."
    ),
    "failed": N_("The search could not be loaded; the next key tries again."),
}


def county_list(files: Bundle, edition: Edition, language: Language) -> dict[str, Any]:
    """Return what the script of the list shows.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    edition : Edition
        The edition served.
    language : {"zh", "en"}
        Language of the page.

    Returns
    -------
    dict
        As ``page/county-list-view.js`` reads it: the prefectures in order of code,
        each with its counties, and of each county what it is to the plan.
    """
    say = speaker(language)
    divisions, counties = edition.package.divisions, edition.counties()
    first = next((v for v in leading(edition.package) if v.kind == "category"), None)
    found: dict[str, list[dict[str, str]]] = {}
    for adcode, county in divisions.of_level("county").items():
        kind = ""
        if first:
            kind = cell_text(edition.package, first, counties.loc[adcode], language)
        query = urlencode({"county": adcode, "lang": language})
        found.setdefault(county.parent, []).append(
            {
                "id": adcode,
                "name": say.pick(county.name, county.name_en),
                "other": say.pick(county.name_en, county.name),
                "note": " · ".join(filter(None, [adcode, kind])),
                "href": f"{chrome.prefix()}/county?{query}",
            }
        )
    return {
        "m": files.address(COUNTY_LIST),
        "index": files.address(INDEX),
        "language": language,
        "prefectures": [
            {"id": code, "name": divisions.called(code, language), "counties": own}
            for code, own in found.items()
        ],
        "texts": {key: say(text) for key, text in TEXTS.items()},
    }

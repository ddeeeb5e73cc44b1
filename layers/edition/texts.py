"""Texts of the page's scripts, and the catalogue of names that they show.

Scripts hold no sentence of their own: they get all texts, in both languages, with one
cached file.
"""

from __future__ import annotations

from typing import Any, Final

from geo.export import FORMATS
from geo.export.systems import SYSTEMS
from geo.language import LANGUAGES, N_, speaker
from layers.facts.catalogue import by_group
from layers.facts.checks import ALL_COUNTIES
from layers.facts.package import Package
from layers.files.map_files import ORIENTATIONS, PAPERS, SHEETS
from layers.files.readback import MOST_BYTES
from layers.select.selection import PARAMETERS
from layers.themes.style import texture_of
from layers.themes.themes import WAYS

SCRIPT_TEXTS: Final = {
    "map_of": N_("Map of Hebei. {sentence}: {selected} of {total} counties."),
    "selected_of": N_("{n} of {total} counties selected"),
    "remove": N_("Remove {name}"),
    "no_match": N_("No county matches. To widen the selection, drop one of its parts:"),
    "without": N_("without “{name}”: {n} counties"),
    "state_late": N_("The map is being brought up to date …"),
    "state_failed": N_(
        "The server did not answer: what you pressed is not shown. Try again, or load "
        "the page anew."
    ),
    "ways": N_("Way of seeing"),
    "copy_link": N_("Copy a link to this view"),
    "by_prefecture": N_("By prefecture"),
    "counties": N_("Counties"),
    "total": N_("{n} of {total} counties · {area} km²"),
    "click_hint": N_("Click a county to read what is said of it."),
    "filters": N_("Filters"),
    "clear": N_("Clear all"),
    "modes_hint": N_(
        "A county must be in All of the first kind, in Any of the second, in None of "
        "the third. Numbers: counties left."
    ),
    "all_of": N_("All"),
    "any_of": N_("Any"),
    "none_of": N_("None"),
    "all_of_title": N_("must be in it"),
    "any_of_title": N_("in this or another one marked Any"),
    "none_of_title": N_("must not be in it"),
    "prefectures": N_("Prefectures"),
    "areas": N_("Contiguous and special areas"),
    "partners": N_("Partner cities"),
    "table": N_("Table of the selected counties"),
    "table_caption": N_("Press a name to open the county, a heading to sort."),
    "table_empty": N_("No county matches."),
    "table_filter": N_("Find in the table"),
    "table_columns": N_("Columns"),
    "table_found": N_("{n} of {total} rows"),
    "about_adcode": N_("Six-digit code of the division, GB/T 2260, as of 2024"),
    "about_name": N_("Name of today"),
    "about_published_name": N_("Name in the sources, where it differs from today’s"),
    "about_prefecture": N_("Prefecture of today"),
    "about_area_km2": N_("Measured on the WGS 84 ellipsoid, in square kilometres"),
    "about_category": N_("Kind of poor county at the start of the plan"),
    "about_partner": N_("City that supports the county, by the plan"),
    "about_exit_year": N_("Year in which the exit was approved, where it is known"),
    "export": N_("Take the selection away"),
    "export_format": N_("Format"),
    "export_detail": N_("Detail of the lines"),
    "export_detail_full": N_("full, as published"),
    "export_detail_overview": N_("overview, generalised"),
    "export_crs": N_("Coordinate system"),
    "export_one_file": N_("One HTML file, opens offline"),
    "export_sheet": N_("Map sheet, {suffix}"),
    "export_paper": N_("Paper"),
    "export_orientation": N_("Orientation"),
    "export_portrait": N_("portrait"),
    "export_landscape": N_("landscape"),
    "export_go": N_("Download"),
    "export_copy": N_("Copy the address"),
    "export_copied": N_("Copied."),
    "export_making": N_("The file is being made …"),
    "export_done": N_("Downloaded: {name} ({size} KB)"),
    "export_failed": N_("The file could not be fetched; try again."),
    "upload": N_("Choose a file"),
    "upload_limit": N_("at most {n} MB, of any of our formats"),
    "yes": N_("yes"),
    "mark": N_("Mark on the map"),
    "marked": N_("{n} counties marked"),
    "marked_choose": N_("Make them the selection"),
    "marked_clear": N_("Remove the marks"),
    "column_adcode": N_("Adcode"),
    "column_name": N_("County"),
    "column_published_name": N_("Name in the source"),
    "column_prefecture": N_("Prefecture"),
    "column_area_km2": N_("Area (km²)"),
    "column_category": N_("Kind of poor county"),
    "column_partner": N_("Partner city"),
    "column_exit_year": N_("Year of exit"),
}

REQUEST_TEXTS: Final = {
    "repeated": N_("Part of the page did not come; it is being asked for again …"),
    "failed": N_(
        "Part of the page did not come. Ask again, or load the page anew if that does "
        "not help."
    ),
    "again": N_("Ask again"),
}
"""What must be said when the catalogue itself has not come."""


def request_texts() -> dict[str, dict[str, str]]:
    """Return the texts about requests that fail, by language."""
    return {
        language: {key: speaker(language)(text) for key, text in REQUEST_TEXTS.items()}
        for language in LANGUAGES
    }


def catalogue(package: Package, bundle: str, prefix: str) -> dict[str, Any]:
    """Collect names, colours and texts for the scripts, in both languages.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    bundle : str
        Address of geometry and records.
    prefix : str
        Path under which the application runs.

    Returns
    -------
    dict
        ``groups`` of programmes, ``prefectures``, ``areas``, ``partners`` (each with
        ``id``, ``name_zh``, ``name_en``), ``ways``, ``formats`` and ``systems`` of
        files, ``texts`` by language, ``bundle`` and ``layers`` (addresses). Plain JSON.
    """
    programmes = package.programmes.values()
    categories = package.descriptions["memberships"].field("category").labels
    texts = {}
    for language in LANGUAGES:
        say = speaker(language)
        texts[language] = {key: say(text) for key, text in SCRIPT_TEXTS.items()}
        limit = SCRIPT_TEXTS["upload_limit"]
        texts[language]["upload_limit"] = say(limit, n=MOST_BYTES // 1024**2)
        for way, title in WAYS.items():
            texts[language][f"way_{way}"] = say(title)
        for value, label in categories.items():
            texts[language][f"category_{value}"] = say(label)
    return {
        "groups": [
            {
                **_named(group.id, group.name_zh, group.name_en),
                "programmes": [
                    {
                        **_named(p.id, p.name_zh, p.name_en),
                        "short_zh": p.short_zh,
                        "short_en": p.short_en,
                        "colour": p.colour,
                        "texture": texture_of(p),
                        "definition_zh": p.definition_zh,
                        "definition_en": p.definition_en,
                    }
                    for p in members
                ],
            }
            for group, members in by_group(package.programmes, package.groups).items()
        ],
        "bundle": bundle,
        "layers": f"{prefix}/layers/{ALL_COUNTIES}",
        "formats": [
            {
                **_named(f.id, f.name("zh"), f.name("en")),
                "suffix": f.suffix,
                "vector": f.kind == "vector",
                "systems": [*f.systems],
            }
            for f in FORMATS.values()
        ],
        "sheets": {
            "suffixes": [*SHEETS],
            "papers": [*PAPERS],
            "orientations": [*ORIENTATIONS],
        },
        "systems": [_named(s.id, s.name("zh"), s.name("en")) for s in SYSTEMS.values()],
        "parameters": [*PARAMETERS.values()],
        "ways": [*WAYS],
        "prefectures": [
            {
                **_named(d.adcode, d.name, d.name_en),
                "short_zh": d.short_name,
                "short_en": d.name_en,
            }
            for d in package.divisions.of_level("prefecture").values()
        ],
        "areas": [
            _named(p.id, p.name_zh, p.name_en) for p in programmes if p.kind == "area"
        ],
        "partners": [
            _named(p.partner_adcode, city.name, city.name_en)
            for p in programmes
            if p.partner_adcode
            for city in [package.divisions[p.partner_adcode]]
        ],
        "texts": texts,
    }


def _named(identifier: str, zh: str, en: str) -> dict[str, str]:
    return {"id": identifier, "name_zh": zh, "name_en": en}

"""Texts of the page's scripts, and the catalogue of names that they show.

Scripts hold no sentence of their own: they get all texts, in both languages, with one
cached file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from geo.export import FORMATS
from geo.export.systems import SYSTEMS
from geo.language import LANGUAGES, N_, speaker
from geo.names import read_aloud
from layers.edition.opening import opening
from layers.facts.columns import ALL_COUNTIES
from layers.facts.package import Package
from layers.facts.value_texts import class_text
from layers.facts.variables import Group, Variable, by_group
from layers.files.map_files import ORIENTATIONS, PAPERS, SHEETS
from layers.files.readback.faults import MOST_BYTES
from layers.select.choices import Choices
from layers.select.classing import METHOD_NAMES
from layers.select.words import value_names
from layers.themes.style import texture_of
from layers.themes.themes import Theme, themes

LIMIT_TEXTS: Final = {
    "classes_by": N_("Classes by"),
    "classes_most": N_("Classes at most"),
    "quantiles": METHOD_NAMES["quantiles"],
    "natural": METHOD_NAMES["natural"],
    "equal": METHOD_NAMES["equal"],
    "deviation": METHOD_NAMES["deviation"],
    "own": METHOD_NAMES["own"],
    "limits": N_("Class limits: drag them, or move them with the arrow keys"),
    "limit": N_("Class limit {n} of {total}"),
    "limit_at": N_("{value}; {n} {n:county|counties} in the class below it"),
    "limit_scale": N_("logarithmic scale"),
    "limit_bars": N_("How the values of the counties are spread"),
}
"""Of the histogram whose class limits can be moved."""

SCRIPT_TEXTS: Final = {
    "map_of": N_("Map of Hebei. {sentence}: {selected} of {total} counties."),
    "remove": N_("Remove {name}"),
    "no_match": N_("No county matches. To widen the selection, drop one of its parts:"),
    "without": N_("counties without “{name}”: {n}"),
    "state_late": N_("The map is being brought up to date …"),
    "state_failed": N_(
        "The server did not answer: what you pressed is not shown. Try again, or load "
        "the page anew."
    ),
    "themes": N_("Coloured by"),
    "and_by": N_("and by"),
    "and_none": N_("nothing else"),
    **LIMIT_TEXTS,
    "figures": N_("Figures"),
    "not_said": N_("not said"),
    "not_known": N_("not known"),
    "reported": N_("reported elsewhere"),
    "copy_link": N_("Copy a link"),
    "by_prefecture": N_("By prefecture"),
    "counties": N_("Counties"),
    "share_of_counties": N_("Share of its counties"),
    "area_share": N_("Share of the area"),
    "click_hint": N_("Press a county to read what is said of it."),
    "card": N_("Legend"),
    "sheet_up": N_("Expand the card"),
    "sheet_down": N_("Collapse the card"),
    "add": N_("Add a condition"),
    "everything": N_("All {n} counties"),
    "opening": N_("Main programmes"),
    "programmes": N_("Programmes"),
    "find": N_("Type to find"),
    "found_none": N_("Nothing has that name."),
    "all_of": N_("in all of these"),
    "any_of": N_("in any of these"),
    "none_of": N_("in none of these"),
    "column_named": N_("Named"),
    "column_left": N_("Counties if chosen"),
    "n_counties": N_("{n} {n:county|counties}"),
    "chosen": N_("chosen"),
    "definition": N_("What is “{name}”?"),
    "definition_short": N_("What it is"),
    "other_conditions": N_("Conditions"),
    "least": N_("at least"),
    "most": N_("at most"),
    "apply": N_("Apply"),
    "close": N_("Close"),
    "prefecture": N_("Prefecture"),
    "area": N_("Area (km²)"),
    "drawer": N_("Table, files and print of what is selected"),
    "drawer_rows": N_("Table, {n} {n:row|rows}"),
    "drawer_table": N_("Table"),
    "drawer_export": N_("Export"),
    "drawer_print": N_("Print"),
    "drawer_file": N_("Open a file"),
    "print": N_("The map of the selection, on paper"),
    "table": N_("Table of the selected counties"),
    "table_caption": N_("Press a name to open the county, a heading to sort."),
    "table_empty": N_("No county matches."),
    "table_filter": N_("Find in the table"),
    "table_columns": N_("Columns"),
    "table_found": N_("{n} of {total} rows"),
    "table_run_by": N_("{prefecture} (run by: {body})"),
    "quick_save": N_("Save the selected counties as {format}"),
    "part_named": N_("{stated} counted, {named} named: the others are not known"),
    "files_of_left": N_(
        "Files and sheets are of the left map. The one-file map and a print of this "
        "page have both; exchange the two to take the right one."
    ),
    "export": N_("Export the selected counties"),
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
    "export_embed": N_("Copy the code for a web page"),
    "export_embedded": N_("Copied. The setting ATLAS_EMBED must name the web page."),
    "export_making": N_("The file is being made …"),
    "export_done": N_("Downloaded: {name} ({size} KB)"),
    "export_failed": N_("The file could not be fetched; try again."),
    "upload": N_("Choose a file"),
    "upload_limit": N_("at most {n} MB, of any of our formats"),
    "yes": N_("yes"),
    "mark": N_("Mark on the map"),
    "marked": N_("Counties marked: {n}"),
    "marked_choose": N_("Make them the selection"),
    "marked_clear": N_("Remove the marks"),
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


NAMES: Final = {"zh": "冀图", "en": "Hebei Programme Atlas"}
"""What the atlas is called."""

_BASE_COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "adcode": (
        N_("Adcode"),
        N_("Six-digit code, GB/T 2260, as of the boundary vintage"),
    ),
    "name": (N_("County"), N_("Name of today")),
    "published_name": (
        N_("Name in the source"),
        N_("Name in the sources, where it differs from today’s"),
    ),
    "prefecture": (N_("Prefecture"), N_("Prefecture of today")),
    "area_km2": (
        N_("Area (km²)"),
        N_("Measured on the WGS 84 ellipsoid, in square kilometres"),
    ),
}
"""Columns of the table that every county has: title, and what it means."""


def catalogue(
    package: Package, choices: Choices, bundle: str, prefix: str
) -> dict[str, Any]:
    """Collect names, colours and texts for the scripts, in both languages.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    choices : layers.select.choices.Choices
        What a selection can ask for.
    bundle : str
        Address of geometry and records.
    prefix : str
        Path under which the application runs.

    Returns
    -------
    dict
        ``groups`` of programmes, ``choices`` (the other filters with their values,
        but for numbers: the state of a page has the ranges of those that it shows),
        ``columns`` of the table, but for :func:`number_columns`, ``themes``,
        ``formats`` and ``systems`` of files (each with ``id``, ``name_zh``,
        ``name_en``), ``texts`` by language, ``bundle`` and ``layers`` (addresses).
        Plain JSON.
    """
    texts = {}
    for language in LANGUAGES:
        say = speaker(language)
        texts[language] = {key: say(text) for key, text in SCRIPT_TEXTS.items()}
        limit = SCRIPT_TEXTS["upload_limit"]
        texts[language]["upload_limit"] = say(limit, n=MOST_BYTES // 1024**2)
        texts[language]["product"] = NAMES[language]
    grouped = by_group(package.programmes.values(), package.groups)
    return {
        "groups": [
            {
                **_named(group.id, group.name_zh, group.name_en),
                "programmes": [_programme(p) for p in members],
            }
            for group, members in grouped.items()
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
        "opening": dict(opening(package).asked()),
        "parameters": [*choices.parameters.values()],
        "themes": [
            {
                **_named(theme.id, theme.title("zh"), theme.title("en")),
                "spoken": _spoken(theme.title("zh")) if theme.kind == "number" else "",
                "kind": theme.kind,
                "slider": theme.has_slider,
                **_heading(package, theme),
            }
            for theme in themes(package).values()
        ],
        "choices": [*_choices(package, choices)],
        "columns": [*_columns(package)],
        "texts": texts,
    }


def number_columns(package: Package) -> list[dict[str, Any]]:
    """List the columns of the table that are numbers: fetched when one is wanted."""
    return [
        _column(package, variable)
        for variable in package.variables.values()
        if variable.kind == "number"
    ]


def _heading(package: Package, theme: Theme) -> dict[str, str]:
    """Return under what the theme of a number is offered: the group of its variable."""
    if theme.kind != "number":
        return {}
    group = package.groups[package.variables[theme.id].group]
    return {"heading_zh": group.name_zh, "heading_en": group.name_en}


def _programme(programme: Variable) -> dict[str, Any]:
    return {
        **_named(programme.id, programme.name_zh, programme.name_en),
        "spoken": _spoken(programme.name_zh, programme.short_zh),
        "short_zh": programme.short_zh,
        "short_en": programme.short_en,
        "colour": programme.colour,
        "texture": texture_of(programme),
        "definition_zh": programme.definition_zh,
        "definition_en": programme.definition_en,
        "whole": programme.is_whole,
        "missing_zh": programme.missing_zh,
        "missing_en": programme.missing_en,
        "named": programme.named_count,
        "stated": programme.stated_count,
    }


def _spoken(*names: str) -> str:
    """Return names as one types them without Chinese: pinyin and initials."""
    return " ".join(
        dict.fromkeys(
            text for name in names for ways in read_aloud(name) for text in ways
        )
    )


def _choices(package: Package, choices: Choices) -> Iterator[dict[str, Any]]:
    """List the filters besides the programmes, each with its values in order."""
    prefectures = package.divisions.of_level("prefecture")
    # A programme that a relation says as well is offered as a programme.
    said_twice = {p.relation for p in package.programmes.values()}
    yield {
        **_both("prefectures", N_("Prefectures")),
        "offered": True,
        "values": [
            {
                **_named(d.adcode, d.name, d.name_en),
                "spoken": _spoken(d.name),
                "short_zh": d.short_name,
                "short_en": d.name_en,
            }
            for d in prefectures.values()
        ],
    }
    for choice in choices.where.values():
        if not choice.values or choice.kind == "number":
            continue
        about: Group | Variable = (
            package.groups[choice.id]
            if choice.kind == "group"
            else package.variables[choice.id]
        )
        names = {
            language: [
                name
                for value in choice.values
                for name in value_names(choice.id, [value], package, language)
            ]
            for language in LANGUAGES
        }
        yield {
            **_named(choice.id, about.name_zh, about.name_en),
            "offered": choice.kind != "group" and choice.id not in said_twice,
            "values": [
                _named(value, zh, en) | {"spoken": _spoken(zh)}
                for value, zh, en in zip(
                    choice.values, names["zh"], names["en"], strict=True
                )
            ],
        }


def _columns(package: Package) -> Iterator[dict[str, Any]]:
    """List the columns that are no programme and no number, with what they mean."""
    for column, (title, about) in _BASE_COLUMNS.items():
        yield {**_both(column, title), **_both_of("about", about), "kind": "base"}
    for variable in package.variables.values():
        if variable.kind not in {"membership", "number"}:
            yield _column(package, variable)


def _column(package: Package, variable: Variable) -> dict[str, Any]:
    unit = package.units.get(variable.unit)
    return {
        **_named(variable.id, variable.name_zh, variable.name_en),
        "about_zh": variable.definition_zh,
        "about_en": variable.definition_en,
        "kind": variable.kind,
        "unit_zh": unit.name_zh if unit else "",
        "unit_en": unit.name_en if unit else "",
        "classes": {
            value: _named(
                value,
                class_text(package, variable, value, "zh"),
                class_text(package, variable, value, "en"),
            )
            for value in _class_values(package, variable)
        },
    }


def _class_values(package: Package, variable: Variable) -> list[str]:
    if variable.kind not in {"category", "relation"}:
        return []
    values = package.values_by_county(variable.id).values()
    return sorted({str(value.value) for own in values for value in own})


def _named(identifier: str, zh: str, en: str) -> dict[str, str]:
    return {"id": identifier, "name_zh": zh, "name_en": en}


def _both(identifier: str, message: str) -> dict[str, str]:
    return _named(identifier, speaker("zh")(message), message)


def _both_of(part: str, message: str) -> dict[str, str]:
    return {f"{part}_{language}": speaker(language)(message) for language in LANGUAGES}

"""Pages that need no script and no new browser: every county, every variable, files.

They say what the interactive pages say, from the same homes: what is known of a county
from :mod:`layers.profile`, values from :mod:`layers.facts.value_texts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlencode

from geo.export import FORMATS
from geo.language import LANGUAGES, N_, Language, Speaker, heading, speaker
from geo.markup import Markup, element, joined
from layers.edition.address import Address
from layers.edition.edition import Edition
from layers.edition.opening import opening
from layers.edition.sentence import sentence_text, sentence_tokens
from layers.edition.still import still
from layers.edition.texts import NAMES, SCRIPT_TEXTS
from layers.facts.columns import ALL_COUNTIES
from layers.facts.date_texts import unsure_text
from layers.facts.package import Package
from layers.facts.value_texts import STANDINGS, cell_text, missing_text
from layers.facts.variables import Variable, by_group
from layers.files.map_files import ONE_FILE, SHEETS
from layers.themes.style import completeness_note
from layers.themes.themes import USUAL
from layers.webmap.map_texts import credit
from views.http.shell_files import styles

PATH: Final = "/plain"

TAGS: Final = {"zh": "zh-Hans", "en": "en"}
"""What a document says of its language."""

_OTHER: Final = {"zh": "English", "en": "中文"}

_LIGHT: Final = ("picture.css", "plain.css")
_DARK: Final = ("dark.css", "plain-dark.css")

_SAID: Final = ("yes", "reported")
"""Standings that are worth a line each."""


class Desk:
    """What a page is written from: an edition, a language, where the atlas is.

    Parameters
    ----------
    edition : Edition
        The edition served.
    language : {"zh", "en"}
        Language of the page.
    prefix : str
        Path under which a reader's browser finds the atlas.
    """

    def __init__(self, edition: Edition, language: Language, prefix: str) -> None:
        self.edition, self.language, self.prefix = edition, language, prefix
        self.package: Package = edition.package
        self.say: Speaker = speaker(language)

    def plain(self, path: str = "", language: Language | None = None) -> str:
        """Return the address of a plain page, in this language or another."""
        query = urlencode({"lang": language or self.language})
        return f"{self.prefix}{PATH}{path}?{query}"

    def file(self, layer: str, suffix: str, **asked: str) -> str:
        """Return the address of a file of a layer."""
        query = urlencode({**asked, "lang": self.language})
        return f"{self.prefix}/layers/{layer}.{suffix}?{query}"

    def county(self, adcode: str) -> Markup:
        """Link to a county."""
        name = self.package.divisions.called(adcode, self.language)
        return link(self.plain(f"/county/{adcode}"), name)


def link(address: str, text: str) -> Markup:
    """Write a link to a path of this server."""
    return element("a", {"href": address}, text)


def index(desk: Desk) -> bytes:
    """Write the page that leads to all others.

    Parameters
    ----------
    desk : Desk
        What it is written from.
    """
    package, say = desk.package, desk.say
    shown = opening(package)
    tokens = sentence_tokens(package, desk.edition.counties(), shown, desk.language)
    asked = shown.to_parameters()
    maps = [
        link(desk.file(ALL_COUNTIES, suffix, **asked), suffix.upper())
        for suffix in SHEETS
    ]
    one_file = SCRIPT_TEXTS["export_one_file"]
    maps.append(link(desk.file(ALL_COUNTIES, ONE_FILE, **asked), say(one_file)))
    body = [
        element("p", {"class": "sentence"}, sentence_text(tokens)),
        *_picture(desk),
        element("p", None, say(N_("This map: ")), joined(maps, " · ")),
        element("h2", {"id": "variables"}, say(N_("Programmes and other variables"))),
        *_variables(desk),
        element("h2", {"id": "counties"}, say(N_("Counties by prefecture"))),
        *_counties(desk),
        element("h2", {"id": "files"}, say(N_("All counties with all columns"))),
        files(desk, ALL_COUNTIES),
    ]
    return page(desk, "", NAMES[desk.language], body)


def variable(desk: Desk, identifier: str) -> bytes:
    """Write what a variable is, and its value of every county.

    Parameters
    ----------
    desk : Desk
        What it is written from.
    identifier : str
        Of the variable.
    """
    package, say = desk.package, desk.say
    shown = package.variables[identifier]
    sources = [package.sources[s].title(desk.language) for s in shown.source]
    told = [
        shown.definition(desk.language),
        shown.rule(desk.language),
        completeness_note(shown, desk.language) if shown.is_programme else "",
        say(
            N_("Without a value: {text}"),
            text=missing_text(package, shown, desk.language),
        ),
        say.series(sources),
    ]
    rows = [*_rows(desk, shown)]
    head = [N_("County"), N_("Prefecture"), N_("Value")]
    cells = [element("th", {"scope": "col"}, say(text)) for text in head]
    body = [
        *(element("p", None, text) for text in told if text),
        element(
            "table",
            None,
            element("thead", None, element("tr", None, *cells)),
            element("tbody", None, *rows),
        ),
        element("h2", None, say(N_("Files"))),
        files(desk, identifier if shown.is_programme else ALL_COUNTIES),
    ]
    return page(
        desk, f"/variable/{identifier}", heading(shown.name(desk.language)), body
    )


def page(desk: Desk, path: str, title: str, body: Iterable[str]) -> bytes:
    """Put a page around its body.

    Parameters
    ----------
    desk : Desk
        What it is written from.
    path : str
        Of the page, below :data:`PATH`.
    title : str
        Its heading.
    body : iterable of str
        Markup.
    """
    say, language = desk.say, desk.language
    other = next(one for one in LANGUAGES if one != language)
    ways = [
        link(desk.plain(), say(N_("All counties and programmes"))),
        link(f"{desk.prefix}/layers?f=html", say(N_("Every layer in every format"))),
        link(f"{desk.prefix}/?lang={language}", say(N_("Interactive map"))),
        element(
            "a",
            {"href": desk.plain(path, other), "lang": TAGS[other]},
            _OTHER[language],
        ),
    ]
    name = NAMES[language]
    head = element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element(
            "meta",
            {"name": "viewport", "content": "width=device-width, initial-scale=1"},
        ),
        element("title", None, title if title == name else f"{title} · {name}"),
        element("style", None, Markup(styles(_LIGHT, _DARK))),
    )
    whole = element(
        "body",
        None,
        element("p", {"class": "ways"}, joined(ways, " · ")),
        element("main", None, element("h1", None, title), *body),
        element("footer", None, credit(desk.package.boundaries, language)),
    )
    html = element("html", {"lang": TAGS[language]}, head, whole)
    return f"<!DOCTYPE html>\n{html}\n".encode()


def _picture(desk: Desk) -> Iterator[Markup]:
    shown = Address(
        selection=opening(desk.package), theme=USUAL, language=desk.language
    )
    picture = still(desk.edition, shown, desk.say(N_("Map of Hebei")))
    if picture:
        yield element("div", {"class": "map"}, picture.picture)
        lines = (
            element("li", None, line.swatch, joined([line.name, line.count], " "))
            for line in picture.legend
        )
        yield element("ul", {"class": "legend"}, *lines)
        yield element("p", None, element("small", None, picture.credit))


def _variables(desk: Desk) -> Iterator[Markup]:
    package, language = desk.package, desk.language
    grouped = by_group(package.variables.values(), package.groups)
    for group, members in grouped.items():
        yield element("h3", None, group.name(language))
        yield element(
            "ul",
            None,
            *(
                element(
                    "li",
                    None,
                    link(desk.plain(f"/variable/{one.id}"), one.name(language)),
                    f" {_count(desk, one)}",
                )
                for one in members
            ),
        )


def _count(desk: Desk, shown: Variable) -> str:
    known = sum(
        any(value.is_known for value in values)
        for values in desk.package.values_by_county(shown.id).values()
    )
    return desk.say(N_("{n} {n:county|counties}"), n=known)


def _counties(desk: Desk) -> Iterator[Markup]:
    counties, divisions = desk.edition.counties(), desk.package.divisions
    for parent, own in counties.groupby("prefecture_adcode", sort=False):
        above = divisions[str(parent)]
        yield element("h3", None, desk.say.pick(above.name, above.name_en))
        links = [desk.county(str(adcode)) for adcode in own.index]
        yield element("p", None, joined(links, " · "))


def _rows(desk: Desk, shown: Variable) -> Iterator[Markup]:
    package, say = desk.package, desk.say
    for adcode, row in desk.edition.counties().iterrows():
        code = str(adcode)
        values = package.values_by_county(shown.id).get(code, ())
        text = cell_text(package, shown, row, desk.language)
        text = text or unsure_text(values, say)
        if shown.is_programme:
            standing = package.standing(shown.id, code)
            text = say(STANDINGS[standing]) if standing in _SAID else ""
        if text:
            yield element(
                "tr",
                None,
                element("th", {"scope": "row"}, desk.county(code)),
                cell(say.pick(row["prefecture"], row["prefecture_en"])),
                cell(text),
            )


def cell(text: str) -> Markup:
    """Write a cell of a table."""
    return element("td", None, text)


def files(desk: Desk, layer: str, **asked: str) -> Markup:
    """List the files of a layer in every format."""
    items = [
        element(
            "li",
            None,
            link(desk.file(layer, form.suffix.lstrip("."), **asked), form.suffix),
            f" {form.name(desk.language)}",
        )
        for form in FORMATS.values()
    ]
    text = SCRIPT_TEXTS["export_sheet"]
    for suffix in SHEETS:
        named = desk.say(text, suffix=suffix.upper())
        at = link(desk.file(layer, suffix, **asked), f".{suffix}")
        items.append(element("li", None, at, f" {named}"))
    one_file = SCRIPT_TEXTS["export_one_file"]
    at = link(desk.file(layer, ONE_FILE, **asked), f".{ONE_FILE}")
    items.append(element("li", None, at, f" {desk.say(one_file)}"))
    return element("ul", None, *items)

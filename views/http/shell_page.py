"""What the page shows before its scripts have come: the parts of the shell.

The map's page shows the map as a still picture with its sentence and legend, the page
of a county what is known of it first, the others what they are for. Where nothing more
will come, it says why, in both languages, and leads to pages that need no script.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlencode

from geo.language import LANGUAGES, N_, Language, speaker
from geo.markup import Markup, element, joined
from layers.edition.edition import Edition
from layers.edition.opening import Opened
from layers.edition.sentence import Token, sentence_text, sentence_tokens
from layers.edition.still import Still, still
from layers.edition.texts import NAMES, SCRIPT_TEXTS
from layers.facts.columns import ALL_COUNTIES
from layers.facts.package import Package
from layers.files.map_files import ONE_FILE
from layers.profile.county_profile import county_profile
from layers.themes.themes import USUAL, view_parameters
from layers.webmap.map_texts import credit
from views.http.plain_pages import PATH as PLAIN

TAGS: Final = {"zh": "zh-Hans", "en": "en"}
"""What a document says of its language."""

OLD, LINE, START, OFF = "old", "line", "start", "off"

_WHY: Final = {
    OLD: N_(
        "This browser is too old for the interactive pages. The pages below do without "
        "them; Chromium and browsers made of it can do it from version {oldest} on."
    ),
    LINE: N_(
        "The page has no connection to its server: a proxy or firewall may refuse "
        "WebSocket. The pages below need none."
    ),
    START: N_(
        "The interactive page has not started: its scripts did not come, or were "
        "refused. On a slow line, wait a little; the pages below need no script."
    ),
    OFF: N_(
        "This browser runs no scripts (JavaScript), which the interactive pages need. "
        "The pages below need none."
    ),
}

OLDEST: Final = 103
"""Version of Chromium in which the interactive pages were seen to live; 92 fails."""

_LIVE: Final = {
    "map": "|".join(
        (
            ".folium-map[data-painted]",
            ".atlas-sentence .atlas-sentence-count",
            ".atlas-card-legend .atlas-legend",
        )
    )
}
"""By page, the parts that show that it lives; the others have a heading."""

_HEADING: Final = ".stMain h1"


def parts(
    edition: Edition,
    opened: Opened,
    page: str,
    about: tuple[str, str],
    prefix: str,
) -> tuple[str, Markup]:
    """Write title and body of the shell.

    Parameters
    ----------
    edition : Edition
        The edition served.
    opened : layers.edition.opening.Opened
        What the address says.
    page : str
        Path of the page, without a slash; ``""`` and ``"map"`` are the map.
    about : tuple of str
        Name and purpose of the page, message ids.
    prefix : str
        Path under which the application runs.

    Returns
    -------
    title : str
        Of the document, as Streamlit sets it later.
    body : Markup
        What stands before Streamlit's root.
    """
    language = opened.address.language
    package, say = edition.package, speaker(language)
    kind = "map" if page in {"", "map"} else page
    if kind == "map":
        heading, words, content = _map(edition, opened)
    elif kind == "county" and opened.county:
        heading = package.divisions.named(opened.county, language)
        words, content = Markup(heading), _county(edition, opened.county, language)
    else:
        name, purpose = about
        heading = say(name)
        words, content = joined([heading]), element("p", None, say(purpose))
    if kind != "map":
        content = element("div", {"class": "atlas-still-text"}, content)
    bar = element(
        "div",
        {"class": "atlas-still-bar"},
        element("b", None, NAMES[language]),
        element("small", None, _plan(package, language)),
    )
    loading = (
        N_("The interactive map is loading …")
        if kind == "map"
        else N_("The page is loading …")
    )
    waits = {"class": "atlas-still-loading", "role": "status"}
    links = _links(ways(opened, prefix, language, on_the_map=kind == "map"))
    body = element(
        "div",
        {
            "id": "atlas-still",
            "lang": TAGS[language],
            "data-live": _LIVE.get(kind, _HEADING),
        },
        bar,
        element("h1", None, words),
        content,
        element(
            "p",
            {"class": "atlas-still-ways"},
            element("span", waits, say(loading)),
            *links,
        ),
    )
    return f"{heading} · {NAMES[language]}", joined(
        [told(opened, prefix, on_the_map=kind == "map"), body]
    )


def told(opened: Opened, prefix: str, *, on_the_map: bool = True) -> Markup:
    """Write why no more comes, in both languages, and where to go instead.

    Parameters
    ----------
    opened : layers.edition.opening.Opened
        What the address says.
    prefix : str
        Path under which the application runs.
    on_the_map : bool
        Whether what the address means is shown as a map.
    """
    first = opened.address.language
    languages = sorted(LANGUAGES, key=lambda language: language != first)
    why = [
        element(
            "p",
            {"class": f"atlas-why atlas-why-{reason}", "lang": TAGS[language]},
            speaker(language)(text, oldest=OLDEST),
        )
        for reason, text in _WHY.items()
        if reason != OFF
        for language in languages
    ]
    both = zip(
        *(ways(opened, prefix, one, on_the_map=on_the_map) for one in languages),
        strict=True,
    )
    lists = element(
        "ul",
        None,
        *(
            element(
                "li",
                None,
                joined(
                    (
                        element("a", {"href": at, "lang": TAGS[language]}, text)
                        for language, (at, text) in zip(languages, pair, strict=True)
                    ),
                    " · ",
                ),
            )
            for pair in both
        ),
    )
    off = [
        element("p", {"lang": TAGS[language]}, speaker(language)(_WHY[OFF]))
        for language in languages
    ]
    box = {
        "id": "atlas-told",
        "class": "atlas-told",
        "role": "alert",
        "hidden": True,
    }
    # Without scripts nothing would take the attribute away.
    without = element("div", {"class": "atlas-told"}, *off, lists)
    return joined(
        [element("div", box, *why, lists), element("noscript", None, without)]
    )


def ways(
    opened: Opened, prefix: str, language: Language, *, on_the_map: bool = True
) -> Sequence[tuple[str, str]]:
    """List addresses that need no script, with what is there.

    Parameters
    ----------
    opened : layers.edition.opening.Opened
        What the address says.
    prefix : str
        Path under which the application runs.
    language : {"zh", "en"}
        In which to say so.
    on_the_map : bool
        Whether what the address means is shown as a map.
    """
    say = speaker(language)
    spoken = urlencode({"lang": language})
    found = [
        (
            f"{prefix}{PLAIN}?{spoken}",
            say(N_("All counties, programmes and downloads, without scripts")),
        ),
        (f"{prefix}/layers?f=html", say(N_("Every layer in every format"))),
    ]
    if on_the_map:
        address = opened.address
        theme = address.theme if address.beside is None else USUAL
        shown = {**view_parameters(address.selection, theme), "lang": language}
        files = f"{prefix}/layers/{ALL_COUNTIES}"
        found += [
            (f"{files}.pdf?{urlencode(shown)}", say(N_("This map as PDF"))),
            (
                f"{files}.{ONE_FILE}?{urlencode(shown)}",
                say(N_("This map in one file, for another browser")),
            ),
        ]
    if opened.county:
        own = f"{prefix}{PLAIN}/county/{opened.county}?{spoken}"
        found.insert(0, (own, say(N_("This county, without scripts"))))
    return found


def _links(found: Sequence[tuple[str, str]]) -> Iterator[Markup]:
    for address, text in found:
        yield element("a", {"href": address}, text)


def _plan(package: Package, language: Language) -> str:
    sources = package.sources.values()
    return next((s.title(language) for s in sources if s.kind == "plan"), "")


def _map(edition: Edition, opened: Opened) -> tuple[str, Markup, Markup]:
    """Return heading, the same as markup, and the still map of an address."""
    address, package = opened.address, edition.package
    say = speaker(address.language)
    counties, selection = edition.counties(), address.selection
    tokens = sentence_tokens(package, counties, selection, address.language)
    text = sentence_text(tokens)
    described = SCRIPT_TEXTS["map_of"]
    label = say(
        described,
        sentence=text,
        selected=len(selection.apply(counties)),
        total=len(counties),
    )
    picture = still(edition, address, label)
    stage = element(
        "div",
        {"class": "atlas-still-stage"},
        *(_stage(picture) if picture else ()),
    )
    return text, joined(map(_word, tokens)), stage


def _word(token: Token) -> Markup:
    if isinstance(token, int):
        return element("b", None, str(token))
    if isinstance(token, list):
        return element("span", {"class": "atlas-still-word"}, token[-1])
    return joined([token])


def _stage(picture: Still) -> Iterator[Markup]:
    yield picture.picture
    lines = (
        element("li", None, element("b", None, line.count), line.swatch, line.name)
        for line in picture.legend
    )
    yield element("div", {"class": "atlas-still-card"}, element("ul", None, *lines))
    yield element("p", {"class": "atlas-still-credit"}, picture.credit)


def _county(edition: Edition, adcode: str, language: Language) -> Markup:
    """Write what is known first of a county."""
    package, row = edition.package, edition.counties().loc[adcode]
    facts = county_profile(package, row, adcode, language, numbers=()).facts
    terms = [
        element(name, None, text)
        for fact in facts
        for name, text in (("dt", fact.term), ("dd", fact.told))
    ]
    lines = credit(package.boundaries, language)
    return joined([element("dl", None, *terms), element("small", None, lines)])

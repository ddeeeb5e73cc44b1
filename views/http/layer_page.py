"""The service's answers for people: plain pages in both languages.

No script, no image, nothing from another host; the page's policy forbids it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final, Literal

from starlette.requests import Request

from geo.export import FORMATS
from geo.language import LANGUAGES, N_, speaker
from layers.edition.edition import Edition
from layers.facts.columns import ALL_COUNTIES
from layers.facts.package import Package
from layers.facts.variables import Variable
from layers.files.map_files import ONE_FILE, SHEETS
from layers.select.choices import Choice
from layers.themes.style import completeness_note
from layers.themes.themes import themes
from views.http.answers import qualities, quality

Form = Literal["html", "json"]

FORMS: Final[tuple[Form, ...]] = ("html", "json")

MEDIA_TYPE: Final = "text/html; charset=utf-8"

_JSON: Final = ("application/json", "application/geo+json", "application/schema+json")
"""Media types of the answers that are no page."""

POLICY: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "Vary": "Accept, Accept-Encoding",
}
"""Headers of an answer that may be such a page."""

_STYLE: Final = """
body { margin: 1.5rem auto; max-width: 72rem; padding: 0 1rem; color: #2b2822;
  background: #fff; line-height: 1.5; font-family: "Noto Sans SC", "Noto Sans CJK SC",
  "Microsoft YaHei", "PingFang SC", sans-serif; }
:lang(en) { font-variant-east-asian: proportional-width; }
a { color: #8c2a1c; }
.table { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: .4rem .6rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid #cfc8b8; min-width: 6rem; }
td.number { text-align: right; }
pre { overflow-x: auto; padding: .8rem; background: #f5f2ea; }
[lang] { display: block; }
"""

_COLUMNS: Final = (
    N_("Layer"),
    N_("Counties on the map"),
    N_("Not said"),
    N_("Completeness"),
    N_("Files"),
    N_("Service"),
)

_VARIABLE_COLUMNS: Final = (
    N_("Variable"),
    N_("Identifier"),
    N_("Kind of variable"),
    N_("Counties with a value"),
    N_("Unit"),
    N_("Definition"),
)


def form(request: Request) -> Form | None:
    """Choose page or JSON: as ``f`` says, else as the client accepts.

    Returns
    -------
    {"html", "json"} or None
        JSON for whoever does not like a page better; None if ``f`` is neither.
    """
    asked = {*request.query_params.getlist("f")}
    if asked:
        return next((known for known in FORMS if asked == {known}), None)
    wishes = qualities(request.headers.get("accept", ""))
    html = quality(wishes, "text/html")
    return "html" if html > max(quality(wishes, kind) for kind in _JSON) else "json"


def frame(title: Mapping[str, str], body: str) -> bytes:
    """Put a page around its body.

    Parameters
    ----------
    title : mapping of str to str
        By language; text, not markup.
    body : str
        Markup.
    """
    return (
        "<!DOCTYPE html>\n"
        '<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title['zh'])} · {escape(title['en'])}</title>"
        f"<style>{_STYLE}</style></head>\n"
        f"<body><main><h1>{both(title)}</h1>\n{body}\n</main></body></html>\n"
    ).encode()


def both(text: Mapping[str, str]) -> str:
    """Write a text in both languages as markup; once, if it is the same in both."""
    if text["zh"] == text["en"]:
        return escape(text["zh"])
    # The whole page is Chinese, so that only English says what it is to a reader; both
    # are set apart as blocks.
    return "".join(
        f'<span lang="{tag}">{escape(text[language])}</span>'
        for language, tag in (("zh", "zh-CN"), ("en", "en"))
    )


def said(message: str, **values: object) -> Mapping[str, str]:
    """Say a message in both languages."""
    return {language: speaker(language)(message, **values) for language in LANGUAGES}


def link(address: str, text: str) -> str:
    """Write a link as markup; anything but an address of this web stays text."""
    if not address.startswith(("/", "http://", "https://")):
        return escape(text)
    return f'<a href="{escape(address)}">{escape(text)}</a>'


def catalogue(
    edition: Edition, here: str, service: str, options: Mapping[str, Iterable[str]]
) -> dict[str, Any]:
    """Describe every layer and its addresses, for programs.

    Parameters
    ----------
    edition : Edition
        The edition.
    here : str
        Address of the catalogue.
    service : str
        Address of the OGC API.
    options : mapping of str to iterable of str
        Parameters of a file besides those of a selection, with their values.
    """
    package, counties = edition.package, edition.counties()

    def described(layer: str, name: Mapping[str, str], count: int) -> dict[str, Any]:
        return {
            "id": layer,
            "name": name,
            "count": count,
            "files": {
                form.id: f"{here}/{layer}{form.suffix}" for form in FORMATS.values()
            },
            "maps": {
                suffix: f"{here}/{layer}.{suffix}" for suffix in (*SHEETS, ONE_FILE)
            },
            "collection": f"{service}/collections/{layer}",
        }

    return {
        "layers": [
            described(ALL_COUNTIES, said(N_("All counties of Hebei")), len(counties)),
            *(
                described(
                    programme.id,
                    {"zh": programme.name_zh, "en": programme.name_en},
                    len(package.members(programme.id)),
                )
                | {
                    "group": programme.group,
                    "counted": programme.stated_count,
                    "named": programme.named_count,
                    "not_said": int(counties[programme.id].isna().sum()),
                    "completeness": programme.completeness,
                    "basis": programme.basis,
                    "note": {
                        language: completeness_note(programme, language)
                        for language in LANGUAGES
                    },
                }
                for programme in package.programmes.values()
            ),
        ],
        "variables": [
            _variable(package, variable, edition.choices.where[variable.id])
            for variable in package.variables.values()
            if not variable.is_programme
        ],
        "themes": [
            {"id": theme.id, "name": {"zh": theme.title_zh, "en": theme.title_en}}
            for theme in themes(package).values()
        ],
        "parameters": {
            **{
                name: [*edition.choices.for_field(field)]
                for field, name in edition.choices.parameters.items()
            },
            **{name: [*values] for name, values in options.items()},
        },
    }


def layer_page(
    listed: Mapping[str, Any],
    here: str,
    service: str,
    about: str = "",
    *,
    plain: str,
    credit: Mapping[str, str],
) -> bytes:
    """Write the catalogue of layers as a page.

    Parameters
    ----------
    listed : mapping
        ``layers`` and ``variables`` of the catalogue's JSON.
    here : str
        Address of the catalogue.
    service : str
        Address of the OGC API.
    about : str
        Markup of what search engines read.
    plain : str
        Address of the plain pages of counties and variables.
    credit : mapping of str to str
        By language, whose lines the layers have.
    """
    words = said(N_("Each layer as a file, or one by one through the service."))
    selection = said(N_("Parameters of the addresses, and what they may be, as JSON"))
    interface = said(N_("Address for QGIS: OGC API – Features"))
    more = said(N_("What is known of counties besides: a column of every file"))
    pages = said(N_("All counties and programmes"))
    layers = _table("layers", _COLUMNS, (_row(one, plain) for one in listed["layers"]))
    rows = (_variable_row(one, plain) for one in listed["variables"])
    variables = _table("variables", _VARIABLE_COLUMNS, rows)
    return frame(
        said(N_("Layers by address")),
        f"<p>{both(words)}</p>\n"
        f"<ul><li>{linked(plain, pages)}</li>"
        f"<li>{both(interface)} {link(service, service)}</li>"
        f"<li>{both(selection)} {link(f'{here}?f=json', f'{here}?f=json')}</li></ul>\n"
        f"{layers}\n<h2>{both(more)}</h2>\n{variables}\n{about}\n"
        f"<footer>{both(credit)}</footer>",
    )


def _table(name: str, columns: Iterable[str], rows: Iterable[str]) -> str:
    heads = "".join(f'<th scope="col">{both(said(head))}</th>' for head in columns)
    body = "\n".join(rows)
    # Wide tables scroll by themselves, by keyboard too.
    return (
        f'<div class="table" tabindex="0" role="region" aria-labelledby="{name}">'
        f'<table id="{name}"><thead><tr>{heads}</tr></thead>\n<tbody>{body}</tbody>'
        "</table></div>"
    )


def _variable(package: Package, variable: Variable, choice: Choice) -> dict[str, Any]:
    """Describe a variable that is no programme."""
    unit = package.units.get(variable.unit)
    return {
        "id": variable.id,
        "kind": variable.kind,
        "label": package.label("variables", "kind", variable.kind),
        "group": variable.group,
        "name": {"zh": variable.name_zh, "en": variable.name_en},
        "definition": {"zh": variable.definition_zh, "en": variable.definition_en},
        "missing": {"zh": variable.missing_zh, "en": variable.missing_en},
        "unit": {"zh": unit.name_zh, "en": unit.name_en}
        if unit and variable.unit
        else None,
        "known": sum(
            any(value.is_known for value in own)
            for own in package.values_by_county(variable.id).values()
        ),
        "completeness": variable.completeness,
        "values": {
            known.value: {"zh": known.name_zh, "en": known.name_en}
            for known in variable.classes
        },
        "ranges": choice.takes_ranges,
    }


def _variable_row(variable: Mapping[str, Any], plain: str) -> str:
    cells = (
        f'<th scope="row">{linked(_page_of(variable, plain), variable["name"])}</th>',
        f"<td>{escape(variable['id'])}</td>",
        f"<td>{both(said(variable['label']))}</td>",
        f'<td class="number">{escape(str(variable["known"]))}</td>',
        f"<td>{both(variable['unit'] or said(''))}</td>",
        f"<td>{both(variable['definition'])}</td>",
    )
    return f"<tr>{''.join(cells)}</tr>"


def _row(layer: Mapping[str, Any], plain: str) -> str:
    files: Mapping[str, str] = layer["files"]
    addresses = " ".join(
        [
            *(
                link(files[form.id], form.suffix.lstrip("."))
                for form in FORMATS.values()
            ),
            *(link(address, suffix) for suffix, address in layer["maps"].items()),
        ]
    )
    is_all = layer["id"] == ALL_COUNTIES
    page = plain if is_all else _page_of(layer, plain)
    cells: Sequence[tuple[str, str]] = (
        ("number", escape(str(layer["count"]))),
        ("number", escape(str(layer.get("not_said", 0)))),
        ("", both(_completeness(layer))),
        ("", addresses),
        ("", link(layer["collection"], layer["id"])),
    )
    return (
        f'<tr><th scope="row">{linked(page, layer["name"])}</th>'
        + "".join(
            f'<td class="{name}">{cell}</td>' if name else f"<td>{cell}</td>"
            for name, cell in cells
        )
        + "</tr>"
    )


def _page_of(variable: Mapping[str, Any], plain: str) -> str:
    return f"{plain}/variable/{variable['id']}"


def linked(address: str, text: Mapping[str, str]) -> str:
    """Write a text in both languages as one link of ours.

    Parameters
    ----------
    address : str
        A path of this server, or its address.
    text : mapping of str to str
        By language.
    """
    return f'<a href="{escape(address)}">{both(text)}</a>'


def _completeness(layer: Mapping[str, Any]) -> Mapping[str, str]:
    note: Mapping[str, str] | None = layer.get("note")
    if note is None or any(note.values()):
        return note or {"zh": "", "en": ""}
    return said(N_("complete: {named} named"), named=layer["named"])

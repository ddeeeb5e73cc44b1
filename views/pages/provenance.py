"""Where the facts come from: sources, boundaries, changes of codes, dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from geo.language import N_, Language, speaker
from geo.names import beside
from layers.facts import inventory
from layers.facts.package import Package
from layers.facts.schema import Field, Table
from views.frame.components import Node

_TYPES: Final = {
    "string": N_("text"),
    "integer": N_("whole number"),
    "number": N_("number"),
}

_CRS: Final = N_(
    "{crs} (longitude and latitude); the data are in CGCS2000, which agrees with "
    "WGS 84 within a decimetre"
)


def sources(package: Package, language: Language) -> list[Node]:
    """List the sources with what rests on them, and those on which nothing does."""
    say = speaker(language)
    cited = inventory.citations(package)
    used = [_source(package, c, language) for c in cited if c.rows]
    unused = [_source(package, c, language) for c in cited if not c.rows]
    why = say(N_("Read, but no row of a table rests on them."))
    return [
        ["h3", {}, say(N_("Sources in use ({n})"), n=len(used))],
        *used,
        ["h3", {}, say(N_("Sources not in use ({n})"), n=len(unused))],
        ["p", {}, why],
        *unused,
    ]


def _source(package: Package, cited: inventory.Citations, language: Language) -> Node:
    say = speaker(language)
    source = cited.source
    title = source.title(language)
    link: Node = ["a", {"href": source.url}, title] if source.url else title
    read_as = say(package.label("sources", "read_as", source.read_as))
    about = [
        *source.published(language),
        say(package.label("sources", "kind", source.kind)),
        say(N_("read {how}"), how=read_as),
    ]
    counts = [
        say(N_("{table}: {n}"), table=say(package.descriptions[name].title), n=n)
        for name, n in cited.rows.items()
    ]
    named = [package.variables[v].short(language) for v in cited.variables]
    rests = [
        say(N_("Rows: {counts}"), counts=say.series(counts)) if counts else "",
        say(N_("Variables: {names}"), names=say.series(named)) if named else "",
    ]
    return [
        "div",
        {"class": "atlas-evidence"},
        ["small", {}, f"{source.id} "],
        link,
        ["div", {}, ["small", {}, " · ".join(filter(None, about))]],
        *[["div", {}, text] for text in rests if text],
    ]


def boundary_and_codes(package: Package, language: Language) -> list[Node]:
    """Show what the boundaries are, and how names and codes led to them."""
    say = speaker(language)
    meta = package.boundaries.metadata()
    credit = say.pick(meta.credit_zh, meta.credit_en)
    facts: list[tuple[str, Node]] = [
        (say(N_("Divisions as of")), meta.vintage),
        (
            say(N_("Coordinate system")),
            say(_CRS, crs=meta.crs),
        ),
        (say(N_("Map-approval number")), meta.map_approval_number),
        (say(N_("Credit")), credit),
        (
            say(N_("Source")),
            ["a", {"href": meta.source_url}, say(N_("page of the platform Tianditu"))],
        ),
        (
            say(N_("Licence of the boundaries")),
            say.clauses(say(term) for term in meta.licence.split("; ")),
        ),
        (
            say(N_("Licence of the tables")),
            say(N_("CC BY 4.0; facts in our own words")),
        ),
    ]
    changes = package.tables["crosswalk"].to_dict("records")
    named = package.divisions.named
    head = [
        say(text)
        for text in (
            N_("Former code and name"),
            N_("Today"),
            N_("Kind of change"),
            N_("Approved"),
            N_("In the code lists since"),
            N_("Sources"),
        )
    ]
    rows: list[list[Node]] = [
        [
            f"{row['former_adcode']} {beside(row['former_name'], language)}",
            [
                "span",
                {},
                f"{row['adcode']} {named(row['adcode'], language)}",
                *_note(row, language),
            ],
            say(package.label("crosswalk", "kind", row["kind"])),
            row["approved"] or say(N_("not known")),
            row["changed_by"],
            row["source"].replace(";", " "),
        ]
        for row in changes
    ]
    return [
        ["h3", {}, say(N_("Boundaries"))],
        *[["p", {}, ["strong", {}, term], " ", meaning] for term, meaning in facts],
        ["h3", {}, say(N_("Codes and names of the past"))],
        table(head, rows),
    ]


def _note(row: Mapping[Any, Any], language: Language) -> list[Node]:
    note = speaker(language).pick(row["note_zh"], row["note_en"])
    return [["div", {}, ["small", {}, note]]] if note else []


def dictionary(package: Package, language: Language) -> list[Node]:
    """Describe every table and field as the package's own descriptor has them."""
    say = speaker(language)
    nodes: list[Node] = [["h3", {}, say(N_("Data dictionary"))]]
    for name, description in package.descriptions.items():
        rows = say(N_("{n} {n:row|rows}"), n=len(package.tables[name]))
        nodes.append(
            [
                "details",
                {},
                [
                    "summary",
                    {},
                    ["strong", {}, say(description.title)],
                    f" · {description.path} · {rows}",
                ],
                ["p", {}, say(description.description)],
                ["p", {}, ["small", {}, say.clauses(_keys(description, language))]],
                _fields(description, language),
            ]
        )
    return nodes


def _keys(description: Table, language: Language) -> list[str]:
    say = speaker(language)
    own = say(N_("Key: {fields}"), fields=" + ".join(description.primary_key))
    return [own] + [
        say(
            N_("{field} refers to {target}"),
            field=key.field,
            target=f"{key.table}.{key.target}",
        )
        for key in description.foreign_keys
    ]


def _fields(description: Table, language: Language) -> Node:
    say = speaker(language)
    head = [
        say(text)
        for text in (
            N_("Field"),
            N_("Title"),
            N_("Type"),
            N_("Unit"),
            N_("Rules and allowed values"),
        )
    ]
    rows: list[list[Node]] = []
    for field in description.fields:
        about = say(field.description) if field.description else ""
        title: list[Node] = [say(field.title)]
        if about:
            title.append(["div", {}, ["small", {}, about]])
        kind = say(_TYPES.get(field.type, field.type))
        unit = say(field.unit) if field.unit else ""
        rows.append(
            [field.name, ["span", {}, *title], kind, unit, _rules(field, language)]
        )
    return table(head, rows)


def _rules(field: Field, language: Language) -> Node:
    say = speaker(language)
    rules = [
        say(N_("required")) if field.required else "",
        say(N_("unique")) if field.unique else "",
        ""
        if field.minimum is None
        else say(N_("at least {value}"), value=f"{field.minimum:g}"),
        say(N_("form {pattern}"), pattern=field.pattern) if field.pattern else "",
    ]
    values = [
        say(N_("{value}: {label}"), value=value, label=say(label))
        for value, label in field.labels.items()
    ]
    return [
        "span",
        {},
        say.series(filter(None, rules)),
        *[["div", {}, ["small", {}, text]] for text in values],
    ]


def table(head: Sequence[str], rows: Sequence[Sequence[Node]]) -> Node:
    """Make a table of text that scrolls by itself where the screen is narrow."""
    return [
        "div",
        {"class": "atlas-scroll"},
        [
            "table",
            {},
            ["thead", {}, ["tr", {}, *[["th", {"scope": "col"}, h] for h in head]]],
            ["tbody", {}, *[["tr", {}, *[["td", {}, c] for c in r]] for r in rows]],
        ],
    ]

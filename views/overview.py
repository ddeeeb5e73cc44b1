"""What stands around the map: the selection in words, counts, and ways out."""

from __future__ import annotations

from dataclasses import fields

import geopandas as gpd

from geo.language import N_, Language, speaker
from layers.package import Package
from layers.selection import Selection
from layers.statistics import by_prefecture
from layers.ways import WAYS, Way
from views.components import Node


def sentence(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    language: Language,
) -> list[Node]:
    """Say the selection and its count; each part of it has a button that removes it."""
    say = speaker(language)
    chosen = selection.apply(counties)
    parts: list[Node] = [
        [
            "button",
            {
                "class": "atlas-chip",
                "title": say(N_("Remove {name}"), name=name),
                "aria-label": say(N_("Remove {name}"), name=name),
                "send": ["toggle", field, value],
            },
            f"{name} ✕",
        ]
        for field, value, name in named_parts(package, selection, language)
    ]
    count = say(
        N_("{n} of {total} counties selected"), n=len(chosen), total=len(counties)
    )
    return [
        ["h2", {}, selection.say(language, package)],
        ["p", {}, ["strong", {"class": "atlas-selected-count"}, count], " ", *parts],
        *(_empty(package, counties, selection, language) if chosen.empty else []),
    ]


def named_parts(
    package: Package, selection: Selection, language: Language
) -> list[tuple[str, str, str]]:
    """List the values of a selection as ``(field, value, name)``, in order."""
    say = speaker(language)
    wording = {
        "all_of": N_("{name}"),
        "any_of": N_("any: {name}"),
        "none_of": N_("not: {name}"),
    }
    place = {value: i for i, value in enumerate(package.programmes)}
    parts = []
    for field in fields(selection):
        values = getattr(selection, field.name)
        for value in sorted(values, key=lambda v: place.get(v, len(place))):
            if value in package.programmes:
                name = package.programmes[value].short(language)
            else:
                division = package.divisions[value]
                name = say.pick(division.name, division.name_en)
            text = say(wording.get(field.name, "{name}"), name=name)
            parts.append((field.name, value, text))
    return parts


def ways(way: Way, language: Language) -> list[Node]:
    """Offer the ways to see the selection, the present one pressed."""
    say = speaker(language)
    buttons: list[Node] = [
        [
            "button",
            {
                "class": "atlas-way",
                "aria-pressed": str(name == way).lower(),
                "send": ["way", name],
            },
            say(title),
        ]
        for name, title in WAYS.items()
    ]
    label = say(N_("Way of seeing"))
    return [
        ["div", {"class": "atlas-ways", "role": "group", "aria-label": label}, *buttons]
    ]


def counts(
    counties: gpd.GeoDataFrame,
    selection: Selection,
    package: Package,
    language: Language,
) -> list[Node]:
    """Count the selected counties of each prefecture, with their area."""
    say = speaker(language)
    table = by_prefecture(counties, selection.apply(counties))
    most = max(1, int(table["selected"].max()))
    rows: list[Node] = []
    for adcode, row in table.iterrows():
        division = package.divisions[str(adcode)]
        rows.append(
            [
                "tr",
                {},
                [
                    "th",
                    {"scope": "row"},
                    say.pick(division.short_name, division.name_en),
                ],
                ["td", {}, ["bar", {"share": round(row["selected"] / most, 2)}]],
                [
                    "td",
                    {"class": "atlas-number"},
                    f"{row['selected']:.0f}/{row['total']:.0f}",
                ],
                ["td", {"class": "atlas-number"}, f"{row['area_km2']:,.0f}"],
            ]
        )
    head = [
        ["th", {"scope": "col", "colspan": "2"}, say(N_("Prefecture"))],
        ["th", {"scope": "col", "class": "atlas-number"}, say(N_("Counties"))],
        ["th", {"scope": "col", "class": "atlas-number"}, say(N_("Area (km²)"))],
    ]
    total = say(
        N_("{n} of {total} counties · {area:,.0f} km²"),
        n=int(table["selected"].sum()),
        total=int(table["total"].sum()),
        area=float(table["area_km2"].sum()),
    )
    return [
        ["h3", {}, say(N_("By prefecture"))],
        ["p", {}, total],
        ["table", {}, ["thead", {}, ["tr", {}, *head]], ["tbody", {}, *rows]],
        ["p", {}, ["small", {}, say(N_("Click a county to read what is said of it."))]],
    ]


def _empty(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    language: Language,
) -> list[Node]:
    say = speaker(language)
    ways: list[Node] = []
    for field, value, name in named_parts(package, selection, language):
        left = len(selection.toggle(field, value).apply(counties))
        text = say(N_("without “{name}”: {n} counties"), name=name, n=left)
        ways.append(
            [
                "li",
                {},
                [
                    "button",
                    {"class": "atlas-link", "send": ["toggle", field, value]},
                    text,
                ],
            ]
        )
    text = say(N_("No county matches. To widen the selection, drop one of its parts:"))
    return [
        [
            "section",
            {"class": "atlas-notice", "role": "status"},
            text,
            ["ul", {}, *ways],
        ]
    ]

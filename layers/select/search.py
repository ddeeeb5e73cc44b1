"""Find counties, regions, programmes and places by whatever one types of their names.

The page searches in the browser, with the index made here; the command line and tests
search in Python. Both rank alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from geo.gazetteer import Entry, Gazetteer, Hit, division_entries, normalised
from geo.names import FOREIGN, LONGEST, beside, characters, read_aloud
from geo.ranking import RANKS, SUGGESTED, Key
from layers.facts.package import Package
from layers.facts.rows import records
from layers.select.choices import Choices
from layers.select.selection import Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What choosing a hit leads to.

    Attributes
    ----------
    county : str or None
        Adcode of the county to open.
    selection : Selection or None
        Counties to select; nothing if the selection stays as it is.
    """

    county: str | None = None
    selection: Selection | None = None


def gazetteer(package: Package) -> Gazetteer:
    """Collect everything that can be found; to be kept as long as the package."""
    return Gazetteer(
        [
            *division_entries(package.divisions),
            *_programmes(package),
            *_places(package),
            *_zones(package),
        ],
        package.divisions.province_names,
    )


def search(package: Package, text: str, limit: int = 12) -> tuple[Hit, ...]:
    """Find what a text may mean; see :meth:`geo.gazetteer.Gazetteer.search`.

    Parameters
    ----------
    package : Package
        The facts.
    text : str
        As it was typed.
    limit : int, optional
        So many hits at most.
    """
    return gazetteer(package).search(text, limit)


def index(package: Package) -> dict[str, Any]:
    """Return all that the browser needs to search as Python does.

    Returns
    -------
    dict
        ``entries`` in order, each with ``kind``, ``id``, ``name_zh``, ``name_en``,
        ``within_zh``, ``within_en`` and ``keys``, pairs of a kind of key and the key,
        some with ``former_zh`` and ``former_en``, or ``run_by_zh`` and ``run_by_en``;
        ``province``, what may stand before
        any name; ``ranks`` by kind of key; the kinds of key that are ``written``,
        ``spoken``, ``latin``, ``past``; ``suggested``, the rank of a suggestion;
        ``longest``, ``foreign``, ``simplified`` and ``readings``, by which a text is
        normalised and read aloud. Plain JSON.
    """
    everything = gazetteer(package)
    simplified, readings = characters()
    return {
        "entries": [
            {
                "kind": entry.kind,
                "id": entry.id,
                "name_zh": entry.name,
                "name_en": entry.name_en,
                "within_zh": entry.within,
                "within_en": entry.within_en,
                **_run_by(entry),
                **_former(entry),
                "keys": [[int(kind), key] for kind, key in entry.keys],
            }
            for entry in everything.entries
        ],
        "province": list(everything.province),
        "ranks": [list(ranks) for ranks in RANKS],
        "written": _numbers(kind for kind in Key if kind.is_written),
        "spoken": _numbers(kind for kind in Key if kind.is_spoken),
        "latin": _numbers(kind for kind in Key if kind.is_latin),
        "past": _numbers(kind for kind in Key if kind.is_past),
        "suggested": SUGGESTED,
        "longest": LONGEST,
        "foreign": FOREIGN,
        "simplified": {chr(form): simple for form, simple in simplified.items()},
        "readings": {sign: ways[0] for sign, ways in readings.items()},
    }


def _run_by(entry: Entry) -> dict[str, str]:
    names = {"run_by_zh": entry.run_by, "run_by_en": entry.run_by_en}
    return names if entry.run_by else {}


def _former(entry: Entry) -> dict[str, list[str]]:
    names = entry.former
    english = [beside(name, "en") for name in names]
    return {"former_zh": list(names), "former_en": english} if names else {}


def target(package: Package, kind: str, identifier: str) -> Target | None:
    """Say what choosing a hit leads to.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    kind, identifier : str
        Of a hit, as the browser sent them.

    Returns
    -------
    Target or None
        Nothing if there is no such thing: what a browser sends may be anything.
    """
    if kind == "programme":
        if identifier not in package.programmes:
            return None
        return Target(selection=Selection(all_of=(identifier,)))
    if kind == "place":
        places = package.tables["places"].set_index("id")
        return _of_place(places.loc[identifier]) if identifier in places.index else None
    if kind == "zone":
        zones = {zone["code"]: zone for zone in _named_zones(package)}
        return _of_zone(zones[identifier]) if identifier in zones else None
    if kind == "part":
        parts = (a for a in package.divisions.aliases if a.kind == kind)
        county = next((a.adcode for a in parts if a.alias == identifier), None)
        return Target(county=county) if county else None
    if kind == "administration":
        counties = package.divisions.administered_by(identifier)
        return Target(selection=Selection(counties=counties)) if counties else None
    if identifier not in package.divisions:
        return None
    division = package.divisions[identifier]
    if division.level != kind:
        return None
    if kind == "county":
        return Target(county=identifier)
    if kind == "prefecture":
        return Target(selection=Selection(prefectures=(identifier,)))
    if kind == "province":
        return Target(selection=Selection())
    # The counties that a city supports; its districts have no counties of their own.
    city = division.parent if kind == "district" else identifier
    relation = next(
        (
            v.id
            for v in package.variables.values()
            if v.kind == "relation" and Choices.of(package).accepts(v.id, city)
        ),
        None,
    )
    if relation is None:
        return None
    return Target(selection=Selection(where=((relation, (city,)),)))


def _of_place(place: Any) -> Target:
    around = [place["prefecture_adcode"], *place["other_adcodes"].split(";")]
    prefectures = [code for code in around if code.endswith("00")]
    counties = [code for code in around if code and not code.endswith("00")]
    return Target(
        county=place["county_adcode"] or (counties[0] if len(counties) == 1 else None),
        selection=Selection(prefectures=tuple(prefectures)) if prefectures else None,
    )


def _programmes(package: Package) -> Iterable[Entry]:
    for programme in package.programmes.values():
        group = package.groups[programme.group]
        names = (programme.name_zh, programme.short_zh)
        yield Entry(
            kind="programme",
            id=programme.id,
            name=programme.name_zh,
            name_en=programme.name_en,
            within=group.name_zh,
            within_en=group.name_en,
            keys=normalised(
                [
                    (Key.NAME, programme.name_zh),
                    (Key.SHORT, programme.short_zh),
                    (Key.ENGLISH, programme.name_en),
                    (Key.ENGLISH, programme.short_en),
                    *(key for name in names for key in _spoken(name)),
                ]
            ),
        )


def _places(package: Package) -> Iterable[Entry]:
    for place in package.tables["places"].to_dict("records"):
        code = place["county_adcode"] or place["prefecture_adcode"]
        within = package.divisions[code] if code else None
        yield Entry(
            kind="place",
            id=place["id"],
            name=place["name_zh"],
            name_en=place["name_en"],
            within=within.name if within else "",
            within_en=within.name_en if within else "",
            keys=normalised(
                [
                    (Key.NAME, place["name_zh"]),
                    (Key.ENGLISH, place["name_en"]),
                    *_spoken(place["name_zh"]),
                ]
            ),
        )


def _zones(package: Package) -> Iterable[Entry]:
    """Yield the zones that statistics count apart; endings of names are none."""
    for zone in _named_zones(package):
        within = package.divisions[zone["prefecture_adcode"]]
        also = [name for name in zone["also"].split(";") if name]
        yield Entry(
            kind="zone",
            id=zone["code"],
            name=zone["name"],
            name_en=zone["name_en"],
            within=within.name,
            within_en=within.name_en,
            keys=normalised(
                [
                    (Key.CODE, zone["code"]),
                    (Key.NAME, zone["name"]),
                    (Key.ENGLISH, zone["name_en"]),
                    *((Key.SHORT, name) for name in also),
                    *(key for name in (zone["name"], *also) for key in _spoken(name)),
                ]
            ),
        )


def _named_zones(package: Package) -> Iterable[dict[str, Any]]:
    table = package.tables["zones"]
    return records(table[table["code"] != ""])


def _of_zone(zone: dict[str, Any]) -> Target:
    """Lead to the county whose ground it is, as far as a source says so."""
    counties = zone["county_adcodes"].split(";")
    if len(counties) == 1 and counties[0]:
        return Target(county=counties[0])
    return Target(selection=Selection(prefectures=(zone["prefecture_adcode"],)))


def _spoken(name: str) -> Iterable[tuple[Key, str]]:
    for spoken, initials in read_aloud(name):
        yield Key.PINYIN, spoken
        yield Key.INITIALS, initials


def _numbers(kinds: Iterable[Key]) -> list[int]:
    return [int(kind) for kind in kinds]

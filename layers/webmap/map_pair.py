"""Two maps in one file: what the second carries, and what is said of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd

from geo.language import N_, speaker
from layers.facts.package import Package
from layers.select.selection import Selection
from layers.themes.themes import theme_of
from layers.webmap.map_state import map_state
from layers.webmap.second_map import SecondMap

_SIDES: Final = (N_("Left map"), N_("Right map"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPair:
    """What a file of two maps has more than one of a single map.

    Attributes
    ----------
    title : str
        What both show.
    notes : tuple of (str, str)
        Which map, and what it shows.
    variables : frozenset of str
        Those that the second map shows.
    carried : dict
        For the page's script: ``state`` of the second map and ``first`` with the
        sentence of the first, ``themes`` by name, ``split``, ``line``, ``until``.
    """

    title: str
    notes: tuple[tuple[str, str], ...]
    variables: frozenset[str]
    carried: dict[str, Any]


def map_pair(
    package: Package,
    counties: gpd.GeoDataFrame,
    selection: Selection,
    state: dict[str, Any],
    second: SecondMap,
) -> MapPair:
    """Put a second map beside a first.

    Parameters
    ----------
    package : Package
        The facts.
    counties : geopandas.GeoDataFrame
        The county table.
    selection : Selection
        Which counties the first map shows.
    state : dict
        The message of :func:`layers.webmap.map_state.map_state` of the first map.
    second : SecondMap
        The other.
    """
    language = state["language"]
    say = speaker(language)
    other = map_state(
        package,
        counties,
        second.selection,
        theme=second.theme,
        language=language,
        appearance=state["appearance"],
    )
    sentences = second.said or [
        one.sentence(language, package) for one in (selection, second.selection)
    ]
    seen = [theme_of(package, name) for name in (state["theme"], second.theme)]
    names = [theme.title(language) if theme else "" for theme in seen]
    told = [*sentences]
    if names[0] != names[1]:
        pairs = zip(sentences, names, strict=True)
        told = [say(N_("{sentence} ({way})"), sentence=s, way=way) for s, way in pairs]
    notes = tuple(zip(map(say, _SIDES), told, strict=True))
    themes = [
        {"id": theme.id, f"name_{language}": name, "slider": theme.kind == "date"}
        for theme, name in zip(seen, names, strict=True)
        if theme
    ]
    carried = {
        "state": other | {"head": {"tokens": [sentences[1]]}},
        "first": {"tokens": [sentences[0]]},
        "themes": themes,
        "split": second.split,
        "line": second.line,
        "until": second.until if other["kind"] == "date" else None,
    }
    return MapPair(
        title=say(
            N_("Two maps of Hebei. Left: {left}. Right: {right}."),
            left=told[0],
            right=told[1],
        ),
        notes=notes,
        variables=frozenset(
            {*other.get("variables", ()), *dict(second.selection.where)}
        ),
        carried=carried,
    )

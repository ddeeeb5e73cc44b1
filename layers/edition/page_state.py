"""What the map page shows at an address, as JSON for its scripts.

The page asks for it as soon as something is pressed, without waiting for Streamlit to
run; see ``scripts/page/state-client.js``. The same address always means the same
counties.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock
from typing import Any, Final

from cachetools import LRUCache, cached

from geo.language import Language, speaker
from layers.edition.address import Address, Beside
from layers.edition.edition import Edition, compact_json
from layers.edition.opening import opening
from layers.edition.overview import head
from layers.facts.package import Package
from layers.facts.variables import by_group
from layers.select.choices import PROGRAMME_FIELDS, Choices
from layers.select.facets import facets, with_programme
from layers.select.selection import Selection
from layers.select.words import value_names
from layers.themes.themes import USUAL, theme_bins, theme_of
from layers.webmap.map_state import map_state
from layers.webmap.second_map import SPLITS

CLEAR: Final = "clear"
"""The press that leads to all counties."""

OPENING: Final = "opening"
"""The press that leads to what the map opens with."""

DROP: Final = "drop"
"""Before a colon and a field: the press that takes all its values away."""

MOVE: Final = "move"
"""Before two fields, parted by colons: the press that moves the programmes of the first
to the second."""

KEEP: Final = "keep"
"""The press that puts what is shown beside itself, to go on from there."""

ALONE: Final = "alone"
"""The press that ends two maps."""

SWAP: Final = "swap"
"""The press that makes the second map the first."""

SPLIT: Final = "split"
"""Before a colon and a way in which two maps share the room."""

PRESSES: Final = (CLEAR, OPENING, DROP, MOVE, KEEP, ALONE, SWAP, SPLIT)
"""The presses that are no value of a field."""

_KEPT: Final[LRUCache[Any, bytes]] = LRUCache(maxsize=8 * 1024**2, getsizeof=len)
"""By digest, so that no edition is kept; of these bytes at most."""


def pressed(
    address: Address, press: str, choices: Choices, package: Package
) -> Address | None:
    """Return where a press leads.

    Parameters
    ----------
    address : Address
        Where the page is.
    press : str
        ``field:value``, a value of a field of a selection that is toggled; `CLEAR`,
        `OPENING`; `DROP` or `MOVE` with fields; of two maps `KEEP`, `ALONE`, `SWAP`,
        `SPLIT` with a way.
    choices : layers.select.choices.Choices
        What exists.
    package : layers.facts.package.Package
        The facts.

    Returns
    -------
    Address or None
        None if a selection has no such field. The value is checked when the address
        is read again.
    """
    what, _, rest = press.partition(":")
    if what in (KEEP, ALONE, SWAP, SPLIT):
        return _beside(address, what, rest)
    lists = rest.partition(":")[::2]
    selection = address.selection
    if what == CLEAR:
        changed = Selection()
    elif what == OPENING:
        changed = opening(package)
        address = replace(address, theme=USUAL)
    elif what == DROP and rest in choices.parameters:
        changed = selection.with_values(rest, ())
    elif what == MOVE and {*lists} <= {*PROGRAMME_FIELDS}:
        changed = moved(selection, *lists)
    elif what in choices.parameters:
        changed = selection.toggle(what, rest)
    else:
        return None
    return replace(address, selection=changed)


def _beside(address: Address, press: str, way: str) -> Address | None:
    """Return where a press leads that is about two maps."""
    beside = address.beside
    if press == ALONE:
        return replace(address, beside=None)
    split = beside.split if beside else SPLITS[0]
    here = Beside(selection=address.selection, theme=address.theme, split=split)
    if press == KEEP:
        return replace(address, beside=here)
    if beside is None:
        return None
    if press == SWAP:
        there = beside.selection, beside.theme
        return replace(address, selection=there[0], theme=there[1], beside=here)
    ways = [known for known in SPLITS if known == way]
    return replace(address, beside=replace(beside, split=ways[0])) if ways else None


def moved(selection: Selection, source: str, target: str) -> Selection:
    """Return a selection with the programmes of one list in another.

    Parameters
    ----------
    selection : Selection
        Which counties.
    source : str
        A field of programmes, from which they are taken.
    target : str, optional
        The field into which they go; with ``""`` they stay.

    Examples
    --------
    >>> moved(Selection(any_of=("a", "b")), "any_of", "none_of").none_of
    ('a', 'b')
    """
    values = selection.values(source)
    if target == source:
        return selection
    without = selection.with_values(source, ())
    return without.with_values(target, {*without.values(target), *values})


@cached(_KEPT, key=lambda edition, address: (edition.digest, address), lock=Lock())
def page_state(edition: Edition, address: Address) -> bytes:
    """Describe what map, sentence, card and drawer show at an address.

    Returns
    -------
    bytes
        JSON: the message of :func:`layers.webmap.map_state.map_state` without
        appearance and focus, which Streamlit knows; ``head`` of
        :func:`layers.edition.overview.head`; ``selection``, ``facets`` and ``modes``
        for the choices, ``ranges`` of the numbers that are asked for; ``query``, the
        address itself in its usual form, without its language; ``beside``, the address
        of a second map and how the two share the room, or None; ``version``, a hash of
        all of it.
    """
    package, counties = edition.package, edition.counties()
    selection, theme, language = address.selection, address.theme, address.language
    state = map_state(package, counties, selection, theme=theme, language=language)
    # The head says the same and labels the map; the others are not of the address.
    for name in ("summary", "appearance", "focus", "version"):
        del state[name]
    asked = {*state.get("variables", ()), *(field for field, _ in selection.asked())}
    numbers = [
        choice.id
        for choice in edition.choices.where.values()
        if choice.kind == "number" and choice.id in asked
    ]
    choices = _choices(edition, address, numbers, language)
    content = {
        **state,
        "query": address.query(),
        "beside": address.beside
        and {"query": address.beside.query(), "split": address.beside.split},
        "head": head(package, counties, selection, language),
        "selection": dict(selection.asked()),
        "ranges": _ranges(edition, choices, numbers, language),
        "facets": _facets(edition, choices, selection, numbers),
        "modes": _modes(edition, selection),
    }
    version = hashlib.sha256(compact_json(content)).hexdigest()[:12]
    return compact_json({**content, "version": version})


def _choices(
    edition: Edition, address: Address, numbers: Sequence[str], language: Language
) -> Choices:
    """Return the choices, with the ranges of numbers as the reader sees them.

    Those of the number on the map are its classes, made as was chosen. One that is
    asked for and is none of these is offered as well, to be taken back.
    """
    package, choices, selection = edition.package, edition.choices, address.selection
    seen = theme_of(package, address.theme)
    own = {}
    for name in numbers:
        values = choices.for_field(name)
        if seen and seen.way == "classes" and seen.variables == (name,):
            bins = theme_bins(package, seen, edition.counties(), speaker(language))
            values = tuple(bin_.value for bin_ in bins if bin_.value)
        asked = (value for value in selection.values(name) if value not in values)
        own[name] = replace(choices.where[name], values=(*values, *asked))
    return replace(choices, where={**choices.where, **own})


def _ranges(
    edition: Edition, choices: Choices, numbers: Sequence[str], language: Language
) -> list[dict[str, Any]]:
    """Name the ranges of some numbers, for the filters."""
    package = edition.package
    found = []
    for identifier in numbers:
        values = choices.for_field(identifier)
        names = value_names(identifier, values, package, language)
        found.append(
            {
                "id": identifier,
                "name": package.variables[identifier].name(language),
                "values": [*zip(values, names, strict=True)],
            }
        )
    return found


def _facets(
    edition: Edition, choices: Choices, selection: Selection, numbers: Sequence[str]
) -> dict[str, Any]:
    """Count in the order in which the catalogue lists programmes and values."""
    counts = facets(edition.counties(), selection, choices, numbers)
    package = edition.package
    in_order = [
        programme.id
        for members in by_group(package.programmes.values(), package.groups).values()
        for programme in members
    ]
    adding = with_programme(edition.counties(), selection, in_order)
    return {**{field: [*own.values()] for field, own in counts.items()}, **adding}


def _modes(edition: Edition, selection: Selection) -> dict[str, list[int]]:
    """Count what is left if the programmes of one list were in each of the three."""
    counties = edition.counties()
    return {
        field: [
            len(moved(selection, field, other).apply(counties))
            for other in PROGRAMME_FIELDS
        ]
        for field in PROGRAMME_FIELDS
        if selection.values(field)
    }

"""Maps by address: sheets (``.pdf``, ``.png``, ``.svg``) and one file (``.html``).

They are drawn in the lane of :mod:`views.http.lanes`, so that nothing else waits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from layers.edition.address import BESIDE, SPLIT, take_beside
from layers.edition.edition import Edition
from layers.facts.package import Package
from layers.files.export import Export
from layers.files.map_files import ORIENTATIONS, PAPERS, TEXTS
from layers.select.breaks import METHODS
from layers.select.classing import CLASSES, COUNTS, METHOD
from layers.select.rejected import Rejected
from layers.select.selection import Selection
from layers.themes.themes import themes
from layers.webmap.map_window import UNTIL
from layers.webmap.second_map import take_years
from views.http import made
from views.http.lanes import LANES, waited


def options(package: Package) -> dict[str, tuple[str, ...]]:
    """Return the parameters of a sheet besides selection and language.

    The first value of each is the usual one.
    """
    return {
        "paper": PAPERS,
        "orientation": ORIENTATIONS,
        "see": tuple(themes(package)),
        METHOD: METHODS,
        CLASSES: COUNTS,
        "text": TEXTS,
    }


async def sheet(
    request: Request,
    edition: Edition,
    programme: str | None,
    selection: Selection,
    suffix: str,
    notes: tuple[str, ...] = (),
    **about: str,
) -> Export:
    """Draw the sheet of a selection, narrowed to a programme if one is given.

    Parameters
    ----------
    request : starlette.requests.Request
        Whoever asks; who leaves ends the work.
    edition : Edition
        The facts.
    programme : str, optional
        Id of the programme that the map is about.
    selection : Selection
        Which counties.
    suffix : str
        Which kind of file, a key of `SHEETS` or of `PLACES`.
    notes : tuple of str
        Of the reader's, see :func:`layers.webmap.map_notes.read_notes`.
    **about : str
        ``paper``, ``orientation``, ``theme``, ``text`` of :func:`options`,
        ``language``, and ``address``: where this atlas runs, for the link on the sheet;
        of a picture ``window`` and ``until``, see :mod:`layers.webmap.map_window`.
    """
    whole = {"programme": programme, "suffix": suffix, "notes": notes, **about}
    return await _made(request, "sheet", edition, selection, whole)


def take_shown(
    edition: Edition, parameters: Sequence[tuple[str, str]]
) -> tuple[dict[str, str], list[tuple[str, str]], tuple[Rejected, ...]]:
    """Take years, second map and line of a one-file map out of the parameters.

    Parameters
    ----------
    edition : Edition
        The facts.
    parameters : sequence of (str, str)
        As they stand in an address.

    Returns
    -------
    shown : dict of str to str
        For :func:`one_file`, as they stand there. Without a second map only the year
        of the first is among them.
    rest : list of (str, str)
        The other parameters.
    rejected : tuple of layers.select.rejected.Rejected
        What means nothing.
    """
    shown, given, faults = take_years(parameters)
    beside, rest, rejected = take_beside(given, edition.package, edition.choices)
    if beside is None:
        shown = {name: value for name, value in shown.items() if name == UNTIL}
    else:
        shown |= {name: value for name, value in given if name in (BESIDE, SPLIT)}
    return shown, rest, faults + rejected


async def one_file(
    request: Request,
    edition: Edition,
    programme: str | None,
    selection: Selection,
    notes: tuple[str, ...] = (),
    **about: str,
) -> Export:
    """Make the map that opens from a stick, narrowed to a programme if one is given.

    Parameters
    ----------
    request : starlette.requests.Request
        Whoever asks; who leaves ends the work.
    edition : Edition
        The facts.
    programme : str, optional
        Id of the programme that the map is about.
    selection : Selection
        Which counties.
    notes : tuple of str
        Of the reader's, see :func:`layers.webmap.map_notes.read_notes`.
    **about : str
        ``theme``, ``language`` in which it opens, and ``address``: where this atlas
        runs, for the link back; of what it shows besides, as it stands in an address,
        ``until``, ``beside``, ``split``, ``beside_until`` and ``line``.
    """
    whole = {"programme": programme, "notes": notes, **about}
    return await _made(request, "one_file", edition, selection, whole)


async def _made(
    request: Request,
    work: str,
    edition: Edition,
    selection: Selection,
    about: Mapping[str, Any],
) -> Export:
    key = made.key_of(edition, work, selection, tuple(sorted(about.items())))
    known = made.find(key)
    if known is None:
        # Handing an edition over takes a second, once.
        draw = partial(LANES.draw, work, edition, selection, **about)
        job = await run_in_threadpool(draw)
        known = made.keep(key, await waited(request, job))
    return known

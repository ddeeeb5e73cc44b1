"""What the map opens with: an address that asks for nothing shows the main programmes.

Which these are is said by the tables, column ``opening`` of ``groups.csv``. That all
counties are meant has to be said by an address of its own, ``see=programmes``. Other
pages and services that are asked for nothing answer with everything, as they did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from geo.language import Language
from layers.edition.address import Address
from layers.edition.edition import Edition
from layers.facts.package import Package
from layers.select.rejected import NoCounty, Rejected
from layers.select.selection import Selection
from layers.themes.themes import USUAL

_LOOK: Final = frozenset({"lang", "theme"})
"""Parameters that say how the page looks, not what it shows."""

KEPT: Final = "kept"
"""Id of own figures that are kept for colleagues; it changes nothing of a view."""


def opening(package: Package) -> Selection:
    """Return the counties of the programmes that the tables open with.

    All counties if the tables name none.
    """
    groups = package.groups
    return Selection(
        any_of=tuple(
            p.id for p in package.programmes.values() if groups[p.group].opening
        )
    )


def read(
    parameters: Iterable[tuple[str, str]],
    edition: Edition,
    *,
    bare: Selection,
    language: Language,
) -> tuple[Address, tuple[Rejected, ...]]:
    """Read the address of a page.

    Parameters
    ----------
    parameters : iterable of (str, str)
        As they stand there.
    edition : Edition
        What exists.
    bare : Selection
        What an address means here that asks for nothing.
    language : {"zh", "en"}
        What the reader's browser asks for, where the address does not say.

    Returns
    -------
    address, rejected
        As of :meth:`layers.edition.address.Address.read`.
    """
    given = [*parameters]
    address, rejected = Address.read(
        given, edition.package, edition.choices, language=language
    )
    if all(name in _LOOK for name, _ in given):
        address = replace(address, selection=bare, theme=USUAL)
    return address, rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the address of a page says.

    Attributes
    ----------
    address : Address
        Selection, theme and language.
    county : str
        Adcode of the county that is open; empty if none is.
    contrast : bool
        Whether the map is black lines on white.
    rejected : tuple of layers.select.rejected.Rejected
        What means nothing.
    """

    address: Address
    county: str
    contrast: bool
    rejected: tuple[Rejected, ...]


def read_page(
    parameters: Iterable[tuple[str, str]],
    edition: Edition,
    *,
    on_the_map: bool,
    language: Language,
) -> Opened:
    """Read all that the address of a page says.

    Parameters
    ----------
    parameters : iterable of (str, str)
        As they stand there.
    edition : Edition
        What exists.
    on_the_map : bool
        Whether it is the page of the map.
    language : {"zh", "en"}
        What the reader's browser asks for, where the address does not say.
    """
    parameters = [pair for pair in parameters if pair[0] != KEPT]
    last = dict(parameters)
    given = [pair for pair in parameters if pair[0] != "theme"]
    asked = [pair for pair in given if pair[0] != "county"]
    county, wrong = _county(last.get("county", ""), edition)
    if asked == given:
        address, rejected = read(
            asked, edition, bare=bare(edition, on_the_map), language=language
        )
    else:  # a county by itself is shown among all
        address, rejected = Address.read(
            asked, edition.package, edition.choices, language=language
        )
    return Opened(
        address=address,
        county=county,
        contrast=last.get("theme") == "contrast",
        rejected=rejected + wrong,
    )


def bare(edition: Edition, on_the_map: bool) -> Selection:
    """Return what the address of a page means that asks for nothing."""
    return opening(edition.package) if on_the_map else Selection()


def _county(text: str, edition: Edition) -> tuple[str, tuple[Rejected, ...]]:
    """Read the county of an address: any of its codes and names, of today or before."""
    if not text:
        return "", ()
    meant = edition.choices.meant("counties", text)
    if len(meant) == 1:
        return meant[0], ()
    return "", (NoCounty.of(edition.package.divisions, "county", text),)


def write(address: Address, *, bare: Selection, language: Language) -> dict[str, str]:
    """Return the parameters that :func:`read` reads, those that say nothing left out.

    Parameters
    ----------
    address : Address
        What the page shows.
    bare : Selection
        What an address means here that asks for nothing.
    language : {"zh", "en"}
        What the reader's browser asks for. A link says its language, so that it opens
        in the same anywhere; the opening does not, so that it opens in the reader's.
    """
    parameters = replace(address, language="zh").parameters()
    alone = address.beside is None
    if alone and address.theme == USUAL and address.selection == bare:
        parameters = {}
    elif not parameters:
        parameters = {"see": USUAL}
    if parameters or address.language != language:
        parameters["lang"] = address.language
    return parameters

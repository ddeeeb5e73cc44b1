"""What the map opens with: an address that asks for nothing shows the main programmes.

Which these are is said by the tables, column ``opening`` of ``groups.csv``. That all
counties are meant has to be said by an address of its own, ``see=programmes``. Other
pages and services that are asked for nothing answer with everything, as they did.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from geo.language import Language
from layers.edition.address import Address
from layers.edition.edition import Edition
from layers.facts.package import Package
from layers.select.rejected import Rejected
from layers.select.selection import Selection
from layers.themes.themes import USUAL

_LOOK: Final = frozenset({"lang", "theme"})
"""Parameters that say how the page looks, not what it shows."""


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

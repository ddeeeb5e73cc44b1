"""What several counties or selections have in common, and what not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from layers.facts.package import Package


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What several sets have in common and what not: a partition of their union.

    Attributes
    ----------
    shared : tuple of str
        What is in every set.
    only : dict of str to tuple of str
        By set, what is in it and in no other.
    some : tuple of str
        What is in several sets but not in all; empty for two.
    """

    shared: tuple[str, ...]
    only: dict[str, tuple[str, ...]]
    some: tuple[str, ...]


def differences(sets: Mapping[str, Collection[str]]) -> Differences:
    """Sort the members of two or more sets by the sets that they are in.

    Parameters
    ----------
    sets : mapping of str to collection of str
        The order of members follows their first appearance.

    Raises
    ------
    ValueError
        For fewer than two sets: there is nothing to differ from.

    Examples
    --------
    >>> differences({"A": ["x", "y"], "B": ["y", "z"]}).only
    {'A': ('x',), 'B': ('z',)}
    """
    if len(sets) < 2:
        raise ValueError(f"two sets or more can be compared, not {len(sets)}")
    homes: dict[str, list[str]] = {}
    for name, members in sets.items():
        for member in dict.fromkeys(members):
            homes.setdefault(member, []).append(name)
    return Differences(
        shared=tuple(m for m, own in homes.items() if len(own) == len(sets)),
        only={n: tuple(m for m, own in homes.items() if own == [n]) for n in sets},
        some=tuple(m for m, own in homes.items() if 1 < len(own) < len(sets)),
    )


def only_for_sure(
    package: Package, only: Mapping[str, Collection[str]]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Part programmes of one county by whether the others are known to be outside.

    Parameters
    ----------
    package : Package
        The facts.
    only : mapping of str to collection of str
        As of :class:`Differences`: by county, the programmes that name it alone.

    Returns
    -------
    alone, unsure : dict of str to tuple of str
        Programmes in which no other of the counties is, and those of which that is
        not known of each, both by county.
    """

    def is_sure(programme: str, own: str) -> bool:
        return all(
            package.standing(programme, adcode) == "no"
            for adcode in only
            if adcode != own
        )

    parted = {
        adcode: [(p, is_sure(p, adcode)) for p in programmes]
        for adcode, programmes in only.items()
    }
    return (
        {a: tuple(p for p, sure in own if sure) for a, own in parted.items()},
        {a: tuple(p for p, sure in own if not sure) for a, own in parted.items()},
    )

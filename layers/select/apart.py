"""Counties of a prefecture that another body runs: by the table, not by names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from geo.division_records import Administration
from geo.kept import kept_with_owner
from geo.language import N_, Speaker
from layers.facts.package import Package


@kept_with_owner
def run_apart(package: Package) -> Mapping[str, tuple[str, ...]]:
    """Return the counties that another body than their prefecture runs.

    Returns
    -------
    mapping of str to tuple of str
        Adcodes of counties by that of the prefecture of their codes, in order;
        prefectures without any are left out.
    """
    divisions = package.divisions
    found: dict[str, list[str]] = {}
    for adcode in sorted({body.adcode for body in divisions.administrations}):
        found.setdefault(divisions[adcode].parent, []).append(adcode)
    return {prefecture: tuple(own) for prefecture, own in sorted(found.items())}


def run_by_one(package: Package, adcodes: Iterable[str]) -> Administration | None:
    """Return the body that runs exactly these counties, if one does.

    Parameters
    ----------
    package : Package
        The facts.
    adcodes : iterable of str
        Of counties, in any order.
    """
    wanted, divisions = {*adcodes}, package.divisions
    first = divisions.administration(next(iter(wanted), ""))
    if first is None or wanted != {*divisions.administered_by(first.id)}:
        return None
    return first


def without(package: Package, prefecture: str, say: Speaker) -> str:
    """Name a prefecture without the counties that another body runs.

    Parameters
    ----------
    package : Package
        The facts.
    prefecture : str
        Adcode of the prefecture.
    say : Speaker
        Of the language wanted.
    """
    division = package.divisions[prefecture]
    return say(
        N_("{name} without {n} run by others"),
        name=say.pick(division.short_name, division.name_en),
        n=len(run_apart(package)[prefecture]),
    )


def explained(
    package: Package, say: Speaker, prefectures: Iterable[str] | None = None
) -> list[str]:
    """Say of prefectures which of their counties another body runs, a line each.

    Parameters
    ----------
    package : Package
        The facts.
    say : Speaker
        Of the language wanted.
    prefectures : iterable of str, optional
        Adcodes; all if None. Of one that runs all its counties nothing is said.
    """
    lines = []
    wanted = None if prefectures is None else {*prefectures}
    for prefecture, adcodes in run_apart(package).items():
        if wanted is not None and prefecture not in wanted:
            continue
        bodies: dict[str, list[str]] = {}
        for adcode in adcodes:
            body = package.divisions.administration(adcode)
            if body is not None:
                name = body.name(say.language)
                county = package.divisions.called(adcode, say.language)
                bodies.setdefault(name, []).append(county)
        parts = [
            say(N_("{name}: {text}"), name=body, text=say.series(counties))
            for body, counties in bodies.items()
        ]
        division = package.divisions[prefecture]
        lines.append(
            say(
                N_("By their codes in {prefecture}, run by others: {text}."),
                prefecture=say.pick(division.name, division.name_en),
                text=say.clauses(parts),
            )
        )
    return lines

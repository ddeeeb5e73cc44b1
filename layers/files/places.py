"""Where a county lies, and under which codes tables of other years have it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import pandas as pd

from geo.crs import representative_points
from geo.kept import kept_with_owner
from geo.language import Language
from layers.facts.package import Package

CODE_SEPARATOR: Final = ";"
"""Between several former codes of one county."""

_DECIMALS: Final = 6


@kept_with_owner
def points(package: Package) -> pd.DataFrame:
    """Return a point inside each county.

    Returns
    -------
    pandas.DataFrame
        Columns ``longitude`` and ``latitude`` in degrees of WGS 84, on the adcodes;
        of the full boundaries, whatever detail a file has. It is not the centroid,
        which lies outside of a bent county.
    """
    shapes = package.boundaries.load("county", "full").geometry
    found = representative_points(shapes)
    return pd.DataFrame(
        {"longitude": found.x.round(_DECIMALS), "latitude": found.y.round(_DECIMALS)}
    )


@kept_with_owner
def former_adcodes(package: Package) -> pd.Series:
    """Return the codes under which all of a county's ground stood before.

    Returns
    -------
    pandas.Series of str
        On the adcodes, several codes behind `CODE_SEPARATOR`; ``""`` where there is
        none. The code of a division that was divided among several is no code of any
        of them: it stands in :func:`codes` only.
    """
    adcodes = package.boundaries.load("county", "full").index
    return pd.Series(
        [
            CODE_SEPARATOR.join(
                dict.fromkeys(
                    change.former_adcode
                    for change in package.divisions.changes_to(adcode)
                    if change.kind != "split" and change.former_adcode != adcode
                )
            )
            for adcode in adcodes
        ],
        adcodes,
        dtype="object",
    )


@kept_with_owner
def run_by(package: Package, language: Language) -> pd.Series:
    """Return who runs each county, where that is not the prefecture of its code.

    Parameters
    ----------
    package : Package
        The facts.
    language : {"zh", "en"}
        Of the names.

    Returns
    -------
    pandas.Series of str
        On the adcodes; ``""`` of a county that its prefecture runs. Who adds a file up
        by its ``prefecture`` sees by it which counties that prefecture does not run.
    """
    adcodes = package.boundaries.load("county", "full").index
    bodies = map(package.divisions.administration, adcodes)
    return pd.Series(
        [body.name(language) if body else "" for body in bodies],
        adcodes,
        dtype="object",
    )


def codes(package: Package, adcodes: Collection[str]) -> pd.DataFrame:
    """Return every code that leads to a county, today's and those of the past.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    adcodes : collection of str
        Counties of today.

    Returns
    -------
    pandas.DataFrame
        Columns ``code`` and ``code_name`` (as a table of some year has them),
        ``adcode`` (of today), ``kind`` (of the change, None of the code of today) and
        ``until`` (the month in which the code lists followed). A table of any year
        is joined by ``code``.
    """
    rows: list[dict[str, Any]] = []
    for adcode in adcodes:
        name = package.divisions[adcode].name
        rows.append({"code": adcode, "code_name": name, "adcode": adcode})
        rows += [
            {
                "code": change.former_adcode,
                "code_name": change.former_name,
                "adcode": adcode,
                "kind": change.kind,
                "until": change.changed_by or change.approved,
            }
            for change in package.divisions.changes_to(adcode)
        ]
    columns = ["code", "code_name", "adcode", "kind", "until"]
    table = pd.DataFrame(rows, columns=columns, dtype="object")
    return table.where(table.notna(), None)

"""The counties of a selection as a table that can be written to a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.language import Language, speaker
from layers.facts.county_table import Membership, memberships
from layers.facts.package import Package
from layers.select.selection import (
    PARAMETERS,
    Choices,
    Rejected,
    Selection,
    SelectionError,
)

COUNTY_PROPERTIES: Final = (
    "name",
    "name_en",
    "published_name",
    "prefecture_adcode",
    "prefecture",
    "area_km2",
    "category",
    "partner_adcode",
    "partner",
    "exit_year",
)
"""Properties of a county between its ``adcode`` and the programmes."""

EVIDENCE: Final = "evidence"
"""The last property: who says that the county is in its programmes."""

_TRANSLATED: Final = ("prefecture", "partner")


def feature_table(
    package: Package,
    counties: pd.DataFrame,
    selection: Selection,
    *,
    detail: str = "full",
    language: Language = "zh",
    programme: str | None = None,
) -> gpd.GeoDataFrame:
    """Give the counties of a selection as they are written to files.

    Parameters
    ----------
    package, counties, selection, detail, language, programme
        As for :func:`layers.files.export.export`.

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed by ``adcode``, in the order of `counties`. Columns: those of
        `COUNTY_PROPERTIES` (text missing where nothing is known, never ``""``;
        ``area_km2`` in square kilometres; ``exit_year`` Int64), a bool a programme,
        ``evidence`` (a list of dicts, one a membership) and ``geometry`` in
        EPSG:4326.

    Raises
    ------
    layers.select.selection.SelectionError
        If `selection` or `programme` names something that does not exist.
    ValueError
        If there is no such detail or language.
    """
    say = speaker(language)
    chosen = counties.loc[within(package, selection, programme).apply(counties)]
    table = pd.DataFrame(index=chosen.index)
    for name in COUNTY_PROPERTIES:
        values = chosen[name]
        if name in _TRANSLATED:
            pairs = zip(values, chosen[f"{name}_en"], strict=True)
            values = pd.Series(
                [say.pick(*pair) for pair in pairs], values.index, dtype="str"
            )
        if pd.api.types.is_string_dtype(values):
            values = values.mask(values == "")
        table[name] = values
    for identifier in package.programmes:
        table[identifier] = chosen[identifier]
    told = _evidence(memberships(package), language)
    table[EVIDENCE] = pd.Series(
        [told.get(adcode, []) for adcode in table.index], table.index, dtype="object"
    )
    drawn = package.boundaries.load("county", detail).geometry
    return gpd.GeoDataFrame(table, geometry=drawn.loc[table.index], crs=drawn.crs)


def within(package: Package, selection: Selection, programme: str | None) -> Selection:
    """Narrow a selection to a programme; refuse what does not exist."""
    choices = Choices.of(package)
    asked = [
        (name, value, choices.for_field(field))
        for field, name in PARAMETERS.items()
        for value in getattr(selection, field)
    ]
    if programme is not None:
        asked.append(("programme", programme, choices.programmes))
    rejected = [
        Rejected(parameter=name, value=value, allowed=allowed)
        for name, value, allowed in asked
        if value not in allowed
    ]
    if rejected:
        raise SelectionError(rejected)
    if programme is None:
        return selection
    return replace(selection, all_of=(*selection.all_of, programme))


def _evidence(
    members: Iterable[Membership], language: Language
) -> dict[str, list[dict[str, Any]]]:
    """Sort what is said of memberships under the adcodes of today."""
    say = speaker(language)
    told: dict[str, list[dict[str, Any]]] = {}
    for member in members:
        told.setdefault(member.adcode, []).append(
            {
                "programme": member.programme,
                "published_name": member.published_name,
                "published_adcode": member.published_adcode,
                "detail": say.pick(member.detail_zh, member.detail_en) or None,
                "source": list(member.source),
                "section": member.section or None,
                "confidence": member.confidence,
            }
        )
    return told

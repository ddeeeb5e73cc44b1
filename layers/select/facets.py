"""Counts of counties: what each filter value would leave, and sums by prefecture."""

from __future__ import annotations

from dataclasses import fields
from typing import Final

import numpy as np
import pandas as pd

from layers.select.selection import Choices, Selection

SINGLE_FIELDS: Final = ("prefectures", "areas", "partners")
"""Fields whose values are alternatives: a county counts for one if it would be left
with that value alone."""


def by_prefecture(counties: pd.DataFrame, chosen: pd.Index) -> pd.DataFrame:
    """Count the selected counties of each prefecture.

    Parameters
    ----------
    counties : pandas.DataFrame
        The county table.
    chosen : pandas.Index
        Adcodes selected.

    Returns
    -------
    pandas.DataFrame
        Index ``prefecture_adcode``; columns ``selected`` and ``total`` (int) and
        ``area_km2`` (area of the selected counties, square kilometres). Every
        prefecture has its row, also those with none.
    """
    groups = counties.groupby("prefecture_adcode")
    own = counties.loc[chosen].groupby("prefecture_adcode")
    table = pd.DataFrame(
        {
            "selected": own.size(),
            "total": groups.size(),
            "area_km2": own["area_km2"].sum(),
        }
    )
    table["selected"] = table["selected"].fillna(0).astype(int)
    table["area_km2"] = table["area_km2"].fillna(0.0).round(1)
    return table.sort_index()


def facets(
    counties: pd.DataFrame, selection: Selection, choices: Choices
) -> dict[str, dict[str, int]]:
    """Count what each filter value would leave, given the rest of the selection.

    Parameters
    ----------
    counties : pandas.DataFrame
        The county table.
    selection : Selection
        The present one.
    choices : Choices
        The values to count for.

    Returns
    -------
    dict of str to dict of str to int
        ``programmes``: counties left if the programme were asked for too;
        ``prefectures``, ``areas``, ``partners``: counties left if this were the only
        value of its field.
    """
    masks = {
        field.name: selection.mask(field.name, counties) for field in fields(selection)
    }
    chosen = np.logical_and.reduce(list(masks.values()))
    members = counties[list(choices.programmes)].to_numpy(dtype=bool)
    result = {"programmes": _sums(choices.programmes, members[chosen])}
    for field in SINGLE_FIELDS:
        others = [mask for name, mask in masks.items() if name != field]
        left = np.logical_and.reduce(others)
        values = choices.for_field(field)
        if field == "areas":
            own = counties[list(values)].to_numpy(dtype=bool)
        else:
            column = "prefecture_adcode" if field == "prefectures" else "partner_adcode"
            own = counties[column].to_numpy(dtype=str)[:, None] == np.array(values)
        result[field] = _sums(values, own[left])
    return result


def _sums(names: tuple[str, ...], members: np.ndarray) -> dict[str, int]:
    return {name: int(n) for name, n in zip(names, members.sum(axis=0), strict=True)}

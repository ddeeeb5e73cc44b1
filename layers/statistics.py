"""Counts of counties: by prefecture, and what each filter value would leave."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from layers.selection import Choices, Selection

SINGLE_FIELDS = ("prefectures", "areas", "partners")
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

    Returns
    -------
    dict of str to dict of str to int
        ``programmes``: counties left if the programme were asked for too;
        ``prefectures``, ``areas``, ``partners``: counties left if this were the only
        value of its field.
    """
    chosen = counties.loc[selection.apply(counties)]
    result = {"programmes": {p: int(chosen[p].sum()) for p in choices.programmes}}
    for field in SINGLE_FIELDS:
        rest = replace(selection, **{field: ()})
        left = counties.loc[rest.apply(counties)]
        result[field] = {
            value: len(Selection(**{field: (value,)}).apply(left))
            for value in choices.for_field(field)
        }
    return result

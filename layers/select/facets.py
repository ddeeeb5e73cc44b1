"""Counts of counties: what each filter value would leave, and sums by prefecture."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from layers.select.choices import PROGRAMME_FIELDS, Choices
from layers.select.selection import Selection, holds, members


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
    counties: pd.DataFrame,
    selection: Selection,
    choices: Choices,
    numbers: Collection[str] = (),
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
    numbers : collection of str
        The numbers whose ranges are counted; a census has dozens of them, and a
        reader looks at one.

    Returns
    -------
    dict of str to dict of str to int
        ``prefectures`` and each of `choices.where` with values: counties left if this
        were the only value of its field. Programmes: see :func:`with_programme`.
    """
    masks = {field: selection.mask(field, counties) for field, _ in selection.asked()}
    everything = np.ones(len(counties), dtype=bool)
    result = {}
    for field in ("prefectures", *choices.where):
        values = choices.for_field(field)
        is_number = field in choices.where and choices.where[field].kind == "number"
        if not values or (is_number and field not in numbers):
            continue
        others = [mask for name, mask in masks.items() if name != field]
        left = np.logical_and.reduce([everything, *others])
        result[field] = _sums(values, _own(counties, field, values, choices)[left])
    return result


def with_programme(
    counties: pd.DataFrame, selection: Selection, programmes: Sequence[str]
) -> dict[str, list[int]]:
    """Count the counties that are selected with a programme in each of the lists.

    Parameters
    ----------
    counties : pandas.DataFrame
        The county table.
    selection : Selection
        The present one.
    programmes : sequence of str
        Ids.

    Returns
    -------
    dict of str to list of int
        ``all_of``, ``any_of``, ``none_of``: in the order of `programmes`, the counties
        with the programme in that list besides what is there, and in no other.
    """
    # A selection for each of fifty presses would take as long as all else together.
    inside = members(counties, programmes)
    masks = [
        selection.mask(field, counties)
        for field, _ in selection.asked()
        if field not in PROGRAMME_FIELDS
    ]
    rest = np.logical_and.reduce([np.ones(len(counties), dtype=bool), *masks])
    wanted, held = {}, {}
    for field in PROGRAMME_FIELDS:
        own = selection.values(field)
        here = np.isin(programmes, own)
        total = members(counties, own).sum(axis=1)[:, None]
        # Of each list without the programme in question: its length, and how many of
        # it a county is in.
        wanted[field] = len(own) - here
        held[field] = total - inside * here
    in_all = held["all_of"] == wanted["all_of"]
    in_any = (held["any_of"] > 0) | (wanted["any_of"] == 0)
    in_none = held["none_of"] == 0
    either = (held["any_of"] > 0) | inside
    passing = {
        "all_of": in_all & in_any & in_none & inside,
        "any_of": in_all & either & in_none,
        "none_of": in_all & in_any & in_none & ~inside,
    }
    return {
        field: [int(n) for n in own[rest].sum(axis=0)] for field, own in passing.items()
    }


def _own(
    counties: pd.DataFrame, field: str, values: tuple[str, ...], choices: Choices
) -> np.ndarray:
    if field == "prefectures":
        one = [Selection(prefectures=(code,)) for code in values]
        return np.column_stack([s.mask("prefectures", counties) for s in one])
    if choices.where[field].kind == "group":
        return members(counties, values)
    return np.column_stack([holds(counties, field, [value]) for value in values])


def _sums(names: tuple[str, ...], members: np.ndarray) -> dict[str, int]:
    return {name: int(n) for name, n in zip(names, members.sum(axis=0), strict=True)}

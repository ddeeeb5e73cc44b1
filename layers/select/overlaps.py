"""How programmes overlap: exact combinations, co-membership, shares of areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from layers.facts.package import Package
from layers.select.selection import Selection, members


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """The counties that are in exactly these programmes and in no other."""

    programmes: tuple[str, ...]
    adcodes: tuple[str, ...]

    @property
    def id(self) -> str:
        """Name of the combination for charts and buttons; ids hold no comma."""
        return ",".join(self.programmes)


def combinations(
    counties: pd.DataFrame, programmes: Sequence[str]
) -> list[Combination]:
    """Sort counties by the programmes that they are in.

    Parameters
    ----------
    counties : pandas.DataFrame
        The county table, or the rows of it that count.
    programmes : sequence of str
        Ids of the programmes, in their order.

    Returns
    -------
    list of Combination
        The largest first; equal ones in the order of their programmes. Each county in
        any of the programmes is in exactly one combination; those in none are left out.
    """
    found: dict[tuple[int, ...], list[str]] = {}
    for adcode, row in zip(counties.index, members(counties, programmes), strict=True):
        if row.any():
            found.setdefault(tuple(row.nonzero()[0]), []).append(str(adcode))
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        Combination(programmes=tuple(programmes[i] for i in own), adcodes=tuple(codes))
        for own, codes in ordered
    ]


def co_membership(counties: pd.DataFrame, programmes: Sequence[str]) -> pd.DataFrame:
    """Count the counties that each two programmes share.

    Returns
    -------
    pandas.DataFrame of int
        Symmetric, programmes by programmes; the diagonal holds the programmes' counts.
    """
    inside = pd.DataFrame(
        members(counties, programmes).astype(int), counties.index, list(programmes)
    )
    return inside.T @ inside


def jaccard(counts: pd.DataFrame) -> pd.DataFrame:
    """Turn co-membership into Jaccard's index: shared counties by counties in either.

    Returns
    -------
    pandas.DataFrame of float
        From 0 to 1, symmetric; NaN where neither programme has a county.

    Examples
    --------
    >>> counts = pd.DataFrame({"a": [3, 1], "b": [1, 2]}, index=["a", "b"])
    >>> float(jaccard(counts).at["a", "b"])
    0.25
    """
    sizes = counts.to_numpy().diagonal()
    either = sizes[:, None] + sizes[None, :] - counts
    index: pd.DataFrame = counts / either.where(either > 0)
    return index


def pairs(counties: pd.DataFrame, programmes: Sequence[str]) -> pd.DataFrame:
    """List each two programmes with what they share, for a chart or a file.

    Returns
    -------
    pandas.DataFrame
        Columns ``programme``, ``other`` (ids), ``counties`` (int), ``jaccard`` (float);
        each pair stands there both ways round, and each programme with itself.
    """
    counts = co_membership(counties, programmes)
    table = counts.rename_axis("programme").reset_index()
    table = table.melt("programme", var_name="other", value_name="counties")
    # Melting goes down the columns; the table is symmetric, so either order is right.
    table["jaccard"] = jaccard(counts).to_numpy().ravel()
    return table


def shares(
    counties: pd.DataFrame,
    chosen: pd.Index,
    programmes: Sequence[str],
    apart: Mapping[str, Sequence[str]] | None = None,
) -> pd.DataFrame:
    """Count the chosen counties by prefecture and programme, with shares of areas.

    Parameters
    ----------
    counties : pandas.DataFrame
        The county table.
    chosen : pandas.Index
        Adcodes that count.
    programmes : sequence of str
        Ids of the programmes.
    apart : mapping of str to sequence of str, optional
        Counties by prefecture that another body runs, see
        :func:`layers.select.apart.run_apart`: the prefecture has rows without them too.

    Returns
    -------
    pandas.DataFrame
        A row for every prefecture with every programme, and with ``""`` in the place of
        a prefecture or programme the totals, in which each county counts once. Columns
        ``prefecture_adcode``, ``left_out`` (adcodes behind ``;``), ``programme``,
        ``counties`` (int), ``area_km2``, ``share_of_prefecture`` and
        ``share_of_programme`` (0 to 1, NaN of nothing): of the area that the
        prefecture, or the programme, has in the whole province.
    """
    table = members(counties, programmes)
    inside = dict(zip(programmes, table.T, strict=True))
    inside[""] = table.any(axis=1)
    home, area = counties["prefecture_adcode"], counties["area_km2"]
    places: dict[tuple[str, str], pd.Series] = {}
    for code in sorted(set(home)):
        places[code, ""] = home == code
        left_out = (apart or {}).get(code, ())
        if left_out:
            others = ~counties.index.isin(left_out)
            places[code, ";".join(left_out)] = (home == code) & others
    places["", ""] = home == home
    is_chosen = counties.index.isin(chosen)
    rows = []
    for (prefecture, left_out), is_there in places.items():
        for programme, is_member in inside.items():
            own = is_there & is_member & is_chosen
            size = area[own].sum()
            rows.append(
                {
                    "prefecture_adcode": prefecture,
                    "left_out": left_out,
                    "programme": programme,
                    "counties": int(own.sum()),
                    "area_km2": round(size, 1),
                    "share_of_prefecture": _share(size, area[is_there].sum()),
                    "share_of_programme": _share(size, area[is_member].sum()),
                }
            )
    return pd.DataFrame(rows)


def coverage(
    counties: pd.DataFrame, base: str, programmes: Iterable[str]
) -> pd.DataFrame:
    """Count how many counties of one programme each other programme reaches.

    Parameters
    ----------
    counties : pandas.DataFrame
        The county table, or the rows of it that count.
    base : str
        Id of the programme whose counties are to be covered.
    programmes : iterable of str
        Ids of the others; `base` among them is passed over.

    Returns
    -------
    pandas.DataFrame
        The widest coverage first. Columns ``programme``, ``members``, ``covered``
        (int), ``share_of_base`` (of the counties of `base`) and ``share_of_members``
        (of the counties of the programme), 0 to 1, NaN of nothing.
    """
    others = [p for p in programmes if p != base]
    in_base = members(counties, [base])[:, 0]
    inside = members(counties, others)
    sizes = pd.Series(inside.sum(axis=0), index=others, dtype=int)
    covered = pd.Series(inside[in_base].sum(axis=0), index=others, dtype=int)
    table = pd.DataFrame({"members": sizes, "covered": covered})
    table["share_of_base"] = table["covered"] / (int(in_base.sum()) or float("nan"))
    table["share_of_members"] = table["covered"] / sizes.where(sizes > 0)
    order = table["covered"].sort_values(ascending=False, kind="stable").index
    return table.loc[order].rename_axis("programme").reset_index()


def exactly(
    selection: Selection, combination: Iterable[str], programmes: Iterable[str]
) -> Selection:
    """Narrow a selection to the counties in exactly these programmes.

    What the selection asks of programmes is replaced: an exact combination answers all
    of it. What it asks of places stays.

    Parameters
    ----------
    selection : Selection
        Which counties.
    combination : iterable of str
        Ids of the programmes that a county must be in.
    programmes : iterable of str
        Ids of all that were compared; in the others it must not be.

    Examples
    --------
    >>> exactly(Selection(any_of=("b",)), ["a"], ["a", "b"]).to_query()
    'all=a&none=b'
    """
    own, everything = tuple(combination), tuple(programmes)
    others = tuple(p for p in everything if p not in own)
    where = {k: v for k, v in selection.where if not set(v) <= set(everything)}
    narrowed = replace(selection, all_of=own, any_of=(), none_of=others)
    return replace(narrowed, where=tuple(where.items()))


def together(
    selection: Selection, programmes: Iterable[str], prefecture: str = ""
) -> Selection:
    """Narrow a selection to counties in all of these programmes, in one prefecture.

    Parameters
    ----------
    selection : Selection
        Which counties.
    programmes : iterable of str
        Ids; a county must be in all of them.
    prefecture : str, optional
        Adcode; ``""`` for no prefecture in particular.

    Examples
    --------
    >>> together(Selection(any_of=("b", "c")), ["b"], "130700").to_query()
    'all=b&prefecture=130700'
    """
    own = set(programmes)
    # A programme stands in one list only. If one of `any_of` becomes a must, any_of is
    # answered.
    return replace(
        selection,
        all_of=tuple(own | set(selection.all_of)),
        any_of=() if own & set(selection.any_of) else selection.any_of,
        none_of=tuple(set(selection.none_of) - own),
        prefectures=(prefecture,) if prefecture else selection.prefectures,
    )


def in_any(
    selection: Selection, programmes: Iterable[str], prefecture: str = ""
) -> Selection:
    """Narrow a selection to counties in any of the programmes, in one prefecture.

    Parameters
    ----------
    selection : Selection
        Which counties.
    programmes : iterable of str
        Ids; a county must be in one of them.
    prefecture : str, optional
        Adcode; ``""`` for no prefecture in particular.
    """
    narrowed = together(selection, (), prefecture)
    # Who asks for programmes has no county outside them.
    known = set(programmes)
    asked = [narrowed.all_of, narrowed.any_of, *(v for _, v in narrowed.where)]
    if any(known & {*values} for values in asked):
        return narrowed
    rest = tuple(p for p in programmes if p not in narrowed.none_of)
    return replace(narrowed, any_of=rest)


def target(
    package: Package, base: Selection, action: str, *values: str
) -> Selection | None:
    """Return the selection that a button or a mark of a chart stands for.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    base : Selection
        The selection whose counties are counted.
    action : {"exactly", "together", "any", "none"}
        Exactly these programmes; all of them; any programme; no programme at all.
    *values : str
        Ids of programmes with commas between; adcode of a prefecture, or ``""``.

    Returns
    -------
    Selection or None
        None if the message means nothing here: it comes from a browser.
    """
    ids, prefecture = [*map(str, values), "", ""][:2]
    own = [p for p in ids.split(",") if p]
    everything = tuple(package.programmes)
    known = {"", *package.divisions.of_level("prefecture")}
    if not set(own) <= set(everything) or prefecture not in known:
        return None
    if action == "exactly" and own:
        return exactly(base, own, everything)
    if action == "together" and own:
        return together(base, own, prefecture)
    if action == "any":
        return in_any(base, everything, prefecture)
    return exactly(base, (), everything) if action == "none" else None


def chart_target(
    package: Package, base: Selection, event: dict[str, Any], fixed: str = ""
) -> Selection | None:
    """Return the selection that a mark of a chart stands for, None for no mark.

    Parameters
    ----------
    package, base
        As for :func:`target`.
    event : dict
        Points by parameter, as Streamlit reports them.
    fixed : str
        Id of a programme that every mark of the chart has besides its own.
    """
    points = [p for found in event.values() if found for p in found]
    if not points:
        return None
    point = {str(k): str(v) for k, v in points[-1].items()}
    if "combination" in point:
        return target(package, base, "exactly", point["combination"])
    ids = [fixed, point.get("programme", ""), point.get("other", "")]
    return target(package, base, "together", ",".join(filter(None, ids)))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")

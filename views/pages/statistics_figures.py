"""Sections of the statistics that are about numbers: by programme, by prefecture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from geo.language import N_, Speaker
from layers.edition import assets
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.facts.changes import change_text
from layers.facts.package import Package
from layers.facts.territory import ground_notes
from layers.facts.value_texts import number_text
from layers.facts.variables import Variable, in_series
from layers.select.apart import without
from layers.select.contrast import Side, contrast
from layers.select.summaries import summary_text
from layers.select.totals import Total, totals
from views.frame import chrome
from views.frame import session as state
from views.frame.components import Node
from views.frame.page_parts import One
from views.frame.page_parts import programmes as programmes_of
from views.pages import scatter
from views.pages.statistics_board import Board, download, notice, write

_PROGRAMME: Final = "statistics_figures_programme"
_SERIES: Final = "statistics_figures_series"
_SCATTER: Final = "statistics-scatter"


def _series_of(edition: Edition) -> dict[str, str]:
    numbers = [v for v in edition.package.variables.values() if v.kind == "number"]
    return {name: name for name in in_series(numbers)}


OF_FIGURES: Final = (
    One(
        parameter="programme",
        widget=_PROGRAMME,
        options=programmes_of,
    ),
    One(parameter="series", widget=_SERIES, options=_series_of),
    *scatter.parts(_SCATTER),
)
"""What the address of the page holds of these sections."""


def figures(board: Board) -> None:
    """Show numbers of a programme beside all others, then one by prefecture."""
    package, say = board.package, board.say
    if not any(v.kind == "number" for v in package.variables.values()):
        write(board, "statistics_figures", [notice(say(N_("There are no figures.")))])
        return
    _by_programme(board)
    _by_prefecture(board)


def series_name(package: Package, own: list[Variable], say: Speaker) -> str:
    """Name a series; a variable of none by its own name.

    Parameters
    ----------
    package : Package
        The facts.
    own : list of Variable
        The variables of the series, the latest first.
    say : Speaker
        Of the language wanted.
    """
    if own[0].series:
        return package.series[own[0].series].name(say.language)
    return own[0].name(say.language)


def beside_others(
    package: Package, programme: Variable, adcodes: Iterable[str], say: Speaker
) -> tuple[list[list[str]], list[str]]:
    """Part counties into the members of a programme and the others, each with a head.

    Parameters
    ----------
    package : Package
        The facts.
    programme : Variable
        The programme; where its list is not whole, the others are not said not to be
        in it.
    adcodes : iterable of str
        The counties.
    say : Speaker
        Of the language wanted.
    """
    inside = package.members(programme.id)
    members: list[str] = []
    others: list[str] = []
    for adcode in adcodes:
        (members if adcode in inside else others).append(adcode)
    outside = N_("other counties ({n})")
    if not programme.is_whole:
        outside = N_("counties that the source does not name ({n})")
    name = programme.short(say.language)
    heads = [
        say(N_("{name} ({n})"), name=name, n=len(members)),
        say(outside, n=len(others)),
    ]
    return [members, others], heads


def side_by_side(heads: Sequence[str], rows: Sequence[Node]) -> Node:
    """Return the table of rows under the heads of :func:`beside_others`."""
    columns = [["th", {"scope": "col"}, text] for text in ["", *heads]]
    table: Node = [
        "table",
        {},
        ["thead", {}, ["tr", {}, *columns]],
        ["tbody", {}, *rows],
    ]
    return ["div", {"class": "atlas-scroll"}, table]


def _by_programme(board: Board) -> None:
    package, say = board.package, board.say
    state.relabel([_PROGRAMME])
    offered = board.ids or [*package.programmes]
    chosen = st.selectbox(
        say(N_("Programme to compare with the other counties")),
        offered,
        format_func=lambda p: package.programmes[p].name(board.language),
        key=_PROGRAMME,
        on_change=state.act,
        persist_state="session",
    )
    programme = package.programmes[chosen or offered[0]]
    groups, heads = beside_others(package, programme, board.chosen.index, say)
    found = contrast(package, board.counties, groups)
    rows: list[Node] = []
    for sides in found.values():
        own = [*sides[0].variables]
        head: list[Node] = [series_name(package, own, say), *_caution(board, own)]
        cells: list[Node] = [["td", {}, *_side(board, side)] for side in sides]
        rows.append(["tr", {}, ["th", {"scope": "row"}, *head], *cells])
    about = say(
        N_(
            "Counts are summed, rates averaged with their denominator as weight. A "
            "change is over the counties whose territory is not known to have changed; "
            "zones that the later census counts apart are in no county, and a county "
            "on whose ground one lies has no change."
        )
    )
    nodes: list[Node] = [
        ["h3", {}, say(N_("Figures by programme"))],
        side_by_side(heads, rows),
        ["p", {}, ["small", {}, about]],
    ]
    write(board, "statistics_figures", nodes)
    download(board, f"figures-{programme.id}", _as_table(found, heads))
    edition = SERVED.edition()
    scatter.show(
        edition,
        assets.bundle(edition, chrome.prefix()),
        board.chosen.index,
        programme,
        say,
        key=_SCATTER,
    )


def _caution(board: Board, own: Sequence[Variable]) -> list[Node]:
    """Say under the name of a series what to heed when its times are compared."""
    known = board.package.series.get(own[0].series) if len(own) > 1 else None
    text = known.caution(board.language) if known else ""
    return [["div", {}, ["small", {}, text]]] if text else []


def _side(board: Board, side: Side) -> list[Node]:
    """Say one series of one set: each time, then what changed and over how many."""
    package, say = board.package, board.say
    lines: list[Node] = []
    for variable, summary in zip(side.variables, side.summaries, strict=True):
        text = summary_text(package, variable, summary, board.language)
        if len(side.variables) > 1:
            text = say(N_("{name}: {text}"), name=variable.since[:4], text=text)
        lines.append(["div", {}, text])
    if side.change is not None:
        text = change_text(side.variables[0], side.change, board.language)
        said = say(
            N_("change: {text} ({n} {n:county|counties})"), text=text, n=side.compared
        )
        lines.append(["div", {}, ["small", {}, said]])
        if side.zones:
            lines.append(["div", {}, ["small", {}, _unplaced(board, side)]])
    return lines


def _unplaced(board: Board, side: Side) -> str:
    """Say what may be missing from a change: zones that were parted from somewhere."""
    say, latest = board.say, side.variables[0]
    text = say(
        N_(
            "without {n} {n:zone that was|zones that were} counted apart only once, "
            "perhaps on ground of these counties"
        ),
        n=len(side.zones),
    )
    if latest.aggregate != "sum" or latest.sample:
        return text
    came_to = sum(zone.number for zone in side.zones)
    number = number_text(board.package, latest, came_to, say.language)
    return say(N_("{text} ({mark})"), text=text, mark=number)


def _as_table(found: dict[str, tuple[Side, ...]], heads: list[str]) -> pd.DataFrame:
    """Return the comparison as a table: a variable of a set of counties a row."""
    rows = [
        {
            "counties": head,
            "series": series,
            "variable": variable.id,
            "without_value": summary.missing,
            "number": summary.number,
            "share": summary.share,
            "median": summary.median,
            "compared": side.compared,
            "zones_not_placed": len(side.zones),
            "before": side.change.before if side.change else None,
            "after": side.change.after if side.change else None,
        }
        for series, sides in found.items()
        for head, side in zip(heads, sides, strict=True)
        for variable, summary in zip(side.variables, side.summaries, strict=True)
    ]
    return pd.DataFrame(rows)


def _by_prefecture(board: Board) -> None:
    package, say = board.package, board.say
    numbers = [v for v in package.variables.values() if v.kind == "number"]
    series = in_series(numbers)
    state.relabel([_SERIES])
    chosen = st.selectbox(
        say(N_("Figure by prefecture")),
        list(series),
        format_func=lambda s: series_name(package, series[s], say),
        key=_SERIES,
        on_change=state.act,
        persist_state="session",
    )
    own = series[chosen or next(iter(series))]
    nodes: list[Node] = [
        ["h3", {}, say(N_("{name} by prefecture"), name=series_name(package, own, say))]
    ]
    for variable in own:
        nodes += [
            ["h4", {}, variable.name(board.language)],
            ["div", {"class": "atlas-scroll"}, totals_table(board, variable)],
        ]
    note = N_(
        "Always of all counties. Beside the counties stand zones that statistics count "
        "apart, and units of the day whose territory is no county of today."
    )
    everywhere = package.divisions.of_level("county")
    grounds = ground_notes(package, [v.id for v in own], everywhere, say)
    nodes += [*_caution(board, own), ["p", {}, ["small", {}, say(note)]]]
    nodes += [["p", {}, ["small", {}, text]] for text in grounds]
    write(board, "statistics_totals", [*nodes, *board.run_by_others()])
    name = own[0].series or own[0].id
    download(board, f"totals-{name}", totals_as_table(package, own), key="totals")


def totals_as_table(package: Package, variables: Sequence[Variable]) -> pd.DataFrame:
    """Return totals as a table: a variable of a prefecture a row, the province last.

    Returns
    -------
    pandas.DataFrame
        Columns ``variable``, ``adcode``, ``left_out`` (counties that are not counted
        since others run them, behind ``;``), ``counties`` (how many have a value),
        ``in_counties``, ``beside`` and ``together``.
    """
    return pd.DataFrame(
        [
            {
                "variable": variable.id,
                "adcode": total.adcode,
                "left_out": ";".join(total.left_out),
                "counties": total.n,
                "in_counties": total.counties,
                "beside": total.rest,
                "together": total.number,
            }
            for variable in variables
            for total in totals(package, variable)
        ]
    )


def totals_table(board: Board, variable: Variable) -> Node:
    """Set out a number by prefecture: counties, what stands beside, all together."""
    package, say = board.package, board.say
    number = {"scope": "col", "class": "atlas-number"}
    texts = [N_("Counties with a value"), N_("In the counties")]
    texts += [N_("Zones and former units"), N_("Together")]
    head: list[Node] = [["th", {"scope": "col"}, say(N_("Prefecture"))]]
    head += [["th", number, say(text)] for text in texts]
    rows: list[Node] = []
    for total in totals(package, variable):
        division = package.divisions[total.adcode]
        name = say.pick(division.name, division.name_en)
        if total.left_out:
            name = without(package, total.adcode, say)
        cells = [str(total.n), *_cells(package, variable, total, say)]
        row: list[Node] = [["td", {"class": "atlas-number"}, cell] for cell in cells]
        rows.append(["tr", {}, ["th", {"scope": "row"}, name], *row])
    return ["table", {}, ["thead", {}, ["tr", {}, *head]], ["tbody", {}, *rows]]


def _cells(
    package: Package, variable: Variable, total: Total, say: Speaker
) -> list[str]:
    def spell(value: float | None) -> str:
        if value is None:
            return "–"
        return number_text(package, variable, value, say.language)

    rest = spell(total.rest)
    if total.beside:
        rest = say(N_("{value} ({n} of them)"), value=rest, n=len(total.beside))
    return [spell(total.counties), rest, spell(total.number)]

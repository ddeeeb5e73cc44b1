"""The page of statistics: prefectures, overlaps and coverage of programmes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from geo.language import N_, Language, speaker
from layers.edition import assets
from layers.edition.served import SERVED
from layers.select import overlaps
from layers.select.apart import run_apart, without
from layers.select.selection import Selection, members
from layers.themes.overlap_charts import coverage_chart, matrix_chart, upset_chart
from views.frame import chrome
from views.frame import session as state
from views.frame.components import Node
from views.frame.page_parts import One, among
from views.frame.page_parts import programmes as programmes_of
from views.pages import own_held
from views.pages.statistics_board import (
    Board,
    behind,
    button,
    chart,
    choice,
    download,
    figure,
    notice,
    styles,
    write,
)
from views.pages.statistics_figures import OF_FIGURES, figures
from views.pages.statistics_variables import by_variable

_SCOPE: Final = "statistics_scope"
_SECTION: Final = "statistics_section"
_MEASURE: Final = "statistics_measure"
_BASE: Final = "statistics_base"

_SCOPES: Final = {
    "selection": N_("Present selection"),
    "province": N_("Whole province"),
}

_MEASURES: Final = {
    "counties": N_("Number of counties"),
    "area_km2": N_("Area (km²)"),
    "share_of_prefecture": N_("Share of prefecture area"),
    "share_of_programme": N_("Share of programme area"),
}


def title(language: Language) -> str:
    """Return the title of the page."""
    return speaker(language)(N_("Statistics"))


def show() -> None:
    """Lay out the page: what counts, then one section at a time."""
    edition = SERVED.edition()
    shown = state.view(edition)
    chrome.notices(assets.bundle(edition, chrome.prefix()), shown)
    say = speaker(shown.language)
    styles()
    head = st.container()
    left, right = st.columns([2, 3], gap="medium")
    with left:
        scope = choice(N_("Counties included"), _SCOPES, _SCOPE, say)
    with right:
        section = choice(N_("Section"), _TITLES, _SECTION, say)
    selection = shown.selection if scope == "selection" else Selection()
    board = Board.of(selection, shown.language)
    count = say(
        N_("{sentence}: {n} of {total}"),
        sentence=selection.sentence(shown.language, edition.package),
        n=len(board.chosen),
        total=len(board.counties),
    )
    heading: Node = ["h1", {}, title(shown.language)]
    with head:
        own = own_held.told(edition, say)
        lines: list[Node] = [["p", {}, text] for text in (count, own) if text]
        write(board, "statistics_head", [heading, *lines])
    if board.programmes or (section in _OF_ALL and len(board.chosen)):
        _SECTIONS[section](board)
        return
    text = N_("The selection holds no county: there is nothing to count.")
    if len(board.chosen):
        text = N_(
            "No source names any of these counties in a programme: there is nothing "
            "to count."
        )
    write(board, "statistics_empty", [notice(say(text))])


def _by_prefecture(board: Board) -> None:
    """Show the table of prefectures by programmes, one measure at a time."""
    say = board.say
    measure = choice(N_("What the cells say"), _MEASURES, _MEASURE, say)
    apart = run_apart(board.package)
    data = overlaps.shares(board.counties, board.chosen.index, board.ids, apart)
    places = data[["prefecture_adcode", "left_out"]].drop_duplicates()
    codes = [*places.itertuples(index=False, name=None)][:-1]
    keys = data[["programme", "prefecture_adcode", "left_out"]]
    row_of = {key: i for i, key in enumerate(keys.itertuples(index=False, name=None))}
    names = {c: board.package.divisions[c] for c, _ in codes}
    short = [
        without(board.package, code, say)
        if left_out
        else say.pick(names[code].short_name, names[code].name_en)
        for code, left_out in codes
    ]
    number = {"scope": "col", "class": "atlas-number"}
    head: list[Node] = [["th", {"scope": "col"}, say(N_("Programme"))]]
    head += [["th", number, name] for name in [*short, say(N_("All prefectures"))]]
    rows: list[Node] = []
    for programme in [*board.ids, ""]:
        title = board.sign(programme) if programme else say(N_("In any of them"))
        row: list[Node] = [["th", {"scope": "row"}, title]]
        for code, left_out in [*codes, ("", "")]:
            cell = data.iloc[row_of[programme, code, left_out]]
            text = figure(measure, float(cell[measure]))
            action = "together" if programme else "any"
            inside: Node = "–"
            if cell["counties"]:
                # No selection leaves out the counties of a prefecture that others run.
                inside = text if left_out else button(text, action, programme, code)
            row.append(["td", {"class": "atlas-number"}, inside])
        rows.append(["tr", {}, *row])
    notes = say(
        N_(
            "Press a figure to see its counties on the map. Shares are of the whole "
            "area that the prefecture or the programme has in the province, also "
            "where the selection counts only a part of it. A county in several "
            "programmes counts once in “{any}”."
        ),
        any=say(N_("In any of them")),
    )
    table: Node = ["table", {}, ["thead", {}, ["tr", {}, *head]], ["tbody", {}, *rows]]
    scroll: Node = ["div", {"class": "atlas-scroll"}, table]
    title_node: Node = ["h3", {}, say(N_("Prefectures and programmes"))]
    write(
        board,
        "statistics_prefectures",
        [
            title_node,
            scroll,
            ["p", {}, ["small", {}, notes]],
            *board.known_in_part(),
            *board.run_by_others(),
        ],
    )
    download(board, "prefectures", data)


def _combinations(board: Board) -> None:
    """Show the exact combinations of programmes as an UpSet chart and as a table."""
    say = board.say
    found = overlaps.combinations(board.chosen, board.ids)
    in_none = len(board.chosen) - sum(len(c.adcodes) for c in found)
    note = say(
        N_(
            "{n} {n:combination|combinations}. Each row is one: its bar counts the "
            "counties that are named in exactly the marked programmes and in no other. "
            "The bars above count the programmes. Press a bar to see its counties on "
            "the map."
        ),
        n=len(found),
    )
    outside = say(N_("{n} {n:county is|counties are} named in no programme"), n=in_none)
    nodes: list[Node] = [
        ["h3", {}, say(N_("Exact combinations of programmes"))],
        ["p", {}, note],
    ]
    if in_none:
        nodes.append(["p", {}, button(outside, "none")])
    nodes += board.known_in_part()
    write(board, "statistics_combinations", nodes)
    names = dict(zip(board.chosen.index, board.names(board.chosen.index), strict=True))
    drawn = upset_chart(found, board.programmes, names, board.language)
    title = say(N_("Exact combinations of programmes"))
    chart(board, "statistics_upset", drawn, title)
    rows: list[list[Node]] = []
    for one in found:
        signs: list[Node] = [["div", {}, board.sign(p)] for p in one.programmes]
        press = button(str(len(one.adcodes)), "exactly", one.id)
        rows.append([press, ["div", {}, *signs], say.series(board.names(one.adcodes))])
    heads = [N_("Number of counties"), N_("Programmes"), N_("Counties by name")]
    behind(board, "statistics_combination_table", heads, rows)
    data = pd.DataFrame(
        {
            "programmes": [c.id for c in found],
            "counties": [len(c.adcodes) for c in found],
            "adcodes": [",".join(c.adcodes) for c in found],
            "county_names": [say.series(board.names(c.adcodes)) for c in found],
        }
    )
    download(board, "combinations", data, drawn, title)


def _matrix(board: Board) -> None:
    """Show what each two programmes share, as a matrix and as a table."""
    say = board.say
    data = overlaps.pairs(board.chosen, board.ids)
    title = say(N_("Counties that two programmes share"))
    note = say(
        N_(
            "The number is of counties in both programmes, on the diagonal of all its "
            "counties; the colour is the Jaccard index: shared counties by counties in "
            "either. Press a cell to see its counties on the map."
        )
    )
    nodes: list[Node] = [["h3", {}, title], ["p", {}, note], *board.known_in_part()]
    write(board, "statistics_matrix", nodes)
    drawn = matrix_chart(data, board.programmes, board.language)
    chart(board, "statistics_matrix_chart", drawn, title)
    place = {p: i for i, p in enumerate(board.ids)}
    is_first = data["programme"].map(place) < data["other"].map(place)
    once = data[is_first & (data["counties"] > 0)]
    once = once.sort_values(["counties", "jaccard"], ascending=False)
    rows: list[list[Node]] = [
        [
            button(str(n), "together", f"{a},{b}"),
            f"{index:.2f}",
            board.sign(a),
            board.sign(b),
        ]
        for a, b, n, index in once.itertuples(index=False)
    ]
    heads = [N_("Shared counties"), N_("Jaccard index"), N_("Programme")]
    behind(board, "statistics_matrix_table", [*heads, N_("Other programme")], rows)
    download(board, "matrix", data, drawn, title)


def _coverage(board: Board) -> None:
    """Show how far each programme reaches the counties of another."""
    say = board.say
    state.relabel([_BASE])
    base = st.selectbox(
        say(N_("Counties to be covered")),
        board.ids,
        format_func=lambda p: board.package.programmes[p].name(board.language),
        key=_BASE,
        on_change=state.act,
        persist_state="session",
    )
    base = base or board.ids[0]
    data = overlaps.coverage(board.chosen, base, board.ids)
    size = int(members(board.chosen, [base]).sum())
    name = board.package.programmes[base].name(board.language)
    title = say(
        N_("{name}: how many of the {n} each programme reaches"), name=name, n=size
    )
    head: Node = ["h3", {}, title]
    write(board, "statistics_coverage", [head, *board.known_in_part()])
    if data.empty:
        text = say(N_("No other programme has a county here: nothing to compare."))
        write(board, "statistics_coverage_empty", [notice(text)])
        return
    drawn = coverage_chart(data, board.programmes, board.language)
    chart(board, "statistics_coverage_chart", drawn, title, fixed=base, width="stretch")
    rows: list[list[Node]] = [
        [
            board.sign(p),
            button(str(n), "together", f"{base},{p}") if n else "0",
            figure("share", share),
            str(members),
            figure("share", of_members),
        ]
        for p, members, n, share, of_members in data.itertuples(index=False)
    ]
    heads = [
        N_("Programme"),
        N_("Covered"),
        N_("Share of those to be covered"),
        N_("Members"),
        N_("Share of the members"),
    ]
    behind(board, "statistics_coverage_table", heads, rows)
    download(board, f"coverage-{base}", data, drawn, title)


_EVERY: Final = "variables"
_FIGURES: Final = "figures"
_OF_ALL: Final = frozenset({_EVERY, _FIGURES})
"""The sections that have something to say of counties in no programme too."""

_TITLES: Final = {
    "prefectures": N_("By prefecture"),
    "combinations": N_("Combinations"),
    "matrix": N_("Pairs of programmes"),
    "coverage": N_("Coverage of a programme"),
    _FIGURES: N_("Figures"),
    _EVERY: N_("All variables"),
}

_SECTIONS: Final[dict[str, Callable[[Board], None]]] = {
    "prefectures": _by_prefecture,
    "combinations": _combinations,
    "matrix": _matrix,
    "coverage": _coverage,
    _FIGURES: figures,
    _EVERY: by_variable,
}


PARTS: Final = (
    One(
        parameter="of",
        widget=_SCOPE,
        usual=next(iter(_SCOPES)),
        options=among(_SCOPES),
    ),
    One(
        parameter="section",
        widget=_SECTION,
        usual=next(iter(_TITLES)),
        options=among(_TITLES),
    ),
    One(
        parameter="cells",
        widget=_MEASURE,
        usual=next(iter(_MEASURES)),
        within=(_SECTION, next(iter(_TITLES))),
        options=among(_MEASURES),
    ),
    One(
        parameter="covered",
        widget=_BASE,
        within=(_SECTION, "coverage"),
        options=programmes_of,
    ),
    *(replace(part, within=(_SECTION, _FIGURES)) for part in OF_FIGURES),
)
"""What the address of the page holds."""

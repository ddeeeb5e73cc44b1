"""The section of the statistics that says how every variable stands."""

from __future__ import annotations

import pandas as pd

from geo.language import N_
from layers.facts.value_texts import STANDINGS, class_text
from layers.facts.variables import Variable, by_group
from layers.select import figure_notes
from layers.select.summaries import Summary, summarise, summary_text
from views.frame.components import Node
from views.pages.figure_notes import under_figures
from views.pages.statistics_board import Board, button, download, write


def by_variable(board: Board) -> None:
    """Show each programme by what is known, and what the other variables come to."""
    package, say = board.package, board.say
    summaries = {
        variable.id: summarise(package, variable, board.counties, board.chosen.index)
        for variable in package.variables.values()
    }
    nodes: list[Node] = [
        ["h3", {}, say(N_("Programmes, and what is not said"))],
        ["p", {}, say(N_("The counts of a line add up to the counties that count."))],
        ["div", {"class": "atlas-scroll"}, standings_table(board, summaries)],
        ["h3", {}, say(N_("Other variables"))],
        *others(board, summaries),
        *under_figures(
            package,
            board.language,
            more=figure_notes.cautions_of_sums(package, board.language),
        ),
    ]
    write(board, "statistics_variables", nodes)
    download(board, "variables", as_table(board, summaries))


def standings_table(board: Board, summaries: dict[str, Summary]) -> Node:
    """Count the counties of each programme: named, reported, not said, not in it."""
    say = board.say
    number = {"scope": "col", "class": "atlas-number"}
    head: list[Node] = [["th", {"scope": "col"}, say(N_("Programme"))]]
    head += [["th", number, say(word)] for word in STANDINGS.values()]
    rows: list[Node] = []
    for programme in board.package.programmes:
        counts = summaries[programme].counts
        row: list[Node] = [["th", {"scope": "row"}, board.sign(programme)]]
        for standing in STANDINGS:
            text = str(counts.get(standing, 0))
            opens = standing == "yes" and counts.get("yes")
            inside = button(text, "together", programme) if opens else text
            row.append(["td", {"class": "atlas-number"}, inside])
        rows.append(["tr", {}, *row])
    return ["table", {}, ["thead", {}, ["tr", {}, *head]], ["tbody", {}, *rows]]


def others(board: Board, summaries: dict[str, Summary]) -> list[Node]:
    """Say the summary of each variable that is no programme, in its group."""
    package, say = board.package, board.say
    shown = [v for v in package.variables.values() if not v.is_programme]
    nodes: list[Node] = []
    for group, variables in by_group(shown, package.groups).items():
        terms: list[Node] = []
        for variable in variables:
            summary = summaries[variable.id]
            text = summary_text(package, variable, summary, board.language)
            if variable.kind != "number":
                missing = [
                    say(N_("{value}: {n}"), value=why, n=n)
                    for why, n in without_value(board, variable, summary).items()
                ]
                text = say.clauses([text, *missing])
            name = variable.name(board.language)
            terms += [["dt", {}, name], ["dd", {}, text]]
        nodes += [["h4", {}, group.name(board.language)], ["dl", {}, *terms]]
    return nodes


def without_value(board: Board, variable: Variable, summary: Summary) -> dict[str, int]:
    """Count the counties without a value by what that means, in words.

    A county to which a variable does not apply lacks nothing.

    Parameters
    ----------
    board : Board
        What the statistics page shows: facts, selection, language.
    variable : Variable
        Of any kind but membership.
    summary : Summary
        Of the counties selected.
    """
    counts = {}
    missing = summary.missing
    if variable.among:
        name = board.package.programmes[variable.among].within(board.language)
        counts[board.say(N_("not among {name}"), name=name)] = summary.outside
        missing -= summary.outside
    counts[variable.missing(board.language)] = missing
    return {why: n for why, n in counts.items() if n}


def as_table(board: Board, summaries: dict[str, Summary]) -> pd.DataFrame:
    """Return all summaries as a table: a value of a variable a row.

    Returns
    -------
    pandas.DataFrame
        Columns ``variable``, ``name``, ``value`` (a class, year, partner or standing;
        ``sum``, ``mean``, ``least``, ``median``, ``most`` of a number; ``""`` of
        counties without one, of which the label says what that means), ``label`` and
        ``number``: counties, or the number in the unit of the variable.
    """
    rows: list[tuple[str, str, str, str, float]] = []
    for variable in board.package.variables.values():
        summary, name = summaries[variable.id], variable.name(board.language)
        for value, n in summary.counts.items():
            label = (
                board.say(STANDINGS[value])  # type: ignore[index] # of a programme
                if variable.is_programme
                else class_text(board.package, variable, value, board.language)
            )
            rows.append((variable.id, name, value, label, n))
        figures = {
            variable.aggregate: summary.number,
            "least": summary.least,
            "median": summary.median,
            "most": summary.most,
        }
        rows += [
            (variable.id, name, what, what, figure)
            for what, figure in figures.items()
            if figure is not None
        ]
        rows += [
            (variable.id, name, "", why, n)
            for why, n in without_value(board, variable, summary).items()
        ]
    return pd.DataFrame(rows, columns=["variable", "name", "value", "label", "number"])

"""What a joined table gives: the map, figures by programme, a list checked, files."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from geo.language import N_, Speaker, speaker
from layers.edition.assets import Bundle
from layers.edition.edition import Edition
from layers.facts.own import OwnFacts
from layers.facts.variables import Variable
from layers.own.checklist import check_list
from layers.own.file_facts import dated
from layers.own.joined import JoinedTable
from layers.own.located import Located
from layers.own.located_facts import located_facts
from layers.own.overlay import overlay
from layers.own.placing import Placed
from layers.own.variables import own_facts
from layers.select.selection import Selection
from layers.select.summaries import summarise, summary_text
from views.frame import session as state
from views.frame.components import Node, panel
from views.pages import map as map_page
from views.pages import (
    own_classes,
    own_files,
    own_filters,
    own_held,
    own_map,
    own_outliers,
    own_table,
    scatter,
)
from views.pages.own_files import Own
from views.pages.statistics_figures import beside_others, side_by_side

_FACTS: Final = "own_facts"
_DATED: Final = "own_dated"
_OVERLAY: Final = "own_overlay"
_BROUGHT: Final = "own_brought"
"""The day on which the file was brought."""


def show(
    edition: Edition,
    files: Bundle,
    shown: state.View,
    table: JoinedTable,
    digest: str,
    located: Located | None = None,
    placed: Placed | None = None,
) -> None:
    """Show what a joined table or a located layer gives.

    Parameters
    ----------
    edition : Edition
        The edition that is served.
    files : Bundle
        Scripts and styles of the page.
    shown : View
        What the session shows.
    table : JoinedTable
        The table, with the decisions of the user.
    digest : str
        Of the file.
    located : Located, optional
        The same file located by position: then that says which counties are meant.
    placed : Placed, optional
        The shapes of the file, to be drawn over the map.
    """
    say = speaker(shown.language)
    summed = _summed(table, digest, say)
    divisions = edition.package.divisions

    def made() -> OwnFacts:
        if located is not None:
            return located_facts(located, divisions, summed=summed)
        return own_facts(table, divisions, summed=summed)

    made_of = (table, located, summed, edition.digest)
    facts = state.kept(_FACTS, made_of, made)
    if facts.variables:
        key = f"{digest}_{table.layout.sheet}" + ("_at" if located else "")
        seen(edition, files, shown, facts, made_of, digest, key, placed)
    else:
        text = N_("The table has names or codes only: it can be checked as a list.")
        st.info(say(text))
    if located is None:
        _list(edition, files, shown, table, say)


def seen(
    edition: Edition,
    files: Bundle,
    shown: state.View,
    facts: OwnFacts,
    made_of: object,
    digest: str,
    key: str,
    placed: Placed | None = None,
) -> None:
    """Show variables of the session: map, classes, filters, figures, files.

    Parameters
    ----------
    edition : Edition
        The edition that is served.
    files : Bundle
        Scripts and styles of the page.
    shown : View
        What the session shows.
    facts : OwnFacts
        The variables; one at least.
    made_of : object
        All that they depend on; compared by equality.
    digest : str
        Of the file.
    key : str
        Of the boxes.
    placed : Placed, optional
        The shapes of the file, to be drawn over the map.
    """
    say = speaker(shown.language)
    brought = state.kept(_BROUGHT, digest, date.today)
    facts = state.kept(_DATED, (made_of, brought), lambda: dated(facts, brought))
    scope = _scope(shown, say)
    variable = _variable(facts, key, say)
    coloured, chosen = own_classes.choose(edition, facts, variable, key, say)
    with_own = own_held.with_own(
        edition,
        (made_of, brought, chosen.variable),
        lambda: Edition(edition.package.with_variables(coloured), base=edition),
    )
    if chosen.classing is not None:
        own_classes.histogram(files, with_own, chosen, key, say)
    layer = _overlay(placed, shown, brought) if placed is not None else ""
    variables = coloured.variables
    selection = own_filters.narrowed(files, with_own, variables, scope, key, say)
    if selection is None:
        return
    own = Own(
        edition=with_own,
        variables=variables,
        selection=selection,
        shown=shown,
        say=say,
        layer=layer,
        placed=placed,
        brought=brought,
        chosen=chosen,
    )
    own_map.show(own, files)
    own_outliers.show(own)
    own_table.show(own)
    _figures(own, files)
    own_files.offer(own)


def _overlay(placed: Placed, shown: state.View, brought: date) -> str:
    return state.kept(
        _OVERLAY,
        (placed, shown.language, brought),
        lambda: overlay(placed, shown.language, brought),
    )


def _summed(table: JoinedTable, digest: str, say: Speaker) -> tuple[int, ...]:
    """Ask which columns count something; an income per head does not add up."""
    values = table.layout.of_role("value")
    if not values:
        return ()
    names = {column.index: column.name for column in values}
    return tuple(
        st.multiselect(
            say(N_("Columns that count something, so that counties add up")),
            [*names],
            format_func=lambda index: names[index],
            select_all=False,
            key=f"own_summed_{digest}_{table.layout.sheet}",
            placeholder=say(N_("None")),
        )
    )


def _scope(shown: state.View, say: Speaker) -> Selection:
    """Ask which counties: all of them, or those that the map shows."""
    names = {
        "all": say(N_("All counties")),
        "selected": say(N_("The counties selected on the map page")),
    }
    chosen = st.radio(
        say(N_("Counties shown")),
        [*names],
        format_func=lambda key: names[key],
        key="own_scope",
        horizontal=True,
    )
    return shown.selection if chosen == "selected" else Selection()


def _variable(facts: OwnFacts, key: str, say: Speaker) -> Variable:
    names = {v.id: v for v in facts.variables}
    chosen = st.selectbox(
        say(N_("Column shown on the map")),
        [*names],
        format_func=lambda name: names[name].name(say.language),
        key=f"own_variable_{key}",
    )
    variable = names.get(chosen or "", facts.variables[0])
    _year(facts, variable, f"own_variable_{key}", say)
    return variable


def _year(facts: OwnFacts, variable: Variable, box: str, say: Speaker) -> None:
    """Offer the years of a column as a slider, which chooses in the box above."""
    years = {
        one.period: one.id
        for one in facts.variables
        if variable.series and one.series == variable.series
    }
    if len(years) < 2:
        return
    slider = f"own_year_{box}"
    state.put(slider, variable.period)

    def choose() -> None:
        state.put(box, years[st.session_state[slider]])

    st.select_slider(
        say(N_("Year of the column")), sorted(years), key=slider, on_change=choose
    )


def _figures(own: Own, files: Bundle) -> None:
    """Show each own variable over the members of a programme and over the others."""
    say, package = own.say, own.edition.package
    programmes = package.programmes
    chosen = st.selectbox(
        say(N_("Programme to compare with the other counties")),
        [*programmes],
        format_func=lambda p: programmes[p].name(own.shown.language),
        key="own_programme",
    )
    programme = programmes[chosen or next(iter(programmes))]
    counties = own.edition.counties()
    shown = own.selection.apply(counties)
    sides, heads = beside_others(package, programme, shown, say)
    rows: list[Node] = []
    for variable in own.variables:
        texts = (
            summary_text(
                package,
                variable,
                summarise(package, variable, counties, side),
                own.shown.language,
            )
            for side in sides
        )
        head: Node = ["th", {"scope": "row"}, variable.name(own.shown.language)]
        rows.append(["tr", {}, head, *(["td", {}, text] for text in texts)])
    nodes: list[Node] = [
        ["h2", {}, say(N_("Figures by programme"))],
        side_by_side(heads, rows),
    ]
    panel(files, nodes, key="own-figures", language=own.shown.language)
    own_ids = [v.id for v in own.variables]
    scatter.show(
        *(own.edition, files, shown, programme, say),
        key="own-scatter",
        first=own_ids,
        on_county=own_map.open_county,
    )


def _list(
    edition: Edition,
    files: Bundle,
    shown: state.View,
    table: JoinedTable,
    say: Speaker,
) -> None:
    """Hold the counties of the table against a programme; open them on the map."""
    programmes = edition.package.programmes
    panel(
        files,
        [["h2", {}, say(N_("Check the list"))]],
        key="own-list-head",
        language=shown.language,
    )
    chosen = st.selectbox(
        say(N_("Programme that the list is held against")),
        [*programmes],
        format_func=lambda p: programmes[p].name(shown.language),
        key="own_list",
    )
    programme = programmes[chosen or next(iter(programmes))]
    found = check_list(table, edition.package.members(programme.id))
    name = programme.name(shown.language)
    text = found.say(shown.language, name, table.places)
    panel(files, [["p", {}, text]], key="own-list", language=shown.language)
    label = N_("Select these {n} {n:county|counties} on the map")
    if found.selection and st.button(say(label, n=len(found.selection)), key="own-go"):
        state.choose(Selection(counties=found.selection))
        state.turn_to(st.Page(map_page.show, url_path="", default=True), edition)

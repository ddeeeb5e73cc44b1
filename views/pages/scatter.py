"""Two numbers of counties as a scatter chart, of the atlas and of a planner alike.

A press on a point, or on a name in the table behind it, leads to the county: to its
page, or to its place on the map that stands beside the chart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from geo.language import N_, Speaker
from layers.edition.assets import Bundle
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.facts.package import Package
from layers.facts.value_texts import number_text
from layers.facts.variables import Variable
from layers.select.scatter import Scatter, Side, scatter
from layers.themes.overlap_charts import INK, inked
from layers.themes.scatter_chart import PRESSED, scatter_chart
from views.frame import session as state
from views.frame.components import Node, panel
from views.frame.page_parts import One, Part
from views.pages import county as county_page

_MOST_NAMED: Final = 20


def show(
    edition: Edition,
    files: Bundle,
    chosen: pd.Index,
    programme: Variable,
    say: Speaker,
    *,
    key: str,
    first: Sequence[str] = (),
    on_county: Callable[[str], None] | None = None,
) -> None:
    """Ask for two numbers and show counties by them.

    Parameters
    ----------
    edition : Edition
        The facts, a planner's own among them if there are such.
    files : Bundle
        Scripts and styles of the page.
    chosen : pandas.Index
        Adcodes of the counties that count.
    programme : Variable
        That parts the counties.
    say : Speaker
        Of the language wanted.
    key : str
        Unlike that of any other part of the page.
    first : sequence of str
        Ids of numbers that are offered before the others.
    on_county : callable, optional
        Called with the adcode of a county that was pressed; without one its page opens.
    """
    lead = on_county or _open_page
    package = edition.package
    offered = [*first, *(v for v in package.variables if v not in first)]
    numbers = {
        name: package.variables[name]
        for name in offered
        if package.variables[name].kind == "number"
    }
    panel(
        files,
        [["h2", {}, say(N_("Two numbers of each county"))]],
        key=f"{key}-head",
        language=say.language,
    )
    if len(numbers) < 2:
        return
    # Rates say more beside each other than counts, which all grow with the county.
    rates = [at for at, v in enumerate(numbers.values()) if v.measure == "rate"]
    usual = (rates if len(rates) > 1 and not first else [0, 1])[:2]
    left, right = st.columns(2)
    with left:
        across = _ask(N_("To the right"), numbers, f"{key}_first", usual[0], say)
    with right:
        up = _ask(N_("Upwards"), numbers, f"{key}_second", usual[1], say)
    found = scatter(package, edition.counties(), chosen, across, up, programme)
    named = package.divisions.named
    names = {str(a): named(str(a), say.language) for a in chosen}
    sides = _sides(found, programme, say)
    nodes: list[Node] = [["p", {}, text] for text in _told(found, names, say)]
    if len(found.points):
        drawn = scatter_chart(package, found, across, up, names, sides, say.language)
        st.altair_chart(
            inked(drawn, INK[st.context.theme.type or "light"]),
            width="stretch",
            key=f"{key}-chart",
            on_select=partial(_point_pressed, f"{key}-chart", lead),
            alt=say(
                N_("Counties by {first} and {second}"),
                first=across.name(say.language),
                second=up.name(say.language),
            ),
        )
        nodes.append(_table(package, found, (across, up), names, sides, say))
    panel(
        files,
        nodes,
        key=f"{key}-table",
        language=say.language,
        on_press=partial(_name_pressed, f"{key}-table", lead),
    )


def parts(key: str) -> tuple[Part, ...]:
    """Return what the address of a page holds of the chart.

    Parameters
    ----------
    key : str
        Of the chart, as :func:`show` is given it.
    """
    return tuple(
        One(parameter=parameter, widget=f"{key}_{which}", options=_numbers)
        for parameter, which in (("across", "first"), ("up", "second"))
    )


def _numbers(edition: Edition) -> dict[str, str]:
    variables = edition.package.variables.values()
    return {v.id: v.id for v in variables if v.kind == "number"}


def _ask(
    label: str, numbers: dict[str, Variable], key: str, usual: int, say: Speaker
) -> Variable:
    # None yet, or one of another file.
    state.usual(key, [*numbers][usual], among=numbers)
    chosen = st.selectbox(
        say(label),
        [*numbers],
        format_func=lambda name: numbers[name].name(say.language),
        key=key,
        on_change=state.act,
    )
    return numbers.get(chosen or "", [*numbers.values()][usual])


def _sides(found: Scatter, programme: Variable, say: Speaker) -> dict[Side, str]:
    """Say what the sides are, with the number of counties on each."""
    name = programme.short(say.language)
    return {
        "yes": say(N_("{name} ({n})"), name=name, n=found.count("yes")),
        "no": say(N_("other counties ({n})"), n=found.count("no")),
        "not_said": say(
            N_("counties that the source does not name ({n})"),
            n=found.count("not_said"),
        ),
    }


def _told(found: Scatter, names: dict[str, str], say: Speaker) -> list[str]:
    """Say how many counties there are, and which are left out."""
    told = [say(N_("{n} {n:county|counties} with both numbers"), n=len(found.points))]
    if found.left_out:
        some = say.series(names[a] for a in found.left_out[:_MOST_NAMED])
        more = " …" if len(found.left_out) > _MOST_NAMED else ""
        text = N_(
            "{n} {n:county is|counties are} left out for want of one of them: {names}"
        )
        told.append(say(text, n=len(found.left_out), names=some + more))
    return told


def _table(
    package: Package,
    found: Scatter,
    variables: tuple[Variable, Variable],
    names: dict[str, str],
    sides: dict[Side, str],
    say: Speaker,
) -> Node:
    """Return the table behind the chart; a name leads to its county."""
    heads = [say(N_("County")), *(v.short(say.language) for v in variables), ""]
    rows: list[Node] = []
    for adcode, one, other, side in found.points.itertuples(name=None):
        name: Node = [
            "button",
            {"class": "atlas-link", "send": [str(adcode)]},
            names[str(adcode)],
        ]
        cells: list[Node] = [
            ["td", {"class": "atlas-number"}, number_text(package, v, x, say.language)]
            for v, x in zip(variables, (one, other), strict=True)
        ]
        group: Node = ["td", {}, sides[side]]
        rows.append(["tr", {}, ["th", {"scope": "row"}, name], *cells, group])
    table: Node = [
        "table",
        {},
        ["thead", {}, ["tr", {}, *(["th", {"scope": "col"}, h] for h in heads)]],
        ["tbody", {}, *rows],
    ]
    summary: Node = ["summary", {}, say(N_("Table behind the chart"))]
    return ["details", {}, summary, ["div", {"class": "atlas-scroll"}, table]]


def _point_pressed(key: str, lead: Callable[[str], None]) -> None:
    points = state.event(key, "selection").get(PRESSED) or []
    if points:
        lead(str(points[-1].get("adcode", "")))


def _name_pressed(key: str, lead: Callable[[str], None]) -> None:
    pressed = state.event(key, "press") or []
    if pressed:
        lead(str(pressed[0]))


def _open_page(adcode: str) -> None:
    edition = SERVED.edition()
    if adcode in edition.counties().index:
        state.select_county(adcode)
        page = st.Page(county_page.show, url_path="county")
        state.turn_to(page, edition)

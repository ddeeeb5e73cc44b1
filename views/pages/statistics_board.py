"""What the page of statistics is made of: what counts, charts, tables, downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Literal

import altair as alt
import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.export.csv_table import encode
from geo.language import N_, Language, Speaker, speaker
from layers.edition import assets
from layers.edition.served import SERVED
from layers.facts.package import Package
from layers.facts.variables import Variable
from layers.select import overlaps
from layers.select.apart import explained
from layers.select.selection import Selection
from layers.themes.overlap_charts import CAN_DRAW, INK, inked, picture
from layers.themes.style import completeness_note, texture_of
from layers.webmap.map_texts import credit
from views.frame import chrome
from views.frame import session as state
from views.frame.components import Node, panel
from views.pages import map as map_page
from views.pages import own_held

_MEDIA_TYPES: Final = {"csv": "text/csv", "svg": "image/svg+xml", "png": "image/png"}

_STYLES: Final = """<style>
.stVegaLiteChart { max-width: 100%; overflow-x: auto; }
.st-key-statistics_prefectures th { white-space: nowrap; }
[class*="st-key-statistics_"] td div { white-space: nowrap; }
.st-key-statistics_figures :is(th, td, td div) { white-space: normal; }
.st-key-statistics_prefectures th[scope="row"] {
  position: sticky; left: 0; background: var(--paper);
}
</style>"""


@dataclass(frozen=True, slots=True)
class Board:
    """What the sections are made of: the facts, and the counties that count."""

    package: Package
    counties: gpd.GeoDataFrame
    selection: Selection
    language: Language
    say: Speaker
    chosen: gpd.GeoDataFrame
    programmes: tuple[Variable, ...]
    """Those with at least one county that counts."""

    @classmethod
    def of(cls, selection: Selection, language: Language) -> Board:
        """Count the counties of a selection."""
        edition = own_held.edition_seen(SERVED.edition())
        counties = edition.counties()
        chosen = counties.loc[selection.apply(counties)]
        there = {*chosen.index}
        programmes = [
            programme
            for programme in edition.package.programmes.values()
            if there & edition.package.members(programme.id)
        ]
        return cls(
            edition.package,
            counties,
            selection,
            language,
            speaker(language),
            chosen,
            tuple(programmes),
        )

    @property
    def ids(self) -> list[str]:
        """Ids of the programmes."""
        return [p.id for p in self.programmes]

    def names(self, adcodes: Sequence[str]) -> list[str]:
        """Name counties, in English with the Chinese: romanised names repeat."""
        named = self.package.divisions.named
        return [named(adcode, self.language) for adcode in adcodes]

    def run_by_others(self) -> list[Node]:
        """Say which counties are in a prefecture by their codes only."""
        lines = explained(self.package, self.say)
        return [["p", {}, ["small", {}, line]] for line in lines]

    def known_in_part(self) -> list[Node]:
        """Say of which programmes more counties may be members than are counted."""
        lines = [
            self.say(N_("{name}: {text}"), name=p.short(self.language), text=note)
            for p in self.programmes
            if (note := completeness_note(p, self.language)) and not p.is_whole
        ]
        if not lines:
            return []
        head = self.say(N_("Not all counties of these programmes are known:"))
        items: list[Node] = [["li", {}, ["small", {}, line]] for line in lines]
        return [["p", {}, ["small", {}, head]], ["ul", {}, *items]]

    def sign(self, programme: str) -> Node:
        """Name a programme with its colour and texture."""
        known = self.package.programmes[programme]
        swatch: Node = ["swatch", {"fills": [[known.colour, texture_of(known)]]}]
        return ["span", {}, swatch, " ", known.short(self.language)]


def choice(label: str, options: Mapping[str, str], key: str, say: Speaker) -> str:
    """Offer one of several; the first until another is chosen.

    Parameters
    ----------
    label : str
        What is chosen, for the reader.
    options : mapping of str to str
        Message ids by value, in order.
    key : str
        Under which Streamlit keeps the choice.
    say : Speaker
        Of the language wanted.
    """
    first = next(iter(options))
    state.usual(key, first)
    chosen = st.pills(
        say(label),
        list(options),
        format_func=lambda name: say(options[name]),
        key=key,
        on_change=state.act,
        persist_state="session",
        required=True,
    )
    return chosen or first


def write(board: Board, key: str, nodes: Sequence[Node]) -> None:
    """Write on the page; a button in it opens its selection on the map.

    Parameters
    ----------
    board : Board
        What the statistics page shows: facts, selection, language.
    key : str
        Unlike that of any other part of the page.
    nodes : sequence of Node
        What stands there, in order.
    """
    panel(
        assets.bundle(SERVED.edition(), chrome.prefix()),
        nodes,
        key=key,
        language=board.language,
        on_press=partial(_pressed, key, board.selection),
    )


def button(text: str, action: str, *values: str) -> Node:
    """Make a button that opens a selection: :func:`layers.select.overlaps.target`."""
    return ["button", {"class": "atlas-link", "send": [action, *values]}, text]


def notice(text: str) -> Node:
    """Make a box with a message."""
    return ["section", {"class": "atlas-notice", "role": "status"}, text]


def figure(measure: str, value: float) -> str:
    """Write a number, shares in per cent; a dash for a share of nothing."""
    if measure.startswith("share"):
        return "–" if pd.isna(value) else f"{value:.1%}"
    return f"{value:,.0f}"


def chart(
    board: Board,
    key: str,
    drawn: Any,
    title: str,
    *,
    fixed: str = "",
    width: Literal["content", "stretch"] = "content",
) -> None:
    """Show a chart whose marks open their selections on the map.

    Parameters
    ----------
    board : Board
        What the statistics page shows: facts, selection, language.
    key : str
        Unlike that of any other part of the page.
    drawn : altair.TopLevelMixin
        The chart.
    title : str
        What it shows, for those who do not see it.
    fixed : str
        Id of a programme that every mark has besides its own.
    width : {"content", "stretch"}
        As wide as the chart is, or as the page.
    """
    st.altair_chart(
        inked(drawn, INK[st.context.theme.type or "light"]),
        width=width,
        key=key,
        on_select=partial(_chart_pressed, key, board.selection, fixed),
        alt=title,
    )


def styles() -> None:
    """Let wide charts and tables scroll by themselves; row headings stay in sight.

    Streamlit lets a chart that is wider than a narrow screen run over its edge.
    """
    st.html(_STYLES)


def behind(
    board: Board, key: str, heads: Sequence[str], rows: Sequence[Sequence[Node]]
) -> None:
    """Show the table behind a chart: the same, for those who do not see the chart.

    Parameters
    ----------
    board : Board
        What the statistics page shows: facts, selection, language.
    key : str
        Unlike that of any other part of the page.
    heads : sequence of str
        Of the columns.
    rows : sequence of sequence of Node
        Cells, row by row.
    """
    say = board.say
    head: list[Node] = [["th", {"scope": "col"}, say(text)] for text in heads]
    body: list[Node] = [["tr", {}, *[["td", {}, c] for c in row]] for row in rows]
    table: Node = ["table", {}, ["thead", {}, ["tr", {}, *head]], ["tbody", {}, *body]]
    scroll: Node = ["div", {"class": "atlas-scroll"}, table]
    summary: Node = ["summary", {}, say(N_("Table behind the chart"))]
    write(board, key, [["details", {}, summary, scroll]])


def download(
    board: Board,
    name: str,
    data: pd.DataFrame,
    drawn: Any = None,
    title: str = "",
    *,
    key: str = "statistics",
) -> None:
    """Offer a table as CSV, and a chart as SVG and PNG, made when they are wanted.

    Parameters
    ----------
    board : Board
        What the page is made of.
    name : str
        Of the files, without suffix.
    data : pandas.DataFrame
        The table.
    drawn : altair.Chart, optional
        The chart.
    title : str
        Of the chart.
    key : str
        Of the buttons: a section with two tables has two.
    """
    say = board.say
    offers: dict[str, tuple[str, Callable[[], bytes]]] = {
        "csv": (N_("Download the table as CSV"), partial(encode, data))
    }
    if drawn is not None and CAN_DRAW:
        subtitle = [board.selection.sentence(board.language, board.package)]
        subtitle.append(credit(board.package.boundaries, board.language))
        text = alt.TitleParams(title, subtitle=subtitle, anchor="start")
        named = drawn.properties(title=text)
        offers["svg"] = (
            N_("Download the chart as SVG"),
            partial(picture, named, "svg"),
        )
        offers["png"] = (
            N_("Download the chart as PNG"),
            partial(picture, named, "png"),
        )
    with st.container(horizontal=True):
        for form, (label, content) in offers.items():
            st.download_button(
                say(label),
                content,
                file_name=f"hebei-{name}.{form}",
                mime=_MEDIA_TYPES[form],
                on_click="ignore",
                key=f"{key}_{form}",
            )


def _pressed(key: str, base: Selection) -> None:
    action, *values = state.event(key, "press")
    package = SERVED.edition().package
    _open(overlaps.target(package, base, action, *values))


def _chart_pressed(key: str, base: Selection, fixed: str) -> None:
    event = state.event(key, "selection")
    _open(overlaps.chart_target(SERVED.edition().package, base, event, fixed))


def _open(selection: Selection | None) -> None:
    if selection is not None:
        state.choose(selection)
        page = st.Page(map_page.show, url_path="map", default=True)
        state.turn_to(page, SERVED.edition())

"""The page that sets counties, or two selections, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import streamlit as st

from geo.export.csv_table import encode
from geo.language import N_, Language, Speaker, speaker
from layers.edition import assets
from layers.edition.served import SERVED
from layers.facts.package import Package
from layers.facts.territory import ground_notes
from layers.select import comparison, figure_notes
from layers.select.differences import differences, only_for_sure
from layers.select.selection import Selection
from layers.themes.open_lists import open_lists
from layers.themes.style import textures_of
from views.frame import chrome
from views.frame import session as state
from views.frame.components import Node, panel
from views.frame.page_parts import Counties, One, Part, Several, among
from views.frame.page_parts import programmes as programmes_of
from views.pages import own_held
from views.pages.county_choice import county_label
from views.pages.figure_notes import under_figures

MOST_COUNTIES: Final = 5

_MODE: Final = "compare_mode"
_COUNTIES: Final = "compare_counties"
_SIDES: Final = ("A", "B")

_MODES: Final = {"counties": N_("Several counties"), "selections": N_("Two selections")}
_GIVEN: Final = {"present": N_("Present selection"), "list": N_("List of programmes")}
_RULES: Final = {"any_of": N_("in any of them"), "all_of": N_("in all of them")}


_TWO: Final = (_MODE, "selections")


def _parts(side: str) -> tuple[Part, ...]:
    """Return what an address says of one of two selections."""
    small = side.lower()
    return (
        One(
            parameter=f"{small}_of",
            widget=f"compare_given_{side}",
            usual="present" if side == _SIDES[0] else "list",
            within=_TWO,
            options=among(_GIVEN),
        ),
        Several(
            parameter=small,
            widget=f"compare_programmes_{side}",
            within=(f"compare_given_{side}", "list"),
            options=programmes_of,
        ),
        One(
            parameter=f"{small}_rule",
            widget=f"compare_rule_{side}",
            usual=next(iter(_RULES)),
            within=(f"compare_given_{side}", "list"),
            options=among(_RULES),
        ),
    )


PARTS: Final = (
    One(
        parameter="mode",
        widget=_MODE,
        usual=next(iter(_MODES)),
        options=among(_MODES),
    ),
    Counties(
        parameter="compared",
        widget=_COUNTIES,
        most=MOST_COUNTIES,
        within=(_MODE, "counties"),
    ),
    *(part for side in _SIDES for part in _parts(side)),
)
"""What the address of the page holds."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is compared with: the facts and how to speak of them."""

    package: Package
    counties: gpd.GeoDataFrame
    language: Language
    say: Speaker

    def name(self, adcode: str) -> str:
        """Name a division, in English with the Chinese: romanised names repeat."""
        return self.package.divisions.named(adcode, self.language)

    def names(self, adcodes: Sequence[str]) -> str:
        """Name several divisions; a dash for none."""
        return self.say.series(map(self.name, adcodes)) or "–"

    def short(self, programmes: Sequence[str]) -> str:
        """Name several programmes; a dash for none."""
        known = [self.package.programmes[p].short(self.language) for p in programmes]
        return self.say.series(known) or "–"


def title(language: Language) -> str:
    """Return the title of the page."""
    return speaker(language)(N_("Compare"))


def show() -> None:
    """Lay out the page: what to compare, the table, the differences."""
    edition = SERVED.edition()
    files = assets.bundle(edition, chrome.prefix())
    shown = state.view(edition)
    chrome.notices(files, shown)
    say = speaker(shown.language)
    seen = own_held.edition_seen(edition)
    desk = Desk(seen.package, seen.counties(), shown.language, say)
    own = own_held.told(edition, say)
    lines: list[Node] = [["p", {}, own]] if own else []
    _write(desk, "compare_title", [["h1", {}, title(shown.language)], *lines])
    mode = _choice(N_("What to compare"), _MODES, _MODE, say)
    if mode == "counties":
        _counties(desk, shown.county)
    else:
        _selections(desk, shown.selection)


def _counties(desk: Desk, opened: str | None) -> None:
    say = desk.say
    state.usual(_COUNTIES, [opened] if opened else [])
    state.relabel([_COUNTIES])
    chosen = st.multiselect(
        say(N_("Counties, {n} at most"), n=MOST_COUNTIES),
        list(desk.counties.index),
        format_func=lambda adcode: county_label(
            desk.package.divisions, adcode, desk.language
        ),
        max_selections=MOST_COUNTIES,
        select_all=False,
        key=_COUNTIES,
        on_change=state.act,
        placeholder=say(N_("Name, pinyin or prefecture")),
        persist_state="session",
    )
    if len(chosen) < 2:
        text = N_("Choose two to five counties: one alone has nothing beside it.")
        _write(desk, "compare_few", [_notice(say(text))])
        return
    lines = comparison.county_lines(desk.package, desk.counties, chosen, desk.language)
    own = {
        a: [p for p in desk.package.programmes if a in desk.package.members(p)]
        for a in chosen
    }
    parts = differences(own)
    listed = [(say(N_("Programmes of all of them")), desk.short(parts.shared))]
    if len(chosen) > 2:
        title = say(N_("Programmes of several of them"))
        listed.append((title, desk.short(parts.some)))
    alone, unsure = only_for_sure(desk.package, parts.only)
    listed += [
        (say(N_("Programmes of {name} only"), name=desk.name(a)), desk.short(only))
        for a, only in alone.items()
    ]
    text = N_(
        "Programmes that include {name}, and do not say that the others are outside"
    )
    listed += [
        (say(text, name=desk.name(a)), desk.short(own))
        for a, own in unsure.items()
        if own
    ]
    # The first says that there is nothing in common; a column with nothing of its own
    # need not be said.
    listed = [pair for at, pair in enumerate(listed) if not at or pair[1] != "–"]
    heads = [desk.name(a) for a in chosen]
    name = "-".join(["counties", *chosen])
    _result(desk, heads, lines, listed, name, _grounds(desk, chosen))


def _selections(desk: Desk, present: Selection) -> None:
    say = desk.say
    columns = st.columns(2, gap="medium")
    chosen = {}
    for side, column in zip(_SIDES, columns, strict=True):
        with column:
            chosen[side] = _selection(desk, side, present)
    members = {
        side: [] if one is None else list(one.apply(desk.counties))
        for side, one in chosen.items()
    }
    empty = [side for side in _SIDES if not members[side]]
    if empty:
        text = say(
            N_("{sides}: no county. Choose programmes, or widen the selection."),
            sides=say.series(empty),
        )
        _write(desk, "compare_empty", [_notice(text)])
        return
    parts = differences(members)
    listed = [
        (say(N_("In both: {n}"), n=len(parts.shared)), desk.names(parts.shared)),
        *(
            (say(N_("Only in {side}: {n}"), side=side, n=len(own)), desk.names(own))
            for side, own in parts.only.items()
        ),
    ]
    heads = [
        f"{side} · {one.sentence(desk.language, desk.package)}"
        for side, one in chosen.items()
        if one is not None
    ]
    sums = [
        comparison.summed(desk.package, desk.counties, own) for own in members.values()
    ]
    lines = comparison.selection_lines(desk.package, sums, desk.language)
    more = [
        *figure_notes.cautions_of_sums(desk.package, desk.language),
        *_grounds(desk, [a for own in members.values() for a in own]),
        *(
            text
            for one in chosen.values()
            if one is not None
            for text in open_lists(desk.package, one, desk.language)
        ),
    ]
    _result(desk, heads, lines, listed, "selections", dict.fromkeys(more))


def _grounds(desk: Desk, adcodes: Iterable[str]) -> tuple[str, ...]:
    """Say which values mean another ground than the boundary that the area is of."""
    package, once = desk.package, dict.fromkeys(adcodes)
    return ground_notes(package, package.variables, once, desk.say)


def _selection(desk: Desk, side: str, present: Selection) -> Selection | None:
    """Ask for one of the two selections; None as long as no programme is chosen."""
    say = desk.say
    key = f"compare_given_{side}"
    first = "present" if side == _SIDES[0] else "list"
    given = _choice(N_("Selection {side}"), _GIVEN, key, say, first=first, side=side)
    if given == "present":
        text = present.sentence(desk.language, desk.package)
        _write(desk, f"compare_present_{side}", [["p", {}, text]])
        return present
    programmes = f"compare_programmes_{side}"
    state.relabel([programmes])
    chosen = st.multiselect(
        say(N_("Programmes of {side}"), side=side),
        list(desk.package.programmes),
        format_func=lambda p: desk.package.programmes[p].name(desk.language),
        select_all=False,
        key=programmes,
        on_change=state.act,
        placeholder=say(N_("Choose programmes")),
        persist_state="session",
    )
    rule = _choice(
        N_("A county of {side} is"), _RULES, f"compare_rule_{side}", say, side=side
    )
    return Selection().with_values(rule, chosen) if chosen else None


def _plain(desk: Desk, adcode: str) -> str:
    return desk.package.divisions.called(adcode, desk.language)


def _cells(desk: Desk, line: comparison.Line) -> list[Node]:
    """Write the columns of a line, with colour and texture where a programme is."""
    if not line.programme:
        return [["td", {}, text] for text in line.texts]
    textures = textures_of(list(desk.package.programmes.values()))
    colour = desk.package.programmes[line.programme].colour
    sign: Node = ["swatch", {"fills": [[colour, textures[line.programme]]]}]
    return [
        ["td", {}, sign, f" {text}"] if has else ["td", {}, text]
        for text, has in zip(line.texts, line.has, strict=True)
    ]


def _group(
    desk: Desk, group: str, lines: Sequence[comparison.Line], width: int
) -> Node:
    """Write the lines of one heading; those that lead have none."""
    rows: list[Node] = [
        ["tr", {}, ["th", {"scope": "row"}, line.head], *_cells(desk, line)]
        for line in lines
    ]
    if group:
        head = {"scope": "rowgroup", "colspan": str(width), "class": "atlas-group"}
        rows.insert(0, ["tr", {}, ["th", head, group]])
    return ["tbody", {}, *rows]


def _result(
    desk: Desk,
    heads: Sequence[str],
    lines: Sequence[comparison.Line],
    listed: Sequence[tuple[str, str]],
    name: str,
    more: Iterable[str] = (),
) -> None:
    """Show the table, what differs, how distances were measured, and the file."""
    say = desk.say
    top: list[Node] = [["th", {"scope": "col"}, h] for h in ["", *heads]]
    body = [
        _group(desk, group, [*own], len(heads) + 1)
        for group, own in groupby(lines, lambda line: line.group)
    ]
    table: Node = ["table", {}, ["thead", {}, ["tr", {}, *top]], *body]
    towards = comparison.reference_points(desk.package.boundaries)
    places = say.series(
        f"{_plain(desk, code)} {lon:.3f}° E {lat:.3f}° N"
        for code, (lon, lat) in towards.items()
    )
    note = say(
        N_(
            "Distances run over the WGS 84 ellipsoid between points inside the "
            "outlines (one that stands for each county, and for the whole of: "
            "{places}). They are not the seats of government, whose positions the "
            "data do not hold, and no distances by road."
        ),
        places=places,
    )
    lists: list[Node] = [
        node for head, text in listed for node in (["dt", {}, head], ["dd", {}, text])
    ]
    nodes: list[Node] = [
        ["h2", {}, say(N_("Differences"))],
        ["dl", {}, *lists],
        ["h2", {}, say(N_("Side by side"))],
        ["div", {"class": "atlas-scroll"}, table],
        *under_figures(desk.package, desk.language, more=more),
        ["p", {}, ["small", {}, note]],
    ]
    _write(desk, "compare_result", nodes)
    count = len(heads)
    data = pd.DataFrame(
        [[line.head, *line.texts] for line in lines]
        + [[h, text, *[""] * (count - 1)] for h, text in listed],
        columns=["item", *[f"{i}: {h}" for i, h in enumerate(heads, 1)]],
    )
    st.download_button(
        say(N_("Download the table as CSV")),
        lambda: encode(data),
        file_name=f"hebei-compare-{name}.csv",
        mime="text/csv",
        on_click="ignore",
        key="compare_csv",
    )


def _choice(
    label: str,
    options: Mapping[str, str],
    key: str,
    say: Speaker,
    *,
    first: str = "",
    **values: Any,
) -> str:
    first = first or next(iter(options))
    state.usual(key, first)
    chosen = st.segmented_control(
        say(label, **values),
        list(options),
        format_func=lambda name: say(options[name]),
        key=key,
        on_change=state.act,
        persist_state="session",
        required=True,
    )
    return chosen or first


def _write(desk: Desk, key: str, nodes: Sequence[Node]) -> None:
    files = assets.bundle(SERVED.edition(), chrome.prefix())
    panel(files, nodes, key=key, language=desk.language)


def _notice(text: str) -> Node:
    return ["section", {"class": "atlas-notice", "role": "status"}, text]

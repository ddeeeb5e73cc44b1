"""The page of plan targets: the ten indicators of table 1, and every other quantity."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from geo.language import N_, Language, speaker
from layers.edition import assets
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.select.scopes import scopes
from layers.select.targets import NOT_GIVEN, Filter, Target, counted
from views.frame import chrome
from views.frame import session as state
from views.frame.components import Node, panel
from views.frame.page_parts import LONGEST, Part, Several, Text
from views.pages import map as map_page
from views.pages.target_cards import Board, board, box_name, headline, listing

PAGE_SIZE: Final = 50

_WIDGETS: Final = {
    "sectors": "targets_sectors",
    "boxes": "targets_boxes",
    "scopes": "targets_scopes",
    "years": "targets_years",
    "text": "targets_text",
}
"""Parts of the filter and the keys of their widgets."""

_QUOTED: Final = 40
"""Characters of a search text that are repeated on the page."""


def title(language: Language) -> str:
    """Return the title of the page."""
    return speaker(language)(N_("Plan targets"))


def show() -> None:
    """Lay out the page: table 1, filters, and the targets that pass."""
    edition = SERVED.edition()
    files = assets.bundle(edition, chrome.prefix())
    shown = state.view(edition)
    chrome.notices(files, shown)
    language = shown.language
    plan_board = board(edition)

    def write(key: str, nodes: Sequence[Node], *, live: bool = False) -> None:
        panel(
            files,
            nodes,
            key=key,
            language=language,
            live=live,
            on_press=partial(_pressed, key),
        )

    write("targets_head", headline(plan_board, language))
    asked = _filter(plan_board, language)
    found = asked.apply(plan_board.targets)
    write("targets_count", summary(plan_board, asked, found, language), live=True)
    if not found:
        return
    # The key changes with the filter: another filter begins on its first page.
    page = 1
    if len(found) > PAGE_SIZE:
        page = st.pagination(
            -(-len(found) // PAGE_SIZE),
            key=f"targets_page_{zlib.crc32(repr(asked).encode())}",
            persist_state="session",
        )
    part = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    half = -(-len(part) // 2)
    left, right = st.columns(2, gap="medium")
    with left:
        write("targets_left", listing(plan_board, part[:half], language))
    with right:
        write("targets_right", listing(plan_board, part[half:], language))


def summary(
    board: Board, asked: Filter, found: Sequence[Target], language: Language
) -> list[Node]:
    """Say how many targets pass; if none, what to drop.

    Parameters
    ----------
    board : Board
        What the statistics page shows: facts, selection, language.
    asked : Filter
        What the filters ask for.
    found : sequence of Target
        Targets that pass.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    count = counted(board.targets, say)
    if asked.asked:
        text = N_("Found: {found}; of all: {total}")
        count = say(text, found=counted(found, say), total=count)
    nodes: list[Node] = [["p", {}, ["strong", {}, count]]]
    ways: list[Node] = []
    for name in asked.asked if not found else ():
        wording = say(
            N_("without {part}: {text}"),
            part=_said(board, asked, name, language),
            text=counted(asked.without(name).apply(board.targets), say),
        )
        drop = ["button", {"class": "atlas-link", "send": ["drop", name]}, wording]
        ways.append(["li", {}, drop])
    if ways:
        text = say(N_("No target matches. To widen the search, drop one of its parts:"))
        box = {"class": "atlas-notice", "role": "status"}
        short = say(
            N_(
                "The search reads the short wording of the targets, not the text of "
                "the plan: another word or a sector may find them. What the plan "
                "names without a quantity is no target; its places are on the map."
            )
        )
        reads: list[Node] = [["p", {}, short]] if "text" in asked.asked else []
        nodes.append(["section", box, text, ["ul", {}, *ways], *reads])
    return nodes


def _filter(board: Board, language: Language) -> Filter:
    """Show the filters and return what they ask."""
    state.relabel(_WIDGETS.values())
    say = speaker(language)
    text = st.text_input(
        say(
            N_("Search subject, indicator, sector, box, scope, responsible body, notes")
        ),
        key=_WIDGETS["text"],
        max_chars=LONGEST,
        on_change=state.act,
        placeholder=say(N_("Chinese or English words")),
        persist_state="session",
    )
    labels = {
        "sectors": say(N_("Sector")),
        "boxes": say(N_("Box")),
        "scopes": say(N_("Scope")),
        "years": say(N_("Target year")),
    }
    offered = choices(board)
    chosen: dict[str, tuple[Any, ...]] = {}
    for (part, label), column in zip(labels.items(), st.columns(4), strict=True):
        with column:
            values = st.multiselect(
                label,
                list(offered[part]),
                select_all=False,
                key=_WIDGETS[part],
                on_change=state.act,
                format_func=partial(_option, board, offered, part, language),
                placeholder=say(N_("any")),
                persist_state="session",
            )
        chosen[part] = tuple(values)
    return Filter(**chosen, text=text or "")


def choices(board: Board) -> dict[str, dict[Any, int]]:
    """Count the targets of every value that a part of the filter may take, in order."""
    targets = board.targets
    counts: dict[str, Counter[Any]] = {
        "sectors": Counter(t.sector for t in targets),
        "boxes": Counter(b for t in targets for b in t.boxes or (NOT_GIVEN,)),
        "scopes": Counter(scope for t in targets for scope in t.scopes),
        "years": Counter(t.year or NOT_GIVEN for t in targets),
    }
    order: dict[str, Iterable[Any]] = {
        "sectors": board.package.descriptions["targets"].field("sector").labels,
        "scopes": board.scopes,
    }
    return {
        part: {v: n[v] for v in order.get(part, sorted(n)) if n[v]}
        for part, n in counts.items()
    }


_NONE: Final = "none"
"""What an address says for targets without a box or a year."""


def _offered(part: str, edition: Edition) -> dict[str, Any]:
    return {str(v or _NONE): v for v in choices(board(edition))[part]}


class _Values(Several):
    """Values of a part of the filter, of which one may be that nothing is given."""

    def write(self, value: Any) -> str:
        return ",".join(str(one or _NONE) for one in value or ())


PARTS: Final[tuple[Part, ...]] = (
    Text(parameter="find", widget=_WIDGETS["text"]),
    *(
        _Values(
            parameter=parameter, widget=_WIDGETS[part], options=partial(_offered, part)
        )
        for part, parameter in {
            "sectors": "sector",
            "boxes": "box",
            "scopes": "scope",
            "years": "target_year",
        }.items()
    ),
)
"""What the address of the page holds."""


def _option(
    board: Board,
    offered: dict[str, dict[Any, int]],
    part: str,
    language: Language,
    value: Any,
) -> str:
    return f"{_value_name(board, part, value, language)} ({offered[part][value]})"


def _value_name(board: Board, part: str, value: Any, language: Language) -> str:
    say = speaker(language)
    if part == "sectors":
        return say(board.package.label("targets", "sector", value))
    if part == "scopes":
        return board.scopes[value].title(language)
    if part == "boxes":
        return (
            box_name(board, value, language) if value else say(N_("outside the boxes"))
        )
    return str(value) if value else say(N_("no year given"))


def _said(board: Board, asked: Filter, part: str, language: Language) -> str:
    say = speaker(language)
    if part == "text":
        text = asked.text.strip()
        short = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"
        return say(N_("“{text}”"), text=short)
    return say.series(
        _value_name(board, part, value, language) for value in asked.part(part)
    )


def _pressed(panel_key: str) -> None:
    """Answer a button of a panel: open a scope on the map, or drop a filter."""
    action, value = state.event(panel_key, "press")
    if action == "drop" and value in _WIDGETS:
        state.put(_WIDGETS[value], "" if value == "text" else [])
    if action == "scope":
        package = SERVED.edition().package
        scope = scopes(package).get(value)
        selection = scope.selection(package) if scope else None
        if selection is not None:
            state.choose(selection)
            page = st.Page(map_page.show, url_path="map", default=True)
            state.turn_to(page, SERVED.edition())

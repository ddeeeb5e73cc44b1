"""The account of a table: how it is read, what became of each row, how to settle it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.export.csv_table import encode
from geo.language import N_, Language, Speaker, speaker
from layers.edition.assets import Bundle
from layers.own.account import PROBLEMS, problems, report
from layers.own.cells import text_of
from layers.own.guessing import build
from layers.own.header import cell_at
from layers.own.joined import LEAVE_OUT, Decision, Detail, JoinedTable
from layers.own.layout import ROLES, WHY, Layout, Role
from layers.own.outcomes import TITLES
from views.frame import session as state
from views.frame.components import Node, panel
from views.pages import own_decided

_SHEET: Final = "own_sheet"
_HEADER: Final = "own_header"
_COLUMNS: Final = "own_columns"
_ROWS: Final = "own_rows"
_BASE: Final = "own_base"
_TABLE: Final = "own_table"
_TEXTS: Final = "own_decided"
"""What was decided in the session, by file: code, name and prefecture as written."""

_MOST_ROWS: Final = 300
"""Rows that can be settled by hand; a table with more has another fault."""

_SAMPLES: Final = 3

ROLE_NAMES: Final[Mapping[Role, str]] = {
    "code": N_("code of the county"),
    "name": N_("name of the county"),
    "prefecture": N_("prefecture"),
    "year": N_("year"),
    "value": N_("figures"),
    "running": N_("running number"),
    "number": N_("identifier"),
    "date": N_("date"),
    "longitude": N_("longitude"),
    "latitude": N_("latitude"),
    "text": N_("words"),
    "empty": N_("not used"),
}


def remembered(digest: str) -> dict[tuple[str, str, str], Decision]:
    """Return what was decided in this session for rows of other files."""
    kept: Mapping[str, Any] = st.session_state.get(_TEXTS, {})
    texts: dict[tuple[str, str, str], Decision] = {}
    for file, decided in kept.items():
        if file != digest:
            texts |= decided
    return texts


def show(
    files: Bundle, guessed: JoinedTable, digest: str, language: Language
) -> JoinedTable:
    """Show how a table is read and joined; return it as corrected by hand.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    guessed : JoinedTable
        The table with its guessed layout.
    digest : str
        Of the file: corrections are kept by it.
    language : {"zh", "en"}
        Language of the page.
    """
    say = speaker(language)
    base = corrected(guessed, digest, language)
    # Of another list of rows the editor must not take what was chosen in this one.
    key = f"{digest}_{own_decided.table_key(base)}_{language}"
    summary = st.container()
    table = _settled(base, digest, key, say)
    own_decided.note(digest, decisions=table.decisions)
    with summary:
        panel(files, _told(table, language), key="own-account", language=language)
    st.download_button(
        say(N_("Download the account of all rows (CSV)")),
        data=lambda: encode(_as_table(table, language)),
        file_name="own_rows.csv",
        mime="text/csv",
        on_click="ignore",
        key="own-account-file",
    )
    return table


def corrected(guessed: JoinedTable, digest: str, language: Language) -> JoinedTable:
    """Show how a table is read, to be corrected by hand; return it as it is then.

    Parameters
    ----------
    guessed : JoinedTable
        The table with its guessed layout.
    digest : str
        Of the file: corrections are kept by it.
    language : {"zh", "en"}
        Language of the page.
    """
    guessed = own_decided.begun(guessed, digest.removesuffix("_up"))
    layout = _layout(guessed, digest, speaker(language))
    own_decided.note(digest.removesuffix("_up"), layout=layout)
    # A table is the same object as long as nothing is changed, and joins its rows once.
    return state.kept(_BASE, (guessed, layout), lambda: guessed.with_layout(layout))


def _layout(guessed: JoinedTable, digest: str, say: Speaker) -> Layout:
    """Offer what was guessed of the table to be changed; return what holds."""
    layout, upload = guessed.layout, guessed.upload
    with st.expander(say(N_("How the table was read: look and correct"))):
        if len(upload.sheets) > 1:
            chosen = st.selectbox(
                say(N_("Sheet")),
                range(len(upload.sheets)),
                index=layout.sheet,
                format_func=lambda i: upload.sheets[i].name or str(i + 1),
                key=f"{_SHEET}_{digest}",
            )
            if chosen is not None and chosen != layout.sheet:
                layout = build(upload, guessed.places, int(chosen), (0,), 1)
        if not upload.is_layer:
            layout = _header(guessed, layout, digest, say)
        return _roles(guessed, layout, digest, say)


def _header(guessed: JoinedTable, layout: Layout, digest: str, say: Speaker) -> Layout:
    """Offer the rows of the header; 0 to 0 is a table without one."""
    first = layout.header[0] + 1 if layout.header else 0
    last = layout.header[-1] + 1 if layout.header else 0
    rows = len(guessed.upload.sheets[layout.sheet].rows)
    left, right = st.columns(2)
    key = f"{_HEADER}_{digest}_{layout.sheet}"
    begin = left.number_input(
        say(N_("First row of the heading (0: none)")),
        min_value=0,
        max_value=max(rows, first),
        value=first,
        key=f"{key}_first",
    )
    end = right.number_input(
        say(N_("Last row of the heading")),
        min_value=0,
        max_value=max(rows, last),
        value=last,
        key=f"{key}_last",
    )
    if (begin, end) == (first, last):
        return layout
    header = tuple(range(int(begin) - 1, int(end))) if begin and end >= begin else ()
    below = header[-1] + 1 if header else 0
    return build(guessed.upload, guessed.places, layout.sheet, header, below)


def _roles(guessed: JoinedTable, layout: Layout, digest: str, say: Speaker) -> Layout:
    """Offer what each column is for, with the reason of the guess and some cells."""
    names = {role: say(text) for role, text in ROLE_NAMES.items()}
    roles = {name: role for role, name in names.items()}
    sheet = guessed.upload.sheets[layout.sheet]
    below = sheet.rows[layout.first : layout.first + 40]
    frame = pd.DataFrame(
        [
            {
                "column": column.name,
                "role": names[column.role],
                "sample": say.series(_sample(below, column.index)),
                "why": say(WHY[column.why], n=column.n, total=column.total),
            }
            for column in layout.columns
        ]
    )
    edited = st.data_editor(
        frame,
        hide_index=True,
        disabled=["column", "sample", "why"],
        column_config={
            "column": say(N_("Column")),
            "role": st.column_config.SelectboxColumn(
                say(N_("What it is")),
                options=[names[role] for role in ROLES],
                required=True,
            ),
            "sample": say(N_("Some cells")),
            "why": say(N_("Reason")),
        },
        key=f"{_COLUMNS}_{digest}_{own_decided.layout_key(layout)}_{say.language}",
    )
    for column, chosen in zip(layout.columns, edited["role"], strict=True):
        if roles.get(chosen, column.role) != column.role:
            layout = layout.with_role(column.index, roles[chosen])
    return layout


def _sample(rows: Any, index: int) -> list[str]:
    texts = (text_of(cell_at(row, index))[:40] for row in rows)
    return [text for text in texts if text][:_SAMPLES]


def _settled(base: JoinedTable, digest: str, key: str, say: Speaker) -> JoinedTable:
    """Offer a county for each row that has none; return the table so decided."""
    unsettled = [d for d in base.details if d.group == "unresolved"]
    aside = [
        d
        for d in base.details
        if d.group == "set_aside" and d.verdict.outcome != "blank_row"
    ]
    # What was settled before, for another file or by whoever kept this one, can be
    # settled otherwise.
    before = [d for d in base.details if d.verdict.outcome == "joined_decision"]
    listed = [*unsettled, *aside, *before][:_MOST_ROWS]
    if not listed:
        return base
    called = base.places.divisions.named
    named = {f"{called(a, say.language)} {a}": a for a in base.places.counties}
    leave = say(N_("leave the row out"))
    editor = f"{_ROWS}_{key}"
    done = _settled_now(editor)
    opened = sum(row not in done for row in range(len(unsettled)))
    left_out = sum(done.get(row) == leave for row in range(len(unsettled)))
    taken = (row for row in done if len(unsettled) <= row < len(unsettled + aside))
    joined = sum(done[row] != leave for row in taken)
    title = N_("Rows without a county: {open} to settle, {aside} set aside")
    with st.expander(
        say(title, open=opened, aside=len(aside) + left_out - joined),
        expanded=bool(unsettled),
    ):
        if len(unsettled) + len(aside) > _MOST_ROWS:
            text = N_("The first {n} are shown; the account has all of them.")
            st.caption(say(text, n=_MOST_ROWS))
        edited = st.data_editor(
            pd.DataFrame(
                [
                    {
                        "row": d.row.number,
                        "says": " ".join(filter(None, d.row.says)),
                        "why": d.say(say.language) or say(TITLES[d.verdict.outcome]),
                        "suggested": say.series(
                            called(a, say.language) for a in d.verdict.suggestions
                        ),
                        "county": _choice(d, called, leave, say),
                    }
                    for d in listed
                ]
            ).astype({"county": "object"}),
            hide_index=True,
            disabled=["row", "says", "why", "suggested"],
            column_config={
                "row": say(N_("Row")),
                "says": say(N_("As written")),
                "why": say(N_("Why, and what to do")),
                "suggested": say(N_("Likely")),
                "county": st.column_config.SelectboxColumn(
                    say(N_("County")), options=[leave, *named]
                ),
            },
            key=editor,
            placeholder="",
        )
    chosen = {
        detail.row.number: named.get(text, LEAVE_OUT)
        for detail, text in zip(listed, edited["county"], strict=True)
        if isinstance(text, str) and text
    }
    table = state.kept(_TABLE, (base, chosen), lambda: base.decide(chosen))
    kept = st.session_state.setdefault(_TEXTS, {})
    kept[digest] = dict(table.decisions.texts)
    return table


def _settled_now(editor: str) -> dict[int, str]:
    """Return what is chosen in the editor now, by the row in it."""
    held = st.session_state.get(editor) or {}
    edits: Mapping[int, Mapping[str, Any]] = held.get("edited_rows", {})
    chosen = {int(row): str(edits[row].get("county") or "") for row in edits}
    return {row: text for row, text in chosen.items() if text}


def _choice(
    detail: Detail, called: Callable[[str, Language], str], leave: str, say: Speaker
) -> str | None:
    """Return what was decided of a row before, as the editor says it."""
    verdict = detail.verdict
    if verdict.outcome == "left_out":
        return leave
    if verdict.outcome != "joined_decision":
        return None
    return f"{called(verdict.adcode, say.language)} {verdict.adcode}"


def _told(table: JoinedTable, language: Language) -> list[Node]:
    """Say the account: three counts that add up, and what is to be known."""
    say = speaker(language)
    counts = table.counts
    total = N_(
        "{rows} {rows:row|rows}: {joined} joined, {aside} set aside, {open} unresolved."
    )
    head = say(
        total,
        rows=len(table.details),
        joined=counts["joined"],
        aside=counts["set_aside"],
        open=counts["unresolved"],
    )
    lines: list[Node] = [
        ["li", {}, say(PROBLEMS[code], **about)]
        for code, about in problems(table, language)
    ]
    return [
        ["h2", {}, table.upload.name],
        ["p", {}, ["strong", {}, head]],
        ["ul", {}, *lines],
    ]


def _as_table(table: JoinedTable, language: Language) -> pd.DataFrame:
    """Return the account of every row, as the command line gives it."""
    told = report(table, language)["details"]
    names = table.places.divisions
    frame = pd.DataFrame(
        [
            {
                **detail,
                "suggestions": "; ".join(detail["suggestions"]),
                "county": names[detail["adcode"]].name if detail["adcode"] else "",
            }
            for detail in told
        ]
    )
    return frame.fillna("")

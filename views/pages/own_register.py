"""A register on the page: whether a file is one, and what its columns are.

Its rows are parts of counties: villages, households, persons. What is then asked of it
is in :mod:`views.pages.own_added_up`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.language import N_, Language, Speaker, speaker
from layers.aggregate.asking import Work
from layers.aggregate.upload import as_text, roles_in
from layers.edition.assets import Bundle
from layers.edition.edition import Edition
from layers.own.cells import text_of
from layers.own.guessing import sampled
from layers.own.joined import JoinedTable
from layers.own.layout import Role
from layers.own.limits import MEGABYTE, Limits
from layers.own.places import Places
from layers.own.reading import Sheet, Upload
from layers.own.refusals import RefusedError
from views.frame import session as state
from views.pages import own_account, own_added_up, own_decided
from views.pages.own_account import ROLE_NAMES
from views.pages.own_added_up import Register
from views.pages.own_wanted import Column, columns_of

_LOOK: Final = "own_register_look"
_COLUMNS: Final = "own_register_columns"

_PARQUET_MARK: Final = b"PAR1"
_FEW_REASONS: Final = frozenset(
    {"rows", "cells", "answer", "time", "memory", "columns"}
)
"""Why the reader of tables refuses what may still be added up."""

_CODE_LENGTHS: Final = frozenset({9, 12})
"""Digits of codes of towns and villages."""

_TOP: Final = 20
"""Rows in which the heading of a table ends."""

_ROLES: Final[tuple[Role, ...]] = (
    *("code", "name", "prefecture", "longitude", "latitude", "value", "text"),
)
_ROLE_OF: Final[Mapping[str, Role]] = {
    "code": "code",
    "name": "name",
    "prefecture": "prefecture",
    "lon": "longitude",
    "lat": "latitude",
}


def is_large(content: bytes) -> bool:
    """Return whether a file is for adding up only: Parquet, or too large a text.

    Parameters
    ----------
    content : bytes
        The file.
    """
    most = Limits.from_environment().file_mb * MEGABYTE
    return len(content) > most and _is_table(content)


def can_be(refusal: RefusedError | None, content: bytes) -> bool:
    """Return whether what the reader of tables refuses may still be added up.

    Parameters
    ----------
    refusal : RefusedError or None
        Why it is refused.
    content : bytes
        The file.
    """
    if refusal is None:
        return False
    return content.startswith(_PARQUET_MARK) or (
        refusal.reason in _FEW_REASONS and _is_table(content)
    )


def _is_table(content: bytes) -> bool:
    head = content[:1024]
    is_text = not head.startswith((b"PK", b"\xd0\xcf\x11\xe0", b"SQLite", b"\x1f\x8b"))
    is_markup = head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"{"))
    return head.startswith(_PARQUET_MARK) or (is_text and not is_markup)


def is_meant(table: JoinedTable, refused: bool, language: Language) -> bool:
    """Ask whether rows are counties or parts of them, where both may be.

    Parameters
    ----------
    table : JoinedTable
        The file with its layout.
    refused : bool
        Whether it is refused, or has positions only, where rows are counties.
    language : {"zh", "en"}
        Of the page.
    """
    if any(table.upload.sheets[table.layout.sheet].shapes):
        return False
    say = speaker(language)
    if refused:
        # Codes of towns lead to no county as rows, but to one when added up.
        many = _town_column(table) is not None
        if not many and not {"lon", "lat"} <= roles_in(table.layout).keys():
            return False
    else:
        meet = sum(d.verdict.outcome == "duplicate" for d in table.details)
        if not meet:
            return False
        many = meet * 2 >= len(table.details)
    names = {
        "county": say(N_("A county, or one thing with its position")),
        "part": say(
            N_("A part of a county (village, household, person): add rows up by county")
        ),
    }
    chosen = st.radio(
        say(N_("What a row of the table is")),
        [*names],
        index=1 if many else 0,
        format_func=lambda key: names[key],
        key=f"own_rows_are_{many}",
    )
    return chosen == "part"


def heading(upload: Upload, places: Places) -> tuple[int, int] | None:
    """Return sheet and first row of a table of villages, from 0; None if none is.

    Parameters
    ----------
    upload : Upload
        A file in which nothing names a county by itself.
    places : Places
        Names and codes of the edition.
    """
    for at, sheet in enumerate(upload.sheets):
        width = max((len(row) for row in sheet.rows), default=0)
        if any(_leads(sheet, index, 0, places) for index in range(width)):
            for number, row in enumerate(sheet.rows[:_TOP]):
                if any(_register_code(text_of(cell)) for cell in row):
                    return at, number
    return None


def _town_column(table: JoinedTable) -> int | None:
    """Return the column that holds codes of towns or villages, if one does."""
    sheet, layout = table.upload.sheets[table.layout.sheet], table.layout
    for column in layout.columns:
        if _leads(sheet, column.index, layout.first, table.places):
            return column.index
    return None


def _leads(sheet: Sheet, index: int, first: int, places: Places) -> bool:
    """Return whether half of what a column holds are codes inside counties."""
    codes = [_register_code(text_of(cell)) for cell in sampled(sheet, index, first)]
    counties = {*places.counties, *places.former_codes}
    led = sum(code[:6] in counties for code in codes)
    return led > 1 and led * 2 >= len(codes) - 1


def _register_code(text: str) -> str:
    """Return a code of a town or village; "" if it is none."""
    digits = text.removesuffix(".0")
    is_one = len(digits) in _CODE_LENGTHS and digits.isdecimal() and digits.isascii()
    return digits if is_one else ""


def of_table(
    edition: Edition,
    files: Bundle,
    shown: state.View,
    table: JoinedTable,
    digest: str,
) -> None:
    """Add up a file that was read already, with the layout as it is corrected.

    Parameters
    ----------
    edition : Edition
        The edition that is served.
    files : Bundle
        Scripts and styles of the page.
    shown : View
        What the session shows.
    table : JoinedTable
        The file with its layout.
    digest : str
        Of the file.
    """
    language = shown.language
    if table.layout.only("code") is None and (town := _town_column(table)) is not None:
        table = table.with_layout(table.layout.with_role(town, "code"))
    table = own_account.corrected(table, f"{digest}_up", language)
    layout, upload = table.layout, table.upload
    columns = state.kept(_COLUMNS, (digest, layout), lambda: columns_of(table))
    key = f"{digest}_{layout.sheet}_{own_decided.layout_key(layout)}"
    register = Register(edition, files, shown, key, upload.name, table.places, digest)
    content = lambda: as_text(upload, layout)  # noqa: E731 - made when it is asked for
    own_added_up.ask(register, columns, roles_in(layout), content)


def of_file(
    edition: Edition,
    files: Bundle,
    shown: state.View,
    content: bytes,
    name: str,
    digest: str,
    places: Places,
) -> None:
    """Add up a CSV or Parquet that is too large to be read row by row here.

    Parameters
    ----------
    edition : Edition
        The edition that is served.
    files : Bundle
        Scripts and styles of the page.
    shown : View
        What the session shows.
    content : bytes
        The file.
    name : str
        What it is called.
    digest : str
        Of the file.
    places : Places
        Names and codes of the edition.
    """
    register = Register(edition, files, shown, digest, name, places, digest)
    look = state.kept(
        _LOOK,
        (digest, name, edition.digest),
        lambda: register.work(content, None).start(),
        Work.cancel,
    )
    answer = own_added_up.answer_of(register, look)
    if answer is None:
        return
    say = speaker(shown.language)
    text = N_(
        "{rows} {rows:row|rows}. The first row of the file has the names of the "
        "columns."
    )
    st.caption(say(text, rows=f"{answer['rows']:,}"))
    roles, numbers = _corrected(register, answer, digest, say)
    columns = [
        Column(
            name=column["name"],
            is_number=column["name"] in numbers,
            values=tuple(column["values"]),
        )
        for column in answer["columns"]
    ]
    own_added_up.ask(register, columns, roles, lambda: content)


def _corrected(
    register: Register, answer: Mapping[str, Any], digest: str, say: Speaker
) -> tuple[dict[str, str], set[str]]:
    """Offer what was guessed of each column; return roles, and columns of figures."""
    names = {role: say(ROLE_NAMES[role]) for role in _ROLES}
    of_column = {column: _ROLE_OF[role] for role, column in answer["roles"].items()}

    before = own_decided.roles_of(digest)

    def role(column: Mapping[str, Any]) -> Role:
        usual: Role = "value" if column["is_number"] else "text"
        kept = before.get(column["name"])
        guessed = of_column.get(column["name"], usual)
        return next((known for known in _ROLES if known == kept), guessed)

    with st.expander(say(N_("How the table was read: look and correct"))):
        edited = st.data_editor(
            pd.DataFrame(
                [
                    {
                        "column": column["name"],
                        "role": names[role(column)],
                        "sample": say.series(column["sample"]),
                    }
                    for column in answer["columns"]
                ]
            ),
            hide_index=True,
            disabled=["column", "sample"],
            column_config={
                "column": say(N_("Column")),
                "role": st.column_config.SelectboxColumn(
                    say(N_("What it is")), options=[*names.values()], required=True
                ),
                "sample": say(N_("Some cells")),
            },
            key=f"own_register_roles_{register.key}_{say.language}",
        )
    chosen = {name: role for role, name in names.items()}
    own_decided.note(
        digest,
        roles={
            column: chosen[called]
            for column, called in zip(edited["column"], edited["role"], strict=True)
        },
    )
    short = {long: role for role, long in _ROLE_OF.items()}
    roles: dict[str, str] = {}
    numbers = set()
    for column, called in zip(edited["column"], edited["role"], strict=True):
        if chosen[called] == "value":
            numbers.add(column)
        elif chosen[called] in short:
            roles.setdefault(short[chosen[called]], column)
    return roles, numbers

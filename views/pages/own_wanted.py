"""What can be asked of a register: by what its counties are found, which figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from geo.language import N_, Speaker
from layers import settings
from layers.aggregate.asking import Wanted
from layers.aggregate.upload import names_of
from layers.own.cells import text_of
from layers.own.header import cell_at
from layers.own.joined import JoinedTable
from layers.own.words import PERSONS, says

_MOST_VALUES: Final = 24
"""Different texts of a column of which a share may be asked."""

_WAYS: Final = {
    "code": N_("the code: {code}"),
    "name": N_("the name: {name}"),
    "both": N_("code and name, which must agree: {code}, {name}"),
    "point": N_("the point: {lon}, {lat}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a register.

    Attributes
    ----------
    name : str
        As the process calls it.
    is_number : bool
        Whether figures can be made of it.
    values : tuple of str
        What it says, if that is a few different texts.
    unit : str
        As its header says it.
    """

    name: str
    is_number: bool
    values: tuple[str, ...]
    unit: str = ""


def columns_of(table: JoinedTable) -> list[Column]:
    """Return the columns of a file that was read already.

    Parameters
    ----------
    table : JoinedTable
        The file with its layout.
    """
    layout = table.layout
    rows = table.upload.sheets[layout.sheet].rows[layout.first :]
    columns = []
    for column, name in zip(layout.columns, names_of(layout), strict=True):
        values: dict[str, None] = {}
        for row in rows:
            if text := text_of(cell_at(row, column.index)):
                values[text] = None
            if len(values) > _MOST_VALUES:
                break
        columns.append(
            Column(
                name=name,
                is_number=column.role == "value",
                values=tuple(values) if len(values) <= _MOST_VALUES else (),
                unit=column.unit,
            )
        )
    return columns


def way_of(roles: Mapping[str, str], key: str, say: Speaker) -> dict[str, str] | None:
    """Ask by what the counties are found, where there are several ways.

    Parameters
    ----------
    roles : mapping of str to str
        Columns by role: code, name, prefecture, lon, lat.
    key : str
        Of the box.
    say : Speaker
        Of the language wanted.
    """
    ways: dict[str, dict[str, str]] = {}
    place = {r: c for r, c in roles.items() if r in {"name", "prefecture"}}
    if "code" in roles:
        ways["code"] = {"code": roles["code"]}
    if "name" in roles:
        ways["name"] = place
    if {"code", "name"} <= roles.keys():
        ways["both"] = {"code": roles["code"], **place}
    if {"lon", "lat"} <= roles.keys():
        ways["point"] = {"lon": roles["lon"], "lat": roles["lat"]}
    if not ways:
        return None
    chosen = st.radio(
        say(N_("How the counties are found")),
        [*ways],
        format_func=lambda way: say(_WAYS[way], **roles),
        key=f"own_way_of_rows_{key}",
    )
    return ways.get(chosen or "") or next(iter(ways.values()))


def wanted_of(
    columns: Sequence[Column], way: Mapping[str, str], key: str, say: Speaker
) -> Wanted:
    """Ask for the figures, and of how few persons nothing is shown.

    Parameters
    ----------
    columns : sequence of Column
        Those that lead to no county.
    way : mapping of str to str
        Columns that do, by role.
    key : str
        Of the boxes.
    say : Speaker
        Of the language wanted.
    """
    numbers = [column.name for column in columns if column.is_number]
    persons = ""
    measures: list[str] = []
    if numbers:
        usual = next((name for name in numbers if says(PERSONS, name)), "")
        persons = (
            st.selectbox(
                say(N_("Persons that a row stands for")),
                ["", *numbers],
                index=["", *numbers].index(usual),
                format_func=lambda name: name or say(N_("one: each row is a person")),
                key=f"own_persons_{key}",
            )
            or ""
        )
        left, middle, right = st.columns(3)
        for place, kind, text in (
            (left, "sum", N_("Sums of")),
            (middle, "mean", N_("Means of")),
            (right, "median", N_("Medians of")),
        ):
            chosen = place.multiselect(
                say(text), numbers, key=f"own_{kind}_{key}", placeholder=say(N_("None"))
            )
            measures += [f"{kind}:{name}" for name in chosen]
        means = [text for text in measures if text.startswith("mean:")]
        if persons and means:
            label = N_("Weight means by {persons}")
            if st.checkbox(say(label, persons=persons), True, key=f"own_weight_{key}"):
                measures = [f"{t}*{persons}" if t in means else t for t in measures]
    shares = [
        f"share:{column.name}={value}"
        for column in columns
        if not column.is_number
        for value in column.values
    ]
    if shares:
        measures += st.multiselect(
            say(N_("Shares of rows that say")),
            shares,
            format_func=lambda text: text.removeprefix("share:").replace("=", " = "),
            key=f"own_share_{key}",
            placeholder=say(N_("None")),
        )
    least = st.number_input(
        say(N_("Withhold figures of fewer persons than (0: none)")),
        min_value=0,
        value=settings.current().aggregate_suppress,
        help=say(
            N_(
                "Counties of fewer persons show nothing, and further counties neither "
                "where the figure could be had by subtraction from a total."
            )
        ),
        key=f"own_least_{key}",
    )
    return Wanted(
        measures=tuple(measures), roles=dict(way), persons=persons, least=int(least)
    )

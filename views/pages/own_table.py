"""The counties that are shown with their own values, as a table to be sorted."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from geo.language import N_
from views.pages.own_files import Own


def show(own: Own) -> None:
    """Show the counties that are left by scope and filters, a row each.

    Parameters
    ----------
    own : Own
        What the page shows.
    """
    say = own.say
    table = of_counties(own)
    title = N_("Table: {n} {n:county|counties} with your columns")
    with st.expander(say(title, n=len(table))):
        st.dataframe(table, hide_index=True)


def of_counties(own: Own) -> pd.DataFrame:
    """Return the table: code, name, prefecture, then each own column.

    Parameters
    ----------
    own : Own
        What the page shows. Two columns of one name are told apart by a number.
    """
    say, package = own.say, own.edition.package
    divisions = package.divisions
    counties = own.edition.counties()
    chosen = own.selection.apply(counties)
    columns: dict[str, object] = {
        say(N_("Adcode")): list(chosen),
        say(N_("County")): [divisions.named(a, say.language) for a in chosen],
        say(N_("Prefecture")): [
            divisions.named(divisions[a].parent, say.language) for a in chosen
        ],
    }
    for variable in own.variables:
        column = counties.loc[chosen, variable.id]
        if variable.kind == "category":
            names = {v.value: v.name(say.language) for v in variable.classes}
            column = column.map(names)
        unit = package.units.get(variable.unit)
        name = variable.name(say.language)
        called = unit.name(say.language) if unit else ""
        if called and called not in name and variable.unit not in name:
            name = f"{name} ({called})"
        head, number = name, 1
        while head in columns:
            number += 1
            head = f"{name} {number}"
        columns[head] = column.to_list()
    return pd.DataFrame(columns)

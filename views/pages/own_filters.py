"""Counties narrowed by values of one's own columns, as by those of the atlas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import streamlit as st

from geo.language import N_, Speaker
from layers.edition.assets import Bundle
from layers.edition.edition import Edition
from layers.facts.variables import Variable
from layers.select.choices import BETWEEN
from layers.select.classing import plain
from layers.select.selection import Selection
from views.frame.components import Node, panel
from views.frame.markdown import literal


def narrowed(
    files: Bundle,
    edition: Edition,
    variables: Sequence[Variable],
    scope: Selection,
    key: str,
    say: Speaker,
) -> Selection | None:
    """Ask for values of own columns; return the counties that have them.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    edition : Edition
        The edition with the own facts.
    variables : sequence of Variable
        Those of the user.
    scope : Selection
        What is to be narrowed.
    key : str
        Of the boxes, by file and sheet.
    say : Speaker
        Of the language wanted.

    Returns
    -------
    Selection or None
        None if no county is left, which is said.
    """
    selection = scope
    with st.expander(say(N_("Only counties with certain values"))):
        known = {v.id: v for v in variables if v.kind in {"number", "category", "date"}}
        asked = st.multiselect(
            say(N_("Columns that are asked for")),
            [*known],
            format_func=lambda name: known[name].name(say.language),
            select_all=False,
            key=f"own_filters_{key}",
            placeholder=say(N_("None")),
        )
        for name in asked:
            if name in known:
                values = [*_values(edition, known[name], f"{key}_{name}", say)]
                selection = selection.with_values(name, values)
    counties = edition.counties()
    chosen = selection.apply(counties)
    if selection != scope:
        sentence = selection.sentence(say.language, edition.package)
        text = N_(
            "{sentence}: {n} of {total} counties. By own data of the user, not of the "
            "plan."
        )
        told = say(text, sentence=sentence, n=len(chosen), total=len(counties))
        nodes: list[Node] = [["p", {"role": "status"}, told]]
        panel(files, nodes, key="own-narrowed", language=say.language, live=True)
    if len(chosen):
        return selection
    st.warning(say(N_("No county has such values: widen what is asked for above.")))
    return None


def _values(
    edition: Edition, variable: Variable, key: str, say: Speaker
) -> Iterator[str]:
    """Ask for values of one column, as an address of the atlas says them."""
    name = literal(variable.name(say.language))
    if variable.kind == "category":
        names = {known.value: known.name(say.language) for known in variable.classes}
        yield from st.multiselect(
            name,
            [*names],
            format_func=lambda value: names[value],
            select_all=False,
            key=f"own_values_{key}",
            placeholder=say(N_("None")),
        )
        return
    column = edition.counties()[variable.id].to_numpy(dtype=float, na_value=np.nan)
    known = column[np.isfinite(column)]
    if not len(known):
        return
    ends = [plain(float(end)) for end in (known.min(), known.max())]
    limits: list[float | None] = []
    for place, end, text in zip(
        st.columns(2),
        ends,
        (N_("{name}: at least"), N_("{name}: at most")),
        strict=True,
    ):
        limits.append(
            place.number_input(
                say(text, name=name),
                value=None,
                placeholder=end,
                key=f"own_limit_{key}_{text}",
            )
        )
    least, most = limits
    if least is not None and most is not None and least > most:
        st.error(say(N_("The least value is above the greatest: exchange them.")))
    elif (least, most) != (None, None):
        yield BETWEEN.join("" if end is None else plain(end) for end in limits)

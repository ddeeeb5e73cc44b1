"""Who lies far from the others in the number that is shown, by name."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from geo.language import N_
from layers.facts.value_texts import number_text
from layers.select.outliers import outliers
from views.frame.markdown import literal
from views.pages.own_files import Own

_MOST: Final = 12


def show(own: Own) -> None:
    """Name them below the map, with their values and by which rule.

    Parameters
    ----------
    own : Own
        What the page shows; of other kinds than numbers nothing is said.
    """
    package, say = own.edition.package, own.say
    variable = package.variables[own.chosen.variable]
    if variable.kind != "number":
        return
    counties = own.edition.counties()
    shown = own.selection.apply(counties)
    column = pd.to_numeric(counties.loc[shown, variable.id], errors="coerce").dropna()
    found = outliers({str(a): float(v) for a, v in column.items()})

    def named(adcodes: tuple[str, ...]) -> str:
        texts = []
        for adcode in adcodes[:_MOST]:
            value = number_text(package, variable, column[adcode], say.language)
            name = package.divisions.called(adcode, say.language)
            texts.append(say(N_("{name} ({value})"), name=name, value=literal(value)))
        names = say.series(texts)
        if len(adcodes) <= _MOST:
            return names
        more = N_("{names} and {n} more {n:county|counties}")
        return say(more, names=names, n=len(adcodes) - _MOST)

    told = []
    if found.high:
        told.append(say(N_("Far above the others: {names}."), names=named(found.high)))
    if found.low:
        told.append(say(N_("Far below the others: {names}."), names=named(found.low)))
    if told:
        rule = N_(
            "Far is what lies outside of the middle half of the counties by more than "
            "one and a half times its width."
        )
        st.caption(say.sentences([*told, say(rule)]))

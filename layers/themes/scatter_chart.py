"""A scatter chart of counties by two numbers, drawn with Altair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt

from geo.language import Language, speaker
from layers.facts.package import Package
from layers.facts.value_texts import number_text
from layers.facts.variables import Variable
from layers.select.scatter import Scatter, Side
from layers.themes.palette import CATEGORICAL

_MARKS: Final[Mapping[Side, tuple[str, str]]] = {
    "yes": ("triangle-up", CATEGORICAL[4]),
    "no": ("circle", CATEGORICAL[0]),
    "not_said": ("square", CATEGORICAL[0]),
}
"""Shape and colour: either tells the two sides apart."""

_HEIGHT: Final = 420

PRESSED: Final = "county"
"""The point parameter that holds the county pressed, by ``adcode``."""


def scatter_chart(
    package: Package,
    found: Scatter,
    first: Variable,
    second: Variable,
    names: Mapping[str, str],
    sides: Mapping[Side, str],
    language: Language,
) -> alt.Chart:
    """Draw a point a county: the first number to the right, the second upwards.

    Parameters
    ----------
    package : Package
        The facts.
    found : Scatter
        The counties.
    first, second : Variable
        Their numbers.
    names : mapping of str to str
        Of the counties, by adcode.
    sides : mapping of str to str
        What the sides are called.
    language : {"zh", "en"}
        Of the texts.
    """
    texts = {
        name: [number_text(package, v, x, language) for x in found.points[name]]
        for name, v in (("first", first), ("second", second))
    }
    rows = found.points.assign(
        adcode=[str(adcode) for adcode in found.points.index],
        county=[names[str(adcode)] for adcode in found.points.index],
        group=found.points["side"].map(sides),
        first_text=texts["first"],
        second_text=texts["second"],
    ).reset_index(drop=True)
    shown: list[Side] = [side for side in _MARKS if side in {*rows["side"]}]
    titles = [sides[side] for side in shown]
    legend = alt.Legend(title=None, orient="top", labelLimit=0)
    group = alt.Scale(domain=titles, range=[_MARKS[side][0] for side in shown])
    colour = alt.Scale(domain=titles, range=[_MARKS[side][1] for side in shown])
    chosen = alt.selection_point(name=PRESSED, fields=["adcode"], on="click")

    def axis(name: str, variable: Variable) -> dict[str, Any]:
        unit = package.units.get(variable.unit)
        told = variable.name(language)
        said = unit.name(language) if unit else ""
        # The heading of a planner's column often names the unit already.
        if said and said not in told:
            told = speaker(language).pick(f"{told}（{said}）", f"{told} ({said})")
        return {
            "field": name,
            "type": "quantitative",
            "scale": alt.Scale(zero=False, nice=True),
            "title": told,
        }

    drawn: alt.Chart = (
        alt.Chart(rows, height=_HEIGHT, width="container")
        .mark_point(filled=True, size=70, opacity=0.8)
        .encode(
            x=alt.X(**axis("first", first)),
            y=alt.Y(**axis("second", second)),
            shape=alt.Shape("group:N", scale=group, legend=legend),
            color=alt.Color("group:N", scale=colour, legend=legend),
            tooltip=[
                alt.Tooltip("county:N", title=" "),
                alt.Tooltip("first_text:N", title=first.short(language)),
                alt.Tooltip("second_text:N", title=second.short(language)),
            ],
        )
        .add_params(chosen)
    )
    return drawn

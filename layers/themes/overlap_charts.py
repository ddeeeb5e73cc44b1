"""Charts of how programmes overlap, drawn with Altair: for the page and for files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

from geo.language import N_, Language, Speaker, speaker
from layers.facts.variables import Variable
from layers.select.overlaps import Combination
from layers.themes.palette import SELECTED, SEQUENTIAL

CAN_DRAW: Final = find_spec("vl_convert") is not None
"""Whether charts can be made into files here, without a browser."""

_MOST_NAMES: Final = 12
"""So many counties are named in a tooltip; the table behind the chart names all."""

_CELL, _ROW, _LINE = 24, 20, 13

_GREY: Final = "#808080"
_FAINT: Final = "#80808038"
"""Greys that are seen on white and on black paper."""


def upset_chart(
    found: Sequence[Combination],
    programmes: Sequence[Variable],
    county_names: Mapping[str, str],
    language: Language,
) -> alt.VConcatChart:
    """Draw exact combinations: a row with marks and a bar each (UpSet, turned).

    What is pressed is in the point parameters ``dot`` and ``bar``, by ``combination``,
    and ``column``, by ``programme``.

    Parameters
    ----------
    found : sequence of Combination
        Exact combinations, the largest first.
    programmes : sequence of Variable
        Those compared, in the order of the columns.
    county_names : mapping of str to str
        By adcode, in the language.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    short = {p.id: p.short(language) for p in programmes}
    rows = pd.DataFrame(
        {
            "combination": [c.id for c in found],
            "counties": [len(c.adcodes) for c in found],
            "programmes": [say.series(short[p] for p in c.programmes) for c in found],
            "names": [_some(c.adcodes, county_names, say) for c in found],
            "programme": [c.programmes[0] for c in found],
            "last": [c.programmes[-1] for c in found],
        }
    )
    marks = rows.drop(columns=["programme", "last"]).merge(
        pd.DataFrame({"programme": list(short)}), how="cross"
    )
    held = {(c.id, p) for c in found for p in c.programmes}
    marks["is_in"] = [
        pair in held
        for pair in zip(marks["combination"], marks["programme"], strict=True)
    ]
    sizes = marks[marks["is_in"]].groupby("programme", as_index=False)["counties"].sum()
    sizes["programmes"] = sizes["programme"].map(short)
    tips = [
        alt.Tooltip("programmes:N", title=say(N_("Programmes"))),
        alt.Tooltip("counties:Q", title=say(N_("Number of counties"))),
    ]
    all_tips = [*tips, alt.Tooltip("names:N", title=say(N_("Counties by name")))]
    press = partial(alt.selection_point, toggle=False)
    dot = press(name="dot", fields=["combination"])
    bar = press(name="bar", fields=["combination"])
    column = press(name="column", fields=["programme"])
    x = alt.X("programme:N", axis=None, scale=alt.Scale(domain=list(short)))
    y = alt.Y("combination:N", sort=list(rows["combination"]), axis=None)
    size = alt.X("counties:Q", axis=None)
    colour = _colours(programmes)
    tall = alt.Y("counties:Q", axis=None)

    bars = alt.Chart(sizes).encode(x, tall, text="counties:Q", tooltip=tips)
    top = alt.layer(
        bars.mark_bar(cursor="pointer").encode(colour).add_params(column),
        bars.mark_text(dy=-8),
    )
    base = alt.Chart(rows).encode(y, tooltip=all_tips)
    named = x.axis(_names_axis(short, language))
    dots = alt.Chart(marks).encode(named, y, tooltip=all_tips)
    left = alt.layer(
        dots.mark_circle(size=90, color=_FAINT, opacity=1, cursor="pointer"),
        base.mark_rule(color=_GREY, strokeWidth=2).encode(named, alt.X2("last:N")),
        dots.transform_filter("datum.is_in")
        .mark_circle(size=150, opacity=1, cursor="pointer")
        .encode(colour)
        .add_params(dot),
        # Left of the rows: on a narrow screen the bars are beyond its edge.
        base.mark_text(align="right").encode(x=alt.value(-4), text="counties:Q"),
    )
    right = base.mark_bar(color=SELECTED, cursor="pointer").encode(size).add_params(bar)
    wide = _CELL * len(short)
    chart: alt.VConcatChart = alt.vconcat(
        top.properties(width=wide, height=70),
        alt.hconcat(
            left.properties(width=wide, height=alt.Step(_ROW)),
            right.properties(width=220, height=alt.Step(_ROW)),
            spacing=8,
            bounds="flush",
        ),
        spacing=_names_height(short, language),
        bounds="flush",
    ).resolve_scale(color="shared")
    return chart


def matrix_chart(
    table: pd.DataFrame, programmes: Sequence[Variable], language: Language
) -> alt.LayerChart | alt.FacetChart:
    """Draw what each two programmes share; `table` is that of `overlaps.pairs`.

    Parameters
    ----------
    table : pandas.DataFrame
        A row for each two programmes: ``programme``, ``other`` (ids), ``counties``
        (int) and ``jaccard`` (float).
    programmes : sequence of Variable
        In the order of the registry.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    short = {p.id: p.short(language) for p in programmes}
    shared = table[table["counties"] > 0]
    last = len(SEQUENTIAL) - 1
    step = (shared["jaccard"] * len(SEQUENTIAL)).astype(int).clip(upper=last)
    shared = shared.assign(
        names=[
            say.series(dict.fromkeys([short[a], short[b]]))
            for a, b in zip(shared["programme"], shared["other"], strict=True)
        ],
        # The two darkest steps carry white figures.
        ink=["#fff" if s >= last - 1 else "#1d1a16" for s in step],
    )
    pair = alt.selection_point(name="pair", fields=["programme", "other"], toggle=False)
    scale = alt.Scale(domain=list(short))
    base = alt.Chart(shared).encode(
        alt.X("other:N", scale=scale, axis=_names_axis(short, language)),
        alt.Y("programme:N", scale=scale, axis=_names_axis(short, language, "left")),
        tooltip=[
            alt.Tooltip("names:N", title=say(N_("Programmes"))),
            alt.Tooltip("counties:Q", title=say(N_("Shared counties"))),
            alt.Tooltip("jaccard:Q", title=say(N_("Jaccard index")), format=".2f"),
        ],
    )
    colour = alt.Color(
        "jaccard:Q",
        scale=alt.Scale(type="quantize", domain=[0, 1], range=list(SEQUENTIAL)),
        legend=alt.Legend(
            title=say(N_("Jaccard index")),
            orient="bottom",
            direction="horizontal",
            format=".1f",
            titleLimit=300,
        ),
    )
    chart: alt.LayerChart = (
        alt.layer(
            base.mark_rect(cursor="pointer").encode(colour).add_params(pair),
            base.mark_text().encode(
                text="counties:Q", color=alt.Color("ink:N", scale=None)
            ),
        )
        .resolve_scale(color="independent")
        .properties(width=alt.Step(30), height=alt.Step(26))
    )
    return chart


def coverage_chart(
    table: pd.DataFrame, programmes: Sequence[Variable], language: Language
) -> alt.LayerChart | alt.FacetChart:
    """Draw what each programme reaches; `table` is that of `overlaps.coverage`.

    Parameters
    ----------
    table : pandas.DataFrame
        A row for each programme: ``programme``, ``covered``, ``share_of_base`` and
        ``share_of_members``.
    programmes : sequence of Variable
        In the order of the registry.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    full = {p.id: p.name(language) for p in programmes}
    short = {p.id: p.short(language) for p in programmes}
    table = table.assign(
        name=table["programme"].map(full),
        text=[
            f"{n} · {s:.0%}"
            for n, s in zip(table["covered"], table["share_of_base"], strict=True)
        ],
    )
    click = alt.selection_point(name="programme", fields=["programme"], toggle=False)
    base = alt.Chart(table).encode(
        alt.X(
            "share_of_base:Q",
            title=say(N_("Share of those to be covered")),
            axis=alt.Axis(format=".0%", tickCount=6),
        ),
        alt.Y(
            "programme:N",
            sort=list(table["programme"]),
            axis=_names_axis(short, language, "left"),
        ),
        tooltip=[
            alt.Tooltip("name:N", title=say(N_("Variable"))),
            alt.Tooltip("covered:Q", title=say(N_("Covered"))),
            alt.Tooltip(
                "share_of_base:Q",
                format=".1%",
                title=say(N_("Share of those to be covered")),
            ),
            alt.Tooltip("members:Q", title=say(N_("Members"))),
            alt.Tooltip(
                "share_of_members:Q",
                format=".1%",
                title=say(N_("Share of the members")),
            ),
        ],
    )
    bars = base.mark_bar(cursor="pointer").encode(_colours(programmes))
    return alt.layer(
        bars.add_params(click),
        base.mark_text(align="left", dx=5).encode(text="text:N"),
    ).properties(height=alt.Step(_ROW + 2))


def _colours(programmes: Sequence[Variable]) -> alt.Color:
    """Give each programme its own colour; its axis is the legend."""
    scale = alt.Scale(
        domain=[p.id for p in programmes], range=[p.colour for p in programmes]
    )
    return alt.Color("programme:N", scale=scale, legend=None)


def _names_axis(
    names: Mapping[str, str], language: Language, orient: Literal["top", "left"] = "top"
) -> alt.Axis:
    """Name the programmes at an axis of their ids, which tell equal names apart."""
    texts: dict[str, Any] = dict(names)
    padding = 4
    if orient == "top" and language == "zh":
        # Written downward. Vega hangs lines below the first: filled up to one length
        # (with what it does not trim) and moved up, they stand on the axis.
        longest = max(map(len, names.values()))
        for programme, name in names.items():
            texts[programme] = list(name.replace("—", "︱").rjust(longest, "\u200b"))
        padding += (longest - 1) * _LINE
    return alt.Axis(
        labelExpr=f"({json.dumps(texts, ensure_ascii=False)})[datum.value]",
        orient=orient,
        labelAngle=-90 if orient == "top" and language == "en" else 0,
        labelLimit=220,
        labelLineHeight=_LINE,
        labelPadding=padding,
        labelOverlap=False,
        labelFlush=False,
        title=None,
        domain=False,
        ticks=False,
        grid=False,
    )


def _names_height(names: Mapping[str, str], language: Language) -> int:
    longest = max(map(len, names.values()))
    return 12 + longest * (_LINE if language == "zh" else 7)


def _some(adcodes: Sequence[str], names: Mapping[str, str], say: Speaker) -> str:
    some = say.series(names[a] for a in adcodes[:_MOST_NAMES])
    return some if len(adcodes) <= _MOST_NAMES else f"{some} …"


INK: Final = {"light": "#2b2822", "dark": "#e6e2d8"}
"""Colour of writing in charts; Streamlit's own is too faint for small figures."""


def inked(chart: Any, ink: str) -> Any:
    """Give axes, legends and figures of a chart one colour of writing."""
    return (
        chart.configure_axis(labelColor=ink, titleColor=ink, labelFontSize=12)
        .configure_legend(labelColor=ink, titleColor=ink)
        .configure_text(color=ink, fontSize=12)
    )


def picture(chart: Any, form: Literal["png", "svg"]) -> bytes:
    """Make a chart into a file, black on white, asking no other host for anything.

    Raises
    ------
    ModuleNotFoundError
        If the package vl-convert-python is not installed; see `CAN_DRAW`.
    """
    convert = _converter()
    fonts = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
    config = {"font": fonts, "view": {"stroke": None}, "padding": 12}
    spec = json.dumps(inked(chart, INK["light"]).to_dict())
    if form == "svg":
        drawn: str = convert.vegalite_to_svg(spec, config=config)
        return drawn.encode()
    return bytes(convert.vegalite_to_png(spec, scale=2, config=config))


@cache
def _converter() -> Any:
    vl_convert = import_module("vl_convert")
    # The font of printed sheets comes as a Python package; a machine may have no other
    # with Chinese.
    if find_spec("pylopdf_fonts_zh_cn"):
        vl_convert.register_font_directory(str(files("pylopdf_fonts_zh_cn")))
    return vl_convert

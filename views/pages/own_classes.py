"""How an own number is coloured: over which denominator, in which classes.

What is chosen becomes part of the variable, so that map, legend, sheet and every file
say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import streamlit as st

from geo.language import LANGUAGES, N_, Speaker, speaker
from layers.edition.assets import Bundle
from layers.edition.edition import Edition
from layers.facts.own import OwnFacts
from layers.facts.package import Package
from layers.facts.value_texts import range_text
from layers.facts.variables import Variable
from layers.own.figures import read_figure
from layers.own.ratios import Denominator, denominators, divided
from layers.select.breaks import FEWEST, METHODS, MOST, USUAL, Method, breaks_by
from layers.select.choices import BETWEEN
from layers.themes.circles import have_sizes
from layers.themes.classes import Bin, bins_of
from layers.themes.themes import BESIDE, WAY
from views.frame import session as state
from views.frame.components import Node, panel

_OWN: Final = "own"
_DENOMINATORS: Final = "own_denominators"

_NAMES: Final[Mapping[str, str]] = {
    "quantiles": N_("Quantiles: about as many counties in each class"),
    "natural": N_("Natural breaks: parted where the values leave gaps"),
    "equal": N_("Equal intervals"),
    "deviation": N_("Standard deviations about the mean"),
    _OWN: N_("Breaks of your own"),
}

_SHORT: Final[Mapping[str, str]] = {
    "quantiles": N_("quantiles"),
    "natural": N_("natural breaks (Fisher–Jenks)"),
    "equal": N_("equal intervals"),
    "deviation": N_("standard deviations"),
    _OWN: N_("own breaks"),
}

_BETWEEN_BREAKS: Final = re.compile(r"[;；、，\s]+|,(?!\d{3}(?!\d))")
"""A comma before three digits stands within a number."""

_BARS: Final = 16


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a variable is seen; what a map that is kept depends on."""

    variable: str
    method: str = METHODS[0]
    breaks: tuple[float, ...] = ()
    theme: str = ""
    has_classes: bool = False


def choose(
    edition: Edition, facts: OwnFacts, variable: Variable, key: str, say: Speaker
) -> tuple[OwnFacts, Chosen]:
    """Ask how a variable is seen; return it as it is to be shown.

    Over which denominator, with which other number, as circles or by which classes.

    Parameters
    ----------
    edition : Edition
        The edition that is served, without the own facts.
    facts : OwnFacts
        What the user brought.
    variable : Variable
        One of theirs; other kinds than numbers have nothing to choose.
    key : str
        Of the boxes, by file and sheet.
    say : Speaker
        Of the language wanted.
    """
    if variable.kind != "number":
        return facts, Chosen(variable.id, theme=variable.id)
    left, middle, right = st.columns(3)
    with left:
        over = _denominator(edition, facts, variable, key, say)
    if over is not None:
        facts = divided(facts, variable, over, edition.package.units)
        variable = facts.variables[-1]
    found = [v.value for v in facts.values if v.variable == variable.id]
    with middle:
        second = _second(edition, facts, variable, key, say)
    if second:
        theme = f"{variable.id}{BESIDE}{second}"
        return facts, Chosen(variable.id, theme=theme)
    sized = have_sizes(variable.measure, found)
    with right:
        is_count = variable.measure == "count"
        if sized and _as_circles(f"{key}_{variable.id}", say, usual=is_count):
            theme = variable.id if is_count else f"{variable.id}{WAY}circles"
            return facts, Chosen(variable.id, theme=theme)
    theme = f"{variable.id}{WAY}classes" if sized and is_count else variable.id
    if sized and is_count:
        text = N_(
            "Large counties look dark because they are large. Divide the count, by the "
            "area or by people, to compare counties."
        )
        st.info(say(text))
    left, right = st.columns(2)
    with left:
        asked = st.selectbox(
            say(N_("Classes by")),
            [*_NAMES],
            format_func=lambda name: say(_NAMES[name]),
            key=f"own_method_{key}",
        )
    with right:
        breaks = _breaks(asked or METHODS[0], found, f"{key}_{variable.id}", say)
    # Without breaks the classes are the usual ones, and must not be called others.
    method = asked if asked and breaks else METHODS[0]
    chosen = Chosen(variable.id, method, breaks, theme, has_classes=True)
    return _with_breaks(facts, chosen), chosen


def _denominator(
    edition: Edition, facts: OwnFacts, variable: Variable, key: str, say: Speaker
) -> Denominator | None:
    if variable.measure == "rate":
        return None
    found = state.kept(
        _DENOMINATORS,
        (edition.digest, facts),
        lambda: {
            d.id: d for d in denominators(edition.package, edition.counties(), facts)
        },
    )
    known = {name: d for name, d in found.items() if name != variable.id}
    chosen = st.selectbox(
        say(N_("Divided by")),
        ["", *known],
        format_func=lambda name: (
            known[name].name(say.language) if name else say(N_("nothing: as it is"))
        ),
        key=f"own_over_{key}_{variable.id}",
    )
    return known.get(chosen or "")


def _as_circles(key: str, say: Speaker, *, usual: bool) -> bool:
    """Ask whether what grows with the size of a county is seen as circles."""
    names = {True: say(N_("Circles")), False: say(N_("Colours"))}
    chosen = st.radio(
        say(N_("Seen as")),
        [*names],
        index=0 if usual else 1,
        format_func=lambda key: names[key],
        key=f"own_way_{key}_{usual}",
        horizontal=True,
    )
    return bool(chosen)


def _second(
    edition: Edition, facts: OwnFacts, variable: Variable, key: str, say: Speaker
) -> str:
    """Ask for a number that is seen at the same time: an own one, or the atlas's."""
    numbers = {
        v.id: v
        for v in (*facts.variables, *edition.package.variables.values())
        if v.kind == "number" and v.id != variable.id
    }
    chosen = st.selectbox(
        say(N_("Seen together with")),
        ["", *numbers],
        format_func=lambda name: (
            numbers[name].name(say.language) if name else say(N_("nothing else"))
        ),
        key=f"own_second_{key}_{variable.id}",
    )
    return chosen if chosen in numbers else ""


def _breaks(
    method: str, values: Sequence[float], key: str, say: Speaker
) -> tuple[float, ...]:
    """Ask for the number of classes, or for the breaks themselves."""
    if method != _OWN:
        classes = st.slider(
            say(N_("Classes at most")), FEWEST, MOST, USUAL, key=f"own_classes_{key}"
        )
        return breaks_by(_method(method), values, classes)
    usual = breaks_by("quantiles", values)[:-1]
    text = st.text_input(
        say(N_("Upper bounds of the classes but the last")),
        "; ".join(f"{number:.10g}" for number in usual),
        key=f"own_breaks_{key}",
        help=say(
            N_("For example {example}. At most {most}."),
            example="10; 20; 50",
            most=MOST - 1,
        ),
    )
    wrong, breaks = read_breaks(text)
    if wrong:
        st.error(say(N_("This is no number: {wrong}."), wrong=say.series(wrong)))
    if len(breaks) >= MOST:
        text = N_("More than {most} classes are not told apart on a map.")
        st.error(say(text, most=MOST))
    return breaks[: MOST - 1]


def read_breaks(text: str) -> tuple[list[str], tuple[float, ...]]:
    """Read bounds of classes as people write them.

    Returns
    -------
    wrong : list of str
        What is no number.
    breaks : tuple of float
        Ascending, each once.

    Examples
    --------
    >>> read_breaks("5,000；3000、 1.2万 x")
    (['x'], (3000.0, 5000.0, 12000.0))
    """
    wrong, numbers = [], set()
    for piece in filter(None, _BETWEEN_BREAKS.split(text)):
        number = read_figure(piece).number
        if number is None:
            wrong.append(piece)
        else:
            numbers.add(float(number))
    return wrong, tuple(sorted(numbers))


def _method(name: str) -> Method:
    return next(method for method in METHODS if method == name)


def _with_breaks(facts: OwnFacts, chosen: Chosen) -> OwnFacts:
    """Give the variable its breaks, and say in its definition whence they are."""

    def classed(variable: Variable) -> Variable:
        if variable.id != chosen.variable:
            return variable
        text = N_("{definition} Classes: {method}.")
        zh, en = (
            speaker(language)(
                text,
                definition=variable.definition(language),
                method=speaker(language)(_SHORT[chosen.method]),
            )
            for language in LANGUAGES
        )
        return replace(
            variable, breaks=chosen.breaks, definition_zh=zh, definition_en=en
        )

    return replace(facts, variables=tuple(map(classed, facts.variables)))


def histogram(
    files: Bundle, edition: Edition, variable: Variable, say: Speaker
) -> None:
    """Show how many counties have which values, each bar with the colour of its class.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    edition : Edition
        The edition with the own facts.
    variable : Variable
        A number.
    say : Speaker
        Of the language wanted.
    """
    package, table = edition.package, edition.counties()
    values = table[variable.id].to_numpy(dtype=float, na_value=np.nan)
    known = values[np.isfinite(values)]
    if len(np.unique(known)) < 2:
        return
    counts, edges = np.histogram(known, bins=min(_BARS, len(known)))
    bins = [b for b in bins_of(package, variable, table, say) if b.value is not None]
    rows = [*_bars(package, variable, counts.tolist(), edges.tolist(), bins, say)]
    head: list[Node] = [
        ["td", {}],
        ["th", {"scope": "col"}, say(N_("value"))],
        ["th", {"scope": "col", "class": "atlas-number"}, say(N_("counties"))],
        ["td", {}],
    ]
    nodes: list[Node] = [
        ["h2", {}, say(N_("How the values are spread"))],
        [
            "table",
            {"class": "atlas-histogram"},
            ["thead", {}, ["tr", {}, *head]],
            ["tbody", {}, *rows],
        ],
    ]
    left = len(values) - len(known)
    if left:
        text = N_(
            "{n} {n:county has|counties have} no value and {n:is|are} in no class."
        )
        nodes.append(["p", {}, say(text, n=left)])
    panel(files, nodes, key="own-histogram", language=say.language)


def _bars(
    package: Package,
    variable: Variable,
    counts: Sequence[int],
    edges: Sequence[float],
    bins: Sequence[Bin],
    say: Speaker,
) -> Iterator[Node]:
    most = max(counts)
    for count, low, high in zip(counts, edges[:-1], edges[1:], strict=True):
        middle = (low + high) / 2
        own = [b for b in bins if float(str(b.value).partition(BETWEEN)[0]) <= middle]
        colour = (own or bins)[-1 if own else 0]
        text = range_text(package, variable, (_short(low), _short(high)), say.language)
        yield [
            "tr",
            {},
            ["td", {}, ["swatch", {"fills": [[colour.colour, colour.texture]]}]],
            ["td", {}, text],
            ["td", {"class": "atlas-number"}, str(int(count))],
            ["td", {}, ["bar", {"share": float(count) / float(most)}]],
        ]


def _short(number: float) -> float:
    return float(f"{number:.3g}")

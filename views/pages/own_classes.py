"""How an own number is coloured: over which denominator, in which classes.

What is chosen becomes part of the variable, so that map, legend, sheet and every file
say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from geo.language import N_, Speaker
from layers.edition.assets import Bundle
from layers.edition.edition import Edition
from layers.edition.texts import LIMIT_TEXTS
from layers.facts.own import OwnFacts
from layers.facts.variables import Variable
from layers.own.figures import read_figure
from layers.own.ratios import Denominator, denominators, divided
from layers.select.breaks import FEWEST, METHODS, MOST, USUAL, Method, breaks_by
from layers.select.classing import OWN, USUAL_CLASSING, Classing, plain
from layers.themes.circles import have_sizes
from layers.themes.class_limits import class_limits, class_looks
from layers.themes.open_lists import classes_said
from layers.themes.themes import BESIDE, CLASSED, WAY, theme_of
from views.frame import session as state
from views.frame.components import class_histogram
from views.frame.markdown import literal

_DENOMINATORS: Final = "own_denominators"

_NAMES: Final[Mapping[str, str]] = {
    "quantiles": N_("Quantiles: about as many counties in each class"),
    "natural": N_("Natural breaks: parted where the values leave gaps"),
    "equal": N_("Equal intervals"),
    "deviation": N_("Standard deviations about the mean"),
    OWN: N_("Breaks of your own"),
}

_BETWEEN_BREAKS: Final = re.compile(r"[;；、，\s]+|,(?!\d{3}(?!\d))")
"""A comma before three digits stands within a number."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a variable is seen.

    Attributes
    ----------
    variable : str
        Its id.
    theme : str
        What :func:`layers.themes.themes.theme_of` knows, without the classes.
    classing : Classing or None
        Of what is seen in colours, how it is parted into classes.
    """

    variable: str
    theme: str
    classing: Classing | None = None

    @property
    def classed(self) -> str:
        """The theme with its classes."""
        text = self.classing.text if self.classing else ""
        return f"{self.theme}{CLASSED}{text}" if text else self.theme


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
        return facts, Chosen(variable.id, variable.id)
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
        return facts, Chosen(variable.id, theme)
    sized = have_sizes(variable.measure, found)
    with right:
        is_count = variable.measure == "count"
        if sized and _as_circles(f"{key}_{variable.id}", say, usual=is_count):
            theme = variable.id if is_count else f"{variable.id}{WAY}circles"
            return facts, Chosen(variable.id, theme)
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
        classing = _classing(asked or METHODS[0], found, f"{key}_{variable.id}", say)
    return facts, Chosen(variable.id, theme, classing)


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


def _classing(method: str, values: Sequence[float], key: str, say: Speaker) -> Classing:
    """Ask for the number of classes, or for the breaks themselves."""
    if method != OWN:
        classes = st.slider(
            say(N_("Classes at most")), FEWEST, MOST, USUAL, key=f"own_classes_{key}"
        )
        return Classing(_method(method), classes)
    usual = breaks_by("quantiles", values)[:-1]
    name = f"own_breaks_{key}"
    if name not in st.session_state:  # which a limit that was dragged writes, too
        state.put(name, written_breaks(usual))
    text = st.text_input(
        say(N_("Upper bounds of the classes but the last")),
        key=name,
        help=say(
            N_("For example {example}. At most {most}."),
            example="10; 20; 50",
            most=MOST - 1,
        ),
    )
    wrong, breaks = read_breaks(text)
    if wrong:
        st.error(
            say(N_("This is no number: {wrong}."), wrong=literal(say.series(wrong)))
        )
    if len(breaks) >= MOST:
        text = N_("More than {most} classes are not told apart on a map.")
        st.error(say(text, most=MOST))
    # Without breaks the classes are the usual ones, and must not be called others.
    return Classing(breaks=breaks[: MOST - 1])


def written_breaks(breaks: Iterable[float]) -> str:
    """Write bounds of classes as :func:`read_breaks` reads them.

    Examples
    --------
    >>> written_breaks((1000.0, 2500.5))
    '1000; 2500.5'
    """
    return "; ".join(map(plain, breaks))


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


def histogram(
    files: Bundle, edition: Edition, chosen: Chosen, key: str, say: Speaker
) -> None:
    """Show how values are spread, with the limits of the classes to be moved.

    The map in its frame follows while a limit moves; when it is let go, the breaks are
    typed in as those of the user.

    Parameters
    ----------
    files : Bundle
        Scripts and styles of the page.
    edition : Edition
        The edition with the own facts.
    chosen : Chosen
        A number seen in classes.
    key : str
        Of the boxes, by file and sheet.
    say : Speaker
        Of the language wanted.
    """
    variable = edition.package.variables[chosen.variable]
    classing = chosen.classing or USUAL_CLASSING
    limits = class_limits(
        edition.package, variable, classing, edition.counties(), say.language
    )
    seen = theme_of(edition.package, chosen.classed)
    limits["said"] = "".join(classes_said(seen, say)) if seen else ""
    left = sum(value is None for value in limits["values"])
    note = N_("{n} {n:county has|counties have} no value and {n:is|are} in no class.")
    data = {
        "limits": limits,
        "looks": class_looks(),
        "texts": {name: say(text) for name, text in LIMIT_TEXTS.items()},
        "language": say.language,
        "note": say(note, n=left) if left else "",
    }
    boxes = f"own_method_{key}", f"own_breaks_{key}_{chosen.variable}"
    class_histogram(files, data, on_breaks=lambda: _take(*boxes))


def _take(method: str, breaks: str) -> None:
    """Type in the breaks to which the limits were moved."""
    sent = state.held("own-histogram", "breaks") or ()
    moved = sorted(float(number) for number in sent if isinstance(number, int | float))
    if moved:
        state.put(method, OWN)
        state.put(breaks, written_breaks(moved[: MOST - 1]))

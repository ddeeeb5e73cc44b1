"""Parameters of an address that are no condition: those of one value, and the theme.

How a number is parted into classes stands in parameters of its own, ``breaks``, or
``method`` and ``classes``; behind :func:`take_theme` it is part of the theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.select.breaks import METHODS, MOST, USUAL
from layers.select.classing import (
    BREAKS,
    CLASSES,
    COUNTS,
    METHOD,
    PARAMETERS,
    plain,
    read_breaks,
)
from layers.select.rejected import Rejected
from layers.themes.themes import CLASSED, asked_for, theme_id, theme_of
from layers.themes.themes import USUAL as USUAL_THEME

SEE: Final = "see"

_SHOWN: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTwice(Rejected):
    """A parameter that can have one value stands in an address with several."""

    def say(self, language: Language) -> str:
        """Say which, and that one value is wanted."""
        return speaker(language)(
            N_("“{parameter}” stands there more than once, as {values}: give it once."),
            parameter=self.parameter,
            values=(self.value or "")[:60],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongBreaks(Rejected):
    """Breaks that are no numbers, none, or more than can be told apart."""

    def say(self, language: Language) -> str:
        """Say what breaks are, with an example."""
        text = N_(
            "“{value}” are no class breaks: give {most} numbers at most, with commas "
            "between them, as {example}."
        )
        return speaker(language)(
            text,
            value=(self.value or "")[:_SHOWN],
            most=MOST - 1,
            example=f"{BREAKS}=10,20,50",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutClasses(Rejected):
    """Classes are asked for of what has none."""

    def say(self, language: Language) -> str:
        """Say what has classes."""
        text = N_(
            "“{parameter}={value}” parts a number into classes, and what is seen is no "
            "number in colours: name one with “see”, or leave it out."
        )
        about = {"parameter": self.parameter, "value": (self.value or "")[:_SHOWN]}
        return speaker(language)(text, **about)


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideBreaks(Rejected):
    """A method is asked for beside breaks, which need none."""

    def say(self, language: Language) -> str:
        """Say that one of the two is to be left out."""
        text = N_("“{parameter}” has no use beside “breaks”: leave one of them out.")
        return speaker(language)(text, parameter=self.parameter)


def pairs_of(
    parameters: Mapping[str, str] | Iterable[tuple[str, str]],
) -> list[tuple[str, str]]:
    """List names and values as they stand in an address, repeated ones too."""
    return [*(parameters.items() if isinstance(parameters, Mapping) else parameters)]


def take_one(
    pairs: Iterable[tuple[str, str]], name: str, allowed: Sequence[str], default: str
) -> tuple[str, list[tuple[str, str]], tuple[Rejected, ...]]:
    """Take a parameter that can have one value out of those of an address.

    Parameters
    ----------
    pairs : iterable of (str, str)
        Names and values as they stand there.
    name : str
        Of the parameter.
    allowed : sequence of str
        Its values.
    default : str
        What it is where it does not stand there, or means nothing.

    Returns
    -------
    value : str
        One of `allowed`.
    rest : list of (str, str)
        The other parameters.
    rejected : tuple of layers.select.rejected.Rejected
        A value that does not exist, or several that differ; the same value twice is
        that value.

    Examples
    --------
    >>> take_one([("lang", "en"), ("all", "a")], "lang", ("zh", "en"), "zh")
    ('en', [('all', 'a')], ())
    """
    pairs = [*pairs]
    rest = [pair for pair in pairs if pair[0] != name]
    given = [*dict.fromkeys(value for key, value in pairs if key == name)] or [default]
    if len(given) > 1:
        values = " ≠ ".join(value[:20] for value in given)
        twice = GivenTwice(parameter=name, value=values, allowed=tuple(allowed))
        return default, rest, (twice,)
    if given[0] not in allowed:
        wrong = Rejected(parameter=name, value=given[0], allowed=tuple(allowed))
        return default, rest, (wrong,)
    return given[0], rest, ()


def take_theme(
    pairs: Iterable[tuple[str, str]], package: Package
) -> tuple[str, list[tuple[str, str]], tuple[Rejected, ...]]:
    """Take what is seen, and in which classes, out of the parameters of an address.

    Parameters
    ----------
    pairs : iterable of (str, str)
        Names and values as they stand there.
    package : Package
        The facts. A theme may be asked for by a former id.

    Returns
    -------
    theme, rest, rejected
        As of :func:`take_one`. Classes that mean nothing are left out: the theme is
        seen in its usual ones.
    """
    rest = [(n, (theme_id(package, v) or v) if n == SEE else v) for n, v in pairs]
    known = asked_for(package, (v for n, v in rest if n == SEE))
    theme, rest, wrong = take_one(rest, SEE, known, USUAL_THEME)
    if not {name for name, _ in rest} & {*PARAMETERS}:
        return theme, rest, wrong
    classing, rest, faults = _take_classing(rest)
    if not classing:
        return theme, rest, wrong + faults
    base = theme.partition(CLASSED)[0]
    classed = theme_of(package, f"{base}{CLASSED}{classing}")
    if classed is not None:
        return classed.id, rest, wrong + faults
    return theme, rest, (*wrong, *faults, _without_classes(pairs))


def _without_classes(pairs: Iterable[tuple[str, str]]) -> Rejected:
    name, value = next(pair for pair in pairs if pair[0] in PARAMETERS)
    return WithoutClasses(parameter=name, value=value, allowed=())


def _take_classing(
    pairs: Iterable[tuple[str, str]],
) -> tuple[str, list[tuple[str, str]], tuple[Rejected, ...]]:
    """Take the classes out of an address, as a theme says them; empty for none."""
    pairs = [*pairs]
    given = [*dict.fromkeys(value for name, value in pairs if name == BREAKS)]
    rest = [pair for pair in pairs if pair[0] != BREAKS]
    asked = {name for name, _ in rest}
    method, rest, wrong = take_one(rest, METHOD, METHODS, METHODS[0])
    classes, rest, faults = take_one(rest, CLASSES, COUNTS, str(USUAL))
    wrong += faults
    if len(given) > 1:
        values = " ≠ ".join(value[:20] for value in given)
        twice = GivenTwice(parameter=BREAKS, value=values, allowed=())
        return "", rest, (*wrong, twice)
    if given:
        breaks = read_breaks(given[0])
        if breaks is None:
            bad = WrongBreaks(parameter=BREAKS, value=given[0], allowed=())
            return "", rest, (*wrong, bad)
        wrong += tuple(
            BesideBreaks(parameter=name, value="", allowed=())
            for name in (METHOD, CLASSES)
            if name in asked
        )
        return ",".join(map(plain, breaks)), rest, wrong
    return ("" if wrong else f"{method}.{classes}"), rest, wrong

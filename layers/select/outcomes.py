"""What became of a target: the dates of its counties, held against its year."""

from __future__ import annotations

from dataclasses import dataclass

from geo.kept import kept_with_owner
from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.facts.values import Span
from layers.facts.variables import Variable
from layers.select.scopes import counties_of, scopes
from layers.select.targets import Target, year_limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One date, held against the year of a target.

    Attributes
    ----------
    variable : Variable
        The date.
    year : int
        The last year that still counts.
    in_time, later, unsure : int
        Counties of the target by what is known: in that year or before; after it; not
        known which.
    """

    variable: Variable
    year: int
    in_time: int
    later: int
    unsure: int

    @property
    def counties(self) -> int:
        """How many counties the target speaks of."""
        return self.in_time + self.later + self.unsure

    def text(self, language: Language) -> str:
        """Say it in one sentence."""
        say = speaker(language)
        parts = [
            say(
                N_("{n} of {total} counties by the end of {year}"),
                n=self.in_time,
                total=self.counties,
                year=self.year,
            )
        ]
        if self.later:
            parts.append(say(N_("{n} later"), n=self.later))
        if self.unsure:
            parts.append(say(N_("{n} not known"), n=self.unsure))
        name = self.variable.name(language)
        return say(N_("{name}: {text}"), name=name, text=say.clauses(parts))


def outcomes(package: Package, target: Target) -> tuple[Outcome, ...]:
    """Hold a target against the dates that its row names.

    A date that is only known to lie in a span counts where the whole span is on one
    side of the year. What is said of a part of a county is not said of it.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    target : Target
        Checked: it names dates only if it has a year and a scope of known counties.
    """
    year = year_limit(target)
    if year is None or not target.outcome:
        return ()
    counties = _counties(package, target.scopes[0])
    found = []
    for identifier in target.outcome:
        values = package.values_by_county(identifier)
        sides = []
        for adcode in counties:
            spans = [v.value for v in values.get(adcode, ()) if not v.of_part]
            sides.append(_side(spans[0], year) if spans else "unsure")
        found.append(
            Outcome(
                variable=package.variables[identifier],
                year=year,
                in_time=sides.count("in_time"),
                later=sides.count("later"),
                unsure=sides.count("unsure"),
            )
        )
    return tuple(found)


def _side(span: Span, year: int) -> str:
    if int(span.latest[:4]) <= year:
        return "in_time"
    if span.earliest and int(span.earliest[:4]) > year:
        return "later"
    return "unsure"


@kept_with_owner
def _counties(package: Package, scope: str) -> tuple[str, ...]:
    selection = scopes(package)[scope].selection(package)
    return () if selection is None else counties_of(package, selection)

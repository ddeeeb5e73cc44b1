"""What to heed where numbers stand side by side: times, sums, samples, definitions."""

from __future__ import annotations

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.facts.variables import Variable


def cautions(package: Package, language: Language) -> list[str]:
    """Say of which series times must be compared with care, a sentence each."""
    say = speaker(language)
    return [
        say(N_("{name}: {text}"), name=series.name(language), text=text)
        for series in package.series.values()
        if (text := series.caution(language))
    ]


def cautions_of_sums(package: Package, language: Language) -> list[str]:
    """Say what sums over counties leave out, a sentence each."""
    say, numbers = speaker(language), _numbers(package)
    found = []
    if any(variable.series for variable in numbers):
        found.append(
            say(
                N_(
                    "Sums are over the counties that have a value. Zones that are "
                    "counted apart are in no county, and at each time others are left "
                    "out, as are counties whose territory is another: sums of two "
                    "times are not to be subtracted from one another."
                )
            )
        )
    if any(variable.sample for variable in numbers):
        found.append(
            say(N_("Counts of a sample are no totals: they are for shares only."))
        )
    return found


def definitions(package: Package, language: Language) -> list[str]:
    """Say what each number counts, and what it leaves out, a sentence each."""
    say = speaker(language)
    return [
        say(
            N_("{name}: {text}"),
            name=variable.name(language),
            text=variable.definition(language),
        )
        for variable in _numbers(package)
    ]


def _numbers(package: Package) -> list[Variable]:
    return [v for v in package.variables.values() if v.kind == "number"]

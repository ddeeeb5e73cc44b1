"""Where a statement comes from and how sure it is, ready to be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.language import N_, Speaker
from layers.facts.inventory import cited_in
from layers.facts.package import Package
from layers.facts.sections import section_name
from layers.facts.units import figure
from layers.facts.values import Value
from layers.facts.variables import VALUE_TABLES, Variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Section, certainty and sources of a statement.

    Attributes
    ----------
    section, confidence : str
        In words, of the language spoken; ``""`` where a table has neither.
    sources : tuple of str
        Ids of the sources.
    """

    section: str = ""
    confidence: str = ""
    sources: tuple[str, ...]

    def line(self, say: Speaker) -> str:
        """Say section and certainty; empty where there is neither."""
        if not self.section:
            return self.confidence
        section = say(N_("Evidence: {section}"), section=self.section)
        return say.clauses([section, self.confidence])

    def cited(self, say: Speaker) -> str:
        """Say section and certainty with the ids of the sources behind."""
        return f"{self.line(say)} [{say.series(self.sources)}]".lstrip()


def of_row(
    package: Package, table: str, row: Mapping[str, Any], say: Speaker
) -> Evidence:
    """Return the evidence of a row of a table.

    Parameters
    ----------
    package : Package
        The facts.
    table : str
        Name of the table.
    row : mapping of str to object
        A row of it; its sources are those of the value first.
    say : Speaker
        Of the language wanted.
    """
    others = cited_in(package.descriptions[table], row)
    return Evidence(
        section=section_name(row["section"], say),
        confidence=say(package.label(table, "confidence", row["confidence"])),
        sources=tuple(dict.fromkeys([*row["source"].split(";"), *others])),
    )


def of_value(
    package: Package, variable: Variable, value: Value, say: Speaker
) -> Evidence:
    """Return the evidence of a value.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        The variable of the value.
    value : Value
        What is said of one county.
    say : Speaker
        Of the language wanted.
    """
    table = VALUE_TABLES[variable.kind]
    return Evidence(
        section=section_name(value.section, say),
        confidence=say(package.label(table, "confidence", value.confidence)),
        sources=value.source,
    )


def of_variable(package: Package, variable: Variable, say: Speaker) -> Evidence:
    """Return what a variable itself rests on: its definition, and its list if any.

    Parameters
    ----------
    package : Package
        The facts.
    variable : Variable
        Of any kind.
    say : Speaker
        Of the language wanted.
    """
    return Evidence(
        section=section_name(variable.section, say),
        confidence=say(package.label("variables", "confidence", variable.confidence)),
        sources=variable.source,
    )


def reported(row: Mapping[str, Any], say: Speaker) -> tuple[str, ...]:
    """Say what a report says: with its figure and period, then what to know of it.

    Parameters
    ----------
    row : mapping of str to object
        A row of the table of reports.
    say : Speaker
        Of the language wanted.
    """
    statement = say.pick(row["statement_zh"], row["statement_en"])
    statement += quantity(row, say)
    period = say.pick(row["period_zh"], row["period_en"])
    note = say.pick(row["note_zh"], row["note_en"])
    return tuple(filter(None, [say.clauses(filter(None, [statement, period])), note]))


def quantity(row: Mapping[str, Any], say: Speaker) -> str:
    """Write the figure of a report with its unit; empty if it has none."""
    if row["comparator"] == "":
        return ""
    text = N_(" ({figure} {unit})")
    if row["comparator"] == "ge":
        text = N_(" (at least {figure} {unit})")
    unit = say.pick(row["unit_zh"], row["unit_en"])
    return say(text, figure=figure(float(row["quantity"])), unit=unit)

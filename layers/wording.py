"""Sentences that page, command line and printed atlas share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.language import N_, Speaker


def exit_sentence(row: Mapping[str, Any], say: Speaker) -> str:
    """Say when an exit was approved, and whether that is known or inferred."""
    earliest, latest = row["approved_from"], row["approved_to"]
    if earliest == latest:
        text = say(N_("approved {date}"), date=latest)
    elif earliest:
        text = say(
            N_("approved {earliest} or {latest}; which is not known"),
            earliest=earliest,
            latest=latest,
        )
    else:
        text = say(N_("approved by {latest}; the date is not known"), latest=latest)
    if row["confidence"] == "inferred":
        return say(N_("{text} (inferred)"), text=text)
    return text


def quantity(row: Mapping[str, Any], say: Speaker) -> str:
    """Write the figure of an evidence row with its unit; empty if it has none."""
    if row["comparator"] == "":
        return ""
    text = N_(" ({figure} {unit})")
    if row["comparator"] == "ge":
        text = N_(" (at least {figure} {unit})")
    unit = say.pick(row["unit_zh"], row["unit_en"])
    return say(text, figure=f"{float(row['quantity']):,.0f}", unit=unit)

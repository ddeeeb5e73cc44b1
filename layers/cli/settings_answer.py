"""The settings as the command line and the documentation tell them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geo.language import N_, Language, speaker
from layers.cli.answers import aligned
from layers.settings import Row


def settings_text(rows: Iterable[Row], language: Language) -> str:
    """Return the settings with their values, and where each comes from, as a table."""
    say = speaker(language)
    head = (N_("Setting"), N_("Value"), N_("From"), N_("Meaning"))
    return "\n".join(
        aligned(
            [
                [say(text) for text in head],
                *(
                    [row.name, row.value or "–", say(_source(row)), say(row.meaning)]
                    for row in rows
                ),
            ]
        )
    )


def settings_json(rows: Iterable[Row], language: Language) -> list[dict[str, Any]]:
    """Return the settings as plain data."""
    say = speaker(language)
    return [
        {
            "name": row.name,
            "value": row.value,
            "default": row.default,
            "from": "environment" if row.is_set else "default",
            "kind": say(row.kind),
            "meaning": say(row.meaning),
        }
        for row in rows
    ]


def settings_markdown(rows: Iterable[Row]) -> str:
    """Return the table of the documentation, in both languages."""
    chinese, english = speaker("zh"), speaker("en")
    lines = ["| setting | default | 含义 | meaning |", "| --- | --- | --- | --- |"]
    for row in rows:
        default = f"`{row.default}`" if row.default else "–"
        texts = [
            f"{say(row.meaning)}{mark}{say(row.kind)}"
            for say, mark in ((chinese, "；"), (english, "; "))
        ]
        lines.append(f"| `{row.name}` | {default} | {texts[0]} | {texts[1]} |")
    return "\n".join(lines)


def _source(row: Row) -> str:
    return N_("environment") if row.is_set else N_("default")

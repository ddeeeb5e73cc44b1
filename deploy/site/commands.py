"""The help of every command, as the command itself prints it."""

from __future__ import annotations

import argparse
from typing import Any, Final
from unittest.mock import patch

from deploy.site.dictionary import facts
from geo.language import Language
from layers.cli import commands as cli
from layers.cli.parser import build

_PROGRAM: Final = "atlas"

_TEXTS: Final = {
    "zh": (
        "命令行帮助",
        "以下内容由各命令的`--help`自动生成。在源码目录中，用"
        "`.venv/bin/python -m layers`代替`atlas`。"
        "命令的输出有中文（`--lang zh`），帮助文字只有英文。",
    ),
    "en": (
        "Help of the commands",
        "What each command prints with `--help`, written by the command itself. In a "
        "checkout type `.venv/bin/python -m layers` for `atlas`.",
    ),
}


def commands(language: Language) -> str:
    """Write the page, as Markdown.

    Parameters
    ----------
    language : {"zh", "en"}
        Of the words around; the help itself is English.
    """
    # Each help reads the tables for its examples: once is enough.
    with patch("layers.cli.parser.load", facts):
        return _page(language)


def _page(language: Language) -> str:
    parser = build(cli.COMMANDS, lambda *_: 0, _PROGRAM)
    title, about = _TEXTS[language]
    parts = [f"# {title}", about, _block(parser)]
    for name, command in _subparsers(parser).items():
        parts += [f"## {_PROGRAM} {name}", _block(command)]
    return "\n\n".join(parts) + "\n"


def _subparsers(parser: argparse.ArgumentParser) -> dict[str, Any]:
    # Public nowhere: argparse lists the commands of a parser only here.
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _block(parser: argparse.ArgumentParser) -> str:
    return f"```text\n{parser.format_help().rstrip()}\n```"

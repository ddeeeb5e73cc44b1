"""Which counties the options of a command mean.

The options that every selection has are fixed; those of variables and groups are named
by the data. They are not built into the parser, which would have to load the tables
before it can say that an option is wrong: what the parser leaves over is read here.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Final

from layers.select.choices import FIXED_FIELDS, Choices
from layers.select.rejected import Rejected, SelectionError
from layers.select.selection import Selection

Pairs = list[tuple[str, str]]

_HELP: Final = {
    "all": ("P", "counties in all of these programmes"),
    "any": ("P", "counties in at least one of these programmes"),
    "none": ("P", "counties in none of these programmes"),
    "prefecture": ("CODE|NAME", "counties of these prefectures"),
    "in": ("CODE|NAME", "these counties only, by any code or name, also of the past"),
}

NAMES: Final = (*FIXED_FIELDS.values(), "where")
"""Options that every command with a selection has."""


class UnknownOptionError(Exception):
    """What was typed is no option and no value of one."""


def add(command: argparse.ArgumentParser) -> None:
    """Give a command the options of a selection."""
    for name in FIXED_FIELDS.values():
        metavar, text = _HELP[name]
        command.add_argument(
            f"--{name}", metavar=metavar, help=text, action="append", default=[]
        )
    command.add_argument(
        "--where",
        metavar="ID=VALUE",
        type=_condition,
        action="append",
        default=[],
        help="counties with one of these values of a variable, or in one of these "
        "programmes of a group; a number or year may be a range: 2017..2019, 5.. ; "
        "--ID VALUE is short for it; the command list names the variables",
    )
    command.set_defaults(takes_selection=True)


def given(options: argparse.Namespace, left_over: Sequence[str]) -> Pairs:
    """Return names and values that were typed, in the order of a selection's fields.

    Parameters
    ----------
    options : argparse.Namespace
        With what :func:`add` added.
    left_over : sequence of str
        What the parser did not know: options named by variables and groups.

    Raises
    ------
    UnknownOptionError
        If something left over is neither an option with a value nor a value.
    """
    pairs = [
        (name, text)
        for name in FIXED_FIELDS.values()
        for text in getattr(options, name)
    ]
    return [*pairs, *options.where, *_named_by_data(left_over)]


def read(pairs: Pairs, choices: Choices) -> Selection:
    """Make the selection of what was typed.

    Raises
    ------
    layers.select.rejected.SelectionError
        With all that does not exist; an empty value, as from a shell variable that is
        not set, does not exist either.
    """
    names = {name: field for field, name in choices.parameters.items()}
    blank = [
        Rejected(parameter=name, value="", allowed=choices.for_field(names[name]))
        for asked, text in pairs
        for name in [choices.former.get(asked, asked)]
        if name in names and "" in text.split(",")
    ]
    selection, rejected = Selection.from_query(pairs, choices)
    if blank or rejected:
        raise SelectionError([*blank, *rejected])
    return selection


def _condition(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"write ID=VALUE, not {text!r}")
    return name, value


def _named_by_data(left_over: Sequence[str]) -> Iterator[tuple[str, str]]:
    words = iter(left_over)
    for word in words:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            raise UnknownOptionError(word)
        if not equals:
            value = next(words, "--")
            if value.startswith("--"):
                raise UnknownOptionError(word)
        yield name, value

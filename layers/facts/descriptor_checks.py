"""Checks of the descriptor itself: without it no table can be looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from geo.language import N_
from geo.problems import Problem
from layers.facts.schema import DESCRIPTOR, read_descriptor, read_licence

REFERENCE: Final = Path(__file__).parents[2] / "data" / "attributes"
"""The project's own descriptor: it has every table and column that the code uses."""


def descriptor_problems(directory: Path) -> list[Problem]:
    """List why a descriptor is of no use: without it no table can be looked at."""
    restore = N_("Put the file back, e.g. from the version control.")
    try:
        described = read_descriptor(directory)
        read_licence(directory)
    except FileNotFoundError:
        return [
            Problem(
                table=DESCRIPTOR,
                rule=N_("the folder {folder} has no such file."),
                remedy=N_("Name the folder of the tables and their descriptor."),
                details={"folder": str(directory)},
            )
        ]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        return [
            Problem(
                table=DESCRIPTOR,
                rule=N_("the file does not describe tables ({reason})."),
                remedy=restore,
                details={"reason": f"{type(error).__name__}: {error}"},
            )
        ]
    return [
        Problem(
            table=DESCRIPTOR,
            column=column,
            value=name,
            rule=N_("this table or column is not described."),
            remedy=restore,
        )
        for name, table in read_descriptor(REFERENCE).items()
        for column in table.columns
        if name not in described or column not in described[name].columns
    ]

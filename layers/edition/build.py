"""Build an edition whole: everything that the page and its addresses are served from.

The running atlas and ``python -m layers check`` build by the same call: what passes
there is served, and what is served passed there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from geo.boundaries import DETAILS, LEVELS, Boundaries, BoundaryFileError
from geo.language import LANGUAGES, N_
from geo.problems import DataFaultError, Problem
from layers.edition import assets
from layers.edition.address import Address
from layers.edition.edition import Edition
from layers.edition.opening import opening
from layers.edition.page_state import page_state
from layers.edition.still import still
from layers.facts import package as packages
from layers.facts.package import Package
from layers.facts.schema import DESCRIPTOR
from layers.files.export import feature_table
from layers.files.metadata import metadata
from layers.select.selection import Selection
from layers.themes.themes import USUAL, themes

_LOG: Final = logging.getLogger(__name__)

_REMEDY: Final = N_(
    "Take back what was changed last, or send this message to whoever looks after the "
    "atlas."
)


def build(
    directory: Path | None = None,
    boundaries: Boundaries | None = None,
    *,
    prefix: str = "",
) -> Edition:
    """Build an edition whole.

    Parameters
    ----------
    directory, boundaries
        As for :func:`layers.facts.package.load`.
    prefix : str
        Path under which the application runs.

    Returns
    -------
    Edition
        Nothing of it is left to be made that its folders could spoil.

    Raises
    ------
    geo.problems.DataFaultError
        With every problem found, whatever failed.
    """
    edition, problems = examine(directory, boundaries, prefix=prefix)
    if edition is None:
        raise DataFaultError(problems)
    return edition


def examine(
    directory: Path | None = None,
    boundaries: Boundaries | None = None,
    *,
    prefix: str = "",
) -> tuple[Edition | None, list[Problem]]:
    """Build an edition and list its faults; without faults the edition comes too.

    Parameters
    ----------
    directory : pathlib.Path, optional
        Folder of the tables; by default the one that is configured.
    boundaries : geo.boundaries.Boundaries, optional
        By default those beside the tables.
    prefix : str, optional
        Path under which the server stands; it is part of the addresses of the
        assets.
    """
    try:
        package, problems = packages.examine(directory, boundaries)
        if package is None:
            return None, problems
        edition = Edition(package)
    except Exception as error:
        return None, [_failed(N_("the facts"), "", error)]
    for part, which, make in _parts(edition, prefix):
        try:
            make()
        except BoundaryFileError as error:
            problems.append(error.problem)
        except Exception as error:
            problems.append(_failed(part, which, error, package))
    # One fault of the tables may fail several parts alike.
    distinct = {problem.say("en"): problem for problem in problems}
    return (None if distinct else edition), [*distinct.values()]


def _parts(
    edition: Edition, prefix: str
) -> Iterator[tuple[str, str, Callable[[], object]]]:
    """Yield all that an edition keeps: what it is, which of its kind, what makes it."""
    load = edition.package.boundaries.load
    for detail in DETAILS:
        for level in LEVELS:
            yield N_("the boundaries"), level, partial(load, level, detail)
        yield N_("the table of counties"), detail, partial(edition.counties, detail)
        yield N_("the geometry of the page"), detail, partial(edition.bundle, detail)
    for language in LANGUAGES:
        shown = Address(
            selection=opening(edition.package), theme=USUAL, language=language
        )
        yield N_("the still map"), language, partial(still, edition, shown, "")
    scripts = N_("the scripts, texts and search index of the page")
    yield scripts, prefix, partial(assets.bundle, edition, prefix)
    for theme in themes(edition.package).values():
        # A state is made in a few milliseconds, but a census has dozens of numbers and
        # each is classed by the same rule: one language shows whether it can be done.
        for language in LANGUAGES[:1] if theme.kind == "number" else LANGUAGES:
            address = Address(selection=Selection(), theme=theme.id, language=language)
            made = partial(page_state, edition, address)
            yield N_("what the page shows"), f"see={theme.id}", made
    yield N_("what a file says of itself"), "", partial(_about, edition)


def _about(edition: Edition) -> object:
    package, counties, every = edition.package, edition.counties(), Selection()
    for language in LANGUAGES:
        features = feature_table(
            package, counties, every, detail="overview", language=language
        )
    return metadata(package, features, every, count_total=len(counties))


def _failed(
    part: str, which: str, error: Exception, package: Package | None = None
) -> Problem:
    """Say what failed, and where in the tables as far as the error tells."""
    _LOG.debug("%s %s", part, which, exc_info=error)
    problem = Problem(
        table=DESCRIPTOR,
        rule=N_("{part} cannot be made of these tables ({which}: {reason})."),
        remedy=_REMEDY,
        details={
            "part": part,
            "which": which or "–",
            "reason": f"{type(error).__name__}: {error}",
        },
    )
    if package is None or not isinstance(error, LookupError):
        return problem
    # What was looked for in vain most likely stands in a table.
    for value in map(str, error.args):
        for name, frame in package.tables.items():
            for column in frame.columns:
                lines = frame.index[(frame[column] == value).fillna(value=False)]
                if len(lines):
                    return replace(
                        problem,
                        table=package.descriptions[name].path,
                        row=int(lines[0]),
                        column=str(column),
                        value=value,
                    )
    return problem

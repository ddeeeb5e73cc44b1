"""The commands: list variables, show a county, select counties, check the data.

It uses the functions that the page uses, so that both say the same.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from geo import boundaries
from geo.export import FORMATS
from geo.export.faults import ExportError
from geo.folders import attributes_folder, boundaries_folder
from geo.language import Language
from geo.problems import DataFaultError, Problem
from layers import settings
from layers.cli import (
    aggregating,
    answers,
    county_answer,
    joining,
    printing,
    publishing,
    selection_options,
    serving,
    settings_answer,
)
from layers.cli.output import (
    NotWrittenError,
    answer,
    answer_json,
    complain,
    write_whole,
)
from layers.cli.parser import Run, build
from layers.edition.asked import SEE, take_theme
from layers.facts import report
from layers.facts.county_table import county_table
from layers.facts.descriptor_checks import descriptor_problems
from layers.facts.digest import digest
from layers.facts.package import Package, load
from layers.files.export import export, feature_table, metadata
from layers.publish.faults import AddressError, PublishError
from layers.select.choices import Choices
from layers.select.classing import PARAMETERS
from layers.select.rejected import Rejected, SelectionError
from layers.select.selection import Selection

FINE: Final = 0
FAULT: Final = 1
"""A fault in the data, or in writing."""
WRONG_USE: Final = 2
"""A command, option or value that does not exist; argparse's own code as well."""


class _WrongUseError(Exception):
    """A message for whoever typed the command."""


def main(
    arguments: Sequence[str] | None = None, *, program: str = "python -m layers"
) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        What was typed; by default the arguments of this process.
    program : str
        What is typed before them, as help and messages show it.

    Returns
    -------
    int
        Exit code: 0, 1 after a fault in the data or in writing, 2 after a value that
        does not exist.

    Raises
    ------
    SystemExit
        By argparse: after help, and with 2 after an unknown command or option.
    """
    parser = build(COMMANDS, _version, program)
    options, left_over = parser.parse_known_args(arguments)
    language: Language = options.lang or default_language(os.environ)
    if options.run is None:
        parser.error(f"a command is missing: {', '.join(COMMANDS)}")
    if not options.takes_selection and left_over:
        parser.error(f"unrecognized arguments: {' '.join(left_over)}")
    try:
        if options.takes_selection:
            options.given = selection_options.given(options, left_over)
    except selection_options.UnknownOptionError as error:
        parser.error(f"unrecognized arguments: {error}")
    try:
        return int(options.run(options, language))
    except _WrongUseError as error:
        message, code = str(error), WRONG_USE
    except SelectionError as error:
        message = "\n".join(rejected.say(language) for rejected in error.rejected)
        code = WRONG_USE
    except PublishError as error:
        message = error.say(language)
        code = WRONG_USE if isinstance(error, AddressError) else FAULT
    except ExportError as error:
        message, code = error.say(language), WRONG_USE
    except (DataFaultError, NotWrittenError) as error:
        message, code = error.say(language), FAULT
    except boundaries.BoundaryFileError as error:
        message, code = error.problem.say(language), FAULT
    except OSError as error:
        message, code = str(error), FAULT
    complain(message)
    return code


def default_language(environment: Mapping[str, str]) -> Language:
    """Return the language that the locale asks for: Chinese, or else English."""
    asked = [environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    return "zh" if next(filter(None, asked), "").lower().startswith("zh") else "en"


def _version(_: argparse.Namespace, language: Language) -> int:
    folder = attributes_folder()
    if problems := descriptor_problems(folder):
        raise DataFaultError(problems)
    drawn = boundaries.Boundaries(boundaries_folder(folder)).metadata()
    answer(answers.version(digest(folder), drawn.vintage, language))
    return FINE


def _list(options: argparse.Namespace, language: Language) -> int:
    package = load()
    programmes = report.programme_counts(package)
    others = report.variable_counts(package)
    if options.json:
        answer_json([asdict(count) for count in (*programmes, *others)])
    else:
        answer(answers.list_text(programmes, others, language))
    return FINE


def _show(options: argparse.Namespace, language: Language) -> int:
    package, asked = load(), options.county
    divisions = package.divisions
    found = county_answer.counties_called(divisions, asked)
    if not found:
        text = county_answer.not_found_text(divisions, asked, language)
        raise _WrongUseError(text)
    if len(found) > 1:
        text = county_answer.ambiguous_text(divisions, asked, found, language)
        raise _WrongUseError(text)
    (adcode,) = found
    county = county_table(package, "overview").loc[adcode]
    answer(county_answer.county_text(package, county, adcode, language))
    return FINE


def _select(options: argparse.Namespace, language: Language) -> int:
    package = load()
    counties = county_table(package, options.detail)
    selection = _selection(options, package)
    about: dict[str, Any] = {"detail": options.detail, "programme": options.programme}
    if options.output is None and sys.stdout.isatty():
        chosen = feature_table(package, counties, selection, language=language, **about)
        described = metadata(
            package, chosen, selection, count_total=len(counties), **about
        )
        answer(answers.selection_text(chosen, described, language))
        return FINE
    made = export(
        package,
        counties,
        selection,
        format=options.format or _format_by_name(options.output or ""),
        crs=options.crs,
        wkt=options.wkt,
        encoding=options.encoding,
        language=language,
        **about,
    )
    if options.output in {None, "-"}:
        answer(made.content)
    else:
        write_whole(Path(options.output), made.content)
    return FINE


def _format_by_name(name: str) -> str:
    """Return the format that the end of a file's name says, the longest that fits."""
    ends = {
        len(form.suffix): key
        for key, form in FORMATS.items()
        if name.lower().endswith(form.suffix)
    }
    return ends[max(ends)] if ends else "geojson"


def _selection(options: argparse.Namespace, package: Package) -> Selection:
    """Read the selection that was typed, and the programme that a file is about."""
    choices = Choices.of(package)
    rejected: list[Rejected] = []
    asked = getattr(options, "programme", None)
    if asked is not None and asked not in choices.programmes:
        allowed = choices.programmes
        rejected.append(Rejected(parameter="programme", value=asked, allowed=allowed))
    try:
        selection = selection_options.read(options.given, choices)
    except SelectionError as error:
        rejected = [*error.rejected, *rejected]
    if rejected:
        raise SelectionError(rejected)
    return selection


def _sheet(options: argparse.Namespace, language: Language) -> int:
    package = load()
    selection = _selection(options, package)
    asked = [(name, getattr(options, name)) for name in (SEE, *PARAMETERS)]
    given = [(name, value) for name, value in asked if value is not None]
    theme, _, rejected = take_theme(given, package)
    if rejected:
        raise SelectionError(rejected)
    printing.draw_sheet(options, package, selection, theme, language)
    return FINE


def _atlas(options: argparse.Namespace, language: Language) -> int:
    package = load()
    printing.make_atlas(options, package, _selection(options, package), language)
    return FINE


def _join(options: argparse.Namespace, language: Language) -> int:
    return FINE if joining.join_file(options, language) else WRONG_USE


def _serve(options: argparse.Namespace, _: Language) -> int:
    return serving.serve(options.port, options.address, options.prefix, options.workers)


def _prepare(_: argparse.Namespace, __: Language) -> int:
    return serving.prepare()


def _settings(options: argparse.Namespace, language: Language) -> int:
    rows = settings.table()
    if options.json:
        answer_json(settings_answer.settings_json(rows, language))
    else:
        answer(settings_answer.settings_text(rows, language))
    try:
        settings.read()
    except settings.SettingsError as error:
        complain(error.say(language))
        return FAULT
    return FINE


def _check(options: argparse.Namespace, language: Language) -> int:
    # Here, because the other commands should not wait for Folium.
    from layers.edition.build import examine

    directory = Path(options.directory)
    edition, problems = examine(directory)
    found = None if edition is None else report.build(edition.package)
    if options.json:
        faults = [_as_json(problem, language) for problem in problems]
        answer_json({"problems": faults, "report": found and asdict(found)})
    elif found is None:
        answer(DataFaultError(problems).say(language))
    else:
        answer(answers.report_text(found, language))
    return FAULT if problems else FINE


def _as_json(problem: Problem, language: Language) -> dict[str, Any]:
    return {
        "file": problem.table,
        "line": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": problem.say(language),
    }


COMMANDS: Final[Mapping[str, Run]] = {
    "list": _list,
    "show": _show,
    "select": _select,
    "join": _join,
    "aggregate": aggregating.aggregate_table,
    "sheet": _sheet,
    "atlas": _atlas,
    "publish": publishing.publish_all,
    "serve": _serve,
    "prepare": _prepare,
    "settings": _settings,
    "check": _check,
}
"""What each command does."""

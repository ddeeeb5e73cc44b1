"""The command line: list programmes, show a county, select counties, check the data.

It uses the functions that the page uses, so that both say the same.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from geo import boundaries
from geo.crs import WGS84
from geo.export import FORMATS
from geo.export.faults import ExportError
from geo.export.systems import SYSTEMS
from geo.folders import attributes_folder, boundaries_folder
from geo.language import LANGUAGES, Language
from geo.problems import DataFaultError, Problem
from layers.cli import answers, county_answer, printing
from layers.cli.output import (
    NotWrittenError,
    answer,
    answer_json,
    complain,
    write_whole,
)
from layers.facts import report
from layers.facts.county_table import county_table
from layers.facts.descriptor_checks import descriptor_problems
from layers.facts.package import digest, load
from layers.facts.schema import DESCRIPTOR
from layers.files.export import export, feature_table, metadata
from layers.select.selection import PARAMETERS, Choices, Selection, SelectionError
from layers.themes.themes import WAYS

FINE: Final = 0
FAULT: Final = 1
"""A fault in the data, or in writing."""
WRONG_USE: Final = 2
"""A command, option or value that does not exist; argparse's own code as well."""

EXAMPLES: Final = {
    "": """\
examples:
  python -m layers list
  python -m layers show 130722
  python -m layers select --all deep_poverty -o deep_poverty.geojson
  python -m layers sheet --all deep_poverty -o deep_poverty.pdf
  python -m layers check

exit codes: 0 fine; 1 a fault in the data or in writing; 2 wrong use""",
    "list": """\
examples:
  python -m layers list
  python -m layers list --lang zh
  python -m layers list --json""",
    "show": """\
examples:
  python -m layers show 130722
  python -m layers show 崇礼县 --lang zh
  python -m layers show Zhangbei""",
    "select": """\
examples:
  python -m layers select --all deep_poverty --none paired_with_beijing
  python -m layers select --any relocation,pumped_storage --prefecture 130800
  python -m layers select --programme poor_county --partner 110000 -o poor.geojson
  python -m layers select --detail overview --lang en -o -

Several values of an option stand behind commas or in several options. Without -o a
terminal shows a table; a pipe gets the file.""",
    "check": """\
examples:
  python -m layers check
  python -m layers check data/attributes --lang zh
  python -m layers check --json""",
    **printing.EXAMPLES,
}
"""What the help of each command ends with; "" is that of the whole."""

_SELECTION_HELP: Final = {
    "all": ("P", "counties in all of these programmes"),
    "any": ("P", "counties in at least one of these programmes"),
    "none": ("P", "counties in none of these programmes"),
    "prefecture": ("ADCODE", "counties of these prefectures"),
    "area": ("P", "counties of these areas"),
    "partner": ("ADCODE", "counties supported by these cities"),
    "in": ("ADCODE", "these counties only"),
}


class _WrongUseError(Exception):
    """A message for whoever typed the command."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        What was typed; by default the arguments of this process.

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
    parser = _parser()
    options = parser.parse_args(arguments)
    language: Language = options.lang or default_language(os.environ)
    if options.run is None:
        parser.error(
            "a command is missing: list, show, select, sheet, atlas, check or serve"
        )
    try:
        return int(options.run(options, language))
    except _WrongUseError as error:
        message, code = str(error), WRONG_USE
    except SelectionError as error:
        message = "\n".join(rejected.say(language) for rejected in error.rejected)
        code = WRONG_USE
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
    answer(answers.edition(digest(folder), drawn.vintage, language))
    return FINE


def _list(options: argparse.Namespace, language: Language) -> int:
    counts = report.programme_counts(load())
    if options.json:
        answer_json([asdict(count) for count in counts])
    else:
        answer(answers.programmes_text(counts, language))
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
    selection = _selection(options)
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
        format=options.format,
        crs=options.crs,
        language=language,
        **about,
    )
    if options.output in {None, "-"}:
        answer(made.content)
    else:
        write_whole(Path(options.output), made.content)
    return FINE


def _selection(options: argparse.Namespace) -> Selection:
    return Selection(
        **{
            field: tuple(v for text in getattr(options, name) for v in text.split(","))
            for field, name in PARAMETERS.items()
        }
    )


def _known_selection(options: argparse.Namespace) -> Selection:
    selection = _selection(options)
    choices = Choices.of(load())
    _, rejected = Selection.from_query(selection.to_parameters(), choices)
    if rejected:
        raise SelectionError(rejected)
    return selection


def _sheet(options: argparse.Namespace, language: Language) -> int:
    printing.draw_sheet(options, _known_selection(options), language)
    return FINE


def _atlas(options: argparse.Namespace, language: Language) -> int:
    printing.make_atlas(options, _known_selection(options), language)
    return FINE


def _serve(options: argparse.Namespace, _: Language) -> int:
    return printing.serve(options.port)


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


def _parser() -> argparse.ArgumentParser:
    parser = _with_examples(
        argparse.ArgumentParser,
        "",
        prog="python -m layers",
        description="Programmes of Hebei by county: list, show, select, check.",
    )
    parser.set_defaults(run=None, lang=None)
    parser.add_argument(
        "--version",
        dest="run",
        action="store_const",
        const=_version,
        help="print the digest of the data and the vintage of the boundaries",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    command = _command(commands, "list", _list, "list the programmes and their counts")
    command.add_argument("--json", action="store_true", help="answer in JSON")

    command = _command(commands, "show", _show, "show what is said of one county")
    command.add_argument(
        "county", metavar="COUNTY", help="adcode, or name of today or of the past"
    )

    command = _command(commands, "select", _select, "write or show selected counties")
    _add_selection(command)
    command.add_argument(
        "--programme", metavar="P", help="the programme that the file is about"
    )
    command.add_argument("--detail", choices=boundaries.DETAILS, default="full")
    command.add_argument("--format", choices=[*FORMATS], default="geojson")
    command.add_argument("--crs", choices=[*SYSTEMS], default=WGS84)
    command.add_argument(
        "-o", "--output", metavar="FILE", help="file to write; - is standard output"
    )

    command = _command(commands, "sheet", _sheet, "draw a map sheet of a selection")
    _add_selection(command)
    command.add_argument("--paper", choices=["A4", "A3"], default="A4")
    command.add_argument(
        "--orientation", choices=["portrait", "landscape"], default="portrait"
    )
    command.add_argument("--see", choices=[*WAYS], default="programmes")
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        type=printing.sheet_file,
        help="file to write; .pdf, .png or .svg says which kind",
    )

    command = _command(
        commands, "atlas", _atlas, "make the atlas of a selection as PDF"
    )
    _add_selection(command)
    command.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="PDF file to write"
    )

    command = _command(commands, "serve", _serve, "start the page")
    command.add_argument("--port", type=int, default=8501)

    command = _command(commands, "check", _check, "check the tables and report on them")
    command.add_argument(
        "directory",
        metavar="DIRECTORY",
        nargs="?",
        default=str(attributes_folder()),
        help=f"folder with {DESCRIPTOR} and its tables; the atlas's own by default",
    )
    command.add_argument("--json", action="store_true", help="answer in JSON")
    return parser


def _add_selection(command: argparse.ArgumentParser) -> None:
    for name in PARAMETERS.values():
        metavar, text = _SELECTION_HELP[name]
        command.add_argument(
            f"--{name}", metavar=metavar, help=text, action="append", default=[]
        )


def _command(
    commands: Any, name: str, run: Callable[..., int], text: str
) -> argparse.ArgumentParser:
    command = _with_examples(commands.add_parser, name, help=text, description=text)
    command.set_defaults(run=run)
    command.add_argument(
        "--lang", choices=LANGUAGES, help="language of the answer; else the locale's"
    )
    return command


def _with_examples(
    make: Callable[..., argparse.ArgumentParser], name: str, **about: str
) -> argparse.ArgumentParser:
    return make(
        epilog=EXAMPLES[name],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        **({"name": name} if name else {}),
        **about,
    )

"""What can be typed: commands, their options, and the help on both."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Any, Final

from geo import boundaries
from geo.crs import WGS84
from geo.export import ENCODINGS, FORMATS
from geo.export.systems import SYSTEMS
from geo.folders import attributes_folder
from geo.language import LANGUAGES
from geo.problems import DataFaultError
from layers.cli import aggregating, printing, selection_options
from layers.cli.examples import examples
from layers.facts.package import load
from layers.facts.schema import DESCRIPTOR
from layers.select.breaks import METHODS
from layers.select.classing import COUNTS
from layers.themes.themes import USUAL

Run = Callable[..., int]

_NOTES: Final = {
    "join": """\
The file is a table (CSV, XLSX, XLS, ODS, HTML) or a layer (GeoJSON, GeoPackage, KML,
zipped Shapefile). Without --report its rows are told in words. With --locate shapes, or
points with longitude and latitude, are counted and measured by county; --crs and
--complete belong to it. A file that is refused gives exit code 2.""",
    "aggregate": """\
Without --code, --name or --lon and --lat the columns are known by what they hold.
Without -o the table goes to standard output as CSV; the account of the rows goes to
standard error, or with --report into a file.""",
    "": "exit codes: 0 fine; 1 a fault in the data or in writing; 2 wrong use",
    "select": """\
Several values of an option stand behind commas or in several options. Without -o a
terminal shows a table; a pipe gets the file.""",
}
"""What the help of a command ends with, below its examples."""


class _Parser(argparse.ArgumentParser):
    """A parser whose help ends with examples made of the tables."""

    about = ""
    program = ""

    def format_help(self) -> str:
        # Here, because only help should wait for the tables to be read.
        self.epilog = "\n\n".join(
            filter(None, [self._examples(), _NOTES.get(self.about)])
        )
        return super().format_help()

    def _examples(self) -> str:
        try:
            typed = examples(self.about, load(), self.program)
        except (DataFaultError, OSError):
            return ""  # whoever asks what the commands are can then run "check"
        return "\n".join(["examples:", *(f"  {line}" for line in typed)])


def build(
    runs: Mapping[str, Run], version: Run, program: str
) -> argparse.ArgumentParser:
    """Build the parser.

    Parameters
    ----------
    runs : mapping of str to callable
        What each command does.
    version : callable
        What ``--version`` does.
    program : str
        What is typed before a command.
    """
    parser = _Parser(
        prog=program,
        description="What is known of Hebei by county: list, show, select, check.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.program = program
    parser.set_defaults(run=None, lang=None, takes_selection=False)
    parser.add_argument(
        "--version",
        dest="run",
        action="store_const",
        const=version,
        help="print version, digest of the data and vintage of the boundaries",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, run in runs.items():
        text, add = _COMMANDS[name]
        command = commands.add_parser(
            name,
            help=text,
            description=text,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.about, command.program = name, program
        command.set_defaults(run=run)
        command.add_argument(
            "--lang",
            choices=LANGUAGES,
            help="language of the answer; else the locale's",
        )
        add(command)
    return parser


def _list(command: Any) -> None:
    command.add_argument("--json", action="store_true", help="answer in JSON")


def _show(command: Any) -> None:
    command.add_argument(
        "county", metavar="COUNTY", help="adcode, or name of today or of the past"
    )


def _select(command: Any) -> None:
    selection_options.add(command)
    command.add_argument(
        "--programme", metavar="P", help="the programme that the file is about"
    )
    command.add_argument("--detail", choices=boundaries.DETAILS, default="full")
    command.add_argument(
        "--format",
        choices=[*FORMATS],
        help="else what the end of the file's name says, or geojson",
    )
    command.add_argument(
        "--crs",
        metavar="CRS",
        default=WGS84,
        help=f"{', '.join(SYSTEMS)}, or what people call one of them (4548, CGCS2000)",
    )
    command.add_argument(
        "--wkt", action="store_true", help="the geometry as text, in a table"
    )
    command.add_argument("--encoding", choices=ENCODINGS, default=ENCODINGS[0])
    command.add_argument(
        "-o", "--output", metavar="FILE", help="file to write; - is standard output"
    )


def _join(command: Any) -> None:
    command.add_argument("file", metavar="FILE", help="the table or layer")
    command.add_argument(
        "--report", metavar="FILE", help="account of all rows, as JSON; - prints it"
    )
    command.add_argument(
        "--locate",
        action="store_true",
        help="by the position of its shapes or points, not by code or name",
    )
    command.add_argument(
        "--crs",
        metavar="CRS",
        help="system that the layer is in, if its file does not say so: 4490, 4547, …",
    )
    command.add_argument(
        "--complete",
        action="store_true",
        help="the layer shows all there is: counties without a shape have 0",
    )


def _least(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _some(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _aggregate(command: Any) -> None:
    command.add_argument(
        "file",
        metavar="FILE",
        help="CSV, Parquet, a folder of either, or an address with #table",
    )
    command.add_argument("--by", choices=["county", "prefecture"], default="county")
    command.add_argument(
        "--measure",
        metavar="M",
        action="append",
        default=[],
        help="count, or count, sum, mean, min, max or median, a colon and a column; "
        "mean:income*persons is weighted, share:poor=yes a share; several with commas",
    )
    for role, text in aggregating.ROLES.items():
        command.add_argument(f"--{role}", metavar="COLUMN", help=text)
    command.add_argument(
        "--persons", metavar="COLUMN", help="column of the persons that a row is"
    )
    command.add_argument(
        "--suppress",
        metavar="N",
        type=_least,
        help="withhold rows of fewer persons; else ATLAS_AGGREGATE_SUPPRESS, usually "
        "3; 0 withholds nothing",
    )
    command.add_argument(
        "--totals", action="store_true", help="rows of prefectures and province too"
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="file to write; .csv, .geojson, .gpkg, .xlsx … says which kind",
    )
    command.add_argument(
        "--report", metavar="FILE", help="account of all rows, as JSON; - prints it"
    )


def _publish(command: Any) -> None:
    command.add_argument(
        "database",
        metavar="ADDRESS",
        nargs="?",
        help="postgresql://user:password@host:5432/database; else ATLAS_DATABASE",
    )
    command.add_argument("--schema", default="atlas", help="where the tables stand")


def _sheet(command: Any) -> None:
    selection_options.add(command)
    command.add_argument("--paper", choices=["A4", "A3"], default="A4")
    command.add_argument(
        "--orientation", choices=["portrait", "landscape"], default="portrait"
    )
    command.add_argument(
        "--see",
        metavar="THEME",
        default=USUAL,
        help="programmes, overlap, places, or a variable or group that the command "
        "list names; a number with -classes or -circles behind it, or two numbers "
        "with a dot between them",
    )
    command.add_argument(
        "--breaks",
        metavar="NUMBERS",
        help="upper bounds of the classes of a number but the last, as 10,20,50",
    )
    command.add_argument(
        "--method", choices=METHODS, help="how the classes of a number are made"
    )
    command.add_argument(
        "--classes", choices=COUNTS, help="how many classes of a number at most"
    )
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        type=printing.sheet_file,
        help="file to write; .pdf, .png or .svg says which kind",
    )


def _atlas(command: Any) -> None:
    selection_options.add(command)
    command.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="PDF file to write"
    )


def _serve(command: Any) -> None:
    command.add_argument("--port", type=int, default=8501)
    command.add_argument(
        "--address", metavar="IP", help="address on which it answers; else all"
    )
    command.add_argument(
        "--prefix", metavar="PATH", default="", help="path below which it runs: gis"
    )
    command.add_argument(
        "--workers",
        metavar="N",
        type=_some,
        default=1,
        help="processes that answer; each reader stays with one",
    )


def _nothing(command: Any) -> None:
    """Give a command no options."""


def _settings(command: Any) -> None:
    command.add_argument("--json", action="store_true", help="answer in JSON")


def _check(command: Any) -> None:
    command.add_argument(
        "directory",
        metavar="DIRECTORY",
        nargs="?",
        default=str(attributes_folder()),
        help=f"folder with {DESCRIPTOR} and its tables; the atlas's own by default",
    )
    command.add_argument("--json", action="store_true", help="answer in JSON")


_COMMANDS: Final[Mapping[str, tuple[str, Callable[[Any], None]]]] = {
    "list": ("list programmes and other variables with their counts", _list),
    "show": ("show what is said of one county", _show),
    "select": ("write or show selected counties", _select),
    "join": ("join a table or layer of your own to the counties", _join),
    "aggregate": ("add a large table up to counties", _aggregate),
    "sheet": ("draw a map sheet of a selection", _sheet),
    "atlas": ("make the atlas of a selection as PDF", _atlas),
    "publish": ("write everything into a PostgreSQL database", _publish),
    "serve": ("start the page", _serve),
    "prepare": ("pack the page's scripts tightly, once; takes a minute", _nothing),
    "settings": ("print every setting and where it comes from", _settings),
    "check": ("check the tables and report on them", _check),
}
"""Each command: what it does, and what gives it its options."""

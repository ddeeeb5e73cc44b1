"""No code names a place, a programme or a column of this plan: those are data.

What the tables hold is collected from them, and looked for in every string and name of
the modules and scripts. Comments, docstrings and their examples may say what they like.
"""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pygments.lexers import CssLexer, JavascriptLexer
from pygments.token import Comment, Token

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "data" / "attributes"
SOURCES = sorted(
    [
        *(
            path
            for part in ("geo", "layers", "views")
            for path in ROOT.glob(f"{part}/**/*.py")
        ),
        *ROOT.glob("streamlit_app.py"),
        *ROOT.glob("layers/webmap/scripts/**/*.js"),
        *ROOT.glob("layers/webmap/scripts/**/*.css"),
    ]
)

EXCEPTIONS = {
    # (file or folder, id): why the word is no word of the plan there
    ("", "category"): "a kind of variable, as number and date",
    ("", "hebei"): "the province that the product is named after, in names of files",
    ("geo/build_source.py", "130000"): "what the boundaries are built of",
    ("geo/build_source.py", "110000"): "a neighbour whose outline is built",
    ("geo/build_source.py", "120000"): "a neighbour whose outline is built",
    ("layers/edition/texts.py", "area"): "heading of the square kilometres",
    ("layers/webmap/scripts/page/county-rows.js", "area"): "how square kilometres show",
    (
        "layers/webmap/scripts/page/county-table.js",
        "area",
    ): "how square kilometres show",
    ("layers/facts/units.py", "area"): "word of a base unit",
    ("layers/sheet/relations.py", "tourism"): "a symbol, which the descriptor lists",
    ("layers/sheet/relations.py", "ecology"): "a symbol, as above",
    ("layers/sheet/relations.py", "energy"): "a symbol, as above",
    ("layers/webmap/map_texts.py", "ecology"): "what a symbol stands for",
    ("layers/webmap/map_texts.py", "energy"): "what a symbol stands for",
    (
        "layers/webmap/scripts/map/place-symbols.js",
        "energy",
    ): "the symbol that is filled",
}
"""Words that are ids of the tables and something else as well."""


def column(table: str, *names: str) -> set[str]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        cells = [row[name] for row in csv.DictReader(file) for name in names]
    return {part for cell in cells for part in cell.split(";") if part}


ADCODES = column("divisions", "adcode") | column("crosswalk", "adcode", "former_adcode")
IDS = (
    ADCODES
    | column("variables", "id", "former_ids")
    | column("classes", "value")
    | column("groups", "id")
    | column("scopes", "id")
    | column("place_kinds", "id")
)


def texts_of_python(source: str) -> Iterator[tuple[int, str]]:
    """Strings, pieces of f-strings, names and keywords, but for what is said only."""
    tree = ast.parse(source)
    said = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node not in said:
                yield node.lineno, node.value
        elif isinstance(node, ast.Attribute):
            yield node.lineno, f".{node.attr}"
        elif isinstance(node, ast.Name):
            yield node.lineno, f".{node.id}"
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.value.lineno, f".{node.arg}"


def texts_of_script(source: str, lexer: type) -> Iterator[tuple[int, str]]:
    """Strings and names of a script or style sheet."""
    line = 1
    for kind, text in lexer(stripnl=False, ensurenl=False).get_tokens(source):
        if kind in Token.Literal.String:
            yield line, text
        elif kind in Token.Name:
            yield line, f".{text}"
        elif kind not in Comment and not text.startswith("#"):  # colours of a sheet
            yield line, text
        line += text.count("\n")


def texts_of(path: Path, source: str) -> Iterator[tuple[int, str]]:
    if path.suffix == ".py":
        return texts_of_python(source)
    lexer = JavascriptLexer if path.suffix == ".js" else CssLexer
    return texts_of_script(source, lexer)


def named(path: Path, source: str) -> Iterator[tuple[str, int, str]]:
    """Ids of the tables that a source names: file, line, id.

    An id of one plain word (river, area) is also a word of sentences and a name of
    variables in code: it counts in a string without a blank only.
    """
    file = path.relative_to(ROOT).as_posix()
    for line, text in texts_of(path, source):
        for word in {*re.findall(r"\w+", text, re.ASCII)} & IDS:
            plain = word.isalpha()
            if not (plain and (text.startswith(".") or " " in text)):
                yield file, line, word


def is_excepted(file: str, word: str) -> bool:
    return bool({("", word), (file, word)} & EXCEPTIONS.keys())


@pytest.mark.parametrize(
    "path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_no_module_names_a_place_a_programme_or_a_column_of_the_plan(path):
    found = [
        f"{file}, line {line}: {word}"
        for file, line, word in named(path, path.read_text("utf-8"))
        if not is_excepted(file, word)
    ]

    assert found == []


def test_every_exception_is_needed():
    met = {
        (file, word)
        for path in SOURCES
        for file, _, word in named(path, path.read_text("utf-8"))
    }

    assert {
        key
        for key in EXCEPTIONS
        if key not in met and not (not key[0] and any(key[1] == w for _, w in met))
    } == set()


def test_the_ids_of_all_tables_are_known():
    assert {
        "130722",  # a county of today
        "130124",  # a code of the past
        "deep_poverty",  # a programme
        "exit_approved_year",  # a date
        "exit",  # a former id
        "national_key",  # a class
        "area",  # a group that is a filter
        "bashang",  # a scope
        "forest_farm",  # a kind of place
    } <= IDS


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("geo/crs.py", 'table["exit_approved_year"]'),
        ("geo/crs.py", 'x = "see=exit"'),
        ("geo/crs.py", 'x = f"all={y}&in=130722"'),
        ("geo/crs.py", "table.exit_approved_year"),
        ("geo/crs.py", "Selection(exit_approved_year=1)"),
        ("geo/crs.py", 'if group == "area": pass'),
        ("geo/crs.py", 'N_("Members of deep_poverty")'),
        ("geo/crs.py", 'match x:\n    case "partner": pass'),
        ("layers/webmap/scripts/map/x.js", "if (row['exit_approved_year']) {}"),
        ("layers/webmap/scripts/map/x.js", "const x = row.exit_approved_year;"),
        ("layers/webmap/scripts/map/x.js", "const x = `${a}?partner=${b}`;"),
        ("layers/webmap/scripts/map/x.js", "const x = 130722;"),
        ("layers/webmap/scripts/map/x.css", ".deep_poverty { color: red }"),
        ("layers/webmap/scripts/map/x.css", '[data-see="partner"] { color: red }'),
    ],
)
def test_what_names_the_plan_is_noticed(file, source):
    assert len([*named(ROOT / file, source)]) == 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("geo/crs.py", '"""Selection(all_of=("deep_poverty",)) is an example."""'),
        ("geo/crs.py", "x = 1  # deep_poverty"),
        ("geo/crs.py", 'area = N_("Area (km²): of the river")'),
        ("geo/crs.py", 'table["area_km2"]'),
        (
            "layers/webmap/scripts/map/x.js",
            "// exit_approved_year\n/* 130722 */ const area = 1;",
        ),
        ("layers/webmap/scripts/map/x.css", "/* partner */ div { color: #130722 }"),
    ],
)
def test_what_names_nothing_of_the_plan_is_let_pass(file, source):
    assert [*named(ROOT / file, source)] == []

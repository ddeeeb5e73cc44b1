"""The house stands as designed: imports run one way, and no module is a drawer."""

import ast
import re
from pathlib import Path

import pytest

from layers.facts.variables import KINDS
from tests import real

ROOT = Path(__file__).parents[1]
ENTRY = "streamlit_app"

OURS = {
    "geo": {"geo"},
    "layers": {"geo", "layers"},
    "views": {"geo", "layers", "views"},
    ENTRY: {"geo", "layers", "views"},
}
"""Each part of the house, and the parts that it may import."""

FOREIGN = {
    "streamlit": {"views", ENTRY},
    "streamlit_folium": {"views", ENTRY},
    "folium": {"layers"},
    "branca": {"layers"},
}
"""Packages of others, and the parts that may import them."""

ROOMS = (
    "geo",
    "geo.export",
    "layers.facts",
    "layers.select",
    "layers.themes",
    "layers.own",
    "layers.settings",
    "layers.profile",
    "layers.files",
    "layers.publish",
    "layers.store",
    "layers.aggregate",
    "layers.webmap",
    "layers.sheet",
    "layers.edition",
    "layers.lanes",
    "layers.cli",
    "views.frame",
    "views.http",
    "views.pages",
    "views.script",
)
"""Rooms with one trade each; a room imports from those before it."""

LATE = {
    (
        "layers.aggregate.sources",
        "layers.aggregate.postgres",
    ): "psycopg, for an address",
    ("layers.cli.aggregating", "layers.aggregate.document"): "ibis, for one command",
    ("layers.cli.aggregating", "layers.aggregate.faults"): "none, beside the others",
    ("layers.cli.aggregating", "layers.aggregate.question"): "none, beside the others",
    ("layers.cli.aggregating", "layers.aggregate.report"): "ibis, as above",
    ("layers.cli.aggregating", "layers.aggregate.run"): "ibis and DuckDB, as above",
    ("layers.cli.commands", "layers.edition.build"): "Folium, for the command `check`",
    ("layers.cli.publishing", "layers.publish.address"): "psycopg, for one command",
    ("layers.cli.publishing", "layers.publish.database"): "psycopg, as above",
    ("layers.cli.printing", "layers.sheet"): "Matplotlib, for commands that draw",
    ("layers.cli.printing", "layers.sheet.atlas_book"): "Matplotlib, as above",
    ("layers.cli.printing", "layers.sheet.font"): "Matplotlib, as above",
    ("layers.lanes.work", "layers.sheet"): "Matplotlib, for processes that draw",
    ("layers.lanes.work", "layers.sheet.font"): "Matplotlib, as above",
    ("layers.lanes.work", "layers.sheet.atlas_book"): "Matplotlib, as above",
    ("layers.lanes.work", "layers.webmap.one_file"): "Folium, as above",
    ("layers.store.store", "layers.store.database"): "psycopg, for an office with one",
    ("views.http.ogc.api", "views.http.ogc.service"): "tipg, when it is first asked",
}
"""Imports inside a function, and what they put off; each is a cost to be weighed."""

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}
LONGEST_MODULE = 400
LONGEST_ENTRY = 80

MODULES = sorted(
    [f for part in OURS for f in ROOT.glob(f"{part}/**/*.py")]
    + list(ROOT.glob(f"{ENTRY}.py"))
)

each_module = pytest.mark.parametrize(
    "module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def imported(source: str, module: tuple[str, ...]) -> list[tuple[int, str]]:
    """Lines and top packages of all imports, wherever in the source they stand.

    `module` is the dotted name of the source, from which relative imports lead.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.append((node.lineno, node.module or ""))
        elif isinstance(node, ast.ImportFrom):
            base = module[: len(module) - node.level]
            names = [node.module] if node.module else [a.name for a in node.names]
            found += [(node.lineno, ".".join([*base, name])) for name in names]
    return [(line, name.split(".")[0]) for line, name in found]


def violations(source: str, module: tuple[str, ...]) -> list[str]:
    """Say every import that the house does not allow to this module."""
    part = module[0]
    return [
        f"{'.'.join(module)}, line {line}: imports {name}"
        for line, name in imported(source, module)
        if (name in OURS and name not in OURS[part])
        or (name in FOREIGN and part not in FOREIGN[name])
    ]


def dotted(path: Path) -> tuple[str, ...]:
    return path.relative_to(ROOT).with_suffix("").parts


@each_module
def test_imports_run_one_way(module):
    assert violations(module.read_text("utf-8"), dotted(module)) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("geo.crs", "import layers"),
        ("geo.crs", "import layers.facts.join as joined"),
        ("geo.crs", "from layers.facts.join import county_table"),
        ("geo.crs", "import numpy, folium"),
        ("geo.export.csv", "from ...layers import join"),
        ("geo.crs", "from .. import layers"),
        ("geo.crs", "def late():\n    import streamlit"),
        ("geo.crs", "if TYPE_CHECKING:\n    from layers.facts.package import Package"),
        ("layers.facts.join", "import views.map"),
        ("layers.facts.join", "import streamlit.components.v1 as components"),
        ("layers.facts.join", "from streamlit_folium import st_folium"),
        ("layers.facts.join", "import streamlit_app"),
        ("views.map", "import folium"),
        ("views.map", "from branca.colormap import linear"),
        ("views.map", "from streamlit_app import app"),
        ("streamlit_app", "import folium"),
    ],
)
def test_an_import_the_wrong_way_is_noticed(module, source):
    assert len(violations(source, tuple(module.split(".")))) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "geo.crs",
            "import geopandas\nfrom geo.language import N_\nfrom . import build",
        ),
        (
            "layers.facts.join",
            "import folium\nfrom geo import crs\nfrom . import package",
        ),
        (
            "views.map",
            "import streamlit\nimport layers.facts.join\nfrom geo import crs",
        ),
        ("streamlit_app", "import streamlit\nfrom views import map"),
        ("geo.crs", "import layersmith, geometry, folium_like"),
    ],
)
def test_an_import_the_right_way_is_let_pass(module, source):
    assert violations(source, tuple(module.split("."))) == []


def own_imports(source: str) -> list[tuple[str, bool]]:
    """Modules of ours that a source imports, and whether inside a function."""
    tree = ast.parse(source)
    late = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in NAMES else node.module for name in inside]
        else:
            continue
        found += [(name, node in late) for name in names if name in NAMES]
    return found


def name_of(path: Path) -> str:
    return ".".join(dotted(path)).removesuffix(".__init__")


def room_of(name: str) -> str | None:
    return next((r for r in reversed(ROOMS) if f"{name}.".startswith(f"{r}.")), None)


NAMES = {name_of(path): path for path in MODULES}
IMPORTS = {name: own_imports(path.read_text("utf-8")) for name, path in NAMES.items()}


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that reach one another (Tarjan's strong components)."""
    order, low, stack, found = {}, {}, [], []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for other in sorted(imports.get(name, ())):
            if other not in order:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], order[other])
        if low[name] == order[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(sorted(group))

    for name in sorted(imports):
        if name not in order:
            visit(name)
    return found


def test_rooms_import_from_rooms_before_them():
    upwards = [
        (name, other)
        for name, others in IMPORTS.items()
        for other, _ in others
        if (here := room_of(name)) and (there := room_of(other))
        if ROOMS.index(there) > ROOMS.index(here)
    ]

    assert upwards == []


def test_every_module_of_layers_and_views_stands_in_a_room():
    roomless = {name for name in NAMES if not room_of(name)}

    assert roomless == {"layers", "layers.__main__", "views", ENTRY}


def test_late_imports_are_those_that_were_weighed():
    late = {
        (name, other)
        for name, others in IMPORTS.items()
        for other, inside in others
        if inside
    }

    assert late == {*LATE}


def test_no_module_imports_in_a_circle():
    # Circles hidden by an import inside a function count as well.
    graph = {name: {o for o, _ in others} for name, others in IMPORTS.items()}

    assert circles(graph) == []


def test_a_circle_is_noticed():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [
        ["a", "b", "c"]
    ]
    assert circles({"a": {"b"}, "b": set()}) == []


def test_every_part_of_the_house_has_modules():
    parts = {dotted(module)[0] for module in MODULES}

    assert parts == set(OURS)


def test_no_module_is_named_as_a_drawer():
    everywhere = [
        path.relative_to(ROOT).as_posix()
        for folder in [*OURS, "tests", "benchmarks"]
        for path in ROOT.glob(f"{folder}/**/*")
        if path.stem.removeprefix("test_") in DRAWERS
    ]

    assert everywhere == []


@each_module
def test_no_module_is_too_long_to_be_read_at_once(module):
    lines = len(module.read_text("utf-8").splitlines())

    assert lines <= LONGEST_MODULE, f"{module.name} has {lines} lines"


def test_the_entry_holds_no_logic():
    entry = ROOT / f"{ENTRY}.py"

    assert entry.is_file(), "streamlit_app.py does not exist"
    assert len(entry.read_text("utf-8").splitlines()) <= LONGEST_ENTRY


def test_streamlit_takes_no_module_for_a_page():
    # Else a link to a page runs the module of its name, if the session is the first.
    entry = (ROOT / f"{ENTRY}.py").read_text("utf-8")
    (script,) = re.findall(r'st\.App\(\s*"([^"]+)"', entry)

    assert (ROOT / script).is_file()
    assert not (ROOT / script).with_name("pages").exists()


def test_tests_are_no_package():
    # Under pytest's importlib mode tests/geo/__init__.py would take the name `geo`.
    assert [str(path) for path in (ROOT / "tests").glob("**/__init__.py")] == []


def words_of(source: str) -> dict[str, int]:
    """Texts of a source with their lines, less docstrings."""
    tree = ast.parse(source)
    told = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return {
        node.value: node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        if isinstance(node.value, str) and node not in told
    }


def names_of_the_plan(source: str) -> dict[str, int]:
    """Ids of variables, and codes of places, that a source says."""
    # A variable may be called as its kind is.
    named = {*real.package().variables} - {*KINDS}
    return {
        text: line
        for text, line in words_of(source).items()
        if text in named or re.search(r"(?<![#\w])[1-8]\d{5}(?!\w)", text)
    }


OF_THE_BOUNDARIES = {
    "geo/build_source.py": "what to fetch from the publisher of boundaries",
}
"""Modules that may name places, and why."""


@each_module
def test_no_code_names_a_variable_or_a_place_of_the_plan(module):
    if module.relative_to(ROOT).as_posix() not in OF_THE_BOUNDARIES:
        assert names_of_the_plan(module.read_text("utf-8")) == {}


@pytest.mark.parametrize(
    "source",
    [
        'table["exit_approved_year"]',
        'if see == "partner": pass',
        'HOME = "130100"',
        'help = "such as: show 130722"',
        'f"{x} 110000"',
    ],
)
def test_a_name_of_the_plan_is_noticed(source):
    assert len(names_of_the_plan(source)) == 1


@pytest.mark.parametrize(
    "source", ['"""Or `partner`, 110000."""', 'COLOUR = "#777777"', 'kind = "category"']
)
def test_what_is_no_name_of_the_plan_is_let_pass(source):
    assert names_of_the_plan(source) == {}


PAGE = ROOT / "docs" / "architecture.md"


def test_the_page_draws_every_room_in_its_order():
    text = PAGE.read_text("utf-8")
    drawn = [
        f"{part}.{room}"
        for part in ("layers", "views")
        for room in re.findall(rf"^{part} +(.*◄─.*)$", text, re.M)[0].split(" ◄─ ")
    ]
    rows = re.findall(r"^\| `((?:geo|layers|views)[.\w]*)` \| \w", text, re.M)

    assert ("geo", "geo.export", *drawn) == ROOMS
    assert tuple(rows) == ROOMS


@pytest.mark.parametrize(
    "page",
    [PAGE, *sorted((ROOT / "docs" / "decisions").glob("*.md"))],
    ids=lambda path: path.name,
)
def test_every_path_that_the_page_names_exists(page):
    text = page.read_text("utf-8")
    links = [page.parent / link for link in re.findall(r"\]\(([^)#:]+)\)", text)]
    named = [ROOT / name for name in re.findall(r"`((?:[\w-]+/)+[\w.-]*)`", text)]
    short = {
        "map/",
        "page/",
        "search/",
        "shell/",
        "one_file/",
        "two_maps/",
    }  # rooms of the scripts
    members = text[text.index("## Private members") :] if page == PAGE else ""
    missing = [
        path
        for path in {*links, *named}
        if not path.exists()
        and f"`{path.relative_to(ROOT).as_posix()}`" not in members
        and f"{path.name}/" not in short
    ]

    assert links or named
    assert missing == []


def test_the_index_lists_every_decision():
    folder = ROOT / "docs" / "decisions"
    pages = sorted(path.name for path in folder.glob("[0-9]*.md"))
    index = (folder / "README.md").read_text("utf-8")

    assert re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", index) == pages
    assert [int(name[:4]) for name in pages] == [*range(1, len(pages) + 1)]
    for name in pages:
        text = (folder / name).read_text("utf-8")
        parts = re.findall(r"^## (.+)$", text, re.M)
        assert parts == ["Context", "Decision", "Weighed", "Consequence"], name
        title = text.partition("\n")[0]
        assert title.startswith(f"# {int(name[:4])}. "), name


MANY_PARAMETERS = 3


def undocumented(source: str) -> list[str]:
    """Public functions and classes that lack a docstring, or a word on a parameter.

    Ruff holds the form of the docstrings there are; it asks for no section.
    """
    found = []

    def visit(node: ast.AST) -> None:
        for child in getattr(node, "body", []):
            kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
            if not isinstance(child, kinds) or child.name.startswith("_"):
                continue
            text = ast.get_docstring(child)
            if not text:
                found.append(f"{child.name}: no docstring")
            elif not isinstance(child, ast.ClassDef):
                every = (*child.args.posonlyargs, *child.args.args)
                taken = {arg.arg for arg in (*every, *child.args.kwonlyargs)}
                taken -= {"self", "cls"}
                if len(taken) >= MANY_PARAMETERS:
                    missing = taken - parameters_told(text)
                    found.extend(f"{child.name}: {name}" for name in sorted(missing))
            if isinstance(child, ast.ClassDef):
                visit(child)

    visit(ast.parse(source))
    return found


def parameters_told(docstring: str) -> set[str]:
    """Names under the heading Parameters, of which several may stand in one line."""
    _, _, rest = docstring.partition("Parameters\n----------\n")
    section = re.split(r"\n\n[A-Z][A-Za-z ]+\n-{3,}\n", f"\n{rest}")[0]
    heads = re.findall(r"^(\S.*?)(?: :.*)?$", section, re.M)
    return {name.lstrip("*") for head in heads for name in head.split(", ")}


@each_module
def test_what_is_public_is_documented(module):
    assert undocumented(module.read_text("utf-8")) == []


def test_what_is_not_documented_is_noticed():
    source = '''
class Open:
    """Has one."""
    def lacks(self): ...
    def _hidden(self): ...
def many(a, b, *, c):
    """Do much."""
def forgets(a, b, c, d):
    """Do much.

    Parameters
    ----------
    a, b : int
        Two of them.
    c
        The third.

    Returns
    -------
    d
    """
def few(a, b):
    """Do little."""
async def none(): ...
'''

    assert undocumented(source) == [
        "lacks: no docstring",
        "many: a",
        "many: b",
        "many: c",
        "forgets: d",
        "none: no docstring",
    ]

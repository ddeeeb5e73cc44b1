"""Each recipe of CONTRIBUTING.md, followed to the letter on a copy of the project."""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from geo.export import FORMATS
from geo.language import LANGUAGES
from layers.edition.build import build
from layers.select.choices import Choices
from layers.select.facets import with_programme
from layers.select.selection import Selection
from layers.themes.relations import place_points
from layers.themes.themes import themes

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "CONTRIBUTING.md"
STEP = re.compile(
    r"\b(?P<how>Add to|New file|In) `(?P<path>[^`]+)`[^`]*?:\n\n"
    r"```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
SECTION = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
RECIPES = dict(SECTION.findall(PAGE.read_text("utf-8")))


@dataclass(frozen=True)
class Step:
    """One thing that a recipe says to do to one file."""

    how: str
    path: str
    kind: str
    text: str

    def follow(self, root: Path) -> None:
        path = root / self.path
        if self.how == "New file":
            assert not path.exists(), f"{self.path} is there already"
            path.write_text(self.text, encoding="utf-8")
            return
        before = path.read_text("utf-8")
        change = {"yaml": with_rows, "po": with_messages, "diff": patched}[self.kind]
        path.write_text(change(before, self.text), encoding="utf-8")


def steps(recipe: str) -> list[Step]:
    return [Step(**found.groupdict()) for found in STEP.finditer(RECIPES[recipe])]


def with_rows(table: str, text: str) -> str:
    """Append rows, whose cells stand one a line; columns left out stay empty."""
    header = next(csv.reader([table.partition("\n")[0]]))
    rows = io.StringIO()
    writer = csv.DictWriter(rows, header, restval="", lineterminator="\n")
    for block in text.strip().split("\n\n"):
        writer.writerow(dict(line.split(": ", 1) for line in block.splitlines()))
    return table + rows.getvalue()


def with_messages(catalogue: str, text: str) -> str:
    """Put messages in their places, in the order of their ids."""
    entries = catalogue.rstrip("\n").split("\n\n")
    for new in text.strip().split("\n\n"):
        assert re.fullmatch(r'msgid ".+"\nmsgstr ".+"', new)
        assert new.splitlines()[0] not in catalogue.splitlines()
        later = (i for i, e in enumerate(entries[1:], 1) if message(e) > message(new))
        entries.insert(next(later, len(entries)), new)
    return "\n\n".join(entries) + "\n"


def message(entry: str) -> str:
    return "".join(re.findall(r'^(?:msgid )?"(.*)"$', entry.split("msgstr")[0], re.M))


def patched(source: str, diff: str) -> str:
    """Change a source by hunks, whose old lines must stand in it once."""
    for hunk in diff.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        assert source.count(f"\n{old}") == 1, f"not there once: {old}"
        source = source.replace(f"\n{old}", f"\n{new}")
    return source


@pytest.fixture
def tables(tmp_path):
    """A copy of data/attributes beside the boundaries."""
    shutil.copytree(ROOT / "data" / "attributes", tmp_path / "data" / "attributes")
    (tmp_path / "data" / "boundaries").symlink_to(ROOT / "data" / "boundaries")
    return tmp_path


@pytest.fixture
def tree(tmp_path):
    """A copy of the project in which other processes run."""
    for folder in ("geo", "layers", "views", "locale", "docs", "tests"):
        ignored = shutil.ignore_patterns("__pycache__", "golden", "browser")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    for file in ("pyproject.toml", "streamlit_app.py"):
        shutil.copyfile(ROOT / file, tmp_path / file)
    (tmp_path / "data").symlink_to(ROOT / "data")
    return tmp_path


def run(root: Path, *arguments: str, **environment: str) -> bytes:
    """Run Python in a copy, give what it says; a failure shows all of it."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "ATLAS_DATA": "", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, done.stdout.decode(errors="replace")
    return done.stdout


def say(root: Path, code: str, **environment: str) -> str:
    return run(root, "-c", code, PYTHONUTF8="1", **environment).decode().strip()


def followed(recipe: str, root: Path) -> None:
    for step in steps(recipe):
        step.follow(root)


# --- the recipes --------------------------------------------------------------------


def test_a_programme(tables):
    followed("A programme", tables)
    edition = build(tables / "data" / "attributes")

    package, counties = edition.package, edition.counties()
    assert package.programmes["cold_chain"].name("zh") == "冷链物流示范县"
    assert package.members("cold_chain") == {"130722", "130709"}  # Chongli of today
    assert counties["cold_chain"].isna().sum() == 165  # open: nobody is out
    assert [*Selection(all_of=("cold_chain",)).apply(counties)] == ["130709", "130722"]
    assert "cold_chain" in edition.choices.programmes
    offered = with_programme(counties, Selection(), ["cold_chain"])
    assert offered["all_of"] == [2]


def test_another_variable(tables):
    followed("Another variable", tables)
    edition = build(tables / "data" / "attributes")

    counties = edition.counties()
    assert counties["cold_store_share"].dropna().to_dict() == {
        "130709": 40,
        "130722": 12.5,
    }
    assert themes(edition.package)["cold_store_share"].kind == "number"
    asked = Selection.from_query("cold_store_share=20..50", Choices.of(edition.package))
    assert [*asked[0].apply(counties)] == ["130709"]


def test_the_kinds_of_another_variable_are_those_of_the_registry():
    from layers.facts.variables import KINDS, VALUE_TABLES

    rows = re.findall(
        r"^\| `(\w+)` \| `data/attributes/(\w+)\.csv`",
        RECIPES["Another variable"],
        re.M,
    )

    assert dict(rows) == {k: VALUE_TABLES[k] for k in KINDS if k != "membership"}


def test_a_kind_of_place(tables):
    followed("A kind of place", tables)
    package = build(tables / "data" / "attributes").package

    drawn = {place["id"]: place for place in place_points(package)}
    assert drawn["P901"]["symbol"] == "transport"
    assert drawn["P901"]["county"] == "130722"


FORMAT_TESTS = (
    "tests/geo/export/test_formats.py",
    "tests/layers/files/test_export_formats.py",
    "tests/layers/files/test_kinds.py",
    "tests/layers/files/test_readback.py",
    "tests/views/http/test_layers_document.py",
    "tests/views/http/test_routes.py",
)


def test_a_file_format(tree):
    followed("A file format", tree)

    made = run(
        tree,
        *("-m", "layers", "select", "--in", "130722,130723"),
        *("--format", "geojsonseq", "-o", "-"),
    )
    assert made.count(b"\x1e") == 2
    told = say(
        tree,
        """
from geo.crs import WGS84
from geo.export import FORMATS
from geo.export.faults import EmptySelectionError
from layers.files.readback.reading import SUFFIXES
print(FORMATS["geojsonseq"].name("zh"), "geojsons" in SUFFIXES, len(FORMATS))
""",
    )
    assert told == f"GeoJSONSeq，适合逐条读取的程序 True {len(FORMATS) + 1}"
    # The project's own tests take the format like those before it.
    passed = run(
        tree,
        *("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"),
        *("--hypothesis-profile", "quick", "--cases", "2", *FORMAT_TESTS),
        *("-k", "geojsonseq or the_page_ or document_names"),
    ).decode()
    assert int(re.search(r"(\d+) passed", passed)[1]) > 20


def test_without_its_reader_a_format_is_not_offered_for_opening(tree):
    for step in steps("A file format"):
        if "readback" not in step.path:
            step.follow(tree)

    code = "from layers.files.readback.reading import SUFFIXES; print(*SUFFIXES)"
    offered = say(tree, code).split()
    assert "kml" in offered
    assert "geojsons" not in offered


SHOWN = """
from streamlit.testing.v1 import AppTest
from geo.language import LANGUAGES

def script(language):
    import streamlit as st
    from layers.edition.served import SERVED
    from views.frame import session
    from views.pages import sources
    from views.pages.navigation import entries
    st.query_params["lang"] = language
    session.restore(SERVED.edition())
    last = entries(language)[-1]
    st.session_state.last = f"{last.name} {last.path}"
    sources.show()

for language in LANGUAGES:
    shown = AppTest.from_function(script, args=(language,), default_timeout=120).run()
    print(language, shown.session_state.last, *shown.exception)
"""


def test_a_page(tree):
    followed("A page", tree)
    (tree / "shown.py").write_text(SHOWN, encoding="utf-8")

    told = run(tree, "shown.py", PYTHONUTF8="1").decode().splitlines()
    assert [line for line in told if line.startswith(LANGUAGES)] == [
        "zh 全部来源 sources",
        "en All sources sources",
    ]


def test_a_message(tree):
    followed("A message", tree)

    told = {
        locale: run(tree, "-m", "layers", "--version", LC_ALL=locale).decode()
        for locale in ("zh_CN.UTF-8", "en_GB.UTF-8")
    }
    assert re.search(r"^语言 +2种语言$", told["zh_CN.UTF-8"], re.M)
    assert re.search(r"^Languages +2 languages$", told["en_GB.UTF-8"], re.M)


# --- the page -----------------------------------------------------------------------


def test_every_recipe_is_followed_by_a_test():
    tested = {name.removeprefix("test_").replace("_", " ") for name in globals()}

    assert {recipe.lower() for recipe in RECIPES} <= tested


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_block_is_a_step(recipe):
    assert len(steps(recipe)) == RECIPES[recipe].count("```") / 2 > 0


def test_every_path_of_the_page_exists_or_is_made():
    text = STEP.sub(r"`\g<path>`", PAGE.read_text("utf-8"))
    made = {s.path for r in RECIPES for s in steps(r) if s.how == "New file"}
    links = re.findall(r"\]\(([^)#]+)\)", text)
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]*)`", text)

    assert [
        path for path in {*links, *named} - made if not (ROOT / path).exists()
    ] == []


def test_a_recipe_that_no_longer_fits_is_noticed():
    with pytest.raises(AssertionError, match="not there once"):
        patched("\nb\n", " a\n+c\n")
    with pytest.raises(ValueError, match="not in fieldnames"):
        with_rows("id,name\n", "id: a\ncolour: red\n")

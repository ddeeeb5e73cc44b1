"""Members of other packages that are not promised: known, and there.

docs/architecture.md names them all in one table. The first tests hold that the code
uses no other; the rest fail when an update takes one away.
"""

import ast
import inspect
import re
from importlib.metadata import version
from pathlib import Path

import aiohttp.web
import folium
import pytest
import streamlit
import tipg.factory
import tipg.openapi
from branca.element import Element, MacroElement
from pypdf import PdfWriter
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from layers.webmap.script_files import FOLDER, asset

ROOT = Path(__file__).parents[1]
STATIC = Path(streamlit.__file__).parent / "static"
OWN = {
    "_choices",
    "_component",
    "_every",
    "_members",
    "_labels",
    "_queryables",
    "_separators",
}
"""Members that begin with an underscore and are the project's own."""


def table() -> dict[str, tuple[str, str]]:
    """Member: package and version, of the table of the architecture page."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rows = page.split("## Private members we rely on")[1].split("\n## ")[0].splitlines()
    cells = [[c.strip() for c in row.split("|")[1:-1]] for row in rows if "|" in row]
    return {
        member: tuple(package.split(" ", 1))
        for members, package, *_ in cells[2:]
        for member in re.findall(r"`([^`]+)`", members)
    }


TABLE = table()


def private_in_python(source: str) -> set[str]:
    """Private members that a module takes from something that is not itself."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
            found |= set() if own else {node.attr}
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
    return {name for name in found if re.match(r"_[a-z]", name)} - OWN


def css_of_streamlit() -> set[str]:
    """Names that are Streamlit's own, of style sheets and pages."""
    texts = [
        p.read_text("utf-8") for s in ("css", "js") for p in FOLDER.rglob(f"*.{s}")
    ]
    texts += [path.read_text("utf-8") for path in (ROOT / "views").rglob("*.py")]
    return {
        name
        for text in texts
        for name in re.findall(r"(?:\.|`|data-testid=\"?)(st[A-Z]\w+)", text)
    }


def test_python_uses_no_private_member_that_is_not_in_the_table():
    used = {
        name
        for folder in ("geo", "layers", "views")
        for path in (ROOT / folder).rglob("*.py")
        for name in private_in_python(path.read_text("utf-8"))
    }

    assert used <= set(TABLE)


@pytest.mark.parametrize(
    "source",
    ["writer._objects", "super()._route()", "from tipg.openapi import _update_openapi"],
)
def test_a_private_member_is_noticed(source):
    assert len(private_in_python(source)) == 1


def test_scripts_use_no_private_member_that_is_not_in_the_table():
    used = set()
    for path in FOLDER.rglob("*.js"):
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text("utf-8"), flags=re.S)
        used |= set(re.findall(r"(?:\.|[{,]\s*)(_[a-z]\w+)", code))

    assert used == {"_parts"} <= set(TABLE)


def test_names_of_streamlit_in_style_sheets_are_in_the_table():
    assert css_of_streamlit() == {name for name in TABLE if name.startswith("st")}


def test_the_table_names_the_installed_versions():
    packages = {"leaflet": "django-js-lib-leaflet"}
    for member, (package, said) in TABLE.items():
        installed = version(packages.get(package.lower(), package.lower()))
        assert installed.startswith(said), f"{member}: {package} is {installed}"


@pytest.mark.parametrize(
    ("owner", "member"),
    [
        (PdfWriter(), "_objects"),
        (PdfWriter(), "_replace_object"),
        (tipg.openapi, "_update_openapi"),
        (tipg.factory.OGCFeaturesFactory, "_conformance_route"),
        (tipg.factory.OGCFeaturesFactory, "_collections_route"),
        (tipg.factory.OGCFeaturesFactory, "_collection_route"),
        (tipg.factory.OGCFeaturesFactory, "_create_html_response"),
        (aiohttp.web.Request, "_prepare_hook"),
        (aiohttp.web.Application(), "_make_request"),
        (aiohttp.web.RequestHandler, "_request_count"),
        (aiohttp.web.RequestHandler, "_waiter"),
        (MemoryUploadedFileManager, "remove_file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_python_relies_on_is_there(owner, member):
    assert member in TABLE
    assert hasattr(owner, member)


def test_name_and_id_make_the_name_of_an_element():
    element = MacroElement()
    element._name, element._id = "CountyLayers", "atlas"
    plan = folium.Map()
    plan._id = "atlas"
    plan.add_child(element)

    assert element.get_name() == "county_layers_atlas"
    assert plan.get_name() == "map_atlas"
    assert element._parent is plan
    assert {"_name", "_id", "_parent"} <= vars(Element()).keys() | {"_parent"}


@pytest.fixture(scope="module")
def frontend() -> str:
    """The scripts of Streamlit's page, as they are served."""
    return "".join(p.read_text("utf-8") for p in STATIC.rglob("*.js"))


def test_streamlits_page_has_the_names_that_style_sheets_use(frontend):
    assert css_of_streamlit()
    assert [n for n in css_of_streamlit() if n not in frontend] == []


def test_streamlits_page_says_whether_it_is_connected(frontend):
    member = "data-test-connection-state"

    assert member in TABLE
    assert member in asset("shell/watch.js").decode()
    assert member in frontend


def test_streamlits_components_are_called_as_ours_expect(frontend):
    parameters = inspect.signature(streamlit.components.v2.component).parameters

    assert {"name", "js", "isolate_styles"} <= set(parameters)
    for member in ("parentElement", "setTriggerValue"):
        assert member in TABLE
        assert member in frontend


def test_leaflet_keeps_the_projected_points_of_a_path():
    # That they are what is drawn, tests/browser/test_painting.py sees.
    source = asset("leaflet-src.js").decode()

    assert re.search(r"_clipPoints: function .*?this\._parts = ", source, re.DOTALL)
    assert "parts = this._parts" in source

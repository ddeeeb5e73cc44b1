"""Modules are joined into few files: what runs is what is written, each module once."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from layers.edition import assets
from layers.edition.served import SERVED
from layers.webmap.joining import JoiningError, Modules, parsed
from layers.webmap.script_files import (
    FIRST,
    LATER,
    MAP,
    ONE_FILE,
    inline,
    scripts,
    sources,
)

VIEWS = Path(__file__).parents[3] / "views"
MADE = {
    "page/folium-map.js": "export function mount() {}\n",
    "page/request-texts.js": "export const texts = {};\n",
}
SERVED_ROOMS = {"map", "page", "search", "two_maps"}

COUNT = """/* Counts. */
let count = 0;

export function more() { count += 1; return count; }
const secret = "of count.js";
export const told = () => secret;
"""
FACADE = 'export { more, told } from "./count.js";\n'
ONE = """import {
  more,
  told,
} from "./facade.js";

const secret = "of one.js";
export class One { static say() { return [more(), told(), secret]; } }
"""
TWO = """import { One } from "./one.js";
import { more } from "./facade.js";
export async function two() { return [...One.say(), more()]; }
export function broken() {
  throw new Error("here");
}
"""
SMALL = {"a/count.js": COUNT, "a/facade.js": FACADE, "a/one.js": ONE, "a/two.js": TWO}


def run_by_node(program: str, *arguments: str) -> str:
    """What a program writes."""
    answer = subprocess.run(
        ["node", "--input-type=module", "--eval", program, *arguments],
        capture_output=True,
        check=True,
        text=True,
    )
    return answer.stdout


@pytest.fixture(scope="module")
def files():
    return {file.name: file for file in scripts(MADE)}


@pytest.fixture
def small(tmp_path):
    """Three modules and one that passes on, written into two files."""
    modules = Modules(SMALL)
    first = modules.file("a/first.mjs", ["a/one.js"], {})
    held = {module.name: first.name for module in first.modules}
    second = modules.file("b/second.mjs", ["a/two.js"], held)
    for file in (first, second):
        place = tmp_path / file.name
        place.parent.mkdir()
        place.write_text(file.script())
    return tmp_path, first, second


def test_a_module_that_several_files_import_is_there_once(small):
    folder, first, second = small
    said = run_by_node(
        """const [{ more }, { two }] = await Promise.all([
          import(process.argv[1]), import(process.argv[2])]);
        more();
        console.log(JSON.stringify(await two()));""",
        *((folder / file.name).as_uri() for file in (first, second)),
    )

    # The names that both keep to themselves are each its own.
    assert json.loads(said) == [2, "of count.js", "of one.js", 3]
    assert "more" not in {name for m in second.modules for name in m.exports}


def test_a_line_of_a_file_leads_to_its_module(small):
    folder, _, second = small
    lines = (folder / second.name).read_text().splitlines()
    at = next(place for place, line in enumerate(lines) if '"here"' in line)
    said = run_by_node(
        """import { SourceMap } from "node:module";
        const map = new SourceMap(JSON.parse(process.argv[1]));
        console.log(JSON.stringify(map.findEntry(Number(process.argv[2]), 4)));""",
        second.source_map().decode(),
        str(at),
    )
    found = json.loads(said)

    assert found["originalSource"] == "../a/two.js"
    assert '"here"' in TWO.splitlines()[found["originalLine"]]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("export default function a() {}", "export default"),
        ('export * from "./count.js";', "export *"),
        ("export let a = 1;", "export let"),
        ("export { a };", "export { a }"),
        ("export function* a() {}", "export function*"),
        ('import a from "./count.js";', "import a"),
        ('import "./count.js";', 'import "./count.js"'),
        ('import { more as a } from "./count.js";', "more as a"),
        ('  import { more } from "./count.js";', "import { more }"),
        ('const a = () => import("./count.js");', "while it runs"),
        ("const a = await fetch(1);", "await"),
    ],
)
def test_another_form_is_refused_and_named(line, why):
    with pytest.raises(JoiningError) as refused:
        parsed("a/new.js", f"/* New. */\n{line}\n")

    assert "a/new.js" in str(refused.value)
    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('import { gone } from "./count.js";', "does not export gone"),
        ('import { a } from "./gone.js";', "a/gone.js: imported, and not there"),
        ('import { b } from "./b.js";\nexport const a = b;', "a circle"),
        (
            'import { told } from "./count.js";\nexport function more() {}',
            "more: of a/count.js and of a/new.js",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(text, why):
    other = 'import { a } from "./new.js";\nexport const b = () => a;'
    modules = Modules(SMALL | {"a/new.js": text, "a/b.js": other})

    with pytest.raises(JoiningError, match=re.escape(why)):
        modules.file("a/file.js", ["a/new.js"], {})


def test_a_module_that_asks_where_it_is_stays_in_its_folder():
    here = "export const here = () => import.meta.url;\n"
    modules = Modules({"a/here.js": here})

    assert "import.meta.url" in modules.file("a/file.js", ["a/here.js"], {}).script()
    with pytest.raises(JoiningError, match="away from home"):
        modules.file("b/file.js", ["a/here.js"], {})


def test_every_module_of_the_page_is_in_one_file(files):
    held = [module.name for file in files.values() for module in file.modules]
    # The one stands in the document itself, the other passes on what others have.
    elsewhere = {"page/run.js", "map/atlas.js"}
    written = {name for name in sources() if name.split("/")[0] in SERVED_ROOMS}

    assert len(held) == len(set(held))
    assert {*held} == (written | {*MADE}) - elsewhere


def test_a_file_imports_from_files_that_are_there_first(files):
    for name, file in files.items():
        assert {*file.imports} <= {*FIRST} - {name}, name
    # Pages without the map fetch nothing of it.
    for name in ("page/frame.js", *(n for n in LATER if n.endswith("-view.js"))):
        assert {*files[name].imports} <= {"page/frame.js"}, name


def test_what_is_fetched_later_has_an_address(files):
    asked = {
        (Path(name).parent / found).as_posix()
        for name, text in sources().items()
        for found in re.findall(r"atlasImport\(addressOf\(\"([^\"]+)\"\)\)", text)
    }

    assert {name.replace("page/../", "") for name in asked} <= {*LATER}
    assert len(asked) >= 4


def test_every_component_is_a_function_of_its_file(files):
    components = (VIEWS / "frame" / "components.py").read_text()
    shown = {"showHead", "showCard", "showDrawer"}
    named = {*re.findall(r"#(show[A-Z]\w+)", components)} | shown
    exported = {name for file in files.values() for name in file.exports()}

    assert named == {name for name in exported if re.match(r"show[A-Z]\w+$", name)} - {
        "showClasses"
    }
    assert "page/county-list-view.js#showCountyList" in components


def test_the_files_of_an_edition_are_modules_without_a_fault(tmp_path):
    served = assets.bundle(SERVED.edition()).files
    for name in (*FIRST, *LATER):
        place = tmp_path / f"{name.replace('/', '-')}.mjs"
        place.write_bytes(served[name])
        subprocess.run(["node", "--check", str(place)], check=True)
        last = served[name].decode().splitlines()[-1]
        assert last == f"//# sourceMappingURL={Path(name).name}.map"
        about = json.loads(served[f"{name}.map"])
        assert about["sources"]
        assert len(about["sources"]) == len(about["sourcesContent"])


@pytest.mark.parametrize("entries", [MAP, ONE_FILE])
def test_a_page_that_carries_its_scripts_has_them_in_one_scope(entries, tmp_path):
    place = tmp_path / "inline.js"
    place.write_text(inline(entries))
    subprocess.run(["node", "--check", str(place)], check=True)

    assert not re.search(r"^(import|export) ", inline(entries), re.MULTILINE)

"""Text from the data is text: in the browser, and in templates on the server.

The names of three counties are exchanged for what would be a script in HTML, an
expression in a template, and a template that is not closed.
"""

import csv
import hashlib
import json
import re
import shutil

import pytest
from driving import ROOT, act_and_wait, open_drawer, painted, running_app
from playwright.sync_api import expect

from layers.facts.package import load
from layers.facts.variables import VALUE_TABLES
from layers.select.selection import Selection
from layers.webmap.folium_map import draw

HOSTILE = {
    "130722": "<img src=x onerror=document.title='taken'>",
    "130723": "{{ 7*7 }}",
    "130724": "{% 万元",
    "130725": "${document.title='taken'}</script><script>alert(1)</script>",
    "130726": "{{ cycler.__init__.__globals__.os.system('touch MARK') }}",
}
DEEP = Selection(all_of=("deep_poverty",))


@pytest.fixture(scope="module")
def hostile_data(tmp_path_factory):
    """A copy of the data in which five counties have hostile names."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(ROOT / "data", folder)
    mark = folder.parent / "mark"
    names = {code: name.replace("MARK", str(mark)) for code, name in HOSTILE.items()}
    rename_in_tables(folder / "attributes", names)
    rename_in_boundaries(folder / "boundaries", names)
    return folder, names, mark


def rename_in_tables(folder, names):
    published = (*VALUE_TABLES.values(), "evidence")
    for table, code, name in (
        ("divisions.csv", "adcode", "name"),
        *(
            (f"{table}.csv", "published_adcode", "published_name")
            for table in published
        ),
    ):
        with (folder / table).open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        for row in rows:
            row[name] = names.get(row[code], row[name])
            if table == "divisions.csv" and row[code] in names:
                # No Chinese stands in a column of English.
                row["name_en"] = re.sub(r"[\u4e00-\u9fff]", "La ", row[name]).strip()
        with (folder / table).open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def rename_in_boundaries(folder, names):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        path = folder / resource["path"]
        if not path.name.startswith("county"):
            continue
        content = json.loads(path.read_text(encoding="utf-8"))
        for feature in content["features"]:
            properties = feature["properties"]
            properties["name"] = names.get(properties["adcode"], properties["name"])
        raw = json.dumps(content, ensure_ascii=False).encode()
        path.write_bytes(raw)
        resource["hash"] = "sha256:" + hashlib.sha256(raw).hexdigest()
        resource["bytes"] = len(raw)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


@pytest.fixture(scope="module")
def hostile_app(hostile_data, tmp_path_factory):
    folder, _, _ = hostile_data
    log = tmp_path_factory.mktemp("hostile_app") / "server.log"
    with running_app(log, data=folder) as address:
        yield address


def test_hostile_names_are_shown_as_text_and_do_nothing(
    hostile_app, hostile_data, watched_page
):
    _, names, mark = hostile_data
    page = watched_page(f"{hostile_app}/?{DEEP.to_query()}")
    painted(page)
    open_drawer(page, "table")
    for code in HOSTILE:
        row = page.locator(f".atlas-table tr[data-adcode='{code}']")
        if code != "130726":  # 蔚县 is not among the deep-poverty counties
            expect(row).to_contain_text(names[code])
    open_drawer(page, "table")
    for code in HOSTILE:
        name = names[code]
        path = page.locator(f"path[data-adcode='{code}']")
        path.hover()
        expect(page.locator(".leaflet-tooltip strong")).to_have_text(name)
        act_and_wait(page, path.click)
        expect(page.locator(".atlas-side h2")).to_have_text(name)

    assert "taken" not in page.title()
    assert page.locator("img[src='x']").count() == 0
    assert page.get_by_text("49", exact=True).count() == 0
    assert not mark.exists()


def test_hostile_names_are_text_in_a_saved_map_too(
    hostile_data, watched_page, tmp_path, monkeypatch
):
    folder, names, mark = hostile_data
    page_file = tmp_path / "map.html"
    draw(DEEP, package=load(folder / "attributes")).save(page_file)

    page = watched_page(page_file.as_uri())
    page.wait_for_selector(".folium-map[data-painted]", state="attached")
    for code, name in names.items():
        page.locator(f"path[data-adcode='{code}']").hover()
        expect(page.locator(".leaflet-tooltip strong")).to_have_text(name)
    assert "taken" not in page.title()
    assert not mark.exists()


def test_what_folium_renders_holds_no_name_at_all(hostile_data, monkeypatch):
    folder, names, mark = hostile_data
    fragment = draw(DEEP, package=load(folder / "attributes")).fragment()

    for name in names.values():
        assert name not in fragment.html + fragment.script
    assert not mark.exists()

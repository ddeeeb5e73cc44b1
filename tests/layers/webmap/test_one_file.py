"""The one-file map carries all it needs, as data, and is small."""

import json
import re
from html.parser import HTMLParser

import pytest

from geo.export import FORMATS
from layers.files.export import export
from layers.select.rejected import SelectionError
from layers.select.search import gazetteer, target
from layers.select.selection import Selection
from layers.webmap.joining import Modules
from layers.webmap.map_document import POLICY
from layers.webmap.one_file import one_file_map
from layers.webmap.script_files import ONE_FILE, asset, sources
from tests import real

DEEP = Selection(all_of=("deep_poverty",))
MOST_BYTES = 1_000_000


class Parts(HTMLParser):
    """Elements by tag, with their attributes, and the text of each script."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: dict[str, str] = {}
        self._script = ""
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self._script = dict(attrs).get("id") or f"script {len(self.scripts)}"
            self.scripts[self._script] = ""

    def handle_endtag(self, tag):
        if tag == "script":
            self._script = ""

    def handle_data(self, data):
        if self._script:
            self.scripts[self._script] += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def carried(content: bytes) -> tuple[dict, dict]:
    """What stands in the page for the map and for the page's own script."""
    scripts = Parts(content).scripts
    return json.loads(scripts["atlas-data"]), json.loads(scripts["one-file-data"])


def said_of(page: dict, adcode: str) -> list:
    """Facts and blocks of one county; a block of many counties stands there once."""
    profile = page["profiles"][adcode]
    return [*profile["facts"], *(page["blocks"][place] for place in profile["blocks"])]


@pytest.fixture(scope="module")
def everything(package, counties):
    return one_file_map(package, counties, Selection())


@pytest.mark.spread(5)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("theme", real.themes_to_try())
def test_a_file_of_all_counties_is_below_a_megabyte(package, counties, theme, language):
    content = one_file_map(
        package, counties, Selection(), theme=theme, language=language
    )

    assert len(content) < MOST_BYTES


def test_full_boundaries_do_not_make_it_larger(package, everything):
    from layers.facts.county_table import county_table

    full = one_file_map(package, county_table(package, "full"), Selection())

    assert len(full) < MOST_BYTES
    assert (
        carried(full)[0]["bundle"]["county"]
        == (carried(everything)[0]["bundle"]["county"])
    )


def test_it_names_no_other_file(everything):
    parts = Parts(everything)

    for attributes in (a for _, a in parts.elements):
        assert not {"src", "href", "srcset", "data", "action"} & set(attributes)
    assert not parts.named("link")
    # Leaflet's own images stay behind their names: nothing shows them.
    assert b"@import" not in everything


def test_the_policy_is_in_force_before_anything_else(everything):
    parts = Parts(everything)
    policies = [m["content"] for m in parts.named("meta") if m.get("http-equiv")]

    assert policies == [POLICY]
    assert POLICY.startswith(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
        "img-src data:"
    )
    tags = [tag for tag, _ in parts.elements]
    assert tags.index("meta") < tags.index("style") < tags.index("script")
    assert everything.index(POLICY.encode()) < 300


def test_the_modules_are_joined_without_imports(everything):
    scripts = [s for s in Parts(everything).scripts.values() if "class OneFile" in s]

    assert len(scripts) == 1
    assert not re.search(r"^\s*(import|export)\b", scripts[0], re.MULTILINE)
    for name in Modules(sources()).needed(ONE_FILE):
        *_, last = asset(name).decode().strip().splitlines()
        assert last.removeprefix("export ") in scripts[0]


def test_every_county_has_a_profile_with_its_evidence(package, everything):
    _, page = carried(everything)

    assert len(page["profiles"]) == 167
    for adcode, profile in page["profiles"].items():
        said = json.dumps(said_of(page, adcode), ensure_ascii=False)
        assert adcode in said
        for programme in package.programmes.values():
            assert programme.name("zh") in said
        assert set(profile["sources"]) <= set(page["sources"])
    chongli = json.dumps(said_of(page, "130709"), ensure_ascii=False)
    for expected in (
        "崇礼县",
        "130733",
        "九（一）；专栏14",
        "来源写明",
        "北京市",
        "2018年度退出，2019年5月批准",
        "名单未列全，是否属于不详",
        "[S00",
    ):
        assert expected in chongli


def test_a_made_up_variable_of_each_kind_is_in_the_profiles(
    made_up_package, made_up_counties
):
    _, page = carried(one_file_map(made_up_package, made_up_counties, Selection()))
    said = json.dumps(said_of(page, "130722"), ensure_ascii=False)
    made_up = [v for v in made_up_package.variables.values() if v.group == "made_up"]

    assert {v.kind for v in made_up} >= {"category", "number", "date", "relation"}
    for variable in made_up:
        assert variable.name("zh") in said
    assert "北京市" in said
    assert "天津市" in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_says_what_every_file_says(package, counties, language):
    content = one_file_map(package, counties, DEEP, language=language)
    _, page = carried(content)
    made = export(package, counties, DEEP, format="geojson", detail="overview")

    assert page["about"] == json.loads(made.content)["metadata"]
    said = dict(page["notes"])
    assert DEEP.sentence(language, package) in said.values()
    assert any("GS(2024)0650" in text for text in said.values())
    assert page["about"]["data_date"] in said.values()
    assert page["about"]["query"] == "all=deep_poverty"


def test_a_hit_leads_where_the_application_leads(package, counties, everything):
    _, page = carried(everything)

    for entry in gazetteer(package).entries:
        wanted = target(package, entry.kind, entry.id)
        county, joined = page["targets"][f"{entry.kind} {entry.id}"]
        assert county == wanted.county
        chosen = wanted.selection
        assert re.findall(r"\d{6}", joined) == (
            [*chosen.apply(counties)] if chosen else []
        )


def test_no_base_map_is_offered_whatever_the_office_has_set(
    package, counties, monkeypatch
):
    monkeypatch.setattr(
        "layers.webmap.bundle.base_maps", lambda: [{"url": "https://a/"}]
    )
    data, _ = carried(one_file_map(package, counties, DEEP))

    assert data["bundle"]["base_maps"] == []


def test_nothing_selected_is_a_map_too(package, counties):
    nobody = Selection(all_of=("deep_poverty",), none_of=("poor_county",))
    data, page = carried(one_file_map(package, counties, nobody))

    assert not any(data["state"]["counties"])
    assert page["about"]["count"] == 0


def test_what_does_not_exist_is_refused(package, counties):
    with pytest.raises(SelectionError, match="nowhere"):
        one_file_map(package, counties, Selection(all_of=("nowhere",)))


def test_the_same_facts_give_the_same_bytes(package, counties):
    assert one_file_map(package, counties, DEEP) == (
        one_file_map(package, counties, DEEP)
    )
    assert "html" not in FORMATS  # not one of the formats that hold the table

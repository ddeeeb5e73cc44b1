"""The map in a frame looks as its file does, and tells the same when it is asked."""

import json

import pytest

from layers.select.selection import Selection
from layers.webmap.framed_map import answer, framed_map
from layers.webmap.one_file import one_file_map
from tests.layers.webmap.test_one_file import Parts, carried

POOR = Selection(all_of=("poor_county",))
SEEN = {"theme": "population_2020", "language": "en"}

MOST_BYTES = 600_000
"""Of a file with all that it tells it is a million."""


@pytest.fixture(scope="module")
def file(package, counties):
    """What the same map carries as a file: for the map, for what is round it."""
    return carried(one_file_map(package, counties, POOR, **SEEN))


@pytest.fixture(scope="module")
def asked(package, counties):
    def ask(question):
        found = answer(package, counties, POOR, **SEEN, question=question)
        return json.loads(json.dumps(found, allow_nan=False))

    return ask


def test_it_shows_the_same_and_carries_nothing_else(package, counties, file):
    html = framed_map(package, counties, POOR, appearance="light", **SEEN)
    scripts = Parts(html.encode()).scripts

    assert json.loads(scripts["atlas-data"]) == file[0]
    page = json.loads(scripts["one-file-data"])
    assert page.keys() < {*file[1], "texts"}
    assert not {"profiles", "search", "targets", "notes"} & page.keys()
    assert page["texts"].items() >= file[1]["texts"].items()
    assert len(html.encode()) < MOST_BYTES


def test_every_county_is_told_as_in_the_file(file, asked):
    _, page = file
    for adcode, profile in page["profiles"].items():
        assert asked(f"county {adcode}") == {
            "facts": profile["facts"],
            "blocks": [page["blocks"][place] for place in profile["blocks"]],
            "sources": [[name, *page["sources"][name]] for name in profile["sources"]],
        }


def test_every_hit_leads_where_it_leads_in_the_file(file, asked):
    for hit, target in file[1]["targets"].items():
        assert asked(f"target {hit}") == target


def test_the_index_and_the_notes_are_those_of_the_file(file, asked):
    assert asked("search") == file[1]["search"]
    assert asked("notes") == file[1]["notes"]


@pytest.mark.parametrize(
    "question",
    [
        *("", "county", "county 999999", "county 130722 130723", "county\x00130722"),
        *("target", "target x", "target county __class__", "profiles"),
    ],
)
def test_what_is_no_question_has_no_answer(asked, question):
    assert asked(question) is None


def test_a_layer_of_the_reader_is_drawn_in_it(package, counties):
    layer = json.dumps({"name": "</script>", "features": []})
    html = framed_map(
        package, counties, POOR, appearance="dark", own_layer=layer, **SEEN
    )

    scripts = Parts(html.encode()).scripts
    assert json.loads(scripts["one-file-data"])["own_layer"] == json.loads(layer)
    assert 'data-appearance="dark"' in html

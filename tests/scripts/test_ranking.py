"""The script that searches finds what Python finds; run by Node, without a browser."""

import itertools
import json
import subprocess
from pathlib import Path

import hypothesis
from hypothesis import strategies as st

from geo.names import distance
from layers.edition.edition import compact_json
from layers.select.search import gazetteer, index
from layers.webmap.script_files import FOLDER

SEARCH = """
import { readFileSync } from "node:fs";
const { search } = await import(process.argv[1]);
const { index, queries } = JSON.parse(readFileSync(0, "utf8"));
const found = queries.map((text) => search(text, index).map((hit) =>
  [hit.entry.kind, hit.entry.id, hit.rank, hit.past, hit.suggestion]));
process.stdout.write(JSON.stringify(found));
"""

DISTANCES = """
import { readFileSync } from "node:fs";
const { distance } = await import(process.argv[1]);
const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map((words) => distance(...words))));
"""


def run_by_node(program: str, content: bytes) -> list:
    """What a program that is given search/rank.js makes of a text."""
    script = (FOLDER / "search" / "rank.js").resolve().as_uri()
    answer = subprocess.run(
        ["node", "--input-type=module", "--eval", program, script],
        input=content,
        capture_output=True,
        check=True,
        cwd=Path(__file__).parent,
    )
    return json.loads(answer.stdout)


def found_by_script(content: bytes, queries: list[str]) -> list[list[list]]:
    """What search/rank.js finds for each query."""
    given = b'{"index":%b,"queries":%b}' % (content, compact_json(queries))
    return run_by_node(SEARCH, given)


def slips(name: str) -> list[str]:
    """A name, its beginning and end, and what a slip of the hand makes of it."""
    return [name, name[:2], name[1:], name[1:2] + name[:1] + name[2:], name[:-1] + "x"]


def compare(package, queries: list[str]) -> None:
    everything = gazetteer(package)
    for text, in_script in zip(
        queries, found_by_script(compact_json(index(package)), queries), strict=True
    ):
        in_python = [
            [hit.kind, hit.id, hit.rank, bool(hit.former), hit.suggestion]
            for hit in everything.search(text)
        ]
        assert in_script == in_python, text


def test_names_and_slips_of_them_are_ranked_as_in_python(package):
    divisions = list(package.divisions.of_level("county").values())
    names = [name for d in divisions[::6] for name in (d.name, d.name_en)]

    codes = [d.adcode for d in divisions]
    compare(package, codes + [s for name in names for s in slips(name)])


def test_all_short_words_are_as_far_apart_as_in_python():
    # Every slip, swap and swap of what was changed already is among them.
    words = ["".join(w) for n in range(5) for w in itertools.product("abc", repeat=n)]
    asked = [
        (one, other, allowed)
        for one, other in itertools.product(words, words)
        for allowed in (0, 1, 2)
    ]

    assert run_by_node(DISTANCES, compact_json(asked)) == [
        distance(*words) for words in asked
    ]


@hypothesis.settings(max_examples=2, deadline=None)
@hypothesis.given(st.lists(st.text(max_size=12), min_size=30, max_size=30))
def test_whatever_is_typed_is_ranked_as_in_python(package, queries):
    compare(package, queries)

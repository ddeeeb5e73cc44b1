"""The page parts a number into classes as the server does."""

import json
import subprocess

import pytest

from layers.edition.edition import compact_json
from layers.select.selection import Selection
from layers.themes.class_limits import class_limits, class_looks
from layers.themes.themes import theme_of, themes
from layers.webmap.map_state import map_state
from layers.webmap.map_texts import map_texts
from layers.webmap.script_files import FOLDER
from tests import real

PROGRAM = """
import { readFileSync } from "node:fs";
const { reclassed } = await import(process.argv[1]);
const { order, looks, cases } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(({ state, breaks, range }) => (
  reclassed(state, breaks, { order, looks, range }, "")))));
"""

PACKAGE, COUNTIES = real.package(), real.counties()

NUMBERS = [t.id for t in themes(PACKAGE).values() if t.kind == "number"]

SOME = Selection(prefectures=("130700", "130800"))


def colours(state):
    """The colour of each selected county, and what the legend says of it."""
    found = {}
    for places, bits in zip(state["classes"], state["counties"], strict=True):
        entry = state["legend"][places[0]]
        found[entry["name"], entry["colour"], entry["texture"]] = bits
    return {key: bits for key, bits in found.items() if bits}


def by_script(cases):
    script = (FOLDER / "map" / "class-limits.js").resolve().as_uri()
    given = {"order": [*COUNTIES.index], "looks": class_looks(), "cases": cases}
    answer = subprocess.run(
        ["node", "--input-type=module", "--eval", PROGRAM, script],
        input=compact_json(given),
        capture_output=True,
        check=True,
    )
    return json.loads(answer.stdout)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_restyles_as_the_server_does(language):
    cases, expected = [], []
    for number in NUMBERS[::3]:
        seen = theme_of(PACKAGE, f"{number}:natural.6")
        about = {"language": language}
        wanted = map_state(PACKAGE, COUNTIES, SOME, theme=seen.id, **about)
        usual = map_state(
            PACKAGE, COUNTIES, SOME, theme=seen.id.partition(":")[0], **about
        )
        breaks = wanted["limits"]["breaks"]
        range_text = map_texts(PACKAGE.boundaries)[language]["range"]
        cases.append({"state": usual, "breaks": breaks, "range": range_text})
        expected.append(wanted)

    for found, wanted in zip(by_script(cases), expected, strict=True):
        assert colours(found) == colours(wanted)
        assert [e["note"] for e in found["legend"]] == [
            e["note"] for e in wanted["legend"]
        ]


@pytest.mark.parametrize("number", NUMBERS[::5])
def test_limits_part_what_the_legend_lists(number):
    seen = theme_of(PACKAGE, f"{number}:equal.4")
    variable = PACKAGE.variables[number]

    limits = class_limits(PACKAGE, variable, seen.classing, COUNTIES, "en")

    known = [value for value in limits["values"] if value is not None]
    assert (limits["method"], limits["classes"]) == ("equal", 4)
    assert limits["breaks"] == sorted({*limits["breaks"]})
    assert min(known) <= limits["breaks"][0] <= limits["breaks"][-1] < max(known)
    assert [len(looks) for looks in class_looks()] == [*range(1, 8)]

"""What one types above the list of counties leaves the counties that Python finds."""

import json
import subprocess
from functools import cache
from pathlib import Path

from layers.edition.edition import compact_json
from layers.select.search import gazetteer, index
from layers.webmap.script_files import FOLDER
from tests import real

PROGRAM = """
import { readFileSync } from "node:fs";
const { meant } = await import(process.argv[1]);
const { index, prefectures, queries } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(
  queries.map((text) => [...meant(text, index, prefectures)])));
"""


def by_script(queries):
    divisions = real.package().divisions
    prefectures = [
        {
            "id": code,
            "counties": [
                {"id": adcode}
                for adcode, county in divisions.of_level("county").items()
                if county.parent == code
            ],
        }
        for code in divisions.of_level("prefecture")
    ]
    script = (FOLDER / "page" / "county-filter.js").resolve().as_uri()
    given = {
        "index": index(real.package()),
        "prefectures": prefectures,
        "queries": queries,
    }
    answer = subprocess.run(
        ["node", "--input-type=module", "--eval", PROGRAM, script],
        input=compact_json(given),
        capture_output=True,
        check=True,
        cwd=Path(__file__).parent,
    )
    return dict(zip(queries, map(set, json.loads(answer.stdout)), strict=True))


@cache
def known():
    return gazetteer(real.package())


def by_python(text):
    divisions = real.package().divisions
    ranks = {hit.id: hit.rank for hit in known().search(text, 10_000)}
    own = {a: ranks[a] for a in divisions.of_level("county") if a in ranks}
    best = min(own.values(), default=float("inf"))
    whole = {
        a
        for a, county in divisions.of_level("county").items()
        if ranks.get(county.parent, float("inf")) < best
    }
    return own.keys() | whole


def test_names_codes_pinyin_initials_and_slips_leave_the_same_counties():
    divisions = real.package().divisions
    queries = [
        "河北",
        "zhuo lu",
        "涿鹿縣",
        "xyz",
        "1307",
        "130733",
        "崇礼县",
        "Xuanhua",
    ]
    counties = divisions.of_level("county").values()
    for division in divisions.of_level("prefecture").values():
        queries += [division.name, division.name_en, division.pinyin]
    for at, division in enumerate(counties):  # two of six spellings of each
        spelt = [division.name, division.name[:2], division.name_en]
        spelt += [division.pinyin, division.initials, division.adcode]
        queries += [spelt[at % 6], spelt[(at // 6 + at + 3) % 6]]
    queries = [*dict.fromkeys(filter(None, queries))]
    found = by_script(queries)
    for text in queries:
        assert found[text] == by_python(text), text


def test_a_county_is_left_by_each_of_its_spellings_and_a_prefecture_with_all_of_its():
    divisions = real.package().divisions
    spellings = ["涿鹿", "涿鹿县", "zhuolu", "zl", "130731", "崇礼县", "张家口"]
    found = by_script([*spellings, "没有这个县"])
    for text in spellings[:5]:
        assert "130731" in found[text]
    assert found["崇礼县"] == {"130709"}
    assert found["张家口"] == {
        a for a, c in divisions.of_level("county").items() if c.parent == "130700"
    }
    assert found["没有这个县"] == set()

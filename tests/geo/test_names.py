"""Names are reduced, read aloud and compared as documented; their table is no guess."""

import csv
import io
import re
from collections import Counter, defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import CHARACTERS, distance, normalise, read_aloud, spelled
from layers.facts.package import load

READINGS = {"长治": "changzhi"}
"""Names inside of names that pypinyin reads wrong."""


@given(text=st.text(max_size=300))
def test_a_normal_text_is_normal(text):
    once = normalise(text)

    assert normalise(once) == once[:100]
    assert not any(c.isspace() for c in once)


def test_u_with_two_dots_is_v():
    assert normalise("Lǜyóu LÜYOU lvyou") == "lvyou" * 3


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("abcd", "abcd", 0),
        ("abdc", "abcd", 1),
        ("abc", "abcd", 1),
        ("xbcd", "abcd", 1),
        ("ca", "abc", None),
        ("", "ab", 2),
    ],
)
def test_the_distance_counts_slips(one, other, expected):
    assert distance(one, other, 2) == expected
    assert distance(other, one, 2) == expected


def test_ways_to_read_are_few():
    assert [spoken for spoken, _ in read_aloud("行唐")] == ["xingtang", "hangtang"]
    assert len(read_aloud("行" * 90)) == 4
    assert read_aloud("魑魅") == []


def expected_characters() -> str:
    """The table of characters as the libraries make it from the names of the tables."""
    import opencc
    from pypinyin import Style, lazy_pinyin, pinyin

    package = load()
    official, names = {}, set()
    for division in package.tables["divisions"].to_dict("records"):
        official[division["short_name"]] = division["pinyin"]
        names |= {division["name"]}
    names |= {change.former_name for change in package.divisions.changes}
    names |= {
        alias.alias for alias in package.divisions.aliases if alias.kind == "part"
    }
    for variable in package.variables.values():
        names |= {variable.name_zh, variable.short_zh}
    for kind in package.tables["classes"].to_dict("records"):
        names |= {kind["name_zh"]}
    names |= set(package.tables["places"]["name_zh"])

    readings: dict[str, Counter] = defaultdict(Counter)
    for name, spoken in [*official.items(), *READINGS.items()]:
        ways = product(*pinyin(name, style=Style.NORMAL, heteronym=True))
        right = next(way for way in ways if "".join(way) == spoken)
        for sign, way in zip(name, right, strict=True):
            readings[sign][way] += 100
    for name in names:
        for run in re.findall("[\u3400-\u9fff]+", name):
            for sign, way in zip(run, lazy_pinyin(run), strict=True):
                if sign not in readings or run not in official:
                    readings[sign][way] += 1
    forms = defaultdict(set)
    for config in ("t2s", "tw2s", "hk2s"):
        simplify = opencc.OpenCC(config).convert
        for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)):
            simple = simplify(chr(code))
            if simple != chr(code) and simple in readings:
                forms[simple].add(chr(code))

    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["character", "traditional", "pinyin"])
    for sign in sorted(readings):
        ways = [w for w, _ in sorted(readings[sign].items(), key=lambda p: (-p[1], p))]
        # Not everybody types ü as v.
        ways += [way.replace("v", "u") for way in ways if "v" in way]
        writer.writerow([sign, "".join(sorted(forms[sign])), " ".join(ways)])
    return table.getvalue()


def test_a_name_is_spelled_as_the_list_of_divisions_spells_it():
    """Where a character may be read in several ways nothing is guessed."""
    divisions = load().divisions
    counties = divisions.of_level("county").values()
    found = {c.name: (spelled(c.name), c.name_en) for c in counties}
    certain = {name: pair for name, pair in found.items() if pair[0]}

    assert {name: pair for name, pair in certain.items() if pair[0] != pair[1]} == {}
    assert len(certain) > 140
    past = {change.former_name for change in divisions.changes}
    assert {name for name in past if not spelled(name)} == set()
    assert spelled("赵家蓬区") == divisions.aliases_of("130731")[0].alias_en


def test_the_table_of_characters_is_what_the_libraries_make():
    pytest.importorskip("opencc")
    pytest.importorskip("pypinyin")

    # `PYTHONPATH=. python tests/geo/test_names.py` writes it again.
    assert CHARACTERS.read_text("utf-8") == expected_characters()


def main() -> None:
    """Write the table of characters again, after names were added to the tables."""
    CHARACTERS.write_text(expected_characters(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()

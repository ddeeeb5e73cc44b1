"""The reader's notes: what an address may hold, and where they are shown."""

import json
import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.facts.county_table import county_table
from layers.select.selection import Selection
from layers.sheet.sheet import draw
from layers.webmap.map_notes import LONGEST, MOST_NOTES, Note, read_notes
from layers.webmap.one_file import one_file_map

VISIT = Note(114.9, 40.8, "走访三个村 <b>x</b> {{ 1 }}")
BEYOND = Note(121.5, 31.2, "Shanghai office")
CHOSEN = Selection(all_of=("deep_poverty",))


@given(
    lon=st.floats(-180, 180),
    lat=st.floats(-90, 90),
    text=st.text(max_size=200),
)
def test_a_note_is_one_line_within_its_length_or_none(lon, lat, text):
    notes, rejected = read_notes([f"{lon!r},{lat!r},{text}"])

    assert len(notes) + len(rejected) == 1
    for note in notes:
        assert (note.lon, note.lat) == (lon, lat)
        assert 0 < len(note.text) <= LONGEST
        assert note.text.isprintable()
        assert read_notes([f"{lon!r},{lat!r},{note.text}"])[0] == notes


@pytest.mark.parametrize(
    "value",
    [
        "",
        "text",
        "115,40",
        "115,40,",
        "115,40,\u202e\n",
        "x,40,text",
        "nan,40,text",
        "inf,40,text",
        "181,40,text",
        "115,90.1,text",
        "115,40," + "字" * (LONGEST + 1),
    ],
)
def test_what_is_no_note_is_rejected_with_what_one_is(value):
    notes, (rejected,) = read_notes([value])

    assert notes == ()
    assert str(LONGEST) in rejected.say("en") and "经度" in rejected.say("zh")
    assert len(rejected.say("en")) < 400


def test_a_map_holds_so_many_notes_and_each_once():
    values = [f"115,40,note {n}" for n in range(MOST_NOTES + 2)]

    notes, rejected = read_notes([values[0], *values])

    assert len(notes) == MOST_NOTES
    assert len(rejected) == 2


def told_by(pdf, tmp_path):
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf)
    run = ["pdftotext", "-layout", str(file), "-"]
    return subprocess.run(run, capture_output=True, check=True, text=True).stdout


def test_a_sheet_has_their_texts_and_says_which_lies_beyond_it(package, tmp_path):
    counties = county_table(package)
    kept = {"package": package, "counties": counties, "selection": CHOSEN}
    plain = draw(**kept, language="en")

    noted = draw(**kept, language="en", notes=(VISIT, BEYOND))

    told = " ".join(told_by(noted, tmp_path).split())
    assert "走访三个村" in told and "{{ 1 }}" in told
    assert "Shanghai office" in told and told.count("beyond this map") == 1
    assert told.count("note of the reader") == 2
    assert "beyond this map" not in told_by(plain, tmp_path)


def test_the_one_file_map_carries_them_as_text(package):
    counties = county_table(package, "overview")
    page = one_file_map(package, counties, CHOSEN, notes=(VISIT,)).decode()

    data = re.search(r'id="one-file-data">(.*?)</script>', page, re.S)[1]
    assert json.loads(data)["map_notes"] == [[VISIT.lon, VISIT.lat, VISIT.text]]
    assert "<b>x</b>" not in page

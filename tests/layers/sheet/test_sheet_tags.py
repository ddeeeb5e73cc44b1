"""A PDF says to who hears it what it shows: a structure tree over all that is drawn."""

import io
import re
import subprocess

import pytest
from pypdf import PdfReader

from layers import sheet
from layers.select.selection import Selection
from tests.tagged import check_marks

TEN = Selection(all_of=("deep_poverty",))


def told(content):
    """The tree as poppler reads it, without its indents."""
    done = subprocess.run(
        ["pdfinfo", "-struct-text", "-"], input=content, capture_output=True, check=True
    )
    return done.stdout.decode()


@pytest.fixture(scope="module")
def content(package, counties):
    return sheet.draw(package, counties, TEN, language="en")


def test_all_that_is_painted_is_in_the_tree_or_decoration(content):
    check_marks(content)


def test_a_sheet_is_read_title_first_then_map_legend_table_and_sources(content):
    kinds = re.findall(r"^  (\w+)", told(content), re.MULTILINE)

    order = list(dict.fromkeys(kinds))
    assert order == ["H1", "P", "Figure", "L", "Table"]
    assert kinds.count("H1") == 1
    assert kinds[-1] == "P"


def test_a_table_has_a_row_a_county_and_its_heads_say_so(content, counties):
    tree = told(content)

    rows = tree.split("    TR")[1:]
    assert len(rows) == 1 + 10
    assert rows[0].count("TH") == 5
    assert "/Scope /Column" in rows[0]
    for row, adcode in zip(rows[1:], TEN.apply(counties), strict=True):
        assert row.count("TD") == 5
        assert f'"{adcode}"' in row


def test_a_map_is_told_in_words(content):
    reader = PdfReader(io.BytesIO(content))
    figures = [
        part.get_object()
        for part in reader.trailer["/Root"]["/StructTreeRoot"]["/K"]["/K"]
        if part.get_object()["/S"] == "/Figure"
    ]

    assert len(figures) == 2
    assert re.match(
        r"Map “.*[Dd]eep.poverty.*”. 10 of 167 counties are selected.* Scale 1:\d+\.",
        figures[0]["/Alt"],
    )
    assert figures[1]["/Alt"].startswith("Small map: where in Hebei the 10")
    page = reader.pages[0].mediabox
    for figure in figures:
        left, bottom, right, top = map(float, figure["/A"]["/BBox"])
        assert 0 <= left < right <= page.right
        assert 0 <= bottom < top <= page.top


def test_a_picture_is_tagged_too(package, counties):
    drawn = sheet.draw(
        package, counties, TEN, theme="population_2020", window="selection"
    )

    check_marks(drawn)

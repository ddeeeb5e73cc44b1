"""A workbook has text as text, numbers as numbers, and explains itself."""

import html
import io
import re
import zipfile

import openpyxl
import pandas as pd
import pytest

from geo.export import xlsx
from geo.export.document import WKT, Field, Note
from geo.export.faults import ValueTooLongError


def workbook(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_xlsx_cells_are_text_whatever_they_look_like(hostile, places, written):
    book = workbook(
        written(
            "xlsx",
            table=places(note=[hostile, hostile]),
            companions={"other": pd.DataFrame({hostile: [hostile]})},
            notes=(Note(key=hostile, label=hostile, text=hostile),),
        )
    )

    assert [c.value for c in book["数据"]["B"]] == ["note", hostile, hostile]
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert sum(cell.value == hostile for cell in cells) == 7
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(c.data_type == "s" for c in cells if c.value == hostile)
    assert all(cell.hyperlink is None for cell in cells)


def test_xlsx_has_its_sheets_with_headings_that_stay(written):
    book = workbook(
        written(
            "xlsx",
            fields=(Field(name="note", label_zh="备注", label_en="Note"),),
            companions={"other": pd.DataFrame({"a": [1]})},
        )
    )

    assert book.sheetnames == ["数据", "字段说明", "other", "选择条件"]
    assert [sheet.freeze_panes for sheet in book] == ["C2", "A2", "A2", "A2"]
    assert [cell.value for cell in book["数据"][1]] == ["code", "备注"]
    dictionary = [[c.value for c in row[:4]] for row in book["字段说明"]]
    assert dictionary[1:] == [["A", "code", None, None], ["B", "note", "备注", "Note"]]
    assert [[c.value for c in row] for row in book["选择条件"]][1:] == [
        ["title", "名称", "地方"]
    ]


def test_xlsx_has_headings_that_gdal_knows_from_rows(written):
    other = pd.DataFrame({"a": ["x", "y"], "b": [None, None], "c": ["z", None]})
    content = written("xlsx", companions={"other": other})

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet3.xml").decode()
    # As many cells as there are headings, and not all of them text.
    assert re.findall(r'<c r="([A-Z]2)"[^>]*?(/?)>', sheet) == [
        ("A2", ""),
        ("B2", "/"),
        ("C2", ""),
    ]
    assert 'r="C3"' not in sheet


def test_xlsx_keeps_codes_as_text_and_numbers_as_numbers(places, written):
    table = places(
        code_too=["013001", "1e5"],
        flag=[True, False],
        real=[-1.5, float("nan")],
        whole=pd.array([2, None], dtype="Int64"),
    )

    sheet = workbook(written("xlsx", table=table))["数据"]

    rows = [[cell.value for cell in row] for row in sheet][1:]
    assert rows == [
        ["a", "013001", True, -1.5, 2],
        ["b", "1e5", False, None, None],
    ]
    assert sheet["B2"].number_format == "@"


def test_xlsx_columns_are_as_wide_as_their_text(places, written):
    table = places(short=["a", "b"], wide=["张家口市" * 4, ""], endless=["x" * 999, ""])

    sizes = workbook(written("xlsx", table=table))["数据"].column_dimensions

    assert sizes["A"].width < 10  # of "B" too, which is as wide
    assert 30 < sizes["C"].width < 40
    assert sizes["D"].width < 60


def test_xlsx_refuses_what_a_cell_cannot_hold(places, written):
    with pytest.raises(ValueTooLongError, match="32767 characters"):
        written("xlsx", table=places(note=["", "𠀀" * (xlsx.LONGEST_TEXT // 2 + 1)]))


CHARACTER, SIDES = 1.86, {("9", "portrait"): 210, ("9", "landscape"): 297}
"""Width of a character in mm, and of A4; what is wider than that is A3."""


def feet(content: bytes) -> list[str]:
    """The orders for the foot of each sheet, as Excel reads them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = sorted(n for n in archive.namelist() if "worksheets/sheet" in n)
        texts = [archive.read(part).decode() for part in parts]
    return [
        html.unescape(re.search("<oddFooter>(.*?)</oddFooter>", text, re.DOTALL)[1])
        for text in texts
    ]


def scale(sheet) -> float:
    """How far a sheet is made smaller so that it is as wide as its pages."""
    columns = [
        size.width * (size.max - size.min + 1)
        for size in sheet.column_dimensions.values()
    ]
    setup = sheet.page_setup
    paper = SIDES.get((str(setup.paperSize), setup.orientation), 420)
    across = 1 if setup.fitToWidth is None else int(setup.fitToWidth)
    return min(1.0, (paper - 20) * across / CHARACTER / sum(columns))


@pytest.mark.parametrize(
    ("columns", "paper", "orientation", "across"),
    [
        (6, "9", "portrait", 1),
        (14, "9", "landscape", 1),
        (24, "8", "landscape", 1),
        (50, "8", "landscape", 2),
        (90, "8", "landscape", 3),
    ],
)
def test_xlsx_prints_on_the_smallest_paper_on_which_it_can_be_read(
    columns, paper, orientation, across, places, written
):
    table = places(**{f"c{n}": ["x" * 12, ""] for n in range(columns)})

    sheet = workbook(written("xlsx", table=table))["数据"]

    setup = sheet.page_setup
    assert (str(setup.paperSize), setup.orientation) == (paper, orientation)
    assert int(setup.fitToWidth or 1) == across
    assert scale(sheet) > 0.42
    # On pages side by side it is known which place a row is.
    assert sheet.print_title_cols == (None if across == 1 else "$A:$B")


def test_xlsx_prints_every_sheet_with_its_headings_and_whom_to_name(written):
    content = written(
        "xlsx",
        title="A & B &R&P",
        notes=(Note(key="credit", label="署名", text="审图号 GS(2024)0650 & 来源"),),
        companions={"other": pd.DataFrame({"a": [1], "b": [2]})},
    )

    book = workbook(content)
    assert book["other"].print_area.endswith("!$A$1:$B$2")
    for sheet, foot in zip(book, feet(content), strict=True):
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert foot == (
            f"&L&8 {sheet.title}\nA && B &&R&&P\n审图号 GS(2024)0650 && 来源"
            "&R&8 &P / &N"
        )


def test_xlsx_cuts_a_foot_that_excel_forbids_not_within_an_order(written):
    for length in range(220, 250):
        foot = feet(written("xlsx", title="x" * length + "&" * 20))[0]
        assert len(foot) <= 255
        assert foot.endswith("&R&8 &P / &N")
        left = foot.removeprefix("&L&8 ").removesuffix("&R&8 &P / &N")
        assert "&" not in left.replace("&&", "")


def test_xlsx_makes_rows_as_high_as_their_text(places, written):
    long = "连片特困地区" * 40
    table = places(note=[long, "short"], **{"a heading of many words": [1, 2]})

    sheet = workbook(written("xlsx", table=table))["数据"]

    rows = sheet.row_dimensions
    assert rows[2].height >= 15 * len(long) * 2 / 50
    assert rows[3].height in {None, 15}
    assert rows[1].height > 15


def test_xlsx_makes_a_long_list_a_page_shorter(places, written):
    """Fifty rows fit on a page at full size; seventy when they are a little smaller."""
    few, more = (
        workbook(
            written("xlsx", companions={"other": pd.DataFrame({"a": range(rows)})})
        )["other"].page_setup.fitToHeight
        for rows in (80, 170)
    )

    assert (int(few or 1), int(more)) == (1, 2)


def test_xlsx_does_not_print_boundaries(places, written):
    sheet = workbook(written("xlsx", table=places(note=["x", "y"]), wkt=True))["数据"]

    assert [cell.value for cell in sheet[1]] == ["code", "note", WKT]
    assert sheet["C2"].value.startswith("POLYGON")
    assert sheet.print_area.endswith("!$A$1:$B$3")
    assert not sheet["C2"].alignment.wrap_text
    assert sheet.row_dimensions[3].height in {None, 15}

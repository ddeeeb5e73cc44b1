"""A workbook has text as text, numbers as numbers, and explains itself."""

import io

import openpyxl
import pandas as pd
import pytest

from geo.export import xlsx
from geo.export.document import Field, Note
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
    for sheet in book:
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert [cell.value for cell in book["数据"][1]] == ["code", "备注"]
    dictionary = [[c.value for c in row[:4]] for row in book["字段说明"]]
    assert dictionary[1:] == [["A", "code", None, None], ["B", "note", "备注", "Note"]]
    assert [[c.value for c in row] for row in book["选择条件"]][1:] == [
        ["title", "名称", "地方"]
    ]


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

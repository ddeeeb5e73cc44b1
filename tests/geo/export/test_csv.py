"""CSV that a spreadsheet opens is not calculated."""

import pandas as pd
import pytest
import shapely

from geo.export import csv_table
from geo.export.document import Note


def test_csv_marks_what_would_be_calculated_and_nothing_else(
    hostile, places, written, csv_rows
):
    content = written("csv", table=places(note=[hostile, hostile]))

    dangerous = hostile[0] in "=@-+"
    expected = f"'{hostile}" if dangerous else hostile
    assert [row["note"] for row in csv_rows(content)] == [expected, expected]


@pytest.mark.parametrize("mark", [*"=+-@＝＋－＠", "\t", "\r", "\n"])
def test_every_beginning_of_a_formula_is_marked(mark, places, written, csv_rows):
    assert csv_table.safe(f"{mark}1") == f"'{mark}1"
    (row, _) = csv_rows(written("csv", table=places(**{f"{mark}a": [f"{mark}b", ""]})))
    assert row[f"'{mark}a"] == f"'{mark}b"


def test_csv_values_are_plain_and_numbers_keep_their_sign(places, written, csv_rows):
    table = places(
        flag=[True, False],
        real=[-1.5, float("inf")],
        whole=pd.array([-2, None], dtype="Int64"),
        nested=[[{"a": "县"}], {"b": None}],
    )

    rows = csv_rows(written("csv", table=table))

    assert rows == [
        {
            "code": "a",
            "flag": "true",
            "real": "-1.5",
            "whole": "-2",
            "nested": '[{"a":"县"}]',
            "about": '{"title":"地方"}',
        },
        {
            "code": "b",
            "flag": "false",
            "real": "",
            "whole": "",
            "nested": '{"b":null}',
            "about": "",
        },
    ]


def test_csv_has_the_mark_by_which_excel_knows_utf_8(written):
    assert written("csv").startswith("\ufeffcode,note".encode())


def test_what_the_file_is_stands_once_with_its_sources(written, csv_rows):
    notes = (
        Note(key="query", label="查询", text="all=x"),
        Note(key="sources", label="来源", text="S00\nS01"),
    )

    rows = csv_rows(written("csv", notes=notes))
    assert [row["about"] for row in rows] == [
        '{"query":"all=x","sources":"S00\\nS01"}',
        "",
    ]


def test_geometry_as_text_is_a_column_for_who_asks(places, written, csv_rows):
    rows = csv_rows(written("csv", table=places().to_crs(4547), wkt=True))

    shapes = shapely.from_wkt([row["wkt"] for row in rows])
    assert shapely.equals_exact(shapes, places().geometry.values, tolerance=2e-6).all()

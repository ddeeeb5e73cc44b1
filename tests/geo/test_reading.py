"""Tables are read as text, and every fault of a file has its line."""

import pandas as pd
import pytest

from geo import reading
from geo.reading import read_table

COLUMNS = ("adcode", "name")


@pytest.fixture
def read(tmp_path):
    """Writes bytes or text to a file and reads it as a table of codes and names."""

    def read(content: bytes | str, columns=COLUMNS):
        path = tmp_path / "towns.csv"
        raw = content.encode("utf-8") if isinstance(content, str) else content
        path.write_bytes(raw)
        return read_table(path, columns)

    return read


def table(rows: dict[int, tuple[str, ...]], columns=COLUMNS) -> pd.DataFrame:
    return pd.DataFrame(
        list(rows.values()), columns=list(columns), index=list(rows), dtype="str"
    )


def faults(problems) -> list[tuple[int | None, str | None, str]]:
    return [(p.row, p.column, p.rule.format(**p.details)) for p in problems]


PLAIN = "adcode,name\n130722,张北县\n130723,康保县\n"
READ = table({2: ("130722", "张北县"), 3: ("130723", "康保县")})

SAME = {
    "as it is": PLAIN,
    "byte-order mark": b"\xef\xbb\xbf" + PLAIN.encode(),
    "Windows line ends": PLAIN.replace("\n", "\r\n"),
    "old Macintosh line ends": PLAIN.replace("\n", "\r"),
    "no line end at the end": PLAIN.rstrip("\n"),
    "blank lines at the end": PLAIN + "\n\n  \n",
    "rows of commas at the end": PLAIN + ",\n,\n",
    "white space round cells": PLAIN.replace(",", " ,\t"),
    "full-width space round a cell": PLAIN.replace("康保县", "\u3000康保县\u3000"),
    "quotation marks round cells": '"adcode","name"\n' + PLAIN.split("\n", 1)[1],
}


@pytest.mark.parametrize("content", SAME.values(), ids=SAME.keys())
def test_harmless_differences_give_the_same_table(read, content):
    found, problems = read(content)

    assert problems == []
    pd.testing.assert_frame_equal(found, READ)


def test_cells_stay_the_text_that_they_are(read):
    found, problems = read("adcode,name\n007,NA\n1e5,null\n,TRUE\n")

    assert problems == []
    pd.testing.assert_frame_equal(
        found, table({2: ("007", "NA"), 3: ("1e5", "null"), 4: ("", "TRUE")})
    )


def test_columns_come_in_the_order_asked_for(read):
    found, problems = read("name,adcode\n张北县,130722\n")

    assert problems == []
    pd.testing.assert_frame_equal(found, table({2: ("130722", "张北县")}))


def test_the_index_is_the_line_on_which_a_row_begins(read):
    found, problems = read(
        'adcode,name\n1,"two\nlines"\n\n2,"a, b\u2028c"\n3,"""x"""\n'
    )

    assert problems == []
    pd.testing.assert_frame_equal(
        found,
        table({2: ("1", "two\nlines"), 5: ("2", "a, b\u2028c"), 6: ("3", '"x"')}),
    )


def test_a_table_without_rows_is_empty_and_no_fault(read):
    found, problems = read("adcode,name\n")

    assert problems == []
    assert list(found.columns) == list(COLUMNS)
    assert len(found) == 0


FAULTS = {
    "empty file": (
        "",
        [
            (1, "adcode", "the header lacks this column; it has: ."),
            (1, "name", "the header lacks this column; it has: ."),
        ],
    ),
    "missing header": (
        "130722,张北县\n",
        [
            (1, "adcode", "the header lacks this column; it has: 130722, 张北县."),
            (1, "name", "the header lacks this column; it has: 130722, 张北县."),
            (1, "130722", "the header has a column that the table does not know."),
            (1, "张北县", "the header has a column that the table does not know."),
        ],
    ),
    "title above the header, merged over it": (
        "县,\nadcode,name\n130722,张北县\n",
        [
            (1, "adcode", "the header lacks this column; it has: 县, ."),
            (1, "name", "the header lacks this column; it has: 县, ."),
            (1, "县", "the header has a column that the table does not know."),
            (1, "∅", "the header has a column that the table does not know."),
        ],
    ),
    "column too many": (
        "adcode,name,note\n130722,张北县,\n",
        [(1, "note", "the header has a column that the table does not know.")],
    ),
    "column named twice": (
        "adcode,name,name\n130722,张北县,\n",
        [(1, "name", "the header names this column more than once.")],
    ),
    "cell too many": (
        "adcode,name\n1,a\n130722,张北县,张家口\n2,b\n",
        [(3, None, "the row has 3 cells, the header 2.")],
    ),
    "cell too few": (
        "adcode,name\n130722\n",
        [(2, None, "the row has 1 cells, the header 2.")],
    ),
    "quotation mark never closed": (
        'adcode,name\n1,a\n2,"b\n3,c\n4,d\n',
        [(3, None, "the line is not valid CSV (unexpected end of data).")],
    ),
    "quotation mark closed by one that opens": (
        'adcode,name\n1,a\n2,"b\n3,c\n4,"d"\n',
        [(3, None, "the line is not valid CSV (',' expected after '\"').")],
    ),
    "quotation mark not closed in the header": (
        'adcode,"name\n1,a\n',
        [(1, None, "the line is not valid CSV (unexpected end of data).")],
    ),
    "GBK": (
        "adcode,name\n1,a\n130722,张北县\n".encode("gbk"),
        [(3, None, "the file is not UTF-8; it looks like GBK.")],
    ),
    "UTF-16, little end first": (
        b"\xff\xfe" + PLAIN.encode("utf-16-le"),
        [(1, None, "the file is not UTF-8; it looks like UTF-16.")],
    ),
    "UTF-16, big end first": (
        b"\xfe\xff" + PLAIN.encode("utf-16-be"),
        [(1, None, "the file is not UTF-8; it looks like UTF-16.")],
    ),
    "a workbook, not a table": (
        b"PK\x03\x04\x14\x00\x06\x00\xff\xff\xff\xff",
        [(1, None, "the file is not UTF-8; it looks like binary.")],
    ),
}


@pytest.mark.parametrize(("content", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_has_its_line_and_its_column(read, content, expected):
    _, problems = read(content)

    assert faults(problems) == expected
    assert {p.table for p in problems} == {"towns.csv"}
    assert all(p.remedy for p in problems)


def test_faults_of_several_rows_are_found_at_once(read):
    found, problems = read("adcode,name\n1\n2,b\n3,c,d\n")

    assert [p.row for p in problems] == [2, 4]
    pd.testing.assert_frame_equal(found, table({3: ("2", "b")}))


def test_a_missing_file_is_a_problem_and_not_a_crash(tmp_path):
    found, problems = read_table(tmp_path / "exits.csv", COLUMNS)

    assert faults(problems) == [(None, None, "the file does not exist.")]
    assert problems[0].table == "exits.csv"
    assert len(found) == 0


def test_a_file_too_large_is_not_read(read, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_TABLE_BYTES", 2 * 1024**2)

    found, problems = read(PLAIN + "1,a\n" * 600_000)

    assert faults(problems) == [(None, None, "the file is larger than 2 MB.")]
    assert len(found) == 0

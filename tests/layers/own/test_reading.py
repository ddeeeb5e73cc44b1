"""A file of others is read in a process of its own, and harms nobody outside of it."""

import csv
import io
import json
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import fiona
import openpyxl
import pytest
import shapely
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.own import process
from layers.own.child import text
from layers.own.child.faults import NotReadError
from layers.own.limits import Limits
from layers.own.reading import expect, read
from layers.own.refusals import KINDS, RefusedError

SMALL = Limits(rows=20, columns=10, unpacked_mb=5, seconds=20)


def refused(
    content: bytes, name: str = "own.csv", limits: Limits = SMALL
) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        read(content, name, limits)
    for language in ("zh", "en"):
        assert "{" not in caught.value.say(language)
    return caught.value


def packed(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()


# --- Encodings and separators --------------------------------------------------------

TABLE = "县名,人口\n张北县,100\n蔚县,200\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TABLE.encode(), "utf-8"),
        (TABLE.encode("utf-8-sig"), "utf-8-sig"),
        (TABLE.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + TABLE.encode("utf-16-be"), "utf-16-be"),
        (TABLE.encode("utf-16-le"), "utf-16-le"),
        (TABLE.encode("utf-16-be"), "utf-16-be"),
        (TABLE.encode("gbk"), "gb18030"),
        ("縣名,人口\n張北縣,100\n".encode("big5"), "big5"),
        ("縣名,人口\n張北縣,100\n".encode("gbk"), "gb18030"),
    ],
)
def test_an_encoding_is_told_by_what_it_makes_of_the_text(content, encoding):
    decoded, found = text.decode(content)

    assert found == encoding
    assert decoded.splitlines()[1].split(",")[0] in {"张北县", "張北縣"}


def test_every_county_alone_is_told_apart_from_big5(places):
    # A second look at the rule: the shortest texts that there are, a name each.
    for county in places.counties.values():
        assert text.decode(county.name.encode("gb18030")) == (county.name, "gb18030")


@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "|"])
def test_a_separator_is_what_parts_the_lines_alike(separator):
    table = f"县名{separator}人口\n张北县{separator}100\n\n注：说明，其一。\n"

    (sheet,) = text.read(table, "utf-8", "own.csv", SMALL)["sheets"]

    assert sheet["rows"][:2] == [["县名", "人口"], ["张北县", "100"]]
    assert sheet["rows"][2] == []


def test_full_and_half_width_commas_part_together_when_typed_by_hand():
    table = "县名，人口\n张北县,100\n蔚县，200\n"

    (sheet,) = text.read(table, "utf-8", "own.csv", SMALL)["sheets"]

    assert sheet["rows"] == [["县名", "人口"], ["张北县", "100"], ["蔚县", "200"]]


def test_a_quotation_mark_that_is_never_closed_swallows_no_row():
    limit = csv.field_size_limit()
    answer = text.read('县名,注\n张北县,"5\n蔚县,6\n', "utf-8", "own.csv", SMALL)
    assert csv.field_size_limit() == limit  # csv has one for the whole process

    assert [row[0] for row in answer["sheets"][0]["rows"]] == ["县名", "张北县", "蔚县"]
    assert answer["notes"] == [{"code": "open_quote"}]


def test_a_line_break_within_quotation_marks_begins_no_row():
    (sheet,) = text.read('县名,注\n张北县,"a\nb"\n', "utf-8", "x", SMALL)["sheets"]

    assert sheet["rows"][1] == ["张北县", "a\nb"]


def test_damaged_utf8_is_said_with_its_line_and_not_read_as_gbk():
    content = ("县名,人口\n" + "张北县,100\n" * 10).encode() + b"\xe5\xbc,1\n"

    error = refused(content)

    assert error.kind == "encoding"
    assert "12" in error.say("zh")


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_bytes_are_decoded_or_refused_and_nothing_else(content):
    try:
        decoded, encoding = text.decode(content)
    except NotReadError as error:
        assert error.kind in KINDS
    else:
        assert decoded.encode(encoding) in {content, content[2:], content[3:]}


# --- Formats -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b" \r\n\0", "empty"),
        (b"%PDF-1.7 x", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n123", "not_a_table"),
        (bytes(range(256)) * 4, "not_a_table"),
        (b"PK\x03\x04 not an archive", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not a workbook", "damaged"),
        (b"SQLite format 3\0 not a package", "damaged"),
        (b'{"type": "FeatureCollection", "features": [', "damaged"),
        (b'{"type": "Topology", "objects": {}}', "empty"),
        (b'{"type": "Polygon", "coordinates": []}', "not_a_table"),
        (b'{"type": "FeatureCollection", "features": []}', "empty"),
        (b"<html><p>no table</p></html>", "not_a_table"),
        (b'<?xml version="1.0"?><kml><Placemark>', "damaged"),
        (b"<OGRVRTDataSource/>", "not_a_table"),
        (
            b"<OGRWFSDataSource><URL>http://127.0.0.1:9</URL></OGRWFSDataSource>",
            "not_a_table",
        ),
        (packed(word__document_dot_xml=b"<a/>"), "unsupported"),
        (packed(a_dot_shp=b"x", b_dot_shp=b"y"), "unsupported"),
        (packed(a_dot_shp=b"x"), "damaged"),
        (packed(xl__workbook_dot_xml=b"<a/>"), "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_kind(content, kind):
    assert refused(content, "own.xlsx").kind == kind


def test_a_geojson_deeper_than_any_layer_is_refused():
    shape = '{"a":' * 50_000 + "1" + "}" * 50_000
    content = f'{{"type":"FeatureCollection","features":[{shape}]}}'

    assert refused(content.encode(), "own.geojson").kind == "hostile"


def test_a_link_in_a_crs_member_is_not_followed_and_said():
    feature = {"type": "Feature", "properties": {"县名": "张北县"}, "geometry": None}
    link = {"type": "link", "properties": {"href": "http://127.0.0.1:9/x"}}
    document = {"type": "FeatureCollection", "crs": link, "features": [feature]}

    upload = read(json.dumps(document).encode(), "own.geojson", SMALL)

    assert upload.sheets[0].crs is None
    assert upload.notes == [{"code": "crs_link"}]


def test_a_geopackage_is_read_with_its_shapes_and_system(tmp_path):
    path = tmp_path / "own.gpkg"
    schema = {"geometry": "Point", "properties": {"县名": "str", "数": "float"}}
    with fiona.open(path, "w", driver="GPKG", crs="EPSG:4490", schema=schema) as layer:
        layer.write(
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": (114.7, 41.2)},
                "properties": {"县名": "张北县", "数": 1.5},
            }
        )

    upload = read(path.read_bytes(), "own.gpkg", SMALL)

    (sheet,) = upload.sheets
    assert (upload.format, sheet.crs, upload.is_layer) == ("gpkg", "EPSG:4490", True)
    assert sheet.rows == [["县名", "数"], ["张北县", 1.5]]
    assert shapely.from_wkb(sheet.shapes) == [shapely.Point(114.7, 41.2)]


def test_cells_of_a_workbook_are_what_they_are():
    target = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["县名", "数", "日期", "真"])
    book.active.append(["=1+1", 130722.0, None, True])
    hidden = book.create_sheet("藏")
    hidden.sheet_state = "hidden"
    book.save(target)

    upload = read(target.getvalue(), "own.xlsx", SMALL)

    first, second = upload.sheets
    assert first.rows[1] == [None, 130722, None, True]  # no result was ever stored
    assert (first.visible, second.visible) == (True, False)


def test_a_text_that_looks_like_a_formula_comes_as_text():
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
    book.add_worksheet().write_row(0, 0, ["县名", "=HYPERLINK(1)"])
    book.close()

    assert (
        read(target.getvalue(), "x.xlsx", SMALL).sheets[0].rows[0][1] == "=HYPERLINK(1)"
    )


def test_spans_of_an_html_table_keep_columns_in_place():
    page = (
        '<table><tr><td rowspan="2">县</td><td colspan="2">人口</td></tr>'
        "<tr><td>男</td><td>女</td></tr><tr><td>张北县<td>1<td>2<script>x</script></table>"
    )

    (sheet,) = read(page.encode(), "own.xls", SMALL).sheets

    assert sheet.rows == [
        ["县", "人口", None],
        [None, "男", "女"],
        ["张北县", "1", "2"],
    ]
    assert sheet.merged == [(0, 0, 1, 0), (0, 1, 0, 2)]


# --- Limits --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("县名,数\n" + "张北县,1\n" * 30, "rows"),
        ("县名" + ",数" * 30 + "\n张北县" + ",1" * 30 + "\n", "columns"),
        ("<table>" + "<tr><td>张北县<td>1" * 30 + "</table>", "rows"),
        ('<table><tr><td colspan="900">张北县</table>', "columns"),
    ],
)
def test_what_is_larger_than_a_limit_is_refused_with_the_limit(content, name):
    error = refused(content.encode())

    assert error.kind == "too_large"
    assert str(getattr(SMALL, name)) in error.say("zh")


def test_an_archive_is_measured_before_it_is_unpacked():
    error = refused(packed(xl__workbook_dot_xml=bytes(6 * 1024**2)))

    assert (error.kind, error.reason) == ("too_large", "unpacked")


def test_a_false_size_in_an_archive_is_no_way_around_the_measure():
    content = bytearray(packed(xl__workbook_dot_xml=bytes(6 * 1024**2)))
    true = (6 * 1024**2).to_bytes(4, "little")
    while (place := content.find(true)) >= 0:
        content[place : place + 4] = (10).to_bytes(4, "little")

    assert refused(bytes(content)).kind in {"damaged", "too_large"}


def test_limits_come_from_the_environment():
    limits = Limits.from_environment({"ATLAS_OWN_ROWS": "7", "ATLAS_OWN_SECONDS": ""})

    assert (limits.rows, limits.seconds) == (7, Limits().seconds)
    with pytest.raises(ValueError, match="ATLAS_OWN_ROWS"):
        Limits.from_environment({"ATLAS_OWN_ROWS": "-1"})


@pytest.fixture
def reader(monkeypatch):
    """Puts another program in the place of the reader."""

    def use(program: str) -> None:
        start = subprocess.Popen

        def other(_, **options):
            return start([sys.executable, "-c", program], **options)

        monkeypatch.setattr(process.subprocess, "Popen", other)
        monkeypatch.setattr(process, "_SPARE", process._Spare())

    return use


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import time; time.sleep(60)", "time"),
        ("import sys; sys.stdin.buffer.read(); import time; time.sleep(60)", "time"),
        ("import os; os.abort()", "memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "crashed"),
        ("raise SystemExit(1)", "crashed"),
        ("print('no answer')", "crashed"),
        ("print('[]')", "crashed"),
        ("while True: print('x' * 65536)", "answer"),
    ],
)
def test_a_reader_that_hangs_or_dies_leaves_a_message(reader, program, reason):
    reader(program)

    error = refused(TABLE.encode(), limits=Limits(seconds=2, answer_mb=1))

    assert error.reason == reason


@pytest.fixture
def spare(monkeypatch):
    """No process waits yet; returns the one that does."""
    own = process._Spare()
    monkeypatch.setattr(process, "_SPARE", own)
    yield lambda: own._waiting and own._waiting.process
    left = own.taken("layers.own.child")
    if left:
        left.end()


def test_a_reader_that_was_expected_reads_one_file_and_is_gone(spare):
    expect()
    first = spare()
    expect()
    assert spare() is first

    assert read(TABLE.encode(), "own.csv").format == "csv"
    assert spare() is None
    assert first.wait(10) == 0
    assert read(TABLE.encode(), "own.csv").sheets[0].rows[1] == ["张北县", "100"]


def test_a_reader_that_died_while_it_waited_is_replaced(spare):
    expect()
    first = spare()
    first.kill()
    first.wait()

    assert read(TABLE.encode(), "own.csv").format == "csv"
    expect()
    assert spare() is not first


def test_a_reader_that_nobody_asks_ends(spare, monkeypatch):
    monkeypatch.setattr(process, "_SPARE_SECONDS", 0.1)
    expect()
    waiting = process._SPARE._waiting

    assert waiting.process.wait(10) != 0
    assert spare() is None
    for _ in range(100):
        if not Path(waiting.folder.name).exists():
            break
        time.sleep(0.05)
    assert not Path(waiting.folder.name).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit other things")
@pytest.mark.parametrize(
    ("program", "codes", "why"),
    [
        ("x = bytearray(300 * 1024**2)", {1}, b"MemoryError"),
        (
            "import pathlib; pathlib.Path('written').write_text('x')",
            {1, -25},
            b"OSError|PermissionError|^$",
        ),
        ("while True: pass", {-9, -24}, b"^$"),
    ],
)
def test_the_reader_confines_itself(tmp_path, program, codes, why):
    confined = (
        "from layers.own.child.confinement import confine\n"
        "from layers.own.limits import Limits\n"
        f"confine(Limits(memory_mb=200, seconds=1))\n{program}"
    )
    done = subprocess.run(
        [sys.executable, "-c", confined],
        cwd=tmp_path,
        env={"PYTHONPATH": str(process._ROOT)},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert done.returncode in codes
    # Not for another reason, as a module that is not found.
    assert re.search(why, done.stderr.strip().splitlines()[-1] if done.stderr else b"")
    assert b"".join(path.read_bytes() for path in tmp_path.iterdir()) == b""


PEAK = """
import io, sys
import geopandas as gpd
gpd.read_parquet(io.BytesIO(sys.stdin.buffer.read()))
lines = open("/proc/self/status").read().splitlines()
print(next(line.split()[1] for line in lines if line.startswith("VmPeak")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no limit of address space")
def test_a_small_layer_needs_little_address_space(counties, tmp_path):
    """Each thread reserves much of it: 1.7 GB for 13 KB, once refused as too large."""
    counties[["name", "geometry"]].iloc[:5].to_parquet(tmp_path / "g.parquet")
    content = (tmp_path / "g.parquet").read_bytes()

    told = subprocess.run(
        [sys.executable, "-c", PEAK],
        input=content,
        capture_output=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", **process.QUIET},
    )

    assert int(told.stdout) < Limits().memory_mb * 1024 * 0.6
    assert len(read(content, "g.parquet", Limits(memory_mb=512)).sheets[0].rows) == 6

"""A file comes home from every format; hostile ones do no harm and are told apart."""

import io
import json
import re
import resource
import sqlite3
import struct
import time
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.export import FORMATS, xlsx
from geo.language import LANGUAGES
from layers.facts import package as attributes
from layers.facts.county_table import county_table
from layers.files.export import export
from layers.files.readback.changes import changes
from layers.files.readback.faults import MOST_BYTES, ReadBackError
from layers.files.readback.reading import READABLE, SUFFIXES, read_back
from layers.select.choices import Choices
from layers.select.selection import Selection
from tests import real

PACKAGE = real.package()  # at import, because cases are made of its programmes
CHOICES = Choices.of(PACKAGE)
ALL = Selection()
DEEP = Selection(all_of=("deep_poverty",), prefectures=("130700", "130800"))
MIXED = Selection(
    any_of=("deep_poverty", "contiguous_heilonggang", "paired_with_beijing"),
    none_of=("relocation",),
)
FEW = Selection(counties=("130709", "130722", "131182"))
NOBODY = Selection(all_of=("deep_poverty",), none_of=("poor_county",))

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def made(package, counties):
    """Exports a selection once a format and way."""
    kept = {}

    def make(form, selection=DEEP, **how):
        key = form, selection, *sorted(how.items())
        if key not in kept:
            kept[key] = export(package, counties, selection, format=form, **how).content
        return kept[key]

    return make


def refusal(content: bytes, name: str = "file") -> str:
    """The message with which a file is refused, checked to be in both languages."""
    with pytest.raises(ReadBackError) as caught:
        read_back(content, name)
    said = {language: caught.value.say(language) for language in LANGUAGES}
    assert name in said["zh"]
    assert name in said["en"]
    return said["en"]


def zipped(files, **options) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# --- the way back -------------------------------------------------------------------


@pytest.mark.spread(33)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "selection", [ALL, DEEP, MIXED, FEW], ids=["all", "deep", "mixed", "few"]
)
@pytest.mark.parametrize("form", READABLE)
def test_a_file_of_every_format_comes_home(
    package, counties, made, form, selection, language
):
    home = read_back(made(form, selection, language=language), "a file")

    assert home.selection == selection
    assert home.query == selection.to_query()
    assert home.adcodes == tuple(selection.apply(counties))
    assert home.count == len(home.adcodes)
    assert home.digest == package.digest
    assert home.vintage == "2024"
    assert (home.format, home.language, home.name) == (form, language, "a file")
    told = changes(package, counties, home)
    assert told.selection == selection
    assert told.data_are_same
    assert told.vintage_is_same
    assert not (told.rejected or told.added or told.lacking or told.unknown)


@pytest.mark.parametrize(
    ("form", "crs"),
    [
        (form, crs)
        for form in READABLE
        for crs in ("EPSG:4490", "gauss-kruger", "albers", "EPSG:3857")
        if FORMATS[form].takes_crs and crs in FORMATS[form].systems
    ],
)
def test_in_every_coordinate_system(counties, made, form, crs):
    home = read_back(made(form, crs=crs), "file")

    assert (home.selection, home.adcodes) == (DEEP, tuple(DEEP.apply(counties)))


@pytest.mark.parametrize("form", READABLE)
def test_a_file_about_a_programme_asks_for_it(package, counties, form):
    made = export(package, counties, FEW, format=form, programme="poor_county")
    home = read_back(made.content, made.file_name)

    assert home.selection == replace(FEW, all_of=("poor_county",))
    assert home.programme in {"poor_county", None}
    if form in {"geojson", "topojson", "flatgeobuf", "geoparquet"}:
        assert home.programme == "poor_county"
    assert made.file_name.rpartition(".")[2] in SUFFIXES


def test_every_format_of_today_can_be_read_back():
    # A format without a reader is possible; then it is not offered for opening.
    assert (*FORMATS,) == READABLE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("form", ["geojson", "topojson"])
def test_json_that_an_editor_has_saved_comes_home(made, form, encoding):
    text = made(form).decode("utf-8")

    assert read_back(text.encode(encoding), "saved").selection == DEEP


@pytest.mark.parametrize("form", ["geojson", "topojson", "xlsx"])
def test_an_empty_selection_comes_home(package, counties, made, form):
    home = read_back(made(form, NOBODY), "file")

    assert (home.selection, home.adcodes, home.count) == (NOBODY, (), 0)
    said = changes(package, counties, home).sentences(package, "en")
    assert said[-1] == "The selection gives the same 0 counties as the file."


def test_a_csv_whose_codes_became_numbers_comes_home(counties, made):
    text = made("csv").decode("utf-8-sig")
    numbers = re.sub(r"^(\d{6}),", r"\1.0,", text, flags=re.MULTILINE)

    home = read_back(numbers.encode("utf-8-sig"), "表.csv")

    assert numbers != text
    assert home.adcodes == tuple(DEEP.apply(counties))


def test_a_csv_of_nothing_cannot_say_its_selection(made):
    assert "headings but no rows" in refusal(made("csv", NOBODY), "表.csv")


def selections():
    def some(values):
        return st.lists(st.sampled_from(values), max_size=4).map(tuple)

    where = {c.id: some(c.values) for c in CHOICES.where.values() if c.values}
    return st.builds(
        Selection,
        all_of=some(CHOICES.programmes),
        any_of=some(CHOICES.programmes),
        none_of=some(CHOICES.programmes),
        prefectures=some(CHOICES.prefectures),
        where=st.fixed_dictionaries({}, optional=where),
        counties=some(CHOICES.counties),
    )


@settings(max_examples=settings().max_examples // 3)
@given(selection=selections(), language=st.sampled_from(LANGUAGES))
def test_any_selection_comes_home(selection, language):
    table = real.counties()
    content = export(
        PACKAGE,
        table,
        selection,
        format="geojson",
        detail="overview",
        language=language,
    ).content
    home = read_back(content, "x.geojson")

    assert home.selection == selection
    assert home.adcodes == tuple(selection.apply(table))
    assert changes(PACKAGE, table, home).selection == selection


# --- saved again by other programs --------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gbk", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_saved_again_by_a_spreadsheet(counties, made, encoding, separator):
    import csv

    rows = csv.reader(io.StringIO(made("csv").decode("utf-8-sig"), newline=""))
    again = io.StringIO(newline="")
    writer = csv.writer(again, delimiter=separator, lineterminator="\r\n")
    for row in rows:
        # GBK has no sign for square kilometres of ours; it has all names.
        writer.writerow([c.encode("gbk", "ignore").decode("gbk") for c in row])
    home = read_back(again.getvalue().encode(encoding), "表.csv")

    assert (home.selection, home.language) == (DEEP, "zh")
    assert home.adcodes == tuple(DEEP.apply(counties))


def test_a_workbook_saved_again_with_codes_as_numbers_and_columns_moved(counties, made):
    book = openpyxl.load_workbook(io.BytesIO(made("xlsx")))
    sheet = book[xlsx.SHEET_NAMES[xlsx.DATA][0]]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 1).value = int(sheet.cell(row, 1).value)
    sheet.insert_cols(1)
    sheet["A1"] = "my notes"
    saved = io.BytesIO()
    book.save(saved)
    home = read_back(saved.getvalue(), "x.xlsx")

    assert (home.selection, home.adcodes) == (DEEP, tuple(DEEP.apply(counties)))


def test_a_geojson_indented_and_with_a_mark(counties, made):
    data = json.loads(made("geojson"))
    home = read_back(b"\xef\xbb\xbf" + json.dumps(data, indent=1).encode(), "x.geojson")

    assert (home.selection, home.adcodes) == (DEEP, tuple(DEEP.apply(counties)))


def test_a_geopackage_in_the_mode_that_qgis_leaves(counties, made, tmp_path):
    file = tmp_path / "a.gpkg"
    file.write_bytes(made("gpkg"))
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA journal_mode = WAL")
    database.close()
    content = file.read_bytes()
    assert content[18:20] == b"\2\2"

    assert read_back(content, "a.gpkg").selection == DEEP


@pytest.mark.parametrize("form", READABLE)
def test_the_name_does_not_matter(made, form):
    for name in ("x.geojson", "x.zip", "无后缀", "../../etc/x.kml"):
        home = read_back(made(form), name)
        assert (home.format, home.selection) == (form, DEEP)
        assert "/" not in home.name


# --- what is not ours, or not whole -------------------------------------------------


@pytest.mark.parametrize("missing", range(3, 70, 3))
def test_a_csv_cut_off_in_its_last_cell_is_refused(made, missing):
    content = made("csv")

    assert "cut off" in refusal(content[:-missing])


@pytest.mark.parametrize("part", [0.02, 0.6, 0.999])
@pytest.mark.parametrize("form", READABLE)
def test_a_file_cut_off_is_refused_or_whole_in_what_was_read(made, form, part):
    content = made(form, ALL)
    cut = content[: int(len(content) * part)]
    try:
        home = read_back(cut, "cut")
    except ReadBackError as error:
        assert "cut off" in error.say("en") or "does not say" in error.say("en")
    else:
        # A database may end in pages that nobody asks for.
        assert form == "gpkg"
        assert (home.selection, len(home.adcodes)) == (ALL, 167)


@given(data=st.data())
@pytest.mark.parametrize("form", ["gpkg", "shapefile", "flatgeobuf", "geoparquet"])
def test_bytes_changed_at_random_do_no_harm(made, form, data):
    content = bytearray(made(form, FEW))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(
            st.integers(0, 255)
        )
    try:
        read_back(bytes(content), "spoilt")
    except ReadBackError as error:
        assert "spoilt" in error.say("zh")


@pytest.mark.parametrize(
    "content",
    [
        b'{"type":"FeatureCollection","features":[]}',
        b'{"type":"FeatureCollection","metadata":{"title":"x"},"features":[]}',
        b'{"type":"FeatureCollection","metadata":[1],"features":[]}',
        b'{"hello": 1}',
        b"<kml/>",
        b"<html><body>query</body></html>",
        b"a,b\n1,2\n",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "just a letter. 只是一封信".encode(),
        zipped({"a.txt": b"x"}),
        zipped({"a.kml": b"<kml><Document/></kml>"}),
        zipped({}),
    ],
    ids=lambda content: repr(content[:4]),  # further on a zip has the time
)
def test_what_is_not_of_the_atlas_is_told_apart(content):
    assert "does not say by which selection" in refusal(content)


@pytest.mark.parametrize("content", [b"", b" \n", b"\0" * 0])
def test_an_empty_file(content):
    assert "is empty" in refusal(content, "空.csv")


def test_a_file_that_is_too_large_is_not_even_looked_at():
    content = b"{" * (25 * 1024 * 1024)
    begin = time.process_time()

    assert "larger than 20 MB" in refusal(content)
    assert time.process_time() - begin < 1
    assert MOST_BYTES == 20 * 1024 * 1024


# --- made to harm -------------------------------------------------------------------

GDAL_TRAPS = {
    "vrt": b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/vsicurl/"
    b"http://127.0.0.1:9/x.csv</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
    "wfs": b"<OGRWFSDataSource><URL>http://127.0.0.1:9/</URL></OGRWFSDataSource>",
}
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    b'<kml><Document><ExtendedData><Data name="query"><value>&x;</value></Data>'
    b"</ExtendedData></Document></kml>"
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (c + 1, b"&%c;" % c * 20) for c in range(97, 107))
    + b']><kml><Document><ExtendedData><Data name="query"><value>&k;</value></Data>'
    b"</ExtendedData></Document></kml>"
)


@pytest.mark.parametrize("trap", GDAL_TRAPS.values(), ids=GDAL_TRAPS)
def test_what_gdal_would_follow_is_not_followed(trap, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", None)

    assert "does not say" in refusal(trap, "x.geojson")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("kml", [XXE, LAUGHS], ids=["file", "laughs"])
def test_entities_are_not_expanded(kml, encoding):
    content = kml.decode().encode(encoding)
    begin = time.process_time()

    assert "does not say" in refusal(content, "x.kml")
    assert "does not say" in refusal(zipped({"doc.kml": content}), "x.kmz")
    assert time.process_time() - begin < 1


def test_a_workbook_with_entities(made):
    parts = unzipped(made("xlsx"))
    strings = parts["xl/sharedStrings.xml"]
    begin = strings.index(b"<sst")
    parts["xl/sharedStrings.xml"] = (
        strings[:begin] + b'<!DOCTYPE sst [<!ENTITY a "ha">]>' + strings[begin:]
    )

    assert "does not say" in refusal(zipped(parts), "x.xlsx")


BOMB = b" " * (250 * 1024 * 1024)


@pytest.fixture(scope="module")
def bombs(made):
    """Archives below a megabyte that unpack to 250."""
    book = unzipped(made("xlsx")) | {"xl/sharedStrings.xml": BOMB}
    table = unzipped(made("shapefile"))
    table = {name: part for name, part in table.items() if not name.endswith(".dbf")}
    return {
        "kmz": zipped({"doc.kml": BOMB}),
        "xlsx": zipped(book),
        "shapefile": zipped({**table, "x.dbf": BOMB}),
    }


@pytest.mark.parametrize("form", ["kmz", "xlsx", "shapefile"])
def test_a_bomb_is_refused_in_little_memory(bombs, form):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.process_time()

    assert "far larger" in refusal(bombs[form])
    assert time.process_time() - begin < 5
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 150 * 1024  # kilobytes


def test_a_bomb_whose_header_lies_about_its_size(bombs):
    content = bytearray(bombs["kmz"])
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 1000)

    assert "cut off" in refusal(bytes(content)) or "far larger" in refusal(
        bytes(content)
    )


def test_an_archive_of_very_many_entries():
    assert "far larger" in refusal(zipped({f"{i}.kml": b"" for i in range(5000)}))


def test_a_workbook_with_a_cell_far_away(made):
    parts = unzipped(made("xlsx"))
    sheet = parts["xl/worksheets/sheet1.xml"]
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", far)
    parts["xl/worksheets/sheet1.xml"] = re.sub(
        rb"<dimension [^>]*>", b"", parts["xl/worksheets/sheet1.xml"]
    )
    begin = time.process_time()

    assert read_back(zipped(parts), "x.xlsx").selection == DEEP
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    ("part", "end", "filler"),
    [
        ("xl/sharedStrings.xml", b"</sst>", b"<si/>"),
        ("xl/worksheets/sheet1.xml", b"</row>", b"<c/>"),
        ("xl/worksheets/sheet7.xml", b"</sheetData>", b"<row/>"),
    ],
)
@pytest.mark.parametrize("number", [150_000, 1_500_000])
def test_a_workbook_of_very_many_elements_takes_little_time(
    made, part, end, filler, number
):
    parts = unzipped(made("xlsx"))
    parts[part] = parts[part].replace(end, filler * number + end, 1)
    begin = time.process_time()
    try:
        read_back(zipped(parts), "x.xlsx")
    except ReadBackError as error:
        assert "x.xlsx" in error.say("zh")
    assert time.process_time() - begin < 10


@pytest.mark.parametrize("filler", [b",", b",a", b'"",\n'])
def test_a_csv_of_very_many_columns(filler):
    content = b"adcode,about_query" + filler * 4_000_000
    begin = time.process_time()

    assert "does not say" in refusal(content) or "cut off" in refusal(content)
    assert time.process_time() - begin < 5


def test_json_of_nothing_but_brackets():
    nested = b'{"type":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    wide = b'{"a":[' + b"{}," * 3_000_000 + b"{}]}"

    assert "cut off" in refusal(nested)
    begin = time.process_time()
    assert "far larger" in refusal(wide)
    assert time.process_time() - begin < 1


def test_a_geopackage_that_would_read_for_ever(made, tmp_path):
    file = tmp_path / "a.gpkg"
    file.write_bytes(made("gpkg"))
    with sqlite3.connect(file) as database:
        (name,) = database.execute(
            "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'"
        ).fetchone()
        for trigger in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{trigger[0]}"')
        database.execute(f'DROP TABLE "{name}"')
        database.execute(
            f'CREATE VIEW "{name}" AS WITH RECURSIVE n(i) AS '
            "(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS adcode FROM n"
        )
    database.close()
    begin = time.process_time()

    assert "does not say" in refusal(file.read_bytes(), "a.gpkg")
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE about")
        database.execute(
            f'CREATE VIEW about AS SELECT adcode AS key, 1 AS text FROM "{name}"'
        )
    database.close()
    assert "does not say" in refusal(file.read_bytes(), "a.gpkg")
    assert time.process_time() - begin < 2


def test_a_parquet_whose_footer_contradicts_itself_is_refused_and_ends_nobody(made):
    content = made("geoparquet", FEW)
    optional, required = b"\x25\x02\x18\x06adcode", b"\x25\x00\x18\x06adcode"
    assert content.count(optional) == 1

    # Its statistics count values that are missing, which a required column has not.
    said = refusal(content.replace(optional, required), "x.parquet")

    assert "damaged" in said


def test_a_parquet_whose_one_code_is_fifty_megabytes(made):
    import pyarrow as pa
    import pyarrow.parquet as pq

    ours = pq.read_schema(io.BytesIO(made("geoparquet", FEW))).metadata
    for column in ("0" * 50_000_000, ["0" * 50_000_000], {"x": "0" * 50_000_000}):
        table = pa.table({"adcode": [column], "prefecture": ["x"]})
        file = io.BytesIO()
        pq.write_table(
            table.replace_schema_metadata({b"metadata": ours[b"metadata"]}),
            file,
            compression="zstd",
            write_statistics=False,
        )
        content = file.getvalue()
        assert len(content) < 1_000_000  # the metadata for the most part
        said = refusal(content, "x.parquet")
        assert "far larger" in said or not isinstance(column, str)


def test_a_query_that_is_no_query(made):
    data = json.loads(made("geojson"))
    for query in ["x" * 9000, 7, None, "a=1&" * 300]:
        data["metadata"]["query"] = query
        content = json.dumps(data).encode()
        try:
            home = read_back(content, "x")
        except ReadBackError:
            continue
        assert home.selection == ALL


# --- what has changed ---------------------------------------------------------------


def test_a_membership_less_shows_as_a_county_more_in_the_file(made, counties, spoiled):
    copy = spoiled()
    programme, adcode = _removable()
    line = copy.line("memberships.csv", variable=programme, published_adcode=adcode)
    copy.remove_row("memberships.csv", line)
    lower_counts(copy, programme)
    now = attributes.load(copy.directory)
    today = county_table(now, "overview")
    home = read_back(made("csv", Selection(all_of=(programme,))), "旧.csv")

    told = changes(now, today, home)

    assert told.data_are_same is False
    assert (told.added, told.lacking, told.unknown) == ((), (adcode,), ())
    assert told.count == len(home.adcodes) - 1
    for language, changed in (("en", "The data have changed"), ("zh", "")):
        said = "\n".join(told.sentences(now, language))
        assert changed in said
        county = now.divisions[adcode]
        assert (county.name if language == "zh" else county.name_en) in said


def _removable():
    """A membership on whose number nothing else depends."""
    rows = PACKAGE.tables["memberships"]
    for programme in PACKAGE.programmes.values():
        if programme.relation or programme.group in {"area", "poverty"}:
            continue
        mine = rows[rows["variable"] == programme.id]
        if len(mine) > 3:
            return programme.id, mine["published_adcode"].iloc[0]
    raise AssertionError("no programme to take a county from")


def lower_counts(copy, programme):
    line = copy.line("variables.csv", id=programme)
    row = copy.rows("variables.csv")[line]
    for column in ("stated_count", "named_count"):
        if row[column]:
            copy.set_cell("variables.csv", line, column, str(int(row[column]) - 1))


def test_what_no_longer_exists_is_dropped_and_named(package, counties, made):
    data = json.loads(made("geojson"))
    data["metadata"]["query"] = "all=deep_poverty%2Cgone&prefecture=990000&moon=full"
    data["metadata"]["boundary_vintage"] = "2019"
    data["features"][0]["properties"]["adcode"] = "139999"
    home = read_back(json.dumps(data).encode(), "x.geojson")

    told = changes(package, counties, home)

    assert told.selection == Selection(all_of=("deep_poverty",))
    assert [(r.parameter, r.value) for r in told.rejected] == [
        ("all", "gone"),
        ("prefecture", "990000"),
        ("moon", None),
    ]
    assert told.unknown == ("139999",)
    assert not told.vintage_is_same
    said = "\n".join(told.sentences(package, "en"))
    for expected in ("gone", "990000", "moon", "139999", "2019", "2024"):
        assert expected in said


def test_rows_taken_out_by_hand_are_told_from_changes_of_the_data(
    package, counties, made
):
    data = json.loads(made("geojson"))
    del data["features"][0]
    home = read_back(json.dumps(data).encode(), "x.geojson")
    told = changes(package, counties, home)

    assert len(told.added) == 1
    assert "by hand" in "\n".join(told.sentences(package, "en"))


def test_a_file_without_digest_says_that_it_does_not_know(package, counties, made):
    data = json.loads(made("geojson"))
    data["metadata"]["data_digest"] = "<b>"
    told = changes(package, counties, read_back(json.dumps(data).encode(), "x"))

    assert told.data_are_same is None
    assert "does not say of which edition" in told.sentences(package, "en")[1]


def test_every_sentence_is_chinese_in_chinese(package, counties, made):
    home = read_back(made("csv"), "x.csv")
    for sentence in changes(package, counties, home).sentences(package, "zh"):
        assert HAN.search(sentence)


def test_nothing_is_left_in_the_temporary_folder(made, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read_back(made("gpkg"), "x")
    refusal(made("gpkg")[:5000])

    assert not [*tmp_path.iterdir()]

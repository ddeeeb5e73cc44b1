"""A variable more is rows more: each kind in each format, by another reader.

The made-up variables stand in the tables only; no code knows them.
"""

import csv
import io
import json
import sqlite3
import zipfile
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest

from geo.export import FORMATS
from layers.files.document import described_columns
from layers.files.export import export
from layers.files.readback.reading import read_back
from layers.select.selection import Selection
from tests.conftest import MADE_UP, MADE_UP_EMPTY

CHOSEN = Selection(counties=("130102", "130722", "130723", "130724", "130725"))
PROGRAMME, CLASS, RATE, YEAR, PARTNER = MADE_UP.values()
CODE = f"{PARTNER}_adcode"
WHOLE, OPEN = "poor_county", PROGRAMME

EXPECTED = {
    "130102": (True, "low", 12.5, 2001, None, None),
    "130722": (True, "high", 40, 2009, "110000;120000", "北京市、天津市"),
    "130723": (True, "high", 0, 2011, "120000", "天津市"),
    "130724": (None, "middle", 33.25, 2013, None, None),
    "130725": (None, None, None, None, None, None),
}
COLUMNS = (PROGRAMME, CLASS, RATE, YEAR, CODE, PARTNER)


@pytest.fixture(scope="module")
def written(made_up_package, made_up_counties):
    """A file of each format."""
    return {
        form: export(
            made_up_package, made_up_counties, CHOSEN, format=form, detail="overview"
        ).content
        for form in FORMATS
    }


def rows_of(form: str, content: bytes, folder) -> dict[str, dict]:
    """Cells of each county by another reader, under full names, None where missing."""
    file = folder / f"file{FORMATS[form].suffix}"
    file.write_bytes(content)
    return {row["adcode"]: row for row in _READERS[form](file)}


def _geojson(file):
    return [f["properties"] for f in json.loads(file.read_bytes())["features"]]


def _topojson(file):
    (made,) = json.loads(file.read_bytes())["objects"].values()
    return [shape["properties"] for shape in made["geometries"]]


def _gpkg(file):
    with sqlite3.connect(file) as database:
        database.row_factory = sqlite3.Row
        (name,) = database.execute(
            "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'"
        ).fetchone()
        columns = database.execute(f'PRAGMA table_info("{name}")').fetchall()
        flags = {c["name"] for c in columns if c["type"] == "BOOLEAN"}
        rows = [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')]
    assert {WHOLE, OPEN} <= flags
    return [
        {k: bool(v) if k in flags and v is not None else v for k, v in row.items()}
        for row in rows
    ]


def _plain(table: pd.DataFrame) -> list[dict]:
    table = table.drop(columns="geometry", errors="ignore").astype("object")
    return table.where(table.notna() & (table != ""), None).to_dict("records")


def _shapefile(file):
    with zipfile.ZipFile(file) as archive:
        text = archive.read("fields.csv").decode("utf-8-sig")
    names = {r["short_name"]: r["field"] for r in csv.DictReader(io.StringIO(text))}
    return _flags(_plain(pyogrio.read_dataframe(file).rename(columns=names)))


def _flags(rows: list[dict]) -> list[dict]:
    """Numbers and texts that stand for a bool as one."""
    words = {0: False, 1: True, "0": False, "1": True, None: None}
    return [{**row, **{k: words[row[k]] for k in (WHOLE, OPEN)}} for row in rows]


def _flatgeobuf(file):
    info = pyogrio.read_info(file)
    kinds = dict(zip(info["fields"], info["ogr_subtypes"], strict=True))
    assert kinds[WHOLE] == kinds[OPEN] == "OFSTBoolean"
    # Through this reader a bool without a value is a float.
    return _flags(_plain(pyogrio.read_dataframe(file)))


def _gml(file):
    with zipfile.ZipFile(file) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".gml")]
    return _flags(_plain(pyogrio.read_dataframe(f"/vsizip/{file}/{name}")))


def _geoparquet(file):
    return pq.read_table(file).drop_columns("geometry").to_pylist()


def _kml(file):
    content = file.read_bytes()
    if file.suffix == ".kmz":
        with zipfile.ZipFile(file) as archive:
            content = archive.read("doc.kml")
    space = "{http://www.opengis.net/kml/2.2}"
    rows = []
    for place in ET.fromstring(content).iter(f"{space}Placemark"):
        cells = {
            data.get("name"): data.findtext(f"{space}value")
            for data in place.iter(f"{space}Data")
        }
        numbers = {k: float(cells[k]) for k in (RATE, YEAR) if k in cells}
        rows.append({**dict.fromkeys((WHOLE, *COLUMNS)), **cells, **numbers})
    return _flags(rows)


def _csv(file):
    text = file.read_text("utf-8-sig")
    words = {"true": True, "false": False, "": None}
    return [
        {
            **{k: v or None for k, v in row.items()},
            **{k: words[row[k]] for k in (WHOLE, OPEN)},
            **{k: float(row[k]) for k in (RATE, YEAR) if row[k]},
        }
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def _xlsx(file):
    book = openpyxl.load_workbook(file)
    _, *names = [row[1].value for row in book["字段说明"]]
    _, *rows = [[cell.value for cell in row] for row in book["数据"]]
    return [dict(zip(names, row, strict=True)) for row in rows]


_READERS = {
    "geojson": _geojson,
    "topojson": _topojson,
    "gpkg": _gpkg,
    "shapefile": _shapefile,
    "kml": _kml,
    "kmz": _kml,
    "flatgeobuf": _flatgeobuf,
    "gml": _gml,
    "geoparquet": _geoparquet,
    "csv": _csv,
    "xlsx": _xlsx,
}


@pytest.mark.parametrize("form", _READERS)  # all but a drawing, which has no columns
def test_a_variable_of_each_kind_is_a_column_with_its_values(written, form, tmp_path):
    there = rows_of(form, written[form], tmp_path)

    assert {
        adcode: tuple(row[column] for column in COLUMNS)
        for adcode, row in there.items()
    } == EXPECTED


@pytest.mark.parametrize("form", _READERS)
def test_a_membership_has_three_values(written, form, tmp_path):
    there = rows_of(form, written[form], tmp_path)

    assert there["130102"][WHOLE] is False
    assert there["130722"][WHOLE] is True
    assert there["130722"][OPEN] is True
    assert there["130724"][OPEN] is None
    assert not any(row.get(MADE_UP_EMPTY) for row in there.values())


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_made_up_variables_comes_home(written, form):
    assert read_back(written[form], "file").selection == CHOSEN


def test_evidence_has_the_statements_of_each_kind(written):
    (county,) = [
        f["properties"]["evidence"]
        for f in json.loads(written["geojson"])["features"]
        if f["id"] == "130722"
    ]
    found = [(s["variable"], s["value"]) for s in county if "made_up" in s["variable"]]
    assert found == [
        (PROGRAMME, True),
        (CLASS, "high"),
        (YEAR, {"earliest": "2009", "latest": "2009"}),
        (PARTNER, "110000"),
        (PARTNER, "120000"),
    ]


def test_the_metadata_and_the_dictionary_describe_each_kind(written, made_up_package):
    described = {
        v["id"]: v for v in json.loads(written["geojson"])["metadata"]["variables"]
    }
    fields = {field.name: field for field in described_columns(made_up_package)}
    for kind, name in MADE_UP.items():
        variable = made_up_package.variables[name]
        assert described[name]["kind"] == kind
        assert described[name]["name"]["zh"] == variable.name_zh
        assert described[name]["missing"]["en"] == "no source says"
        code = ", code" if kind in {"category", "relation"} else ""
        assert fields[name].label_en in {variable.name_en, variable.name_en + code}
        assert "no value means: no source says" in fields[name].meaning_en
        assert "空值表示：来源没有说" in fields[name].meaning_zh
    values = [known["value"] for known in described[CLASS]["classes"]]
    assert values == ["low", "middle", "high"]
    assert described[RATE]["unit"] == {"zh": "%", "en": "per cent"}
    assert "high: made-up high" in fields[CLASS].meaning_en
    assert "unit: per cent" in fields[RATE].meaning_en
    assert described[PARTNER]["columns"] == [CODE, PARTNER]
    whole = fields[WHOLE].meaning_en
    assert "false means: not in the list" in whole


def test_a_file_in_english_names_the_partners_in_english(
    made_up_package, made_up_counties
):
    made = export(made_up_package, made_up_counties, CHOSEN, language="en")

    rows = {f["id"]: f["properties"] for f in json.loads(made.content)["features"]}
    assert rows["130722"][PARTNER] == "Beijing, Tianjin"
    assert rows["130722"][CODE] == "110000;120000"
    assert f"{PARTNER}_en" not in rows["130722"]


def test_the_short_names_of_a_shapefile_differ(written):
    with zipfile.ZipFile(io.BytesIO(written["shapefile"])) as archive:
        text = archive.read("fields.csv").decode("utf-8-sig")
        inside = {name.removesuffix(".csv") for name in archive.namelist()}
    short = [row["short_name"] for row in csv.DictReader(io.StringIO(text))]

    assert len({*short}) == len(short)
    assert all(len(name) <= 10 for name in short)
    assert {"variables", "classes", "evidence", "sources"} <= inside


def test_a_county_of_both_partners_is_found_under_each(
    made_up_package, made_up_counties
):
    for partner in ("110000", "120000"):
        asked = Selection(where={PARTNER: (partner,)})
        made = export(made_up_package, made_up_counties, asked, format="geojson")
        assert "130722" in {f["id"] for f in json.loads(made.content)["features"]}

"""A selection in every format: same counties, values, Chinese and areas as ours."""

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import boundaries
from geo.boundaries import Boundaries
from geo.crs import WGS84, area_km2
from geo.export import FORMATS
from geo.export.systems import IN_METRES, REGISTERED, SYSTEMS
from geo.export.xlsx import SHEET_NAMES
from geo.folders import boundaries_folder
from layers.facts import package as attributes
from layers.facts.county_table import county_table
from layers.files.document import CLASSES, SOURCES, STATEMENTS, VARIABLES
from layers.files.export import (
    CrsRefusedError,
    EmptySelectionError,
    Export,
    export,
    feature_table,
    property_names,
)
from layers.files.headings import column_headings, table_names
from layers.select.choices import Choices
from layers.select.selection import Selection
from tests import real

DRAWN = Boundaries(boundaries_folder())

PAGE = Path(__file__).parents[3] / "docs" / "formats.md"
PACKAGE = real.package()  # at import, because cases are made of its programmes
CHOICES = Choices.of(PACKAGE)
COLUMNS = [name for name in property_names(PACKAGE) if name != "evidence"]
NUMBERS = ["area_km2", "longitude", "latitude"] + [
    v.id for v in PACKAGE.variables.values() if v.kind in {"number", "date"}
]
ALL = Selection()
FAR_APART = Selection(counties=("130722", "130425", "130321"))
"""In three of the zones of a system that has any."""

PAIRED = Selection(
    any_of=("deep_poverty", "contiguous_heilonggang", "paired_with_beijing"),
    none_of=("relocation",),
)
NOBODY = Selection(all_of=("deep_poverty",), none_of=("poor_county",))

VECTOR = [f.id for f in FORMATS.values() if f.kind == "vector" and f.id != "dxf"]
TAKES_CRS = [f.id for f in FORMATS.values() if f.takes_crs and f.id != "dxf"]
"""Of a drawing, which has no columns, `test_drawings.py` tells."""
READ_BY_GDAL = [f for f in VECTOR if f != "geoparquet"]  # Debian's GDAL has no Parquet

needs_gdal = pytest.mark.skipif(
    shutil.which("ogr2ogr") is None, reason="needs the programs of gdal-bin"
)


@pytest.fixture
def saved(tmp_path):
    """Saves an export under its own name."""

    def save(made: Export) -> Path:
        file = tmp_path / made.file_name
        file.write_bytes(made.content)
        return file

    return save


def run(*command: str | Path) -> str:
    done = subprocess.run(
        [*map(str, command)], capture_output=True, check=True, text=True
    )
    assert not done.stderr
    return done.stdout


def layers_of(file: Path) -> list[str]:
    """Names of the layers with geometry, as ogrinfo lists them."""
    lines = run("ogrinfo", "-q", file).splitlines()
    found = [
        re.fullmatch(r"\d+: (.*?)(?: \((?!None)[^()]*\))?", line) for line in lines
    ]
    return [match[1] for match in found if match and not match[1].endswith("(None)")]


def read_by_gdal(file: Path) -> gpd.GeoDataFrame:
    """Rows as Debian's ogr2ogr reads them; it brings them to WGS 84 itself."""
    lines = [
        line
        for layer in layers_of(file)
        for line in run(
            "ogr2ogr",
            "-f",
            "GeoJSONSeq",
            "-lco",
            "COORDINATE_PRECISION=12",
            "-mapFieldType",
            "DateTime=String",  # of LIBKML's own fields, about which it warns
            *(["-a_srs", WGS84] if file.suffix == ".topojson" else []),
            "/vsistdout/",
            file,
            layer,
        ).splitlines()
    ]
    features = [json.loads(line) for line in lines]
    table = pd.DataFrame([f["properties"] for f in features])
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in features]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=WGS84)


def unpacked(file: Path) -> Path:
    """The GML of an archive, beside its schema."""
    with zipfile.ZipFile(file) as archive:
        archive.extractall(file.parent)
        return next(file.parent / n for n in archive.namelist() if n.endswith(".gml"))


def full_names(file: Path) -> dict[str, str]:
    """Names by the short names of a Shapefile, from the table in its archive."""
    with zipfile.ZipFile(file) as archive:
        rows = csv_rows(archive.read("fields.csv"))
    return {row["short_name"]: row["field"] for row in rows}


def read_back(form: str, file: Path) -> gpd.GeoDataFrame:
    """Counties by another reader, under their full names, by adcode."""
    if form == "geoparquet":
        import pyarrow.parquet as pq

        columns = pq.read_table(file).to_pydict()
        shapes = shapely.from_wkb(columns.pop("geometry"))
        table = gpd.GeoDataFrame(columns, geometry=shapes, crs=WGS84)
    else:
        table = read_by_gdal(unpacked(file) if form == "gml" else file)
    if form == "shapefile":
        table = table.rename(columns=full_names(file))
    if form in {"flatgeobuf", "gml"}:
        # They write no value where there is none, and GDAL's GeoJSON then no member.
        opened = unpacked(file) if form == "gml" else file
        fields = re.findall(r"^(\w+): ", run("ogrinfo", "-so", "-al", opened), re.M)
        assert {*COLUMNS} <= {*fields}
        table = table.assign(**dict.fromkeys({*COLUMNS} - {*table.columns}))
    if form in {"kml", "kmz"}:
        table = table.rename(columns={"Name": "name"})
        absent = {*COLUMNS} - {*table.columns}
        assert not table["name"].isna().any()
        table = table.assign(**dict.fromkeys(absent))
        # All attributes of a KML are text.
        numbers = [*NUMBERS, *PACKAGE.programmes]
        table[numbers] = table[numbers].apply(pd.to_numeric)
    return table.set_index("adcode").sort_index()


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


def sheet_rows(content: bytes, sheet: str) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book[sheet]]


def same(there: pd.Series, here: pd.Series) -> None:
    """Compare values of one column, whatever stands for true and for missing."""

    def plain(value: object) -> object:
        if pd.isna(value) or value == "":
            return None
        if isinstance(value, bool | np.bool_ | int | float | np.number):
            return round(float(value), 9)
        return value

    differing = {
        adcode: (theirs, ours)
        for adcode, theirs, ours in zip(here.index, there, here, strict=True)
        if plain(theirs) != plain(ours)
    }
    assert not differing, here.name


# --- read back by another reader ----------------------------------------------------


@pytest.mark.spread(13)
@needs_gdal
@pytest.mark.parametrize("detail", boundaries.DETAILS)
@pytest.mark.parametrize("selection", [ALL, PAIRED], ids=["all", "some"])
@pytest.mark.parametrize("form", VECTOR)
def test_a_vector_file_has_the_counties_with_their_values_and_areas(
    package, counties, saved, form, selection, detail
):
    made = export(package, counties, selection, format=form, detail=detail)

    there = read_back(form, saved(made))

    here = feature_table(package, counties, selection, detail=detail)
    assert [*there.index] == [*here.index] == [*selection.apply(counties)]
    for column in COLUMNS:
        same(there[column], here[column])
    assert shapely.is_valid(there.geometry.to_numpy()).all()
    assert shapely.coverage_is_valid(there.geometry.to_numpy())
    areas = area_km2(there.geometry), area_km2(here.geometry)
    assert np.allclose(*areas, rtol=1e-7)


@pytest.mark.spread(12)
@needs_gdal
@pytest.mark.parametrize(
    ("form", "crs"),
    [
        (form, crs)
        for form in TAKES_CRS
        if form != "geoparquet"
        for crs in FORMATS[form].systems
    ],
)
def test_gdal_knows_the_system_of_a_file_and_brings_it_back(
    package, counties, saved, form, crs
):
    made = export(package, counties, FAR_APART, format=form, crs=crs)

    file = saved(made)
    there = read_back(form, file)
    here = feature_table(package, counties, FAR_APART)
    assert [*there.index] == [*here.index]
    assert np.allclose(area_km2(there.geometry), area_km2(here.geometry), rtol=1e-7)
    distance = shapely.hausdorff_distance(
        there.geometry.to_numpy(), here.geometry.to_numpy()
    )
    assert distance.max() < 1e-8  # degree
    file = unpacked(file) if form == "gml" else file
    (layer, *_) = layers_of(file)
    said = run("ogrinfo", "-so", file, layer)
    expected = {
        "EPSG:4326": ("WGS 84", "4326"),
        "EPSG:4490": ("China Geodetic Coordinate System 2000", "4490"),
        "gauss-kruger": ("CGCS2000 / 3-degree Gauss-Kruger CM 117E", "4548"),
        "EPSG:4547": ("CGCS2000 / 3-degree Gauss-Kruger CM 114E", "4547"),
        "EPSG:4548": ("CGCS2000 / 3-degree Gauss-Kruger CM 117E", "4548"),
        "EPSG:4549": ("CGCS2000 / 3-degree Gauss-Kruger CM 120E", "4549"),
        "EPSG:4526": ("CGCS2000 / 3-degree Gauss-Kruger zone 38", "4526"),
        "EPSG:4527": ("CGCS2000 / 3-degree Gauss-Kruger zone 39", "4527"),
        "EPSG:4528": ("CGCS2000 / 3-degree Gauss-Kruger zone 40", "4528"),
        "albers": ("Albers equal-area conic of Hebei, WGS 84", None),
        "EPSG:3857": ("WGS 84 / Pseudo-Mercator", "3857"),
    }
    name, code = expected[crs]
    # The Shapefile's own way of writing systems has no spaces in names.
    assert name in said or (form == "shapefile" and _underscored(name) in said)
    if code and form != "shapefile":
        assert f'ID["EPSG",{code}]' in said


def _underscored(name: str) -> str:
    return re.sub(r"[ ,/]+", "_", name)


@pytest.mark.parametrize("crs", SYSTEMS)
def test_geoparquet_names_its_system(package, counties, crs):
    import pyarrow.parquet as pq

    made = export(package, counties, PAIRED, format="geoparquet", crs=crs)

    read = pq.read_table(io.BytesIO(made.content))
    column = json.loads(read.schema.metadata[b"geo"])["columns"]["geometry"]
    system = pyproj.CRS.from_json_dict(column["crs"])
    shapes = gpd.GeoSeries(shapely.from_wkb(read["geometry"].to_pylist()), crs=system)
    here = feature_table(package, counties, PAIRED).geometry
    assert np.allclose(area_km2(shapes), area_km2(here), rtol=1e-7)


def test_areas_in_the_equal_area_system_are_those_of_the_table(package, counties):
    made = export(package, counties, ALL, format="flatgeobuf", crs="albers")

    there = gpd.read_file(io.BytesIO(made.content))
    # The table rounds to a tenth of a square kilometre.
    difference = there.geometry.area / 1e6 - there["area_km2"]
    assert (difference.abs() < 0.05 + 1e-4 * there["area_km2"]).all()


@pytest.mark.parametrize("selection", [ALL, PAIRED], ids=["all", "some"])
def test_csv_has_every_value(package, counties, selection):
    rows = csv_rows(export(package, counties, selection, format="csv").content)

    here = feature_table(package, counties, selection)
    there = pd.DataFrame(rows).set_index("adcode")
    assert [*there.index] == [*here.index]
    for column in NUMBERS:
        same(pd.to_numeric(there[column]), here[column])
    for column in {*COLUMNS} - {*NUMBERS, *package.programmes}:
        same(there[column], here[column])
    words = {True: "true", False: "false", pd.NA: ""}
    for column in package.programmes:
        assert [*there[column]] == [words[v] for v in here[column]]
    assert [json.loads(text) for text in there["evidence"]] == [*here["evidence"]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_xlsx_has_every_value_under_headings_that_are_explained(
    package, counties, language
):
    made = export(package, counties, PAIRED, format="xlsx", language=language)

    at = 0 if language == "zh" else 1
    headings, *rows = sheet_rows(made.content, SHEET_NAMES["data"][at])
    _, *explained = sheet_rows(made.content, SHEET_NAMES["dictionary"][at])
    said = pd.DataFrame(
        explained,
        columns=["column", "field", "label_zh", "label_en", "zh", "en"],
    )
    assert [*said[f"label_{language}"]] == headings
    assert said["label_en"].notna().all()
    here = feature_table(package, counties, PAIRED, language=language)
    there = pd.DataFrame(rows, columns=said["field"]).set_index("adcode")
    assert [*there.index] == [*here.index]
    assert [*there.columns] == COLUMNS
    for column in there:
        same(there[column], here[column])


# --- evidence and sources travel ----------------------------------------------------


@pytest.mark.parametrize("form", ["gpkg", "xlsx", "shapefile"])
def test_evidence_travels_as_a_table_whose_sources_are_there(
    package, counties, saved, form
):
    made = export(package, counties, PAIRED, format=form)

    tables = {
        name: _companion(form, saved(made), name)
        for name in (VARIABLES, CLASSES, STATEMENTS, SOURCES)
    }
    features = feature_table(package, counties, PAIRED)
    expected = [
        (adcode, s["variable"], s["standing"], s["published_name"], s["confidence"])
        for adcode, evidence in features["evidence"].items()
        for s in evidence
    ]
    columns = ["adcode", "variable", "standing", "published_name", "confidence"]
    values = tables[STATEMENTS]
    assert [*values[columns].itertuples(index=False, name=None)] == expected
    dates = values["latest"].map(bool) & values["latest"].notna()
    assert {*values["variable"][dates]} == {
        v.id for v in package.variables.values() if v.kind == "date"
    }
    assert sorted(tables[VARIABLES]["id"]) == sorted(package.variables)
    named = [c for v in package.variables.values() for c in v.classes]
    assert len(tables[CLASSES]) == len(named)
    sources = tables[SOURCES].set_index("id")
    for cell in [*values["source"], *tables[VARIABLES]["source"]]:
        assert set(cell.split(";")) <= set(sources.index)
    assert sources["title_zh"].all()
    assert sources.index[-1] == "boundaries"


def _companion(form: str, file: Path, name: str) -> pd.DataFrame:
    if form == "gpkg":
        with sqlite3.connect(file) as database:
            return pd.read_sql(f"SELECT * FROM {name}", database)
    if form == "xlsx":
        head, *rows = sheet_rows(file.read_bytes(), table_names("zh")[name])
        called = {text: column for column, text in column_headings("zh").items()}
        return pd.DataFrame(rows, columns=[called[text] for text in head])
    with zipfile.ZipFile(file) as archive:
        return pd.DataFrame(csv_rows(archive.read(f"{name}.csv")))


@needs_gdal
@pytest.mark.parametrize("form", ["kml", "flatgeobuf", "geoparquet"])
def test_evidence_travels_as_json_elsewhere(package, counties, saved, form):
    made = export(package, counties, PAIRED, format=form)

    there = read_back(form, saved(made))["evidence"]

    here = feature_table(package, counties, PAIRED)["evidence"]
    read = [json.loads(v) if isinstance(v, str) else v for v in there]
    assert read == [*here]


OF_UNKNOWN_YEAR = Selection(counties=("130929", "130725", "130102"))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_on_whose_word_an_exit_rests(package, counties, form, saved):
    """Sources, section and confidence of it; where there is no year, why."""
    made = export(package, counties, OF_UNKNOWN_YEAR, format=form, language="en")

    said = _said(form, made.content)
    if form == "geoparquet":
        cells = gpd.read_parquet(saved(made))["evidence"]
        said += json.dumps([_read(cell) for cell in cells], ensure_ascii=False)
    for text in (
        "exit assessed for 2017 or 2018 (which is not known)",
        "approved in September 2018 or in May 2019 (which is not known)",
        "eliminated",
        "832县名单",
        "报道",
        "2020-02-29",
        "S13",
        "S45",
    ):
        assert text in said, text
    if form == "csv":
        rows = {row["adcode"]: row for row in csv_rows(made.content)}
        years = {a: row["exit_assessed_year"] for a, row in rows.items()}
        assert years == {"130929": "", "130725": "2019", "130102": ""}
        assert rows["130102"]["poor_county"] == "false"


def _read(cell):
    return json.loads(cell) if isinstance(cell, str) else [*map(str, cell)]


def _said(form: str, content: bytes) -> str:
    """All text that a file holds about itself, for a search."""
    if form in {"kmz", "shapefile", "gml", "xlsx"}:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(n) for n in archive.namelist() if "shp" not in n]
        content = b"\n".join(parts)
    text = content.decode("gbk" if form == "dxf" else "utf-8", "ignore")
    return text.replace("&amp;", "&").replace('\\"', '"')


@pytest.mark.parametrize("form", FORMATS)
def test_every_file_says_what_it_is(package, counties, form):
    made = export(
        package,
        counties,
        PAIRED,
        format=form,
        made_on=date(2026, 11, 24),
        detail="full",
    )

    said = _said(form, made.content)
    drawn = DRAWN.metadata()
    for text in (
        PAIRED.sentence("zh", package),
        PAIRED.to_query(),
        drawn.map_approval_number,
        drawn.credit_zh,
        drawn.vintage,
        package.sources["S00"].title_zh,
        package.digest,
        "2026-11-24",
    ):
        assert text in said, text


@pytest.mark.parametrize("form", [*TAKES_CRS])
def test_a_file_that_takes_a_system_says_which_it_is_in(package, counties, form):
    made = export(package, counties, PAIRED, format=form, crs="gauss-kruger")

    said = _said(form, made.content)
    assert "EPSG:4548, CGCS2000 / 3-degree Gauss-Kruger CM 117E" in said
    assert "_epsg4548." in made.file_name


# --- which counties -----------------------------------------------------------------


def some(values: tuple[str, ...], size: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(values), max_size=size).map(tuple)


@settings(max_examples=settings().max_examples // 3)
@given(
    selection=st.builds(
        Selection,
        all_of=some(CHOICES.programmes, 1),
        any_of=some(CHOICES.programmes, 3),
        none_of=some(CHOICES.programmes, 2),
        prefectures=some(CHOICES.prefectures, 5),
    )
)
def test_csv_holds_exactly_the_counties_of_its_selection(package, counties, selection):
    made = export(package, counties, selection, format="csv")

    rows = csv_rows(made.content)
    assert [row["adcode"] for row in rows] == [*selection.apply(counties)]
    for row in rows:
        assert not row["about"] or row is rows[0]
    if rows:
        query = json.loads(rows[0]["about"])["query"]
        assert Selection.from_query(query, CHOICES) == (selection, ())


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_selected_is_an_empty_file_or_a_message(package, counties, form):
    if FORMATS[form].handles_empty:
        made = export(package, counties, NOBODY, format=form)
        assert made.file_name == f"hebei_selection_0{FORMATS[form].suffix}"
    else:
        with pytest.raises(EmptySelectionError, match=rf"format {form} ") as caught:
            export(package, counties, NOBODY, format=form)
        assert form in caught.value.say("zh")


def test_empty_files_are_valid(package, counties):
    made = {
        form: export(package, counties, NOBODY, format=form).content
        for form in ("geojson", "topojson", "csv", "xlsx")
    }

    assert json.loads(made["geojson"])["features"] == []
    topology = json.loads(made["topojson"])
    assert topology["objects"]["hebei_selection"]["geometries"] == []
    assert topology["metadata"]["count"] == 0
    assert csv_rows(made["csv"]) == []
    assert made["csv"].startswith("\ufeffadcode,name,".encode())
    assert len(sheet_rows(made["xlsx"], "数据")) == 1
    about = {row[0]: row[2] for row in sheet_rows(made["xlsx"], "选择条件")}
    assert about["query"] == NOBODY.to_query()


@pytest.fixture(scope="module")
def read_again():
    """The facts, read from their files another time."""
    again = attributes.load()
    return again, county_table(again, "full")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_selection_gives_the_same_bytes(package, counties, read_again, form):
    first = export(package, counties, PAIRED, format=form)
    second = export(*read_again, PAIRED, format=form)

    assert first == second


@pytest.mark.spread(12)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", ["=1+1", "<img src=x onerror=alert(1)>", "a\n'\"🏔️"])
def test_hostile_names_are_written_by_every_format(package, counties, form, text):
    spoilt = counties.assign(name=text, name_en=text, published_name=text)

    made = export(package, spoilt, PAIRED, format=form, detail="overview")

    assert re.fullmatch(r"[a-z0-9_]+(\.[a-z]+){1,2}", made.file_name)


@pytest.mark.parametrize("form", [f.id for f in FORMATS.values() if not f.takes_crs])
def test_a_system_that_a_format_forbids_is_refused(package, counties, form):
    with pytest.raises(CrsRefusedError, match=rf"format {form} "):
        export(package, counties, PAIRED, format=form, crs="gauss-kruger")


def test_a_file_of_several_programmes_is_not_named_after_one(package, counties):
    made = export(package, counties, PAIRED, format="csv")

    assert re.fullmatch(r"hebei_selection_\d+\.csv", made.file_name)


# --- the page that documents the formats --------------------------------------------


def documented(heading: str) -> list[list[str]]:
    """Cells of the rows of the table under a heading; "" is the top of the page."""
    text = PAGE.read_text(encoding="utf-8")
    _, _, rest = text.partition(f"## {heading}\n" if heading else "\n")
    lines = rest.partition("\n## ")[0].splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| `")]
    return [[re.sub(r"^`([^`]*)`$", r"\1", cell) for cell in row] for row in rows]


def test_the_page_documents_every_format_as_it_is(package, counties):
    systems = {
        (): "none",
        (WGS84,): WGS84,
        tuple(SYSTEMS): "all",
        IN_METRES: "those in metres",
        REGISTERED: "those of EPSG",
    }

    assert [row[:6] for row in documented("")] == [
        [
            form.id,
            form.suffix,
            form.media_type,
            form.kind,
            systems[form.systems],
            "empty file" if form.handles_empty else "refused",
        ]
        for form in FORMATS.values()
    ]
    page = PAGE.read_text(encoding="utf-8")
    made = export(
        package,
        counties,
        Selection(all_of=("deep_poverty",)),
        format="gpkg",
        crs="gauss-kruger",
    )
    assert f"`{made.file_name}`" in page


def test_the_page_says_of_every_format_where_its_metadata_are():
    rows = documented("What every file says of itself")

    assert [row[0] for row in rows] == [*FORMATS]
    assert all(len(row) == 2 and row[1] for row in rows)


def test_the_page_documents_every_coordinate_system():
    rows = documented("Coordinate systems")

    assert [row[0] for row in rows] == [*SYSTEMS]

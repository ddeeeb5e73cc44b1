"""Which reader opens which format: the table of docs/formats.md, made by opening them.

``python -m tests.readers`` writes every format of one programme, opens each with every
reader that this machine has, compares every value of every county with the GeoJSON, and
prints the table as Markdown. ``python -m tests.readers http://localhost:8501`` reads
the OGC API of a running atlas besides. A reader that is not installed is left out.
Packages of npm (mapshaper, flatgeobuf) are looked for in ``NODE_PATH``.
"""

import csv
import io
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import duckdb
import geopandas as gpd
import pandas as pd

from geo.export import FORMATS
from layers import sheet
from layers.facts.county_table import county_table
from layers.facts.package import load
from layers.files.export import export
from layers.files.fields import described_columns
from layers.files.readback.reading import read_back
from layers.select.selection import Selection

PROGRAMME = "poor_county"
LAYER = f"hebei_{PROGRAMME}"
ELSEWHERE = {"gpkg", "shapefile", "xlsx"}
"""Formats with a table of evidence instead of a column."""

SHAPES = {"geometry", "bbox"}
KML_NAME = {"Name": "name"}
"""Of a placemark, as its readers call it."""

Rows = list[dict[str, object]]

QGIS = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import NULL, QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
provider, *places = sys.argv[1:]
rows = []
for place in places:
    layer = QgsVectorLayer(place, "layer", provider)
    names = [field.name() for field in layer.fields()]
    for feature in layer.getFeatures():
        values = [None if v == NULL else v for v in feature.attributes()]
        rows.append(dict(zip(names, values)))
print("ROWS" + json.dumps(rows, default=str))
sys.stdout.flush()
os._exit(0)
"""

FLATGEOBUF = """
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
const [folder, file] = process.argv.slice(2);
const code = pathToFileURL(`${folder}/flatgeobuf/lib/mjs/geojson.js`);
const { deserialize } = await import(code);
const rows = [];
for await (const feature of deserialize(new Uint8Array(readFileSync(file))))
  rows.push(feature.properties);
console.log(JSON.stringify(rows));
"""


def run(*command: object) -> str:
    """Return what a program says."""
    done = subprocess.run(
        [*map(str, command)], capture_output=True, check=True, text=True
    )
    return done.stdout


def properties(collection: str) -> Rows:
    """Return the properties of features."""
    return [dict(f["properties"]) for f in json.loads(collection)["features"]]


def gdal(file: object) -> Rows:
    """Read by Debian's ogr2ogr: the layers that have shapes, else the first."""
    listed = run("ogrinfo", "-ro", "-q", file)
    layers = re.findall(r"^(?:\d+: |Layer: )(.*?)(?: \(([^()]*)\))?$", listed, re.M)
    placed = [name for name, kind in layers if kind and kind != "None"]
    wanted = placed or [name for name, _ in layers[:1]]
    command = ("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", file)
    return [row for name in wanted for row in properties(run(*command, name))]


def qgis(file: Path) -> Rows:
    """Read by QGIS of the system's Python."""
    places = [str(file)]
    if file.suffix == ".dxf":
        kinds = ("LineString", "Point")
        places = [f"{file}|layername=entities|geometrytype={kind}" for kind in kinds]
    said = run("/usr/bin/python3", "-c", QGIS, "ogr", *places)
    return list(json.loads(said.split("ROWS")[1]))


def mapshaper(file: Path) -> Rows:
    """Read by mapshaper, which makes a file of each layer and table."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(os.environ["NODE_PATH"]) / ".bin/mapshaper"
        run(program, file, "-o", folder, "format=geojson")
        made = {
            found.stem: found.read_text("utf-8") for found in Path(folder).iterdir()
        }
        text = made.get(LAYER) or next(t for t in made.values() if '"features"' in t)
        return properties(text)


def flatgeobuf(file: Path) -> Rows:
    """Read by the JavaScript library of the format."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "read.mjs"
        script.write_text(FLATGEOBUF, "utf-8")
        return list(json.loads(run("node", script, os.environ["NODE_PATH"], file)))


def spreadsheet(file: Path) -> Rows:
    """Read by LibreOffice; every column of a CSV as text, as its dialog offers."""
    with tempfile.TemporaryDirectory() as folder:
        target = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false"
        texts = "/".join(f"{column}/2" for column in range(1, 100))
        given = (f"--infilter=CSV:44,34,76,1,{texts}",) if file.suffix == ".csv" else ()
        command = ("soffice", "--headless", *given, "--convert-to", target)
        run(*command, "--outdir", folder, file)
        text = (Path(folder) / f"{file.stem}.csv").read_text("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))


def duck(file: Path) -> Rows:
    """Read by DuckDB."""
    called = "read_parquet" if file.suffix == ".parquet" else "read_csv"
    more = "" if called == "read_parquet" else ", all_varchar = true"
    table = duckdb.sql(f"SELECT * FROM {called}('{file}'{more})")
    return framed_rows(table.columns, table.fetchall())


def framed_rows(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Rows:
    """Return rows with the names of their columns, less their shapes."""
    made = [dict(zip(names, row, strict=True)) for row in rows]
    return [{name: v for name, v in row.items() if name not in SHAPES} for row in made]


def framed(table: pd.DataFrame) -> Rows:
    """Return the rows of a table, less its shapes."""
    kept = pd.DataFrame(table).drop(columns=[*SHAPES], errors="ignore")
    return [{str(k): v for k, v in row.items()} for row in kept.to_dict("records")]


def pyogrio(file: Path) -> Rows:
    """Read by pyogrio, with the GDAL that it brings; of a GeoPackage the counties."""
    layer = {"layer": LAYER} if file.suffix == ".gpkg" else {}
    return framed(gpd.read_file(file, engine="pyogrio", **layer))


def openpyxl(file: Path) -> Rows:
    """Read by openpyxl, through pandas."""
    return framed(pd.read_excel(file, dtype=object, engine="openpyxl"))


def own(file: Path) -> Rows:
    """Read by the atlas, which keeps the codes."""
    return [
        {"adcode": code} for code in read_back(file.read_bytes(), file.name).adcodes
    ]


VECTOR = ("geojson", "topojson", "gpkg", "shapefile", "kml", "kmz", "flatgeobuf",
          "gml", "dxf")  # fmt: skip
READERS: dict[str, tuple[Callable[[Path], Rows], tuple[str, ...]]] = {
    "GDAL": (gdal, (*VECTOR, "csv", "xlsx")),
    "QGIS": (qgis, (*VECTOR, "csv", "xlsx")),
    "pyogrio": (pyogrio, VECTOR),
    "pyarrow": (lambda file: framed(gpd.read_parquet(file)), ("geoparquet",)),
    "DuckDB": (duck, ("geoparquet", "csv")),
    "pandas": (lambda file: framed(pd.read_csv(file, dtype=str)), ("csv",)),
    "openpyxl": (
        lambda file: framed(pd.read_excel(file, dtype=object, engine="openpyxl")),
        ("xlsx",),
    ),
    "LibreOffice": (spreadsheet, ("csv", "xlsx")),
    "mapshaper": (mapshaper, ("geojson", "topojson", "shapefile")),
    "flatgeobuf": (flatgeobuf, ("flatgeobuf",)),
    "the atlas": (own, (*FORMATS,)),
}
"""Each reader: how it reads, and which formats it is asked to open."""


def has_node(name: str) -> bool:
    """Whether a package of npm is there."""
    return (Path(os.environ.get("NODE_PATH", "/nowhere")) / name).exists()


NEEDS: dict[str, Callable[[], object]] = {
    "GDAL": lambda: shutil.which("ogr2ogr"),
    "QGIS": lambda: Path("/usr/lib/python3/dist-packages/qgis").exists(),
    "LibreOffice": lambda: shutil.which("soffice"),
    "mapshaper": lambda: has_node("mapshaper"),
    "flatgeobuf": lambda: has_node("flatgeobuf"),
}


def same(told: object, meant: object) -> bool:
    """Whether a value of a reader is that of the GeoJSON, whatever its type."""
    if told is pd.NA or (isinstance(told, float) and math.isnan(told)) or told == "":
        told = None
    if told is None or meant is None:
        return told is None and meant is None
    if isinstance(meant, bool):
        return str(told).lower() in ({"true", "1", "1.0"} if meant else
                                     {"false", "0", "0.0"})  # fmt: skip
    if isinstance(meant, int | float):
        return math.isclose(float(str(told)), meant, rel_tol=1e-12, abs_tol=1e-9)
    if isinstance(meant, list):
        found = json.loads(told) if isinstance(told, str) else told
        plain = json.loads(json.dumps(found, default=lambda value: value.tolist()))
        return bool(plain == meant)
    return str(told).removeprefix("'") == meant


def verdict(form: str, rows: Rows, meant: dict[str, dict[str, object]],
            names: dict[str, str]) -> tuple[str, bool]:  # fmt: skip
    """Say how many counties a reader finds, in how many columns, and what differs."""
    total = len(meant)
    if form == "dxf" and len(rows) != total:
        rings = [row for row in rows if row.get("Layer") == "县界"]
        texts = {row.get("Text") for row in rows}
        missing = [row["name"] for row in meant.values() if row["name"] not in texts]
        good = len(rings) >= total and not missing
        return f"{len(rings)} rings, {total - len(missing)} names of {total}", good
    found = [{names.get(str(key), str(key)): v for key, v in r.items()} for r in rows]
    if len(found) != total or not all(str(row["adcode"]) in meant for row in found):
        return f"**{len(found)}**", False
    if all(set(row) == {"adcode"} for row in found):
        return f"{total} of {total} codes", True
    columns = {name for row in found for name in row}
    wanted = {name for row in meant.values() for name in row}
    if form in ELSEWHERE:
        wanted -= {"evidence"}
    different: dict[str, int] = {}
    for row in found:
        for name in wanted:
            if not same(row.get(name), meant[str(row["adcode"])][name]):
                different[name] = different.get(name, 0) + 1
    said = f"{total} of {total}, {len(wanted & columns)} columns"
    if not different:
        return f"{said}, all values equal", True
    worst = ", ".join(f"`{name}` {n}" for name, n in sorted(different.items())[:4])
    return f"{said}, **{sum(different.values())} values differ**: {worst}", False


def opened(form: str, file: Path) -> Path:
    """Return what a reader is given: of a zipped GML what is inside."""
    if form != "gml":
        return file
    with zipfile.ZipFile(file) as archive:
        archive.extractall(file.parent)
    return file.parent / f"{LAYER}.gml"


def served(address: str) -> Iterator[tuple[str, Callable[[], Rows]]]:
    """Yield the readers of a running OGC API."""
    from owslib.ogcapi.features import Features

    ogc = f"{address.rstrip('/')}/ogc"
    source = f"url='{ogc}' typename='{PROGRAMME}' version='OGC_API_FEATURES'"

    def by_owslib() -> Rows:
        items = Features(ogc).collection_items(PROGRAMME, limit=1000)
        return [dict(feature["properties"]) for feature in items["features"]]

    def by_gdal() -> Rows:
        command = ("ogr2ogr", "-f", "GeoJSON", "/vsistdout/", f"OAPIF:{ogc}")
        return properties(run(*command, PROGRAMME))

    def by_qgis() -> Rows:
        said = run("/usr/bin/python3", "-c", QGIS, "OAPIF", source)
        return list(json.loads(said.split("ROWS")[1]))

    yield "OWSLib", by_owslib
    for name, read in (("GDAL", by_gdal), ("QGIS", by_qgis)):
        if NEEDS[name]():
            yield name, read


def of_pdf(content: bytes) -> Iterator[tuple[str, str, bool]]:
    """Yield what readers of a PDF say of a sheet."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        if shutil.which("qpdf"):
            sound = "No syntax or stream encoding errors" in run("qpdf", "--check",
                                                                 file.name)  # fmt: skip
            yield "qpdf", "no faults" if sound else "**faults**", sound
        if shutil.which("pdfinfo"):
            tagged = bool(re.search(r"^Tagged: +yes", run("pdfinfo", file.name), re.M))
            yield "poppler", "tagged" if tagged else "**not tagged**", tagged
        if shutil.which("gdalinfo"):
            placed = "Albers" in run("gdalinfo", file.name)
            yield "GDAL", "in its place" if placed else "**no place**", placed


def main() -> int:
    """Print the table; 1 if a reader finds another value."""
    package = load()
    counties = county_table(package, "full")
    fields = described_columns(package)
    wrong = 0
    known_readers = [name for name in READERS if NEEDS.get(name, lambda: True)()]
    print("| format | reader | verdict |\n| --- | --- | --- |")

    def say(
        form: str, name: str, read: Callable[[], Rows], names: dict[str, str]
    ) -> int:
        try:
            text, good = verdict(form, read(), meant, names)
        except Exception as error:  # what a reader cannot open is the result
            text, good = f"does not open: {type(error).__name__}", False
        print(
            f"| {form if ' ' in form else f'`{form}`'} | {name} | {text} |", flush=True
        )
        return not good

    with tempfile.TemporaryDirectory() as folder:
        for form, known in FORMATS.items():
            made = export(
                package, counties, Selection(), programme=PROGRAMME, format=form
            )
            file = Path(folder) / f"{LAYER}{known.suffix}"
            file.write_bytes(made.content)
            names = {**KML_NAME, **{f.label_zh: f.name for f in fields}}
            if form == "geojson":
                rows = properties(made.content.decode())
                meant = {str(row["adcode"]): row for row in rows}
            if form == "shapefile":
                with zipfile.ZipFile(file) as archive:
                    text = archive.read("fields.csv").decode("utf-8-sig")
                listed = csv.DictReader(io.StringIO(text))
                names = {row["short_name"]: row["field"] for row in listed}
            given = opened(form, file)
            for name in known_readers:
                read, forms = READERS[name]
                if form in forms:
                    place = file if name == "the atlas" else given
                    wrong += say(form, name, lambda r=read, p=place: r(p), names)
    for address in sys.argv[1:]:
        for name, read_served in served(address):
            wrong += say("OGC API", name, read_served, {})
    sheet_of_them = sheet.draw(package, counties, Selection(all_of=(PROGRAMME,)))
    for name, text, good in of_pdf(sheet_of_them):
        print(f"| `pdf` | {name} | {text} |")
        wrong += not good
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

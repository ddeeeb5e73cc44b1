"""Which reader opens which format: the table of docs/formats.md, made by opening them.

``python -m tests.readers`` writes every format of one programme, opens each with every
reader that this machine has, compares counts, and prints the table as Markdown. A
reader that is not installed is left out.
"""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.export import FORMATS
from layers.facts.county_table import county_table
from layers.facts.package import load
from layers.files.export import export
from layers.files.readback.reading import read_back
from layers.select.selection import Selection

PROGRAMME = "poor_county"
LAYER = f"hebei_{PROGRAMME}"
QGIS = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(sys.argv[1], "layer", "ogr")
layers = [layer] if layer.isValid() else []
parts = [p.split("!!::!!") for l in layers for p in l.dataProvider().subLayers()]
if len(parts) > 1 and sys.argv[1].endswith(("kml", "kmz")):
    named = [f"{sys.argv[1]}|layername={p[1]}" for p in parts]
    layers = [QgsVectorLayer(name, "", "ogr") for name in named]
print(sum(layer.featureCount() for layer in layers))
os._exit(0)
"""


def gdal(file: Path) -> int:
    """Count features by Debian's ogrinfo."""
    told = run("ogrinfo", "-so", "-al", file)
    found = re.findall(r"^Geometry: (.*)\nFeature Count: (\d+)", told, re.MULTILINE)
    placed = [int(count) for kind, count in found if kind != "None"]
    return sum(placed) or sum(int(count) for _, count in found)


def qgis(file: Path) -> int:
    """Count features by QGIS of the system's Python."""
    return int(run("/usr/bin/python3", "-c", QGIS, file).split()[-1])


def mapshaper(file: Path) -> int:
    """Count features by mapshaper."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        run("npx", "--no-install", "mapshaper", file, "-o", out, "format=geojson")
        return len(json.loads(out.read_text("utf-8"))["features"])


def run(*command: object) -> str:
    """Return what a program says."""
    done = subprocess.run(
        [*map(str, command)], capture_output=True, check=True, text=True
    )
    return done.stdout


def spreadsheet(file: Path) -> int:
    """Count rows by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        target = "csv:Text - txt - csv (StarCalc):44,34,76"
        run("soffice", "--headless", "--convert-to", target, "--outdir", folder, file)
        text = (Path(folder) / f"{file.stem}.csv").read_text("utf-8-sig")
        return len([*csv.reader(io.StringIO(text))]) - 1


READERS: dict[str, tuple[Callable[[Path], int], tuple[str, ...]]] = {
    "GDAL": (gdal, ("geojson", "topojson", "gpkg", "shapefile", "kml", "kmz",
                    "flatgeobuf", "gml", "dxf", "csv")),
    "QGIS": (qgis, ("geojson", "topojson", "gpkg", "shapefile", "kml", "kmz",
                    "flatgeobuf", "gml", "dxf", "csv")),
    "geopandas": (lambda file: len(gpd.read_file(file)), (
        "geojson", "topojson", "gpkg", "shapefile", "flatgeobuf", "gml")),
    "pyarrow": (lambda file: len(gpd.read_parquet(file)), ("geoparquet",)),
    "pandas": (lambda file: len(pd.read_csv(file)), ("csv",)),
    "openpyxl": (lambda file: len(pd.read_excel(file)), ("xlsx",)),
    "LibreOffice": (spreadsheet, ("csv", "xlsx")),
    "mapshaper": (mapshaper, ("geojson", "topojson", "shapefile")),
    "the atlas": (lambda file: len(read_back(file.read_bytes(), file.name).adcodes),
                  (*FORMATS,)),
}  # fmt: skip
"""Each reader: how it counts, and which formats it is asked to open."""

NEEDS = {
    "GDAL": lambda: shutil.which("ogrinfo"),
    "QGIS": lambda: Path("/usr/lib/python3/dist-packages/qgis").exists(),
    "LibreOffice": lambda: shutil.which("soffice"),
    "mapshaper": lambda: Path("node_modules/.bin/mapshaper").exists(),
}


def opened(form: str, file: Path) -> Path:
    """Return what a reader is given: of a zipped GML what is inside."""
    if form != "gml":
        return file
    with zipfile.ZipFile(file) as archive:
        archive.extractall(file.parent)
    return file.parent / f"{LAYER}.gml"


def main() -> int:
    """Print the table; 1 if a reader finds another number of counties."""
    package = load()
    counties = county_table(package, "full")
    members = len(package.members(PROGRAMME))
    wrong = 0
    names = [name for name in READERS if NEEDS.get(name, lambda: True)()]
    print("| format | reader | verdict |\n| --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for form, known in FORMATS.items():
            made = export(
                package, counties, Selection(), programme=PROGRAMME, format=form
            )
            file = Path(folder) / f"{LAYER}{known.suffix}"
            file.write_bytes(made.content)
            for name in names:
                count, forms = READERS[name]
                if form not in forms:
                    continue
                given = file if name == "the atlas" else opened(form, file)
                try:
                    found = count(given)
                except Exception as error:  # what a reader cannot open is the result
                    verdict = f"does not open: {type(error).__name__}"
                    wrong += 1
                else:
                    fits = found == members or (form == "dxf" and found > members)
                    verdict = f"{found} of {members}" if fits else f"**{found}**"
                    wrong += not fits
                print(f"| `{form}` | {name} | {verdict} |", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

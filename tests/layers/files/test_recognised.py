"""Files that other programs saved again are known by the codes of their counties."""

import io
import shutil
import subprocess
import zipfile

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from layers.files.export import export
from layers.files.readback.faults import ReadBackError
from layers.files.readback.reading import read_back
from layers.files.readback.recognised import recognise
from layers.select.selection import Selection

PROGRAMME = "poor_county"
OTHER_NAMES = "SELECT adcode AS code_x, name AS mc, geom FROM hebei_poor_county"
AS_IT_IS = "SELECT * FROM hebei_poor_county"


@pytest.fixture(scope="module")
def layer(package, counties, tmp_path_factory):
    """The GeoPackage of a programme, as a file."""
    made = export(
        package, counties, Selection(), format="gpkg", programme=PROGRAMME
    ).content
    file = tmp_path_factory.mktemp("home") / "counties.gpkg"
    file.write_bytes(made)
    return file


@pytest.fixture(scope="module")
def comes_home(package, counties):
    """Asserts that a file is known by its counties, all of them the selection's."""
    members = Selection(all_of=(PROGRAMME,))

    def check(content, name):
        # Nothing of ours is left in it that would say its selection.
        with pytest.raises(ReadBackError):
            read_back(content, name)
        found = recognise(package, content, name)
        assert found is not None, name
        assert found.adcodes == tuple(sorted(members.apply(counties)))
        assert (found.rows, found.unresolved) == (len(found.adcodes), 0)
        said = found.sentences(counties, members, "en")
        count = len(found.adcodes)
        assert (
            f"{count} counties were recognised by code or name, {count} of" in said[1]
        )
        assert len(said) == 2

    return check


def as_western(content):
    """What LibreOffice reads in a CSV of ours if it takes it for Windows-1252."""
    known = (
        bytes([one]).decode("cp1252", "ignore") or chr(0xF100 + one) for one in content
    )
    return "".join(known).encode()


def packed(folder):
    """A folder as an archive, as one sends a Shapefile."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, part.name)
    return file.getvalue()


@pytest.mark.parametrize(
    ("driver", "name", "sql", "options"),
    [
        ("GPKG", "r.gpkg", OTHER_NAMES, ["-t_srs", "EPSG:4548"]),
        ("GeoJSON", "r.geojson", OTHER_NAMES, ["-t_srs", "EPSG:4526"]),
        ("FlatGeobuf", "r.fgb", OTHER_NAMES, ["-t_srs", "EPSG:4490"]),
        ("KML", "r.kml", OTHER_NAMES, []),
        ("LIBKML", "l.kml", AS_IT_IS, []),
        ("LIBKML", "l.kmz", AS_IT_IS, []),
        ("CSV", "r.csv", AS_IT_IS, []),
        ("XLSX", "r.xlsx", AS_IT_IS, []),
        ("ODS", "r.ods", AS_IT_IS, []),
    ],
)
def test_what_gdal_and_so_qgis_saves_again_comes_home(
    driver, name, sql, options, layer, comes_home, tmp_path
):
    file = tmp_path / name
    command = ["ogr2ogr", "-f", driver, file, layer, "-sql", sql, *options]
    subprocess.run(command, check=True, capture_output=True)
    comes_home(file.read_bytes(), name)


@pytest.mark.parametrize("encoding", ["UTF-8", "GBK"])
def test_a_shapefile_that_gdal_saves_again_comes_home(
    encoding, layer, comes_home, tmp_path
):
    how = ["-t_srs", "EPSG:3857", "-lco", f"ENCODING={encoding}"]
    made = ["-f", "ESRI Shapefile", tmp_path / "r.shp", layer, "-sql", OTHER_NAMES]
    command = ["ogr2ogr", *made, *how]
    subprocess.run(command, check=True, capture_output=True)
    comes_home(packed(tmp_path), "r.zip")


def test_a_shapefile_with_addresses_of_its_fields_comes_home(
    layer, comes_home, tmp_path
):
    """As mapshaper writes them: they are no letters of an encoding."""
    table = gpd.read_file(layer, layer="hebei_poor_county")
    table = table[["adcode", "name_en", "geometry"]]
    table.to_file(tmp_path / "m.shp", encoding="utf-8")
    fields = bytearray((tmp_path / "m.dbf").read_bytes())
    for at in (32, 64):
        fields[at + 12 : at + 16] = "啊啊".encode("gbk")
    (tmp_path / "m.dbf").write_bytes(fields)
    comes_home(packed(tmp_path), "m.zip")


@pytest.mark.parametrize("name", ["g.parquet", "g.gpkg", "g.geojson", "g.fgb"])
def test_what_geopandas_saves_again_comes_home(name, layer, comes_home, tmp_path):
    table = gpd.read_file(layer, layer="hebei_poor_county").to_crs("EPSG:4549")
    table = table.rename(columns={"adcode": "CODE", "name": "县"})
    table = table[["CODE", "县", "geometry"]]
    file = tmp_path / name
    if name.endswith("parquet"):
        table.to_parquet(file)
    else:
        table.to_file(file)
    comes_home(file.read_bytes(), name)


def test_tables_of_pandas_and_codes_that_became_numbers_come_home(
    layer, comes_home, tmp_path
):
    table = pd.DataFrame(
        gpd.read_file(layer, layer="hebei_poor_county")[["adcode", "name"]]
    )
    table.to_excel(tmp_path / "g.xlsx")
    comes_home((tmp_path / "g.xlsx").read_bytes(), "g.xlsx")
    numbers = table.astype({"adcode": float})
    comes_home(numbers.to_csv().encode("utf-8-sig"), "f.csv")
    comes_home(numbers.to_csv(sep=";").encode("gb18030"), "f.csv")


def test_a_workbook_whose_other_sheets_were_deleted_comes_home(
    package, counties, comes_home
):
    made = export(package, counties, Selection(), format="xlsx", programme=PROGRAMME)
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    for sheet in book.worksheets[1:]:
        book.remove(sheet)
    file = io.BytesIO()
    book.save(file)
    comes_home(file.getvalue(), "mine.xlsx")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_what_libreoffice_saves_again_comes_home(
    ending, package, counties, comes_home, tmp_path
):
    made = export(package, counties, Selection(), format="xlsx", programme=PROGRAMME)
    (tmp_path / "o.xlsx").write_bytes(made.content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "o.xlsx"]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    comes_home((tmp_path / f"o.{ending}").read_bytes(), f"o.{ending}")


def test_a_table_whose_letters_were_misread_comes_home(package, counties, comes_home):
    made = export(package, counties, Selection(), format="csv", programme=PROGRAMME)
    rows = made.content.decode("utf-8-sig").splitlines()
    # Of what says how it was made a spreadsheet leaves nothing that can be read.
    misread = as_western("\r\n".join(rows).encode()).replace(b"about", b"x")

    assert "Huaiâ€™an County" in misread.decode()
    comes_home(misread, "saved.csv")

"""What GDAL reads of the running service, and QGIS with it: files, parts, OGC API."""

import json
import re
import subprocess

import pytest
import shapely
from shapely.geometry import shape

from layers.facts.columns import ALL_COUNTIES


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """Address of the application, below a path as behind a proxy."""
    from driving import running_app

    log = tmp_path_factory.mktemp("gdal") / "server.log"
    with running_app(log, base="gis/hebei") as address:
        yield address


@pytest.fixture
def service(running):
    return f"OAPIF:{running}/ogc"


def ogrinfo(*arguments):
    run = subprocess.run(
        ["ogrinfo", "-ro", *arguments], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    return run.stdout


def test_gdal_reads_a_layer_by_its_address(running):
    url = f"{running}/layers/deep_poverty.geojson?prefecture=130700"
    answer = ogrinfo("-so", "-al", url)

    assert "Feature Count: 5" in answer
    assert "WGS 84" in answer


def test_gdal_reads_files_where_they_lie(running):
    def features(url, *options):
        command = ["ogr2ogr", "-f", "GeoJSON", *options, "/vsistdout/", *url]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        assert run.stderr == ""
        return json.loads(run.stdout)["features"]

    for suffix in ("gpkg", "fgb", "geojson"):
        url = [f"/vsicurl/{running}/layers/poor_county.{suffix}"]
        url += ["hebei_poor_county"] if suffix == "gpkg" else []
        found = features(url, "-select", "adcode")
        assert len({one["properties"]["adcode"] for one in found}) == 62, suffix
        boxed = features(url, "-spat", "114", "40", "115", "42")
        assert len(boxed) == 11, suffix


def test_gdal_lists_the_collections(service, edition):
    listed = re.findall(r"^\d+: (\w+) \(title: (.+?)\)", ogrinfo(service), re.M)

    assert [name for name, _ in listed] == [ALL_COUNTIES, *edition.package.programmes]
    assert ("poor_county", "贫困县 · Poor counties") in listed


def test_gdal_counts_what_the_programmes_count(service, edition):
    counties = edition.counties()
    for programme in edition.package.programmes:
        answer = ogrinfo("-so", service, programme)

        assert f"Feature Count: {counties[programme].sum()}\n" in answer
    assert "Feature Count: 167\n" in ogrinfo("-so", service, ALL_COUNTIES)


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("-spat", "114", "40", "115", "42"), 11),
        (("-where", "prefecture_adcode = '130700'"), 12),
        (("-where", "prefecture_adcode = '130700' AND exit_approved_year = 2019"), 3),
        (("-where", "deep_poverty = 1"), 10),
        (("-where", "id = '130722'"), 1),
    ],
)
def test_gdal_asks_for_boxes_and_properties(service, options, count):
    answer = ogrinfo("-al", "-geom=NO", "-q", *options, service, "poor_county")

    assert answer.count("OGRFeature(") == count


def test_gdal_reads_beyond_a_page_with_places_and_types(service, tmp_path):
    copied = tmp_path / "counties.geojson"
    subprocess.run(
        ["ogr2ogr", "-oo", "PAGE_SIZE=25", str(copied), service, ALL_COUNTIES],
        check=True,
    )

    features = json.loads(copied.read_text("utf-8"))["features"]
    assert len({feature["properties"]["adcode"] for feature in features}) == 167
    assert {feature["geometry"]["type"] for feature in features} == {"MultiPolygon"}
    assert all(
        shapely.box(113, 36, 120, 43).contains(shape(feature["geometry"]))
        for feature in features
    )
    answer = ogrinfo("-so", service, ALL_COUNTIES)
    for field in ("adcode: String", "area_km2: Real", "poor_county: Integer(Boolean)"):
        assert field in answer
    assert "WGS 84" in answer

"""Each format holds any table, and its text stays text: other readers say so."""

import io
import re
import resource
import shutil
import subprocess
import tempfile
import zipfile
from contextlib import contextmanager
from datetime import UTC, date, datetime

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from geo import export
from geo.boundaries import Boundaries
from geo.export import systems
from geo.export.faults import CrsRefusedError
from geo.folders import boundaries_folder
from geo.language import LANGUAGES

DRAWN = Boundaries(boundaries_folder())

VECTOR = [
    f.id
    for f in export.FORMATS.values()
    if f.kind == "vector" and f.id not in {"gml", "dxf"}
]
"""Of a drawing and of an archive with a schema, test_drawings.py tells."""


@pytest.mark.parametrize("form", export.FORMATS)
def test_a_format_is_described_in_both_languages(form):
    described = export.format_of(form)

    names = {described.name(language) for language in LANGUAGES}
    assert all(names)
    assert described.kind in {"vector", "table"}
    assert set(described.systems) <= set(systems.SYSTEMS)
    assert (described.kind == "table") == (not described.systems)


@pytest.mark.parametrize("form", export.FORMATS)
def test_a_format_is_called_the_same_in_both_languages(form):
    described = export.format_of(form)

    assert described.label
    assert all(described.label in described.name(language) for language in LANGUAGES)


def test_a_refused_system_names_the_formats_that_take_it():
    with pytest.raises(CrsRefusedError) as caught:
        export.format_of("kml").system("albers")

    takers = (f for f in export.FORMATS.values() if "albers" in f.systems)
    labels = [f.label for f in takers]
    assert caught.value.say("zh").endswith(f"：{'、'.join(labels)}。")
    assert caught.value.say("en").endswith(f": {', '.join(labels)}.")


@pytest.mark.parametrize(
    ("form", "crs", "why"),
    [
        ("kml", "EPSG:4547", "longitude and latitude"),
        ("dxf", "EPSG:4490", "in metres"),
        ("gml", "albers", "number of EPSG"),
        ("csv", "EPSG:4547", "no coordinates"),
    ],
)
def test_a_format_says_why_it_cannot_be_in_a_system(form, crs, why):
    with pytest.raises(CrsRefusedError) as caught:
        export.format_of(form).system(crs)

    assert why in caught.value.say("en")


@pytest.mark.parametrize("form", export.FORMATS)
def test_the_same_document_gives_the_same_bytes_on_any_day(form, written):
    content = written(form)

    assert written(form) == content
    assert datetime.now(UTC).strftime("%Y-%m-%d").encode() not in content


@pytest.mark.parametrize("form", ["shapefile", "kmz"])
def test_files_in_an_archive_bear_the_day_of_the_document(form, written):
    with zipfile.ZipFile(io.BytesIO(written(form, made_on=date(2026, 11, 24)))) as made:
        days = {entry.date_time[:3] for entry in made.infolist()}

    assert days == {(2026, 11, 24)}


@pytest.mark.parametrize("form", export.FORMATS)
def test_the_table_stays_as_it_was(form, places, written):
    table = places(note=["x", None], nested=[[1], {"a": 2}], flag=[True, False])
    before = table.copy(deep=True)

    written(form, table=table)

    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("form", [*export.FORMATS])
def test_a_table_without_crs_is_refused_where_it_matters(form, places, written):
    table = gpd.GeoDataFrame(places().set_crs(None, allow_override=True))

    if export.format_of(form).kind == "table":
        assert written(form, table=table)
    elif form != "geoparquet":  # which can say that nothing is known
        with pytest.raises(ValueError, match=r"no CRS.*set_crs"):
            written(form, table=table)


@pytest.mark.parametrize("form", [*export.FORMATS])
def test_a_value_without_counterpart_is_refused_with_its_column(form, places, written):
    with pytest.raises(TypeError, match="column 'odd'"):
        written(form, table=places(odd=[{1}, {2}]))


READ_BY_GDAL = [f for f in VECTOR if f not in {"geoparquet", "kml", "kmz"}]


@pytest.mark.parametrize("form", READ_BY_GDAL)
def test_hostile_text_survives_as_text(saved, form, hostile, places):
    file = saved(form, table=places(note=[hostile, hostile]))

    assert [*pyogrio.read_dataframe(file, layer=0)["note"]] == [hostile, hostile]


@pytest.mark.parametrize("form", ["gpkg", "shapefile", "flatgeobuf", "topojson"])
def test_shapes_come_back_with_holes_and_parts(saved, form, places):
    read = pyogrio.read_dataframe(saved(form), layer=0).set_index("code")
    here = places().geometry
    # A spatial index has an order of its own.
    there = read.geometry.loc[[*here.index]]

    assert shapely.is_valid(there).all()
    assert shapely.equals(there.values, here.values).all()


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="needs gdal-bin")
@pytest.mark.parametrize("form", [f for f in VECTOR if f != "geoparquet"])
def test_gdal_reads_the_file_without_a_warning(saved, form, four, themes):
    file = saved(form, table=four, themes=themes)

    done = subprocess.run(
        ["ogrinfo", "-so", "-al", file], capture_output=True, check=True, text=True
    )

    assert not done.stderr
    counts = re.findall(r"Feature Count: (\d+)", done.stdout)
    assert sum(map(int, counts[: 4 if form in {"kml", "kmz"} else 1])) == 4


@contextmanager
def files_of_at_most(size):
    """Lets no file grow beyond a size; over before pytest writes to its own log."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("form", ["gpkg", "shapefile"])
def test_a_full_disk_is_said_so_and_leaves_nothing(
    form, written, tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    counties = DRAWN.load("county", "overview")

    with (
        files_of_at_most(20_000),
        pytest.raises(OSError, match=r"places\.(gpkg|shp) could not be written"),
    ):
        written(form, table=counties)

    assert not [*tmp_path.iterdir()]

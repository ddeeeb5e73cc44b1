"""Boundaries are loaded whole or refused with what to do; who is to be credited."""

import hashlib
import json
import shutil

import frictionless
import geopandas as gpd
import pytest
import shapely

from geo import boundaries, crs
from geo.boundaries import Boundaries
from tests.geo.drawn import DRAWN, FILES, each_file


@pytest.fixture
def copied(tmp_path) -> Boundaries:
    """A copy of the boundaries that a test may damage, not read yet."""
    directory = tmp_path / "boundaries"
    shutil.copytree(DRAWN.directory, directory)
    return Boundaries(directory)


def test_a_caller_may_change_what_it_gets():
    table = DRAWN.load("county", "overview")
    table["name"] = "?"
    table.loc["130102", "geometry"] = None

    again = DRAWN.load("county", "overview")

    assert again.loc["130102", "name"] == "长安区"
    assert again.loc["130102", "geometry"] is not None


@pytest.mark.parametrize("call", [DRAWN.load, DRAWN.path, DRAWN.sha256])
@pytest.mark.parametrize(
    ("level", "detail", "message"),
    [
        ("town", "full", "no level 'town'.*county, prefecture, province, neighbour"),
        ("county", "fine", "no detail 'fine'.*full, overview"),
    ],
)
def test_unknown_levels_and_details_are_refused_with_the_choices(
    call, level, detail, message
):
    with pytest.raises(ValueError, match=message):
        call(level, detail)


@each_file
def test_an_altered_file_is_refused(copied, level, detail):
    file = copied.path(level, detail)
    content = file.read_bytes()
    file.write_bytes(content.replace(b"1", b"2", 1))

    with pytest.raises(
        boundaries.BoundaryFileError,
        match=f"{file.name}: the file was altered.*make data",
    ):
        copied.load(level, detail)


def test_a_missing_file_is_named_with_the_remedy(copied):
    copied.path("county", "full").unlink()

    with pytest.raises(
        boundaries.BoundaryFileError,
        match=r"county_2024_full\.geojson: the file cannot be read.*make data",
    ):
        copied.load("county", "full")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(None, "cannot be read", id="missing"),
        pytest.param("{", "is not JSON", id="cut off"),
        pytest.param("[]", "is not a JSON object", id="not an object"),
        pytest.param("{}", "does not name a file for county, full", id="empty"),
    ],
)
def test_a_damaged_descriptor_is_named_with_the_remedy(copied, damage, message):
    descriptor = copied.directory / "datapackage.json"
    descriptor.unlink()
    if damage is not None:
        descriptor.write_text(damage)

    with pytest.raises(
        boundaries.BoundaryFileError, match=f"datapackage.json: .* {message}.*make data"
    ):
        copied.load("county", "full")


def test_a_descriptor_without_approval_number_is_refused(copied):
    descriptor = copied.directory / "datapackage.json"
    content = json.loads(descriptor.read_text("utf-8"))
    del content["mapApprovalNumber"]
    descriptor.write_text(json.dumps(content), "utf-8")

    with pytest.raises(boundaries.BoundaryFileError, match="lacks 'mapApprovalNumber'"):
        copied.metadata()


def test_the_credit_comes_from_the_descriptor(copied):
    descriptor = copied.directory / "datapackage.json"
    content = json.loads(descriptor.read_text("utf-8"))
    content["vintage"] = "2031"
    content["credit"]["zh"] = "界线：某处"
    descriptor.write_text(json.dumps(content), "utf-8")

    assert copied.metadata().vintage == "2031"
    assert copied.metadata().credit_zh == "界线：某处"


def test_the_metadata_name_vintage_approval_number_and_credit():
    known = DRAWN.metadata()

    assert known.vintage == "2024"
    assert known.crs == crs.WGS84
    assert known.map_approval_number == "GS(2024)0650号"
    assert known.source_url.startswith("https://cloudcenter.tianditu.gov.cn/")
    for text in (known.credit_zh, known.credit_en, known.licence):
        assert known.map_approval_number in text
    assert "MIT" in known.licence


@each_file
def test_the_descriptor_counts_and_hashes_each_file(level, detail):
    descriptor = json.loads((DRAWN.directory / "datapackage.json").read_text("utf-8"))
    (resource,) = (
        entry
        for entry in descriptor["resources"]
        if (entry["level"], entry["detail"]) == (level, detail)
    )
    file = DRAWN.directory / resource["path"]
    shapes = gpd.read_file(file).geometry

    assert file == DRAWN.path(level, detail)
    assert resource["bytes"] == file.stat().st_size
    assert hashlib.sha256(file.read_bytes()).hexdigest() == DRAWN.sha256(level, detail)
    assert resource["featureCount"] == len(shapes) == descriptor["counts"][level]
    assert resource["vertexCount"] == shapely.get_num_coordinates(shapes).sum()


def test_the_descriptor_is_a_valid_data_package():
    package = frictionless.Package(str(DRAWN.directory / "datapackage.json"))

    report = package.validate()

    assert report.flatten(["title", "note"]) == []
    assert len(package.resources) == len(FILES)
